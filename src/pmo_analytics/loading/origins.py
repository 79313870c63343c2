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


class Found(NamedTuple):
    """What a place says, and the words that say which place; an empty text where none says anything."""

    text: str
    origin: str


NOTHING = Found("", "")


def find_project(path: str, sheet: RawSheet | None, layout: Layout) -> Found:
    """The project that a table without a project column belongs to, by the profile's row.

    In this order: given by the caller, sheet name, file name, a labelled cell above the header, the constant
    of the profile.
    """
    origin = layout.matching.row_kind.project
    if origin.given:
        return Found(origin.given, "given by the caller")
    for group, where in named_groups(path, sheet, origin):
        if group.get("project", "").strip():
            return Found(group["project"].strip(), where)
    label = labelled_cell(sheet, layout, origin.labels)
    if label.text:
        return label
    return Found(origin.constant, "stated by the profile") if origin.constant else NOTHING


def named_groups(path: str, sheet: RawSheet | None, origin: Origin) -> Iterator[tuple[dict[str, str], str]]:
    """The named parts that the patterns find in the sheet name and the file name, and which of them it was."""
    places = (
        (origin.sheet_name, (sheet.name or "") if sheet is not None else "", "taken from the sheet name"),
        (origin.file_name, PurePath(path).name, "taken from the file name"),
    )
    for pattern, text, where in places:
        found = pattern.search(text) if pattern is not None else None
        if found is not None:
            yield {name: part or "" for name, part in found.groupdict().items()}, where


def labelled_cell(sheet: RawSheet | None, layout: Layout, labels: tuple[str, ...]) -> Found:
    """What stands above the header behind one of the labels: in the same cell after a colon, else to its right."""
    wanted = {normalise_heading(label) for label in labels}
    if sheet is None or not wanted:
        return NOTHING
    for row in layout.rows_above:
        cells = [column[row] if row < len(column) else None for column in sheet.columns]
        for at, cell in enumerate(cells):
            text = _behind(cells, at, wanted) if isinstance(cell, str) else ""
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
