"""Contingency: how fast it is used, whether it covers the open risks, and the EAC with them."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import PRACTICE
from pmo_analytics.metrics.earned_value import BAC, EV, NO_BUDGET, spine_measure, sum_of_money
from pmo_analytics.metrics.expressions import nonzero
from pmo_analytics.metrics.measure import Better, Metric, Reason, RollUp, Unit, total
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

_USED, _LEFT = nw.col(Status.contingency_used), nw.col(Status.contingency_remaining)
_BUDGET = nw.col(Project.contingency_budget)
_DRAWN = (Status.contingency_used, Project.contingency_budget, Status.ev, Status.bac)

MEASURES = (
    spine_measure(Status.contingency_used, (Status.contingency_used,), _USED),
    spine_measure(Status.contingency_remaining, (Status.contingency_remaining,), _LEFT),
    spine_measure("used_with_contingency", _DRAWN, _USED),
    spine_measure("contingency_with_used", _DRAWN, _BUDGET),
    spine_measure("ev_with_contingency", _DRAWN, EV),
    spine_measure("bac_with_contingency", _DRAWN, BAC),
)

_used, _budget = total("used_with_contingency"), total("contingency_with_used")
_ev, _bac = total("ev_with_contingency"), total("bac_with_contingency")

METRICS = (
    sum_of_money(
        Status.contingency_used,
        "Contingency used",
        "Σ contingency drawn down to date",
        Status.contingency_used,
        better=Better.LOWER,
        needs_budget=False,
        source=PRACTICE,
    ),
    sum_of_money(
        Status.contingency_remaining,
        "Contingency remaining",
        "Σ contingency still held",
        Status.contingency_remaining,
        better=Better.HIGHER,
        needs_budget=False,
        source=PRACTICE,
    ),
    Metric(
        "contingency_drawdown",
        "Contingency drawdown index",
        "(Σ contingency used ÷ Σ contingency budget) ÷ (Σ EV ÷ Σ BAC) of projects with all four; above 1 it "
        "is used faster than work is done",
        Unit.RATIO,
        Better.LOWER,
        RollUp.RATIO,
        PRACTICE,
        ("used_with_contingency", "contingency_with_used", "ev_with_contingency", "bac_with_contingency"),
        formulas.share(_used, nonzero(_budget)) / nonzero(formulas.share(_ev, nonzero(_bac))),
        (
            NO_BUDGET,
            (_budget == 0, Reason.NOT_APPLICABLE),
            (_bac == 0, Reason.NO_BASELINE),
            (_ev == 0, Reason.NOT_STARTED),
        ),
    ),
    Metric(
        "contingency_coverage",
        "Contingency coverage",
        "Σ contingency remaining ÷ expected cost of the open threats of the group; below 1 it does not cover "
        "them",
        Unit.RATIO,
        Better.HIGHER,
        RollUp.RATIO,
        PRACTICE,
        (Status.contingency_remaining, "threat_emv", "risks_open"),
        formulas.share(nw.col(Status.contingency_remaining), nonzero(nw.col("threat_emv"))),
        ((nw.col("threat_emv") == 0, Reason.NOT_APPLICABLE),),
        follows=(Status.contingency_remaining, "threat_emv"),
    ),
    Metric(
        "risk_adjusted_eac",
        "Risk-adjusted EAC",
        "Σ reported EAC + expected cost of the open risks of the group; counts risks twice where the reported "
        "EAC already holds contingency",
        Unit.MONEY,
        Better.LOWER,
        RollUp.RECOMPUTED,
        PRACTICE,
        (Status.eac_reported, "risk_emv", "risks_open"),
        nw.col(Status.eac_reported) + nw.col("risk_emv"),
        follows=(Status.eac_reported, "risk_emv"),
    ),
)
