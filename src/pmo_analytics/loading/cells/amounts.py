"""Money, numbers and percentages written as text.

One grammar for all three: sign or brackets, currency, figure, percent sign, scale. What a kind does not
allow makes the cell unreadable; nothing is skipped over.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from pmo_analytics.loading.cells.currencies import (
    CODES,
    CURRENCY,
    SCALE,
    SCALES,
    SIGNS,
    one_currency,
    part_glued,
)
from pmo_analytics.loading.cells.dates import REMEMBERED, one_blank

#: Above this a plain number in a column of percentages must be percent points.
MOST_OF_A_FRACTION = 1.5


_MINUS = "[-\u2010\u2011\u2212]"
#: What stands between thousands, by decimal mark; one figure has one such mark only.
_BETWEEN = MappingProxyType({".": (",", " ", "['’]"), ",": (r"\.", " ", "['’]")})
_THOUSANDS = MappingProxyType({".": re.compile(r"[, '’]"), ",": re.compile(r"[. '’]")})
_CODE_OF_MARK = {code.casefold(): code for code in CODES} | {
    sign.casefold(): code or sign for sign, code in SIGNS.items()
}
_PERCENT = r"%|pct\.?|per ?cent"


class _Figure(NamedTuple):
    """What the grammar finds in a text: its figure, and what stands beside it."""

    value: float
    scale: float | None
    currency: str | None
    named: bool
    percent: bool


def read_money(text: str, *, decimal: str = ".", scale: float = 1.0) -> tuple[float | None, str | None]:
    """The amount written, in currency units, and the ISO code that the text names, or a sign that several share.

    ``scale`` is the heading's factor; a text with its own (``£1.2m``) does not take it as well. Nothing where
    the text is no amount.

    >>> [read_money(text) for text in ("£1.2m", "(1,234)", "1,23")]
    [(1200000.0, 'GBP'), (-1234.0, None), (None, None)]
    """
    found = _take_apart(text, decimal)
    if found is None or found.percent:
        return None, None
    amount = found.value * (scale if found.scale is None else found.scale)
    return (amount, found.currency) if math.isfinite(amount) else (None, None)


def read_number(text: str, *, decimal: str = ".") -> float | None:
    """The plain number written; none where the text is none, or has a currency, a scale or a percent sign.

    >>> read_number("1,234.5"), read_number("£5")
    (1234.5, None)
    """
    found = _take_apart(text, decimal)
    return None if found is None or found.percent or _is_amount(found) else found.value


def read_percent(text: str, *, decimal: str = ".") -> tuple[float | None, bool]:
    """The figure written, and whether a percent sign says what it is; then it is a fraction already.

    >>> read_percent("45%"), read_percent("45")
    ((0.45, True), (45.0, False))
    """
    found = _take_apart(text, decimal)
    if found is None or _is_amount(found):
        return None, False
    return (found.value / 100 if found.percent else found.value), found.percent


def settle_fractions(figures: np.ndarray, explicit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The fractions of a whole column, and where a figure could be either form; null there.

    A plain figure above 1.5 in size makes the column percent points: plain figures are divided by 100
    and those of 1.5 and less, but not 0, are ambiguous. Without one, plain figures are fractions and those
    above 1 are ambiguous. Explicit ones are taken as they are and decide nothing.

    >>> settle_fractions(np.array([45.0, 0.45]), np.array([False, False]))[0].tolist()
    [0.45, nan]
    """
    size = np.where(explicit, np.nan, np.abs(figures))
    if (size > MOST_OF_A_FRACTION).any():
        ambiguous = (size > 0) & (size <= MOST_OF_A_FRACTION)
        settled = np.where(explicit, figures, figures / 100)
    else:
        ambiguous, settled = size > 1, figures
    return np.where(ambiguous, np.nan, settled), ambiguous


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


@lru_cache(maxsize=REMEMBERED)
def _take_apart(text: str, decimal: str) -> _Figure | None:
    parts = _grammar(decimal).match(part_glued(one_blank(text)))
    if parts is None:
        return None
    opened, lead, before, inner, figure, percent, scale, after, late_scale, trail, closed = parts.groups()
    minus = sum(sign is not None for sign in (opened, lead, inner, trail))
    first, second = _currency(before), _currency(after)
    doubled = scale is not None and late_scale is not None
    if minus > 1 or (opened is None) != (closed is None) or doubled:
        return None
    currency = one_currency(first, second)
    if currency is None and (first or second):
        return None
    size = _as_float(figure, decimal)
    if not math.isfinite(size):
        return None
    return _Figure(
        value=size if minus == 0 or lead == "+" else -size,
        scale=None if (named := scale or late_scale) is None else SCALES.get(named.casefold()),
        currency=currency,
        named=before is not None or after is not None,
        percent=percent is not None,
    )


def _is_amount(found: _Figure) -> bool:
    return found.scale is not None or found.named


def _currency(mark: str | None) -> str | None:
    return None if mark is None else _CODE_OF_MARK.get(mark.casefold())


def _as_float(figure: str, decimal: str) -> float:
    return float(_THOUSANDS[decimal].sub("", figure).replace(",", "."))
