"""Quarters, halves and fiscal years written as text, as their last days."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.dates import (
    REMEMBERED,
    build_day,
    full_year,
    one_blank,
    read_month,
)
from pmo_analytics.schemas.fiscal_years import CALENDAR_YEAR, DEFAULT_FISCAL_YEAR, MONTHS_OF_YEAR, FiscalYear

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

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
#: A fiscal year named by one year: by its first or by its last, as the organisation says.
_ONE_YEAR = _form(rf"(?:{_SOME_PART}[ ,/-]*)?{_FISCAL}([0-9]{{4}}|[0-9]{{2}})(?:[ ,/-]*{_SOME_PART})?")


@lru_cache(maxsize=REMEMBERED)
def read_span(text: str, fiscal_year: FiscalYear = DEFAULT_FISCAL_YEAR) -> tuple[dt.date | None, bool]:
    """The last day of the period written, and whether the text can be two different periods; it is none then.

    A quarter of a single year is one of the calendar; one of two years is one of the fiscal year. ``FY2025`` does
    not say whether the year begins or ends it: it is ambiguous unless the fiscal year does, and so is ``2010-11``,
    which may be a month. Where fiscal years begin in January, two years name none.

    >>> [str(read_span(text)[0]) for text in ("2017-Q3", "Q2 FY22-23", "2023-24", "FY25", "2010-11")]
    ['2017-09-30', '2022-09-30', '2024-03-31', 'None', 'None']
    >>> [read_span(text)[1] for text in ("2023-24", "FY25", "2010-11")]
    [False, True, True]
    >>> str(read_span("Q2 FY25", FiscalYear(4, "end"))[0])
    '2024-09-30'
    """
    text = one_blank(text)
    year, single = _FISCAL_YEAR.match(text), _ONE_YEAR.match(text)
    day = next((day for day in _days(text, year, single, fiscal_year) if day), None)
    ambiguous = bool(single and fiscal_year.is_doubtful(None)) or bool(day and year and read_month(text))
    return None if ambiguous else day, ambiguous


def _days(
    text: str, year: re.Match[str] | None, single: re.Match[str] | None, fiscal: FiscalYear
) -> Iterator[dt.date | None]:
    """What each form reads, those of the calendar first."""
    if found := _PART_LAST.match(text):
        yield _last_day(found[1], None, _months(found[2], found[3]), CALENDAR_YEAR)
    if found := _PART_FIRST.match(text):
        yield _last_day(found[3], None, _months(found[1], found[2]), CALENDAR_YEAR)
    if year:
        yield _last_day(year[1], year[2], MONTHS_OF_YEAR, fiscal)
    if found := _FISCAL_PART_FIRST.match(text):
        yield _last_day(found[3], found[4], _months(found[1], found[2]), fiscal)
    if found := _FISCAL_PART_LAST.match(text):
        yield _last_day(found[1], found[2], _months(found[3], found[4]), fiscal)
    if single:
        letter, number = single[1] or single[4], single[2] or single[5]
        yield _last_day(single[3], None, _months(letter, number) if letter else MONTHS_OF_YEAR, fiscal)


def _months(letter: str, number: str) -> int | None:
    """How many months of the year have passed at the end of a quarter or half; none for a third half."""
    passed = _PART[letter.casefold()] * int(number)
    return passed if passed <= MONTHS_OF_YEAR else None


def _last_day(year: str, next_year: str | None, months: int | None, fiscal: FiscalYear) -> dt.date | None:
    day = fiscal.last_day(full_year(year), next_year, months) if months else None
    return build_day(day.year, day.month, day.day) if day else None
