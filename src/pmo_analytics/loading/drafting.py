"""Drafting: what the headings of an export may mean, as the first draft of a profile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import FileError, NothingLoaded
from pmo_analytics.loading.cells.forms import written
from pmo_analytics.loading.cells.parsing import read_unit
from pmo_analytics.loading.files.folders import found_files
from pmo_analytics.loading.files.reading import read_books
from pmo_analytics.loading.layout.finding import find_layouts
from pmo_analytics.loading.layout.headings import match_headings
from pmo_analytics.loading.layout.profiles import profiles_for, shipped_profiles
from pmo_analytics.loading.proposing import Proposal, Seen, propose, row_kind_of
from pmo_analytics.loading.shapes import AMOUNTS, shape_of, strange_words
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.headings import Matching
    from pmo_analytics.loading.layout.profiles import Profile
    from pmo_analytics.schemas.tables import Column

#: How far down a header is looked for, and how many of its cells must be filled, where no profile knows it: a
#: legend has two columns.
HEADER_ROWS, FEWEST = 40, 3
SAMPLES = 3
#: The share of the headed columns that is filled in a row of data, and not in a title between or a footnote.
FULL = 0.5
#: The share of the values of a register's column that are identifiers of projects where it names projects.
LINKED = 0.5
#: How far apart red, green and blue of a fill lie where it is a colour of a light and no grey of a table's style.
VIVID = 60
#: A title that compares is no unit: jobs above 250 kEUR.
_COMPARING = ("<", ">", "≤", "≥")


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """A heading with its different values, the field that it means or may mean, and how that is known.

    ``field`` is known by the heading; ``proposal`` is only likely. Both are written ``table.column``. ``group`` is
    the heading that stands above several, ``unit`` what a group or a title says of amounts whose heading says none,
    ``shape`` what the values look like, ``strange`` are values that the closed list of the field does not know.
    """

    heading: str
    values: tuple[str, ...]
    field: str | None
    proposal: str | None
    why: str
    group: str = ""
    unit: str = ""
    shape: str = ""
    strange: tuple[str, ...] = ()

    @property
    def samples(self) -> tuple[str, ...]:
        """The first of its values, cut short."""
        return tuple(value[:60] for value in self.values[:SAMPLES])


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
    return tuple(_linked(draft, drafts) for draft in drafts)


def _draft(path: str, sheet: RawSheet) -> Draft | None:
    found = [one for one in find_layouts(sheet, profiles_for(None)) if one.orientation == "rows"]
    if found:
        row, profile, matching = found[0].header_row, found[0].profile, found[0].matching
        headings = found[0].headings
    else:
        guessed = _widest_row(sheet)
        if guessed is None:
            return None
        row, profile = guessed, shipped_profiles()["generic"]
        headings = _row(sheet, row)
        matching = match_headings(headings, profile, row_kind_of(sheet.name, profile))
    columns = _columns(sheet, row, headings, profile, matching)
    kind = matching.row_kind
    return Draft(path, sheet.name, row, kind.is_, kind.tables, profile.name, columns)


def _linked(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """The draft with the column that names its projects, where another sheet shows which that is.

    It bears the heading of the identifier there, or its values are identifiers there.
    """
    entity = table(draft.tables[0]).entity
    wanted = f"{draft.tables[0]}.{entity}"
    if not entity or any(wanted in (column.field, column.proposal) for column in draft.columns):
        return draft
    keys = [
        (other.sheet, column)
        for other in drafts
        for column in other.columns
        if (column.field or column.proposal) == "projects.project_id" and other is not draft
    ]
    for at, column in enumerate(draft.columns):
        for sheet, key in () if column.field else keys:
            shared = len(set(column.values) & set(key.values)) / max(len(column.values), 1)
            if column.heading == key.heading or shared >= LINKED:
                why = f"names the projects of the sheet {sheet}"
                linked = replace(column, proposal=wanted, why=why, strange=())
                return replace(draft, columns=(*draft.columns[:at], linked, *draft.columns[at + 1 :]))
    return draft


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


def _columns(
    sheet: RawSheet, row: int, headings: Sequence[str], profile: Profile, matching: Matching
) -> tuple[DraftColumn, ...]:
    known = {at: f"{name}.{column}" for (name, column), at in reversed(list(matching.fields.items()))}
    headed = [at for at, heading in enumerate(headings) if heading]
    values, kinds = _data_rows(sheet, row, headed)
    groups = _groups(sheet, row)
    shapes = {
        at: shape_of(values[at], kinds[at], _painted(sheet, at, [row + one for one in values.index]))
        for at in headed
    }
    seen = [
        Seen(at, headings[at], groups[at], shapes[at], bool(values[at].dropna().is_unique))
        for at in headed
        if at not in known and sheet.kinds[at][row - 1] != "d"
    ]
    taken = {f"{name}.{column}" for name, column in matching.fields}
    proposed = propose(seen, profile, matching.row_kind, taken)
    columns = []
    for at in headed:
        likely = proposed.get(at, Proposal("", f"looks like {shapes[at]}" if shapes[at] else ""))
        why = f"known to the profile {profile.name}" if at in known else likely.why
        field = known.get(at) or likely.field
        columns.append(
            DraftColumn(
                headings[at],
                _texts(values[at]),
                known.get(at),
                likely.field or None,
                why,
                group=groups[at] if groups[at] != headings[at] else "",
                unit=_unit(sheet, row, headings[at], groups[at])
                if shapes[at] == AMOUNTS and _is_money(field)
                else "",
                shape=shapes[at],
                strange=strange_words(values[at], kinds[at], column_of(field)) if field else (),
            )
        )
    return tuple(columns)


def column_of(field: str) -> Column:
    """The column that a field such as ``status.ac`` names.

    >>> column_of("status.ac").kind.value
    'money'
    """
    name, _, column = field.partition(".")
    return table(name).columns[column]


def _is_money(field: str) -> bool:
    return not field or column_of(field).kind is Kind.MONEY


def _data_rows(sheet: RawSheet, row: int, headed: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and kinds below the header, without titles between, sub-totals of few cells and footnotes."""
    values = pd.DataFrame({at: pd.Series(sheet.columns[at][row:], dtype=object) for at in headed})
    kinds = pd.DataFrame({at: pd.Series(list(sheet.kinds[at][row:]), dtype=object) for at in headed})
    full = values.notna().mean(axis=1) >= FULL
    return (values[full], kinds[full]) if full.any() else (values, kinds)


