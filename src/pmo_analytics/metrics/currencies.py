"""Currencies: a portfolio whose amounts are all in one currency, by the exchange rates of one set and one month."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import InvalidTable, RateMissing
from pmo_analytics.metrics.calendar import as_day, month_end
from pmo_analytics.metrics.exchange_rates import UNNAMED, checked_rates, chosen_set, rates_into
from pmo_analytics.quality.listed_currencies import codes_of, listed_currency
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio


def convert(
    portfolio: Portfolio,
    currency: str,
    *,
    rate_set: str | None = None,
    month: object | None = None,
    rates: pd.DataFrame | None = None,
) -> Portfolio:
    """The same portfolio with every amount in one currency; its figures name the set of rates.

    Amount × rate from the currency of the row, or of its project, into ``currency``. All rows, of whatever month, take
    the latest rate of one month or before it: the current period, or ``month``; so exchange moves no trend. A rate that
    stands the other way round is inverted. ``rates`` is a table of rates, the portfolio's own without it; ``rate_set``
    may be left out where it has only one. The column ``rate_set`` of projects and status, and of what is measured or
    rolled up from them, names the set. Amounts of no currency stay as they are; where nothing is in another currency
    the portfolio comes back as it is. Raises ``InvalidTable`` for what is no code of a currency or no table of rates,
    ``UnknownName`` for an unknown set and ``RateMissing``, which names the rows, where a rate is missing.

    >>> from pmo_analytics.portfolio import Portfolio
    >>> june = pd.Timestamp("2026-06-30")
    >>> of = {"project_id": ["P1"], "period": [june]}
    >>> pair = {"rate_set": ["spot"], "from_currency": ["EUR"], "to_currency": ["GBP"], "period": [june], "rate": [0.8]}
    >>> tables = {"projects": pd.DataFrame({**of, "bac": [100.0], "currency": ["EUR"]}), "fx_rates": pd.DataFrame(pair)}
    >>> convert(Portfolio(tables, june), "GBP").projects[["bac", "currency", "rate_set"]].to_numpy().tolist()
    [[80.0, 'GBP', 'spot']]
    """
    target = _code(currency)
    codes = {name: _codes(portfolio, name) for name in portfolio.tables if _money(name)}
    if all((of.isna() | (of == target)).all() for of in codes.values()):
        return portfolio
    listed = checked_rates(portfolio["fx_rates"] if rates is None else rates)
    chosen = chosen_set(listed, rate_set)
    day = pd.Timestamp(month_end(as_day(month or portfolio.period or portfolio.as_of)))
    worth = rates_into(listed, target, rate_set=chosen, month=day)
    worth[target] = 1.0
    _check(portfolio, codes, worth, f"to {target} in {day:%Y-%m} or before in the set {chosen or UNNAMED!r}")
    converted = {
        name: _converted(portfolio[name], name, of, worth=worth, target=target, label=chosen or UNNAMED)
        for name, of in codes.items()
    }
    return replace(portfolio, tables={**portfolio.tables, **converted})


def _code(currency: object) -> str:
    code = str(currency).strip().upper()
    if not re.fullmatch("[A-Z]{3}", code):
        raise InvalidTable(
            f"currency is {currency!r}; it must be an ISO code of three letters, such as 'GBP'."
        )
    return code


def _money(name: str) -> list[str]:
    return [column.name for column in table(name).columns.values() if column.kind is Kind.MONEY]


def _held(rows: pd.DataFrame, name: str) -> pd.Series:
    """Whether a row holds any amount."""
    return rows.reindex(columns=_money(name)).notna().any(axis=1)


def _check(portfolio: Portfolio, codes: dict[str, pd.Series], worth: pd.Series, asked: str) -> None:
    for name, of in codes.items():
        rows = portfolio[name]
        missing = of.notna() & ~of.isin(worth.index) & _held(rows, name)
        if missing.any():
            owner = table(name).entity or next(iter(table(name).key))
            such = ", ".join(rows.loc[missing, owner].astype("str").unique()[:5])
            first, *others = sorted(of[missing].unique())
            more = f", nor from {', '.join(others)}" if others else ""
            raise RateMissing(
                f"no exchange rate from {first} {asked}{more}. Rows of {name} that need one: {int(missing.sum())} "
                f"(such as {such}). Add it to the table fx_rates, or choose another set with rate_set= (--rate-set)."
            )


def _converted(
    rows: pd.DataFrame, name: str, codes: pd.Series, *, worth: pd.Series, target: str, label: str
) -> pd.DataFrame:
    factor = codes.map(worth).astype("float64").fillna(1.0)
    changed: dict[str, pd.Series] = {
        column: rows[column] * factor for column in _money(name) if column in rows
    }
    done = codes.isin(worth.index)
    stated = rows.get(Project.currency, codes)
    changed[Project.currency] = stated.astype("str").mask(done, target)
    declared = table(name).columns
    if Project.rate_set in declared:
        # an amount that was converted before is not converted again
        before = rows.get(Project.rate_set, pd.Series(None, index=rows.index))
        kept = before.notna() & (codes == target)
        changed[Project.rate_set] = before.astype("str").mask(done & ~kept, label)
    if Decision.reported_currency in declared:
        known = rows.get(Decision.reported_currency, pd.Series(None, index=rows.index)).astype("str")
        changed[Decision.reported_currency] = known.fillna(codes)
    return rows.assign(**changed)


def _codes(portfolio: Portfolio, name: str) -> pd.Series:
    """The currency of every row: its own, else that of its project in the same month, else in the nearest before."""
    rows, owner = portfolio[name], table(name).entity
    own = (
        rows[Project.currency] if Project.currency in rows else pd.Series(None, index=rows.index, dtype="str")
    )
    own = codes_of(own)
    listed = portfolio["projects"]
    if name == "projects" or not owner or Project.currency not in listed or owner not in rows:
        return own
    months = rows.get(Project.period, pd.Series(portfolio.as_of + pd.offsets.MonthEnd(0), index=rows.index))
    return own.fillna(listed_currency(rows[owner], months, listed))
