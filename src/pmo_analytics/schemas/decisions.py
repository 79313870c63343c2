"""Decisions: what somebody has to decide, by when, and what was decided."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Money, Period, Text, Word, field

#: The word for a decision that nobody has taken yet.
PENDING = "pending"

#: The words for a decision that opens what was asked for.
APPROVALS = ("approve", "approve_with_conditions")


class Decision(pa.DataFrameModel):
    """One row per decision and delivery of the log."""

    decision_id: Text = field(Kind.TEXT, "Decision ID", "Identifier of the decision", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the log describes", key=True)
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project, programme or portfolio concerned")
    title: Text = field(Kind.TEXT, "Decision requested", "What is to be decided")
    kind: Word = field(Kind.WORD, "Decision kind", "What kind of decision it is", words="decision_kind")
    gate_code: Text = field(Kind.TEXT, "Gate", "Stage gate that the decision opens")
    board: Text = field(Kind.TEXT, "Board", "Who decides")
    requested_date: Date = field(Kind.DATE, "Requested", "Day it was asked for")
    needed_by: Date = field(Kind.DATE, "Needed by", "Day from which waiting does harm")
    decision_date: Date = field(Kind.DATE, "Decided", "Day it was decided")
    decision: Word = field(Kind.WORD, "Decision", "What was decided; pending: nothing yet", words="decision")
    decider: Text = field(Kind.TEXT, "Decider", "Who decided")
    decider_role: Text = field(Kind.TEXT, "Decider role", "In which role it was decided")
    evidence_ref: Text = field(Kind.TEXT, "Evidence", "Where the papers of the decision lie")
    data_period: Period = field(
        Kind.PERIOD, "Data of", "Month of the status report that the decision was taken on"
    )
    conditions: Text = field(Kind.TEXT, "Conditions", "What it was made to depend on, in words")
    condition_due: Date = field(Kind.DATE, "Condition due", "Day by which the conditions are to be met")
    condition_closed: Date = field(Kind.DATE, "Condition closed", "Day the conditions were met")
    amount: Money = field(Kind.MONEY, "Amount", "Money that the decision is about")
    consequence: Text = field(Kind.TEXT, "Cost of waiting", "What waiting costs, in words")
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
    reported_currency: Text = field(
        Kind.TEXT,
        "Reported currency",
        "Currency that the amounts were in before they were converted",
        derived=True,
    )
