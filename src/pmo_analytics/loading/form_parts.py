"""Form parts: the rows of each table of a form that hold anything, with what the project lends to all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from pmo_analytics.loading.layout.headings import ids_by_name
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.loading.form_sheets import FormSheets
    from pmo_analytics.loading.layout.cell_maps import MappedCell
    from pmo_analytics.loading.layout.form_records import FormTable

_Records = tuple[dict[int, "MappedCell"], ...]
_Fields = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class FormPart:
    """The rows of one table of a form that hold anything, and its fields, those that the project lends it included."""

    table: FormTable
    fields: _Fields
    headings: tuple[str, ...]
    records: _Records
    owner: str

    @property
    def made_key(self) -> str | None:
        """The identifier of the rows of a register for which the form has no cell."""
        first = table(self.table.row_kind.tables[0])
        if first.name in ("projects", "status"):
            return None
        own = (name for name in first.key if name not in (Status.period, first.entity))
        return next((name for name in own if (first.name, name) not in self.fields), None)

    @property
    def names(self) -> list[str]:
        """What each row goes by where no cell says it: the project, and the key of its first cell."""
        return [f"{self.owner}: {next(iter(record.values())).heading}" for record in self.records]

    @property
    def identity(self) -> str:
        """The column of the project list by which the form says whose it is; empty where none does."""
        return _identity(self.fields)


def form_parts(tables: Sequence[FormTable], sheets: FormSheets, project: str = "") -> list[FormPart]:
    """The tables of a form with the rows that hold anything; the first one, the project's, always.

    ``project`` is what is known of its identifier from elsewhere: it goes before the name, not before a cell.
    """
    parts: list[FormPart] = []
    lent: dict[str, MappedCell] = {}
    owner = project or PurePath(sheets.book.path).stem
    for one in tables:
        records = tuple(
            {at: sheets.standing(cell) for at, cell in record.items()}
            for record in one.records
            if any(map(sheets.is_filled, record.values()))
        )
        fields, headings = dict(one.matching.fields), list(one.headings)
        if not parts:
            fields = _without_empty(fields, records, sheets)
            lent = _lent(fields, records, by_name=not project)
            owner = sheets.text(lent.get(Project.project_id)) or owner
        elif records:
            first = one.row_kind.tables[0]
            for column, cell in lent.items():
                name = table(first).entity if column == Project.project_id else column
                if name in table(first).columns and (first, name) not in fields:
                    fields[first, name] = len(headings)
                    headings.append(cell.title)
                    records = tuple(record | {fields[first, name]: cell} for record in records)
        if records or not parts:
            parts.append(FormPart(one, fields, tuple(headings), records, owner))
    if not project:
        parts[0] = replace(parts[0], fields=ids_by_name(parts[0].fields))
    return parts


def _without_empty(fields: _Fields, records: _Records, sheets: FormSheets) -> _Fields:
    """The fields without identifier, period and currency whose cells are empty: then something else says them.

    An empty identifier stays where there is no name either: it is what is missing.
    """
    empty = {at for record in records for at, cell in record.items() if not sheets.is_filled(cell)}
    leaving = {Status.period, Status.currency}
    if any(column == Project.project_name and at not in empty for (_, column), at in fields.items()):
        leaving.add(Project.project_id)
    return {field: at for field, at in fields.items() if field[1] not in leaving or at not in empty}


def _identity(fields: _Fields) -> str:
    """The column of the project list by which the form says whose it is; empty where none does."""
    columns = {column for _, column in fields}
    return next((name for name in (Project.project_id, Project.project_name) if name in columns), "")


def _lent(fields: _Fields, records: _Records, *, by_name: bool) -> dict[str, MappedCell]:
    """The cells of the project that hold for the rows of every table: its identifier, period, currency."""
    by_column = {column: at for (_, column), at in fields.items()}
    wanted = {
        Project.project_id: _identity(fields) if by_name else Project.project_id,
        Status.period: Status.period,
        Status.currency: Status.currency,
    }
    record = records[0] if records else {}
    return {name: record[by_column[of]] for name, of in wanted.items() if by_column.get(of) in record}
