"""Changes: requests to change what a project delivers, when or for how much."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Money, Number, Period, Text, Word, field

#: The state of a request that nobody has been asked to decide yet.
DRAFT = "draft"


class Change(pa.DataFrameModel):
    """One row per change request and delivery of the log."""

    cr_id: Text = field(Kind.TEXT, "Change ID", "Identifier of the change request", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the log describes", key=True)
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project, programme or portfolio that changes")
    title: Text = field(Kind.TEXT, "Change requested", "What is to change")
    type: Word = field(Kind.WORD, "Change type", "What the change is mostly about", words="change_type")
    raised: Date = field(Kind.DATE, "Raised", "Day it was written down")
    submitted: Date = field(Kind.DATE, "Submitted", "Day it was put to whoever decides")
    decided: Date = field(Kind.DATE, "Change decided", "Day it was decided")
    implemented: Date = field(Kind.DATE, "Implemented", "Day the plan was changed")
    status: Word = field(Kind.WORD, "Change status", "State of the request", words="change_status")
    cost_impact: Money = field(
        Kind.MONEY, "Cost impact", "Money that it adds to the cost; negative: it saves"
    )
    schedule_impact_days: Number = field(
        Kind.NUMBER, "Schedule impact", "Days that it adds to the finish; negative: earlier", unit="days"
    )
    benefit_impact: Money = field(Kind.MONEY, "Benefit impact", "Money that it adds to the benefits")
    funded_from: Word = field(Kind.WORD, "Funded from", "Where the money comes from", words="funding")
    approver: Text = field(Kind.TEXT, "Approver", "Who decided")
    authority_required: Text = field(Kind.TEXT, "Authority required", "Board or role that has to decide")
    authority_used: Text = field(Kind.TEXT, "Authority used", "Board or role that decided")
    new_baseline_version: Number = field(
        Kind.NUMBER,
        "New baseline version",
        "Version of the baseline that it leads to",
        unit="version",
        at_least=1,
    )
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
