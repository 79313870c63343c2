"""Every table of the data dictionary: known by its titles and by its names, from files and from frames."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.quality.kinds import KINDS
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table, tables
from pmo_analytics.schemas.words import word_list

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_analytics.schemas.tables import Column

#: Projects and their reports share a sheet, tasks have profiles of their own: they are tried elsewhere.
NAMES = [name for name in tables() if name not in ("entities", "projects", "status", "identities", "tasks")]

PLAIN: dict[Kind, str] = {
    Kind.DATE: "2026-06-05",
    Kind.PERIOD: "2026-06-30",
    Kind.MONEY: "5",
    Kind.FRACTION: "0.5",
    Kind.NUMBER: "2",
    Kind.FLAG: "yes",
    Kind.COLOUR: "green",
}
#: What is said of headings and cells that are not understood.
TROUBLE = {code for code in KINDS if code.startswith(("UNREADABLE", "UNMAPPED", "AMBIGUOUS", "DUPLICATE"))}


def text(column: Column, row: int) -> str:
    """A value that the column takes; identifiers and names are those of the row."""
    if "currency" in column.name:
        return "EUR" if column.name == "to_currency" else "GBP"
    if column.words:
        words = word_list(column.words)
        return words[row % len(words)]
    return PLAIN.get(column.kind, f"{column.name} {row}")


def records(name: str, count: int = 3) -> list[dict[str, str]]:
    """Rows of a table, no two with the same key."""
    columns = [column for column in table(name).columns.values() if not column.derived]
    rows = [{column.name: text(column, row) for column in columns} for row in range(count)]
    for row, record in enumerate(rows):
        if name == "calendar":
            record["start"], record["end"] = f"2026-06-{row + 1:02d}", f"2026-06-{row + 1:02d}"
    return rows


def write(path: Path, headings: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *([*row.values()] for row in rows)])


def kept(portfolio: pmo.Portfolio, name: str) -> Any:
    """The rows of a table without provenance, in the order of the file."""
    frame = portfolio[name].sort_values("source_row")
    return frame[[c.name for c in table(name).columns.values() if not c.derived]].reset_index(drop=True)


@pytest.mark.parametrize("by", ["title", "name"])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_known_by_its_headings(tmp_path: Path, name: str, by: str) -> None:
    rows = records(name)
    write(tmp_path / "export.csv", [getattr(table(name).columns[c], by) for c in rows[0]], rows)
    portfolio = pmo.load(tmp_path, period="2026-06", as_of="2026-06-30")
    assert portfolio.delivered == {name}
    assert len(kept(portfolio, name)) == len(rows)
    assert kept(portfolio, name).notna().all(axis=None)
    assert portfolio.quarantine.empty
    assert not portfolio.sources[0].unmapped
    assert not set(portfolio.findings["code"]) & TROUBLE


@pytest.mark.parametrize("name", NAMES)
def test_frames_say_the_same_as_files(tmp_path: Path, name: str) -> None:
    rows = records(name)
    write(tmp_path / "export.csv", list(rows[0]), rows)
    from_file = pmo.load(tmp_path, period="2026-06", as_of="2026-06-30")
    from_frame = pmo.from_frames(as_of="2026-06-30", **{name: pd.DataFrame(rows)})
    pd.testing.assert_frame_equal(kept(from_frame, name), kept(from_file, name))


@pytest.mark.parametrize("name", NAMES)
def test_what_has_no_key_or_has_it_twice_is_kept_out(name: str) -> None:
    first, second, third = records(name)
    needed = next(key for key in table(name).needed_key if key != "period")
    frame = pd.DataFrame([first, second | {needed: None}, third, dict(first)])
    portfolio = pmo.from_frames(as_of="2026-06-30", **{name: frame})
    assert len(portfolio[name]) == 2
    codes = portfolio.quarantine["code"].to_list()
    missing = "MISSING_PERIOD" if table(name).columns[needed].kind is Kind.PERIOD else "MISSING_KEY"
    assert sorted(codes) == sorted(["DUPLICATE_KEY", missing])


def test_supply_and_demand_are_rows_of_one_table() -> None:
    frame = pd.DataFrame(
        {
            "role": ["Welder", "Welder", "Welder", "Welder", "Welder"],
            "team": ["Yard", "Yard", "Yard", None, None],
            "project_id": [None, "P1", "P2", "P1", " p1 "],
            "capacity_fte": [10, None, None, None, None],
            "demand_fte": [None, 4, 3, 1, 2],
        }
    )
    portfolio = pmo.from_frames(as_of="2026-06-30", resources=frame)
    assert portfolio.resources["entity_id"].isna().to_list() == [True, False, False, False]
    assert portfolio.resources["capacity_fte"].sum() == 10
    # The last two leave the same open, so they are one row that is said twice.
    assert portfolio.quarantine["code"].to_list() == ["DUPLICATE_KEY"]


def test_two_files_that_leave_the_same_open_are_combined(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("Role,Team,Capacity FTE\nWelder,,10\nFitter,,3\n", "utf-8")
    portfolio = pmo.load(tmp_path, period="2026-06", as_of="2026-06-30")
    assert portfolio.resources["capacity_fte"].to_list() == [10, 3]
    assert "REPEATED_ROWS" in set(portfolio.findings["code"])


def test_tables_of_nobody_stay_where_a_part_is_taken() -> None:
    projects = pd.DataFrame({"project_id": ["P1", "P2"], "programme_id": ["A", "B"]})
    baselines = pd.DataFrame({"project_id": ["P1", "P2"], "version": [1, 1]})
    gates = pd.DataFrame({"gate_code": ["G1", "G2"]})
    whole = pmo.from_frames(as_of="2026-06-30", projects=projects, baselines=baselines, gates=gates)
    part = whole.only(programme_id="A")
    assert part.baselines["project_id"].to_list() == ["P1"]
    assert part.gates["gate_code"].to_list() == ["G1", "G2"]


@pytest.mark.parametrize(
    "headings",
    [
        "Name,Role,Email",
        "Project ID,Due,Owner,RAG",
        "Project,Start,End,Fiscal year,Budget",
        "Project ID,Project name,Baseline version,Baseline start,Baseline finish,BAC",
        "Milestone ID,Project ID,Milestone,Baseline version,Baseline date,Forecast date",
    ],
)
def test_everyday_headings_are_no_table_of_these(tmp_path: Path, headings: str) -> None:
    (tmp_path / "list-2026-06.csv").write_text(f"{headings}\n{'x,' * headings.count(',')}x\n", "utf-8")
    try:
        delivered = pmo.load(tmp_path, period="2026-06", as_of="2026-06-30").delivered
    except pmo.PmoError:
        delivered = frozenset()
    assert delivered <= {"projects", "status", "milestones"}
