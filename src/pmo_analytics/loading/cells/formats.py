"""Number formats: what the format of a cell says of its number, a currency, a percentage, leading zeros."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from pmo_analytics.loading.cells.currencies import CODES, SIGNS, any_of

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Languages, as a number format names them, to the currency of their country (Windows language code
#: identifiers). They settle a sign that several currencies share.
LANGUAGES: Mapping[int, str] = MappingProxyType(
    {0x0409: "USD", 0x0809: "GBP", 0x0C09: "AUD", 0x1009: "CAD", 0x0C0C: "CAD", 0x1409: "NZD"}
    | {0x4809: "SGD", 0x0C04: "HKD", 0x3C09: "HKD", 0x1C09: "ZAR", 0x4009: "INR", 0x080A: "MXN"}
    | {0x041D: "SEK", 0x0414: "NOK", 0x0814: "NOK", 0x0406: "DKK", 0x040F: "ISK"}
    | {0x0411: "JPY", 0x0804: "CNY", 0x0807: "CHF", 0x100C: "CHF", 0x0810: "CHF"}
    | {0x0416: "BRL", 0x2C0A: "ARS", 0x340A: "CLP", 0x240A: "COP", 0x0404: "TWD"}
)

_BRACKETS = re.compile(r"\[[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^\-\]]*)(?:-([0-9A-Fa-f]+))?[^\]]*\]")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_WRITTEN_SIGN = re.compile(rf"({any_of(SIGNS)})|(?<![A-Za-z])({any_of(CODES)})(?![A-Za-z])")
#: A format of nothing but zeros and fixed text: 000, "PRJ-"0000, 000-00.
_PADDED = re.compile(r'(?:"[^"]*"|\\.|[-(): ]|0)*\Z')
_PADDED_PART = re.compile(r'"([^"]*)"|\\(.)|([-(): ])|(0)')


def currency_of(number_format: str) -> str | None:
    """The ISO code of the currency that a format shows; ``None`` for none, or a sign of several.

    >>> [currency_of(one) for one in ("[$£-809]#,##0.00", "[$$-409]#,##0", '"EUR" 0', "$#,##0", "0%")]
    ['GBP', 'USD', 'EUR', None, None]
    """
    first = _first_section(number_format)
    found = {_code_of(sign.strip(), language) for sign, language in _CURRENCY.findall(first)}
    rest = _BRACKETS.sub("", first).replace('"', "").replace("\\", "")
    found |= {SIGNS.get(sign or code, code) for sign, code in _WRITTEN_SIGN.findall(rest)}
    named = {code for code in found if code}
    return named.pop() if len(named) == 1 else None


def is_percentage(number_format: str) -> bool:
    """Whether a format shows its number times a hundred, with a percent sign.

    >>> is_percentage("0.0%"), is_percentage('0"%"')
    (True, False)
    """
    return "%" in _QUOTED.sub("", _first_section(number_format))


def padded(number: str, number_format: str) -> str:
    """A whole number as a format of zeros and fixed text shows it; unchanged under any other format.

    >>> padded("7", "000"), padded("7", '"PRJ-"000'), padded("1234", "000"), padded("7", "#,##0")
    ('007', 'PRJ-007', '1234', '7')
    """
    first = _first_section(number_format)
    zeros = len(re.findall("0", _QUOTED.sub("", first)))
    if not zeros or not number.isdecimal() or not _PADDED.match(first):
        return number
    digits = number.zfill(zeros)
    places = [digits[: len(digits) - zeros + 1], *digits[len(digits) - zeros + 1 :]]
    shown = iter(places)
    parts = _PADDED_PART.findall(first)
    return "".join(
        next(shown) if zero else quoted + escaped + plain for quoted, escaped, plain, zero in parts
    )


def by_format(formats: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The currency that each format names, and whether it shows a percentage.

    >>> [found.tolist() for found in by_format(np.array(["0%", "[$€-2] 0"], dtype=object))]
    [[None, 'EUR'], [True, False]]
    """
    currency = np.full(len(formats), None, dtype=object)
    percentage = np.zeros(len(formats), dtype=bool)
    for one in set(formats) - {""}:
        here = formats == one
        currency[here], percentage[here] = currency_of(one), is_percentage(one)
    return currency, percentage


def _code_of(sign: str, language: str) -> str | None:
    code = sign.upper() if sign.upper() in CODES else SIGNS.get(sign)
    if code is None and sign in SIGNS and language:
        return LANGUAGES.get(int(language, 16) & 0xFFFF)
    return code


def _first_section(number_format: str) -> str:
    """What stands before the first semicolon: the format of positive numbers."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*\Z)', number_format, maxsplit=1)[0]
