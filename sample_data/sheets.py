"""A sheet of the sample before it is written: rows by heading, and where each of them will stand."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

Row = dict[str, Any]

#: The month-ends of the sample, and the day as of which its registers stand.
MONTHS = tuple(
    dt.date(year, month, calendar.monthrange(year, month)[1])
    for year, some in ((2025, range(7, 13)), (2026, range(1, 7)))
    for month in some
)
AS_OF = MONTHS[-1]


@dataclass
class Sheet:
    """One sheet: a preamble, an empty row, a header row, and rows by heading."""

    file: str
    name: str
    preamble: list[str]
    rows: list[Row]

    @property
    def headings(self) -> list[str]:
        """The headings, in order."""
        return list(self.rows[0])

    @property
    def header_row(self) -> int:
        """The row of the headings, counted from 1."""
        return len(self.preamble) + 2

    def find(self, cells: Row) -> Row:
        """The first row that has these values under these headings."""
        return next(row for row in self.rows if all(row[name] == value for name, value in cells.items()))

    def address(self, row: Row, heading: str | None) -> str:
        """Where a row will stand: ``F12``, or ``row 12`` without a heading."""
        number = self.header_row + 1 + next(at for at, other in enumerate(self.rows) if other is row)
        if heading is None:
            return f"row {number}"
        return f"{get_column_letter(self.headings.index(heading) + 1)}{number}"


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """The month-ends from the month of the first day to that of the last."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [end_of_month(month // 12, month % 12 + 1) for month in months]


def end_of_month(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def end_of_year(one: dt.date, begin: int) -> dt.date:
    """The last day of the fiscal year that a day lies in, where fiscal years begin in that month."""
    first = one.year - (one.month < begin)
    return dt.date(first + 1, begin, 1) - dt.timedelta(days=1)


def year_name(one: dt.date, begin: int) -> str:
    """What the fiscal year of a day is called: 2026/27, or 2026 where it is that of the calendar."""
    last = end_of_year(one, begin).year
    return str(last) if begin == 1 else f"{last - 1}/{last % 100:02d}"


def titles(story: dict[str, Any], what: str, *more: str) -> list[str]:
    """The lines above a sheet of the portfolio office: what it is, as of when, whom to ask."""
    return [f"{story['organisation']}: {what}", "As at: 2026-06", f"Contact: {story['contact']}", *more]


def month_of(day: dt.date) -> str:
    """The month as the story and the file names write it: 2026-06."""
    return f"{day:%Y-%m}"


def day(text: str) -> dt.date:
    """A day of the story."""
    return dt.date.fromisoformat(text)


def weekday_before(one: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend."""
    return one - dt.timedelta(days=max(one.weekday() - 4, 0))
