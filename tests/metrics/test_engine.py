"""Carrying pandas frames to Polars and back changes no value and no dtype."""

from __future__ import annotations

import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_analytics.metrics.engine import brought_home, carried

TEXTS = st.one_of(st.none(), st.text(max_size=6))
NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
DAYS = st.one_of(
    st.none(),
    st.datetimes(
        min_value=pd.Timestamp("1800-01-01").to_pydatetime(),
        max_value=pd.Timestamp("2200-01-01").to_pydatetime(),
    ),
)


def there_and_back(frame: pd.DataFrame) -> pd.DataFrame:
    return brought_home(carried(nw.from_native(frame)))


@given(st.lists(st.tuples(TEXTS, NUMBERS, DAYS), max_size=8))
def test_values_and_dtypes_come_back(rows: list[tuple[str | None, float | None, object]]) -> None:
    texts, numbers, days = ([row[n] for row in rows] for n in range(3))
    frame = pd.DataFrame(
        {
            "text": pd.array(texts, dtype="str"),
            "number": pd.array(numbers, dtype="float64"),
            "day": pd.array(days, dtype="datetime64[us]"),
        }
    )
    pd.testing.assert_frame_equal(there_and_back(frame), frame)


def test_counts_stay_whole() -> None:
    counted = carried(nw.from_native(pd.DataFrame({"number": [1.0, 2.0]}))).select(
        nw.col("number").count().cast(nw.Int64)
    )
    home = brought_home(counted)
    assert home["number"].dtype == "int64"
    assert home["number"].to_list() == [2]


def test_every_row_has_its_own_number() -> None:
    frame = pd.DataFrame({"number": [1.0, 2.0]}, index=[7, 7])
    assert there_and_back(frame).index.to_list() == [0, 1]


@pytest.mark.parametrize("frame", [pl.DataFrame({"a": [1]}), pl.LazyFrame({"a": [1]})], ids=["eager", "lazy"])
def test_other_frames_stay_what_they_are(frame: pl.DataFrame | pl.LazyFrame) -> None:
    assert nw.to_native(carried(nw.from_native(frame))) is frame
