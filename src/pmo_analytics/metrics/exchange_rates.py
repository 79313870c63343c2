"""Exchange rates: what one unit of each currency is worth in another, by one set of rates and for one month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.errors import InvalidTable, UnknownName
from pmo_analytics.quality.listed_currencies import codes_of
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.fx_rates import FxRate
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEEDED = (FxRate.from_currency, FxRate.to_currency, FxRate.period, FxRate.rate)
_CODE = "__code"
UNNAMED = "without a name"


def chosen_set(rates: pd.DataFrame, asked: str | None) -> str:
    """The name of the set of rates that is asked for; without a wish the only one. Whatever its capitals."""
    names = rates[FxRate.rate_set].fillna("").astype("str").str.strip()
    sets = dict(zip(names.str.casefold(), names, strict=True))
    if not sets:
        raise InvalidTable("the table fx_rates holds no exchange rate; deliver one, or pass rates=.")
    if asked is None and len(sets) > 1:
        listed = ", ".join(sorted(sets.values()))
        raise InvalidTable(
            f"the table fx_rates holds several sets: {listed}; name one with rate_set= (--rate-set)."
        )
    if asked is not None and asked.strip().casefold() not in sets:
        raise UnknownName("set of exchange rates", asked, sets.values())
    return next(iter(sets.values())) if asked is None else sets[asked.strip().casefold()]


def rates_into(rates: pd.DataFrame, currency: str, *, rate_set: str, month: pd.Timestamp) -> pd.Series:
    """By code of a currency, what one unit of it is worth in ``currency``: the latest rate of the month or before.

    A rate that stands the other way round is inverted where the way itself is not stated for that month. What is no
    positive number is no rate.
    """
    own = rates[FxRate.rate_set].fillna("").astype("str").str.strip().str.casefold() == rate_set.casefold()
    usable = (rates[FxRate.rate] > 0) & np.isfinite(rates[FxRate.rate]) & (rates[FxRate.period] <= month)
    known = rates[own & usable]
    origin, target = codes_of(known[FxRate.from_currency]), codes_of(known[FxRate.to_currency])
    # rows are chosen last: a frame without rows would take over those of what is assigned to it
    into = known.assign(**{_CODE: origin})[target == currency]
    out = known.assign(**{_CODE: target, FxRate.rate: 1 / known[FxRate.rate]})[origin == currency]
    both = pd.concat([into, out]).dropna(subset=_CODE).drop_duplicates([_CODE, FxRate.period])
    last = both.sort_values(FxRate.period, kind="stable").drop_duplicates(_CODE, keep="last")
    worth: pd.Series = last.set_index(_CODE)[FxRate.rate].drop(currency, errors="ignore")
    return worth


def checked_rates(rates: object) -> pd.DataFrame:
    """A table of rates with its columns typed; raises ``InvalidTable`` for what is none."""
    if not isinstance(rates, pd.DataFrame):
        raise InvalidTable(
            f"rates is a {type(rates).__name__}; pass a pandas DataFrame like the table fx_rates."
        )
    rates = rates.reset_index(drop=True)
    _missing(column for column in _NEEDED if column not in rates)
    declared = {name: column.kind for name, column in table("fx_rates").columns.items()}
    typed = {name: _typed(rates[name], kind) for name, kind in declared.items() if name in rates}
    whole = pd.DataFrame({FxRate.rate_set: pd.Series(None, index=rates.index, dtype="str"), **typed})
    keys = [FxRate.rate_set, *_NEEDED[:3]]
    clash = whole.drop_duplicates([*keys, FxRate.rate])
    clash = clash[clash.duplicated(keys)]
    if len(clash):
        row = clash.iloc[0]
        raise InvalidTable(
            f"rates states {row[FxRate.from_currency]} to {row[FxRate.to_currency]} for "
            f"{row[FxRate.period]:%Y-%m} twice, and differently; keep one."
        )
    return whole


def _missing(columns: Iterable[str]) -> None:
    listed = ", ".join(columns)
    if listed:
        raise InvalidTable(f"rates has no column {listed}; it is a table like fx_rates.")


def _typed(values: pd.Series, kind: Kind) -> pd.Series:
    if kind is Kind.PERIOD:
        return pd.to_datetime(values).astype("datetime64[us]") + pd.offsets.MonthEnd(0)
    return values.astype("float64") if kind is Kind.NUMBER else values.astype("str")
