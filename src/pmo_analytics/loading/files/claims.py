"""What the XML of a workbook claims before anything believes it: counts of strings, cells far from all others.

A reader makes room for what is claimed, and ends its process where there is none. Here the claim is refused with its
cell.
"""

from __future__ import annotations

import re

from pmo_analytics.loading.files.raw_sheet import MAX_CELLS, SHEET_COLUMNS, SHEET_ROWS, Refused, cell_name

_COUNT = re.compile(rb"""\buniqueCount\s*=\s*["'](\d+)""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d+)["']""")
_CELL_ROW = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["'][A-Z]+(\d+)["']""")
#: Without room for spaces, which no program writes there, a megabyte takes a millisecond instead of ten.
_TWO_LETTERS = re.compile(rb"""r=["'][A-Z]{2}""")
_COLUMNS = re.compile(rb"""r=["']([A-Z]+)\d""")
_VALUE_CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Z]+)(\d+)["'][^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"""
)
_TAIL = 1 << 14


def refuse_counts(content: bytes, part: str) -> None:
    """Raise Refused (HOSTILE_FILE) where a table of strings claims more of them than the part has bytes."""
    claimed = _COUNT.search(content, 0, 4096)
    if claimed and int(claimed[1]) > len(content):
        raise Refused(
            "HOSTILE_FILE", f"part {part} claims {int(claimed[1]):,} texts and has {len(content):,} bytes."
        )


def refuse_far_cells(content: bytes, sheet: str | None) -> None:
    """Raise Refused (FILE_TOO_LARGE) where a sheet's cells with values span too much, or leave the grid.

    The last row is looked up first and the columns only where that row is far down: a sheet of usual size costs
    next to nothing. Cells without a value, which may carry a colour to the end of the sheet, do not count.
    """
    rows = _last_row(content)
    if rows * _columns_bound(content) > MAX_CELLS or rows > SHEET_ROWS:
        _check_value_cells(content, sheet)


def _last_row(content: bytes) -> int:
    """The highest row number near the end, where the last row stands."""
    size = _TAIL
    while True:
        start = max(0, len(content) - size)
        numbers = [*_ROW.findall(content, start), *_CELL_ROW.findall(content, start)]
        if numbers or not start:
            return max(map(int, numbers), default=0)
        size *= 16


def _columns_bound(content: bytes) -> int:
    """A number of columns that no cell lies beyond."""
    if _TWO_LETTERS.search(content):
        return max(map(_column, set(_COLUMNS.findall(content))), default=0) + 1
    return 26


def _check_value_cells(content: bytes, sheet: str | None) -> None:
    places = [(int(row) - 1, _column(letters)) for letters, row in _VALUE_CELL.findall(content)]
    if not places:
        return
    last_row, last_column = max(row for row, _ in places), max(column for _, column in places)
    height = last_row - min(row for row, _ in places) + 1
    width = last_column - min(column for _, column in places) + 1
    outside = last_row >= SHEET_ROWS or last_column >= SHEET_COLUMNS
    if outside or height * width > MAX_CELLS:
        told = "lie beyond the grid of a sheet" if outside else f"span {height:,} rows and {width:,} columns"
        cell = cell_name(last_row, last_column)
        raise Refused("FILE_TOO_LARGE", f"its cells {told}.", sheet=sheet, cell=cell)


def _column(letters: bytes) -> int:
    """The number of a column, counted from zero."""
    number = 0
    for letter in letters[:6]:
        number = number * 26 + letter - 64
    return number - 1
