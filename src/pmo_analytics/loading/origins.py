"""Origins: what the places around a table say when no column of it does: sheet name, file name, labelled cells."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from pmo_analytics.loading.layout.headings import normalise_heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.loading.layout.profiles import Origin

#: A label and its value in one cell are parted by a colon, or by an equals sign.
_PARTED = re.compile(r"^\s*([^:=]+?)\s*[:=]\s*(\S.*?)\s*$", re.DOTALL)


SHEET_NAME, FILE_NAME = "taken from the sheet name", "taken from the file name"


class Found(NamedTuple):
    """What a place says, and the words that say which place; an empty text where none says anything."""

    text: str
    origin: str


NOTHING = Found("", "")


def find_project(path: str, sheet: RawSheet | None, layout: Layout) -> Found:
    """The project that a table without a project column belongs to, by the profile's row.

    In this order: given by the caller, sheet name, a labelled cell above the header, file name, the constant of
    the profile: what stands in the sheet says more than the name under which somebody saved it.
    """
    origin = layout.matching.row_kind.project
    if origin.given:
        return Found(origin.given, "given by the caller")
    named = [
        Found(group.get("project", "").strip(), where) for group, where in named_groups(path, sheet, origin)
    ]
    of_sheet = [found for found in named if found.origin == SHEET_NAME]
    others = [found for found in named if found.origin != SHEET_NAME]
    stated = Found(origin.constant or "", "stated by the profile")
    places = (*of_sheet, labelled_cell(sheet, layout, origin.labels), *others, stated)
    return next((found for found in places if found.text), NOTHING)


def named_groups(path: str, sheet: RawSheet | None, origin: Origin) -> Iterator[tuple[dict[str, str], str]]:
    """The named parts that the patterns find in the sheet name and the file name, and which of them it was."""
    places = (
        (origin.sheet_name, (sheet.name or "") if sheet is not None else "", SHEET_NAME),
        (origin.file_name, PurePath(path).name, FILE_NAME),
    )
    for pattern, text, where in places:
        found = pattern.search(text) if pattern is not None else None
        if found is not None:
            yield {name: part or "" for name, part in found.groupdict().items()}, where


def labelled_cell(sheet: RawSheet | None, layout: Layout, labels: tuple[str, ...]) -> Found:
    """What stands above the header behind the first of the labels: in its cell after a colon, else to its right."""
    if sheet is None:
        return NOTHING
    for label in labels:
        wanted = normalise_heading(label)
        for row in range(layout.header_row - 1):
            cells = [column[row] if row < len(column) else None for column in sheet.columns]
            for at, cell in enumerate(cells):
                text = _behind(cells, at, {wanted}) if isinstance(cell, str) else ""
                if text:
                    return Found(text, f"taken from the cell labelled {str(cell).split(':')[0].strip()}")
    return NOTHING


def _behind(cells: list[object], at: int, wanted: set[str]) -> str:
    text = str(cells[at])
    parted = _PARTED.match(text)
    if parted is not None and normalise_heading(parted[1]) in wanted:
        return parted[2]
    if normalise_heading(text.rstrip(" :=")) not in wanted:
        return ""
    beside: Any = next((cell for cell in cells[at + 1 :] if cell is not None and str(cell).strip()), None)
    if isinstance(beside, float) and beside.is_integer():
        beside = int(beside)
    if isinstance(beside, dt.datetime):
        beside = beside.date()
    return "" if beside is None else str(beside).strip()
