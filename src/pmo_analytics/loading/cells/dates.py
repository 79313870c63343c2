"""Dates, months and serial numbers of days; nothing is guessed.

A form is a regular expression with the places of year, month and day. Where day and month could change
places, the declared order decides; without one the cell is ambiguous. Month names are English.

A text is read alone, and each distinct text once: the readers remember what they have read.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST_YEAR, LAST_YEAR = 1900, 2199

#: A day that a workbook stores before this year is a small number in the format of a day: 60, 2.5, 0.
FIRST_STORED_YEAR = 1905

#: Years of two digits below this one are of this century, the others of the last.
PIVOT = 70
SHORT = 2
DECEMBER = 12

#: The days between which a plain number is taken as the serial number of a day.
FIRST_SERIAL_YEAR, LAST_SERIAL_YEAR = 1990, 2100
#: The day with the serial number 0; that of 1900 is right from March 1900 on.
_DAY_0 = MappingProxyType({False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)})

#: How many texts a reader remembers.
REMEMBERED = 50_000

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
#: Primavera marks an actual date by an A behind it, a constrained one by an asterisk.
_FLAG = r"(?: A|\*)?"
_DAY_NAME_YEAR = _form(
    r"([0-9]{1,2})(?:st|nd|rd|th)? ?[-/.]? ?" + _MONTH + r" ?[-/.,]? ?([0-9]{4}|[0-9]{2})" + _TIME + _FLAG
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]? ", re.IGNORECASE)
_NAME_DAY_YEAR = _form(_MONTH + r" ?([0-9]{1,2})(?:st|nd|rd|th)?(?:, ?| )([0-9]{4})" + _TIME)
_BLANKS = re.compile(r"\s+")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_COMPACT = _form(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_MONTH = _form(r"([0-9]{4})[-/]?([0-9]{2}|(?<=[-/])[0-9])")
_MONTH_YEAR = _form(r"(0?[1-9]|1[0-2])[-/.]([0-9]{4})")
_NAME_YEAR = _form(_MONTH + r" ?[-/,]? ?([0-9]{4}|[0-9]{2})")


@lru_cache(maxsize=REMEMBERED)
def read_day(text: str, order: str | None = None) -> tuple[dt.date | None, bool]:
    """The day written, and whether the text can be two different days; it is none then.

    ``order`` is ``DMY``, ``MDY`` or ``YMD`` and settles dates of numbers alone whose year does not come
    first. A day that does not exist in that order is none, never read in another one. Without it also
    31-03-26 is ambiguous, except with points: it may be of 2031. A day of the week before it has to be that of the
    day, and may settle the order. A time of day is dropped. Undefined before 1900 and after 2199.

    >>> [read_day(text) for text in ("31/03/2026", "01/02/2026", "soon")]
    [(datetime.date(2026, 3, 31), False), (None, True), (None, False)]
    """
    text = one_blank(text)
    if weekday := _WEEKDAY.match(text):
        return _on_weekday(text[weekday.end() :], _WEEKDAYS.index(weekday[1][:3].casefold()), order)
    if numbers := _YEAR_LAST.match(text):
        day, ambiguous = _by_order(*numbers.groups(), order=order)
        if day or ambiguous:
            return day, ambiguous
    return next((day for form in _forms_of(text) if (day := _written_day(*form))), None), False


def read_period(text: str, order: str | None = None) -> tuple[dt.date | None, bool]:
    """The last day of the month written, and whether the text can be two different days.

    Takes what :func:`read_day` takes, and months without a day.

    >>> [read_period(text)[0].day for text in ("2026-06", "Jun 2026", "30/06/2026")]
    [30, 30, 30]
    """
    day, ambiguous = read_day(text, order)
    return read_month(text) if day is None else last_of_month(day), ambiguous


@lru_cache(maxsize=REMEMBERED)
def read_month(text: str) -> dt.date | None:
    """The last day of the month written without a day; none for another text.

    >>> [str(read_month(text)) for text in ("2026-06", "202606", "06/2026", "Jun 26", "30 Jun 2026")]
    ['2026-06-30', '2026-06-30', '2026-06-30', '2026-06-30', 'None']
    """
    text = one_blank(text)
    day = None
    if found := _YEAR_MONTH.match(text):
        day = _written_day(found[1], found[2], "1")
    if day is None and (found := _NAME_YEAR.match(text)):
        day = _written_day(found[2], _month(found[1]), "1")
    if day is None and (found := _MONTH_YEAR.match(text)):
        day = _written_day(found[2], found[1], "1")
    return None if day is None else last_of_month(day)


def read_serial(text: str, *, date_1904: bool = False) -> dt.date | None:
    """The day with this serial number; none outside the years 1990 to 2100. A time of day is dropped.

    >>> [str(read_serial(text)) for text in ("46055", "46055.75", "2026")]
    ['2026-02-02', '2026-02-02', 'None']
    """
    number = _SERIAL.fullmatch(text)
    if number is None:
        return None
    day = _DAY_0[date_1904] + dt.timedelta(days=int(number[1]))
    return day if FIRST_SERIAL_YEAR <= day.year <= LAST_SERIAL_YEAR else None


def prove_order(text: str) -> str | None:
    """The only order in which the text is a day, ``DMY`` or ``MDY``; none where it proves neither.

    >>> [prove_order(text) for text in ("31/03/2026", "03/31/2026", "01/02/2026", "31-03-26")]
    ['DMY', 'MDY', None, None]
    """
    day_first, month_first = read_day(text, "DMY")[0], read_day(text, "MDY")[0]
    if (day_first is None) == (month_first is None) or read_day(text)[0] is None:
        return None
    return "DMY" if day_first else "MDY"


def build_day(year: int, month: int, day: int) -> dt.date | None:
    """The day with these numbers; none where there is no such day, or it lies outside 1900 to 2199.

    >>> build_day(2026, 2, 31), build_day(2026, 2, 28)
    (None, datetime.date(2026, 2, 28))
    """
    try:
        return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def last_of_month(day: dt.date) -> dt.date:
    """The last day of the day's month.

    >>> last_of_month(dt.date(2028, 2, 1))
    datetime.date(2028, 2, 29)
    """
    return dt.date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def full_year(year: str) -> int:
    """The year of two or four digits: those of two below 70 are of this century.

    >>> full_year("2026"), full_year("26"), full_year("70")
    (2026, 2026, 1970)
    """
    number = int(year)
    return number if len(year) != SHORT else number + (2000 if number < PIVOT else 1900)


def one_blank(text: str) -> str:
    """The text with one blank wherever there are several, or a line break.

    >>> one_blank("1  April\\n2026")
    '1 April 2026'
    """
    return _BLANKS.sub(" ", text)


def _on_weekday(text: str, weekday: int, order: str | None) -> tuple[dt.date | None, bool]:
    """The day written that falls on a day of the week, in the order given, else in the only one in which it does."""
    readings = [read_day(text, one) for one in ((order,) if order else (None, "DMY", "MDY"))]
    days = {day for day, _ in readings if day is not None and day.weekday() == weekday}
    if len(days) == 1:
        return days.pop(), False
    return None, bool(days)


def _forms_of(text: str) -> Iterator[tuple[str, str, str]]:
    """Year, month and day after each form in which no order is in question."""
    if found := _YEAR_FIRST.match(text):
        yield found[1], found[3], found[4]
    if found := _COMPACT.match(text):
        yield found[1], found[2], found[3]
    if found := _DAY_NAME_YEAR.match(text):
        yield found[3], _month(found[2]), found[1]
    if found := _NAME_DAY_YEAR.match(text):
        yield found[3], _month(found[1]), found[2]


def _by_order(
    first: str, mark: str, second: str, third: str, *, order: str | None
) -> tuple[dt.date | None, bool]:
    short = len(first) == SHORT and len(third) == SHORT
    year_first = _written_day(first, second, third) if short else None
    if order == "DMY":
        return _written_day(third, second, first), False
    if order == "MDY":
        return _written_day(third, first, second), False
    if order == "YMD":
        return year_first, False
    left, right = int(first), int(second)
    month, day = (first, second) if right > DECEMBER else (second, first)
    written = _written_day(third, month, day)
    two_days = 1 <= left <= DECEMBER and 1 <= right <= DECEMBER and left != right
    two_years = None not in (written, year_first) and written != year_first and mark != "."
    ambiguous = two_days or two_years
    return None if ambiguous else written, ambiguous


def _written_day(year: str, month: str, day: str) -> dt.date | None:
    return build_day(full_year(year), int(month), int(day))


def _month(name: str) -> str:
    return str(MONTHS.get(name.casefold(), 0))
