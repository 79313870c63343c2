"""Profile books: a profile filled in as a workbook, as ``pmo profile init`` drafts it, read as the TOML would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_analytics.errors import ConfigurationError, FileError
from pmo_analytics.loading.files.reading import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_analytics.loading.files.raw_sheet import RawSheet

#: The sheets of such a workbook, and the headings that are read in the second.
PROFILE_SHEET, HEADINGS_SHEET = "Profile", "Headings"
HEADING, FIELD = "Heading", "Field"
#: What the first sheet may say, one a row; rows and headings are said elsewhere.
SINGLE = ("name", "title", "date_order", "currency", "cells")
ROW_IS, TABLES, PERIOD_FILE_NAME = "row is", "tables", "period in the file name"


def read_profile_book(path: Path) -> dict[str, Any]:
    """What the workbook says, in the shape of a profile's TOML.

    Raises ``ConfigurationError`` that names file, sheet and, where it is one, the cell.
    """
    try:
        sheets = {sheet.name: sheet for sheet in read_book(path).sheets}
    except FileError as error:
        raise ConfigurationError(f"{path}: cannot be read as a profile: {error.message}") from error
    for needed in (PROFILE_SHEET, HEADINGS_SHEET):
        if needed not in sheets:
            raise ConfigurationError(f"{path}: a profile workbook has a sheet {needed}; this one has none.")
    said = _said(sheets[PROFILE_SHEET])
    raw: dict[str, Any] = {key: said[key] for key in SINGLE if said.get(key)}
    kinds, tables = said.get(ROW_IS, "project"), said.get(TABLES, "projects, status")
    listed = zip(kinds.split(";"), tables.split(";"), strict=False)
    raw["row"] = [{"is": kind.strip(), "tables": [t.strip() for t in of.split(",")]} for kind, of in listed]
    if said.get(PERIOD_FILE_NAME):
        raw["period"] = {"file_name": said[PERIOD_FILE_NAME]}
    raw["headings"] = _headings(sheets[HEADINGS_SHEET], path)
    return raw


def _said(sheet: RawSheet) -> dict[str, str]:
    keys, values = sheet.columns[0], sheet.columns[1] if len(sheet.columns) > 1 else []
    pairs = zip(keys, values, strict=False)
    return {
        str(key).strip().casefold(): str(value).strip() for key, value in pairs if key and value is not None
    }


def _headings(sheet: RawSheet, path: Path) -> dict[str, dict[str, list[str]]]:
    first = [str(column[0]).strip() if column else "" for column in sheet.columns]
    if HEADING not in first or FIELD not in first:
        raise ConfigurationError(
            f"{path}, sheet {sheet.name}: row 1 must have the headings {HEADING} and {FIELD}."
        )
    written, fields = sheet.columns[first.index(HEADING)][1:], sheet.columns[first.index(FIELD)][1:]
    headings: dict[str, dict[str, list[str]]] = {}
    for row, (heading, field) in enumerate(zip(written, fields, strict=False), start=2):
        if heading is None or field is None or not str(field).strip():
            continue
        name, dot, column = str(field).strip().partition(".")
        if not dot:
            raise ConfigurationError(
                f"{path}, sheet {sheet.name}, row {row}: {field!r} is no field; write table.column."
            )
        headings.setdefault(name, {}).setdefault(column, []).append(str(heading))
    return headings
