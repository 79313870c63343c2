"""A sheet of the sample before it is written: rows by heading, and where each of them will stand."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

YEAR = 2026
MONTHS = range(1, 7)
Row = dict[str, Any]


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

    def row_of(self, identity: str) -> Row:
        """The first row whose first cell holds that identifier."""
        return next(row for row in self.rows if row[self.headings[0]] == identity)

    def address(self, row: Row, heading: str | None) -> str:
        """Where a row will stand: ``F12``, or ``row 12`` without a heading."""
        number = self.header_row + 1 + next(at for at, other in enumerate(self.rows) if other is row)
        if heading is None:
            return f"row {number}"
        return f"{get_column_letter(self.headings.index(heading) + 1)}{number}"


def month_end(month: int) -> dt.date:
    """The last day of a month of the year of the sample."""
    return dt.date(YEAR, month, calendar.monthrange(YEAR, month)[1])


def weekday_before(day: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(day.weekday() - 4, 0))
