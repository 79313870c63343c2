"""One workbook saved as .xlsx, .xls and .ods: the same values, marks, merged ranges, hidden lines, colours, formats."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Color, PatternFill

from pmo_analytics.errors import FileError
from pmo_analytics.loading.files.raw_sheet import RawBook
from pmo_analytics.loading.files.reading import read_books
from report.office import converted


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RawBook]:
    folder = tmp_path_factory.mktemp("formats")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Status"
    sheet.append(["id", "name", "cost", "done", "due", "error"])
    sheet.append(["P1", "Bridge", 1000.5, 0.45, dt.datetime(2026, 5, 1), "=1/0"])
    sheet.append([7, "Tram", -5, 1, dt.datetime(2026, 6, 1, 13, 30), "=NA()"])
    sheet["A5"], sheet["A6"], sheet["B6"] = "North", dt.time(3, 4, 5), 1.5
    for cell, code in (("C2", "[$£-809]#,##0"), ("D2", "0.0%"), ("A3", "000"), ("B6", "[h]:mm")):
        sheet[cell].number_format = code
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["D5"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.4))
    sheet.merge_cells("A5:C5")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    other = book.create_sheet("Old")
    other.sheet_state = "hidden"
    other["A1"] = "x"
    path = folder / "status.xlsx"
    book.save(path)
    paths = [path, *(converted(path, kind, folder) for kind in ("xls", "ods"))]
    read = [book for book in read_books(paths) if not isinstance(book, FileError)]
    return {book.format: book for book in read}


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_values_and_facts(books: dict[str, RawBook], kind: str) -> None:
    sheet, other = books[kind].sheets
    assert (sheet.name, sheet.hidden, other.name, other.hidden) == ("Status", False, "Old", True)
    assert sheet.columns == (
        ["id", "P1", 7, None, "North", dt.time(3, 4, 5)],
        ["name", "Bridge", "Tram", None, None, dt.timedelta(hours=36)],
        ["cost", 1000.5, -5, None, None, None],
        ["done", 0.45, 1, None, None, None],
        ["due", dt.date(2026, 5, 1), dt.datetime(2026, 6, 1, 13, 30), None, None, None],
        ["error", "#DIV/0!", "#N/A", None, None, None],
    )
    assert sheet.kinds == ("ttn td", "ttt  d", "tnn   ", "tnn   ", "tdd   ", "tee   ")
    assert sheet.merged == ((4, 0, 4, 2),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((2,), (3,))
    assert sheet.fills == {(1, 1): "FF0000", (4, 3): "95B3D7"}
    assert sheet.formats.keys() == {(1, 2), (1, 3), (2, 0)}
    assert "£" in sheet.formats[1, 2] or "GBP" in sheet.formats[1, 2]
    assert sheet.formats[1, 3].endswith("%")
    assert sheet.formats[2, 0] == "000"
    assert not books[kind].date_1904


def test_the_workbook_they_were_made_of(books: dict[str, RawBook]) -> None:
    new, old = books["xlsx"].sheets[0], books["xls"].sheets[0]
    assert new.columns[:5] == old.columns[:5]
    assert new.kinds[5] == "tff   "
    assert (new.merged, new.hidden_rows, new.hidden_columns) == (
        old.merged,
        old.hidden_rows,
        old.hidden_columns,
    )
    assert (new.fills, new.formats) == (old.fills, old.formats)


def test_errors_of_a_real_workbook_in_two_binary_formats(shared: Path) -> None:
    folder = shared / "corpus" / "sheetjs"
    paths = [folder / name for name in ("ErrorTypes.xls", "ErrorTypes.xlsb", "ErrorTypes.ods")]
    books = [
        book for book in read_books([path for path in paths if path.exists()]) if isinstance(book, RawBook)
    ]
    kinds = [book.sheets[0].kinds for book in books]
    assert len(books) >= 2
    assert kinds[0] == kinds[1]
    assert {
        value
        for kind, column in zip(kinds[1], books[1].sheets[0].columns, strict=True)
        for mark, value in zip(kind, column, strict=True)
        if mark == "e"
    } >= {"#DIV/0!", "#N/A", "#REF!", "#NUM!"}


@pytest.mark.parametrize(
    ("name", "hidden"), [("AutoFilter.xlsb", [0, 0, 12, 17]), ("AutoFilter.ods", [0, 0, 12, 17])]
)
def test_rows_hidden_by_a_filter(shared: Path, name: str, hidden: list[int]) -> None:
    (book,) = read_books([shared / "corpus" / "sheetjs" / name])
    assert isinstance(book, RawBook)
    assert [len(sheet.hidden_rows) for sheet in book.sheets[:4]] == hidden
