"""Milestones: dated events that a project promised."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Flag, Kind, Number, Period, Text, Word, field


class Milestone(pa.DataFrameModel):
    """One row per milestone and delivery of the plan."""

    milestone_id: Text = field(Kind.TEXT, "Milestone ID", "Identifier of the milestone", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the plan describes", key=True)
    entity_id: Text = field(
        Kind.TEXT, "Entity ID", "Project or programme that owns the milestone", required=True
    )
    name: Text = field(Kind.TEXT, "Milestone", "Name of the milestone", required=True)
    type: Word = field(Kind.WORD, "Milestone type", "Kind of milestone", words="milestone_type")
    gate_code: Text = field(Kind.TEXT, "Gate", "Stage gate that the milestone stands for")
    owner: Text = field(Kind.TEXT, "Milestone owner", "Who answers for it")
    baseline_date: Date = field(Kind.DATE, "Baseline date", "Approved date", required=True)
    forecast_date: Date = field(Kind.DATE, "Forecast date", "Date expected now", required=True)
    actual_date: Date = field(Kind.DATE, "Actual date", "Day it was reached", required=True)
    weight: Number = field(Kind.NUMBER, "Weight", "Share of the milestone in weighted counts", unit="weight")
    on_critical_path: Flag = field(Kind.FLAG, "On critical path", "A slip moves the finish")
    status: Word = field(
        Kind.WORD, "Milestone status", "State of the milestone", words="milestone_status", required=True
    )
