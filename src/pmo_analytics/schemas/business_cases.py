"""Business cases: why a project is worth it, and the money that it costs and brings year by year."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import (
    MAY_BE_EMPTY,
    Date,
    Fraction,
    Kind,
    Money,
    Number,
    Period,
    Text,
    Word,
    field,
)

#: The words for the two kinds of flow.
COST, BENEFIT = "cost", "benefit"


class BusinessCase(pa.DataFrameModel):
    """One row per project and version of its business case."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that the case is for", key=True)
    version: Text = field(Kind.TEXT, "Business case version", "Version of the business case", key=True)
    stage: Word = field(
        Kind.WORD, "Business case stage", "Stage that it was written for", words="lifecycle_stage"
    )
    options_count: Number = field(
        Kind.NUMBER, "Options considered", "How many options were compared", unit="options", at_least=0
    )
    preferred_option: Text = field(Kind.TEXT, "Preferred option", "Option that was chosen")
    discount_rate: Fraction = field(
        Kind.FRACTION,
        "Discount rate",
        "Rate for a year by which later money counts less",
        at_least=0,
        at_most=1,
    )
    pv_costs: Money = field(Kind.MONEY, "PV of costs", "Present value of the costs", at_least=0)
    pv_benefits: Money = field(Kind.MONEY, "PV of benefits", "Present value of the benefits")
    optimism_bias_frac: Fraction = field(
        Kind.FRACTION,
        "Optimism bias",
        "Share that was added to the costs since estimates are too low",
        at_least=0,
    )
    approved_date: Date = field(Kind.DATE, "Business case approved", "Day it was approved")
    charter_ref: Text = field(Kind.TEXT, "Charter", "Where the charter lies")
    success_criteria: Text = field(
        Kind.TEXT, "Success criteria", "By what its success is known, separated by semicolons"
    )
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
    price_basis: Word = field(
        Kind.WORD, "Price basis", "Prices that every amount in the row is stated in", words="price_basis"
    )


class Cashflow(pa.DataFrameModel):
    """One row per project, option, month or year, and kind of flow."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that the money flows for", key=True)
    option: Text = field(
        Kind.TEXT, "Option", "Option of the business case; empty: the preferred one", key=MAY_BE_EMPTY
    )
    kind: Word = field(Kind.WORD, "Cash flow kind", "Cost or benefit", words="cash_flow", key=True)
    for_period: Period = field(
        Kind.PERIOD, "Cash flow period", "Last month of the month or year that it falls in", key=True
    )
    amount: Money = field(Kind.MONEY, "Amount", "Money of the month or year; costs and benefits are positive")
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
    price_basis: Word = field(
        Kind.WORD, "Price basis", "Prices that every amount in the row is stated in", words="price_basis"
    )
