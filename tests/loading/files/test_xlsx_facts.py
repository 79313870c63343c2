"""What stands beside the values of an .xlsx workbook: errors, hidden rows, colours, formats, days before the first."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, GradientFill, PatternFill
from openpyxl.styles.fills import Fill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pmo_analytics.loading.files import facts
from pmo_analytics.loading.files.archive import ZipLimits
from pmo_analytics.loading.files.raw_sheet import RawSheet
from pmo_analytics.loading.files.workbook_reader import WorkbookFile, read_workbook
from pmo_analytics.loading.files.xlsx_facts import marked_cells

LIMITS = ZipLimits(unzipped=200 << 20, ratio=500, entries=200)
SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"


def solid(colour: str | Color) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, pattern: str, replacement: str) -> bytes:
    """The workbook with one part changed by a pattern, which must be there."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            content = source.read(part)
            if part == name:
                text, count = re.subn(pattern, replacement, content.decode(), flags=re.DOTALL)
                assert count
                content = text.encode()
            target.writestr(part, content)
    return file.getvalue()


def read(data: bytes) -> WorkbookFile:
    return read_workbook(data, LIMITS)


def first_sheet(book: openpyxl.Workbook) -> RawSheet:
    return read(saved(book)).sheets[0]


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (solid("FFC00000"), "C00000"),
        (solid("00ffc7ce"), "FFC7CE"),
        (solid(Color(indexed=10)), "FF0000"),
        (solid(Color(indexed=64)), None),
        (solid(Color(theme=4)), "4F81BD"),
        (solid(Color(theme=4, tint=0.4)), "95B3D7"),
        (solid(Color(theme=4, tint=-0.25)), "376092"),  # Excel counts in 240ths and shows 366092
        (solid(Color(theme=1)), "000000"),
        (solid(Color(theme=0)), None),
        (solid("FFFFFFFF"), None),
        (PatternFill("lightGray", fgColor="FFFF0000"), None),
        (GradientFill(stop=("FFFF0000", "FF00FF00")), None),
        (PatternFill(), None),
    ],
)
def test_fills(fill: Fill, expected: str | None) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["C2"] = "RAG", "x"
    book.active["B2"].fill = fill
    assert first_sheet(book).fills == ({(1, 1): expected} if expected else {})


@pytest.mark.parametrize(
    ("code", "tells"),
    [
        ("[$£-809]#,##0", True),
        ("_-[$€-2] * #,##0.00", True),
        ('"£"0.0"m"', True),
        ("$#,##0", True),
        ('0 "GBP"', True),
        ('0.0,,"bn"', True),
        ("0.0%", True),
        ("0%", True),
        ("000", True),
        ("0000-00", True),
        ('"PRJ-"000', True),
        ("General", False),
        ("0.00", False),
        ("#,##0.00", False),
        ("0.00E+00", False),
        ("# ?/?", False),
        ("[Red]0;[Blue]0", False),
        ('#,##0 "days"', False),
        ("dd/mm/yyyy", False),
        ("[$-409]d-mmm-yy", False),
        ("[h]:mm:ss.000", False),
        ('h"h "mm"m"', False),
        (r"0\%", False),
        ("@", False),
    ],
)
def test_formats(code: str, tells: bool) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 7
    book.active["A1"].number_format = code
    assert first_sheet(book).formats == ({(0, 0): code} if tells else {})


def test_a_conditional_format_is_no_fill() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 5
    rule = CellIsRule(
        operator="greaterThan", formula=["1"], fill=PatternFill(bgColor="FFFF0000", fill_type="solid")
    )
    book.active.conditional_formatting.add("A1:A9", rule)
    assert first_sheet(book).fills == {}


def test_hidden_and_merged() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 6):
        sheet.append([row, row, row])
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[5].hidden = sheet.row_dimensions[99].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A3:B4")
    found = first_sheet(book)
    assert (found.hidden_rows, found.hidden_columns, found.merged) == ((1, 4), (1,), ((2, 0, 3, 1),))


def test_cells_that_do_not_say_where_they_are() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["c", "d"])
    book.active["B2"].fill = solid("FF00B050")
    book.active.row_dimensions[2].hidden = True
    data = with_part(saved(book), SHEET, r'<(c|row) r="\w+"', r"<\1")
    found = read(data).sheets[0]
    assert (found.fills, found.hidden_rows) == ({(1, 1): "00B050"}, (1,))


