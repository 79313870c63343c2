"""Currencies and scales: what names them in a cell, and what a heading says of the amounts below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.wording import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The currencies known by code. Codes that are English words (ALL, TOP, CUP) are left out on purpose.
# fmt: off
CODES = (
    "GBP", "EUR", "USD", "AUD", "CAD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "RON", "BGN", "ISK", "TRY", "JPY", "CNY", "HKD", "SGD", "KRW", "INR", "IDR",
    "MYR", "THB", "PHP", "VND", "TWD", "ZAR", "NGN", "KES", "GHS", "EGP", "AED", "SAR",
    "QAR", "KWD", "ILS", "BRL", "MXN", "CLP", "COP", "ARS", "UAH", "PKR", "BDT", "RUB",
)
# fmt: on
_DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "CLP", "COP", "ARS"})
_CROWNS = frozenset({"SEK", "NOK", "DKK", "ISK", "CZK"})
_RUPEES = frozenset({"INR", "PKR", "IDR"})
#: Signs that several currencies share: such a sign rules the others out.
SHARED_SIGNS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "$": _DOLLARS,
        "¥": frozenset({"JPY", "CNY"}),
        "kr": _CROWNS,
        "kr.": _CROWNS,
        "Rs": _RUPEES,
        "Rs.": _RUPEES,
    }
)
#: Signs to codes; a sign that several currencies share names none.
SIGNS: Mapping[str, str | None] = MappingProxyType(
    {
        "£": "GBP",
        "€": "EUR",
        "₹": "INR",
        "₩": "KRW",
        "₺": "TRY",
        "₽": "RUB",
        "₪": "ILS",
        "₦": "NGN",
        "₴": "UAH",
    }
    | {"US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL"}
    | {"AU$": "AUD", "CA$": "CAD", "zł": "PLN", "Kč": "CZK"}
    | dict.fromkeys(SHARED_SIGNS)
)
SCALES: Mapping[str, float] = MappingProxyType(
    {"k": 1e3, "thousand": 1e3, "thousands": 1e3, "tsd": 1e3, "tsd.": 1e3}
    | {"m": 1e6, "mm": 1e6, "mn": 1e6, "mn.": 1e6, "mln": 1e6, "million": 1e6, "millions": 1e6}
    | {"mio": 1e6, "mio.": 1e6, "bn": 1e9, "billion": 1e9, "billions": 1e9, "mrd": 1e9, "mrd.": 1e9}
    | {"tn": 1e12, "trn": 1e12, "trillion": 1e12, "trillions": 1e12}
    | {"tausend": 1e3, "millionen": 1e6, "milliarde": 1e9, "milliarden": 1e9}
    | {"millier": 1e3, "milliers": 1e3, "milliard": 1e9, "milliards": 1e9}
    | {"lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7}
)


def any_of(words: Mapping[str, object] | tuple[str, ...]) -> str:
    """The words as alternatives of a regular expression, the longest first.

    >>> any_of(("m", "mn"))
    'mn|m'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


CURRENCY = f"{any_of(SIGNS)}|{any_of(CODES)}"
SCALE = any_of(SCALES)

#: A letter that stands before a currency without a blank: TEUR, k€, M€. The T is German for a thousand.
_GLUED = re.compile(rf"(?<![A-Za-z])([TtKkMm])(?=(?:{CURRENCY}))")
_GLUED_BEHIND_FIGURE = re.compile(_GLUED.pattern.replace("(?<![A-Za-z])", r"(?<=[0-9 ])"), re.IGNORECASE)
_LETTER_SIGNS = tuple(sign for sign in SIGNS if sign[0].isalpha() and sign[-1] != "$")
_PLAIN_SIGNS = tuple(sign for sign in SIGNS if sign not in _LETTER_SIGNS)
_HEADING_CURRENCY = re.compile(
    rf"({any_of(_PLAIN_SIGNS)})|(?<![A-Za-z])({any_of(CODES)}(?![A-Z])|(?:{any_of(_LETTER_SIGNS)})(?![A-Za-z]))"
)
_BESIDE = rf"(?:{any_of(_PLAIN_SIGNS)}|(?<![A-Za-z])(?:{any_of(CODES)}))"
_HEADING_SCALES = (
    re.compile(rf"{_BESIDE}\s*(?:in\s+)?((?i:{SCALE}))(?![A-Za-z])"),
    re.compile(rf"{_BESIDE}\s*['‘’]?(000)(?:'?s)?(?![0-9A-Za-z.,])"),
    re.compile(rf"(?<![A-Za-z])((?i:{SCALE}))\s*{_BESIDE}"),
    re.compile(rf"(?<![0-9A-Za-z.,])['‘’]?(000)(?:'?s)?\s*{_BESIDE}"),
    re.compile(r"(?<![A-Za-z])((?i:thousands?|millions?|billions?|bn|mio\.?|mrd\.?|tsd\.?))(?![A-Za-z])"),
    re.compile(r"(?<![A-Za-z])((?i:tausend|milliers?|millionen|milliarden?|milliards?))(?![A-Za-z])"),
    re.compile(r"\(\s*((?i:k|m|mn|bn))\s*\)"),
    re.compile(r"['‘’](000)(?:'?s)?(?![0-9A-Za-z.,])"),
)
_THOUSANDS = rf"(?:(?i:{SCALE})|['‘’]?000(?:'?s)?)"
#: How the unit of amounts is written: £k, TEUR, EUR '000, Mio. EUR, thousand.
UNIT = (
    rf"(?:(?:[TtKkMm]\s?)?(?:{CURRENCY})\s*(?:in\s+)?{_THOUSANDS}?|{_THOUSANDS}\s*(?:in\s+)?(?:{CURRENCY})?)"
)
_UNIT = re.compile(UNIT, re.IGNORECASE)
#: What stands at the end of a heading and may be its unit, without brackets: Budget £k, Spend in €m, Cost, EUR '000.
_LAST = re.compile(
    rf"(?P<rest>.*?\w)(?:\s*[,:/–—-])?\s+(?:(?:in|en)\s+)?(?P<unit>{UNIT})\s*",
    re.DOTALL,
)


