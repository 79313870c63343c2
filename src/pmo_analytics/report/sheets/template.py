"""The sheets of a collection workbook: an example above the headings, notes on them, checks and lists below."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.loading.layout.guides import GUIDE_MARK
from pmo_analytics.report.format import LINE_HEIGHT, set_up_page
from pmo_analytics.report.grid import lines_of
from pmo_analytics.report.listings.names import title_of
from pmo_analytics.report.sheets.correction_cells import Pens, choices, validate
from pmo_analytics.report.sheets.word_lists import WORDS, write_word_lists
from pmo_analytics.report.texts import clean_text
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.source import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.schemas.tables import Column, Table

GUIDE = "Read me"
STEPS = (
    "One sheet per register. Fill in rows below the headings. What a column means stands in the note on its heading "
    "and, with an example, on this sheet.",
    "Columns with a brown heading (bold below) identify a row: without them it cannot be read.",
    "Leave empty what is not known. Never write 0 for it: 0 is a figure. Withheld, N/A or TBC are kept as reasons.",
    "Amounts are in full, not in thousands, with the currency of the row beside them. Dates are real dates.",
    "Columns may be moved or left out, rows sorted and filtered. Keep the headings as they are.",
)
#: Rows of a sheet, counted from 0: title and meaning, headings, then the rows to fill.
_MEANING, _HEADER, _FIRST = 1, 3, 4
#: Rows that have lists and checks beyond those filled already.
SPARE_ROWS = 500
_HEAD = {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
_KEY = {"bg_color": "#8A3B12"}
_LINE = {"bottom": 1, "bottom_color": "#D9D9D9"}
#: The columns of the guide, with their widths.
_GUIDE = {"Sheet": 18, "Column": 24, "Meaning": 48, "Unit": 16, "Choose from": 40, "Example": 20}
_GREY = {"font_color": "#6F6F6F", "italic": True}
_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.PERIOD: "mmm yyyy",
    Kind.MONEY: "#,##0.##",
    Kind.FRACTION: "0.##%",
    Kind.NUMBER: "General",
    Kind.TEXT: "@",
    Kind.WORD: "@",
    Kind.COLOUR: "@",
    Kind.FLAG: "@",
}
_NUMBERS = (Kind.MONEY, Kind.FRACTION, Kind.NUMBER)
_LARGEST = 1e15


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One sheet to fill: its table, the columns shown, and the rows that stand there already."""

    table: Table
    columns: tuple[Column, ...]
    rows: pd.DataFrame

    @property
    def title(self) -> str:
        """The name of the sheet."""
        return title_of(self.table.name)


def write_template_book(workbook: Any, sheets: Sequence[TemplateSheet], month: pd.Timestamp | None) -> None:
    """Writes the guide, the sheets to fill, and the hidden lists behind their drop-downs."""
    pens = Pens(workbook)
    guide = workbook.add_worksheet(GUIDE)
    made = [workbook.add_worksheet(part.title) for part in sheets]
    columns = [column for part in sheets for column in part.columns]
    lists = write_word_lists(workbook.add_worksheet(WORDS), columns)
    _write_guide(guide, sheets, month, pens)
    for sheet, part in zip(made, sheets, strict=True):
        _write_sheet(sheet, part, lists, pens)


def _write_guide(sheet: Any, sheets: Sequence[TemplateSheet], month: pd.Timestamp | None, pens: Pens) -> None:
    about = f"Status of {month:%B %Y}" if month is not None else "Project status"
    for at, width in enumerate(_GUIDE.values()):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, GUIDE_MARK, pens.pen(**_GREY))
    sheet.write_string(1, 0, about, pens.pen(bold=True, font_size=16))
    for row, step in enumerate(STEPS, 3):
        sheet.write_string(row, 0, f"{row - 2}. {step}", pens.pen())
    head = 4 + len(STEPS)
    for at, words in enumerate(_GUIDE):
        sheet.write_string(head, at, words, pens.pen(**_HEAD))
    told = [(part.title, column) for part in sheets for column in part.columns]
    for row, (title, column) in enumerate(told, head + 1):
        _write_field(sheet, row, title, column, pens)
    sheet.freeze_panes(head + 1, 2)
    sheet.autofilter(head, 0, head + len(told), len(_GUIDE) - 1)
    set_up_page(sheet, header_row=head)
    sheet.activate()


