"""Money, numbers and percentages written as text, and the unit that a heading gives.

One grammar for all three: sign or brackets, currency, figure, percent sign, scale. What a kind does not
allow makes the cell unreadable; nothing is skipped over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells.wording import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The currencies known by code. Codes that are English words (ALL, TOP, CUP) are left out on purpose.
# fmt: off
CODES = (
    "GBP", "EUR", "USD", "AUD", "CAD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "RON", "BGN", "ISK", "TRY", "JPY", "CNY", "HKD", "SGD", "KRW", "INR", "IDR",
    "MYR", "THB", "PHP", "VND", "TWD", "ZAR", "NGN", "KES", "GHS", "EGP", "AED", "SAR",
    "QAR", "KWD", "ILS", "BRL", "MXN", "CLP", "COP", "ARS", "UAH", "PKR", "BDT",
)
# fmt: on
#: Signs to codes; a sign that several currencies share names none.
SIGNS: Mapping[str, str | None] = MappingProxyType(
    {"£": "GBP", "€": "EUR", "₹": "INR", "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD"}
    | {"$": None, "¥": None}
)
SCALES: Mapping[str, float] = MappingProxyType(
    {"k": 1e3, "thousand": 1e3, "thousands": 1e3}
    | {"m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6}
    | {"bn": 1e9, "billion": 1e9, "billions": 1e9}
)
#: Above this a plain number in a column of percentages must be percent points.
MOST_OF_A_FRACTION = 1.5


def _any_of(words: Mapping[str, object] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_CURRENCY = f"{_any_of(SIGNS)}|{_any_of(CODES)}"
_SCALE = _any_of(SCALES)
_MINUS = "[-\u2010\u2011\u2212]"
_FIGURES = MappingProxyType(
    {
        ".": r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+",
        ",": r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:,[0-9]+)?|,[0-9]+",
    }
)

_HEADING_CURRENCY = re.compile(rf"({_any_of(SIGNS)})|(?<![A-Za-z])({_any_of(CODES)})(?![A-Z])")
_HEADING_SCALES = (
    re.compile(rf"(?:{_CURRENCY})\s*(?:in\s+)?((?i:{_SCALE}))(?![A-Za-z])"),
    re.compile(rf"(?:{_CURRENCY})\s*['‘’]?(000)(?:'?s)?(?![0-9A-Za-z.,])"),
    re.compile(rf"(?<![A-Za-z])((?i:{_SCALE}))\s*(?:{_CURRENCY})"),
    re.compile(r"(?<![A-Za-z])((?i:thousands?|millions?|billions?|bn))(?![A-Za-z])"),
    re.compile(r"\(\s*((?i:k|m|mn|bn))\s*\)"),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a heading says of the amounts below it: the factor, and the currency by its ISO code."""

    scale: float = 1.0
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class _Figures:
    """What the grammar finds: null values where a text does not follow it; the rest is what stood beside."""

    values: pd.Series
    scales: pd.Series
    currencies: pd.Series
    named: pd.Series
    percent: pd.Series


def read_unit(heading: str) -> Unit:
    """The factor and the currency in a heading.

    A single letter counts only beside a currency or alone in brackets, so that no word becomes millions. Two
    different currencies name none, and neither does a bare dollar sign.

    >>> read_unit("Whole life cost (£m, Presented in 2024/25 Real Prices)")
    Unit(scale=1000000.0, currency='GBP')
    """
    text = str(clean(pd.Series([heading], dtype=object)).iloc[0])
    found = {SIGNS[sign] if sign else code for sign, code in _HEADING_CURRENCY.findall(text)}
    named = {currency for currency in found if currency}
    scale = next((m[1].casefold() for p in _HEADING_SCALES if (m := p.search(text))), "")
    factor = 1e3 if scale == "000" else SCALES.get(scale, 1.0)
    return Unit(factor, named.pop() if len(named) == 1 else None)


