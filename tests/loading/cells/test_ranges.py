from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_analytics.loading.cells.amounts import read_money
from pmo_analytics.loading.cells.dates import read_day
from pmo_analytics.loading.cells.ranges import read_range


def ranges(text: str) -> tuple[list[float | None], str | None]:
    found = read_range(text, lambda part: read_money(part)[0])
    return ([None] * 3, None) if found is None else ([found.low, found.mid, found.high], found.code)


@pytest.mark.parametrize(
    ("text", "ends", "code"),
    [
        ("Low: 2750.00, Mid: 2820.00, High: 3100.00", [2750, 2820, 3100], "RANGE"),
        ("Min: 5\nMost likely: 6\nMax: 7", [5, 6, 7], "RANGE"),
        ("High: 7; Mid: 6; Low: 5", [5, 6, 7], "RANGE"),
        ("Mid: £5m; High: £6m", [None, 5e6, 6e6], "RANGE"),
        ("Low: NA, Mid: 5, High: NA", [None, 5, None], "RANGE"),
        ("Low: 2,750.00, High: 3,100.00", [2750, None, 3100], "RANGE_WITHOUT_MIDDLE"),
        ("Low: 10, Mid: 5, High: 20", [10, 5, 20], "RANGE_OUT_OF_ORDER"),
        ("Low: foo, Mid: 5", [None, None, None], None),
        ("Below: 5", [None, None, None], None),
        ("100 - 250 Million", [1e8, None, 2.5e8], "BAND"),
        ("500 Million +", [5e8, None, None], "BAND"),
        ("< 5 Million", [None, None, 5e6], "BAND"),
        ("£5m–£10m", [5e6, None, 1e7], "BAND"),
        ("between £1m and £2m", [1e6, None, 2e6], "BAND"),
        ("up to £5m", [None, None, 5e6], "BAND"),
        ("-5 - -3", [None, None, None], None),
        ("10-5", [None, None, None], None),
        ("x - y", [None, None, None], None),
        ("10 -", [None, None, None], None),
        ("5", [None, None, None], None),
        ("1 - 2" + " " * 200 + "3", [None, None, None], None),
    ],
)
def test_ranges_and_bands(text: str, ends: list[float | None], code: str | None) -> None:
    assert ranges(text) == (ends, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Low: 31/03/2026, Mid: 30/04/2026, High: 31/05/2026", "RANGE"),
        ("2026-03-31 to 2026-04-30", "BAND"),
        ("31 March 2026 – 30 April 2026", "BAND"),
        ("01/02/2026 - 30/04/2026", None),
        ("2026-03-31", None),
        ("31-03-2026", None),
    ],
)
def test_ranges_of_days(text: str, code: str | None) -> None:
    found = read_range(text, lambda part: read_day(part)[0])
    assert (found.code if found else None) == code


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=3).map(sorted))
def test_ranges_come_back(values: list[int]) -> None:
    low, mid, high = values
    assert ranges(f"Low: {low:,}.00, Mid: {mid:,}.00, High: {high:,}.00") == (values, "RANGE")
