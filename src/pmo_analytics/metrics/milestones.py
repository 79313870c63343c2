"""Milestones: what is overdue, what comes next, and the worst slip."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import overdue, share_of
from pmo_analytics.metrics.earned_value import SOURCE
from pmo_analytics.metrics.expressions import flag, given, number, one_of, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    MONTH_START,
    PERIOD_DAY,
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
from pmo_analytics.schemas.milestones import Milestone

TABLE = "milestones"

#: How far ahead the look-ahead counts reach, in days.
HORIZONS = (30, 60, 90)

_as_of = nw.col(AS_OF)
_forecast, _actual = nw.col(Milestone.forecast_date), nw.col(Milestone.actual_date)
CANCELLED = one_of(nw.col(Milestone.status), ["cancelled"])
_settled = CANCELLED | one_of(nw.col(Milestone.status), ["complete"]) | ~_actual.is_null()
_open = ~_settled
_gate = one_of(nw.col(Milestone.type), ["gate"])
_baseline = nw.col(Milestone.baseline_date)
_slip = formulas.slip(nw.coalesce(_actual, _forecast), _baseline)
_month_end = nw.min_horizontal(nw.col(PERIOD_DAY), _as_of)
# complete without its day: whether it was in time cannot be told
_told = given(_actual) | ~one_of(nw.col(Milestone.status), ["complete"])
_planned = ~CANCELLED & _told & (_baseline >= nw.col(MONTH_START)) & (_baseline <= _month_end)
_hit = given(_actual) & (_actual <= _baseline)
_STATE = (Milestone.status, Milestone.actual_date, Milestone.forecast_date)
_SLIP = (Milestone.baseline_date, Milestone.forecast_date, Milestone.actual_date, Milestone.status)
_GATE_SLIP = (*_SLIP, Milestone.type)


def _due_within(days: int) -> nw.Expr:
    within = (_forecast >= _as_of) & (_forecast <= _as_of + days)
    return flag(_open & within, _settled | given(_forecast))


MEASURES = (
    Measure("milestones", TABLE, (Milestone.status,), flag(~CANCELLED, CANCELLED)),
    Measure(
        "milestones_overdue",
        TABLE,
        _STATE,
        overdue(_open, _settled, _forecast),
    ),
    *(Measure(f"milestones_due_{days}", TABLE, _STATE, _due_within(days)) for days in HORIZONS),
    Measure(
        "milestone_baselines",
        TABLE,
        (Milestone.baseline_date, Milestone.status),
        where(~CANCELLED, _baseline),
        Aggregate.MAX,
    ),
    Measure("milestone_slip", TABLE, _SLIP, where(~CANCELLED, _slip), Aggregate.MAX),
    Measure("milestone_slip_middle", TABLE, _SLIP, where(~CANCELLED, _slip), Aggregate.MEDIAN),
    Measure("milestones_late", TABLE, _SLIP, where(~CANCELLED, flag(_slip > 0, given(_slip)))),
    Measure("milestones_dated", TABLE, _SLIP, where(~CANCELLED, where(given(_slip), number(1)))),
    Measure("milestones_hit", TABLE, _SLIP, where(_planned, flag(_hit, ~_hit))),
    Measure(
        "milestones_planned",
        TABLE,
        _SLIP,
        where(~CANCELLED & given(_baseline) & _told, flag(_planned, ~_planned)),
    ),
    Measure("gates", TABLE, (Milestone.type, Milestone.status), flag(_gate & ~CANCELLED, CANCELLED | ~_gate)),
    Measure(
        "gate_baselines",
        TABLE,
        (Milestone.baseline_date, Milestone.type, Milestone.status),
        where(_gate & ~CANCELLED, _baseline),
        Aggregate.MAX,
    ),
    Measure("gate_slip", TABLE, _GATE_SLIP, where(_gate & ~CANCELLED, _slip), Aggregate.MAX),
)


def _count(name: str, title: str, formula: str, *, better: Better, source: str) -> Metric:
    return Metric(
        name, title, formula, Unit.COUNT, better, RollUp.SUM, source, measures=(name,), value=total(name)
    )


def _unplanned(baselines: str, counted: str) -> tuple[nw.Expr, Reason]:
    missing = (rows(baselines) < 1) & (why(baselines) == 0)
    return missing & (total(counted) > 0), Reason.NO_BASELINE


def _slip_of(
    name: str,
    title: str,
    formula: str,
    *,
    slip: str,
    baselines: str,
    counted: str,
    roll_up: RollUp = RollUp.WORST,
) -> Metric:
    return Metric(
        name,
        title,
        formula,
        Unit.DAYS,
        Better.LOWER,
        roll_up,
        "general practice",
        (slip, baselines, counted),
        total(slip),
        (
            (total(counted) == 0, Reason.NOT_APPLICABLE),
            _unplanned(baselines, counted),
        ),
    )


#: Milestones in the plan, all of them cancelled: nothing to divide by. A plan without any lacks data.
_none = total("milestones") == 0


METRICS = (
    _count(
        "milestones",
        "Milestones",
        "Count of milestones that are not cancelled",
        better=Better.NONE,
        source="general practice",
    ),
    _count(
        "milestones_overdue",
        "Milestones overdue",
        "Count with forecast before the as-of day, no actual date, neither complete nor cancelled",
        better=Better.LOWER,
        source="general practice",
    ),
    *(
        _count(
            f"milestones_due_{days}",
            f"Milestones due in {days} days",
            f"Count not done with forecast from the as-of day to {days} days after it",
            better=Better.NONE,
            source="general practice",
        )
        for days in HORIZONS
    ),
    _slip_of(
        "milestone_slip_worst_days",
        "Worst milestone slip",
        "Largest of actual, else forecast − baseline, calendar days, cancelled ones left out",
        slip="milestone_slip",
        baselines="milestone_baselines",
        counted="milestones",
    ),
    _slip_of(
        "gate_slip_worst_days",
        "Worst gate slip",
        "Largest of actual, else forecast − baseline of stage gates, calendar days",
        slip="gate_slip",
        baselines="gate_baselines",
        counted="gates",
    ),
    _slip_of(
        "milestone_slip_median_days",
        "Median milestone slip",
        "Median of actual, else forecast − baseline over the milestones, calendar days, cancelled ones left out",
        slip="milestone_slip_middle",
        baselines="milestone_baselines",
        counted="milestones",
        roll_up=RollUp.DISTRIBUTION,
    ),
    share_of(
        "milestones_late_pct",
        "Late milestones",
        "Milestones with actual, else forecast after their baseline ÷ milestones with both, cancelled ones left "
        "out",
        part="milestones_late",
        whole="milestones_dated",
        none=_none,
        undefined=(_unplanned("milestone_baselines", "milestones"),),
    ),
    share_of(
        "milestone_hit_rate",
        "Milestone hit rate",
        "Milestones reached on or before their baseline ÷ milestones with a baseline in the month of the plan, up "
        "to the as-of day",
        part="milestones_hit",
        whole="milestones_planned",
        none=_none,
        undefined=(_unplanned("milestone_baselines", "milestones"),),
        better=Better.HIGHER,
        source=SOURCE,
    ),
)
