"""Dates and periods written as text; nothing is guessed.

A form is a regular expression with the places of year, month and day. Where day and month could change
places, the declared order decides; without one the cell is ambiguous. Month names are English.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_YEAR, LAST_YEAR = 1900, 2199

#: Years of two digits below this one are of this century, the others of the last.
PIVOT = 70

# fmt: off
_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on
MONTHS: Mapping[str, int] = MappingProxyType(
    {name: n for n, name in enumerate(_NAMES, start=1)}
    | {name[:3]: n for n, name in enumerate(_NAMES, start=1)}
    | {"sept": 9}
)

_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_TIME = (
    r"(?:[T ] ?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?[AP]M)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\A{pattern}\Z", re.IGNORECASE)


_YEAR_FIRST = _form(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TIME)
_YEAR_LAST = _form(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})" + _TIME)
_DAY_NAME_YEAR = _form(
    r"([0-9]{1,2})(?:st|nd|rd|th)? ?[-/.]? ?" + _MONTH + r" ?[-/.,]? ?([0-9]{4}|[0-9]{2})" + _TIME
)
_NAME_DAY_YEAR = _form(_MONTH + r" ?([0-9]{1,2})(?:st|nd|rd|th)?(?:, ?| )([0-9]{4})" + _TIME)
_YEAR_MONTH = _form(r"([0-9]{4})[-/]([0-9]{1,2})")
_NAME_YEAR = _form(_MONTH + r" ?[-/,]? ?([0-9]{4}|[0-9]{2})")


def read_days(text: pd.Series, order: str | None = None) -> tuple[pd.Series, pd.Series]:
    """The days written, at midnight, and where a text can be two different days; both null there.

    ``order`` is ``DMY``, ``MDY`` or ``YMD`` and settles dates of numbers alone whose year does not come
    first. A day that does not exist in that order is null, never read in another one. A time of day is
    dropped. Undefined before 1900 and after 2199.

    >>> days, ambiguous = read_days(pd.Series(["31/03/2026", "01/02/2026", "soon"]))
    >>> days.dt.strftime("%Y-%m-%d").tolist(), ambiguous.tolist()
    (['2026-03-31', nan, nan], [False, True, False])
    """
    text = text.str.replace(r"\s+", " ", regex=True)
    numbers = text.str.extract(_YEAR_LAST)[[0, 2, 3]].set_axis([0, 1, 2], axis=1)
    days, ambiguous = _by_order(numbers, order)
    year_first = text.str.extract(_YEAR_FIRST)
    day_name, name_day = text.str.extract(_DAY_NAME_YEAR), text.str.extract(_NAME_DAY_YEAR)
    days = days.fillna(_day(year_first[0], year_first[2], year_first[3]))
    days = days.fillna(_day(day_name[2], _month(day_name[1]), day_name[0]))
    return days.fillna(_day(name_day[2], _month(name_day[0]), name_day[1])), ambiguous


def read_periods(text: pd.Series, order: str | None = None) -> tuple[pd.Series, pd.Series]:
    """The months written, as month-ends, and where a text can be two different days.

    Takes what :func:`read_days` takes, and months without a day.

    >>> read_periods(pd.Series(["2026-06", "Jun 2026", "30/06/2026"]))[0].dt.day.tolist()
    [30, 30, 30]
    """
    days, ambiguous = read_days(text, order)
    text = text.str.replace(r"\s+", " ", regex=True)
    year_month, name_year = text.str.extract(_YEAR_MONTH), text.str.extract(_NAME_YEAR)
    first = pd.Series("1", index=text.index, dtype=object)
    days = days.fillna(_day(year_month[0], year_month[1], first))
    days = days.fillna(_day(name_year[1], _month(name_year[0]), first))
    return month_ends(days), ambiguous


def month_ends(days: pd.Series) -> pd.Series:
    """The last day of each day's month.

    >>> month_ends(pd.Series(pd.to_datetime(["2028-02-01"]))).dt.day.tolist()
    [29]
    """
    return (days + pd.offsets.MonthEnd(0)).astype("datetime64[us]")


def build_days(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    """The days with these numbers; null where there is no such day, or it lies outside 1900 to 2199.

    >>> build_days(pd.Series([2026]), pd.Series([2]), pd.Series([31])).isna().tolist()
    [True]
    """
    built = pd.to_datetime({"year": year, "month": month, "day": day}, errors="coerce")
    built = built.astype("datetime64[us]")
    same = (built.dt.year == year) & (built.dt.month == month) & (built.dt.day == day)
    return built.where(same & year.between(FIRST_YEAR, LAST_YEAR))


def _by_order(numbers: pd.DataFrame, order: str | None) -> tuple[pd.Series, pd.Series]:
    first, second, third = (numbers[n] for n in range(3))
    never = pd.Series(False, index=numbers.index, dtype=bool)
    if order == "DMY":
        return _day(third, second, first), never
    if order == "MDY":
        return _day(third, first, second), never
    if order == "YMD":
        short = (first.str.len() == 2) & (third.str.len() == 2)
        return _day(first.where(short), second, third), never
    left, right = first.astype("float64"), second.astype("float64")
    ambiguous = left.between(1, 12) & right.between(1, 12) & (left != right)
    month_first = right > 12
    month, day = second.where(~month_first, first), first.where(~month_first, second)
    return _day(third.mask(ambiguous), month, day), ambiguous


def _day(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    full = year.astype("float64")
    century = (full < PIVOT).map({True: 2000.0, False: 1900.0})
    full = full.where(year.str.len() != 2, full + century)
    return build_days(full, month.astype("float64"), day.astype("float64"))


def _month(name: pd.Series) -> pd.Series:
    return name.str.casefold().map(dict(MONTHS))
