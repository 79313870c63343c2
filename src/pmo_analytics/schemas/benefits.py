"""Benefits: what a project is done for, planned, expected and realised month by month."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Money, Period, Text, Word, field

#: The kind of benefit that money can be taken out of a budget for, and the kind that is a harm.
CASHABLE = "cashable"
DISBENEFIT = "disbenefit"


class Benefit(pa.DataFrameModel):
    """One row per benefit, month of its profile and delivery; a disbenefit is negative."""

    benefit_id: Text = field(Kind.TEXT, "Benefit ID", "Identifier of the benefit", key=True)
    for_period: Period = field(Kind.PERIOD, "Benefit month", "Month in which it falls due", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the register describes", key=True)
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project, programme or portfolio that it comes from")
    name: Text = field(Kind.TEXT, "Benefit name", "Name of the benefit")
    owner: Text = field(Kind.TEXT, "Benefit owner", "Who answers for it, also after the project has closed")
    type: Word = field(Kind.WORD, "Benefit type", "What kind of benefit it is", words="benefit_type")
    planned: Money = field(Kind.MONEY, "Planned benefit", "Money planned for the month")
    forecast: Money = field(Kind.MONEY, "Forecast benefit", "Money expected for the month")
    realised: Money = field(Kind.MONEY, "Realised benefit", "Money realised in the month")
    verified_by: Text = field(Kind.TEXT, "Verified by", "Who in finance signed what was realised")
    verified_date: Date = field(Kind.DATE, "Verified on", "Day it was signed")
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
