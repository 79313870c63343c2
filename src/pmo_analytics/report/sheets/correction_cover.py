"""The cover of a correction workbook: for whom, what to do, which sheets, and what cannot be mended in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_analytics.quality.kinds import ERROR
from pmo_analytics.report.format import LINE_HEIGHT, set_up_page
from pmo_analytics.report.grid import lines_of
from pmo_analytics.report.sheets.correction_cells import MARKED
from pmo_analytics.report.texts import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from pmo_analytics.report.mending import MendBook, MendSheet
    from pmo_analytics.report.sheets.correction_cells import Pens

STEPS = (
    "On each sheet the left column says what is wrong, and the cells at fault are marked. Mend them in place, as you "
    "would in the file itself: type the value, choose from the list, or clear the cell.",
    "Everything else in the row may be changed too. A cell that you leave as it is stays as it is in the file.",
    "To take a row out of the file, for example one that stands there twice, clear all of its cells but the last one. "
    "Deleting the row here leaves it in the file as it is.",
    "Rows may be sorted and filtered. Leave the column Do not edit alone: by it a row finds its way back. New rows "
    "and new columns are not taken: they belong into the file itself.",
    "Save as .xlsx and send it back. Loaded together with the files, the mended rows take the place of theirs; "
    "the files themselves are not changed.",
)
_WIDTHS = (46, 24, 10, 10, 10)
_HEAD = {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter"}
_SECTION = {"bold": True, "font_size": 12, "font_color": "#1F3A5F"}
_LINE = {"bottom": 1, "bottom_color": "#D9D9D9"}


def write_cover(sheet: Any, book: MendBook, names: Sequence[str], as_of: pd.Timestamp, *, pens: Pens) -> None:
    """Writes the first sheet of a correction workbook."""
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    rows = sum(len(part.rows) for part in book.sheets)
    whom = f" for {book.who}" if book.who else ""
    sheet.write_string(
        0, 0, clean_text(f"Please mend: {rows:,} rows{whom}"), pens.pen(bold=True, font_size=16)
    )
    sheet.write_string(1, 0, f"Data as of {as_of:%d %B %Y}", pens.pen(font_color="#6F6F6F"))
    row = _write_steps(sheet, 3, pens)
    row = _write_contents(sheet, row + 1, book, names, pens)
    if book.elsewhere:
        _write_elsewhere(sheet, row + 1, book, pens)
    set_up_page(sheet, header_row=None)
    sheet.activate()


def _write_steps(sheet: Any, row: int, pens: Pens) -> int:
    sheet.write_string(row, 0, "What to do", pens.pen(**_SECTION))
    for number, step in enumerate(STEPS, 1):
        row += 1
        _paragraph(sheet, row, f"{number}. {step}", pens.pen(text_wrap=True))
    row += 1
    sheet.write_string(row, 0, "An error: thick border, light red", pens.pen(**MARKED[True]))
    sheet.write_string(row + 1, 0, "A warning: dashed border, light yellow", pens.pen(**MARKED[False]))
    return row + 2


def _paragraph(sheet: Any, row: int, text: str, pen: Any) -> None:
    sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, "", pen)
    sheet.write_string(row, 0, clean_text(text), pen)
    sheet.set_row(row, LINE_HEIGHT * lines_of(text, sum(_WIDTHS)) + 3)


def _write_contents(sheet: Any, row: int, book: MendBook, names: Sequence[str], pens: Pens) -> int:
    for at, head in enumerate(("File", "Sheet", "Rows", "Errors", "Warnings")):
        sheet.write_string(row, at, head, pens.pen(**_HEAD, align="right" if at > 1 else "left"))
    link = pens.pen(**_LINE, font_color="#1F3A5F", underline=1)
    for name, part in zip(names, book.sheets, strict=True):
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, clean_text(part.file)[:255])
        sheet.write_string(row, 1, clean_text(part.sheet or ""), pens.pen(**_LINE))
        for at, count in enumerate((len(part.rows), _count(part, True), _count(part, False)), 2):
            sheet.write_number(row, at, count, pens.pen(**_LINE, num_format="#,##0"))
    return row + 1


def _count(part: MendSheet, errors: bool) -> int:
    return sum((fault.severity == ERROR) == errors for row in part.rows for fault in row.faults)


def _write_elsewhere(sheet: Any, row: int, book: MendBook, pens: Pens) -> None:
    sheet.write_string(
        row, 0, "What cannot be mended here, but in the files themselves", pens.pen(**_SECTION)
    )
    for place, words in book.elsewhere:
        row += 1
        _paragraph(sheet, row, f"{place}: {words}", pens.pen(**_LINE, text_wrap=True))
