"""Every edge at which a figure changes: limits just reached and just missed, one thing at a time, by hand."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import pmo_analytics as pmo
from metrics import (
    edges_of_baselines,
    edges_of_cases,
    edges_of_curves,
    edges_of_dates,
    edges_of_forecasts,
    edges_of_logs,
    edges_of_money,
    edges_of_people,
    edges_of_registers,
    edges_of_requests,
    edges_of_rules,
    edges_of_stages,
)
from metrics.edges import AS_OF, tables_of
from pmo_analytics.metrics.catalogue import CATALOGUE, MEASURES
from pmo_analytics.metrics.figures import metrics_of
from pmo_analytics.metrics.measure import SPINE
from pmo_analytics.metrics.registers import ITEM_REGISTERS
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from metrics.edges import Edge

EDGES: list[Edge] = [
    *edges_of_baselines.EDGES,
    *edges_of_cases.EDGES,
    *edges_of_curves.EDGES,
    *edges_of_dates.EDGES,
    *edges_of_forecasts.EDGES,
    *edges_of_logs.EDGES,
    *edges_of_money.EDGES,
    *edges_of_people.EDGES,
    *edges_of_registers.EDGES,
    *edges_of_requests.EDGES,
    *edges_of_rules.EDGES,
    *edges_of_stages.EDGES,
]


def needs_no_register(one: Edge) -> bool:
    """Whether all that is expected comes from project lists and status reports."""
    measures = [MEASURES[name] for metric in one.expected for name in CATALOGUE[metric].measures]
    return {measure.table for measure in measures} == {SPINE}


GROUPS = [one for one in EDGES if len(one.rows) > 1]
OF_SPINE = [one for one in EDGES if one not in GROUPS and needs_no_register(one)]
OF_ALL = [one for one in EDGES if one not in GROUPS and one not in OF_SPINE]
EXPECTED = {(one.what, metric): value for one in EDGES for metric, value in one.expected.items()}


def asked(edges: list[Edge]) -> list[tuple[str, str]]:
    return [(one.what, metric) for one in edges for metric in one.expected]


#: What is expected of rows of one register alone, with the register.
OF_ITEMS = [
    (name, one.what, metric.name)
    for name in ITEM_REGISTERS
    for metric in metrics_of(name)
    for one in OF_ALL
    if metric.name in one.expected and name in one.rows[0]
]


@pytest.fixture(scope="module")
def of_spine() -> pd.DataFrame:
    return pmo.measure(tables_of(OF_SPINE), as_of=AS_OF).set_index("project_id")


@pytest.fixture(scope="module")
def of_all() -> pd.DataFrame:
    return pmo.measure(tables_of(OF_ALL), as_of=AS_OF).set_index("project_id")


@pytest.fixture(scope="module")
def of_groups() -> pd.DataFrame:
    rolled = pmo.roll_up(tables_of(GROUPS), by="programme_id", as_of=AS_OF)
    return rolled.set_index("programme_id")


@functools.cache
def of_items(name: str) -> pd.DataFrame:
    """The figures of the rows of one register, by the project that they name."""
    tables = tables_of([one for one in OF_ALL if name in one.rows[0]])
    owner = table(name).entity
    return pmo.roll_up_items(tables, name, by=owner, as_of=AS_OF).set_index(owner)


def expect(found: pd.DataFrame, what: str, metric: str) -> None:
    figure, expected = found.loc[what, metric], EXPECTED[what, metric]
    reason = None if metric.endswith("_n_used") else found.loc[what, f"{metric}_reason"]
    if isinstance(expected, str):
        assert reason == expected
        assert pd.isna(figure)
    else:
        assert figure == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert pd.isna(reason)


def test_every_edge_has_a_name_of_its_own() -> None:
    assert [what for what, n in Counter(one.what for one in EDGES).items() if n > 1] == []


@pytest.mark.parametrize(("what", "metric"), asked(OF_SPINE))
def test_a_project_without_registers(of_spine: pd.DataFrame, what: str, metric: str) -> None:
    expect(of_spine, what, metric)


@pytest.mark.parametrize(("name", "what", "metric"), OF_ITEMS)
def test_the_rows_of_a_register(name: str, what: str, metric: str) -> None:
    expect(of_items(name), what, metric)


@pytest.mark.parametrize(("what", "metric"), asked(OF_ALL))
def test_a_project(of_all: pd.DataFrame, what: str, metric: str) -> None:
    expect(of_all, what, metric)


@pytest.mark.parametrize(("what", "metric"), asked(GROUPS))
def test_a_group(of_groups: pd.DataFrame, what: str, metric: str) -> None:
    expect(of_groups, what, metric)
