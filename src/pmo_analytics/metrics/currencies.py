"""Currencies: a portfolio whose amounts are all in one currency, by the exchange rates of one set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import InvalidTable, RateMissing, UnknownName
from pmo_analytics.metrics.calendar import as_day, month_end
from pmo_analytics.quality.keys import match_key
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.fx_rates import FxRate
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio

_CODE, _MONTH, _RATE = "__code", "__month", "__rate"


def convert(
    portfolio: Portfolio,
    currency: str,
    *,
    rate_set: str | None = None,
    month: object | None = None,
    rates: pd.DataFrame | None = None,
) -> Portfolio:
    """The same portfolio with every amount in one currency; its figures name the set of rates.

    Amount × rate of the set from the currency of the row, or of its project, into ``currency``: the latest rate of
    the month of the row or before it, or of ``month`` for all rows; one that stands the other way round is inverted.
    Tables without months take the rates of ``as_of``. ``rates`` is a table of rates, the portfolio's own without it;
    ``rate_set`` may be left out where it has only one. The column ``rate_set`` of the projects, and of what is measured
    or rolled up from them, names the set. Amounts of no currency stay as they are. Raises ``UnknownName`` for an
    unknown set and ``RateMissing`` where a rate is missing; it names the rows.

    >>> from pmo_analytics.portfolio import Portfolio
    >>> june = pd.Timestamp("2026-06-30")
    >>> of = {"project_id": ["P1"], "period": [june]}
    >>> pair = {"rate_set": ["spot"], "from_currency": ["EUR"], "to_currency": ["GBP"], "period": [june], "rate": [0.8]}
    >>> tables = {"projects": pd.DataFrame({**of, "bac": [100.0], "currency": ["EUR"]}), "fx_rates": pd.DataFrame(pair)}
    >>> convert(Portfolio(tables, june), "GBP").projects[["bac", "currency", "rate_set"]].to_numpy().tolist()
    [[80.0, 'GBP', 'spot']]
    """
    listed = portfolio["fx_rates"] if rates is None else rates
    chosen = _chosen(listed, rate_set)
    known = _both_ways(listed[listed[FxRate.rate_set].fillna("") == chosen], currency)
    day = None if month is None else pd.Timestamp(month_end(as_day(month)))
    converted = {
        name: _converted(portfolio, name, known=known, currency=currency, day=day, chosen=chosen)
        for name in portfolio.tables
        if _money(name)
    }
    projects = converted["projects"].assign(**{Project.rate_set: chosen or "without a name"})
    return replace(portfolio, tables={**portfolio.tables, **converted, "projects": projects})


def _chosen(rates: pd.DataFrame, asked: str | None) -> str:
    sets = {str(name).casefold(): str(name) for name in rates[FxRate.rate_set].fillna("").unique()}
    if asked is None and len(sets) == 1:
        return next(iter(sets.values()))
    if not sets:
        raise InvalidTable("the table fx_rates holds no exchange rate; deliver one, or pass rates=.")
    if asked is None:
        listed = ", ".join(sorted(sets.values()))
        raise InvalidTable(
            f"the table fx_rates holds several sets: {listed}; name one with rate_set= (--rate-set)."
        )
    if asked.casefold() not in sets:
        raise UnknownName("set of exchange rates", asked, sets.values())
    return sets[asked.casefold()]


def _both_ways(rates: pd.DataFrame, currency: str) -> pd.DataFrame:
    """The rates into the currency: as stated, and those out of it inverted where the other way is not stated."""
    columns = {FxRate.period: _MONTH, FxRate.rate: _RATE}
    into = rates[rates[FxRate.to_currency] == currency].rename(
        columns={FxRate.from_currency: _CODE, **columns}
    )
    out = rates[(rates[FxRate.from_currency] == currency) & (rates[FxRate.rate] > 0)]
    out = out.rename(columns={FxRate.to_currency: _CODE, **columns})
    out = out.assign(**{_RATE: 1 / out[_RATE]})
    both = pd.concat([into, out], ignore_index=True)[[_CODE, _MONTH, _RATE]].dropna()
    return both.drop_duplicates([_CODE, _MONTH]).sort_values(_MONTH, kind="stable")


def _money(name: str) -> list[str]:
    return [column.name for column in table(name).columns.values() if column.kind is Kind.MONEY]


def _converted(
    portfolio: Portfolio,
    name: str,
    *,
    known: pd.DataFrame,
    currency: str,
    day: pd.Timestamp | None,
    chosen: str,
) -> pd.DataFrame:
    rows = portfolio[name]
    amounts = [column for column in _money(name) if column in rows]
    held = rows[amounts].notna().any(axis=1) if amounts else pd.Series(False, index=rows.index)
    every = _codes(portfolio, name)
    codes = every.where(held)
    last = portfolio.as_of + pd.offsets.MonthEnd(0)
    months = rows[Project.period] if table(name).has_period else pd.Series(last, index=rows.index)
    asked = pd.DataFrame({_CODE: codes, _MONTH: months if day is None else day})
    rate = _rate_of(asked, known, currency)
    missing = codes.notna() & rate.isna()
    if missing.any():
        raise RateMissing(_told(asked[missing], rows[missing], name, chosen, currency))
    changed = rows[amounts].mul(rate.fillna(1.0), axis=0)
    stated = every.astype("str").mask(every.notna(), currency).astype("str")
    return rows.assign(**changed, **{Project.currency: stated})


def _codes(portfolio: Portfolio, name: str) -> pd.Series:
    """The currency of every row: its own, else that of its project in the same month, or in its latest one."""
    rows, owner = portfolio[name], table(name).entity
    own = (
        rows[Project.currency] if Project.currency in rows else pd.Series(None, index=rows.index, dtype="str")
    )
    if name == "projects" or not owner:
        return own
    listed = portfolio["projects"].sort_values(Project.period, kind="stable").dropna(subset=Project.currency)
    ids = match_key(listed[Project.project_id])
    latest = pd.Series(listed[Project.currency].to_numpy(), index=ids)
    latest = latest[~latest.index.duplicated(keep="last")]
    asked = match_key(rows[owner])
    if table(name).has_period:
        monthly = pd.Series(
            listed[Project.currency].to_numpy(),
            index=pd.MultiIndex.from_arrays([ids, listed[Project.period]]),
        )
        monthly = monthly[~monthly.index.duplicated(keep="last")]
        at = pd.MultiIndex.from_arrays([asked, rows[Project.period]])
        own = own.fillna(pd.Series(monthly.reindex(at).to_numpy(), index=rows.index, dtype="str"))
    return own.fillna(asked.map(latest))


def _rate_of(asked: pd.DataFrame, known: pd.DataFrame, currency: str) -> pd.Series:
    """The rate of each row; 1 within the currency, null where none is known."""
    same = asked[_CODE] == currency
    pairs = asked[asked.notna().all(axis=1) & ~same].drop_duplicates().sort_values(_MONTH, kind="stable")
    if pairs.empty or known.empty:
        return pd.Series(1.0, index=asked.index).where(same)
    found = pd.merge_asof(
        pairs.astype({_MONTH: "datetime64[us]"}),
        known.astype({_MONTH: "datetime64[us]"}),
        on=_MONTH,
        by=_CODE,
    )
    matched = asked.astype({_MONTH: "datetime64[us]"}).merge(found, on=[_CODE, _MONTH], how="left")
    return matched[_RATE].set_axis(asked.index).mask(same, 1.0)


def _told(asked: pd.DataFrame, rows: pd.DataFrame, name: str, chosen: str, currency: str) -> str:
    first = asked.iloc[0]
    owner = table(name).entity or next(iter(table(name).key))
    of = ", ".join(rows[owner].astype("str").unique()[:5])
    codes = ", ".join(sorted(asked[_CODE].unique()))
    return (
        f"no exchange rate from {first[_CODE]} to {currency} in {first[_MONTH]:%Y-%m} or before in the set "
        f"{chosen or 'without a name'!r}; {len(rows)} rows of {name} need one (such as {of}; from {codes}). "
        "Add it to the table fx_rates, or choose another set with rate_set=."
    )
