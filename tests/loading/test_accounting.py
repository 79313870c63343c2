"""Accounting: every row of a file is counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import pmo_analytics as pmo
from pmo_analytics.report.checking import check_record, check_text

if TYPE_CHECKING:
    from pathlib import Path

PROJECTS = ["Project ID", "Project", "RAG"]
RISKS = ["Risk ID", "Project", "Title"]


@pytest.mark.parametrize(
    ("sheets", "counts"),
    [
        # above, unrecognised, accepted, quarantined, empty
        ({"A": [["Report"], [], PROJECTS, ["P1", "A", "Green"]]}, (3, 0, 1, 0, 0)),
        ({"A": [PROJECTS, ["P1", "A", "Green"], [], ["P1", "A", "Red"]], "Notes": [["x"], [], ["y"]]}, (1, 3, 1, 1, 1)),
        (
            {"A": [PROJECTS, ["P1", "A", "Green"], [], ["Risks"], RISKS, ["R1", "P1", "Fire"]]},
            (3, 0, 2, 0, 1),
        ),
        (  # side by side: kept out on one side is kept out, data on one side is data
            {
                "A": [
                    [*PROJECTS, None, *RISKS],
                    ["P1", "A", "Green", None, "R1", "P1", "Fire"],
                    ["P2", "B", "Green", None, "R1", "P1", "Flood"],
                    [None, None, None, None, "R2", "P1", "Flood"],
                ]
            },
            (1, 0, 2, 1, 0),
        ),
    ],
)  # fmt: skip
def test_every_row_is_counted_once(
    tmp_path: Path, sheets: dict[str, list[list[object]]], counts: tuple[int, ...]
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    path = tmp_path / "status-2026-06.xlsx"
    book.save(path)
    (file,) = pmo.load(path).files
    assert (file.above, file.unrecognised, file.accepted, file.quarantined, file.empty) == counts
    assert file.above + file.unrecognised + file.read == sum(len(rows) for rows in sheets.values())
    assert file.read == file.accepted + file.quarantined + file.empty


def test_the_check_prints_what_stands_besides(tmp_path: Path) -> None:
    path = tmp_path / "status-2026-06.csv"
    path.write_text("Report\n\nProject ID,Project,RAG\nP1,A,Green\n", "utf-8")
    text = check_text(check_record(pmo.load(path)))
    assert "1 rows = 1 accepted + 0 quarantined + 0 empty; besides 3 of titles and headers" in text


def test_a_visible_sheet_counts_before_a_hidden_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, colour in (("Old", "Red"), ("New", "Green")):
        page = book.create_sheet(name)
        page.append(["Project ID", "PV", "RAG"])
        page.append(["P1", 5, colour])
    book.remove(book["Sheet"])
    book["Old"].sheet_state = "veryHidden"
    path = tmp_path / "status-2026-06.xlsx"
    book.save(path)
    portfolio = pmo.load(path)
    (row,) = portfolio.status["source"]
    assert {source.key: source.sheet for source in portfolio.sources}[row] == "New"
    found = set(zip(portfolio.findings["code"], portfolio.findings["sheet"], strict=True))
    assert ("VALUE_CONFLICT", "Old") in found


@pytest.mark.parametrize(
    ("policy", "projects", "told"),
    [
        ("read", ("P1", "P2", "P9"), {"HIDDEN_ROWS", "HIDDEN_COLUMNS", "HIDDEN_SHEET"}),
        ("skip", ("P1",), {"HIDDEN_ROWS", "HIDDEN_COLUMNS", "HIDDEN_ROW", "HIDDEN_SHEET_SKIPPED"}),
    ],
)
def test_what_is_hidden_is_read_or_set_aside_and_told(
    tmp_path: Path, policy: str, projects: tuple[str, ...], told: set[str]
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in (PROJECTS, ["P1", "A", "Green"], ["P2", "B", "Red"]):
        page.append(row)
    page.row_dimensions[3].hidden = True
    page.column_dimensions["B"].hidden = True
    other = book.create_sheet("Old")
    other.sheet_state = "hidden"
    for row in (PROJECTS, ["P9", "Z", "Red"]):
        other.append(row)
    path = tmp_path / "status-2026-06.xlsx"
    book.save(path)
    portfolio = pmo.load(path, config=pmo.Settings(hidden=policy))
    assert portfolio.project_ids == projects
    assert {code for code in portfolio.findings["code"] if code.startswith("HIDDEN")} == told
    (file,) = portfolio.files
    assert file.above + file.unrecognised + file.read == 5
    assert file.read == file.accepted + file.quarantined + file.empty
