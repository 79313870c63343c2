"""Builders of small typed tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.quality.checking import run_rules
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

PERIOD = "2026-06-30"


def build(table_name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """A typed table; a row has what it is given, an id, the period of June 2026 and its provenance."""
    spec = table(table_name)
    filled = []
    for number, row in enumerate(rows, start=2):
        base: dict[str, Any] = {name: f"X{number}" for name in spec.key}
        if "period" in spec.key:
            base["period"] = PERIOD
        filled.append(base | {SOURCE: "s1", SOURCE_ROW: number} | row)
    data = pd.DataFrame(filled)
    columns = {
        name: pd.Series(data[name] if name in data else None, index=data.index).astype(dtype)
        for name, dtype in spec.dtypes().items()
    }
    return pd.DataFrame(columns)


@pytest.fixture(scope="session")
def make() -> Callable[..., pd.DataFrame]:
    """Makes a typed table of dictionaries."""
    return build


@pytest.fixture(scope="session")
def found() -> Callable[..., list[tuple[str, str, str, int, str, str]]]:
    """Runs the rules and gives the faults of one code: table, column, key, row, value, detail."""

    def run(code: str, **tables: list[dict[str, Any]]) -> list[tuple[str, str, str, int, str, str]]:
        frames = {name: build(name, *rows) for name, rows in tables.items()}
        told = run_rules(frames)
        assert code not in {name for name, _ in told.not_run if not told.faults["code"].eq(code).any()} or (
            not told.faults["code"].eq(code).any()
        )
        hits = told.faults[told.faults["code"] == code]
        names = ["table", "column", "key", SOURCE_ROW, "value", "detail"]
        return [tuple(row) for row in hits[names].itertuples(index=False)]  # type: ignore[misc]

    return run