def may_mean(named: str) -> frozenset[str]:
    """The codes that a code or a sign can stand for.

    >>> may_mean("GBP"), sorted(may_mean("¥"))
    (frozenset({'GBP'}), ['CNY', 'JPY'])
    """
    return SHARED_SIGNS.get(named, frozenset({named}))


def one_currency(first: str | None, second: str | None) -> str | None:
    """The one currency that two marks name, the code before the sign that it shares; none where they differ.

    >>> one_currency("$", "CAD"), one_currency(None, "EUR"), one_currency("$", "GBP")
    ('CAD', 'EUR', None)
    """
    if first is None or second is None or first == second:
        return first or second
    return second if second in may_mean(first) else first if first in may_mean(second) else None


@dataclass(frozen=True, slots=True)
class Unit:
    """What a heading says of the amounts below it: the factor, and the currency by its ISO code or a shared sign."""

    scale: float = 1.0
    currency: str | None = None


def read_unit(heading: str) -> Unit:
    """The factor and the currency in a heading.

    A single letter counts only beside a currency or alone in brackets, so that no word becomes millions. Two
    different currencies name none; a bare dollar sign stays a sign.

    >>> read_unit("Whole life cost (£m, Presented in 2024/25 Real Prices)"), read_unit("Kosten (TEUR)")
    (Unit(scale=1000000.0, currency='GBP'), Unit(scale=1000.0, currency='EUR'))
    """
    text = _GLUED.sub(_apart, clean(heading))
    found = {SIGNS.get(sign or code) or sign or code for sign, code in _HEADING_CURRENCY.findall(text)}
    named = {one for one in found if not any(other in may_mean(one) for other in found - {one})}
    scale = next((m[1].casefold() for p in _HEADING_SCALES if (m := p.search(text))), "")
    factor = 1e3 if scale == "000" else SCALES.get(scale, 1.0)
    return Unit(factor, named.pop() if len(named) == 1 else None)


def is_unit(text: str) -> bool:
    """Whether a text is nothing but the unit of amounts, with or without brackets.

    >>> is_unit("(£k)"), is_unit("EUR '000"), is_unit("Budget £k")
    (True, True, False)
    """
    return _UNIT.fullmatch(clean(text).strip("()[] ")) is not None


@lru_cache(maxsize=8192)
def without_unit(heading: str) -> str:
    """The heading without the unit that it ends with, outside of brackets; the heading itself where it ends with none.

    >>> without_unit("Actual Cost, £k"), without_unit("Budget in €m"), without_unit("Phase m")
    ('Actual Cost', 'Budget', 'Phase m')
    """
    found = _LAST.fullmatch(clean(heading))
    said = read_unit(heading)
    stated = found is not None and said != Unit() and read_unit(found["unit"]) == said
    return found["rest"] if found is not None and stated else heading


def part_glued(text: str) -> str:
    """The text with a blank between a scale and a currency that stand together: TEUR, k€.

    >>> part_glued("5 TEUR"), part_glued("5 k€")
    ('5 tsd EUR', '5 k €')
    """
    return _GLUED_BEHIND_FIGURE.sub(_apart, text)


def _apart(found: re.Match[str]) -> str:
    return "tsd " if found[1] in "Tt" else f"{found[1]} "
