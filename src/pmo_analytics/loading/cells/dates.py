"""Dates, months and serial numbers of days; nothing is guessed.

A form is a regular expression with the places of year, month and day. Where day and month could change
places, the declared order decides; without one the cell is ambiguous. Month names are English.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_YEAR, LAST_YEAR = 1900, 2199

#: A day that a workbook stores before this year is a small number in the format of a day: 60, 2.5, 0.
FIRST_STORED_YEAR = 1905

#: Years of two digits below this one are of this century, the others of the last.
PIVOT = 70
DECEMBER = 12

#: The days between which a plain number is taken as the serial number of a day.
FIRST_SERIAL_YEAR, LAST_SERIAL_YEAR = 1990, 2100
#: The day with the serial number 0; that of 1900 is right from March 1900 on.
_DAY_0 = MappingProxyType({False: pd.Timestamp("1899-12-30"), True: pd.Timestamp("1904-01-01")})

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
_COMPACT = _form(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_MONTH = _form(r"([0-9]{4})[-/]?([0-9]{2}|(?<=[-/])[0-9])")
_NAME_YEAR = _form(_MONTH + r" ?[-/,]? ?([0-9]{4}|[0-9]{2})")


def read_days(text: pd.Series, order: str | None = None) -> tuple[pd.Series, pd.Series]:
    """The days written, at midnight, and where a text can be two different days; both null there.

    ``order`` is ``DMY``, ``MDY`` or ``YMD`` and settles dates of numbers alone whose year does not come
    first. A day that does not exist in that order is null, never read in another one. Without it also
    31-03-26 is ambiguous, except with points: it may be of 2031. A time of day is dropped. Undefined before
    1900 and after 2199.

    >>> days, ambiguous = read_days(pd.Series(["31/03/2026", "01/02/2026", "soon"]))
    >>> days.dt.strftime("%Y-%m-%d").tolist(), ambiguous.tolist()
    (['2026-03-31', nan, nan], [False, True, False])
    """
    text = text.str.replace(r"\s+", " ", regex=True)
    numbers = text.str.extract(_YEAR_LAST).set_axis([0, "mark", 1, 2], axis=1)
    days, ambiguous = _by_order(numbers, order)
    year_first = text.str.extract(_YEAR_FIRST)
    day_name, name_day = text.str.extract(_DAY_NAME_YEAR), text.str.extract(_NAME_DAY_YEAR)
    days = days.fillna(_day(year_first[0], year_first[2], year_first[3]))
    compact = text.str.extract(_COMPACT)
    days = days.fillna(_day(compact[0], compact[1], compact[2]))
    days = days.fillna(_day(day_name[2], _month(day_name[1]), day_name[0]))
    return days.fillna(_day(name_day[2], _month(name_day[0]), name_day[1])), ambiguous


def read_periods(text: pd.Series, order: str | None = None) -> tuple[pd.Series, pd.Series]:
    """The months written, as month-ends, and where a text can be two different days.

    Takes what :func:`read_days` takes, and months without a day.

    >>> read_periods(pd.Series(["2026-06", "Jun 2026", "30/06/2026"]))[0].dt.day.tolist()
    [30, 30, 30]
    """
    days, ambiguous = read_days(text, order)
    return month_ends(days).fillna(read_months(text)), ambiguous


def read_months(text: pd.Series) -> pd.Series:
    """The last days of the months written without a day.

    >>> read_months(pd.Series(["2026-06", "202606", "Jun 26", "30 Jun 2026"])).dt.day.tolist()
    [30.0, 30.0, 30.0, nan]
    """
    text = text.str.replace(r"\s+", " ", regex=True)
    year_month, name_year = text.str.extract(_YEAR_MONTH), text.str.extract(_NAME_YEAR)
    first = pd.Series("1", index=text.index, dtype=object)
    days = _day(year_month[0], year_month[1], first)
    return month_ends(days.fillna(_day(name_year[1], _month(name_year[0]), first)))


def read_serials(text: pd.Series, *, date_1904: bool = False) -> pd.Series:
    """The days with these serial numbers; null outside the years 1990 to 2100. A time of day is dropped.

    >>> read_serials(pd.Series(["46055", "46055.75", "2026"])).dt.strftime("%Y-%m-%d").tolist()
    ['2026-02-02', '2026-02-02', nan]
    """
    number = text.where(text.str.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?").astype("boolean").fillna(value=False))
    passed = pd.to_timedelta(np.floor(number.astype("float64")), unit="D").astype("timedelta64[us]")
    days: pd.Series = (pd.Series(_DAY_0[date_1904], index=text.index) + passed).astype("datetime64[us]")
    return days.where(days.dt.year.between(FIRST_SERIAL_YEAR, LAST_SERIAL_YEAR))


def prove_order(text: pd.Series) -> pd.Series:
    """The only order in which each text is a day, ``DMY`` or ``MDY``; null where it proves neither.

    >>> prove_order(pd.Series(["31/03/2026", "03/31/2026", "01/02/2026", "31-03-26"])).tolist()
    ['DMY', 'MDY', nan, nan]
    """
    day_first, month_first = read_days(text, "DMY")[0], read_days(text, "MDY")[0]
    proof: pd.Series = pd.Series(np.nan, index=text.index, dtype=object)
    proof = proof.mask(day_first.notna() & month_first.isna(), "DMY")
    proof = proof.mask(day_first.isna() & month_first.notna(), "MDY")
    return proof.where(read_days(text, None)[0].notna())


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
    month_first = right > DECEMBER
    month, day = second.where(~month_first, first), first.where(~month_first, second)
    days = _day(third, month, day)
    year_first = _day(first.where((first.str.len() == 2) & (third.str.len() == 2)), second, third)
    ambiguous |= days.notna() & year_first.notna() & (days != year_first) & (numbers["mark"] != ".")
    return days.mask(ambiguous), ambiguous


def _day(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    full = year.astype("float64")
    century = (full < PIVOT).map({True: 2000.0, False: 1900.0})
    full = full.where(year.str.len() != 2, full + century)
    return build_days(full, month.astype("float64"), day.astype("float64"))


def _month(name: pd.Series) -> pd.Series:
    return name.str.casefold().map(dict(MONTHS))
