"""Earned schedule: when what has been earned was planned to be, and what that says of the finish.

Needs the whole planned curve, month by month to its end (:mod:`pmo_analytics.metrics.curves`).
"""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.curves import (
    CURVE_EARNED,
    CURVE_FALLS,
    CURVE_PLANNED,
    EARNED_MONTHS,
    PASSED_MONTHS,
    PLANNED_MONTHS,
)
from pmo_analytics.metrics.expressions import nonzero, where
from pmo_analytics.metrics.measure import Aggregate, Better, Measure, Metric, Reason, RollUp, Unit, total
from pmo_analytics.schemas.evm_periods import EvmPeriod

TABLE = "evm_periods"
SOURCE = "Lipke and Henderson, Earned Schedule Training, 2006"

_CURVE = (EvmPeriod.pv_cum, EvmPeriod.for_period)


def _of_curve(name: str, column: str) -> Measure:
    """What the curve of a group says; the same in all its rows."""
    return Measure(name, TABLE, _CURVE, nw.col(column), Aggregate.MAX)


MEASURES = (
    _of_curve("curve_earned_months", EARNED_MONTHS),
    _of_curve("curve_passed_months", PASSED_MONTHS),
    _of_curve("curve_planned_months", PLANNED_MONTHS),
    _of_curve("curve_earned", CURVE_EARNED),
    _of_curve("curve_planned", CURVE_PLANNED),
    _of_curve("curve_falls", CURVE_FALLS),
)

_es, _at, _planned = (total(f"curve_{name}_months") for name in ("earned", "passed", "planned"))
_forecast = _planned * _at / nonzero(_es)
_falls = (total("curve_falls") > 0, Reason.INVALID_INPUT)
_before = (_at <= 0, Reason.NOT_STARTED)
_nothing_earned = (total("curve_earned") <= 0, Reason.NOT_STARTED)
_done = (total("curve_earned") >= total("curve_planned"), Reason.COMPLETE)
_time_used_up = (_at >= _planned, Reason.TIME_EXHAUSTED)


def _metric(
    name: str,
    title: str,
    formula: str,
    value: nw.Expr,
    *undefined: tuple[nw.Expr, Reason],
    unit: Unit = Unit.MONTHS,
    better: Better = Better.NONE,
) -> Metric:
    return Metric(
        name,
        title,
        f"{formula}; of a group on the sum of its curves",
        unit,
        better,
        RollUp.RECOMPUTED,
        SOURCE,
        ("curve_earned_months", "curve_passed_months", "curve_planned_months", "ev"),
        value,
        (_falls, _before, *undefined),
    )


METRICS = (
    _metric(
        "es",
        "Earned schedule",
        "ES: months from the start of the planned curve to where it first reaches EV, linear between its points",
        _es,
        better=Better.HIGHER,
    ),
    _metric(
        "at", "Actual time", "AT: months from the start of the planned curve to the end of the period", _at
    ),
    _metric(
        "sv_t",
        "Schedule variance (time)",
        "SV(t) = ES − AT",
        formulas.schedule_variance(_es, _at),
        better=Better.HIGHER,
    ),
    _metric(
        "spi_t",
        "Schedule performance index (time)",
        "SPI(t) = ES ÷ AT",
        formulas.schedule_performance_index(_es, nonzero(_at)),
        unit=Unit.RATIO,
        better=Better.HIGHER,
    ),
    _metric(
        "ieac_t",
        "Independent estimate of duration",
        "IEAC(t) = planned duration ÷ SPI(t)",
        _forecast,
        _nothing_earned,
        better=Better.LOWER,
    ),
    _metric(
        "finish_slip_t",
        "Finish slip at SPI(t)",
        "IEAC(t) − planned duration",
        formulas.slip(_forecast, _planned),
        _nothing_earned,
        better=Better.LOWER,
    ),
    _metric(
        "tspi",
        "To-complete schedule performance index",
        "TSPI = (planned duration − ES) ÷ (planned duration − AT)",
        formulas.to_complete_schedule_index(_planned, _es, where(_at < _planned, _at)),
        _done,
        _time_used_up,
        unit=Unit.RATIO,
        better=Better.LOWER,
    ),
)
