"""The sample: made again it is the same, it has what its README says, its findings are the planted faults."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pmo_analytics import sample
from pmo_analytics.errors import FileMissing
from pmo_analytics.loading.load import load
from pmo_analytics.quality.kinds import KINDS
from pmo_analytics.sample import sample_data, sample_folder

WORKBOOKS = [
    "milestone-plan-2026-06.xlsx",
    "raid-log-2026-06.xlsx",
    *(f"status-2026-{month:02d}.xlsx" for month in range(1, 7)),
]
HEADER_ROWS = {"status-2026-01": 6, "status-2026-02": 6, "status-2026-03": 6}
#: The duplicate in February, the proposal without a number in March, the total in January.
EXTRA_ROWS = {1: 1, 2: 1, 3: 1}


def _rows(path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows below the header of a sheet, by heading."""
    page = load_workbook(path)[sheet]
    header = HEADER_ROWS.get(path.stem, 5)
    headings = [cell.value for cell in page[header]]
    return [
        dict(zip(headings, values, strict=True))
        for values in page.iter_rows(min_row=header + 1, values_only=True)
    ]


def _reports(month: int) -> list[dict[str, object]]:
    return _rows(sample_folder() / f"status-2026-{month:02d}.xlsx", "Status")


def _faults() -> list[dict[str, str]]:
    with (sample_folder() / "faults.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _cells(path: Path) -> dict[tuple[str, str], tuple[object, str, str]]:
    """Value, stored type and number format of every cell that holds something."""
    return {
        (page.title, cell.coordinate): (cell.value, cell.data_type, cell.number_format)
        for page in load_workbook(path)
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder into which the sample was made once more."""
    folder = tmp_path_factory.mktemp("sample")
    path = os.pathsep.join([str(root / "src"), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-B", str(root / "sample_data" / "make_sample.py"), str(folder)],
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    return folder


def test_delivery_is_the_workbooks_alone() -> None:
    assert [path.name for path in sample_data()] == WORKBOOKS


def test_a_missing_sample_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "__file__", str(tmp_path / "src" / "pmo_analytics" / "sample.py"))
    with pytest.raises(FileMissing, match="not part of this installation"):
        sample_folder()


@pytest.mark.parametrize("installed", ["src/pmo_analytics/sample_data", "sample_data"])
def test_the_sample_is_found_in_the_package_or_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: str
) -> None:
    (tmp_path / installed).mkdir(parents=True)
    (tmp_path / installed / "status-2026-06.xlsx").touch()
    monkeypatch.setattr(sample, "__file__", str(tmp_path / "src" / "pmo_analytics" / "sample.py"))
    assert sample_folder() == tmp_path / installed


@pytest.mark.parametrize("name", WORKBOOKS)
def test_made_again_it_is_the_same(made_again: Path, name: str) -> None:
    assert _cells(made_again / name) == _cells(sample_folder() / name)


def test_made_again_the_faults_are_the_same(made_again: Path) -> None:
    again = (made_again / "faults.csv").read_text(encoding="utf-8")
    assert again == (sample_folder() / "faults.csv").read_text(encoding="utf-8")


def test_twenty_projects_in_four_programmes_and_departments() -> None:
    rows = [row for month in range(1, 7) for row in _reports(month) if row["Project ID"]]
    assert {row["Project ID"] for row in rows} == {f"PRJ-{n:03d}" for n in range(1, 21)}
    assert {row["Programme"] for row in rows} == {"RAIL", "DIGITAL", "HOMES", "COAST"}
    assert len({row["Department"] for row in rows}) == 4


@pytest.mark.parametrize(("month", "projects"), [(1, 19), (2, 19), (3, 20), (4, 20), (5, 19), (6, 19)])
def test_projects_of_a_month(month: int, projects: int) -> None:
    rows = _reports(month)
    assert len({row["Project ID"] for row in rows} - {None}) == projects
    assert len(rows) == projects + EXTRA_ROWS.get(month, 0)


def test_one_joins_in_march_and_one_leaves_after_april() -> None:
    months = {month: {row["Project ID"] for row in _reports(month)} - {None} for month in range(1, 7)}
    assert months[3] - months[2] == {"PRJ-020"}
    assert months[4] - months[5] == {"PRJ-005"}


def test_colours_reported_in_june() -> None:
    colours = [row["RAG"] for row in _reports(6)]
    assert {colour: colours.count(colour) for colour in set(colours)} == {"Green": 10, "Amber": 6, "Red": 3}


@pytest.mark.parametrize(
    ("file", "sheet", "rows"),
    [
        ("milestone-plan-2026-06.xlsx", "Milestones", 76),
        ("raid-log-2026-06.xlsx", "Risks", 40),
        ("raid-log-2026-06.xlsx", "Issues", 30),
    ],
)
def test_rows_of_a_register(file: str, sheet: str, rows: int) -> None:
    assert len(_rows(sample_folder() / file, sheet)) == rows


def test_opportunities_and_the_risk_of_a_programme() -> None:
    risks = _rows(sample_folder() / "raid-log-2026-06.xlsx", "Risks")
    assert sum(row["Kind"] == "Opportunity" for row in risks) == 3
    assert [row["Project ID"] for row in risks if not str(row["Project ID"]).startswith("PRJ-")] == ["COAST"]


def test_no_narrative_is_written_twice() -> None:
    texts = [row["Narrative"] for month in range(1, 7) for row in _reports(month) if row["Project ID"]]
    assert len(texts) == len(set(texts))


def test_twelve_faults_in_cells_of_their_own() -> None:
    faults = _faults()
    assert [fault["fault"] for fault in faults] == [str(n) for n in range(1, 13)]
    assert len({(fault["file"], fault["sheet"], fault["cell"]) for fault in faults}) == 12
    assert len({fault["code"] for fault in faults}) == 12
    assert all(fault["severity"] == KINDS[fault["code"]].severity for fault in faults)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("DUPLICATE_KEY", "PRJ-009"),
        ("MISSING_KEY", None),
        ("UNKNOWN_COLOUR", "Ambre"),
        ("UNREADABLE_MONEY", "approx. 15"),
        ("AMBIGUOUS_DATE", "05/06/2026"),
        ("EV_ABOVE_BAC", 3.642),
        ("RAG_WITHOUT_PATH", "Amber"),
        ("UNRESOLVED_LINK", "PRJ-099"),
        ("ERROR_CELL", "#REF!"),
    ],
)
def test_what_stands_in_the_cell_of_a_fault(code: str, value: object) -> None:
    fault = next(fault for fault in _faults() if fault["code"] == code)
    cell = load_workbook(sample_folder() / fault["file"])[fault["sheet"]][fault["cell"]]
    assert cell.value == value
    assert (cell.data_type == "e") == (code == "ERROR_CELL")


def test_the_findings_are_the_planted_faults() -> None:
    address = ("code", "severity", "table", "column", "sheet", "cell")
    findings = load(sample_data()).findings
    found = [
        (Path(row["file"]).name, *(row[name] for name in address)) for row in findings.to_dict("records")
    ]
    planted = [(fault["file"], *(fault[name] for name in address)) for fault in _faults()]
    assert sorted(found) == sorted(planted)
