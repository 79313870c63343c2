"""Budget: what was approved, what the project itself expects to spend, and the difference."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.earned_value import NO_BUDGET
from pmo_analytics.metrics.expressions import nonzero, present
from pmo_analytics.metrics.measure import SPINE, Better, Measure, Metric, Reason, RollUp, Unit, total
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

_EAC, _BAC = nw.col(Status.eac_reported), nw.col(Status.bac)
_BOTH = (Status.eac_reported, Status.bac)
_FORECAST_FY, _BUDGET_FY = nw.col(Status.forecast_fy), nw.col(Status.budget_fy)
_YEAR = (Status.forecast_fy, Status.budget_fy)

MEASURES = (
    Measure(Status.eac_reported, SPINE, (Status.eac_reported,), _EAC),
    Measure("overspend", SPINE, _BOTH, formulas.overspend(_EAC, _BAC)),
    Measure("bac_with_eac_reported", SPINE, _BOTH, present(_BAC, _EAC)),
    Measure("overspend_fy", SPINE, _YEAR, formulas.overspend(_FORECAST_FY, _BUDGET_FY)),
    Measure("budget_with_forecast_fy", SPINE, _YEAR, present(_BUDGET_FY, _FORECAST_FY)),
    Measure(Project.wlc_budget, SPINE, (Project.wlc_budget,), nw.col(Project.wlc_budget)),
)

_SOURCE = "general practice"
_budget = total("bac_with_eac_reported")
_budget_fy = total("budget_with_forecast_fy")

METRICS = (
    Metric(
        Status.eac_reported,
        "EAC as reported",
        "Σ EAC as the projects state it",
        Unit.MONEY,
        Better.LOWER,
        RollUp.SUM,
        _SOURCE,
        (Status.eac_reported,),
        total(Status.eac_reported),
    ),
    Metric(
        "overspend",
        "Expected overspend",
        "Σ of reported EAC − BAC per project; positive is overspend",
        Unit.MONEY,
        Better.LOWER,
        RollUp.SUM,
        _SOURCE,
        ("overspend",),
        total("overspend"),
        (NO_BUDGET,),
    ),
    Metric(
        "overspend_pct",
        "Expected overspend, share of BAC",
        "Σ (reported EAC − BAC) ÷ Σ BAC of the same projects",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.RATIO,
        _SOURCE,
        ("overspend", "bac_with_eac_reported"),
        formulas.share(total("overspend"), nonzero(_budget)),
        (NO_BUDGET, (_budget == 0, Reason.NO_BASELINE)),
    ),
    Metric(
        Project.wlc_budget,
        "Whole-life cost",
        "Σ approved whole-life cost",
        Unit.MONEY,
        Better.NONE,
        RollUp.SUM,
        _SOURCE,
        (Project.wlc_budget,),
        total(Project.wlc_budget),
    ),
    Metric(
        "overspend_fy",
        "Expected overspend of the year",
        "Σ of forecast − budget of the fiscal year per project with both; positive is overspend",
        Unit.MONEY,
        Better.LOWER,
        RollUp.SUM,
        _SOURCE,
        ("overspend_fy",),
        total("overspend_fy"),
    ),
    Metric(
        "overspend_fy_pct",
        "Expected overspend of the year, share of budget",
        "Σ (forecast − budget of the fiscal year) ÷ Σ budget of the same projects",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.RATIO,
        "GMPP, financial year variance",
        ("overspend_fy", "budget_with_forecast_fy"),
        formulas.share(total("overspend_fy"), nonzero(_budget_fy)),
        ((_budget_fy == 0, Reason.NO_BASELINE),),
    ),
)
