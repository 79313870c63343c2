"""Layouts: the record of a table that was found in a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.dialect import Dialect

if TYPE_CHECKING:
    import pandas as pd

    from pmo_analytics.loading.layout.detecting import Reading
    from pmo_analytics.loading.layout.headings import Matching
    from pmo_analytics.loading.layout.profiles import Profile


@dataclass(frozen=True, slots=True)
class MeasureRows:
    """The rows of one measure: those with its text, normalised, in a column; ``number`` counts the measures from 1.

    ``known`` are the texts of all measures: a row with another one is of none.
    """

    at: int
    text: str
    number: int
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Month:
    """The month that a column stands for: its last day, the words that say how it was read, and its measures.

    ``positions`` are the columns of the month: a row that has none of them filled says nothing about it.
    ``every`` are those of all months, ``first`` says that it is the earliest. Where the measures stand in rows,
    ``rows`` says which rows are its own.
    """

    period: pd.Timestamp
    origin: str
    positions: tuple[int, ...]
    first: bool
    every: tuple[int, ...]
    rows: MeasureRows | None = None

    @property
    def tells(self) -> bool:
        """Whether it is the one of all months and measures with which rows that belong to none of them are told."""
        return self.first and (self.rows is None or self.rows.number == 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table found in a sheet: profile, header row (counted from 1), headings and what they mean.

    A header of several rows ends in ``header_row`` and begins in ``first_header_row``; what belongs above it
    begins in ``title_row``. The table ends with ``last_row``, null for the end of the sheet, and stands in the
    columns from ``first_column`` up to, without, ``last_column`` (counted from 0). ``number`` counts the tables
    of a sheet from 1, ``preamble`` the rows above the first of them. ``told`` are findings about it: code, heading
    and detail. Where ``orientation`` is ``columns``, all this is said of the sheet turned over, its rows taken as
    columns.
    ``near`` are other readings of the same headings that come near this one, ``dialect`` is how cells are read.
    ``title_unit`` is the unit of amounts that its titles state.

    Of a table with months across there is one layout a month.
    """

    profile: Profile
    matching: Matching
    header_row: int
    headings: tuple[str, ...]
    first_header_row: int | None = None
    title_row: int = 1
    last_row: int | None = None
    first_column: int = 0
    last_column: int | None = None
    number: int = 1
    preamble: int = 0
    orientation: str = "rows"
    month: Month | None = None
    told: tuple[tuple[str, str, str], ...] = ()
    near: tuple[Reading, ...] = ()
    dialect: Dialect = field(default_factory=Dialect)
    title_unit: str = ""

    @property
    def positions(self) -> range:
        """The positions of its columns in the sheet."""
        return range(self.first_column, len(self.headings) if self.last_column is None else self.last_column)

    @property
    def suffix(self) -> str:
        """What its source key adds to that of the sheet: ``/2`` a second table, ``~2`` a second measure, ``@2026-05``.

        The last is the month.
        """
        table = f"/{self.number}" if self.number > 1 else ""
        rows = self.month.rows if self.month else None
        measure = f"~{rows.number}" if rows and rows.number > 1 else ""
        return table + measure + (f"@{self.month.period:%Y-%m}" if self.month else "")
