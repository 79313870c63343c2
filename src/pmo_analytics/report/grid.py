"""Tables on a sheet: every cell goes through here, text always as text."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.errors import ReportError
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.format import LINE_HEIGHT, MOST_HEIGHT, kind_of
from pmo_analytics.report.listings.listing import COLOUR, DATE, TEXT, WRAPPED
from pmo_analytics.report.places import LINKS, Places
from pmo_analytics.report.wording import NOT_AVAILABLE
from pmo_analytics.schemas.source import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.report.format import Formats
    from pmo_analytics.report.listings.listing import Field
    from pmo_analytics.report.texts import TextCount

#: Rows of a sheet, and the first day from which Excel's calendar is right.
SHEET_ROWS = 1_048_576
FIRST_DAY = pd.Timestamp(1900, 3, 1)
#: Most notes on a sheet: Excel draws each of them as a shape, and more make a sheet slow to open.
MOST_NOTES = 5_000

#: How many characters fit into a unit of width, and how much of that is left for the bold ones of headings.
_CHARACTERS, _BOLD = 1.3, 0.75


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook being written: the sheet, its formats, where others stand, and the book."""

    sheet: Any
    formats: Formats
    texts: TextCount
    places: Places = field(default_factory=Places)
    workbook: Any = None

    def text(self, row: int, column: int, text: object, form: Any = None) -> None:
        """Writes a text, never a formula, a link or a number."""
        self.sheet.write_string(row, column, self.texts.fit(str(text)), form or self.formats.cells[TEXT])

    def span(self, row: int, columns: tuple[int, int], text: object, form: Any = None) -> None:
        """Writes a text into cells joined from the first to the last of ``columns``."""
        first, last = columns
        form = form or self.formats.cells[TEXT]
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", form)
        self.sheet.write_string(row, first, self.texts.fit(str(text)), form)

    def figure(self, row: int, column: int, value: float, unit: str, *, formula: str | None = None) -> None:
        """Writes a figure with the number format of its unit; "n/a" in grey where there is none."""
        if pd.isna(value) or not math.isfinite(value):
            self.text(row, column, NOT_AVAILABLE, self.formats.missing)
            return
        form = self.formats.cells[kind_of(unit, value)]
        if formula is not None:
            self.sheet.write_formula(row, column, f"={formula}", form, float(value))
        else:
            self.sheet.write_number(row, column, float(value), form)

    def date(self, row: int, column: int, value: pd.Timestamp | None) -> None:
        """Writes a date; days before Excel's calendar as text, an absent one as an empty cell."""
        if value is None or pd.isna(value):
            self.sheet.write_blank(row, column, None, self.formats.cells[DATE])
        elif value < FIRST_DAY:
            self.text(row, column, value.date().isoformat(), self.formats.missing)
        else:
            self.sheet.write_datetime(row, column, value.to_pydatetime(), self.formats.cells[DATE])

    def link(self, row: int, column: int, text: object, *, target: str | None) -> None:
        """Writes a text that leads to a place in this workbook; plain text where there is no such place."""
        if target is None:
            self.text(row, column, text)
        else:
            shown = self.texts.fit(str(text))
            self.sheet.write_url(row, column, f"internal:{target}", self.formats.link, shown)

    def note(self, row: int, column: int, text: str) -> None:
        """Adds a note to a cell."""
        if text:
            self.sheet.write_comment(row, column, self.texts.fit(text), {"x_scale": 2.4, "y_scale": 1.2})


def set_widths(page: Page, fields: Sequence[Field]) -> None:
    """Gives each column of the sheet the width of its field."""
    for column, field_ in enumerate(fields):
        page.sheet.set_column(column, column, field_.width)


def write_table(
    page: Page,
    frame: pd.DataFrame,
    fields: Sequence[Field],
    *,
    top: int,
    left: int = 0,
    table: str | None = None,
) -> int:
    """Writes header and rows from row ``top`` on and returns the first row below.

    With ``table`` the range becomes an Excel table of that name, with filters. Raises ``ReportError`` where
    the rows do not fit on a sheet: none is dropped in silence.
    """
    if top + 1 + len(frame) > SHEET_ROWS:
        raise ReportError(
            f"sheet {page.sheet.get_name()}: {len(frame):,} rows do not fit on a sheet of {SHEET_ROWS:,}; "
            f"report a part of the portfolio, with portfolio.only(…)."
        )
    write_header(page, fields, top=top, left=left)
    letters = {field_.name: column_letter(at) for at, field_ in enumerate(fields, start=left)}
    for column, field_ in enumerate(fields, start=left):
        _write_column(page, frame, field_, top=top + 1, column=column, letters=letters)
    _set_heights(page, frame, fields, top + 1)
    last = top + len(frame)
    if table is not None and len(frame):
        _make_table(page, fields, (top, left, last, left + len(fields) - 1), table)
    for column, field_ in enumerate(fields, start=left):
        if field_.kind == COLOUR and len(frame):
            paint(page, top + 1, column, last, column)
    return last + 1


