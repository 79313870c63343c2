"""Actions: what has been promised, and what is late."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import count_of, days_of, known_none, overdue, share_of
from pmo_analytics.metrics.expressions import flag, given, one_of, where
from pmo_analytics.metrics.measure import AS_OF, Aggregate, Better, Measure, RollUp
from pmo_analytics.schemas.actions import Action

TABLE = "actions"

_as_of = nw.col(AS_OF)
_due, _raised = nw.col(Action.due), nw.col(Action.raised)
_done = one_of(nw.col(Action.status), ["closed", "cancelled"]) | given(nw.col(Action.closed))
_open = ~_done
_STATE = (Action.status, Action.closed)

MEASURES = (
    Measure("actions_open", TABLE, _STATE, flag(_open, _done)),
    Measure(
        "actions_overdue",
        TABLE,
        (Action.due, *_STATE),
        overdue(_open, _done, _due),
    ),
    Measure(
        "actions_open_with_due_day",
        TABLE,
        (Action.due, *_STATE),
        where(_done | given(_due), flag(_open, _done)),
    ),
    Measure(
        "action_age",
        TABLE,
        (Action.raised, *_STATE),
        where(_open, formulas.slip(_as_of, _raised)),
        Aggregate.MAX,
    ),
)

_none_open = known_none(TABLE, "actions_open")

METRICS = (
    count_of(
        "actions_open",
        "Open actions",
        "Count neither done nor dropped",
        none=_none_open,
        of="actions_open",
        better=Better.NONE,
    ),
    count_of(
        "actions_overdue",
        "Overdue actions",
        "Count of open ones due before the as-of day",
        none=_none_open,
        of="actions_open",
    ),
    share_of(
        "actions_overdue_pct",
        "Overdue actions, share",
        "Overdue actions ÷ open actions with a due day",
        part="actions_overdue",
        whole="actions_open_with_due_day",
        none=_none_open,
    ),
    days_of(
        "action_age_max_days",
        "Oldest open action",
        "Largest as-of day − day agreed of open actions, calendar days",
        "action_age",
        of="actions_open",
        none=_none_open,
        roll_up=RollUp.WORST,
    ),
)
