"""Decisions: what waits for a decision, how long, and how often it comes too late."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import (
    PRACTICE,
    count_of,
    days_of,
    known_empty,
    known_none,
    known_total,
    overdue,
    share_of,
)
from pmo_analytics.metrics.expressions import first_true, flag, given, no_number, number, one_of, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    Aggregate,
    Better,
    Measure,
    Metric,
    RollUp,
    Unit,
)
from pmo_analytics.schemas.decisions import PENDING, Decision

TABLE = "decisions"

_as_of = nw.col(AS_OF)
_asked, _needed, _decided = (
    nw.col(c) for c in (Decision.requested_date, Decision.needed_by, Decision.decision_date)
)
_word = nw.col(Decision.decision)
TAKEN = given(_decided) | (given(_word) & ~one_of(_word, [PENDING]))
_pending = ~TAKEN
_settled_day = first_true([(given(_decided), _decided), (_pending, _as_of)], no_number())
_late = _settled_day > _needed
_in_time = _settled_day <= _needed
_STATE = (Decision.decision_date, Decision.decision)
_DUE = (Decision.needed_by, *_STATE)
_amount = nw.col(Decision.amount)

MEASURES = (
    Measure("decisions_pending", TABLE, _STATE, flag(_pending, TAKEN)),
    Measure(
        "decisions_overdue",
        TABLE,
        _DUE,
        overdue(_pending, TAKEN, _needed),
    ),
    Measure("decisions_late", TABLE, _DUE, flag(_late, _in_time)),
    Measure("decisions_due", TABLE, _DUE, where(given(_needed, _settled_day), number(1))),
    Measure(
        "decision_latency",
        TABLE,
        (Decision.requested_date, *_STATE),
        formulas.slip(_settled_day, _asked),
        Aggregate.MEDIAN,
    ),
    Measure(
        "decision_wait",
        TABLE,
        (Decision.requested_date, *_STATE),
        where(_pending, formulas.slip(_as_of, _asked)),
        Aggregate.MAX,
    ),
    Measure("amount_pending", TABLE, (Decision.amount, *_STATE), where(_pending, _amount)),
)

_none_pending = known_none(TABLE, "decisions_pending")
_no_row = known_empty(TABLE)


METRICS = (
    count_of(
        "decisions_pending",
        "Decisions pending",
        "Count of decisions without a day and without an outcome",
        none=_none_pending,
        of="decisions_pending",
        better=Better.NONE,
    ),
    count_of(
        "decisions_overdue",
        "Decisions overdue",
        "Count of pending decisions needed before the as-of day",
        none=_none_pending,
        of="decisions_pending",
    ),
    share_of(
        "decisions_late_pct",
        "Late decisions",
        "Decisions taken after the day they were needed by, or pending past it ÷ decisions with that day",
        part="decisions_late",
        whole="decisions_due",
        none=_no_row,
    ),
    days_of(
        "decision_latency_median_days",
        "Median time to a decision",
        "Median of day decided, else as-of day − day requested; pending ones count with their wait so far",
        "decision_latency",
        of="decisions_pending",
        none=_no_row,
    ),
    days_of(
        "decision_wait_max_days",
        "Longest wait for a decision",
        "Largest as-of day − day requested of pending decisions",
        "decision_wait",
        of="decisions_pending",
        none=_none_pending,
        roll_up=RollUp.WORST,
    ),
    Metric(
        "decision_amount_pending",
        "Money waiting for a decision",
        "Σ amount of pending decisions",
        Unit.MONEY,
        Better.NONE,
        RollUp.SUM,
        PRACTICE,
        ("amount_pending", "decisions_pending"),
        known_total("amount_pending", _none_pending),
    ),
)
