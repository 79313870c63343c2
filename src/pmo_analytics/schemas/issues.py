"""Issues: what has happened and needs somebody to act."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Period, Text, Word, column


class Issue(pa.DataFrameModel):
    """One row per issue and delivery of the log."""

    issue_id: Text = column(Kind.TEXT, "Issue ID", "Identifier of the issue", key=True)
    period: Period = column(Kind.PERIOD, "Period", "Month that the log describes", key=True)
    entity_id: Text = column(Kind.TEXT, "Entity ID", "Project or programme that has the issue", required=True)
    title: Text = column(Kind.TEXT, "Issue", "What happened", required=True)
    severity: Word = column(Kind.WORD, "Severity", "How bad it is", words="issue_severity", required=True)
    priority: Text = column(Kind.TEXT, "Priority", "Order in which it is handled")
    opened: Date = column(Kind.DATE, "Issue opened", "Day it was raised", required=True)
    due: Date = column(Kind.DATE, "Issue due", "Day by which it is to be resolved", required=True)
    closed: Date = column(Kind.DATE, "Issue closed", "Day it was closed")
    owner: Text = column(Kind.TEXT, "Issue owner", "Who answers for it")
    escalation_level: Word = column(
        Kind.WORD, "Escalation level", "Level that handles it", words="escalation_level"
    )
    workstream: Text = column(Kind.TEXT, "Workstream", "Workstream it belongs to")
    team: Text = column(Kind.TEXT, "Team", "Team it belongs to")
    status: Word = column(
        Kind.WORD, "Issue status", "State of the issue", words="issue_status", required=True
    )
    resolution: Text = column(Kind.TEXT, "Resolution", "How it was resolved")
