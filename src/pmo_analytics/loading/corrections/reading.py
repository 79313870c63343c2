"""Reading a correction workbook: which rows of which files it holds, as they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.errors import CorrectionsUnusable
from pmo_analytics.loading.corrections import marks
from pmo_analytics.loading.corrections.marks import Cell
from pmo_analytics.loading.files.raw_sheet import column_index, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.loading.files.raw_sheet import RawBook, RawSheet

#: How far down the marks above the headings are looked for.
_MARK_ROWS = 40
_EMPTY = Cell(None, " ")


@dataclass(frozen=True, slots=True)
class Origin:
    """A table that rows of a correction workbook come from."""

    file: str
    digest: str
    sheet: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of a correction workbook.

    ``place`` is the row of the original (or the address of a single cell), ``stand`` the hash of how it stood
    when it was written out, ``cells`` what stands here now by row and column of the original, both counted
    from 0. Without ``origin`` nobody knows where the row belongs.
    """

    path: str
    sheet: str
    row: int
    origin: Origin | None
    place: str
    stand: str
    cells: Mapping[tuple[int, int], Cell]
    headings: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class CorrectionBook:
    """A correction workbook: its rows, and how many rows of its sheets are none.

    ``foreign`` names columns, by sheet, that people added: nothing of them is read.
    """

    path: str
    digest: str
    corrections: tuple[Correction, ...]
    empty: int
    above: int
    unrecognised: int
    foreign: Mapping[str, tuple[str, ...]]


def read_corrections(book: RawBook) -> CorrectionBook | None:
    """The rows of a correction workbook; None for any other book.

    It is known by its content, whatever its name: the hidden sheet of origins and the marks above headings.
    Raises ``CorrectionsUnusable`` where one is there without the other, or in a version not known here.
    """
    origins = next((sheet for sheet in book.sheets if _is_origin(sheet)), None)
    marked = {at: row for at, sheet in enumerate(book.sheets) if (row := _mark_row(sheet)) is not None}
    if origins is None:
        if marked:
            raise CorrectionsUnusable(
                book.path,
                "it was a correction workbook, and its hidden sheet of origins is lost.",
                sheet=book.sheets[next(iter(marked))].name,
            )
        return None
    tables = _tables(book, origins)
    found: list[Correction] = []
    empty = above = unrecognised = 0
    foreign: dict[str, tuple[str, ...]] = {}
    for at, sheet in enumerate(book.sheets):
        if at not in marked:
            unrecognised += sheet.n_rows
            continue
        part = _Part(book.path, sheet, marked[at], tables)
        rows = part.corrections()
        found += rows
        above += part.first
        empty += sheet.n_rows - part.first - len(rows)
        if part.foreign:
            foreign[str(sheet.name)] = part.foreign
    return CorrectionBook(
        book.path, book.digest, tuple(found), empty, above, unrecognised, MappingProxyType(foreign)
    )


def _is_origin(sheet: RawSheet) -> bool:
    return bool(sheet.columns) and sheet.n_rows > 0 and sheet.columns[0][0] == marks.TITLE


def _mark_row(sheet: RawSheet) -> int | None:
    """The row of the marks above the headings, counted from 0."""
    for row in range(min(sheet.n_rows, _MARK_ROWS)):
        if any(
            isinstance(column[row], str) and marks.read_column_mark(column[row]) for column in sheet.columns
        ):
            return row
    return None


def _tables(book: RawBook, sheet: RawSheet) -> dict[int, Origin]:
    version = sheet.columns[1][0] if len(sheet.columns) > 1 else None
    if version != marks.VERSION:
        raise CorrectionsUnusable(
            book.path,
            f"it is a correction workbook of version {version!s:.12}; this library reads {marks.VERSION}.",
            sheet=sheet.name,
        )
    tables = {}
    for row in range(2, sheet.n_rows):
        number, file, digest, name = (column[row] for column in sheet.columns[: len(marks.ORIGIN_HEADINGS)])
        if isinstance(number, int | float) and digest:
            tables[int(number)] = Origin(str(file), str(digest), None if name is None else str(name))
    return tables


class _Part:
    """One sheet of corrections: its columns by their marks, and the rows below."""

    def __init__(self, path: str, sheet: RawSheet, mark_row: int, tables: Mapping[int, Origin]) -> None:
        self.path, self.sheet, self.tables = path, sheet, tables
        known = {
            at: read
            for at, column in enumerate(sheet.columns)
            if (read := marks.read_column_mark(column[mark_row])) is not None
        }
        own = (marks.ROW_MARKS, marks.WORDS)
        self.data = {at: read for at, read in known.items() if read[1] not in own}
        self.mark_column = next((at for at, read in known.items() if read[1] == marks.ROW_MARKS), None)
        rest = range(mark_row + 1, sheet.n_rows)
        header = next((row for row in rest if self._filled(row, self.data)), mark_row)
        self.first = header + 1
        self.headings = {at: str(sheet.columns[at][header] or "") for at in self.data}
        strange = [at for at in range(len(sheet.columns)) if at not in known]
        below = range(self.first, sheet.n_rows)
        self.foreign = tuple(
            str(sheet.columns[at][header] or f"column {at + 1}")
            for at in strange
            if any(sheet.columns[at][row] is not None for row in below)
        )

    def corrections(self) -> list[Correction]:
        every = range(len(self.sheet.columns))
        rows = [row for row in range(self.first, self.sheet.n_rows) if self._filled(row, every)]
        return [self._correction(row) for row in rows]

    def _filled(self, row: int, columns: object) -> bool:
        return any(self.sheet.columns[at][row] is not None for at in columns)  # type: ignore[attr-defined]

    def _correction(self, row: int) -> Correction:
        mark = None if self.mark_column is None else self.sheet.columns[self.mark_column][row]
        number, place, stand = marks.read_row_mark(mark) or (0, "", "")
        at_row, at_column = place_of(place) if place else (0, None)
        cells: dict[tuple[int, int], Cell] = {}
        headings: dict[int, str] = {}
        for at, (table, what) in self.data.items():
            if place and table != number:
                return Correction(
                    self.path, str(self.sheet.name), row + 1, None, "", "", self._plainly(row), self.headings
                )
            column = at_column if what == marks.VALUE else column_index(what)
            if column is not None:
                cells[at_row, column] = self._cell(row, at)
                headings[column] = self.headings[at]
        origin = self.tables.get(number)
        if origin is None:
            cells, headings = self._plainly(row), self.headings
        return Correction(
            self.path, str(self.sheet.name), row + 1, origin, place, stand, cells, MappingProxyType(headings)
        )

    def _plainly(self, row: int) -> dict[tuple[int, int], Cell]:
        """The cells by their own columns: nobody knows where they belong."""
        return {(0, at): self._cell(row, at) for at in self.data}

    def _cell(self, row: int, at: int) -> Cell:
        value = self.sheet.columns[at][row]
        if value is None:
            return _EMPTY
        return Cell(value, self.sheet.kinds[at][row], self.sheet.formats.get((row, at), ""))
