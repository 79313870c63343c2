"""Months in names and titles."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_analytics.loading.month_names import months_named, names_a_day


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("status-2026-06.csv", ["2026-06"]),
        ("status 202606.xlsx", ["2026-06"]),
        ("status 20260630.csv", ["2026-06"]),
        ("2026_06_30 status.csv", ["2026-06"]),
        ("status June 2026.csv", ["2026-06"]),
        ("Jun-2026", ["2026-06"]),
        ("2026 Sept", ["2026-09"]),
        ("2025-12 baseline vs 2026-06.csv", ["2025-12", "2026-06"]),
        ("2026-06 corrected 2026-06.csv", ["2026-06"]),
        ("spend 2010-11.csv", []),
        ("spend 2010-11-30.csv", ["2010-11"]),
        ("version-2026-13.csv", []),
        ("20261306.csv", []),
        ("2026-02-31.csv", []),
        ("marchland 2026", []),
        ("Maymont 2026", []),
        ("order 1202606", []),
        ("", []),
    ],
)
def test_months_named(text: str, months: list[str]) -> None:
    assert [f"{month:%Y-%m}" for month in months_named(text)] == months


@given(
    st.dates(dt.date(2012, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["%Y-%m", "%Y%m%d", "%B %Y", "%b-%Y", "%Y %b"]),
)
def test_a_month_written_comes_back(day: dt.date, form: str) -> None:
    assert [f"{month:%Y-%m}" for month in months_named(f"report {day.strftime(form)} v2.xlsx")] == [
        f"{day:%Y-%m}"
    ]


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("Printed 3 July 2026", True),
        ("Initiative list – 31-May-2025", True),
        ("July 3, 2026", True),
        ("Portfolio report June 2026", False),
        ("10 projects in June 2026", False),
    ],
)
def test_days_in_words(text: str, is_day: bool) -> None:
    assert names_a_day(text) == is_day
