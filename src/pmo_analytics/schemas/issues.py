"""Issues: what has happened and needs somebody to act."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Period, Text, Word, field


class Issue(pa.DataFrameModel):
    """One row per issue and delivery of the log."""

    issue_id: Text = field(Kind.TEXT, "Issue ID", "Identifier of the issue", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the log describes", key=True)
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project or programme that has the issue", required=True)
    title: Text = field(Kind.TEXT, "Issue", "What happened", required=True)
    severity: Word = field(Kind.WORD, "Severity", "How bad it is", words="issue_severity", required=True)
    priority: Text = field(Kind.TEXT, "Priority", "Order in which it is handled")
    opened: Date = field(Kind.DATE, "Issue opened", "Day it was raised", required=True)
    due: Date = field(Kind.DATE, "Issue due", "Day by which it is to be resolved", required=True)
    closed: Date = field(Kind.DATE, "Issue closed", "Day it was closed")
    owner: Text = field(Kind.TEXT, "Issue owner", "Who answers for it")
    escalation_level: Word = field(
        Kind.WORD, "Escalation level", "Level that handles it", words="escalation_level"
    )
    workstream: Text = field(Kind.TEXT, "Workstream", "Workstream it belongs to")
    team: Text = field(Kind.TEXT, "Team", "Team it belongs to")
    status: Word = field(Kind.WORD, "Issue status", "State of the issue", words="issue_status", required=True)
    resolution: Text = field(Kind.TEXT, "Resolution", "How it was resolved")
