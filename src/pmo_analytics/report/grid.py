"""Tables on a sheet: every cell goes through here, text always as text."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.charts.house import PAINTS, STATES
from pmo_analytics.errors import ReportError
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.format import COLOUR, DATE, LINE_HEIGHT, MOST_HEIGHT, TEXT, WRAPPED
from pmo_analytics.report.wording import NOT_AVAILABLE, colour_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.report.format import Formats
    from pmo_analytics.report.texts import TextCount

#: Rows of a sheet, and the first day from which Excel's calendar is right.
SHEET_ROWS = 1_048_576
FIRST_DAY = pd.Timestamp(1900, 3, 1)

_FIGURES = frozenset(map(str, Unit))


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table on a sheet; ``unit_from`` names a column that gives the unit row by row."""

    name: str
    heading: str
    kind: str = TEXT
    width: float = 12
    unit_from: str | None = None

    @property
    def is_figure(self) -> bool:
        """Whether its cells are figures, which stand to the right."""
        return self.unit_from is not None or self.kind in _FIGURES


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook being written: the sheet, the formats and the count of changed texts."""

    sheet: Any
    formats: Formats
    texts: TextCount

    def text(self, row: int, column: int, text: object, form: Any = None) -> None:
        """Writes a text, never a formula, a link or a number."""
        self.sheet.write_string(row, column, self.texts.fit(str(text)), form or self.formats.cells[TEXT])

    def figure(self, row: int, column: int, value: float, unit: str) -> None:
        """Writes a figure with the number format of its unit; "n/a" in grey where there is none."""
        if pd.isna(value) or not math.isfinite(value):
            self.text(row, column, NOT_AVAILABLE, self.formats.missing)
        else:
            self.sheet.write_number(row, column, float(value), self.formats.cells[unit])

    def date(self, row: int, column: int, value: pd.Timestamp | None) -> None:
        """Writes a date; days before Excel's calendar as text, an absent one as an empty cell."""
        if value is None or pd.isna(value):
            self.sheet.write_blank(row, column, None, self.formats.cells[DATE])
        elif value < FIRST_DAY:
            self.text(row, column, value.date().isoformat(), self.formats.missing)
        else:
            self.sheet.write_datetime(row, column, value.to_pydatetime(), self.formats.cells[DATE])


def set_widths(page: Page, fields: Sequence[Field]) -> None:
    """Gives each column of the sheet the width of its field."""
    for column, field in enumerate(fields):
        page.sheet.set_column(column, column, field.width)


def write_table(
    page: Page, frame: pd.DataFrame, fields: Sequence[Field], *, top: int, filtered: bool = False
) -> int:
    """Writes header and rows from row ``top`` on and returns the first row below.

    Raises ``ReportError`` where the rows do not fit on a sheet: none is dropped in silence.
    """
    if top + 1 + len(frame) > SHEET_ROWS:
        raise ReportError(
            f"sheet {page.sheet.get_name()}: {len(frame):,} rows do not fit on a sheet of {SHEET_ROWS:,}; "
            f"report a part of the portfolio, with portfolio.only(…)."
        )
    write_header(page, fields, top=top)
    for column, field in enumerate(fields):
        _write_column(page, frame, field, top + 1, column)
    _set_heights(page, frame, fields, top + 1)
    last = top + len(frame)
    if filtered:
        page.sheet.autofilter(top, 0, last, len(fields) - 1)
    for column, field in enumerate(fields):
        if field.kind == COLOUR and len(frame):
            paint(page, top + 1, column, last, column)
    return last + 1


def write_header(page: Page, fields: Sequence[Field], *, top: int) -> None:
    """Writes the headings, figures to the right, in a row high enough for them."""
    for column, field in enumerate(fields):
        form = page.formats.head_right if field.is_figure else page.formats.head
        page.text(top, column, field.heading, form)
    most = max(_lines(field.heading, field.width) for field in fields)
    page.sheet.set_row(top, LINE_HEIGHT * most + 4)


def paint(page: Page, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
    """Adds the conditional formats that colour a range by the words in its cells."""
    area = (first_row, first_column, last_row, last_column)
    for state in STATES:
        page.sheet.conditional_format(
            *area,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{PAINTS[state].label}"',
                "format": page.formats.colours[state],
            },
        )


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that width."""
    return max(math.ceil(len(text) / (width * 1.05 - 1)), 1) + text.count("\n")


def _set_heights(page: Page, frame: pd.DataFrame, fields: Sequence[Field], top: int) -> None:
    """Gives rows with wrapped text their height; not every program finds it by itself."""
    wrapped = [field for field in fields if field.kind == WRAPPED]
    columns = [[_lines(str(value), field.width) for value in frame[field.name]] for field in wrapped]
    for row, lines in enumerate(zip(*columns, strict=True), start=top):
        if max(lines) > 1:
            page.sheet.set_row(row, min(LINE_HEIGHT * max(lines) + 2, MOST_HEIGHT))


def _write_column(page: Page, frame: pd.DataFrame, field: Field, top: int, column: int) -> None:
    # The file format has no columns: whatever is written, is written cell by cell.
    values = frame[field.name]
    if field.unit_from is not None:
        units = frame[field.unit_from].astype("object").fillna(str(Unit.RATIO))
        for row, (value, unit) in enumerate(zip(values.tolist(), units.tolist(), strict=True), start=top):
            # A row of no unit is about no figure at all, which is not the same as an undefined one.
            if unit:
                page.figure(row, column, value, unit)
            else:
                page.text(row, column, "")
    elif field.kind in _FIGURES:
        for row, value in enumerate(values.astype("float64").tolist(), start=top):
            page.figure(row, column, value, field.kind)
    elif field.kind == DATE:
        for row, value in enumerate(values, start=top):
            page.date(row, column, value)
    else:
        form = page.formats.cells[WRAPPED if field.kind == WRAPPED else field.kind]
        shown = (
            colour_labels(values)
            if field.kind == COLOUR
            else values.astype("object").where(values.notna(), "")
        )
        for row, value in enumerate(shown.tolist(), start=top):
            page.text(row, column, value, form)
