from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_analytics.loading.cells.spans import read_span
from pmo_analytics.schemas.fiscal_years import FiscalYear


def told(text: str, fiscal_year: FiscalYear) -> str:
    last, ambiguous = read_span(text, fiscal_year)
    return "ambiguous" if ambiguous else "" if last is None else last.isoformat()


@pytest.mark.parametrize(
    ("text", "april", "january"),
    [
        ("2017-Q3", "2017-09-30", "2017-09-30"),
        ("2017 Q3", "2017-09-30", "2017-09-30"),
        ("Q4 2026", "2026-12-31", "2026-12-31"),
        ("h1 2026", "2026-06-30", "2026-06-30"),
        ("Q2 FY22-23", "2022-09-30", ""),
        ("Q4 2022/23", "2023-03-31", ""),
        ("2022-23 Q2", "2022-09-30", ""),
        ("2023-24", "2024-03-31", ""),
        ("FY2025/26", "2026-03-31", ""),
        ("2025/26", "2026-03-31", ""),
        ("FY 25/26", "2026-03-31", ""),
        ("2099-00", "2100-03-31", ""),
        ("FY25", "ambiguous", "2025-12-31"),
        ("Q2 FY23", "ambiguous", "2023-06-30"),
        ("2010-11", "ambiguous", ""),
        ("2023-25", "", ""),
        ("2023-2023", "", ""),
        ("22-23", "", ""),
        ("Q5 2026", "", ""),
        ("H3 2026", "", ""),
        ("2026", "", ""),
        ("Q3", "", ""),
    ],
)
def test_spans(text: str, april: str, january: str) -> None:
    assert [told(text, FiscalYear(4)), told(text, FiscalYear(1))] == [april, january]


@pytest.mark.parametrize(
    ("text", "by_start", "by_end"),
    [
        ("FY25", "2026-03-31", "2025-03-31"),
        ("FY2025", "2026-03-31", "2025-03-31"),
        ("Q2 FY23", "2023-09-30", "2022-09-30"),
        ("FY23 H1", "2023-09-30", "2022-09-30"),
        ("FY2025/26", "2026-03-31", "2026-03-31"),
        ("Q4 2026", "2026-12-31", "2026-12-31"),
        ("2010-11", "ambiguous", "ambiguous"),
    ],
)
def test_a_fiscal_year_of_one_year_is_read_as_the_organisation_calls_it(
    text: str, by_start: str, by_end: str
) -> None:
    assert [told(text, FiscalYear(4, named_by)) for named_by in ("start", "end")] == [by_start, by_end]


@settings(max_examples=20, deadline=None)
@given(st.integers(1970, 2068), st.integers(1, 4), st.integers(2, 12))
def test_quarters_come_back(year: int, quarter: int, start: int) -> None:
    months = start - 1 + 3 * quarter
    first_after = dt.date(year + months // 12, months % 12 + 1, 1)
    last = (first_after - dt.timedelta(days=1)).isoformat()
    assert told(f"Q{quarter} FY{year}-{(year + 1) % 100:02d}", FiscalYear(start)) == last
