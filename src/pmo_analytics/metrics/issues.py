"""Issues: how many are open, how many of those are late, and how old they are."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.expressions import first_true, flag, number, one_of, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    Aggregate,
    Better,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    delivered,
    rows,
    table_rows,
    total,
)
from pmo_analytics.schemas.issues import Issue

TABLE = "issues"

_as_of = nw.col(AS_OF)
_due = nw.col(Issue.due)
_settled = one_of(nw.col(Issue.status), ["resolved", "closed"]) | ~nw.col(Issue.closed).is_null()
_open = ~_settled
_STATE = (Issue.status, Issue.closed)

MEASURES = (
    Measure("issues_open", TABLE, _STATE, flag(_open, _settled)),
    Measure(
        "issues_overdue",
        TABLE,
        (Issue.due, *_STATE),
        flag(_open & (_due < _as_of), _settled | (_due >= _as_of)),
    ),
    Measure(
        "issue_age",
        TABLE,
        (Issue.opened, *_STATE),
        where(_open, formulas.slip(_as_of, nw.col(Issue.opened))),
        Aggregate.MEDIAN,
    ),
)

#: No open issue in a log that came: nothing, and known to be nothing.
_none_open = delivered(TABLE) & ((table_rows(TABLE) < 1) | (total("issues_open") == 0))


def _count(name: str, title: str, formula: str, *, better: Better) -> Metric:
    value = first_true([(rows(name) > 0, total(name)), (_none_open, number(0))], total(name))
    measures = tuple(dict.fromkeys((name, "issues_open")))
    return Metric(name, title, formula, Unit.COUNT, better, RollUp.SUM, "general practice", measures, value)


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
    Metric(
        "issue_age_median_days",
        "Median age of open issues",
        "Median of as-of day − day opened over open issues, calendar days; of a group over all its issues",
        Unit.DAYS,
        Better.LOWER,
        RollUp.DISTRIBUTION,
        "general practice",
        ("issue_age", "issues_open"),
        total("issue_age"),
        (((rows("issue_age") < 1) & _none_open, Reason.NOT_APPLICABLE),),
    ),
)