def read_money(text: pd.Series, *, decimal: str = ".", scale: float = 1.0) -> tuple[pd.Series, pd.Series]:
    """The amounts written, in currency units, and the ISO code that each text names.

    ``scale`` is the heading's factor; a text with its own (``£1.2m``) does not take it as well. Null where a
    text is no amount.

    >>> amounts, currencies = read_money(pd.Series(["£1.2m", "(1,234)", "1,23"]))
    >>> amounts.tolist(), currencies.tolist()
    ([1200000.0, -1234.0, nan], ['GBP', None, None])
    """
    found = _take_apart(text, decimal)
    amounts = found.values * found.scales.fillna(scale)
    readable = np.isfinite(amounts) & ~found.percent
    return amounts.where(readable), found.currencies.where(readable, None)


def read_numbers(text: pd.Series, *, decimal: str = ".") -> pd.Series:
    """The plain numbers written; null where a text is none, or has a currency, a scale or a percent sign.

    >>> read_numbers(pd.Series(["1,234.5", "£5"])).tolist()
    [1234.5, nan]
    """
    found = _take_apart(text, decimal)
    return found.values.where(found.scales.isna() & ~found.named & ~found.percent)


def read_percents(text: pd.Series, *, decimal: str = ".") -> tuple[pd.Series, pd.Series]:
    """The figures written, and where a percent sign says what they are; those are fractions already.

    >>> figures, explicit = read_percents(pd.Series(["45%", "45"]))
    >>> figures.tolist(), explicit.tolist()
    ([0.45, 45.0], [True, False])
    """
    found = _take_apart(text, decimal)
    figures = found.values.where(found.scales.isna() & ~found.named)
    explicit = found.percent & figures.notna()
    return figures.where(~explicit, figures / 100), explicit


def settle_fractions(figures: pd.Series, explicit: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The fractions of a whole column, and where a figure could be either form; null there.

    A plain figure above 1.5 in size makes the column percent points: plain figures are divided by 100
    and those of 1.5 and less, but not 0, are ambiguous. Without one, plain figures are fractions and those
    above 1 are ambiguous. Explicit ones are taken as they are and decide nothing.

    >>> settle_fractions(pd.Series([45.0, 0.45]), pd.Series([False, False]))[0].tolist()
    [0.45, nan]
    """
    size = figures.abs().where(~explicit)
    if (size > MOST_OF_A_FRACTION).any():
        ambiguous = (size > 0) & (size <= MOST_OF_A_FRACTION)
        return figures.where(explicit, figures / 100).mask(ambiguous), ambiguous
    ambiguous = size > 1
    return figures.mask(ambiguous), ambiguous


@cache
def _grammar(decimal: str) -> re.Pattern[str]:
    currency, scale = f"({_CURRENCY})?", f"({_SCALE})?"
    pattern = (
        rf"\A(\()? ?({_MINUS}|\+)? ?{currency} ?({_MINUS})? ?({_FIGURES[decimal]}) ?(%)? ?"
        rf"{scale} ?{currency} ?{scale} ?({_MINUS})? ?(\))?\Z"
    )
    return re.compile(pattern, re.IGNORECASE)


def _take_apart(text: pd.Series, decimal: str) -> _Figures:
    parts = text.str.replace(r"\s+", " ", regex=True).str.extract(_grammar(decimal))
    opened, lead, before, inner, figure, percent, scale, after, late_scale, trail, closed = (
        parts[n] for n in range(11)
    )
    minus = pd.concat([opened, lead, inner, trail], axis=1).notna().sum(axis=1)
    first, second = _currency(before), _currency(after)
    sound = (
        (minus <= 1)
        & (opened.notna() == closed.notna())
        & ~(scale.notna() & late_scale.notna())
        & (first.isna() | second.isna() | (first == second))
    )
    size = _as_float(figure, decimal)
    signed = size.where((minus == 0) | (lead == "+"), -size)
    return _Figures(
        values=signed.where(sound),
        scales=scale.fillna(late_scale).str.casefold().map(dict(SCALES)).astype("float64"),
        currencies=first.fillna(second).astype(object).where(lambda c: c.notna(), None),
        named=before.notna() | after.notna(),
        percent=percent.notna(),
    )


def _currency(mark: pd.Series) -> pd.Series:
    return mark.str.upper().map({code: code for code in CODES} | dict(SIGNS)).astype(object)


def _as_float(figure: pd.Series, decimal: str) -> pd.Series:
    plain = figure.str.replace("," if decimal == "." else r"[. ]", "", regex=True)
    plain = plain.str.replace(",", ".", regex=False)
    value = plain.astype("float64")
    return value.where(np.isfinite(value))
