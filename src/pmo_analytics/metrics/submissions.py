"""Submissions: which reports came when they were owed, and which were sent back."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import count_of, days_of, known_empty, known_none, share_of
from pmo_analytics.metrics.expressions import first_true, flag, given, no_number, where
from pmo_analytics.metrics.measure import AS_OF, Aggregate, Better, Measure
from pmo_analytics.schemas.submissions import Submission

TABLE = "submissions"

_as_of = nw.col(AS_OF)
_due, _received = nw.col(Submission.due), nw.col(Submission.received)
_owed = nw.col(Submission.waived).fill_null(0.0) < 1
_came = given(_received)
_fallen_due = _came | (_due < _as_of)
_settled_day = first_true([(_came, _received), (_due < _as_of, _as_of)], no_number())
_DUE = (Submission.due, Submission.received, Submission.waived)

MEASURES = (
    Measure(
        "reports_due", TABLE, _DUE, where(given(_due), flag(_owed & _fallen_due, ~(_owed & _fallen_due)))
    ),
    Measure(
        "reports_on_time",
        TABLE,
        _DUE,
        where(
            given(_due) & _owed & _fallen_due,
            flag(_came & (_received <= _due), given(_settled_day)),
        ),
    ),
    Measure(
        "report_lateness",
        TABLE,
        _DUE,
        where(_owed, formulas.slip(_settled_day, _due)),
        Aggregate.MEDIAN,
    ),
    Measure("reports_received", TABLE, (Submission.received,), flag(_came, ~_came)),
    Measure(
        "reports_returned",
        TABLE,
        (Submission.received, Submission.returned),
        where(_came, flag(given(nw.col(Submission.returned)), nw.col(Submission.returned).is_null())),
    ),
)

_none_due = known_none(TABLE, "reports_due")

METRICS = (
    count_of(
        "reports_due",
        "Reports due",
        "Count of reports that came or whose day has passed; without waived ones",
        none=_none_due,
        of="reports_due",
        better=Better.NONE,
    ),
    share_of(
        "reports_on_time_pct",
        "Reports in time",
        "Reports received on or before the day they were due ÷ reports due; a missing one is late",
        part="reports_on_time",
        whole="reports_due",
        none=_none_due,
        better=Better.HIGHER,
    ),
    days_of(
        "report_lateness_median_days",
        "Median lateness of reports",
        "Median of day received, else as-of day − day due, calendar days; negative: early",
        "report_lateness",
        of="reports_due",
        none=_none_due,
    ),
    share_of(
        "reports_returned_pct",
        "Reports sent back",
        "Reports that the PMO returned ÷ reports received",
        part="reports_returned",
        whole="reports_received",
        none=known_empty(TABLE),
    ),
)
