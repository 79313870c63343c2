"""Rolling up a register by columns of its own rows."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import UnknownName
from pmo_analytics.metrics.figures import metrics_of
from pmo_analytics.metrics.measure import RollUp
from pmo_analytics.metrics.registers import ITEM_REGISTERS
from test_rollups import AS_OF, JUNE, made_up

ISSUES = pd.DataFrame(
    {
        "issue_id": [f"I{n}" for n in range(6)],
        "entity_id": ["P1", "P1", "P2", "P2", "RAIL", "P1"],
        "team": ["Track", "Power", "Track", None, "Power", "Track"],
        "owner": ["A", "B", "A", "A", "B", "B"],
        "due": ["2026-06-01", "2026-07-01", "2026-06-20", "2026-06-29", "2026-06-10", "2026-05-01"],
        "status": ["open", "open", "open", "open", "open", "closed"],
    }
).astype({"due": "datetime64[us]"})
TABLES = {
    "projects": pd.DataFrame(
        {"project_id": ["P1", "P2"], "programme_id": ["RAIL", "RAIL"], "department": ["N", "S"]}
    ),
    "issues": ISSUES,
}
#: A column with words of each register that has no owner.
WORDS_OF = {
    "decisions": "title",
    "changes": "title",
    "dependencies": "description",
    "resources": "named_person",
    "financials": "funding",
    "lessons": "category",
    "submissions": "accepted_by",
    "standards_compliance": "assessor",
}


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return made_up()


@pytest.fixture(scope="module")
def by_department(made: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pmo.roll_up(made, by="department", as_of=AS_OF)


@pytest.fixture(scope="module")
def whole(made: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pmo.roll_up(made, as_of=AS_OF)


@pytest.mark.parametrize("name", ITEM_REGISTERS)
def test_by_a_column_of_projects_it_is_the_roll_up(
    name: str, made: dict[str, pd.DataFrame], by_department: pd.DataFrame
) -> None:
    of_register = pmo.roll_up_items(made, name, by="department", as_of=AS_OF)
    metrics = metrics_of(name)
    assert metrics
    for metric in metrics:
        for column in (metric.name, f"{metric.name}_reason", f"{metric.name}_n_used"):
            pd.testing.assert_series_equal(of_register[column], by_department[column])


@pytest.mark.parametrize("name", ITEM_REGISTERS)
def test_groups_of_rows_add_up_to_the_whole(
    name: str, made: dict[str, pd.DataFrame], whole: pd.DataFrame
) -> None:
    tables = dict(made)
    column = WORDS_OF.get(name, "owner")
    tables[name] = tables[name].assign(
        **{column: [["A", "B", None][n % 3] for n in range(len(tables[name]))]}
    )
    parts = pmo.roll_up_items(tables, name, by=column, as_of=AS_OF)
    assert parts[column].isna().to_list() == [False, False, True]
    assert parts["items"].sum() == len(tables[name])
    for metric in metrics_of(name):
        if metric.roll_up is RollUp.SUM:
            assert parts[metric.name].sum() == pytest.approx(whole[metric.name].item()), metric.name


def test_by_two_columns_of_the_register_and_of_its_projects() -> None:
    found = pmo.roll_up_items(TABLES, "issues", by=["department", "team"], as_of=AS_OF)
    shown = found[["department", "team", "items", "issues_open", "issues_overdue"]].astype(object)
    assert shown.where(shown.notna(), None).to_numpy().tolist() == [
        ["N", "Power", 1, 1, 0],
        ["N", "Track", 2, 1, 1],
        ["S", "Track", 1, 1, 1],
        ["S", None, 1, 1, 1],
    ]


def test_by_its_own_column_alone_every_row_counts() -> None:
    found = pmo.roll_up_items(TABLES, "issues", by="team", as_of=AS_OF)
    assert found["items"].to_list() == [2, 3, 1]
    assert found["issues_overdue_pct"].to_list() == [0.5, 1, 1]


def test_by_month_every_delivery_has_its_own() -> None:
    may = ISSUES.head(2).assign(period=JUNE - pd.offsets.MonthEnd(1))
    tables = {"issues": pd.concat([may, ISSUES.assign(period=JUNE)])}
    found = pmo.roll_up_items(tables, "issues", by=["owner", "period"], as_of=AS_OF)
    assert found["items"].to_list() == [1, 3, 1, 3]


@pytest.mark.parametrize("kind", ["polars", "duckdb"])
def test_it_runs_on_other_engines(kind: str) -> None:
    native = {name: pl.from_pandas(frame) for name, frame in TABLES.items()}
    if kind == "duckdb":
        native = {name: duckdb.from_arrow(frame.to_arrow()) for name, frame in native.items()}
    found = pmo.roll_up_items(native, "issues", by="team", as_of=AS_OF)
    assert isinstance(found, duckdb.DuckDBPyRelation if kind == "duckdb" else pl.DataFrame)
    found = found.pl() if kind == "duckdb" else found
    expected = pmo.roll_up_items(TABLES, "issues", by="team", as_of=AS_OF)
    assert found["issues_overdue"].to_list() == expected["issues_overdue"].to_list()


@pytest.mark.parametrize(
    ("name", "by", "told"),
    [
        ("status", "author", "register"),
        ("evm_periods", "project_id", "register"),
        ("risks", "owner", "Known: issues"),
        ("issues", "due", "column to group issues by"),
    ],
)
def test_what_cannot_be_grouped_is_told(name: str, by: str, told: str) -> None:
    with pytest.raises(UnknownName, match=told):
        pmo.roll_up_items(TABLES, name, by=by, as_of=AS_OF)
