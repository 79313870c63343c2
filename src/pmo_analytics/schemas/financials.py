"""Financials: budgets, forecasts and actuals of every month or year, one amount per row."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import MAY_BE_EMPTY, Kind, Money, Period, Text, Word, field


class Financial(pa.DataFrameModel):
    """One row per entity, kind of amount, month or fiscal year that it is for, and delivery."""

    entity_id: Text = field(
        Kind.TEXT, "Entity ID", "Project, programme or portfolio that the money is of", key=True
    )
    kind: Word = field(
        Kind.WORD, "Amount kind", "Budget, forecast, actual or commitment", words="amount_kind", key=True
    )
    cost_type: Word = field(
        Kind.WORD,
        "Cost type",
        "Capital or revenue; empty: both",
        words="cost_type",
        key=MAY_BE_EMPTY,
    )
    funding: Text = field(
        Kind.TEXT, "Funding", "Source that the money comes from; empty: all", key=MAY_BE_EMPTY
    )
    fiscal_year: Text = field(
        Kind.TEXT, "Fiscal year", "Fiscal year that the amount is for", key=MAY_BE_EMPTY
    )
    for_period: Period = field(
        Kind.PERIOD,
        "Amount month",
        "Month that the amount is for; empty: the whole fiscal year, or the whole life",
        key=MAY_BE_EMPTY,
    )
    period: Period = field(Kind.PERIOD, "Period", "Month of the report that states it", key=True)
    amount: Money = field(Kind.MONEY, "Amount", "Money of the month or year, not to date")
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
    price_basis: Word = field(
        Kind.WORD, "Price basis", "Prices that every amount in the row is stated in", words="price_basis"
    )