def write_header(page: Page, fields: Sequence[Field], *, top: int, left: int = 0) -> None:
    """Writes the headings, figures to the right, in a row high enough for them."""
    for column, field_ in enumerate(fields, start=left):
        page.text(top, column, field_.heading, _head(page, field_))
    most = max(lines_of(field_.heading, field_.width * _BOLD) for field_ in fields)
    page.sheet.set_row(top, LINE_HEIGHT * most + 4)


def _head(page: Page, field_: Field) -> Any:
    return page.formats.head_right if field_.is_figure else page.formats.head


def _make_table(page: Page, fields: Sequence[Field], area: tuple[int, int, int, int], name: str) -> None:
    headings = [page.texts.fit(field_.heading) for field_ in fields]
    columns = [
        {"header": heading, "header_format": _head(page, field_)}
        for heading, field_ in zip(headings, fields, strict=True)
    ]
    page.sheet.add_table(*area, {"name": name, "columns": columns, "style": None})


def paint(page: Page, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
    """Adds the conditional formats that colour a range by the words its cells begin with."""
    area = (first_row, first_column, last_row, last_column)
    for label, form in page.formats.colours_by_label.items():
        page.sheet.conditional_format(
            *area, {"type": "text", "criteria": "begins with", "value": label, "format": form}
        )


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that width."""
    return max(math.ceil(len(text) / (width * _CHARACTERS - 1)), 1) + text.count("\n")


def _set_heights(page: Page, frame: pd.DataFrame, fields: Sequence[Field], top: int) -> None:
    """Gives rows with wrapped text their height; not every program finds it by itself."""
    wrapped = [field_ for field_ in fields if field_.kind in (WRAPPED, COLOUR)]
    columns = [[lines_of(str(value), field_.width) for value in frame[field_.name]] for field_ in wrapped]
    for row, lines in enumerate(zip(*columns, strict=True), start=top):
        if max(lines) > 1:
            page.sheet.set_row(row, min(LINE_HEIGHT * max(lines) + 2, MOST_HEIGHT))


def _write_column(
    page: Page, frame: pd.DataFrame, field_: Field, *, top: int, column: int, letters: Mapping[str, str]
) -> None:
    # The file format has no columns: whatever is written, is written cell by cell.
    values = frame[field_.name]
    if field_.unit_from is not None:
        _write_by_unit(page, values, frame[field_.unit_from], top, column)
    elif field_.is_figure:
        formulas = _formulas(field_, letters, range(top, top + len(frame)))
        figures = values.astype("float64").tolist()
        for row, (value, formula) in enumerate(zip(figures, formulas, strict=True), start=top):
            page.figure(row, column, value, field_.kind, formula=formula)
    elif field_.kind == DATE:
        for row, value in enumerate(values, start=top):
            page.date(row, column, value)
    else:
        _write_texts(page, frame, field_, top, column)
    if field_.note_from is not None and len(frame) <= MOST_NOTES:
        for row, text in enumerate(frame[field_.note_from].tolist(), start=top):
            page.note(row, column, text)


def _write_by_unit(page: Page, values: pd.Series, units: pd.Series, top: int, column: int) -> None:
    named = units.astype("object").fillna(str(Unit.RATIO))
    for row, (value, unit) in enumerate(zip(values.tolist(), named.tolist(), strict=True), start=top):
        # A row of no unit is about no figure at all, which is not the same as an undefined one.
        if unit:
            page.figure(row, column, value, unit)
        else:
            page.text(row, column, "")


def _write_texts(page: Page, frame: pd.DataFrame, field_: Field, top: int, column: int) -> None:
    values = frame[field_.name]
    shown = values.astype("object").where(values.notna(), "").tolist()
    if field_.link is None or len(frame) > LINKS:
        for row, value in enumerate(shown, start=top):
            page.text(row, column, value, page.formats.cells[field_.kind])
        return
    keys = frame[field_.link_from or field_.name].tolist()
    for row, (value, key) in enumerate(zip(shown, keys, strict=True), start=top):
        page.link(row, column, value, target=page.places.of(field_.link, key))


def _formulas(field_: Field, letters: Mapping[str, str], rows: range) -> list[str | None]:
    if field_.formula is None:
        return [None] * len(rows)
    return [field_.formula.format(**{name: f"{a}{row + 1}" for name, a in letters.items()}) for row in rows]
