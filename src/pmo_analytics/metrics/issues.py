"""Issues: how many are open, how many of those are late, and how old they are."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import (
    count_of,
    days_of,
    in_month,
    known_empty,
    known_none,
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
)
from pmo_analytics.schemas.issues import Issue

TABLE = "issues"

_as_of = nw.col(AS_OF)
_due = nw.col(Issue.due)
_settled = one_of(nw.col(Issue.status), ["resolved", "closed"]) | ~nw.col(Issue.closed).is_null()
_open = ~_settled
_opened, _closed = nw.col(Issue.opened), nw.col(Issue.closed)
_age = formulas.slip(_as_of, _opened)
_level = nw.col(Issue.escalation_level)
_STATE = (Issue.status, Issue.closed)
_AGED = (Issue.opened, *_STATE)

#: Ages that open issues are counted in: name, first and last day, ``None`` without end.
AGES = (
    ("issues_aged_0_30", 0, 30),
    ("issues_aged_31_60", 31, 60),
    ("issues_aged_61_90", 61, 90),
    ("issues_aged_over_90", 91, None),
)

#: The levels above the project, to which an issue is escalated.
ESCALATED = ("programme", "portfolio", "epmo")


def _aged(first: int, last: int | None) -> nw.Expr:
    inside = _age >= first if last is None else (_age >= first) & (_age <= last)
    return flag(_open & inside, _settled | given(_age))


MEASURES = (
    Measure("issues_open", TABLE, _STATE, flag(_open, _settled)),
    Measure(
        "issues_overdue",
        TABLE,
        (Issue.due, *_STATE),
        overdue(_open, _settled, _due),
    ),
    Measure("open_with_due", TABLE, (Issue.due, *_STATE), flag(_open & given(_due), _settled)),
    Measure("issue_age", TABLE, _AGED, where(_open, _age), Aggregate.MEDIAN),
    Measure("issue_age_max", TABLE, _AGED, where(_open, _age), Aggregate.MAX),
    *(Measure(name, TABLE, _AGED, _aged(first, last)) for name, first, last in AGES),
    Measure(
        "issues_escalated",
        TABLE,
        (Issue.escalation_level, *_STATE),
        flag(_open & one_of(_level, ESCALATED), _settled | one_of(_level, ("team", "project"))),
    ),
    Measure(
        "open_with_level",
        TABLE,
        (Issue.escalation_level, *_STATE),
        flag(_open & given(_level), _settled),
    ),
    Measure("issues_raised", TABLE, (Issue.opened,), in_month(_opened)),
    Measure(
        "issues_settled",
        TABLE,
        _STATE,
        first_true([(given(_closed), in_month(_closed)), (_open, number(0))], no_number()),
    ),
)

#: No open issue in a log that came: nothing, and known to be nothing.
_none_open = known_none(TABLE, "issues_open")
_empty = known_empty(TABLE)


def _count(name: str, title: str, formula: str, *, better: Better = Better.LOWER) -> Metric:
    return count_of(name, title, formula, none=_none_open, of="issues_open", better=better)


METRICS = (
    _count(
        "issues_open",
        "Open issues",
        "Count neither resolved nor closed and without a closing day",
        better=Better.NONE,
    ),
    _count(
        "issues_overdue",
        "Overdue issues",
        "Count of open issues due before the as-of day",
        better=Better.LOWER,
    ),
    days_of(
        "issue_age_median_days",
        "Median age of open issues",
        "Median of as-of day − day opened over open issues, calendar days; of a group over all its issues",
        "issue_age",
        of="issues_open",
        none=_none_open,
    ),
    days_of(
        "issue_age_max_days",
        "Age of the oldest open issue",
        "Largest as-of day − day opened over open issues, calendar days",
        "issue_age_max",
        of="issues_open",
        none=_none_open,
        roll_up=RollUp.WORST,
    ),
    *(
        _count(
            name,
            f"Open issues aged {first} to {last} days" if last else f"Open issues aged over {first - 1} days",
            "Count of open issues by as-of day − day opened, calendar days",
        )
        for name, first, last in AGES
    ),
    share_of(
        "issues_overdue_pct",
        "Overdue issues, share of open",
        "Open issues due before the as-of day ÷ open issues with a due day",
        part="issues_overdue",
        whole="open_with_due",
        none=_none_open,
    ),
    share_of(
        "issues_escalated_pct",
        "Escalated issues, share of open",
        "Open issues at a level above the project ÷ open issues with a level",
        part="issues_escalated",
        whole="open_with_level",
        none=_none_open,
    ),
    count_of(
        "issues_raised",
        "Issues raised in the month",
        "Count of issues opened in the month of the log, up to the as-of day",
        none=_empty,
        of="issues_open",
        better=Better.NONE,
    ),
    count_of(
        "issues_settled",
        "Issues closed in the month",
        "Count of issues closed in the month of the log, up to the as-of day; settled ones without a closing day "
        "are left out",
        none=_empty,
        of="issues_open",
        better=Better.NONE,
    ),
)
