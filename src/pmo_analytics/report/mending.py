"""What there is to mend: the rows with an error or a warning, as they stand in their files, for whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import UnknownName
from pmo_analytics.loading.corrections.applying import cells_of
from pmo_analytics.loading.corrections.marks import Cell, stand_of
from pmo_analytics.loading.corrections.originals import read_originals
from pmo_analytics.loading.files.raw_sheet import column_index, place_of
from pmo_analytics.quality.findings import as_text
from pmo_analytics.quality.keys import is_blank, match_key
from pmo_analytics.quality.kinds import ERROR, WARNING
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.source import column_letter
from pmo_analytics.schemas.tables import table, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.schemas.source import Source
    from pmo_analytics.schemas.tables import Column

#: Columns beside those of a finding: sheet, row and letter of its cell, how often it was told, whose it is.
_SHEET, _ROW, _LETTER, _TIMES, _WHO = "at_sheet", "at_row", "at_letter", "told_times", "who"
_ADDRESS = r"^(?:(?P<at_sheet>.+)!)?(?:row )?(?P<at_letter>[A-Z]*)(?P<at_row>\d+)$"
#: Columns that findings may have besides: how often a finding was told, and what became of it.
_TOLD_TIMES, _BECAME, _SETTLED = "times", "status", ("mended", "accepted")


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding of a row: its severity, the column of its cell (None: the row as a whole), and its words."""

    severity: str
    column: int | None
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class MendColumn:
    """A column of an original: its place, its heading, and the field that it feeds, if any."""

    at: int
    heading: str
    field: Column | None


@dataclass(frozen=True, slots=True)
class MendRow:
    """A row to mend: its place in the original, its cells as they stand, and what is wrong with it.

    ``field`` is that of the one cell, where a record is no row of the original.
    """

    place: str
    stand: str
    cells: Mapping[int, Cell]
    fills: Mapping[int, str]
    faults: tuple[Fault, ...]
    who: str | None
    about: str
    field: Column | None = None


@dataclass(frozen=True, slots=True)
class MendSheet:
    """The rows of one table to mend. ``single``: cell by cell, since a record is no row of the original."""

    file: str
    digest: str
    sheet: str | None
    columns: tuple[MendColumn, ...]
    rows: tuple[MendRow, ...]
    single: bool = False


@dataclass(frozen=True, slots=True)
class MendBook:
    """What one person has to mend (None: whoever it is), and what cannot be mended row by row in those files."""

    who: str | None
    sheets: tuple[MendSheet, ...]
    elsewhere: tuple[tuple[str, str], ...] = field(default=())


def to_mend(portfolio: Portfolio, by: str | None = None, password: str | None = None) -> list[MendBook]:
    """The books to write: one, or one for each value of the column ``by`` of projects, those without one last.

    Raises ``UnknownName`` for a column that projects do not have, and what reading raises where a file has
    gone or changed.
    """
    if by is not None and by not in table("projects").columns:
        raise UnknownName("column of projects", by, table("projects").columns)
    found, elsewhere = _split(portfolio)
    found = found.assign(**{_WHO: _people(found, portfolio, by)})
    books = read_originals(portfolio, found[Finding.file], password) if len(found) else {}
    sheets: list[MendSheet] = []
    for (path, name, _, single), group in _by_table(found, portfolio.sources):
        book = books[path]
        raw = next((sheet for sheet in book.sheets if (sheet.name or "") == name), None)
        if raw is not None:
            sources = [one for one in portfolio.sources if one.path == path]
            columns = _columns(raw, sources, group)
            rows = _single_rows(raw, group) if single else _rows(raw, group, columns, by)
            used = {at for row in rows for at in row.cells}
            shown = tuple(one for one in columns if one.heading or one.at in used)
            shown = tuple(_named(one) for one in shown)
            sheets.append(MendSheet(PurePath(path).name, book.digest, raw.name, shown, rows, single))
    return _per_person(sheets, elsewhere, by)


