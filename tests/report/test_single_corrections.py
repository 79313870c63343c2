"""Corrections cell by cell: of forms, and of sheets whose records stand in columns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import pmo_analytics as pmo
from loading.forms import FILLED, KEYS, write_form, write_map, write_profile

FIRST = 5
FAULTY = dict(FILLED) | {"Confidence": "Ambre", "Spent (£m)": "approx. 12", "MS3 when": "soon"}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    folder.mkdir()
    return write_profile(folder)


def rows_of(sheet: Worksheet) -> dict[str, int]:
    """The rows of a sheet of corrections by the cell that they are about."""
    return {str(sheet.cell(row, 1).value): row for row in range(FIRST, sheet.max_row + 1)}


def mend(path: Path, values: dict[tuple[str, str], object]) -> None:
    """Enter values by the sheet of the original, as in the title of a sheet of corrections, and cell."""
    book = openpyxl.load_workbook(path)
    left = dict(values)
    for sheet in book.worksheets[1:]:
        title = str(sheet["A1"].value)
        for cell, row in rows_of(sheet).items():
            for (name, place), value in values.items():
                if place == cell and title.endswith(f"sheet {name}"):
                    sheet.cell(row, 5).value = value
                    del left[name, place]
    assert not left
    book.save(path)


def codes(portfolio: pmo.Portfolio, *wanted: str) -> list[str]:
    return [code for code in portfolio.findings["code"] if code in wanted]


WRONG = ("UNKNOWN_COLOUR", "UNREADABLE_MONEY", "UNREADABLE_DATE")


def test_cells_of_a_form_are_mended_one_by_one(tmp_path: Path, profile: Path) -> None:
    form = write_form(tmp_path / "bridge.xlsx", FAULTY)
    before = pmo.load(form, profile=profile)
    assert sorted(codes(before, *WRONG)) == sorted(WRONG)
    (path,) = pmo.write_corrections(before, tmp_path / "mend")
    book = openpyxl.load_workbook(path)
    shown = {
        (str(sheet["A1"].value).rpartition(" ")[2], cell): (
            sheet.cell(row, 4).value,
            sheet.cell(row, 5).value,
        )
        for sheet in book.worksheets[1:]
        if sheet.sheet_state == "visible"
        for cell, row in rows_of(sheet).items()
    }
    assert shown["Standing", "D5"] == ("Overall RAG", "Ambre")
    assert shown["Standing", "D6"][1] == "approx. 12"
    assert shown["Plan", "C6"] == ("Forecast date", "soon")

    untouched = pmo.load([form, path], profile=profile)
    for name in before.tables:
        pd.testing.assert_frame_equal(before[name], untouched[name])
    assert codes(untouched, "ROW_REPLACED") == []

    day = dt.datetime(2027, 3, 31)
    mend(path, {("Standing", "D5"): "Amber", ("Standing", "D6"): 12, ("Plan", "C6"): day})
    after = pmo.load([form, path], profile=profile)
    assert codes(after, *WRONG) == []
    assert after.status[["rag_overall", "ac"]].to_numpy().tolist() == [["amber", 12e6]]
    assert after["milestones"].set_index("name")["forecast_date"]["Opening"] == pd.Timestamp(day)
    told = after.findings[after.findings["code"] == "ROW_REPLACED"]
    assert len(told) == 3
    assert told["message"].str.contains("bridge.xlsx [Standing] D5", regex=False).any()
    assert told["value"].str.contains("Ambre → Amber").any()


def test_a_list_of_words_is_offered_for_a_cell(tmp_path: Path, profile: Path) -> None:
    form = write_form(tmp_path / "bridge.xlsx", FAULTY)
    (path,) = pmo.write_corrections(pmo.load(form, profile=profile), tmp_path / "mend")
    book = openpyxl.load_workbook(path)
    (sheet,) = [one for one in book.worksheets if str(one["A1"].value).endswith("sheet Standing")]
    place = f"E{rows_of(sheet)['D5']}"
    (rule,) = [
        one for one in sheet.data_validations.dataValidation if place in one.sqref and one.type == "list"
    ]
    name, _, area = str(rule.formula1).partition("!")
    words = [cell.value for (cell,) in book[name.strip("=")][area.replace("$", "")]]
    assert words == ["Green", "Amber/Green", "Amber", "Amber/Red", "Red"]


def test_an_empty_cell_beyond_all_others_can_be_filled(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    write_map(tmp_path / "map.csv", KEYS | {"Reference": ("Front", "J30")})
    unnamed = {
        key: value for key, value in FILLED.items() if key not in ("Reference", "Name of the project ")
    }
    form = write_form(tmp_path / "bridge.xlsx", unnamed)
    before = pmo.load(form, profile=profile)
    assert before.project_ids == ()
    (path,) = pmo.write_corrections(before, tmp_path / "mend")
    mend(path, {("Front", "J30"): "P9"})
    after = pmo.load([form, path], profile=profile)
    assert after.project_ids == ("P9",)
    assert after.status["ac"].tolist() == [12.5e6]
    assert after["milestones"]["entity_id"].tolist() == ["P9"] * 3


def test_a_mend_that_is_wrong_again_is_told_with_both_places(tmp_path: Path, profile: Path) -> None:
    form = write_form(tmp_path / "bridge.xlsx", FAULTY)
    (path,) = pmo.write_corrections(pmo.load(form, profile=profile), tmp_path / "mend")
    mend(path, {("Plan", "C6"): "later"})
    after = pmo.load([form, path], profile=profile)
    (told,) = after.findings[after.findings["code"] == "UNREADABLE_DATE"].to_dict("records")
    assert (told["sheet"], told["cell"], told["value"]) == ("Plan", "C6", "later")
    assert "(mended in corrections.xlsx [" in told["message"]


COLUMNS = [
    ["Project ID", "P1", "P2", "P3"],
    ["Project", "Bridge", "Tunnel", "Tower"],
    ["RAG", "Green", "Ambre", "Red"],
    ["AC (£m)", 12.5, 11, "n.k."],
    ["BAC (£m)", 40, 30, 20],
    ["Forecast Finish", dt.datetime(2027, 6, 30), dt.datetime(2027, 6, 30), dt.datetime(2027, 6, 30)],
]


def test_cells_of_records_in_columns_are_mended_one_by_one(tmp_path: Path) -> None:
    original = tmp_path / "status 2026-06.xlsx"
    book = openpyxl.Workbook()
    for row in COLUMNS:
        book.active.append(row)
    book.active.title = "Status"
    book.save(original)
    before = pmo.load(original)
    assert before.sources[0].orientation == "columns"
    assert sorted(codes(before, *WRONG)) == ["UNKNOWN_COLOUR", "UNREADABLE_MONEY"]
    (path,) = pmo.write_corrections(before, tmp_path / "mend")
    untouched = pmo.load([original, path])
    pd.testing.assert_frame_equal(before.status, untouched.status)

    mend(path, {("Status", "C3"): "Amber", ("Status", "D4"): 9})
    after = pmo.load([original, path])
    assert codes(after, *WRONG) == []
    by_project = after.status.set_index("project_id")
    assert by_project["rag_overall"].to_dict() == {"P1": "green", "P2": "amber", "P3": "red"}
    assert by_project["ac"].to_dict() == {"P1": 12.5e6, "P2": 11e6, "P3": 9e6}
    told = after.findings[after.findings["code"] == "ROW_REPLACED"]
    assert told["message"].str.contains("status 2026-06.xlsx [Status] D4", regex=False).any()
