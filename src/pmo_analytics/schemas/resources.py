"""Resources: who there is to do the work, and what the projects ask for."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import (
    MAY_BE_EMPTY,
    Flag,
    Fraction,
    Kind,
    Money,
    Number,
    Period,
    Text,
    Word,
    field,
)

#: The word for a demand that nobody has agreed to.
REQUESTED = "requested"


class Resource(pa.DataFrameModel):
    """One row per role, month of work and delivery.

    A row of supply says what a team has (capacity) and belongs to no project, a row of demand what a project asks
    for. So all of the key but the role may be empty: a row is what it says, together with what it leaves open.
    """

    role: Text = field(Kind.TEXT, "Role", "Role, skill or post that the work takes", key=True)
    team: Text = field(Kind.TEXT, "Team", "Team that the people belong to", key=MAY_BE_EMPTY)
    named_person: Text = field(
        Kind.TEXT, "Named person", "Who does it, where one person is named", key=MAY_BE_EMPTY
    )
    entity_id: Text = field(
        Kind.TEXT,
        "Entity ID",
        "Project, programme or portfolio that asks for it; empty: supply",
        key=MAY_BE_EMPTY,
    )
    kind: Word = field(
        Kind.WORD,
        "Demand kind",
        "How firm a demand is; empty: supply, or not said",
        words="demand_kind",
        key=MAY_BE_EMPTY,
    )
    for_period: Period = field(
        Kind.PERIOD,
        "Work month",
        "Month that the work falls in; empty: that of the delivery",
        key=MAY_BE_EMPTY,
    )
    period: Period = field(Kind.PERIOD, "Period", "Month that the plan describes", key=True)
    capacity_fte: Number = field(
        Kind.NUMBER, "Capacity FTE", "Supply: full-time equivalents that there are", unit="FTE", at_least=0
    )
    demand_fte: Number = field(
        Kind.NUMBER, "Demand FTE", "Demand: full-time equivalents asked for", unit="FTE", at_least=0
    )
    availability: Fraction = field(
        Kind.FRACTION, "Availability", "Share of the capacity that leave does not take", at_least=0, at_most=1
    )
    funded_posts: Number = field(
        Kind.NUMBER, "Funded posts", "Posts that there is money for", unit="FTE", at_least=0
    )
    is_contractor: Flag = field(Kind.FLAG, "Contractor", "Bought in from outside")
    cost_rate: Money = field(
        Kind.MONEY, "Cost rate", "Cost of one full-time equivalent for a month", at_least=0
    )
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
