"""Baselines: how far projects and milestones are from the first plan, however often that was replaced."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import PRACTICE
from pmo_analytics.metrics.expressions import nonzero, present, same_currency, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    SPINE,
    Aggregate,
    Better,
    Lookup,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    rows,
    told,
    total,
)
from pmo_analytics.metrics.milestones import CANCELLED
from pmo_analytics.schemas.baselines import ORIGINAL, Baseline, MilestoneBaseline
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

_OF_PROJECT = ((Project.project_id, Baseline.project_id),)
_first = nw.col(Baseline.version) == ORIGINAL
_approved = nw.col(Baseline.approved_date)


def _original(name: str, column: str, *, is_word: bool = False) -> Lookup:
    inputs = (column, Baseline.version)
    return Lookup(
        name, SPINE, "baselines", _OF_PROJECT, inputs, where(_first, nw.col(column)), is_word=is_word
    )


LOOKUPS = (
    _original("original_finish", Baseline.finish),
    _original("original_bac", Baseline.bac),
    _original("original_currency", Baseline.currency, is_word=True),
    Lookup(
        "latest_version",
        SPINE,
        "baselines",
        _OF_PROJECT,
        (Baseline.version, Baseline.approved_date),
        where(_approved.is_null() | (_approved <= nw.col(AS_OF)), nw.col(Baseline.version)),
    ),
    Lookup(
        "original_date",
        "milestones",
        "milestone_baselines",
        ((Milestone.milestone_id, MilestoneBaseline.milestone_id),),
        (MilestoneBaseline.baseline_date, MilestoneBaseline.version),
        where(nw.col(MilestoneBaseline.version) == ORIGINAL, nw.col(MilestoneBaseline.baseline_date)),
    ),
)

_finish = nw.coalesce(nw.col(Project.actual_finish), nw.col(Project.forecast_finish))
_date = nw.coalesce(nw.col(Milestone.actual_date), nw.col(Milestone.forecast_date))
_eac = nw.col(Status.eac_reported)
_bac = where(same_currency(told("original_currency"), nw.col(Project.currency)), told("original_bac"))
_FINISH = (Project.forecast_finish, Project.actual_finish)
_BAC = ("original_bac", "original_currency")
_DATES = (Milestone.forecast_date, Milestone.actual_date, Milestone.status)

MEASURES = (
    Measure(
        "finish_slip_original",
        SPINE,
        _FINISH,
        formulas.slip(_finish, told("original_finish")),
        Aggregate.MAX,
        ("original_finish",),
    ),
    Measure(
        "overspend_original", SPINE, (Status.eac_reported,), formulas.overspend(_eac, _bac), lookups=_BAC
    ),
    Measure("bac_original", SPINE, (Status.eac_reported,), present(_bac, _eac), lookups=_BAC),
    Measure("rebaselines", SPINE, (), told("latest_version") - ORIGINAL, lookups=("latest_version",)),
    Measure(
        "milestone_slip_original",
        "milestones",
        _DATES,
        where(~CANCELLED, formulas.slip(_date, told("original_date"))),
        Aggregate.MAX,
        ("original_date",),
    ),
)

_unplanned = ((rows("finish_slip_original") < 1) & (rows("finish") > 0), Reason.NO_BASELINE)
_uncosted = ((rows("overspend_original") < 1) & (rows("eac_reported") > 0), Reason.NO_BASELINE)
_undated = ((rows("milestone_slip_original") < 1) & (rows("milestones") > 0), Reason.NO_BASELINE)

METRICS = (
    Metric(
        "finish_slip_original_days",
        "Finish slip since the first baseline",
        "Actual, else forecast finish − finish of baseline version 1, calendar days; of a group the worst",
        Unit.DAYS,
        Better.LOWER,
        RollUp.WORST,
        PRACTICE,
        ("finish_slip_original", "finish"),
        total("finish_slip_original"),
        (_unplanned,),
    ),
    Metric(
        "overspend_original",
        "Overspend since the first baseline",
        "Σ (EAC reported − BAC of baseline version 1) of projects with both in one currency",
        Unit.MONEY,
        Better.LOWER,
        RollUp.SUM,
        PRACTICE,
        ("overspend_original", "eac_reported"),
        total("overspend_original"),
        (_uncosted,),
    ),
    Metric(
        "overspend_original_pct",
        "Overspend since the first baseline, share of it",
        "Σ (EAC reported − BAC of baseline version 1) ÷ Σ BAC of baseline version 1 of projects with both",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.RATIO,
        PRACTICE,
        ("overspend_original", "bac_original", "eac_reported"),
        formulas.share(total("overspend_original"), nonzero(total("bac_original"))),
        (_uncosted, (total("bac_original") == 0, Reason.NO_BASELINE)),
    ),
    Metric(
        "rebaselines",
        "Baselines after the first",
        "Σ (latest version of the baseline that is approved by the as-of day − 1)",
        Unit.COUNT,
        Better.LOWER,
        RollUp.SUM,
        PRACTICE,
        ("rebaselines",),
        total("rebaselines"),
    ),
    Metric(
        "milestone_slip_original_worst_days",
        "Worst milestone slip since the first baseline",
        "Largest actual, else forecast date − date of baseline version 1, calendar days; without cancelled ones",
        Unit.DAYS,
        Better.LOWER,
        RollUp.WORST,
        PRACTICE,
        ("milestone_slip_original", "milestones"),
        total("milestone_slip_original"),
        (_undated,),
    ),
)
