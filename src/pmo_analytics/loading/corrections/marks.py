"""The marks of a correction workbook, by which its cells find their way back.

The workbook is written by ``report`` and read here. Three kinds of marks survive sorting, deleting, inserting and
saving by another program:

- a hidden sheet lists the tables: number, file, digest, sheet;
- above every heading a hidden cell says which column of the original stands below it;
- beside every row a cell says table, row and a short hash of how the row stood when it was written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells import wording
from pmo_analytics.schemas.cell_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

ORIGIN_SHEET = "_origin"
TITLE = "pmo_analytics corrections"
VERSION = 1
#: The headings of the hidden sheet, in its second row.
ORIGIN_HEADINGS = ("Table", "File", "Digest", "Sheet")

#: What stands in the columns of a correction sheet beside those of the original.
ROW_MARKS, VALUE, WORDS = "row", "value", "words"

#: Excel's calendar is right from here on; earlier days are written as text.
FIRST_DAY = dt.date(1900, 3, 1)
_CLOSE = 1e-14

_ROW = re.compile(r"pmo:(\d+):([A-Z]*\d+):([0-9a-f]{8})\Z")
_COLUMN = re.compile(r"pmo:(\d+):(?:column:([A-Z]+)|(row|value|words))\Z")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: value, kind as in :class:`RawSheet`, and number format."""

    value: object
    kind: str
    format: str = ""


def row_mark(table: int, place: str, stand: str) -> str:
    """The mark of a row (``place`` is its number in the original) or of a single cell (its address).

    >>> row_mark(1, "12", "0a1b2c3d")
    'pmo:1:12:0a1b2c3d'
    """
    return f"pmo:{table}:{place}:{stand}"


def read_row_mark(text: object) -> tuple[int, str, str] | None:
    """Table, place and hash of a row's mark; None where it is none.

    >>> read_row_mark("pmo:1:12:0a1b2c3d"), read_row_mark("12")
    ((1, '12', '0a1b2c3d'), None)
    """
    found = _ROW.match(str(text).strip())
    return (int(found[1]), found[2], found[3]) if found else None


def column_mark(table: int, what: str) -> str:
    """The mark above a column: a letter of the original's columns, or what else stands there.

    >>> column_mark(1, "AB"), column_mark(1, WORDS)
    ('pmo:1:column:AB', 'pmo:1:words')
    """
    return f"pmo:{table}:{what}" if what in (ROW_MARKS, VALUE, WORDS) else f"pmo:{table}:column:{what}"


def read_column_mark(text: object) -> tuple[int, str] | None:
    """Table and what stands in the column; None where the text is no mark.

    >>> read_column_mark("pmo:1:column:AB"), read_column_mark("pmo:2:row"), read_column_mark("AC (£m)")
    ((1, 'AB'), (2, 'row'), None)
    """
    found = _COLUMN.match(str(text).strip())
    return (int(found[1]), found[2] or found[3]) if found else None


def plain(cell: Cell) -> str:
    """A cell in the form that is the same after any program has saved it; an empty text for an empty cell.

    >>> plain(Cell(0.1 + 0.2, "n")), plain(Cell(dt.datetime(2026, 6, 30), "d")), plain(Cell("a", "t"))
    ('n:0.3', 'd:2026-06-30', 't:a')
    """
    value = cell.value
    if value is None or cell.kind in {" ", "f"}:
        return ""
    if isinstance(value, bool):
        return f"b:{value}"
    if isinstance(value, int | float):
        return f"n:{float(value):.12g}"
    if isinstance(value, dt.time):
        return f"d:{value.hour * 3600 + value.minute * 60 + value.second}"
    if isinstance(value, dt.timedelta):
        return f"d:{round(value.total_seconds())}"
    if isinstance(value, dt.date):
        return f"{'t' if is_early(value) else 'd'}:{day_text(value)}"
    text = clean_text(str(value))
    return f"t:{text}" if text else ""


def is_early(day: dt.date) -> bool:
    """Whether Excel's calendar has no such day.

    >>> is_early(dt.date(1899, 1, 1)), is_early(dt.datetime(2026, 6, 30))
    (True, False)
    """
    return (day.date() if isinstance(day, dt.datetime) else day) < FIRST_DAY


def day_text(day: dt.date) -> str:
    """A day, with the time to the second where it has one.

    >>> day_text(dt.datetime(2026, 6, 30)), day_text(dt.datetime(2026, 6, 30, 8, 15, 0, 400))
    ('2026-06-30', '2026-06-30 08:15:00')
    """
    if not isinstance(day, dt.datetime):
        return day.isoformat()
    rounded = (day + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    whole_day = rounded.time() == dt.time()
    return rounded.date().isoformat() if whole_day else rounded.isoformat(" ")


def same(one: Cell, other: Cell) -> bool:
    """Whether a second cell holds the same as a first; numbers to the last digits that a program keeps.

    A formula without a result is shown as an empty cell; one that somebody entered is always something else.

    >>> same(Cell(15.0, "n"), Cell(15, "n")), same(Cell(15.0, "n"), Cell("15", "t"))
    (True, False)
    """
    if other.kind == "f":
        return False
    values = (one.value, other.value)
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        first, second = (float(str(value)) for value in values)
        return math.isclose(first, second, rel_tol=_CLOSE)
    return plain(one) == plain(other)


def stand_of(row: Mapping[int, Cell]) -> str:
    """A short hash of how a row stands: its cells by column; empty cells count for nothing.

    >>> stand_of({0: Cell("P1", "t"), 3: Cell(None, " ")}) == stand_of({0: Cell("P1", "t")})
    True
    """
    texts = {column: plain(cell) for column, cell in row.items()}
    whole = "\n".join(f"{column}={texts[column]}" for column in sorted(texts) if texts[column])
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def in_words(cell: Cell) -> str:
    """A cell as people read it.

    >>> in_words(Cell(15.0, "n")), in_words(Cell(dt.datetime(2026, 6, 30), "d")), in_words(Cell(None, " "))
    ('15', '2026-06-30', '(empty)')
    """
    value = cell.value
    if value is None or value == "":
        return "(empty)"
    if isinstance(value, float):
        return wording.written_number(value)
    return day_text(value) if isinstance(value, dt.date) else str(value)
