"""Drafting: what the headings of an export may mean, as the first draft of a profile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import FileError, NothingLoaded
from pmo_analytics.loading.cells.forms import written
from pmo_analytics.loading.cells.parsing import Dialect, parse_cells
from pmo_analytics.loading.files.reading import found_files, read_books
from pmo_analytics.loading.layout.finding import find_layouts
from pmo_analytics.loading.layout.headings import match_headings
from pmo_analytics.loading.layout.profiles import profiles_for, shipped_profiles
from pmo_analytics.loading.layout.suggesting import suggest_field
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.headings import Matching
    from pmo_analytics.loading.layout.profiles import Profile

#: How far down a header is looked for, and how many of its cells must be filled, where no profile knows it.
HEADER_ROWS, FEWEST = 40, 2
SAMPLES = 3
#: The share of the cells of a column that must read as a kind for the column to be proposed for it.
SHARE = 0.8
#: Kinds that values show, the most telling first, and how they are called.
_SHAPES = (
    (Kind.COLOUR, "reads as colours"),
    (Kind.DATE, "reads as dates"),
    (Kind.MONEY, "reads as amounts"),
)


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """A heading with samples of its values, the field that it means or may mean, and how that is known.

    ``field`` is known by the heading; ``proposal`` is only likely. Both are written ``table.column``.
    """

    heading: str
    samples: tuple[str, ...]
    field: str | None
    proposal: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of one sheet of an export, before its user has said what it means."""

    path: str
    sheet: str | None
    header_row: int
    row_is: str
    tables: tuple[str, ...]
    profile: str
    columns: tuple[DraftColumn, ...]


def draft_profile(paths: Iterable[str | Path]) -> tuple[Draft, ...]:
    """One draft per sheet with a row of headings, in the order of files and sheets.

    A sheet that no profile recognises is taken for a list of projects. Raises ``NothingLoaded`` where no file has
    such a sheet.
    """
    drafts: list[Draft] = []
    errors: list[FileError] = []
    for book in read_books(found_files(paths)):
        if isinstance(book, FileError):
            errors.append(book)
            continue
        found = [_draft(book.path, sheet) for sheet in book.sheets if sheet.n_rows]
        drafts += [draft for draft in found if draft is not None]
    if not drafts:
        raise NothingLoaded(errors)
    return tuple(drafts)


def _draft(path: str, sheet: RawSheet) -> Draft | None:
    found = [one for one in find_layouts(sheet, profiles_for(None)) if one.orientation == "rows"]
    if found:
        row, profile, matching = found[0].header_row, found[0].profile, found[0].matching
    else:
        guessed = _widest_row(sheet)
        if guessed is None:
            return None
        row, profile = guessed, shipped_profiles()["generic"]
        matching = match_headings(_row(sheet, row), profile, profile.rows[0])
    columns = _columns(sheet, row, profile, matching)
    kind = matching.row_kind
    return Draft(path, sheet.name, row, kind.is_, kind.tables, profile.name, columns)


def _row(sheet: RawSheet, row: int) -> tuple[str, ...]:
    cells = (column[row - 1] if row <= len(column) else None for column in sheet.columns)
    return tuple("" if cell is None else str(cell).strip() for cell in cells)


def _widest_row(sheet: RawSheet) -> int | None:
    """The first of the rows with most texts: headings are texts, and no row above them has as many."""
    filled = [
        pd.Series(column[:HEADER_ROWS], dtype=object).map(
            lambda cell: isinstance(cell, str) and cell.strip() != ""
        )
        for column in sheet.columns
    ]
    texts = pd.concat(filled, axis=1).fillna(value=False).sum(axis=1).astype(int).tolist()[: sheet.n_rows - 1]
    most = max(texts, default=0)
    return texts.index(most) + 1 if most >= FEWEST else None


def _columns(sheet: RawSheet, row: int, profile: Profile, matching: Matching) -> tuple[DraftColumn, ...]:
    known = {at: f"{name}.{column}" for (name, column), at in reversed(list(matching.fields.items()))}
    taken = {f"{name}.{column}" for name, column in matching.fields}
    columns: list[DraftColumn] = []
    for at, heading in enumerate(_row(sheet, row)):
        if not heading:
            continue
        values = pd.Series(sheet.columns[at][row:], dtype=object)
        kinds = pd.Series(list(sheet.kinds[at][row:]), dtype=object)
        proposal, why = None, f"known to the profile {profile.name}" if at in known else ""
        if at not in known:
            alike = suggest_field(heading, profile, matching.row_kind)
            if alike is not None and alike.field not in taken:
                proposal, why = alike.field, f"resembles {alike.heading!r}"
            else:
                proposal, why = _by_shape(values, kinds, matching.row_kind.tables, taken)
            taken |= {proposal} if proposal else set()
        columns.append(DraftColumn(heading, _samples(values), known.get(at), proposal, why))
    return tuple(columns)


def _samples(values: pd.Series) -> tuple[str, ...]:
    texts = (text for text in written(values.to_numpy(dtype=object)) if text.strip())
    return tuple(text[:60] for text in tuple(dict.fromkeys(texts))[:SAMPLES])


def _by_shape(
    values: pd.Series, kinds: pd.Series, tables: tuple[str, ...], taken: set[str]
) -> tuple[str | None, str]:
    """The first field still free of the kind that the values read as; needed fields first."""
    filled = values[values.notna()]
    if filled.empty:
        return None, ""
    for kind, words in _SHAPES:
        free = [
            column
            for name in tables
            for column in table(name).columns.values()
            if column.kind is kind and not column.derived and f"{name}.{column.name}" not in taken
        ]
        free.sort(key=lambda column: not column.required)
        if free and _reads_as(filled, kinds[filled.index], free[0].table, free[0].name):
            return f"{free[0].table}.{free[0].name}", words
    return _identifier(filled, len(values), tables, taken)


def _reads_as(values: pd.Series, kinds: pd.Series, name: str, column_name: str) -> bool:
    parsed = parse_cells(values, kinds, table(name).columns[column_name], Dialect(date_order="DMY"))
    return bool(parsed.values.notna().mean() >= SHARE)


def _identifier(
    filled: pd.Series, n_rows: int, tables: tuple[str, ...], taken: set[str]
) -> tuple[str | None, str]:
    """The key, then the name, for texts of which no two are the same."""
    texts = written(filled.to_numpy(dtype=object))
    if len(filled) < n_rows or len(set(texts)) < len(texts) or len(texts) < FEWEST:
        return None, ""
    first = table(tables[0])
    wanted = [
        first.key[0],
        *(name for name in (Project.project_name, "name", "title") if name in first.columns),
    ]
    free = [f"{first.name}.{name}" for name in wanted if f"{first.name}.{name}" not in taken]
    return (free[0], "is different in every row") if free else (None, "")
