"""Submissions: who owes which report, and what became of it."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Flag, Kind, Period, Text, field


class Submission(pa.DataFrameModel):
    """One row per project or other entity and period of its report."""

    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project, programme or portfolio that reports", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the report is for", key=True)
    due: Date = field(Kind.DATE, "Report due", "Day by which the report is owed")
    received: Date = field(Kind.DATE, "Report received", "Day it first reached the PMO")
    returned: Date = field(Kind.DATE, "Report returned", "Day the PMO sent it back")
    return_reason: Text = field(Kind.TEXT, "Return reason", "Why it was sent back, in words")
    accepted: Date = field(Kind.DATE, "Report accepted", "Day it was accepted")
    accepted_by: Text = field(Kind.TEXT, "Accepted by", "Who accepted it")
    waived: Flag = field(Kind.FLAG, "Report waived", "None is owed for the month")
