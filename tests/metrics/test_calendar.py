"""Day numbers against the calendar of the standard library; days that are none."""

from __future__ import annotations

import datetime as dt

import narwhals as nw
import pandas as pd
import pytest

from pmo_analytics.errors import InvalidTable
from pmo_analytics.metrics.calendar import as_day, day_number, month_end, month_number

#: Around the leap days that come, are left out every hundred years, and come again every four hundred.
DAYS = [
    dt.date(1899, 12, 31),
    dt.date(1900, 3, 1),
    dt.date(1999, 12, 31),
    dt.date(2000, 2, 29),
    dt.date(2001, 1, 1),
    dt.date(2024, 2, 29),
    dt.date(2026, 6, 30),
    dt.date(2100, 3, 1),
    dt.date(2101, 1, 1),
    dt.date(2200, 12, 31),
]


@pytest.fixture(scope="module")
def numbered() -> pd.DataFrame:
    days = pd.DataFrame({"day": pd.to_datetime(DAYS)})
    both = (day_number(nw.col("day")).alias("number"), month_number(nw.col("day")).alias("month"))
    return nw.from_native(days).select(*both).to_native()


def test_day_numbers_are_those_of_the_standard_library(numbered: pd.DataFrame) -> None:
    assert numbered["number"].tolist() == [day.toordinal() for day in DAYS]


def test_month_numbers(numbered: pd.DataFrame) -> None:
    # December 1899 is the 12th month after 1,899 years; June 2026 the 6th after 2,026
    assert numbered["month"].iloc[[0, 6]].tolist() == [22_800, 24_318]


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-15", "2026-06-30"])
def test_the_end_of_a_month_lies_ahead(day: str) -> None:
    assert month_end(as_day(day)) == dt.date(2026, 6, 30)


@pytest.mark.parametrize("given", ["soon", None, pd.NaT, ["2026-06-30"]])
def test_what_names_no_day_is_refused(given: object) -> None:
    with pytest.raises(InvalidTable, match="no date"):
        as_day(given)


@pytest.mark.parametrize(
    ("day", "end"), [("2026-06-30", "2026-06-30"), ("2026-06-01", "2026-06-30"), ("2024-02-28", "2024-02-29")]
)
def test_the_end_of_the_month(day: str, end: str) -> None:
    assert month_end(dt.date.fromisoformat(day)) == dt.date.fromisoformat(end)
