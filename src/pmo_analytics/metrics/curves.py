"""Curves: where what was earned stands on the planned curve of a group, as one figure per group.

The planned curves of the projects of a group are added up month by month and read at the sum of what they
have earned. A curve may leave months out: between two of its points it is a straight line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.calendar import month_number
from pmo_analytics.metrics.expressions import first_true, given, number, where
from pmo_analytics.schemas.evm_periods import EvmPeriod
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.metrics.inputs import Frame

#: What the curve of a group says, in months from its start: earned, passed, planned in all; and whether it falls.
EARNED_MONTHS = "__earned_months"
PASSED_MONTHS = "__passed_months"
PLANNED_MONTHS = "__planned_months"
CURVE_EARNED = "__curve_earned"
CURVE_PLANNED = "__curve_planned"
CURVE_FALLS = "__curve_falls"

_EV, _PV, _MONTH, _NOW = "__ev", "__pv", "__month", "__now"
_STEP, _FALL, _ALL = "__step", "__fall", "__all"
_LAST = "__last"
_BELOW, _BELOW_AT, _ABOVE, _ABOVE_AT = "__below", "__below_at", "__above", "__above_at"
_FIRST, _FINISH = "__first", "__finish"

#: Sums of steps differ from the curve they were taken from by less than this share of it.
_SAME = 1e-9


def read_curves(rows: Frame, spine: Frame, keys: Sequence[str], *, by_period: bool) -> Frame:
    """One row per project with a curve and earned value, with what the curve of its group says."""
    group = [*keys, _ALL]
    points = _steps(_points(rows, spine, by_period=by_period), group)
    planned = points.group_by(*group, _MONTH).agg(nw.col(_STEP).sum(), nw.col(_FALL).max())
    planned = planned.with_columns(nw.col(_STEP).cum_sum().over(*group, order_by=[_MONTH]).alias(_PV))
    planned = planned.join(_earned(points, group), on=group, how="left")
    planned = planned.with_columns(nw.col(_PV).max().over(*group).alias(_LAST))
    last = nw.col(_MONTH) == nw.col(_MONTH).max().over(*group, Project.project_id)
    return points.filter(last).join(_read(planned, group), on=group, how="left")


def _points(rows: Frame, spine: Frame, *, by_period: bool) -> Frame:
    own = [Project.project_id, *([Project.period] if by_period else [])]
    reported = spine.select(
        *own, nw.col(Status.ev).alias(_EV), month_number(nw.col(Project.period)).alias(_NOW)
    )
    rows = rows.join(reported, on=own, how="left")
    at = month_number(nw.col(EvmPeriod.for_period)).alias(_MONTH)
    known = given(nw.col(EvmPeriod.pv_cum), nw.col(_EV))
    return rows.with_columns(at, number(1).alias(_ALL)).filter(known)


def _steps(points: Frame, group: Sequence[str]) -> Frame:
    """The points with the step that each takes up from the one before it."""
    before = nw.col(EvmPeriod.pv_cum).shift(1).over(*group, Project.project_id, order_by=[_MONTH])
    step = nw.col(EvmPeriod.pv_cum) - before.fill_null(0.0)
    points = points.with_columns(step.alias(_STEP))
    return points.with_columns(first_true([(nw.col(_STEP) < 0, number(1))], number(0)).alias(_FALL))


def _earned(points: Frame, group: Sequence[str]) -> Frame:
    """The earned value of each group, of every project once, and the month it stands at."""
    projects = points.group_by(*group, Project.project_id).agg(nw.col(_EV, _NOW).max())
    return projects.group_by(*group).agg(nw.col(_EV).sum(), nw.col(_NOW).max())


def _read(planned: Frame, group: Sequence[str]) -> Frame:
    pv, at, ev, last = (nw.col(c) for c in (_PV, _MONTH, _EV, _LAST))
    reached = nw.min_horizontal(ev, last) - last * _SAME
    planned = planned.with_columns(
        where(pv < reached, pv).alias(_BELOW),
        where(pv < reached, at).alias(_BELOW_AT),
        where(pv >= reached, pv).alias(_ABOVE),
        where(pv >= reached, at).alias(_ABOVE_AT),
        where(pv >= last - last * _SAME, at).alias(_FINISH),
        at.alias(_FIRST),
    )
    read = planned.group_by(*group).agg(
        nw.col(_BELOW, _BELOW_AT, _EV, _NOW, _LAST, _FALL).max(),
        nw.col(_ABOVE, _ABOVE_AT, _FIRST, _FINISH).min(),
    )
    # the curve starts from nothing at the beginning of its first month
    start = nw.col(_FIRST) - 1
    below = nw.col(_BELOW).fill_null(0.0)
    reached = nw.min_horizontal(nw.col(_EV), nw.col(_LAST))
    rising = nw.col(_ABOVE) > below
    at = formulas.interpolated(
        reached,
        below,
        where(rising, nw.col(_ABOVE)),
        at_low=nw.coalesce(nw.col(_BELOW_AT), start),
        at_high=nw.col(_ABOVE_AT),
    )
    return read.select(
        *group,
        first_true([(reached <= 0, number(0)), (rising, at - start)], number(0)).alias(EARNED_MONTHS),
        (nw.col(_NOW) - start).alias(PASSED_MONTHS),
        (nw.col(_FINISH) - start).alias(PLANNED_MONTHS),
        nw.col(_EV).alias(CURVE_EARNED),
        nw.col(_LAST).alias(CURVE_PLANNED),
        nw.col(_FALL).alias(CURVE_FALLS),
    )
