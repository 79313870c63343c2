"""Assumptions: what a plan takes for granted, and whether it holds."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Period, Text, Word, field


class Assumption(pa.DataFrameModel):
    """One row per assumption and delivery of the log."""

    assumption_id: Text = field(Kind.TEXT, "Assumption ID", "Identifier of the assumption", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the log describes", key=True)
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project, programme or portfolio that assumes it")
    text: Text = field(Kind.TEXT, "Assumption", "What is taken for granted")
    category: Text = field(Kind.TEXT, "Assumption category", "What it is about")
    consequence: Text = field(Kind.TEXT, "If it fails", "What follows where it does not hold, in words")
    owner: Text = field(Kind.TEXT, "Assumption owner", "Who finds out whether it holds")
    status: Word = field(
        Kind.WORD, "Assumption status", "Whether it is known to hold", words="assumption_status"
    )
    raised: Date = field(Kind.DATE, "Assumption raised", "Day it was written down")
    due: Date = field(Kind.DATE, "Validate by", "Day by which it is to be known")
    validated: Date = field(Kind.DATE, "Validated", "Day it was found to hold or to fail")
    risk_id: Text = field(Kind.TEXT, "Risk ID", "Risk that it becomes where it fails")
