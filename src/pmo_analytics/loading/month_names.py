"""Months that a name or a title names: of a file, of a sheet, of what stands above a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.dates import MONTHS, build_day, last_of_month

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBERS = re.compile(
    rf"(?<!\d){_YEAR}(?P<mark>[-_. ]?)(?P<month>0[1-9]|1[0-2])(?:(?P=mark)(?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)"
)
_WORDS = (
    re.compile(rf"(?<![^\W_])(?P<name>{_NAMES})\.?[-_ ,/']*{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d){_YEAR}[-_ ,/]*(?P<name>{_NAMES})(?![^\W_])", re.IGNORECASE),
)
#: A day of a month in words: when something was printed, not what it is about.
_OF_A_DAY = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[-_. ]+(?:{_NAMES})(?![^\W_])"
    rf"|(?<![^\W_])(?:{_NAMES})\.? \d{{1,2}}(?:st|nd|rd|th)?,",
    re.IGNORECASE,
)


def months_named(text: str) -> tuple[pd.Timestamp, ...]:
    """The last days of the months that a text names, each once, in the order of the text.

    A month is written with its year, in numbers year first, in words in either order; a day behind it is allowed in
    numbers. ``2010-11`` can be a fiscal year and names no month.

    >>> [f"{month:%Y-%m}" for month in months_named("status 2025-12 vs June 2026.xlsx")]
    ['2025-12', '2026-06']
    >>> months_named("spend 2010-11.csv"), months_named("status 20260630.csv")
    ((), (Timestamp('2026-06-30 00:00:00'),))
    """
    found = sorted(_found(text), key=lambda placed: placed[0])
    return tuple(dict.fromkeys(month for _, month in found))


def names_a_day(text: str) -> bool:
    """Whether the text names a day of a month in words.

    >>> names_a_day("Printed 3 July 2026"), names_a_day("Portfolio report June 2026")
    (True, False)
    """
    return _OF_A_DAY.search(text) is not None


def _found(text: str) -> Iterator[tuple[int, pd.Timestamp]]:
    for found in _NUMBERS.finditer(text):
        year, month = int(found["year"]), int(found["month"])
        may_be_fiscal = found["mark"] in ("-", "_") and found["day"] is None and month == year % 100 + 1
        if not may_be_fiscal and (found["day"] is None or build_day(year, month, int(found["day"]))):
            yield found.start(), _last(year, month)
    for pattern in _WORDS:
        for found in pattern.finditer(text):
            yield found.start(), _last(int(found["year"]), MONTHS[found["name"].casefold()])


def _last(year: int, month: int) -> pd.Timestamp:
    day = build_day(year, month, 1)
    return pd.Timestamp(last_of_month(day) if day else "NaT").as_unit("us")
