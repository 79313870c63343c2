"""The order of rows and of files says nothing: projects, figures and findings stay the same."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pmo_analytics as pmo
from pmo_analytics.schemas.tables import PROVENANCE

HEAD = "Project ID,Project,Department,RAG,Forecast Finish,EV,AC,BAC,Narrative"
ROWS = (
    "P1,Bridge,Roads,Green,2026-12-31,50,60,100,on track",
    "P2,Tunnel,Roads,Ambre,31/12/2026,20,about 5,90,",
    # twice the same, twice with other figures, once without a name
    "P3,Tower,Sites,Red,2027-01-31,10,£30,80,late",
    "P3,Tower,Sites,Red,2027-01-31,10,£30,80,late",
    "P4,Weir,Water,Amber,2027-02-28,5,7,70,first",
    "p4 ,Weir,Water,Red,2027-03-31,5,8,70,second",
    "P4,,Water,,,,9,,",
    ",Nameless,Water,Green,2027-01-31,1,1,1,",
    "P5,Bridges,Roads,Green,2026-06-30,90,40,60,earned too much",
    "P6,Tunnel,Roads,Green,05/06/2026,1,2,3,which month",
)
#: What of a finding does not name a row.
TOLD = ["code", "severity", "file", "table", "column", "entity_id", "value"]


def facts(portfolio: pmo.Portfolio) -> dict[str, list[tuple[str, ...]]]:
    """Everything that a portfolio says, without the numbers of rows, sorted."""

    def told(frame: pd.DataFrame) -> list[tuple[str, ...]]:
        return sorted(map(tuple, frame.astype("str").to_numpy().tolist()))

    frames = {name: portfolio[name].drop(columns=list(PROVENANCE)) for name in ("projects", "status")}
    said = portfolio.findings[TOLD].assign(file=[Path(file).name for file in portfolio.findings["file"]])
    return {name: told(frame) for name, frame in frames.items()} | {"findings": told(said)}


def loaded(folder: Path, name: str, rows: list[str]) -> pmo.Portfolio:
    (folder / name).write_text("\n".join([HEAD, *rows, ""]), "utf-8")
    return pmo.load(folder / name, period="2026-06")


@pytest.fixture(scope="module")
def as_written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, ...]]]:
    return facts(loaded(tmp_path_factory.mktemp("written"), "status.csv", list(ROWS)))


def test_something_is_at_stake(as_written: dict[str, list[tuple[str, ...]]]) -> None:
    codes = {finding[0] for finding in as_written["findings"]}
    assert codes >= {"DUPLICATE_KEY", "VALUE_CONFLICT", "MISSING_KEY", "AMBIGUOUS_DATE", "EV_ABOVE_BAC"}
    assert len(as_written["projects"]) == 6


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.permutations(ROWS))
def test_the_order_of_rows_changes_nothing(
    as_written: dict[str, list[tuple[str, ...]]], tmp_path: Path, rows: list[str]
) -> None:
    assert facts(loaded(tmp_path, "status.csv", rows)) == as_written


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_files_changes_nothing(tmp_path: Path, turned: bool) -> None:
    """Also where two of them state one thing differently: first is the order of their paths."""
    parts = {"a.csv": ROWS[:5], "b.csv": ROWS[5:8], "c.csv": (ROWS[4], *ROWS[8:])}
    for name, rows in parts.items():
        (tmp_path / name).write_text("\n".join([HEAD, *rows, ""]), "utf-8")
    paths = [tmp_path / name for name in parts]
    order = paths[::-1] if turned else [paths[1], paths[2], paths[0]]
    assert facts(pmo.load(order, period="2026-06")) == facts(pmo.load(paths, period="2026-06"))
