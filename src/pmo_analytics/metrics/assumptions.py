"""Assumptions: what is still taken for granted, and what has failed."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics.counts import count_of, known_empty, known_none, overdue
from pmo_analytics.metrics.expressions import flag, given, one_of, where
from pmo_analytics.metrics.measure import Better, Measure
from pmo_analytics.schemas.assumptions import Assumption

TABLE = "assumptions"

_status, _due = nw.col(Assumption.status), nw.col(Assumption.due)
_failed = one_of(_status, ["invalid"])
_settled = one_of(_status, ["valid", "invalid"]) | given(nw.col(Assumption.validated))
_open = ~_settled
_STATE = (Assumption.status, Assumption.validated)

MEASURES = (
    Measure("assumptions_open", TABLE, _STATE, flag(_open, _settled)),
    Measure(
        "assumptions_overdue",
        TABLE,
        (Assumption.due, *_STATE),
        overdue(_open, _settled, _due),
    ),
    Measure(
        "assumptions_failed", TABLE, (Assumption.status,), where(given(_status), flag(_failed, ~_failed))
    ),
)

_none_open = known_none(TABLE, "assumptions_open")

METRICS = (
    count_of(
        "assumptions_open",
        "Open assumptions",
        "Count not known to hold or to fail",
        none=_none_open,
        of="assumptions_open",
        better=Better.NONE,
    ),
    count_of(
        "assumptions_overdue",
        "Overdue assumptions",
        "Count of open ones that were to be known before the as-of day",
        none=_none_open,
        of="assumptions_open",
    ),
    count_of(
        "assumptions_failed",
        "Failed assumptions",
        "Count found not to hold",
        none=known_empty(TABLE),
        of="assumptions_failed",
    ),
)
