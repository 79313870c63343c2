"""Dependencies: what a project waits for, whether it will come in time, and whether it did."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import count_of, days_of, known_empty, known_none, share_of
from pmo_analytics.metrics.expressions import flag, given, one_of, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    Aggregate,
    Better,
    Measure,
    Metric,
    RollUp,
)
from pmo_analytics.schemas.dependencies import Dependency

TABLE = "dependencies"

_as_of = nw.col(AS_OF)
_need, _forecast, _delivered = (
    nw.col(c) for c in (Dependency.need_by, Dependency.forecast_date, Dependency.delivered_date)
)
_status = nw.col(Dependency.status)
_done = given(_delivered) | one_of(_status, ["delivered"])
_open = ~_done
_unagreed = one_of(_status, ["proposed"])
_late = _forecast > _need
# delivered without its day: whether it was in time cannot be told
_told = given(_delivered) | ~one_of(_status, ["delivered"])
_due = _need <= _as_of
_hit = given(_delivered) & (_delivered <= _need)
_STATE = (Dependency.status, Dependency.delivered_date)
_FLOAT = (Dependency.need_by, Dependency.forecast_date, *_STATE)

MEASURES = (
    Measure("dependencies_open", TABLE, _STATE, flag(_open, _done)),
    Measure(
        "dependencies_unagreed",
        TABLE,
        _STATE,
        flag(_open & _unagreed, _done | (given(_status) & ~_unagreed)),
    ),
    Measure("dependencies_at_risk", TABLE, _FLOAT, flag(_open & _late, _done | given(_forecast, _need))),
    Measure(
        "dependencies_in_time",
        TABLE,
        (Dependency.need_by, *_STATE),
        where(given(_need) & _told & _due, flag(_hit, ~_hit)),
    ),
    Measure(
        "dependencies_due",
        TABLE,
        (Dependency.need_by, *_STATE),
        where(given(_need) & _told, flag(_due, ~_due)),
    ),
    Measure(
        "dependency_delay",
        TABLE,
        _FLOAT,
        where(_open, formulas.slip(_forecast, _need)),
        Aggregate.MAX,
    ),
)

_none_open = known_none(TABLE, "dependencies_open")


def _count(name: str, title: str, formula: str, *, better: Better = Better.LOWER) -> Metric:
    return count_of(name, title, formula, none=_none_open, of="dependencies_open", better=better)


METRICS = (
    _count(
        "dependencies_open",
        "Open dependencies",
        "Count not delivered; they count for the project that waits",
        better=Better.NONE,
    ),
    _count("dependencies_unagreed", "Unagreed dependencies", "Count of open ones that are only proposed"),
    _count(
        "dependencies_at_risk",
        "Dependencies at risk",
        "Count of open ones with a forecast after the day of need",
    ),
    share_of(
        "dependency_hit_rate",
        "Dependencies delivered in time",
        "Dependencies delivered on or before the day of need ÷ dependencies needed by the as-of day",
        part="dependencies_in_time",
        whole="dependencies_due",
        none=known_empty(TABLE),
        better=Better.HIGHER,
    ),
    days_of(
        "dependency_delay_worst_days",
        "Worst dependency delay",
        "Largest forecast − day of need of open dependencies, calendar days; negative: float is left",
        "dependency_delay",
        of="dependencies_open",
        none=_none_open,
        roll_up=RollUp.WORST,
    ),
)
