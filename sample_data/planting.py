"""Planting: the ways in which a fault spoils a cell or adds a row, and where it will then be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheets import Row, Sheet

from pmo_analytics.quality.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

#: All sheets by file and name.
Sheets = dict[tuple[str, str], Sheet]
#: Takes the sheets and the place of the fault, spoils it, and gives back the row that is now at fault.
Spoil = Callable[[Sheets, tuple[str, str]], Row]


@dataclass(frozen=True)
class Fault:
    """One fault: where it goes, what it will be found as, and how it is made."""

    code: str
    table: str
    column: str
    file: str
    sheet: str
    heading: str | None
    spoil: Spoil
    what: str


def plant(sheets: list[Sheet], faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Spoil the sheets; the faults with their addresses, one record each."""
    by_place = {(sheet.file, sheet.name): sheet for sheet in sheets}
    spoiled = [(fault, fault.spoil(by_place, (fault.file, fault.sheet))) for fault in faults]
    return [
        {
            "fault": str(number),
            "code": fault.code,
            "severity": KINDS[fault.code].severity,
            "table": fault.table,
            "column": fault.column,
            "file": fault.file,
            "sheet": fault.sheet,
            "cell": by_place[fault.file, fault.sheet].address(row, fault.heading),
            "what": fault.what,
        }
        for number, (fault, row) in enumerate(spoiled, start=1)
    ]


def changed(where: Row, cells: Row) -> Spoil:
    """Other values in some cells of the row that has the values given."""

    def spoil(sheets: Sheets, place: tuple[str, str]) -> Row:
        row = sheets[place].find(where)
        row.update(cells)
        return row

    return spoil


def twice(where: Row, cells: Row) -> Spoil:
    """A row a second time, at the end of the list, with some cells changed."""

    def spoil(sheets: Sheets, place: tuple[str, str]) -> Row:
        again = sheets[place].find(where) | cells
        sheets[place].rows.append(again)
        return again

    return spoil


def nameless(like: Row, kept: tuple[str, ...], cells: Row) -> Spoil:
    """A further row with a few cells of another one, and its own."""

    def spoil(sheets: Sheets, place: tuple[str, str]) -> Row:
        sheet = sheets[place]
        other = sheet.find(like)
        row = dict.fromkeys(sheet.headings) | {heading: other[heading] for heading in kept} | cells
        sheet.rows.append(row)
        return row

    return spoil


def total(sheets: Sheets, place: tuple[str, str]) -> Row:
    """A row of sums below the data."""
    sheet = sheets[place]
    sums = {
        heading: round(sum(row[heading] or 0.0 for row in sheet.rows), 3)
        for heading in sheet.headings
        if heading.endswith("(£m)")
    }
    row = dict.fromkeys(sheet.headings) | {"Project": "Total"} | sums
    sheet.rows.append(row)
    return row


def copied(where: Row, first: str, between: str, headings: tuple[str, ...]) -> Spoil:
    """The report of a first month once more in the next file and in that of the fault."""

    def spoil(sheets: Sheets, place: tuple[str, str]) -> Row:
        original = sheets[first, place[1]].find(where)
        words = {heading: original[heading] for heading in headings}
        sheets[between, place[1]].find(where).update(words)
        row = sheets[place].find(where)
        row.update(words)
        return row

    return spoil
