"""A correction workbook: what to do, a sheet per table with the rows to mend, and the marks of the way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pmo_analytics.errors import ReportError
from pmo_analytics.loading.corrections import marks
from pmo_analytics.loading.corrections.marks import Cell
from pmo_analytics.quality.kinds import ERROR
from pmo_analytics.report.format import LINE_HEIGHT, MOST_HEIGHT, set_up_page
from pmo_analytics.report.grid import SHEET_ROWS, lines_of
from pmo_analytics.report.mending import MendColumn
from pmo_analytics.report.sheets.correction_cells import MARKED, Pens, validate, write_cell
from pmo_analytics.report.sheets.correction_cover import write_cover
from pmo_analytics.report.sheets.word_lists import WORDS, write_word_lists
from pmo_analytics.report.texts import clean_text
from pmo_analytics.schemas.source import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from pmo_analytics.report.mending import MendBook, MendRow, MendSheet
    from pmo_analytics.schemas.tables import Column

COVER = "Read me"
#: Rows of a sheet, counted from 0: title, what it is, the hidden marks, the headings, then the rows to mend.
_TOLD, _MARKS, _HEADER, _FIRST = 1, 2, 3, 4
_HEAD = {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
_HELP = {
    "bg_color": "#EDEDED",
    "font_color": "#404040",
    "text_wrap": True,
    "bottom": 1,
    "bottom_color": "#D9D9D9",
}
_MARK = {"font_color": "#8C8C8C", "font_size": 8, "bg_color": "#EDEDED"}
_ROW_WIDTH, _WRONG_WIDTH, _MARK_WIDTH = 7, 46, 24
_NARROW, _WIDE = 11, 36
#: Per cent of the size on the screen at which sheets are printed.
_SCALE = 70
_UNSAFE = re.compile(r"[\[\]:*?/\\'\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = 31


def write_book(workbook: Any, book: MendBook, as_of: pd.Timestamp) -> None:
    """Writes the cover, the sheets in the order of the files, and the hidden sheets behind them."""
    pens = Pens(workbook)
    cover = workbook.add_worksheet(COVER)
    names = [_sheet_name(number, sheet) for number, sheet in enumerate(book.sheets, 1)]
    sheets = [workbook.add_worksheet(name) for name in names]
    origins = workbook.add_worksheet(marks.ORIGIN_SHEET)
    lists = write_word_lists(workbook.add_worksheet(WORDS), _fields(book))
    write_cover(cover, book, names, as_of, pens=pens)
    for number, (sheet, part) in enumerate(zip(sheets, book.sheets, strict=True), 1):
        if _FIRST + len(part.rows) > SHEET_ROWS:
            raise ReportError(f"{part.file}: {len(part.rows):,} rows to mend do not fit on a sheet.")
        if part.single:
            _write_cells(sheet, part, number, lists, pens)
        else:
            _write_rows(sheet, part, number, lists, pens)
    _write_origins(origins, book)


def _sheet_name(number: int, sheet: MendSheet) -> str:
    """A name that Excel accepts; the number makes it the only one."""
    stem = sheet.file.rsplit(".", 1)[0]
    return _UNSAFE.sub(" ", f"{number} {stem}")[:_NAME].strip()


def _write_origins(sheet: Any, book: MendBook) -> None:
    sheet.very_hidden()
    sheet.write_string(0, 0, marks.TITLE)
    sheet.write_number(0, 1, marks.VERSION)
    for at, heading in enumerate(marks.ORIGIN_HEADINGS):
        sheet.write_string(1, at, heading)
    for number, part in enumerate(book.sheets, 1):
        sheet.write_number(number + 1, 0, number)
        for at, text in enumerate((part.file, part.digest, part.sheet or ""), 1):
            sheet.write_string(number + 1, at, clean_text(text))


def _fields(book: MendBook) -> list[Column | None]:
    columns = [column.field for part in book.sheets for column in part.columns]
    return columns + [row.field for part in book.sheets for row in part.rows]


def _write_rows(
    sheet: Any, part: MendSheet, number: int, lists: Mapping[tuple[str, ...], str], pens: Pens
) -> None:
    left = 2
    heads = ["Row", "What is wrong", *(one.heading for one in part.columns), "Do not edit"]
    kinds = [marks.WORDS, marks.WORDS, *(column_letter(one.at) for one in part.columns), marks.ROW_MARKS]
    widths = [_ROW_WIDTH, _WRONG_WIDTH, *(_width(one, part) for one in part.columns), _MARK_WIDTH]
    told = f"{len(part.rows):,} rows to mend; headings and values are those of the file"
    _open(sheet, part, number, (heads, kinds, widths, told), pens)
    last = _FIRST + len(part.rows) - 1
    for at, row in enumerate(part.rows, _FIRST):
        sheet.write_number(at, 0, int(row.place), pens.pen(**_HELP, align="center"))
        _write_words(sheet, at, 1, row, pens)
        for column_at, column in enumerate(part.columns, left):
            cell = row.cells.get(column.at, Cell(None, " "))
            faults = [one for one in row.faults if one.column == column.at]
            fill = row.fills.get(column.at, "")
            write_cell(sheet, (at, column_at), cell, column, pens=pens, faults=faults, fill=fill)
        _write_mark(sheet, (at, len(heads) - 1), marks.row_mark(number, row.place, row.stand), pens)
        _set_height(sheet, at, row, dict(zip((one.at for one in part.columns), widths[left:], strict=False)))
    for at, column in enumerate(part.columns, left):
        validate(sheet, (_FIRST, at, last, at), column.field, lists)
    _close(sheet, last, len(heads) - 1, frozen=left)


def _write_cells(
    sheet: Any, part: MendSheet, number: int, lists: Mapping[tuple[str, ...], str], pens: Pens
) -> None:
    heads = ["Cell", "What is wrong", "Of", "Field", "Value", "Do not edit"]
    kinds = [*[marks.WORDS] * 4, marks.VALUE, marks.ROW_MARKS]
    told = f"{len(part.rows):,} cells to mend, in the column Value: this sheet is no list of rows"
    _open(sheet, part, number, (heads, kinds, [9, _WRONG_WIDTH, 22, 26, _WIDE, _MARK_WIDTH], told), pens)
    for at, row in enumerate(part.rows, _FIRST):
        (column_at, cell), *_ = row.cells.items()
        column = MendColumn(column_at, "", row.field)
        sheet.write_string(at, 0, row.place, pens.pen(**_HELP))
        _write_words(sheet, at, 1, row, pens)
        sheet.write_string(at, 2, clean_text(row.about), pens.pen(**_HELP))
        sheet.write_string(at, 3, clean_text(row.faults[0].heading), pens.pen(**_HELP))
        write_cell(sheet, (at, 4), cell, column, pens=pens, faults=row.faults)
        _write_mark(sheet, (at, 5), marks.row_mark(number, row.place, row.stand), pens)
        validate(sheet, (at, 4, at, 4), row.field, lists)
        _set_height(sheet, at, row, {column_at: _WIDE})
    _close(sheet, _FIRST + len(part.rows) - 1, len(heads) - 1, frozen=2)


def _whole_name(part: MendSheet) -> str:
    return f"{part.file}, sheet {part.sheet}" if part.sheet else part.file


def _open(
    sheet: Any,
    part: MendSheet,
    number: int,
    layout: tuple[list[str], list[str], list[float], str],
    pens: Pens,
) -> None:
    """Title, words, hidden marks, headings and widths."""
    heads, kinds, widths, told = layout
    sheet.write_string(0, 0, clean_text(_whole_name(part)), pens.pen(bold=True, font_size=14))
    sheet.write_string(_TOLD, 0, clean_text(told), pens.pen(font_color="#6F6F6F"))
    for at, (head, kind, width) in enumerate(zip(heads, kinds, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(_MARKS, at, marks.column_mark(number, kind), pens.pen(**_MARK))
        helper = kind in (marks.WORDS, marks.ROW_MARKS)
        looks = _HEAD | ({"bg_color": "#595959"} if helper else {})
        sheet.write_string(_HEADER, at, clean_text(head), pens.pen(**looks))
    sheet.set_row(_MARKS, None, None, {"hidden": True})
    most = max(lines_of(head, width * 0.75) for head, width in zip(heads, widths, strict=True))
    sheet.set_row(_HEADER, LINE_HEIGHT * min(most, 4) + 6)


def _close(sheet: Any, last: int, mark_column: int, *, frozen: int) -> None:
    """Frozen headings, filters, the column that nobody is to edit, and the page."""
    sheet.data_validation(
        _FIRST,
        mark_column,
        last,
        mark_column,
        {
            "validate": "custom",
            "value": "=FALSE",
            "error_title": "Do not edit",
            "error_message": "By this cell the row finds its way back. Press Escape.",
        },
    )
    sheet.autofilter(_HEADER, 0, last, mark_column)
    sheet.freeze_panes(_FIRST, frozen)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letter(mark_column)}{last + 1}"})
    _set_up_page(sheet, frozen)


def _set_up_page(sheet: Any, frozen: int) -> None:
    """A3, as many pages wide as it takes to stay readable, with headings and what is wrong on each of them."""
    set_up_page(sheet, header_row=_HEADER, wide=True)
    sheet.set_print_scale(_SCALE)
    sheet.repeat_columns(0, frozen - 1)
    sheet.print_across()


def _write_words(sheet: Any, row: int, at: int, one: MendRow, pens: Pens) -> None:
    worst = any(fault.severity == ERROR for fault in one.faults)
    looks = _HELP | {"left": 5, "left_color": MARKED[worst]["border_color"]}
    sheet.write_string(row, at, clean_text(words_of(one)), pens.pen(**looks))


def words_of(row: MendRow) -> str:
    """All that is wrong with a row, an error or a warning on each line."""
    return "\n".join(f"{one.severity.title()}: {one.heading}: {one.words}" for one in row.faults)


def _write_mark(sheet: Any, place: tuple[int, int], mark: str, pens: Pens) -> None:
    sheet.write_string(*place, mark, pens.pen(**_MARK))


def _width(column: MendColumn, part: MendSheet) -> float:
    longest = max(
        (len(str(row.cells[column.at].value)) for row in part.rows if column.at in row.cells), default=0
    )
    return min(max(_NARROW, longest + 2, len(column.heading) / 2 + 3), _WIDE)


def _set_height(sheet: Any, at: int, row: MendRow, widths: Mapping[int, float]) -> None:
    lines = sum(lines_of(line, _WRONG_WIDTH) for line in words_of(row).split("\n"))
    for column, cell in row.cells.items():
        if isinstance(cell.value, str) and column in widths:
            lines = max(lines, lines_of(cell.value, widths[column]))
    sheet.set_row(at, min(LINE_HEIGHT * lines + 4, MOST_HEIGHT))
