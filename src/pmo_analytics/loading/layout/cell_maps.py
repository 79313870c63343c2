"""Cell maps: which cell of a form holds what, as ``[[cell]]`` of a profile or a table of keys and cells says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pmo_analytics.errors import ConfigurationError, FileError, UnknownName
from pmo_analytics.loading.files.raw_sheet import SHEET_COLUMNS, SHEET_ROWS, cell_name, place_of
from pmo_analytics.loading.files.reading import read_book
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

#: What a ``[[cell]]`` may say.
CELL_KEYS = ("table", "field", "heading", "sheet", "cell", "unit", "group")
#: The headings that a table of keys and cells needs, written with or without blanks and underscores.
MAP_HEADINGS = ("cell_key", "template_sheet", "cellreference")

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MappedCell:
    """One cell that a map names: what it calls it, sheet, row and column (counted from 0).

    ``table`` and ``field`` are said where the map says them, else ``heading`` has to be known. Cells of one ``group``
    make one row of their table. ``where`` is the place in the map, for messages.
    """

    heading: str
    sheet: str
    row: int
    column: int
    table: str = ""
    field: str = ""
    group: str = ""
    unit: str = ""
    where: str = ""

    @property
    def place(self) -> tuple[str, int, int]:
        """Sheet, row and column."""
        return self.sheet, self.row, self.column

    @property
    def address(self) -> str:
        """The cell as people write it, such as ``Introduction!C11``."""
        return f"{self.sheet}!{cell_name(self.row, self.column)}"

    @property
    def title(self) -> str:
        """The heading with the unit, as a column would bear it."""
        # A unit of its own goes before one that the key of the map names.
        return f"{_BRACKETS.sub('', self.heading).strip()} ({self.unit})" if self.unit else self.heading


def mapped_cells(raw: Mapping[str, Any], where: str, folder: Path) -> tuple[MappedCell, ...]:
    """The cells of a profile: its ``[[cell]]`` records, then those of the table that ``cells`` names.

    A cell of the table that a record names as well is that of the record, under the key of the table. Raises
    ``ConfigurationError`` or ``UnknownName`` that names file, place and key.
    """
    own = [_record(entry, number, where) for number, entry in enumerate(raw.get("cell", ()), 1)]
    listed = read_cell_map(folder / raw["cells"]) if raw.get("cells") else ()
    keys = {cell.place: cell.heading for cell in listed}
    named = [
        replace(cell, heading=cell.heading or keys.get(cell.place) or f"{cell.table}.{cell.field}")
        for cell in own
    ]
    places = {cell.place for cell in named}
    cells = (*named, *(cell for cell in listed if cell.place not in places))
    _refuse_doubled(cells, where)
    return cells


def read_cell_map(path: Path) -> tuple[MappedCell, ...]:
    """The cells of a table with the headings ``cell_key``, ``template_sheet`` and ``cellreference``.

    Raises ``ConfigurationError`` with the row: for a key that stands twice, a bad reference, an empty cell.
    """
    try:
        (sheet, *_) = read_book(path).sheets
    except FileError as error:
        raise ConfigurationError(f"{path}: cannot be read as a map of cells: {error.message}") from error
    texts = [[_text(value) for value in column] for column in sheet.columns]
    headings = [_plain(column[0]) if column else "" for column in texts]
    absent = [name for name in MAP_HEADINGS if _plain(name) not in headings]
    if absent:
        raise ConfigurationError(
            f"{path}: a map of cells has the headings {', '.join(MAP_HEADINGS)} in its first row; "
            f"it lacks {', '.join(absent)}. It has {', '.join(filter(None, headings)) or 'none'}."
        )
    columns = [texts[headings.index(_plain(name))][1:] for name in MAP_HEADINGS]
    cells = tuple(_rows(zip(*columns, strict=True), path))
    _refuse_doubled(cells, str(path))
    return cells


def _rows(rows: Iterable[tuple[str, ...]], path: Path) -> Iterator[MappedCell]:
    for number, (key, sheet, cell) in enumerate(rows, 2):
        if not (key or sheet or cell):
            continue
        where = f"{path}, row {number}"
        for name, said in zip(MAP_HEADINGS, (key, sheet, cell), strict=True):
            if not said:
                raise ConfigurationError(f"{where}: {name} is empty; fill it in or remove the row.")
        yield MappedCell(
            key, sheet, *_place(cell, f"{where}, key {key!r}"), where=f"{path.name} row {number}"
        )


def _record(entry: Mapping[str, Any], number: int, where: str) -> MappedCell:
    here = f"{where}, [[cell]] {number}"
    for key in entry:
        if key not in CELL_KEYS:
            raise UnknownName(f"key in {here}", key, CELL_KEYS)
    name, column, heading = (str(entry.get(key, "")).strip() for key in ("table", "field", "heading"))
    if bool(name) != bool(column) or not (column or heading):
        raise ConfigurationError(f"{here}: say which field it is by table and field, or by a heading.")
    if name:
        known = [one.name for one in table(name).columns.values() if not one.derived]
        if column not in known:
            raise UnknownName(f"column of {name} in {here}", column, known)
    sheet, cell = str(entry.get("sheet", "")).strip(), str(entry.get("cell", "")).strip()
    if not sheet:
        raise ConfigurationError(f"{here}: it names no sheet; write sheet = 'the name of the sheet'.")
    row, at = _place(cell, here)
    group, unit = str(entry.get("group", "")), str(entry.get("unit", "")).strip("()[] ")
    return MappedCell(heading, sheet, row, at, name, column, group, unit, f"[[cell]] {number}")


def _place(reference: str, where: str) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(reference)
    if found is not None:
        row, column = place_of((found[1] + found[2]).upper())
        if column is not None and row < SHEET_ROWS and column < SHEET_COLUMNS:
            return row, column
    raise ConfigurationError(f"{where}: {reference!r} is no cell of a sheet; write one such as C11.")


def _refuse_doubled(cells: Iterable[MappedCell], where: str) -> None:
    """A key, or a field of one row, that is mapped twice."""
    seen: dict[tuple[str, ...], MappedCell] = {}
    for cell in cells:
        key = (cell.table, cell.field, cell.group) if cell.field else (cell.heading.casefold(),)
        first = seen.setdefault(key, cell)
        if first is not cell:
            raise ConfigurationError(
                f"{where}: {cell.heading!r} is mapped twice, in {first.where} and {cell.where}; "
                "remove one, or give the second a name of its own."
            )


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z]", "", heading.casefold())
