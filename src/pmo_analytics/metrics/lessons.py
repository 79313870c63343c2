"""Lessons: whether what one project has learnt is taken up by others."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics.counts import count_of, known_empty, known_none, share_of
from pmo_analytics.metrics.expressions import flag, given, number, where
from pmo_analytics.metrics.measure import AS_OF, Better, Measure
from pmo_analytics.schemas.lessons import Lesson

TABLE = "lessons"

#: How old a lesson has to be before it can be expected to have been taken up, in days: half a year.
TAKING_UP = 182

_captured = nw.col(Lesson.captured)
_applied = given(nw.col(Lesson.applied_in_project_ids))
_old = _captured <= nw.col(AS_OF) - TAKING_UP

MEASURES = (
    Measure("lessons", TABLE, (), number(1)),
    Measure("lessons_old", TABLE, (Lesson.captured,), flag(_old, given(_captured))),
    Measure(
        "lessons_reused",
        TABLE,
        (Lesson.captured, Lesson.applied_in_project_ids),
        where(_old, flag(_applied, ~_applied)),
    ),
)

METRICS = (
    count_of(
        "lessons",
        "Lessons",
        "Count of lessons in the log",
        none=known_empty(TABLE),
        of="lessons",
        better=Better.HIGHER,
    ),
    share_of(
        "lessons_reused_pct",
        "Lessons taken up",
        "Lessons that another project has applied ÷ lessons captured half a year ago or before",
        part="lessons_reused",
        whole="lessons_old",
        none=known_none(TABLE, "lessons_old"),
        better=Better.HIGHER,
    ),
)
