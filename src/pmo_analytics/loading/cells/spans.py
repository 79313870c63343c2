"""Quarters, halves and fiscal years written as text, as their last days."""

from __future__ import annotations

import re
from types import MappingProxyType

import pandas as pd

from pmo_analytics.loading.cells.dates import PIVOT, build_days, month_ends, read_months

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


def read_spans(text: pd.Series, fiscal_year_start: int = 4) -> tuple[pd.Series, pd.Series]:
    """The last days of the periods written, and where a text can be two different periods; both null there.

    A quarter of a single year is one of the calendar; one of two years is one of the fiscal year, which begins
    in the month given. ``FY2025`` does not say whether the year begins or ends it, and ``2010-11`` may be a
    month; such texts are ambiguous. Where fiscal years begin in January, two years name none.

    >>> last, ambiguous = read_spans(pd.Series(["2017-Q3", "Q2 FY22-23", "2023-24", "FY25", "2010-11"]))
    >>> last.dt.strftime("%Y-%m-%d").tolist()
    ['2017-09-30', '2022-09-30', '2024-03-31', nan, nan]
    >>> ambiguous.tolist()
    [False, False, False, True, True]
    """
    text = text.str.replace(r"\s+", " ", regex=True)
    last, first = text.str.extract(_PART_LAST), text.str.extract(_PART_FIRST)
    days = _last_day(last[0], None, _months(last[1], last[2]), 1)
    days = days.fillna(_last_day(first[2], None, _months(first[0], first[1]), 1))
    one_year = text.str.fullmatch(_ONE_YEAR).astype("boolean").fillna(value=False).astype(bool)
    if fiscal_year_start == 1:
        found = text.str.extract(_ONE_YEAR)
        part = _months(found[0].fillna(found[3]), found[1].fillna(found[4]))
        whole = found[0].isna() & found[3].isna()
        return days.fillna(_last_day(found[2], None, part.mask(whole, MONTHS_OF_A_YEAR), 1)), one_year & False
    year = text.str.extract(_FISCAL_YEAR)
    all_of_it = pd.Series(float(MONTHS_OF_A_YEAR), index=text.index)
    days = days.fillna(_last_day(year[0], year[1], all_of_it, fiscal_year_start))
    early, late = text.str.extract(_FISCAL_PART_FIRST), text.str.extract(_FISCAL_PART_LAST)
    days = days.fillna(_last_day(early[2], early[3], _months(early[0], early[1]), fiscal_year_start))
    days = days.fillna(_last_day(late[0], late[1], _months(late[2], late[3]), fiscal_year_start))
    ambiguous = one_year | (days.notna() & year[0].notna() & read_months(text).notna())
    return days.mask(ambiguous), ambiguous


def _months(letter: pd.Series, number: pd.Series) -> pd.Series:
    """How many months of the year have passed at the end of a quarter or half; null for a third half."""
    passed = letter.str.casefold().map(dict(_PART)).astype("float64") * number.astype("float64")
    return passed.where(passed <= MONTHS_OF_A_YEAR)


def _last_day(year: pd.Series, next_year: pd.Series | None, months: pd.Series, start: int) -> pd.Series:
    """The day on which so many months of the year have passed, of which the first is ``start``."""
    full = year.astype("float64")
    century = (full < PIVOT).map({True: 2000.0, False: 1900.0})
    full = full.where(year.str.len() != 2, full + century)
    if next_year is not None:
        follows = next_year.astype("float64") % 100 == (full + 1) % 100
        full = full.where(follows & ((next_year.str.len() == 2) | (next_year.astype("float64") == full + 1)))
    month = start - 1 + months
    full, month = full + (month - 1) // MONTHS_OF_A_YEAR, (month - 1) % MONTHS_OF_A_YEAR + 1
    return month_ends(build_days(full, month, month.where(month.isna(), 1.0)))
