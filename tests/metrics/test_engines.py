"""The whole catalogue on every engine in this process: equal figures, equal reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metrics.engines import CALLS, ENGINES, EVERYWHERE, expect_the_same, expect_the_same_colours

if TYPE_CHECKING:
    import pandas as pd

IN_PROCESS = [engine for engine in ENGINES if engine != "pyspark"]


@pytest.mark.parametrize(
    ("engine", "call"),
    [(engine, call) for engine in IN_PROCESS for call in (CALLS if "polars" in engine else EVERYWHERE)],
)
def test_every_engine_gives_the_same(
    engine: str, call: str, portfolio_tables: dict[str, pd.DataFrame]
) -> None:
    expect_the_same(engine, call, portfolio_tables)


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_colours_are_counted_the_same(engine: str) -> None:
    expect_the_same_colours(engine)
