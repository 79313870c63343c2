"""Quarters, halves and fiscal years written as text, as their last days."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.dates import (
    REMEMBERED,
    SHORT,
    build_day,
    full_year,
    last_of_month,
    one_blank,
    read_month,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

MONTHS_OF_A_YEAR = 12
#: How many months a quarter and a half have.
_PART = MappingProxyType({"q": 3, "h": 6})


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\A{pattern}\Z", re.IGNORECASE)


_SOME_PART = "([qh]) ?([1-4])"
_YEARS = r"([0-9]{4}|(?<=y)[0-9]{2}|(?<=y )[0-9]{2}|(?<=y-)[0-9]{2}) ?[-/–] ?([0-9]{4}|[0-9]{2})"
_FISCAL = r"f\.?y\.?[ -]?"
#: Year of the calendar: 2017-Q3, Q3 2017.
_PART_LAST, _PART_FIRST = (
    _form(rf"([0-9]{{4}}) ?[-/]? ?{_SOME_PART}"),
    _form(_SOME_PART + r"[ ,/-]*([0-9]{4})"),
)
#: Year of two years: 2023-24, FY22-23, and Q2 before or behind it.
_FISCAL_YEAR = _form(rf"(?:{_FISCAL})?{_YEARS}")
_FISCAL_PART_FIRST = _form(rf"{_SOME_PART}[ ,/-]*(?:{_FISCAL})?{_YEARS}")
_FISCAL_PART_LAST = _form(rf"(?:{_FISCAL})?{_YEARS}[ ,/-]*{_SOME_PART}")
#: A fiscal year named by one year: by its first or by its last, nobody knows.
_ONE_YEAR = _form(rf"(?:{_SOME_PART}[ ,/-]*)?{_FISCAL}([0-9]{{4}}|[0-9]{{2}})(?:[ ,/-]*{_SOME_PART})?")


@lru_cache(maxsize=REMEMBERED)
def read_span(text: str, fiscal_year_start: int = 4) -> tuple[dt.date | None, bool]:
    """The last day of the period written, and whether the text can be two different periods; it is none then.

    A quarter of a single year is one of the calendar; one of two years is one of the fiscal year, which begins
    in the month given. ``FY2025`` does not say whether the year begins or ends it, and ``2010-11`` may be a
    month; such texts are ambiguous. Where fiscal years begin in January, two years name none.

    >>> [str(read_span(text)[0]) for text in ("2017-Q3", "Q2 FY22-23", "2023-24", "FY25", "2010-11")]
    ['2017-09-30', '2022-09-30', '2024-03-31', 'None', 'None']
    >>> [read_span(text)[1] for text in ("2023-24", "FY25", "2010-11")]
    [False, True, True]
    """
    text = one_blank(text)
    by_calendar = _first(_calendar_parts(text))
    if fiscal_year_start == 1:
        return by_calendar or _first(_years_of_the_calendar(text)), False
    year = _FISCAL_YEAR.match(text)
    day = by_calendar or _first(_fiscal_parts(text, year, fiscal_year_start))
    ambiguous = bool(_ONE_YEAR.match(text)) or bool(day and year and read_month(text))
    return None if ambiguous else day, ambiguous


def _first(days: Iterator[dt.date | None]) -> dt.date | None:
    return next((day for day in days if day), None)


def _calendar_parts(text: str) -> Iterator[dt.date | None]:
    if found := _PART_LAST.match(text):
        yield _last_day(found[1], None, _months(found[2], found[3]), 1)
    if found := _PART_FIRST.match(text):
        yield _last_day(found[3], None, _months(found[1], found[2]), 1)


def _years_of_the_calendar(text: str) -> Iterator[dt.date | None]:
    if found := _ONE_YEAR.match(text):
        letter, number = found[1] or found[4], found[2] or found[5]
        yield _last_day(found[3], None, _months(letter, number) if letter else MONTHS_OF_A_YEAR, 1)


def _fiscal_parts(text: str, year: re.Match[str] | None, start: int) -> Iterator[dt.date | None]:
    if year:
        yield _last_day(year[1], year[2], MONTHS_OF_A_YEAR, start)
    if found := _FISCAL_PART_FIRST.match(text):
        yield _last_day(found[3], found[4], _months(found[1], found[2]), start)
    if found := _FISCAL_PART_LAST.match(text):
        yield _last_day(found[1], found[2], _months(found[3], found[4]), start)


def _months(letter: str, number: str) -> int | None:
    """How many months of the year have passed at the end of a quarter or half; none for a third half."""
    passed = _PART[letter.casefold()] * int(number)
    return passed if passed <= MONTHS_OF_A_YEAR else None


def _last_day(year: str, next_year: str | None, months: int | None, start: int) -> dt.date | None:
    """The day on which so many months of the year have passed, of which the first is ``start``."""
    first = full_year(year)
    if months is None or (next_year is not None and not _follows(next_year, first)):
        return None
    later, month = divmod(start - 1 + months - 1, MONTHS_OF_A_YEAR)
    day = build_day(first + later, month + 1, 1)
    return None if day is None else last_of_month(day)


def _follows(next_year: str, year: int) -> bool:
    """Whether a year of two or four digits is the one after."""
    return int(next_year) == (year + 1 if len(next_year) != SHORT else (year + 1) % 100)
