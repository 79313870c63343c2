"""The engines a frame may come from, the calls that are compared, and what is equal of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyspark.sql
import pytest

from metrics.spark import to_spark
from pmo_analytics.metrics.measuring import measure
from pmo_analytics.rollups import count_colours, roll_up

if TYPE_CHECKING:
    from collections.abc import Callable

AS_OF = "2026-06-30"


def to_polars(frame: pd.DataFrame) -> pl.DataFrame:
    return pl.from_pandas(frame.reset_index(drop=True))


ENGINES: dict[str, tuple[Callable[[pd.DataFrame], Any], type]] = {
    "polars": (to_polars, pl.DataFrame),
    "polars lazy": (lambda frame: to_polars(frame).lazy(), pl.LazyFrame),
    "duckdb": (lambda frame: duckdb.from_arrow(to_polars(frame).to_arrow()), duckdb.DuckDBPyRelation),
    "pyspark": (to_spark, pyspark.sql.DataFrame),
}
#: Calls that every engine is compared in; the others only where a plan of hundreds of columns costs little.
EVERYWHERE = ("measure", "programme and period")
CALLS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "measure": lambda tables: measure(tables, as_of=AS_OF),
    "whole": lambda tables: roll_up(tables, as_of=AS_OF),
    "programme": lambda tables: roll_up(tables, by="programme_id", as_of=AS_OF),
    "programme and department": lambda tables: roll_up(
        tables, by=["programme_id", "department"], as_of=AS_OF
    ),
    "period": lambda tables: roll_up(tables, by="period", as_of=AS_OF),
    "programme and period": lambda tables: roll_up(tables, by=["programme_id", "period"], as_of="2026-06-20"),
    "currency": lambda tables: roll_up(tables, by="currency", as_of=AS_OF),
    "as now": lambda tables: roll_up(
        tables, by=["programme_id", "period"], as_of=AS_OF, tree="now", metrics=["ac", "cpi", "risk_emv"]
    ),
}


def to_pandas(frame: Any) -> pd.DataFrame:
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, duckdb.DuckDBPyRelation):
        frame = frame.pl()
    if isinstance(frame, pyspark.sql.DataFrame):
        return pd.DataFrame([row.asDict() for row in frame.collect()], columns=frame.columns)
    return pd.DataFrame(frame.to_dict(as_series=False))


def expect_the_same(engine: str, call: str, tables: dict[str, pd.DataFrame]) -> None:
    """The engine gives the figures and reasons of pandas, and its own kind of frame."""
    convert, kind = ENGINES[engine]
    expected = CALLS[call](tables)
    native = CALLS[call]({name: convert(frame) for name, frame in tables.items()})
    assert isinstance(native, kind)
    found = to_pandas(native)
    assert list(found.columns) == list(expected.columns)
    assert len(expected) > 0
    for column in expected:
        left, right = expected[column], found[column]
        assert (left.isna() == right.isna()).all(), column
        if pd.api.types.is_numeric_dtype(left):
            assert left.dropna().to_list() == pytest.approx(right.dropna().to_list(), rel=1e-9), column
        else:
            assert left.dropna().to_list() == right.dropna().to_list(), column


def expect_the_same_colours(engine: str) -> None:
    """The engine counts colours as pandas does."""
    rated = pd.DataFrame(
        {
            "department": ["A", "A", None, "B"],
            "rag_reported": ["green", None, "red", "amber"],
            "rag_computed": [None, "red", "red", "amber_red"],
        }
    )
    convert, _ = ENGINES[engine]
    found = to_pandas(count_colours(convert(rated), by="department"))
    expected = count_colours(rated, by="department")
    numbers = [column for column in expected if column != "department"]
    assert found[numbers].to_numpy().tolist() == expected[numbers].to_numpy().tolist()
    assert found["department"].dropna().to_list() == ["A", "B"]