def _groups(sheet: RawSheet, row: int) -> tuple[str, ...]:
    """The text above each heading: that of merged cells over all they cover, else of each cell up to the next."""
    above = row - 2
    groups = [""] * len(sheet.columns)
    if above < 0:
        return tuple(groups)
    texts = _row(sheet, above + 1)
    merged = [cells for cells in sheet.merged if cells[0] <= above <= cells[2]]
    if sum(map(bool, texts)) < len(("one", "other")):
        return tuple(groups)
    current = ""
    for at, text in enumerate(texts):
        current = text or ("" if merged else current)
        groups[at] = current
    for _, left, _, right in merged:
        groups[left : right + 1] = [texts[left]] * (min(right, len(groups) - 1) - left + 1)
    return tuple(groups)


def _painted(sheet: RawSheet, at: int, rows: list[int]) -> float:
    """The share of the rows, counted from 0, in which the cell of a column is filled with anything but a grey."""
    fills = (sheet.fills.get((row, at), "") for row in rows)
    return sum(_is_vivid(fill) for fill in fills) / max(len(rows), 1)


def _is_vivid(fill: str) -> bool:
    parts = [int(fill[at : at + 2], 16) for at in range(0, len(fill), 2)]
    return bool(parts) and max(parts) - min(parts) >= VIVID


def _unit(sheet: RawSheet, row: int, heading: str, group: str) -> str:
    """What a group heading, else a title above, says of the unit of amounts whose heading says none."""
    if read_unit(heading).scale != 1:
        return ""
    rows = ([text for text in _row(sheet, at) if text] for at in range(row - 1, 0, -1))
    titles = [texts[0] for texts in rows if len(texts) == 1]  # a row of several is no title but groups
    titles = [text for text in titles if not any(sign in text for sign in _COMPARING)]
    said = next((unit for text in (group, *titles) if (unit := read_unit(text)).scale != 1), None)
    if said is None:
        return ""
    scale = {1e3: "k", 1e6: "m", 1e9: "bn"}.get(said.scale, "")
    return f"({said.currency or ''} {scale})".replace("( ", "(") if scale else ""


def _texts(values: pd.Series) -> tuple[str, ...]:
    texts = (text.strip() for text in written(values.to_numpy(dtype=object)))
    return tuple(dict.fromkeys(text for text in texts if text))
