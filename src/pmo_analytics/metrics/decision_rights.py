"""Decision rights: whether those decided who may, at the gate, on fresh data, and what was made a condition."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics.calendar import day_number
from pmo_analytics.metrics.counts import count_of, known_empty, share_of
from pmo_analytics.metrics.decisions import TABLE, TAKEN
from pmo_analytics.metrics.expressions import flag, given, number, same_currency, same_word, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    Aggregate,
    Better,
    Lookup,
    Measure,
    Reason,
    delivered,
    there,
    told,
    told_column,
)
from pmo_analytics.metrics.milestones import CANCELLED
from pmo_analytics.schemas.decisions import APPROVALS, Decision
from pmo_analytics.schemas.gates import Authority, Gate
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project

#: How old the data behind a decision may be, in days: one monthly cycle and its close.
FRESH = 45

_tier = "project_tier"
_amount, _from, _to = nw.col(Decision.amount), there(Authority.amount_from), there(Authority.amount_to)
_in_limits = (_from.is_null() | (_amount >= _from)) & (_to.is_null() | (_amount <= _to))
_of_tier = there(Authority.tier).is_null() | same_word(there(Authority.tier), told(_tier))
# a rule is of the currency that it was written in, also where all amounts were converted to one
_in_currency = same_currency(
    nw.coalesce(there(Authority.reported_currency), there(Authority.currency)),
    nw.coalesce(nw.col(Decision.reported_currency), nw.col(Decision.currency)),
)
_board = there(Authority.required_board).is_null() | same_word(
    there(Authority.required_board), nw.col(Decision.board)
)
_role = there(Authority.required_role).is_null() | same_word(
    there(Authority.required_role), nw.col(Decision.decider_role)
)
_RULE = (
    Authority.tier,
    Authority.required_board,
    Authority.required_role,
    Authority.amount_from,
    Authority.amount_to,
    Authority.currency,
    Authority.reported_currency,
)

LOOKUPS = (
    Lookup(
        _tier,
        TABLE,
        "projects",
        ((Decision.entity_id, Project.project_id),),
        (Project.tier,),
        nw.col(Project.tier),
        is_word=True,
    ),
    Lookup(
        "gate_board",
        TABLE,
        "gates",
        ((Decision.gate_code, Gate.gate_code),),
        (Gate.required_board,),
        nw.col(Gate.required_board),
        is_word=True,
    ),
    Lookup(
        "authority",
        TABLE,
        "approval_matrix",
        ((Decision.kind, Authority.kind),),
        _RULE,
        where(_in_limits & _of_tier & _in_currency, flag(_board & _role, ~(_board & _role))),
        pairs_with=(
            Decision.amount,
            Decision.currency,
            Decision.reported_currency,
            Decision.board,
            Decision.decider_role,
            told_column(_tier),
        ),
    ),
    Lookup(
        "gate_approved",
        "milestones",
        TABLE,
        ((Milestone.entity_id, Decision.entity_id), (Milestone.gate_code, Decision.gate_code)),
        (Decision.decision, Decision.decision_date),
        where(nw.col(Decision.decision).fill_null("").is_in(list(APPROVALS)), nw.col(Decision.decision_date)),
        Aggregate.MIN,
    ),
    Lookup(
        "gate_logged",
        "milestones",
        TABLE,
        ((Milestone.gate_code, Decision.gate_code),),
        (Decision.requested_date, Decision.decision_date),
        nw.min_horizontal(nw.col(Decision.requested_date), nw.col(Decision.decision_date)),
        Aggregate.MIN,
    ),
)

_at_gate = where(
    given(told("gate_board")),
    flag(
        same_word(told("gate_board"), nw.col(Decision.board)),
        ~same_word(told("gate_board"), nw.col(Decision.board)),
    ),
)
_rightly = nw.min_horizontal(told("authority"), _at_gate)
_age = nw.col(Decision.decision_date) - day_number(nw.col(Decision.data_period))
_condition_due, _condition_met = nw.col(Decision.condition_due), nw.col(Decision.condition_closed)
# where conditions are stated without a day it cannot be told
_undated = given(nw.col(Decision.conditions)) & _condition_due.is_null() & _condition_met.is_null()
_overdue = given(_condition_due) & _condition_met.is_null() & (_condition_due < nw.col(AS_OF))
_STATE = (Decision.decision, Decision.decision_date)
# a gate that was passed before the log knows of any decision on such a gate cannot be judged
_passed = given(told("gate_logged")) & (nw.col(Milestone.actual_date) >= told("gate_logged")) & ~CANCELLED
_approved = told("gate_approved")
_LOG = ("gate_logged",)
_PASSED = (Milestone.gate_code, Milestone.actual_date, Milestone.status)

MEASURES = (
    Measure(
        "decisions_with_rule",
        TABLE,
        _STATE,
        where(TAKEN & given(_rightly), number(1)),
        lookups=("authority", "gate_board"),
    ),
    Measure(
        "decisions_by_right",
        TABLE,
        (Decision.board, Decision.decider_role, *_STATE),
        where(TAKEN, _rightly),
        lookups=("authority", "gate_board", _tier),
    ),
    Measure(
        "decisions_dated_by_data",
        TABLE,
        (Decision.data_period, Decision.decision_date),
        where(given(_age), number(1)),
    ),
    Measure(
        "decisions_on_stale_data",
        TABLE,
        (Decision.data_period, Decision.decision_date),
        flag(_age > FRESH, given(_age)),
    ),
    Measure(
        "conditions_overdue",
        TABLE,
        (Decision.conditions, Decision.condition_due, Decision.condition_closed),
        where(~_undated, flag(_overdue, ~_overdue)),
    ),
    Measure("gates_passed", "milestones", _PASSED, where(_passed, number(1)), lookups=_LOG),
    Measure(
        "gates_passed_by_right",
        "milestones",
        _PASSED,
        where(
            _passed,
            flag(
                given(_approved) & (_approved <= nw.col(Milestone.actual_date)),
                given(nw.col(Milestone.actual_date)),
            ),
        ),
        lookups=("gate_approved", *_LOG),
    ),
)

METRICS = (
    share_of(
        "decisions_by_right_pct",
        "Decisions by those entitled",
        "Decisions taken by the board and in the role that the gate and the approval matrix ask for, by both where "
        "both ask ÷ decisions taken to which a rule applies",
        part="decisions_by_right",
        whole="decisions_with_rule",
        none=known_empty(TABLE),
        better=Better.HIGHER,
    ),
    share_of(
        "decisions_on_stale_data_pct",
        "Decisions on stale data",
        f"Decisions taken more than {FRESH} days after the month they were shown ÷ decisions that name the month",
        part="decisions_on_stale_data",
        whole="decisions_dated_by_data",
        none=known_empty(TABLE),
    ),
    count_of(
        "conditions_overdue",
        "Conditions overdue",
        "Count of decisions whose conditions were due before the as-of day and are not met",
        none=known_empty(TABLE),
        of="conditions_overdue",
    ),
    share_of(
        "gate_compliance_pct",
        "Gates passed by decision",
        "Gates passed on or after an approving decision on them ÷ gates passed since the log has such decisions",
        part="gates_passed_by_right",
        whole="gates_passed",
        none=known_empty("milestones"),
        better=Better.HIGHER,
        undefined=((~delivered(TABLE), Reason.NO_DATA),),
    ),
)
