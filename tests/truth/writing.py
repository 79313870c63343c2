"""Writing a table with its faults: as text, by openpyxl, by XlsxWriter, and by LibreOffice as .xls and .ods."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from report.office import program
from truth.clean import Failed, Formula, Locale, Sheet

_FORMATS = {"date": "yyyy-mm-dd", "money": "#,##0.00", "percent": "0%"}


def rows_above(sheet: Sheet) -> int:
    """How many rows stand above the first row below the header."""
    return len(sheet.options.get("above", ())) + 1 + bool(sheet.options.get("sep_line"))


def write_text(sheet: Sheet, locale: Locale, path: Path) -> Path:
    """A delimited file; what `options` say of encoding, delimiter, quotes and widths of rows is done here."""
    options = sheet.options
    delimiter = options.get("delimiter", locale.delimiter)
    lines = [f"sep={delimiter}"] if options.get("sep_line") else []
    lines += [delimiter.join(row) for row in options.get("above", ())]
    lines.append(delimiter.join(_quoted(heading, delimiter) for heading in sheet.headings))
    for at, row in enumerate(sheet.rows):
        cells = [_text(row[n], sheet, n, locale) for n in range(len(row))]
        if at not in options.get("unquoted", ()):
            cells = [_quoted(cell, delimiter) for cell in cells]
        for (one, column), raw in options.get("raw_cells", {}).items():
            if one == at:
                cells[column] = raw
        cells = cells[: len(cells) - options.get("cut", {}).get(at, 0)]
        if at in options.get("dropped", {}):
            del cells[options["dropped"][at]]
        lines.append(delimiter.join(cells) + (delimiter if options.get("trailing") else ""))
    text = options.get("line", "\n").join([*lines, ""])
    path.write_bytes(text.encode(options.get("encoding", "utf-8"), "replace"))
    return path


def _quoted(text: str, delimiter: str) -> str:
    odd = any(letter in text for letter in (delimiter, '"', "\n", "\r"))
    return '"' + text.replace('"', '""') + '"' if odd else text


def _text(content: Any, sheet: Sheet, at: int, locale: Locale) -> str:
    """A cell as an export in that country would write it."""
    kind = sheet.fields[at].kind if at < len(sheet.fields) else "text"
    if content is None:
        return ""
    if isinstance(content, dt.date):
        return locale.day(content)
    if isinstance(content, float) and kind == "percent":
        return f"{locale.figure(content * 100, 0)}%" if not sheet.options.get("formats") else f"{content}"
    if isinstance(content, float):
        return locale.figure(content, 2 if round(content, 2) == content else 6)
    return str(content)


def _format(sheet: Sheet, row: int, at: int) -> str | None:
    """The number format of a cell: its own, else that of its column."""
    if at >= len(sheet.fields):
        return None
    field, options = sheet.fields[at], sheet.options
    if (row, field.column) in options.get("dated", ()):
        return _FORMATS["date"]
    if (row, field.column) in options.get("plain", ()):
        return None
    own = options.get("cell_formats", {}).get((row, field.column))
    return own or options.get("formats", {}).get(field.column, _FORMATS.get(field.kind))


def write_openpyxl(sheet: Sheet, path: Path) -> Path:
    """An .xlsx by openpyxl, which stores no result of a formula."""
    book = openpyxl.Workbook()
    if sheet.options.get("date_1904"):
        book.epoch = CALENDAR_MAC_1904
    page = book.active
    if "hidden" in sheet.options:
        state, old = sheet.options["hidden"]
        page.title, page.sheet_state = "Old", state
        _fill_openpyxl(page, old)
        page = book.create_sheet("Status")
        book.active = page
    _fill_openpyxl(page, sheet)
    book.save(path)
    return path


def _fill_openpyxl(page: Any, sheet: Sheet) -> None:
    above = sheet.options.get("above", ())
    for number, row in enumerate([*above, sheet.headings], 1):
        for at, text in enumerate(row, 1):
            page.cell(number, at, text)
    start = len(above) + 2
    for number, row in enumerate(sheet.rows):
        for at, content in enumerate(row):
            cell = page.cell(start + number, at + 1)
            cell.value = _for_openpyxl(content)
            if isinstance(content, Failed):
                cell.data_type = "e"
            form = _format(sheet, number, at)
            if form and content is not None and not isinstance(content, str):
                cell.number_format = form
    for first, left, last, right in sheet.options.get("merged", ()):
        page.merge_cells(None, start + first, left + 1, start + last, right + 1)
    for first, left, last, right in sheet.options.get("merged_above", ()):
        page.merge_cells(None, first + 1, left + 1, last + 1, right + 1)
    for number in sheet.options.get("hidden_rows", ()):
        page.row_dimensions[start + number].hidden = True
    if "stray" in sheet.options:
        row, column, content = sheet.options["stray"]
        page.cell(row, column, content)


def _for_openpyxl(content: Any) -> Any:
    if isinstance(content, Formula):
        return content.text
    return content.code if isinstance(content, Failed) else content


def write_xlsxwriter(sheet: Sheet, path: Path) -> Path:
    """An .xlsx by XlsxWriter, which stores a result for every formula: the one given, else 0."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "date_1904": bool(sheet.options.get("date_1904")),
    }
    with xlsxwriter.Workbook(path, options) as book:
        if "hidden" in sheet.options:
            state, old = sheet.options["hidden"]
            page = book.add_worksheet("Old")
            _fill_xlsxwriter(book, page, old)
            (page.hide if state == "hidden" else page.very_hidden)()
        page = book.add_worksheet("Status")
        page.activate()
        page.set_first_sheet()
        _fill_xlsxwriter(book, page, sheet)
    return path


def _fill_xlsxwriter(book: Any, page: Any, sheet: Sheet) -> None:
    above = sheet.options.get("above", ())
    start = len(above) + 1
    for first, left, last, right in sheet.options.get("merged_above", ()):
        page.merge_range(first, left, last, right, "")
    for first, left, last, right in sheet.options.get("merged", ()):
        page.merge_range(start + first, left, start + last, right, "")
    formats: dict[str, Any] = {}
    for number, row in enumerate([*above, sheet.headings]):
        for at, text in enumerate(row):
            if text is not None:
                page.write_string(number, at, text)
    for number, row in enumerate(sheet.rows):
        for at, content in enumerate(row):
            form = _format(sheet, number, at)
            style = formats.setdefault(form, book.add_format({"num_format": form})) if form else None
            _write_xlsxwriter(page, start + number, at, content, style)
    for number in sheet.options.get("hidden_rows", ()):
        page.set_row(start + number, None, None, {"hidden": True})
    if "stray" in sheet.options:
        row, column, content = sheet.options["stray"]
        page.write(row - 1, column - 1, content)


def _write_xlsxwriter(page: Any, row: int, at: int, content: Any, style: Any) -> None:
    if content is None:
        return
    if isinstance(content, Formula):
        page.write_formula(row, at, content.text, style, 0 if content.result is None else content.result)
    elif isinstance(content, Failed):
        page.write_formula(row, at, "=1/0", style, content.code)
    elif isinstance(content, dt.date):
        page.write_datetime(row, at, dt.datetime(content.year, content.month, content.day), style)
    elif isinstance(content, str):
        page.write_string(row, at, content)
    else:
        page.write_number(row, at, content, style)


def convert(paths: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The files as LibreOffice saves them in another format, all in one run."""
    profile = (folder / "profile").as_uri()
    command = [program("soffice", "libreoffice"), "--headless", f"-env:UserInstallation={profile}"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(folder), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return [folder / f"{path.stem}.{kind}" for path in paths]
