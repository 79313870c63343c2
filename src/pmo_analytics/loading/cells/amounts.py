"""Money, numbers and percentages written as text.

One grammar for all three: sign or brackets, currency, figure, percent sign, scale. What a kind does not
allow makes the cell unreadable; nothing is skipped over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells.currencies import CODES, CURRENCY, SCALE, SCALES, SIGNS, part_glued

#: Above this a plain number in a column of percentages must be percent points.
MOST_OF_A_FRACTION = 1.5


_MINUS = "[-\u2010\u2011\u2212]"
#: What stands between thousands, by decimal mark; one figure has one such mark only.
_BETWEEN = MappingProxyType({".": (",", " ", "['’]"), ",": (r"\.", " ", "['’]")})
_CODE_OF_MARK = {code.casefold(): code for code in CODES} | {
    sign.casefold(): code for sign, code in SIGNS.items()
}
_PERCENT = r"%|pct\.?|per ?cent"


@dataclass(frozen=True, slots=True)
class _Figures:
    """What the grammar finds: null values where a text does not follow it; the rest is what stood beside."""

    values: pd.Series
    scales: pd.Series
    currencies: pd.Series
    named: pd.Series
    percent: pd.Series


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
    currency, scale = f"({CURRENCY})?", f"({SCALE})?"
    mark = re.escape(decimal)
    grouped = "|".join(rf"[0-9]{{1,3}}(?:{between}[0-9]{{3}})+" for between in _BETWEEN[decimal])
    figure = rf"(?:{grouped}|[0-9]+)(?:{mark}[0-9]+)?|{mark}[0-9]+"
    pattern = (
        rf"\A(\()? ?({_MINUS}|\+)? ?{currency} ?({_MINUS})? ?({figure}) ?({_PERCENT})? ?"
        rf"{scale} ?{currency} ?{scale} ?({_MINUS})? ?(\))?\Z"
    )
    return re.compile(pattern, re.IGNORECASE)


def _take_apart(text: pd.Series, decimal: str) -> _Figures:
    parts = part_glued(text.str.replace(r"\s+", " ", regex=True)).str.extract(_grammar(decimal))
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
    return mark.str.casefold().map(_CODE_OF_MARK).astype(object)


def _as_float(figure: pd.Series, decimal: str) -> pd.Series:
    plain = figure.str.replace(r"[, '’]" if decimal == "." else r"[. '’]", "", regex=True)
    plain = plain.str.replace(",", ".", regex=False)
    value = plain.astype("float64")
    return value.where(np.isfinite(value))
