from __future__ import annotations

import pandas as pd
import pytest

from pmo_analytics.charts.dates import span_of

AS_OF = pd.Timestamp("2026-06-30")
NEAR = pd.Series(pd.to_datetime(["2026-01-01", "2027-01-01"]))


@pytest.mark.parametrize(
    ("day", "first", "last", "clipped"),
    [
        ("2011-06-30", "2011-06-30", "2027-01-01", False),
        ("2011-06-29", "2026-01-01", "2027-01-01", True),
        ("2041-06-30", "2026-01-01", "2041-06-30", False),
        ("2041-07-01", "2026-01-01", "2027-01-01", True),
    ],
)
def test_days_past_the_horizon_do_not_stretch_the_axis(
    day: str, first: str, last: str, clipped: bool
) -> None:
    span = span_of([NEAR, pd.Series([pd.Timestamp(day), pd.NaT])], AS_OF)
    assert (span.first, span.last, span.clipped) == (pd.Timestamp(first), pd.Timestamp(last), clipped)


def test_days_past_the_horizon_are_drawn_at_the_edge_and_none_in_the_lane() -> None:
    days = pd.Series(pd.to_datetime(["1926-01-01", "2026-03-01", "2206-01-01", None]))
    span = span_of([NEAR, days], AS_OF)
    assert span.place(days).tolist() == ["2026-01-01", "2026-03-01", "2027-01-01", f"{span.lane:%Y-%m-%d}"]
    assert span.lane < span.first


def test_an_axis_covers_the_as_of_day_and_is_never_too_short() -> None:
    span = span_of([pd.Series([AS_OF])], AS_OF)
    assert (span.first, span.last) == (AS_OF - pd.Timedelta(days=60), AS_OF + pd.Timedelta(days=60))
    assert span_of([NEAR - pd.DateOffset(years=1)], AS_OF).last == AS_OF
