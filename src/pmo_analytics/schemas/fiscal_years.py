"""Fiscal years: when they begin, and which of its two years one is called by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

MONTHS_OF_YEAR, MONTHS_OF_QUARTER = 12, 3
_SHORT_YEAR = 2

START, END = "start", "end"
#: A fiscal year is called by the year in which it begins, or in which it ends.
NAMED_BY = (START, END)


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The month in which fiscal years begin, and by which of its two years ``FY2025`` calls one.

    Without ``named_by`` a fiscal year that is written as one year can be two, and is none; where fiscal years begin in
    January it is that of the calendar.
    """

    start: int = 4
    named_by: str | None = None

    def is_doubtful(self, next_year: str | None) -> bool:
        """Whether a fiscal year can be two different ones: it is written as one year, and nobody has said which.

        >>> FiscalYear(4).is_doubtful(None), FiscalYear(4).is_doubtful("26"), FiscalYear(1).is_doubtful(None)
        (True, False, False)
        """
        return next_year is None and self.start != 1 and self.named_by is None

    def named_by_default(self, named_by: str) -> FiscalYear:
        """The same, called by this one of its years where nobody has said by which.

        >>> FiscalYear(4).named_by_default("end"), FiscalYear(4, "start").named_by_default("end")
        (FiscalYear(start=4, named_by='end'), FiscalYear(start=4, named_by='start'))
        """
        return replace(self, named_by=self.named_by or named_by)

    def last_day(self, year: int, next_year: str | None, months: int) -> dt.date | None:
        """The day on which so many months of a fiscal year have passed; none where the years written give no such year.

        ``next_year`` is the second year as it is written, of two or four digits. Where fiscal years begin in January
        none has two years. A doubtful year has no such day.

        >>> FiscalYear(4).last_day(2025, "26", 12), FiscalYear(4, "end").last_day(2025, None, 3)
        (datetime.date(2026, 3, 31), datetime.date(2024, 6, 30))
        >>> FiscalYear(4).last_day(2025, "28", 12), FiscalYear(4).last_day(2025, None, 12)
        (None, None)
        """
        if self.is_doubtful(next_year) or (next_year is not None and not self._follows(next_year, year)):
            return None
        first = year - (next_year is None and self.start != 1 and self.named_by == END)
        later, month = divmod(self.start - 1 + months, MONTHS_OF_YEAR)
        if not dt.MINYEAR <= first + later <= dt.MAXYEAR:
            return None
        return dt.date(first + later, month + 1, 1) - dt.timedelta(days=1)

    def _follows(self, next_year: str, year: int) -> bool:
        after = year + 1 if len(next_year) != _SHORT_YEAR else (year + 1) % 100
        return self.start != 1 and int(next_year) == after


#: Fiscal years from April, as nobody has said otherwise.
DEFAULT_FISCAL_YEAR = FiscalYear()
#: The year of the calendar.
CALENDAR_YEAR = FiscalYear(1)
