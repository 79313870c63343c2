"""Applying corrections: mended cells take the place of those in the originals, before anything is parsed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from pmo_analytics.errors import CorrectionsUnusable, FileError
from pmo_analytics.loading.corrections.marks import Cell, in_words, same, stand_of
from pmo_analytics.loading.corrections.reading import Correction, CorrectionBook, read_corrections
from pmo_analytics.loading.files.raw_sheet import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pmo_analytics.loading.files.raw_sheet import RawBook, RawSheet

Place = tuple[int, int]
_SheetKey = tuple[str, str | None]
_EMPTY = Cell(None, " ")

#: What became of a row of a correction workbook.
REPLACED, UNCHANGED, SUPERSEDED, CONFLICT, STALE, LOST = (
    "replaced",
    "unchanged",
    "superseded",
    "conflict",
    "stale",
    "lost",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row of a correction workbook; ``told`` says it in words."""

    correction: Correction
    became: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """Every correction workbook of a delivery, and what became of each of its rows."""

    books: tuple[CorrectionBook, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def replaced(self) -> tuple[Outcome, ...]:
        """The rows that took the place of rows of the originals."""
        return tuple(one for one in self.outcomes if one.became == REPLACED)

    def unusable(self) -> list[FileError]:
        """One error per correction workbook, for a delivery in which nothing else could be read."""
        words = "it is a correction workbook, and none of the files that it corrects could be read."
        return [CorrectionsUnusable(book.path, words) for book in self.books]


def apply_corrections(
    read: Sequence[RawBook | FileError],
) -> tuple[list[RawBook | FileError], Applied]:
    """The books that are no correction workbooks, in their order, with the mended cells in them; and what was done.

    A row counts by the digest of its file, its sheet and its place, and only where it differs from the original.
    Of two workbooks in which the same row was mended differently none is applied, unless one was written out
    after the other was applied. A correction workbook that cannot be understood is its error.
    """
    originals: list[RawBook | FileError] = []
    books: list[CorrectionBook] = []
    for one in read:
        found = one if isinstance(one, FileError) else _read(one)
        if isinstance(found, CorrectionBook):
            books.append(found)
        else:
            originals.append(one if found is None else found)
    if not books:
        return originals, Applied()
    whole = [one for one in originals if not isinstance(one, FileError)]
    outcomes, changes = _settle_all(books, whole)
    files: dict[str, list[str]] = defaultdict(list)
    for one in whole:
        files[one.digest].append(one.path)
    mended = [one if isinstance(one, FileError) else _mended(one, changes) for one in originals]
    return mended, Applied(tuple(books), tuple(outcomes), {key: tuple(paths) for key, paths in files.items()})


def _read(book: RawBook) -> CorrectionBook | FileError | None:
    try:
        return read_corrections(book)
    except CorrectionsUnusable as error:
        return error


def _settle_all(
    books: Iterable[CorrectionBook], originals: Sequence[RawBook]
) -> tuple[list[Outcome], dict[_SheetKey, dict[Place, Cell]]]:
    sheets = {(book.digest, sheet.name): sheet for book in originals for sheet in book.sheets}
    names = {PurePath(book.path).name for book in originals}
    rows: dict[tuple[str, str | None, str], list[Correction]] = defaultdict(list)
    outcomes: list[Outcome] = []
    for one in (row for book in books for row in book.corrections):
        if one.origin is None:
            outcomes.append(Outcome(one, LOST))
        elif (one.origin.digest, one.origin.sheet) not in sheets:
            outcomes.append(_stale(one, one.origin.file in names))
        elif _is_below(one.place, sheets[one.origin.digest, one.origin.sheet]):
            outcomes.append(Outcome(one, LOST))
        else:
            rows[one.origin.digest, one.origin.sheet, one.place].append(one)
    changes: dict[_SheetKey, dict[Place, Cell]] = defaultdict(dict)
    for (digest, name, _), versions in rows.items():
        settled, cells = _settle(versions, sheets[digest, name])
        outcomes += settled
        changes[digest, name] |= cells
    return outcomes, changes


def _is_below(place: str, sheet: RawSheet) -> bool:
    """Whether a row is none of the sheet. A single cell of a form can lie outside of what was filled so far."""
    row, column = place_of(place)
    return column is None and row >= sheet.n_rows


def _stale(one: Correction, known: bool) -> Outcome:
    if stand_of({column: cell for (_, column), cell in one.cells.items()}) == one.stand:
        return Outcome(one, UNCHANGED)
    return Outcome(one, STALE, "has changed since" if known else "is not among the inputs")


def _settle(versions: Sequence[Correction], sheet: RawSheet) -> tuple[list[Outcome], dict[Place, Cell]]:
    """What becomes of the versions of one row, and the cells that take the place of the original's."""
    row, column = place_of(versions[0].place)
    original = cells_of(sheet, row)
    if column is not None:
        original = {column: original.get(column, _EMPTY)}
    changed = [_changed(one, original) for one in versions]
    stands = [stand_of(original | cells) for cells in changed]
    outcomes: list[Outcome] = []
    live: list[int] = []
    for at, one in enumerate(versions):
        later = any(other.stand == stands[at] != stands[n] for n, other in enumerate(versions) if n != at)
        if not changed[at]:
            outcomes.append(Outcome(one, UNCHANGED))
        elif later:
            outcomes.append(Outcome(one, SUPERSEDED))
        else:
            live.append(at)
    agreed = all(_alike(changed[live[0]], changed[at]) for at in live[1:])
    for at in live:
        others = ", ".join(dict.fromkeys(_where(versions[n]) for n in live if n != at))
        told = _changes_in_words(changed[at], original, versions[at]) if agreed else others
        outcomes.append(Outcome(versions[at], REPLACED if agreed else CONFLICT, told))
    taken = changed[live[0]] if live and agreed else {}
    return outcomes, {(row, at): cell for at, cell in taken.items()}


def cells_of(sheet: RawSheet, row: int) -> dict[int, Cell]:
    """The cells of a row of a sheet, counted from 0, by column."""
    if row >= sheet.n_rows:
        return {}
    return {
        at: Cell(column[row], sheet.kinds[at][row], sheet.formats.get((row, at), ""))
        for at, column in enumerate(sheet.columns)
    }


def _changed(one: Correction, original: Mapping[int, Cell]) -> dict[int, Cell]:
    return {
        column: cell
        for (_, column), cell in one.cells.items()
        if column in original and not same(original[column], cell)
    }


def _alike(one: Mapping[int, Cell], other: Mapping[int, Cell]) -> bool:
    return one.keys() == other.keys() and all(same(one[at], other[at]) for at in one)


def _where(one: Correction) -> str:
    return f"{PurePath(one.path).name} [{one.sheet}] row {one.row}"


def _changes_in_words(changed: Mapping[int, Cell], original: Mapping[int, Cell], one: Correction) -> str:
    return "; ".join(
        f"{one.headings.get(at, '')}: {in_words(original.get(at, _EMPTY))} → {in_words(cell)}"
        for at, cell in sorted(changed.items())
    )


def _mended(book: RawBook, changes: Mapping[_SheetKey, Mapping[Place, Cell]]) -> RawBook:
    """The book with the cells that changed; a number format goes with its cell, a fill stays behind."""
    sheets = tuple(
        _mended_sheet(sheet, changes[book.digest, sheet.name])
        if changes.get((book.digest, sheet.name))
        else sheet
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def _mended_sheet(sheet: RawSheet, cells: Mapping[Place, Cell]) -> RawSheet:
    n_rows = max(sheet.n_rows, *(row + 1 for row, _ in cells))
    n_columns = max(len(sheet.columns), *(at + 1 for _, at in cells))
    columns = [[*column, *[None] * (n_rows - sheet.n_rows)] for column in sheet.columns]
    columns += [[None] * n_rows for _ in range(n_columns - len(columns))]
    kinds = [[*letters, *" " * (n_rows - sheet.n_rows)] for letters in sheet.kinds]
    kinds += [list(" " * n_rows) for _ in range(n_columns - len(kinds))]
    for (row, at), cell in cells.items():
        columns[at][row], kinds[at][row] = cell.value, cell.kind
    formats = {place: form for place, form in sheet.formats.items() if place not in cells}
    formats |= {place: cell.format for place, cell in cells.items() if cell.format}
    return replace(
        sheet,
        n_rows=n_rows,
        columns=tuple(columns),
        kinds=tuple("".join(letters) for letters in kinds),
        fills={place: fill for place, fill in sheet.fills.items() if place not in cells},
        formats=formats,
    )
