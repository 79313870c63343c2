"""What stands beside the values of a sheet: marks of cells, merged ranges, hidden rows, colours, formats.

Every format has a module of its own that finds these facts; this one says what they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pmo_analytics.loading.files.raw_sheet import Place, RawSheet, cell_name

Marks = dict[Place, tuple[str, object]]
"""Kind and value of cells that the reader of values leaves blank or gets wrong."""

MOST_CELLS = 200_000
"""So many coloured cells of one sheet are kept, and so many with a telling format."""

CELL_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""The codes of errors in binary workbooks."""

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKETS = re.compile(r"\[(?:\$([^\]-]*)(?:-[^\]]*)?|[^\]]*)\]")
_CURRENCY = re.compile(r"[$€£¥₹₽₩₪₺₴₫฿₱₦]|zł|\b(?:kr|Fr|[A-Z]{3})\b")
_SCALE = re.compile(r"\b(?:k|m|mn|mio|bn|mrd|thousand|million|billion)\b", re.IGNORECASE)
_DAYS = re.compile(r"[dyhs]", re.IGNORECASE)
_ZEROS = re.compile(r"(?<![#0?.,:+\-eE])0(?:-?0)+")


@dataclass(slots=True)
class SheetFacts:
    """The facts of one sheet, rows and columns counted from zero; `notes` are sentences about them."""

    marks: Marks = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    fills: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def has_room(self, cells: Mapping[Place, str], what: str, place: Place) -> bool:
        """Whether one more cell is kept; the first that is not is named in a note."""
        if len(cells) == MOST_CELLS:
            words = (
                f"has more than {MOST_CELLS:,} {what} cells; those from {cell_name(*place)} on are left out"
            )
            if words.split(";")[0] not in {note.split(";")[0] for note in self.notes}:
                self.notes.append(words)
        return len(cells) < MOST_CELLS


@dataclass(frozen=True, slots=True)
class Styles:
    """What a style of cells tells, by its number: a fill as RRGGBB, a number format."""

    fills: Mapping[int, str] = field(default_factory=dict)
    formats: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fills or self.formats)

    def tell(self, facts: SheetFacts, place: Place, style: int) -> None:
        """Add to the facts what the style of a cell tells, as long as there is room."""
        if style in self.fills and facts.has_room(facts.fills, "coloured", place):
            facts.fills[place] = self.fills[style]
        if style in self.formats and facts.has_room(facts.formats, "formatted", place):
            facts.formats[place] = self.formats[style]


class FactFinder(Protocol):
    """Finds the facts of the sheets of one workbook."""

    date_1904: bool

    def facts(self, sheet: str, rows: Sequence[Sequence[object]]) -> SheetFacts:
        """The facts of a sheet whose values are `rows`."""


def with_facts(sheet: RawSheet, facts: SheetFacts) -> RawSheet:
    """The sheet with the facts that lie within its cells."""
    height, width = sheet.n_rows, len(sheet.columns)

    def inside(cells: dict[Place, str]) -> dict[Place, str]:
        return {
            (row, column): told for (row, column), told in cells.items() if row < height and column < width
        }

    return replace(
        sheet,
        merged=tuple(sorted(area for area in facts.merged if area[0] < height and area[1] < width)),
        hidden_rows=tuple(sorted({row for row in facts.hidden_rows if row < height})),
        hidden_columns=tuple(sorted({column for column in facts.hidden_columns if column < width})),
        fills=inside(facts.fills),
        formats=inside(facts.formats),
    )


def times_of_day(rows: Sequence[Sequence[object]]) -> set[Place]:
    """The cells of which the reader of values says a time of day, as it also does of days before the first one."""
    return {
        (row, column)
        for row, values in enumerate(rows)
        if dt.time in map(type, values)
        for column, value in enumerate(values)
        if type(value) is dt.time
    }


def tells_something(code: str) -> bool:
    """Whether a number format tells a currency, a percentage, a scale or leading zeros.

    >>> [tells_something(code) for code in ('[$£-809]#,##0', '0.0%', '000', '0.00', 'dd/mm/yyyy')]
    [True, True, True, False, False]
    """
    section = code.split(";", 1)[0]
    if code.casefold() == "general" or not section:
        return False
    symbols = "".join(match[1] or "" for match in _BRACKETS.finditer(section))
    literal = "".join((match[1] or match[2] or "") for match in _QUOTED.finditer(section))
    plain = _QUOTED.sub("", _BRACKETS.sub("", section))
    if "%" in plain or symbols.strip():
        return True
    if _DAYS.search(plain):
        return False
    return bool(_CURRENCY.search(f"{literal} {plain}") or _SCALE.search(literal) or _ZEROS.search(plain))
