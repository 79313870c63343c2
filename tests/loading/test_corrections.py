"""Corrections on their way back: exactly what was mended takes its place, and whatever cannot is said."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

import pmo_analytics as pmo
from pmo_analytics.errors import NothingLoaded
from pmo_analytics.loading.corrections.marks import ORIGIN_SHEET, TITLE, Cell, same, stand_of

HEADINGS = "Project ID,Project,Project Manager,AC (£m),BAC (£m),Forecast Finish,RAG,Mood\n"
ROWS = (
    "P1,Bridge,Ada,approx. 15,40,2027-06-30,Ambre,calm\n"
    "P2,Tunnel,Ada,12.5,30,2027-06-30,Green,\n"
    "P3,Tower,Ben,n.k.,20,2027-06-30,Green,=1+1\n"
    "P2,Tunnel,Ada,12.5,30,2027-06-30,Green,\n"
)
Edit = Callable[[openpyxl.Workbook, Worksheet], object]


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "status-2026-06.csv"
    path.write_text(HEADINGS + ROWS, "utf-8")
    return path


@pytest.fixture
def corrections(original: Path, tmp_path: Path) -> Path:
    (path,) = pmo.write_corrections(pmo.load(original), tmp_path / "mend")
    return path


def edited(path: Path, edit: Edit, name: str | None = None) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book, book[book.sheetnames[1]])
    target = path.with_name(name) if name else path
    book.save(target)
    return target


def entered(**values: object) -> Edit:
    return lambda _, sheet: [setattr(sheet[place], "value", value) for place, value in values.items()]


def codes(portfolio: pmo.Portfolio, *wanted: str) -> list[str]:
    return [code for code in portfolio.findings["code"] if code in wanted]


TOLD = ("ROW_REPLACED", "STALE_CORRECTION", "CORRECTION_CONFLICT", "CORRECTION_WITHOUT_ORIGIN")


def test_untouched_corrections_change_nothing(original: Path, corrections: Path) -> None:
    before, after = pmo.load(original), pmo.load([original, corrections])
    for name in before.tables:
        pd.testing.assert_frame_equal(before[name], after[name])
    pd.testing.assert_frame_equal(before.quarantine, after.quarantine)
    assert codes(after, *TOLD) == []
    note = after.findings.loc[after.findings["code"] == "READING_NOTE", "message"].tolist()
    assert note == ["correction workbook: of 3 rows 3 stand as they were."]


def test_mended_cells_go_through_the_same_parser(original: Path, corrections: Path) -> None:
    edited(corrections, entered(F5=15, I5="Amber", H5=dt.date(2027, 9, 30), F6="£11m"))
    after = pmo.load([original, corrections])
    status = after.status.set_index("project_id")
    assert status["ac"].to_dict() == {"P1": 15e6, "P2": 12.5e6, "P3": 11e6}
    assert status.loc["P1", "rag_reported"] == "amber"
    assert status.loc["P1", "forecast_finish"] == pd.Timestamp(2027, 9, 30)
    assert codes(after, "UNREADABLE_MONEY", "UNKNOWN_COLOUR") == []
    told = after.findings[after.findings["code"] == "ROW_REPLACED"]
    assert told["cell"].tolist() == ["row 5", "row 6"]
    assert told["file"].tolist() == [str(corrections)] * 2
    assert told["value"].iloc[0] == (
        "AC (£m): approx. 15 → 15; Forecast Finish: 2027-06-30 → 2027-09-30; RAG: Ambre → Amber"
    )
    assert "status-2026-06.csv row 2" in told["message"].iloc[0]


def test_a_mend_that_is_wrong_again_is_told_with_both_places(original: Path, corrections: Path) -> None:
    edited(corrections, entered(F5="about 16"))
    after = pmo.load([original, corrections])
    (told,) = after.findings.loc[after.findings["value"] == "about 16", "message"]
    assert told.endswith("(mended in corrections.xlsx [1 status-2026-06] row 5)")
    assert (after.findings.loc[after.findings["value"] == "about 16", "cell"] == "D2").all()


def test_cleared_cells_take_a_row_out_and_rows_are_accounted_for(original: Path, corrections: Path) -> None:
    def clear(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for cell in sheet[7][:-1]:
            cell.value = None

    edited(corrections, clear)
    after = pmo.load([original, corrections])
    first, second = after.files
    assert (first.read, first.accepted, first.quarantined, first.empty) == (4, 3, 0, 1)
    assert (second.read, second.accepted, second.quarantined, second.empty) == (3, 3, 0, 0)
    assert codes(after, "DUPLICATE_KEY") == []


def test_sorting_deleting_inserting_and_moving_do_no_harm(original: Path, corrections: Path) -> None:
    def shuffle(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["F5"] = 15
        sheet["F6"] = 11
        rows = [[cell.value for cell in sheet[number]] for number in (5, 6, 7)]
        sheet.delete_rows(5, 3)
        sheet.append(rows[1])
        sheet.append([None])
        sheet.append(rows[0])
        sheet.insert_rows(2)
        sheet.delete_cols(4)
        sheet.insert_cols(3)
        sheet["C6"] = "my own words"
        sheet.title = "Mended"

    edited(corrections, shuffle, "anything at all.xlsx")
    corrections.unlink()
    after = pmo.load([original, corrections.parent])
    assert after.status.set_index("project_id")["ac"].to_dict() == {"P1": 15e6, "P2": 12.5e6, "P3": 11e6}
    assert after.projects["project_name"].tolist() == ["Bridge", "Tunnel", "Tower"]
    assert codes(after, *TOLD) == ["ROW_REPLACED", "ROW_REPLACED"]
    assert any("were not read" in words for words in after.findings["message"])


def test_an_id_can_be_mended(original: Path, corrections: Path) -> None:
    edited(corrections, entered(C7="P4"))
    after = pmo.load([original, corrections])
    assert after.project_ids == ("P1", "P2", "P3", "P4")
    assert len(after.quarantine) == 0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_text(HEADINGS + ROWS.replace("40", "41"), "utf-8"), "has changed since"),
        (
            lambda path: (
                (path.with_name("status-2026-05.csv").write_text(HEADINGS + ROWS), path.unlink())[0]
                and path.with_name("status-2026-05.csv").write_text(HEADINGS + ROWS.replace("40", "41"))
            ),
            "is not among the inputs",
        ),
    ],
    ids=["changed", "absent"],
)
def test_a_stale_correction_is_said_and_not_applied(
    original: Path, corrections: Path, spoil: Callable[[Path], object], words: str
) -> None:
    edited(corrections, entered(F5=15))
    spoil(original)
    after = pmo.load([*original.parent.glob("*.csv"), corrections])
    assert after.status["ac"].isna().sum() == 2
    told = after.findings[after.findings["code"] == "STALE_CORRECTION"]
    assert told["severity"].tolist() == ["error"]
    assert words in told["message"].iloc[0]
    out = after.quarantine[after.quarantine["code"] == "STALE_CORRECTION"]
    assert out["raw"].str.contains("AC (£m) = 15; ", regex=False).tolist() == [True]
    assert (after.files[-1].read, after.files[-1].accepted, after.files[-1].quarantined) == (3, 2, 1)


def test_corrections_alone_are_no_delivery(corrections: Path) -> None:
    with pytest.raises(NothingLoaded, match="none of the files that it corrects could be read"):
        pmo.load(corrections)


def test_two_different_mends_of_a_row_are_a_conflict(original: Path, corrections: Path) -> None:
    edited(corrections, entered(F5=15, F6=11), "ada.xlsx")
    edited(corrections, entered(F5=16, F6=11), "ben.xlsx")
    after = pmo.load([original, corrections.parent])
    assert codes(after, "CORRECTION_CONFLICT") == ["CORRECTION_CONFLICT"] * 2
    messages = after.findings.loc[after.findings["code"] == "CORRECTION_CONFLICT", "message"].tolist()
    assert "ben.xlsx [1 status-2026-06] row 5" in messages[0]
    status = after.status.set_index("project_id")["ac"]
    assert status.isna().to_dict() == {"P1": True, "P2": False, "P3": False}
    assert status["P3"] == 11e6


def test_a_second_round_follows_the_first(original: Path, corrections: Path, tmp_path: Path) -> None:
    edited(corrections, entered(F5=15))
    (second,) = pmo.write_corrections(pmo.load([original, corrections]), tmp_path / "second")
    sheet = openpyxl.load_workbook(second).worksheets[1]
    assert (sheet["F5"].value, sheet["I5"].value) == (15, "Ambre")
    edited(second, entered(F5=14, I5="Amber"))
    for given_with in ([original, corrections, second], [original, second]):
        after = pmo.load(given_with)
        first = after.status.set_index("project_id").loc["P1"]
        assert (first["ac"], first["rag_reported"]) == (14e6, "amber")
        assert codes(after, "CORRECTION_CONFLICT", "STALE_CORRECTION") == []


def lose_marks(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["K5"] = "oops"
    sheet["F5"] = 15
    sheet.append([None, None, "P9", "New", None, 1])


def test_a_row_without_its_mark_is_said_and_not_applied(original: Path, corrections: Path) -> None:
    edited(corrections, lose_marks)
    after = pmo.load([original, corrections])
    assert codes(after, *TOLD) == ["CORRECTION_WITHOUT_ORIGIN"] * 2
    assert after.files[-1].quarantined == 2
    assert after.files[-1].accepted == 2
    assert pd.isna(after.status.set_index("project_id").loc["P1", "ac"])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda book, _: book.remove(book[ORIGIN_SHEET]), "hidden sheet of origins is lost"),
        (lambda book, _: setattr(book[ORIGIN_SHEET]["B1"], "value", 99), "of version 99"),
    ],
    ids=["lost", "version"],
)
def test_a_correction_workbook_that_cannot_be_understood(
    original: Path, corrections: Path, spoil: Edit, words: str
) -> None:
    edited(corrections, spoil)
    after = pmo.load([original, corrections])
    (refused,) = [file for file in after.files if file.error]
    assert refused.error["code"] == "CORRECTIONS_UNUSABLE"
    assert words in refused.error["message"]
    assert len(after.projects) == 3


def test_any_other_workbook_is_none(original: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([f"{TITLE} of a kind"])
    book.active.append(["Project ID", "Project", "BAC"])
    book.active.append(["P7", "Weir", 5])
    book.save(tmp_path / "corrections-2026-06.xlsx")
    assert pmo.load([original, tmp_path / "corrections-2026-06.xlsx"]).project_ids == ("P1", "P2", "P3", "P7")


def test_text_that_looks_like_a_formula_comes_back_as_text(original: Path, corrections: Path) -> None:
    edited(corrections, entered(F6=11))
    sheet = openpyxl.load_workbook(corrections).worksheets[1]
    assert (sheet["J6"].value, sheet["J6"].data_type) == ("=1+1", "s")
    after = pmo.load([original, corrections])
    assert after.cells.loc[after.cells["heading"] == "Mood", "raw"].tolist() == ["calm", "=1+1"]


def test_the_same_original_under_two_names_is_mended_twice(original: Path, corrections: Path) -> None:
    edited(corrections, entered(F5=15))
    twin = shutil.copy(original, original.with_name("status-2026-05.csv"))
    after = pmo.load([original, twin, corrections])
    assert after.status.loc[after.status["project_id"] == "P1", "ac"].tolist() == [15e6, 15e6]


CELLS = st.one_of(
    st.text("a=\n\r 1", max_size=3).map(lambda text: Cell(text, "t")),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: Cell(number, "n")),
    st.booleans().map(lambda truth: Cell(truth, "b")),
    st.datetimes(dt.datetime(1900, 3, 2), dt.datetime(9999, 12, 30)).map(lambda day: Cell(day, "d")),
    st.just(Cell(None, " ")),
)


@given(CELLS, CELLS)
def test_cells_are_the_same_or_not_whichever_comes_first(one: Cell, other: Cell) -> None:
    assert same(one, one)
    assert same(one, other) == same(other, one)
    if same(one, other):
        assert stand_of({0: one}) == stand_of({0: other})


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Cell(1234567890123456.0, "n"), Cell(1234567890123457.0, "n"), True),
        (Cell(12345678901234.0, "n"), Cell(12345678901235.0, "n"), False),
        (Cell(1, "n"), Cell(True, "b"), False),
        (Cell("", "f"), Cell(None, " "), True),
        (Cell(None, " "), Cell("", "f"), False),
        (Cell("#REF!", "e"), Cell("#REF!", "t"), True),
        (Cell(dt.date(2026, 6, 30), "d"), Cell(dt.datetime(2026, 6, 30), "d"), True),
        (Cell(dt.date(1850, 1, 1), "d"), Cell("1850-01-01", "t"), True),
        (Cell(dt.time(12), "d"), Cell(dt.timedelta(hours=12), "d"), True),
        (Cell("a\r\nb", "t"), Cell("a\nb", "t"), True),
        (Cell("P1", "t"), Cell("P1 ", "t"), False),
    ],
)
def test_when_a_cell_is_as_it_was(one: Cell, other: Cell, expected: bool) -> None:
    assert same(one, other) == expected
