"""Builders of small typed tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.quality.checking import run_rules
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

PERIOD = "2026-06-30"


#: What stands in the parts of a key that are no text.
_KEYS: dict[Kind, Any] = {Kind.PERIOD: PERIOD, Kind.DATE: "2026-01-01", Kind.NUMBER: 1}


def build(table_name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """A typed table; a row has what it is given, an id, the period of June 2026 and its provenance."""
    spec = table(table_name)
    filled = []
    for number, row in enumerate(rows, start=2):
        base = {name: _KEYS.get(spec.columns[name].kind, f"X{number}") for name in spec.needed_key}
        filled.append(base | {SOURCE: "s1", SOURCE_ROW: number} | row)
    data = pd.DataFrame(filled)
    columns = {
        name: pd.Series(data.get(name), index=data.index).astype(dtype)
        for name, dtype in spec.dtypes().items()
    }
    return pd.DataFrame(columns)


@pytest.fixture(scope="session")
def make() -> Callable[..., pd.DataFrame]:
    """Makes a typed table of dictionaries."""
    return build


@pytest.fixture(scope="session")
def found() -> Callable[..., list[tuple[Any, ...]]]:
    """Runs the rules and gives the faults of one code: table, column, row, value, detail."""

    def run(code: str, **tables: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        told = run_rules({name: build(name, *rows) for name, rows in tables.items()}).faults
        hits = told[told["code"] == code]
        names = ["table", "column", SOURCE_ROW, "value", "detail"]
        return list(hits[names].itertuples(index=False, name=None))

    return run
