"""Schedule adherence: whether what was earned was earned by the tasks that the baseline had planned for it."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.calendar import day_number
from pmo_analytics.metrics.counts import ratio_of
from pmo_analytics.metrics.expressions import first_true, given, number, present, same_currency, where
from pmo_analytics.metrics.measure import Aggregate, Better, Derived, Lookup, Measure, Reason, told
from pmo_analytics.schemas.evm_periods import EvmPeriod
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tasks import Task

TABLE, CURVES = "tasks", "evm_periods"
SOURCE = "Lipke, Schedule Adherence, 2008"

#: The last day of a point of a curve, the first day of its month, and where the whole curve of its project ends.
POINT_DAY, POINT_START, CURVE_END = "__point_day", "__point_start", "__curve_end"
#: The steps from point to point of a curve, and the lowest of them: below 0 it falls.
CURVE_STEP, CURVE_FALL = "__curve_step", "__curve_fall"
_OF_CURVE = (EvmPeriod.project_id, EvmPeriod.period)
#: The share of a sum by which the sum of its steps may differ from it.
_SAME = 1e-9

_pv, _point = nw.col(EvmPeriod.pv_cum), nw.col(POINT_DAY)
_CURVE = (EvmPeriod.pv_cum, EvmPeriod.for_period)

DERIVED = (
    Derived(POINT_DAY, CURVES, _CURVE, day_number(nw.col(EvmPeriod.for_period))),
    Derived(
        POINT_START,
        CURVES,
        _CURVE,
        _point - nw.col(EvmPeriod.for_period).dt.day().cast(nw.Float64),
    ),
    Derived(CURVE_END, CURVES, _CURVE, _pv.max().over(*_OF_CURVE)),
    Derived(CURVE_STEP, CURVES, _CURVE, _pv - _pv.shift(1).over(*_OF_CURVE, order_by=[POINT_DAY])),
    Derived(CURVE_FALL, CURVES, _CURVE, nw.col(CURVE_STEP).min().over(*_OF_CURVE)),
)

_end = nw.col(CURVE_END)
_earned = nw.min_horizontal(told("reported_ev"), _end) - _end * _SAME
_ON = ((Task.project_id, EvmPeriod.project_id),)


def _point_of(name: str, row: nw.Expr, aggregate: Aggregate) -> Lookup:
    # a curve that falls, and one in another currency than the earned value, say nothing
    rises = nw.col(CURVE_FALL).fill_null(0.0) >= 0
    alike = same_currency(told("reported_in"), nw.col(EvmPeriod.currency))
    known = where(given(told("reported_ev")) & rises & alike, row)
    columns = (*_CURVE, EvmPeriod.currency)
    return Lookup(name, TABLE, CURVES, _ON, columns, known, aggregate, lookups=("reported_ev", "reported_in"))


LOOKUPS = (
    Lookup(
        "reported_ev",
        CURVES,
        "status",
        ((EvmPeriod.project_id, Project.project_id),),
        (Status.ev,),
        nw.col(Status.ev),
    ),
    Lookup(
        "reported_in",
        CURVES,
        "status",
        ((EvmPeriod.project_id, Project.project_id),),
        (Status.currency,),
        nw.col(Status.currency),
        is_word=True,
    ),
    _point_of("earned_to_date", nw.min_horizontal(told("reported_ev"), _end), Aggregate.MAX),
    _point_of("pv_below", where(_pv < _earned, _pv), Aggregate.MAX),
    _point_of("day_below", where(_pv < _earned, _point), Aggregate.MAX),
    _point_of("pv_above", where(_pv >= _earned, _pv), Aggregate.MIN),
    _point_of("day_above", where(_pv >= _earned, _point), Aggregate.MIN),
    _point_of("curve_start", nw.col(POINT_START), Aggregate.MIN),
)

_below = told("pv_below").fill_null(0.0)
_rises = told("pv_above") > _below
#: The day by which the baseline had planned what has been earned.
_es_day = formulas.interpolated(
    told("earned_to_date"),
    _below,
    where(_rises, told("pv_above")),
    at_low=nw.coalesce(told("day_below"), told("curve_start")),
    at_high=told("day_above"),
)
_start, _finish, _budget = nw.col(Task.baseline_start), nw.col(Task.baseline_finish), nw.col(Task.bac)
_work = ~(nw.col(Task.is_summary).fill_null(0.0) > 0)
# a task takes from the morning of its first day to the evening of its last
_share = (_es_day - _start + 1) / where(_finish >= _start, _finish - _start + 1)
_reached = first_true([(_share >= 1, number(1)), (_share <= 0, number(0))], _share)
_nothing = told("earned_to_date") <= 0
_planned = where(_work, _budget * first_true([(_nothing, number(0))], _reached))
_done = nw.coalesce(nw.col(Task.ev), _budget * nw.col(Task.pct_complete))
_TASK = (Task.baseline_start, Task.baseline_finish, Task.bac, Task.ev, Task.pct_complete, Task.is_summary)
_TOLD = tuple(lookup.name for lookup in LOOKUPS if lookup.table == TABLE)

MEASURES = (
    Measure(
        "earned_as_planned",
        TABLE,
        _TASK,
        present(nw.min_horizontal(_planned, _done), _planned, _done),
        lookups=_TOLD,
    ),
    Measure("planned_at_es", TABLE, _TASK, present(_planned, _done), lookups=_TOLD),
)

METRICS = (
    ratio_of(
        "p_factor",
        "Schedule adherence (P-factor)",
        "Σ the lesser of EV and PV at ES of each task ÷ Σ PV at ES, summary tasks left out; PV at ES: BAC of the task "
        "× share of its baseline days up to the day that its project has earned",
        part="earned_as_planned",
        whole="planned_at_es",
        better=Better.HIGHER,
        source=SOURCE,
        nothing=Reason.NOT_STARTED,
    ),
)
