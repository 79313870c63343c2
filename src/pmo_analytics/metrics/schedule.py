"""Schedule: how far the finish of a project has moved from its baseline."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.expressions import flag, given, nonzero, where
from pmo_analytics.metrics.measure import (
    SPINE,
    Aggregate,
    Better,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    rows,
    total,
    why,
)
from pmo_analytics.schemas.projects import Project

_start, _baseline = nw.col(Project.baseline_start), nw.col(Project.baseline_finish)
_finish = nw.coalesce(nw.col(Project.actual_finish), nw.col(Project.forecast_finish))
_planned = formulas.slip(_baseline, _start)
_slip = formulas.slip(_finish, _baseline)
_FINISH = (Project.forecast_finish, Project.actual_finish)
_DURATION = (Project.baseline_start, Project.baseline_finish)

MEASURES = (
    Measure("finish", SPINE, _FINISH, _finish, Aggregate.MAX),
    Measure("baseline_finish", SPINE, (Project.baseline_finish,), _baseline, Aggregate.MAX),
    Measure("planned_days", SPINE, _DURATION, _planned, Aggregate.MAX),
    Measure("finish_slip", SPINE, (Project.baseline_finish, *_FINISH), _slip, Aggregate.MAX),
    Measure("finish_slip_middle", SPINE, (Project.baseline_finish, *_FINISH), _slip, Aggregate.MEDIAN),
    Measure("projects_late", SPINE, (Project.baseline_finish, *_FINISH), flag(_slip > 0, given(_slip))),
    Measure(
        "finish_slip_share",
        SPINE,
        (*_DURATION, *_FINISH),
        where(_planned > 0, formulas.share(_slip, nonzero(_planned))),
        Aggregate.MAX,
    ),
)


def _no_baseline(baseline: str) -> tuple[nw.Expr, Reason]:
    missing = (rows(baseline) < 1) & (why(baseline) == 0)
    return missing & (rows("finish") > 0), Reason.NO_BASELINE


METRICS = (
    Metric(
        "finish_slip_days",
        "Finish slip",
        "Actual, else forecast finish − baseline finish, calendar days; of a group the worst",
        Unit.DAYS,
        Better.LOWER,
        RollUp.WORST,
        "general practice",
        ("finish_slip", "baseline_finish", "finish"),
        total("finish_slip"),
        (_no_baseline("baseline_finish"),),
    ),
    Metric(
        "finish_slip_pct",
        "Finish slip, share of the planned duration",
        "Finish slip ÷ (baseline finish − baseline start); of a group the worst",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.WORST,
        "general practice",
        ("finish_slip_share", "planned_days", "finish"),
        total("finish_slip_share"),
        (
            (total("planned_days") == 0, Reason.NOT_APPLICABLE),
            (total("planned_days") < 0, Reason.INVALID_INPUT),
            _no_baseline("planned_days"),
        ),
    ),
    Metric(
        "finish_slip_median_days",
        "Median finish slip",
        "Median of actual, else forecast finish − baseline finish over the projects, calendar days",
        Unit.DAYS,
        Better.LOWER,
        RollUp.DISTRIBUTION,
        "general practice",
        ("finish_slip_middle", "baseline_finish", "finish"),
        total("finish_slip_middle"),
        (_no_baseline("baseline_finish"),),
    ),
    Metric(
        "projects_late",
        "Late projects",
        "Count of projects whose actual, else forecast finish is after the baseline finish",
        Unit.COUNT,
        Better.LOWER,
        RollUp.SUM,
        "general practice",
        ("projects_late", "baseline_finish", "finish"),
        total("projects_late"),
        (_no_baseline("baseline_finish"),),
    ),
)
