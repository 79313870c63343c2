"""Where rows come from: one record per table found in a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


#: How the records of a table stand in its sheet: one a row, one a column, or one in cells all over it.
ORIENTATIONS = ("rows", "columns", "cells")


@dataclass(frozen=True, slots=True)
class Source:
    """One rectangle of cells that became rows of one or more tables.

    ``addresses`` gives for each field, written ``table.column``, the letter of its spreadsheet column; extra
    columns stand under their heading. ``row_is`` says what a row is, ``period_origin`` where the period was
    found, ``project`` and ``project_origin`` which project its rows belong to where no column says so, and where
    that was found. A frame that came from Python has the path ``frame``.

    ``understood`` of ``n_headings`` headings fill a field, ``known_extras`` more are known to the profile and kept
    beside the tables; ``near`` names the other readings that understand
    nearly as many, such as ``generic (task): 9 of 14``.

    ``orientation`` is one of :data:`ORIENTATIONS`. Where records stand in ``columns``, a row of ours is a column
    of the sheet, counted from 1, and the address of a field is the number of its row. In a form of single
    ``cells`` the address of a field is that of its cell, such as ``Introduction!C11``; where the form makes several
    rows of a table, each has its own under the name of the field and its number (:func:`address_of_record`).
    """

    key: str
    path: str
    sheet: str | None
    digest: str
    profile: str
    row_is: str
    tables: tuple[str, ...]
    header_row: int
    period: str | None
    period_origin: str
    orientation: str = "rows"
    addresses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unmapped: tuple[str, ...] = ()
    project: str | None = None
    project_origin: str = ""
    understood: int = 0
    known_extras: int = 0
    n_headings: int = 0
    near: tuple[str, ...] = ()

    @property
    def score(self) -> str:
        """How many of its headings were understood, in words.

        >>> Source("s1", "a.csv", None, "", "generic", "project", ("status",), 1, None, "",
        ...        understood=14, n_headings=16).score
        '14 of 16 headings understood'
        """
        known = f", {self.known_extras} more known" if self.known_extras else ""
        return f"{self.understood} of {self.n_headings} headings understood{known}"

    def cell(self, table: str, column: str, row: int) -> str:
        """The address of a field in a row: ``F12``, or the row alone where the field has no column.

        >>> Source("s1", "a.csv", None, "", "generic", "project", ("status",), 1, None, "",
        ...        addresses={"status.ac": "F"}).cell("status", "ac", 12)
        'F12'
        """
        address = self.addresses.get(f"{table}.{column}", "")
        if self.orientation == "cells":
            return self.addresses.get(address_of_record(f"{table}.{column}", row), address)
        if self.orientation == "columns":
            letter = column_letter(row - 1)
            return f"{letter}{address}" if address else f"column {letter}"
        return f"{address}{row}" if address else f"row {row}"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: every row of it is accounted for.

    All rows of its sheets = ``above`` (preambles and headers) + ``unrecognised`` (of sheets and parts of sheets
    without a table) + ``read``; and ``read`` = accepted + quarantined + empty. Of a form the ``cells`` are counted
    instead of the rows: ``read`` are those that its map names, ``unrecognised`` the filled ones that it does not.
    """

    path: str
    status: str
    error: Mapping[str, str | None] | None
    read: int = 0
    accepted: int = 0
    quarantined: int = 0
    empty: int = 0
    above: int = 0
    unrecognised: int = 0
    counted: str = "rows"


def address_of_record(field: str, row: int) -> str:
    """The name under which a form keeps the address of a field in one of its rows.

    >>> address_of_record("milestones.forecast_date", 7)
    'milestones.forecast_date#7'
    """
    return f"{field}#{row}"


def column_letter(index: int) -> str:
    """The letter of a spreadsheet column, counted from 0.

    >>> [column_letter(i) for i in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
