"""Tables that a report lists as they were delivered, with the columns that their schemas declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import DATE, NUMBER, WRAPPED, Field, Listing
from pmo_analytics.report.registers import ENTITY_NAME
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from pmo_analytics.report.contents import Contents
    from pmo_analytics.schemas.tables import Column

#: How many rows are listed; the files have all of them.
MOST_ROWS = 1_000
#: What the cells of a kind of column are, and how wide it is.
_LOOKS: Mapping[Kind, tuple[str, float]] = {
    Kind.TEXT: (WRAPPED, 24),
    Kind.WORD: (WRAPPED, 16),
    Kind.COLOUR: (WRAPPED, 12),
    Kind.FLAG: (WRAPPED, 10),
    Kind.DATE: (DATE, 13),
    Kind.PERIOD: (DATE, 13),
    Kind.MONEY: ("money", 13),
    Kind.FRACTION: ("fraction", 11),
    Kind.NUMBER: (NUMBER, 11),
}


def declared(name: str) -> Callable[[Contents], Listing]:
    """What lists a table under its title: the columns that hold anything, of the latest delivery."""

    def listing(contents: Contents) -> Listing:
        rows = contents.further[name]
        columns = [column for column in table(name).columns.values() if _shown(column, rows)]
        fields = [field for column in columns for field in _fields(column, name)]
        shown = rows.head(MOST_ROWS)
        return Listing(
            names.title_of(name),
            _told(len(rows)),
            fields or [Field(next(iter(table(name).key)), names.title_of(name))],
            shown.assign(**{column.name: _words(shown[column.name], column) for column in columns}),
        )

    return listing


def _told(rows: int) -> str:
    if not rows:
        return "It has no rows up to this month."
    if rows <= MOST_ROWS:
        return "The rows of the latest delivery."
    return f"The first {MOST_ROWS:,} of the {rows:,} rows of the latest delivery; the files have all of them."


def _shown(column: Column, rows: pd.DataFrame) -> bool:
    return not column.derived and column.name in rows and bool(rows[column.name].notna().any())


def _fields(column: Column, name: str) -> list[Field]:
    kind, width = _LOOKS[column.kind]
    if column.name != table(name).entity:
        return [Field(column.name, column.title, kind, width)]
    return [
        Field(column.name, column.title, WRAPPED, 13, link=names.PROJECTS),
        Field(ENTITY_NAME, "Name", WRAPPED, 28),
    ]


def _words(values: pd.Series, column: Column) -> pd.Series:
    """Words as people write them, and flags as words."""
    if column.kind is Kind.FLAG:
        return values.map({True: "yes", False: "no"}).astype("str")
    return values.str.replace("_", " ") if column.kind is Kind.WORD else values
