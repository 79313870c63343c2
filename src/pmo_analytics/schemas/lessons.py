"""Lessons: what was learnt, and where it has been taken up."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Period, Text, Word, field


class Lesson(pa.DataFrameModel):
    """One row per lesson and delivery of the log."""

    lesson_id: Text = field(Kind.TEXT, "Lesson ID", "Identifier of the lesson", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the log describes", key=True)
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project, programme or portfolio that learnt it")
    captured: Date = field(Kind.DATE, "Lesson captured", "Day it was written down")
    stage: Word = field(Kind.WORD, "Lesson stage", "Stage in which it was learnt", words="lifecycle_stage")
    category: Text = field(Kind.TEXT, "Lesson category", "What it is about")
    lesson: Text = field(Kind.TEXT, "Lesson", "What was learnt")
    recommendation: Text = field(Kind.TEXT, "Recommendation", "What others are to do")
    applied_in_project_ids: Text = field(
        Kind.TEXT, "Applied in", "Projects that have taken it up, separated by semicolons"
    )
    reviewed: Date = field(Kind.DATE, "Lesson reviewed", "Day it was last looked at")
