"""Actions: what somebody has promised to do, by when."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Period, Text, Word, field


class Action(pa.DataFrameModel):
    """One row per action and delivery of the log."""

    action_id: Text = field(Kind.TEXT, "Action ID", "Identifier of the action", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the log describes", key=True)
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project, programme or portfolio concerned")
    text: Text = field(Kind.TEXT, "Action", "What is to be done")
    owner: Text = field(Kind.TEXT, "Action owner", "Who does it")
    status: Word = field(Kind.WORD, "Action status", "State of the action", words="action_status")
    raised: Date = field(Kind.DATE, "Action raised", "Day it was agreed")
    due: Date = field(Kind.DATE, "Action due", "Day by which it is to be done")
    closed: Date = field(Kind.DATE, "Action closed", "Day it was done or dropped")
    from_decision: Text = field(Kind.TEXT, "From decision", "Decision that it comes from")