def test_styled_empty_cells_below_the_table_are_no_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MOST_CELLS", 10)
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    book.active["A1"].fill = solid("FFFFFF00")
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 20_000))
    file = read(with_part(saved(book), SHEET, "</sheetData>", f"{empty}</sheetData>"))
    assert (file.sheets[0].n_rows, file.sheets[0].fills, file.notes) == (1, {(0, 0): "FFFF00"}, ())


def test_more_than_so_many_coloured_cells_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MOST_CELLS", 3)
    book = openpyxl.Workbook()
    for column in range(1, 6):
        book.active.cell(1, column, "x").fill = solid("FF00B050")
    file = read(saved(book))
    assert sorted(file.sheets[0].fills) == [(0, 0), (0, 1), (0, 2)]
    words = "sheet 'Sheet' has more than 3 coloured cells; those from D1 on are left out"
    assert file.notes == (("READING_NOTE", words),)


def test_more_styles_than_are_looked_for_by_name() -> None:
    book = openpyxl.Workbook()
    for row in range(1, 90):
        book.active.cell(row, 1, row).fill = solid(f"FF00{row:04d}")
    assert first_sheet(book).fills == {(row - 1, 0): f"00{row:04d}" for row in range(1, 90)}


def test_a_palette_of_its_own() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["A1"].fill = solid(Color(indexed=9))
    colours = "".join(f'<rgbColor rgb="000000{at:02X}"/>' for at in range(64))
    palette = f"<colors><indexedColors>{colours}</indexedColors></colors></styleSheet>"
    data = with_part(saved(book), STYLES, r"(<colors>.*</colors>)?\s*</styleSheet>", palette)
    assert read(data).sheets[0].fills == {(0, 0): "000009"}


@pytest.mark.parametrize("flag", ["1", "true"])
def test_days_count_from_1904(flag: str) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([dt.datetime(2026, 5, 1), 44681])
    data = with_part(saved(book), BOOK, 'date1904="1"', f'date1904="{flag}"')
    file = read(data)
    assert file.date_1904
    assert [column[0] for column in file.sheets[0].columns] == [dt.date(2026, 5, 1), 44681]


def test_days_count_from_1900() -> None:
    book = openpyxl.Workbook()
    book.active.append([dt.datetime(2026, 5, 1)])
    assert not read(saved(book)).date_1904


def test_days_before_the_first_stay_numbers() -> None:
    book = openpyxl.Workbook()
    for value in (-5, -1.2, 0, 0.5, 61):
        book.active.append([value])
        book.active.cell(book.active.max_row, 1).number_format = "yyyy-mm-dd"
    found = first_sheet(book)
    assert found.columns == ([-5.0, -1.2, dt.time(0, 0), dt.time(12, 0), dt.date(1900, 3, 1)],)
    assert found.kinds == ("nnddd",)


def test_what_is_no_worksheet_is_said_to_be_left_out() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    book.create_chartsheet("Burn-up")
    assert read(saved(book)).notes == (
        ("READING_NOTE", "without cells, and left out: 'Burn-up' (charts, macros or dialogs)"),
    )


def test_marked_cells() -> None:
    content = b"""<x:worksheet xmlns:x="u"><x:dimension ref="A1"/><x:sheetData><x:row r="3">
      <x:c r="AB3" t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c><x:c t="e"/><x:c><x:f>A1</x:f></x:c>
      <x:c t="str"><x:f>""</x:f><x:v></x:v></x:c><x:c><x:f>1</x:f><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"""
    assert marked_cells(content) == {
        (2, 27): ("e", "#DIV/0!"),
        (2, 28): ("e", "#ERROR!"),
        (2, 29): ("f", ""),
    }


def texts() -> dict[str, str]:
    """The inside of a cell, and the text that it stands for."""
    return {
        "<is><t>a</t></is>": "a",
        "<is><r><t xml:space='preserve'>rich </t></r><r><t>text</t></r></is>": "rich text",
        "<is><t>kanji</t><rPh sb='0' eb='1'><t>phonetic</t></rPh></is>": "kanji",
        "<is><t>_x0041_</t></is>": "A",
        "<is><t>one&#10;two</t></is>": "one\ntwo",
        f"<is><t>{'x' * 40_000}</t></is>": "x" * 40_000,
    }


@pytest.mark.parametrize(("inside", "expected"), texts().items(), ids=[text[:40] for text in texts()])
def test_texts(inside: str, expected: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    cell = f'<c r="A1" t="inlineStr">{inside}</c>'
    data = with_part(saved(book), SHEET, r'<c r="A1".*?</c>', cell)
    assert read(data).sheets[0].columns == ([expected],)
