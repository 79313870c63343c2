"""Fiscal years: which day they end on, and when nobody can know."""

from __future__ import annotations

import pytest

from pmo_analytics.schemas.fiscal_years import CALENDAR_YEAR, FiscalYear


@pytest.mark.parametrize(
    ("fiscal_year", "year", "next_year", "months", "last"),
    [
        (FiscalYear(4), 2025, "26", 12, "2026-03-31"),
        (FiscalYear(4), 2025, "2026", 6, "2025-09-30"),
        (FiscalYear(4), 1999, "00", 12, "2000-03-31"),
        (FiscalYear(4), 2025, "27", 12, "None"),
        (FiscalYear(4), 2025, None, 12, "None"),
        (FiscalYear(4, "end"), 2025, None, 12, "2025-03-31"),
        (FiscalYear(4, "start"), 2025, None, 12, "2026-03-31"),
        (FiscalYear(4, "end"), 2025, "26", 12, "2026-03-31"),
        (FiscalYear(10, "end"), 2024, None, 5, "2024-02-29"),
        (FiscalYear(12, "start"), 2024, None, 1, "2024-12-31"),
        (FiscalYear(1, "end"), 2025, None, 12, "2025-12-31"),
        (FiscalYear(1), 2025, "26", 12, "None"),
        (CALENDAR_YEAR, 2025, None, 9, "2025-09-30"),
        (FiscalYear(4, "start"), 9999, None, 12, "None"),
        (FiscalYear(4, "end"), 1, None, 3, "None"),
    ],
)
def test_the_last_day_of_so_many_months(
    fiscal_year: FiscalYear, year: int, next_year: str | None, months: int, last: str
) -> None:
    assert str(fiscal_year.last_day(year, next_year, months)) == last


@pytest.mark.parametrize(
    ("fiscal_year", "next_year", "doubtful"),
    [
        (FiscalYear(4), None, True),
        (FiscalYear(4), "26", False),
        (FiscalYear(1), None, False),
        (FiscalYear(4, "start"), None, False),
        (FiscalYear(4, "end"), None, False),
    ],
)
def test_a_year_written_as_one_is_doubtful_until_somebody_says_which(
    fiscal_year: FiscalYear, next_year: str | None, doubtful: bool
) -> None:
    assert fiscal_year.is_doubtful(next_year) is doubtful
