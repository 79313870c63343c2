"""Every edge at which a figure changes: limits just reached and just missed, one thing at a time, by hand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import pmo_analytics as pmo
from metrics import edges_of_curves, edges_of_dates, edges_of_money, edges_of_registers, edges_of_requests
from metrics.edges import AS_OF, tables_of

if TYPE_CHECKING:
    from metrics.edges import Edge

EDGES: list[Edge] = [
    *edges_of_money.EDGES,
    *edges_of_curves.EDGES,
    *edges_of_dates.EDGES,
    *edges_of_registers.EDGES,
    *edges_of_requests.EDGES,
]
ALONE = [(one.what, metric) for one in EDGES if len(one.rows) == 1 for metric in one.expected]
GROUPS = [(one.what, metric) for one in EDGES if len(one.rows) > 1 for metric in one.expected]
EXPECTED = {(one.what, metric): value for one in EDGES for metric, value in one.expected.items()}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return tables_of(EDGES)


@pytest.fixture(scope="module")
def measured(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pmo.measure(tables, as_of=AS_OF).set_index("project_id")


@pytest.fixture(scope="module")
def rolled_up(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pmo.roll_up(tables, by="programme_id", as_of=AS_OF).set_index("programme_id")


def test_every_edge_has_a_name_of_its_own() -> None:
    assert [what for what, n in Counter(one.what for one in EDGES).items() if n > 1] == []


def expect(found: pd.DataFrame, what: str, metric: str) -> None:
    figure, expected = found.loc[what, metric], EXPECTED[what, metric]
    reason = None if metric.endswith("_n_used") else found.loc[what, f"{metric}_reason"]
    if isinstance(expected, str):
        assert reason == expected
        assert pd.isna(figure)
    else:
        assert figure == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert pd.isna(reason)


@pytest.mark.parametrize(("what", "metric"), ALONE)
def test_a_project(measured: pd.DataFrame, what: str, metric: str) -> None:
    expect(measured, what, metric)


@pytest.mark.parametrize(("what", "metric"), GROUPS)
def test_a_group(rolled_up: pd.DataFrame, what: str, metric: str) -> None:
    expect(rolled_up, what, metric)
