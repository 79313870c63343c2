"""What a file holds, before anyone asks what it means: sheets of cells with their exact places and kinds.

Only the standard library is imported here: the reading process loads this module in every child.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

KIND_OF_TYPE: Mapping[type, str] = {
    str: "t",
    float: "n",
    int: "n",
    bool: "b",
    dt.date: "d",
    dt.datetime: "d",
    dt.time: "d",
    dt.timedelta: "d",
    type(None): " ",
}
Place = tuple[int, int]
"""Row and column of a cell, counted from zero."""

MAX_CELLS = 50_000_000
"""The cells of one sheet, blank ones included: Excel's own grid has 17 thousand million."""

SHEET_ROWS, SHEET_COLUMNS = 1_048_576, 16_384
"""Excel's grid. A text file may have more rows; more columns no table of projects has."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as it stands: entry i of a column is sheet row i + 1, column j is sheet column j + 1.

    `kinds` has one string per column with one character per cell: ``t`` text, ``n`` number, ``d`` date, time
    or duration, ``b`` true or false, ``e`` error (the value is its code, such as ``#REF!``), ``f`` formula
    without a stored result (the value is an empty text), and a blank for an empty cell (the value is None).
    Leading blank rows and columns are kept, trailing ones are not.

    What a value alone does not say stands beside it, rows and columns counted from zero: `merged` ranges (first
    row, first column, last row, last column), hidden rows and columns, `fills` (six hexadecimal digits of red,
    green and blue for cells with a solid fill) and number `formats` (of cells whose format tells a currency, a
    percentage or leading zeros). Of delimited text `widths` are the numbers of fields of the rows, as they were
    before they were padded, and `odd_rows` those rows whose quotation marks break the rules.
    """

    name: str | None
    hidden: bool
    columns: tuple[list[object], ...]
    kinds: tuple[str, ...]
    n_rows: int
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    fills: Mapping[Place, str] = field(default_factory=lambda: MappingProxyType({}))
    formats: Mapping[Place, str] = field(default_factory=lambda: MappingProxyType({}))
    widths: tuple[int, ...] = ()
    odd_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RawBook:
    """One file as it stands.

    `digest` is the SHA-256 of its bytes, `notes` pair a kind of finding with a sentence, `date_1904` says that its
    serial numbers of days count from 1904.
    """

    path: str
    digest: str
    format: str
    encoding: str | None
    delimiter: str | None
    sheets: tuple[RawSheet, ...]
    notes: tuple[tuple[str, str], ...]
    date_1904: bool = False


class Refused(Exception):
    """A file is not read: the code of an error of the library, the place where known, and what to do.

    `advice` stands instead of that of the error where the case allows a better one.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        sheet: str | None = None,
        cell: str | None = None,
        advice: str | None = None,
    ) -> None:
        self.code = code
        self.message = message
        self.advice = advice
        self.sheet = sheet
        self.cell = cell
        super().__init__(code, message)


def cell_name(row: int, column: int) -> str:
    """The A1 name of a cell counted from zero.

    >>> cell_name(5, 27)
    'AB6'
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def column_index(letters: str) -> int:
    """The number of a column counted from 0, by its letters.

    >>> column_index("A"), column_index("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place_of(name: str) -> tuple[int, int | None]:
    """Row and column, counted from 0, of a cell's A1 name; of a row's number there is no column.

    >>> place_of("AB6"), place_of("12")
    ((5, 27), (11, None))
    """
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]) - 1, column_index(letters) if letters else None


def sheet_of_rows(
    name: str | None,
    rows: Sequence[list[object]],
    *,
    hidden: bool = False,
    marks: Mapping[Place, tuple[str, object]] | None = None,
) -> RawSheet:
    """The sheet of the rows given, an empty text being an empty cell.

    `marks` gives kind and value of cells (row and column counted from zero) that stand in no row: error cells
    and formulas without a result. Rows of unequal length are padded. Raises Refused (FILE_TOO_LARGE) where
    rows times columns exceed `MAX_CELLS`, or columns `SHEET_COLUMNS`.

    >>> sheet_of_rows(None, [["id", ""], ["P1"]]).columns
    (['id', 'P1'],)
    """
    marks = marks or {}
    height = max(len(rows), 1 + max((row for row, _ in marks), default=-1))
    width = max(max(map(len, rows), default=0), 1 + max((column for _, column in marks), default=-1))
    if height * width > MAX_CELLS or width > SHEET_COLUMNS:
        raise Refused(
            "FILE_TOO_LARGE",
            f"its cells span {height:,} rows and {width:,} columns.",
            sheet=name,
            cell=cell_name(height - 1, width - 1),
        )
    columns = _columns(rows, height, width)
    kinds = [_kinds(column) for column in columns]
    _set_marks(columns, kinds, marks)
    return _trimmed(name, hidden, columns, kinds)


def _columns(rows: Sequence[list[object]], height: int, width: int) -> list[list[object]]:
    """The rows turned into columns of equal length, with None for every empty text."""
    padded = (row if len(row) == width else row + [None] * (width - len(row)) for row in rows)
    columns = [[None if value == "" else value for value in column] for column in zip(*padded, strict=True)]
    columns = columns or [[] for _ in range(width)]
    missing = height - len(rows)
    return [column + [None] * missing for column in columns] if missing else columns


def _kinds(column: Iterable[object]) -> str:
    return "".join(map(KIND_OF_TYPE.__getitem__, map(type, column)))


def _set_marks(
    columns: list[list[object]], kinds: list[str], marks: Mapping[Place, tuple[str, object]]
) -> None:
    """Write the marked cells into columns and kinds."""
    changed: dict[int, list[str]] = {}
    for (row, column), (kind, value) in marks.items():
        letters = changed.setdefault(column, list(kinds[column]))
        letters[row] = kind
        columns[column][row] = value
    for column, letters in changed.items():
        kinds[column] = "".join(letters)


def _trimmed(name: str | None, hidden: bool, columns: list[list[object]], kinds: list[str]) -> RawSheet:
    """The sheet without the blank rows at its end and the blank columns at its right."""
    filled = [len(kind.rstrip(" ")) for kind in kinds]
    n_rows = max(filled, default=0)
    n_columns = max((number for number, used in enumerate(filled, 1) if used), default=0)
    return RawSheet(
        name=name,
        hidden=hidden,
        columns=tuple(column[:n_rows] for column in columns[:n_columns]),
        kinds=tuple(kind[:n_rows] for kind in kinds[:n_columns]),
        n_rows=n_rows,
    )
