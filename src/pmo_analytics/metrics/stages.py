"""Stages: how much longer the time from gate to gate took than the baseline gave it."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import days_of
from pmo_analytics.metrics.expressions import given, one_of, where
from pmo_analytics.metrics.measure import AS_OF, Aggregate, Derived, Measure, rows
from pmo_analytics.metrics.milestones import CANCELLED, TABLE
from pmo_analytics.schemas.milestones import Milestone

#: Whether a row is a gate that was passed and has a baseline, and by how much its stage overran.
PASSED_GATE, STAGE_OVERRUN = "__passed_gate", "__stage_overrun"

_actual, _baseline = nw.col(Milestone.actual_date), nw.col(Milestone.baseline_date)
_COLUMNS = (Milestone.baseline_date, Milestone.actual_date, Milestone.type, Milestone.status)
_passed = (
    one_of(nw.col(Milestone.type), ["gate"])
    & ~CANCELLED
    & given(_baseline, _actual)
    & (_actual <= nw.col(AS_OF))
)
_slip = formulas.slip(_actual, _baseline)
_before = _slip.shift(1).over(
    Milestone.entity_id,
    Milestone.period,
    PASSED_GATE,
    order_by=[Milestone.baseline_date, Milestone.actual_date],
)

DERIVED = (
    Derived(PASSED_GATE, TABLE, _COLUMNS, _passed.cast(nw.Float64)),
    Derived(STAGE_OVERRUN, TABLE, _COLUMNS, where(nw.col(PASSED_GATE) > 0, _slip - _before)),
)

MEASURES = (Measure("stage_overrun", TABLE, _COLUMNS, nw.col(STAGE_OVERRUN), Aggregate.MEDIAN),)

METRICS = (
    days_of(
        "stage_overrun_median_days",
        "Median stage overrun",
        "Median over the stages between two passed gates of days from gate to gate − days between their baselines",
        "stage_overrun",
        of="milestones",
        none=rows("milestones") > 0,
    ),
)