def _split(portfolio: Portfolio) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The findings that somebody can mend in a row, with its place, and the others."""
    findings = pd.DataFrame(portfolio.findings)
    told = findings[findings[Finding.severity].isin([ERROR, WARNING])]
    if _BECAME in told:
        told = told[~told[_BECAME].astype("str").str.startswith(_SETTLED)]
    told = told.assign(**{_TIMES: _times(told)})
    at = told[Finding.cell].str.extract(_ADDRESS)
    in_row = at[_ROW].notna() & (told[Finding.table] != "")
    # Where no column has the period, every row lacks it, and no cell of the row can be filled in.
    in_row &= ~((told[Finding.code] == "MISSING_PERIOD") & (at[_LETTER] == ""))
    in_row &= told[Finding.file].isin([one.path for one in portfolio.sources if one.digest])
    rows = told[in_row].join(at[in_row])
    rows[_ROW] = rows[_ROW].astype("int64")
    rows[_SHEET] = rows[_SHEET].fillna(rows[Finding.sheet])
    return rows, told[~in_row]


def _times(told: pd.DataFrame) -> pd.Series:
    """How often a finding was told: as it says itself, else how many periods have the same identity."""
    if _TOLD_TIMES in told:
        return told[_TOLD_TIMES].astype("float64").fillna(1).astype("int64")
    plain = told[Finding.id].str.replace(r"-\d+$", "", regex=True)
    return plain.groupby(plain).transform("size").astype("int64")


def _people(found: pd.DataFrame, portfolio: Portfolio, by: str | None) -> pd.Series:
    """Whose each finding is: the latest value that the project has, or the programme itself."""
    if by is None:
        return pd.Series("", index=found.index, dtype="str")
    projects = portfolio.tables["projects"].sort_values(Project.period, kind="stable")
    value = as_text(projects[by])
    named = value[~is_blank(value)]
    latest = named.groupby(match_key(projects.loc[named.index, Project.project_id])).last()
    if by in (Project.programme_id, Project.portfolio_id):
        own = named.drop_duplicates()
        latest = pd.concat([latest, own.set_axis(match_key(own))])
        latest = latest[~latest.index.duplicated()]
    forms = named.groupby(match_key(named)).first()
    who = match_key(found[Finding.entity_id]).map(latest)
    return match_key(who.astype("str")).map(forms).astype("str").fillna("")


_TableKey = tuple[str, str, int, bool]


def _by_table(found: pd.DataFrame, sources: Sequence[Source]) -> Iterable[tuple[_TableKey, pd.DataFrame]]:
    """The findings of each table: by file, sheet, header row, and whether its records are no rows."""
    order = {path: n for n, path in enumerate(dict.fromkeys(one.path for one in sources))}
    turned = {(s.path, s.sheet or "") for s in sources if s.orientation == "columns"}
    forms = {s.path for s in sources if s.orientation == "cells"}
    headers: dict[tuple[str, str], list[int]] = {}
    for one in sources:
        headers.setdefault((one.path, one.sheet or ""), []).append(one.header_row)
    places = list(zip(found[Finding.file], found[Finding.sheet], found[_ROW], strict=True))
    single = pd.Series([f in forms or (f, sheet) in turned for f, sheet, _ in places], index=found.index)
    header = pd.Series(
        [
            max((n for n in headers.get((path, sheet), []) if n < row), default=0)
            for path, sheet, row in places
        ],
        index=found.index,
        dtype="int64",
    ).mask(single, 0)
    groups = found.groupby(
        [Finding.file, _SHEET, header.rename("header"), single.rename("single")], sort=True
    )
    listed = [((str(f), str(s), int(str(h)), bool(c)), group) for (f, s, h, c), group in groups]
    return sorted(listed, key=lambda one: (order.get(one[0][0], 0), one[0][1:]))


def _columns(raw: RawSheet, sources: Sequence[Source], group: pd.DataFrame) -> list[MendColumn]:
    """The columns of a sheet with their headings as written, and the fields that they feed."""
    own = [
        one for one in sources if (one.sheet or "") in set(group[Finding.sheet]) and one.orientation == "rows"
    ]
    headings: dict[str, str] = {}
    fields: dict[str, Column] = {}
    for one in own:
        for name, letter in one.addresses.items():
            if name in one.headings:
                headings.setdefault(letter, one.headings[name])
                owner, _, column = name.partition(".")
                fields.setdefault(letter, tables()[owner].columns[column])
            else:
                headings.setdefault(letter, name)
    letters = [column_letter(at) for at in range(len(raw.columns))]
    return [MendColumn(at, headings.get(c, ""), fields.get(c)) for at, c in enumerate(letters)]


def _named(column: MendColumn) -> MendColumn:
    heading = column.heading or f"column {column_letter(column.at)}"
    return MendColumn(column.at, heading, column.field)


def _rows(
    raw: RawSheet, group: pd.DataFrame, columns: Sequence[MendColumn], by: str | None
) -> tuple[MendRow, ...]:
    headings = {one.at: one.heading for one in columns}
    owner = next(
        (one.at for one in columns if one.field and (one.field.table, one.field.name) == ("projects", by)),
        None,
    )
    rows = []
    for number, findings in group.groupby(_ROW):
        at_row = int(str(number)) - 1
        cells = cells_of(raw, at_row)
        faults = _faults(findings, headings)
        who = next(filter(None, findings[_WHO]), "")
        if not who and owner is not None and cells.get(owner):
            who = str(cells[owner].value or "").strip()
        fills = {at: raw.fills[at_row, at] for at in cells if (at_row, at) in raw.fills}
        about = next(filter(None, findings[Finding.key]), "")
        filled = {at: cell for at, cell in cells.items() if cell.kind != " "}
        rows.append(MendRow(str(number), stand_of(cells), filled, fills, faults, who or None, about))
    return tuple(rows)


def _single_rows(raw: RawSheet, group: pd.DataFrame) -> tuple[MendRow, ...]:
    rows = []
    for place, findings in group[group[_LETTER] != ""].groupby(
        group[_LETTER] + group[_ROW].astype("str"), sort=False
    ):
        at_row, at = place_of(str(place))
        if at is None:
            continue
        column = table(findings[Finding.table].iloc[0]).columns.get(findings[Finding.column].iloc[0])
        cells = {at: cells_of(raw, at_row).get(at, Cell(None, " "))}
        heading = column.title if column else findings[Finding.column].iloc[0]
        faults = _faults(findings, {at: heading})
        about = next(filter(None, findings[Finding.key]), "")
        who = next(filter(None, findings[_WHO]), None)
        rows.append(MendRow(str(place), stand_of(cells), cells, {}, faults, who, about, column))
    return tuple(rows)


def _faults(findings: pd.DataFrame, headings: Mapping[int, str]) -> tuple[Fault, ...]:
    faults = []
    for one in findings.to_dict("records"):
        at = column_index(one[_LETTER]) if one[_LETTER] else None
        declared = table(one[Finding.table]).columns.get(one[Finding.column])
        heading = headings.get(at, "") if at is not None else ""
        heading = heading or (declared.title if declared else one[Finding.column])
        again = f" Told {one[_TIMES]} times." if one[_TIMES] > 1 else ""
        faults.append(Fault(one[Finding.severity], at, heading, f"{one[Finding.message]}{again}"))
    return tuple(faults)


def _per_person(sheets: Sequence[MendSheet], elsewhere: pd.DataFrame, by: str | None) -> list[MendBook]:
    """One book per person; names that differ in case and blanks only are one."""
    if by is None:
        return [MendBook(None, tuple(sheets), _listed(elsewhere))] if sheets else []
    names = pd.Series([row.who for sheet in sheets for row in sheet.rows], dtype="str").dropna()
    forms = names.groupby(match_key(names)).first()
    books = []
    for key in [*sorted(forms.index), None]:
        parts = tuple(part for sheet in sheets if (part := _part(sheet, key)).rows)
        if parts:
            files = {sheet.file for sheet in parts}
            about = elsewhere[elsewhere[Finding.file].map(lambda path: PurePath(path).name).isin(files)]
            books.append(MendBook(None if key is None else forms[key], parts, _listed(about)))
    return books


def _part(sheet: MendSheet, key: str | None) -> MendSheet:
    rows = tuple(row for row in sheet.rows if _key(row.who) == key)
    return MendSheet(sheet.file, sheet.digest, sheet.sheet, sheet.columns, rows, sheet.single)


def _key(who: str | None) -> str | None:
    return None if who is None else str(match_key(pd.Series([who])).iloc[0]) or None


def _listed(findings: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Where and what, of findings that no row to mend can settle."""
    files = findings[Finding.file].map(lambda path: PurePath(path).name).astype("str")
    sheets = findings[Finding.sheet].map(lambda name: f" [{name}]" if name else "").astype("str")
    places = files + sheets + (" " + findings[Finding.cell]).where(findings[Finding.cell] != "", "")
    return tuple(dict.fromkeys(zip(places, findings[Finding.message], strict=True)))
