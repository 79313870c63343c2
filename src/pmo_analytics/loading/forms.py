"""Forms: workbooks whose cells a map names one by one, read as one project with the rows of its registers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import NoTableFound
from pmo_analytics.loading.extracting import Extract, extract
from pmo_analytics.loading.form_parts import FormPart, form_parts
from pmo_analytics.loading.form_sheets import FormSheets, form_sheets, sheet_faults
from pmo_analytics.loading.layout.dialects import dialect_of
from pmo_analytics.loading.layout.form_records import form_tables
from pmo_analytics.loading.layout.layouts import Layout
from pmo_analytics.loading.layout.rows import Rows
from pmo_analytics.loading.origins import find_project
from pmo_analytics.loading.periods import find_period
from pmo_analytics.loading.sources import describe_source, heading_faults
from pmo_analytics.quality.findings import faults, gather
from pmo_analytics.schemas.results import Quarantined
from pmo_analytics.schemas.source import FileResult, Source, address_of_record
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.loading.files.raw_sheet import RawBook
    from pmo_analytics.loading.layout.profiles import Profile
    from pmo_analytics.loading.periods import FoundPeriod
    from pmo_analytics.schemas.settings import Settings


@dataclass(frozen=True, slots=True)
class Moments:
    """What the caller gives of time: the period of tables that name none, and the day that is looked from."""

    period: pd.Timestamp | None
    as_of: pd.Timestamp | None


@dataclass(frozen=True, slots=True)
class FormRead:
    """What a form gave: its tables, faults, a source for each of its sheets, and the filled cells of each row."""

    path: str
    extracts: tuple[Extract, ...]
    faults: pd.DataFrame
    unused: tuple[Source, ...]
    filled: Mapping[int, frozenset[tuple[str, int, int]]]
    n_named: int
    n_unnamed: int


def is_form(book: RawBook, profile: Profile) -> bool:
    """Whether a workbook has a sheet of which the profile names cells."""
    return bool(form_sheets(book, profile.cells).places)


def read_form(book: RawBook, profile: Profile, number: int, settings: Settings, moments: Moments) -> FormRead:
    """The project that a form describes, and the rows of other tables in it; every cell of its map is accounted for.

    Rows are counted through the tables, beginning with 1 for the project. Its identifier (its name where there is
    none, or the cell is empty), period and currency are those of all its rows. Raises ``NoTableFound`` where neither
    the map nor anything else says which project it is.
    """
    sheets = form_sheets(book, profile.cells, skip_hidden=settings.hidden == "skip")
    extracts: list[Extract] = []
    told: list[pd.DataFrame] = []
    filled: dict[int, frozenset[tuple[str, int, int]]] = {}
    tables = form_tables(profile)
    whole = Layout(profile, tables[0].matching, 0, tables[0].headings)
    project = find_project(book.path, None, whole)
    for order, part in enumerate(form_parts(tables, sheets, project.text), 1):
        layout, first = _layout(part, profile, order, settings), len(filled) + 1
        found = find_period(book.path, None, layout, given=moments.period, as_of=moments.as_of)
        source = _source(f"{number + 1}.form{layout.suffix}", book, layout, part, found)
        source = replace(source, addresses=_addresses(source, part, first))
        rows = _rows(part, sheets, first)
        extracts.append(extract(rows, layout, source, found.period, settings, date_1904=book.date_1904))
        told.append(_told(layout, source, part))
        own = [frozenset(c.place for c in record.values() if sheets.is_filled(c)) for record in part.records]
        filled |= dict(enumerate(own, first))
    keys = [f"{number + 1}.{order}" for order in range(1, len(book.sheets) + 1)]
    return FormRead(
        book.path,
        tuple(extracts),
        gather([*told, sheet_faults(book, sheets, keys, extracts[0].source.key)]),
        tuple(_sheet_source(key, book, at) for at, key in enumerate(keys)),
        MappingProxyType(filled),
        sheets.n_named,
        sheets.n_unnamed,
    )


def _source(key: str, book: RawBook, layout: Layout, part: FormPart, found: FoundPeriod) -> Source:
    project = find_project(book.path, None, layout)
    if layout.number == 1 and not project.text and not part.identity:
        raise NoTableFound(book.path, _NAMELESS)
    source = describe_source(
        key,
        layout,
        path=book.path,
        sheet=None,
        digest=book.digest,
        found=found,
        project=project,
        letters=_first_addresses(part),
    )
    return replace(source, period_origin=_period_origin(source, part))


_NAMELESS = (
    "no cell of the map stands for the identifier or the name of a project; name one in the profile as "
    "project_id or project_name, or pass project= (--project)."
)


def account_form(form: FormRead, quarantine: pd.DataFrame) -> FileResult:
    """The result of a form: each cell that the map names is counted once, and each filled one that it does not name.

    A cell that several rows share is quarantined where all of them are.
    """
    rows = set(quarantine.loc[quarantine[Quarantined.file] == form.path, Quarantined.row].astype("int64"))
    out = {cell for row in rows for cell in form.filled.get(row, ())}
    kept = {cell for row, cells in form.filled.items() if row not in rows for cell in cells}
    accepted, lost = len(kept), len(out - kept)
    return FileResult(
        form.path,
        "loaded",
        None,
        read=form.n_named,
        accepted=accepted,
        quarantined=lost,
        empty=form.n_named - accepted - lost,
        unrecognised=form.n_unnamed,
        counted="cells",
    )


def _layout(part: FormPart, profile: Profile, order: int, settings: Settings) -> Layout:
    row_kind = part.table.row_kind
    fields, headings = dict(part.fields), part.headings
    dropped = part.table.positions - set(fields.values())
    key = part.made_key
    if key is not None:
        fields[row_kind.tables[0], key] = len(headings)
        headings = (*headings, _KEY)
    matching = replace(
        part.table.matching,
        fields=MappingProxyType(fields),
        extras=(*part.table.matching.extras, *sorted(dropped)),
        known=part.table.matching.known | dropped,
    )
    dialect = dialect_of(profile, settings)
    return Layout(profile, matching, 0, headings, number=order, orientation="cells", dialect=dialect)


#: The heading of a column that is made: the key of the first cell of a row.
_KEY = "key of the row in the map"


def _rows(part: FormPart, sheets: FormSheets, first: int) -> Rows:
    index = pd.RangeIndex(first, first + len(part.records)).astype("int64")
    positions = range(len(part.headings))
    taken = [[sheets.cell(record.get(at)) for at in positions] for record in part.records]
    raw = pd.DataFrame(
        [[value for value, _ in row] for row in taken], index=index, columns=positions, dtype=object
    )
    kinds = pd.DataFrame(
        [[kind for _, kind in row] for row in taken], index=index, columns=positions, dtype=object
    )
    if part.made_key is not None:
        raw[len(positions)], kinds[len(positions)] = part.names, "t"
    cells = [
        ((row, at), cell) for row, record in enumerate(part.records, first) for at, cell in record.items()
    ]
    return Rows(
        raw.where(raw.notna(), None),
        kinds,
        pd.Series(pd.NA, index=index, dtype="str"),
        n_read=len(index),
        n_empty=0,
        fills={at: fill for at, cell in cells if (fill := sheets.fill(cell))},
        formats={at: form for at, cell in cells if (form := sheets.format(cell))},
    )


def _first_addresses(part: FormPart) -> list[str]:
    """For each position the address of its first cell."""
    every = range(len(part.headings))
    cells = [next((record[at] for record in part.records if at in record), None) for at in every]
    return [*(cell.address if cell else "" for cell in cells), ""]


def _addresses(source: Source, part: FormPart, first: int) -> Mapping[str, str]:
    """The address of every cell: of a field its first, and that of each row; extras by their heading."""
    fields = dict(part.table.matching.fields) | part.fields
    own = {
        address_of_record(f"{name}.{column}", row): record[at].address
        for row, record in enumerate(part.records, first)
        for (name, column), at in fields.items()
        if at in record
    }
    rows = {
        address_of_record("", row): next(iter(record.values())).address
        for row, record in enumerate(part.records, first)
    }
    return MappingProxyType(dict(source.addresses) | rows | own)


def _period_origin(source: Source, part: FormPart) -> str:
    """Where the month of the form was found; in a form it is a cell."""
    at = next((at for (_, column), at in part.fields.items() if column == Status.period), None)
    cell = next((record[at] for record in part.records if at in record), None)
    return f"taken from the cell {cell.address}" if cell else source.period_origin


#: So many keys without a field are named in the finding; all of them stand in the source.
_SOME = 4


def _told(layout: Layout, source: Source, part: FormPart) -> pd.DataFrame:
    """What is to be said of the keys: two for one field, those without a field, identifiers that are made."""
    unknown = layout.matching.unknown
    known = replace(layout.matching, known=frozenset(layout.matching.extras))
    told = [heading_faults(replace(layout, matching=known), source)]
    row = pd.DataFrame({SOURCE: [source.key], SOURCE_ROW: [pd.NA]})
    if unknown:
        more = len(unknown) - _SOME
        names = "; ".join(layout.headings[at] for at in unknown[:_SOME]) + (
            f" and {more:,} more" if more > 0 else ""
        )
        told.append(faults("FORM_EXTRAS", row, table_name="", value=f"{len(unknown):,} keys", detail=names))
    made = part.made_key
    if made is not None and part.records:
        words = f"the project with the first key of each row, such as {part.names[0]},"
        told.append(faults("PROVISIONAL_ID", row, table_name="", column=made, detail=words))
    return gather(told)


def _sheet_source(key: str, book: RawBook, at: int) -> Source:
    return Source(key, book.path, book.sheets[at].name, book.digest, "", "", (), 0, None, "")
