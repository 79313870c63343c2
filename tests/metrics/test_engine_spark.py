"""The whole catalogue on Spark: the figures and reasons of pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metrics.engines import EVERYWHERE, expect_the_same, expect_the_same_colours

if TYPE_CHECKING:
    import pandas as pd


# Spark takes most of a minute to plan one call, so it has those that use every table, key and join
@pytest.mark.parametrize("call", EVERYWHERE)
def test_spark_gives_the_same(call: str, portfolio_tables: dict[str, pd.DataFrame]) -> None:
    expect_the_same("pyspark", call, portfolio_tables)


def test_colours_are_counted_the_same() -> None:
    expect_the_same_colours("pyspark")