def _write_field(sheet: Any, row: int, title: str, column: Column, pens: Pens) -> None:
    """One row of the guide: where a column stands, what it means, and what a filled cell looks like."""
    words = (title, column.title, column.description, column.unit, ", ".join(choices(column)))
    for at, text in enumerate(words):
        bold = {"bold": True} if at == 1 and column.key else {}
        sheet.write_string(row, at, text, pens.pen(text_wrap=True, **_LINE, **bold))
    looks = pens.pen(**_LINE, align="left", num_format=_FORMATS[column.kind])
    _write(sheet, (row, len(words)), example_of(column), column, looks)
    sheet.set_row(
        row, LINE_HEIGHT * max(lines_of(t, w) for t, w in zip(words, _GUIDE.values(), strict=False))
    )


def _meaning(part: TemplateSheet) -> str:
    return (part.table.model.__doc__ or "").split("\n")[0]


def _write_sheet(sheet: Any, part: TemplateSheet, lists: Mapping[tuple[str, ...], str], pens: Pens) -> None:
    sheet.write_string(0, 0, part.title, pens.pen(bold=True, font_size=14))
    sheet.write_string(_MEANING, 0, _meaning(part), pens.pen(**_GREY))
    last = _FIRST + len(part.rows) + SPARE_ROWS - 1
    for at, column in enumerate(part.columns):
        look = pens.pen(num_format=_FORMATS[column.kind])
        sheet.set_column(at, at, _width(column), look)
        sheet.write_string(_HEADER, at, column.title, pens.pen(**(_HEAD | (_KEY if column.key else {}))))
        sheet.write_comment(_HEADER, at, note_of(column), {"x_scale": 2.4, "y_scale": 1.4, "author": "pmo"})
        _check(sheet, (_FIRST, at, last, at), column, lists)
        for row, value in enumerate(part.rows[column.name], _FIRST):
            _write(sheet, (row, at), value, column, look)
    sheet.autofilter(_HEADER, 0, last, len(part.columns) - 1)
    sheet.freeze_panes(_FIRST, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letter(len(part.columns) - 1)}{last + 1}"})
    set_up_page(sheet, header_row=_HEADER, wide=True)


def _width(column: Column) -> int:
    free = column.kind is Kind.TEXT and not column.key
    return max(26 if free else 13, len(column.title) + 4)


def note_of(column: Column) -> str:
    """What a column means, in what unit, and which words it takes."""
    words = choices(column)
    parts = [
        f"{column.description}." if not column.description.endswith(".") else column.description,
        f"Unit: {column.unit}." if column.unit else "",
        f"One of: {', '.join(words)}." if words else "",
        "Identifies the row; needed." if column.key and not column.optional else "",
        "Needed for the figures." if column.required else "",
    ]
    return "\n".join(part for part in parts if part)


def example_of(column: Column) -> Any:
    """What a filled cell of the column looks like."""
    by = _examples()
    if words := choices(column):
        return words[0]
    return by["columns"].get(column.name, by["kinds"][str(column.kind)])


@cache
def _examples() -> dict[str, dict[str, Any]]:
    source = files("pmo_analytics.report").joinpath("template_examples.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _check(
    sheet: Any, area: tuple[int, int, int, int], column: Column, lists: Mapping[tuple[str, ...], str]
) -> None:
    if column.kind not in _NUMBERS:
        validate(sheet, area, column, lists)
        return
    sheet.data_validation(
        *area,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -_LARGEST,
            "maximum": _LARGEST,
            "error_title": "Not a number",
            "error_message": "Enter a plain number. Words such as Withheld or N/A are kept as a reason.",
            "error_type": "warning",
        },
    )


def _write(sheet: Any, place: tuple[int, int], value: Any, column: Column, pen: Any) -> None:
    """Writes a value as people would type it: a word of a list as the list shows it, text as text."""
    if value is None or value is pd.NA or pd.isna(value):
        sheet.write_blank(*place, None, pen)
    elif isinstance(value, bool):
        sheet.write_string(*place, "Yes" if value else "No", pen)
    elif isinstance(value, dt.date):
        sheet.write_datetime(*place, pd.Timestamp(value).to_pydatetime(), pen)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, pen)
    elif column.kind is Kind.COLOUR and value in PAINTS:
        sheet.write_string(*place, PAINTS[value].words, pen)
    elif column.words and value not in choices(column):
        sheet.write_string(*place, clean_text(str(value).replace("_", " ").capitalize()), pen)
    else:
        sheet.write_string(*place, clean_text(str(value)), pen)
