"""Blocks: where one table of a sheet ends and the next begins, beside it or below it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pmo_analytics.loading.layout.detecting import ENOUGH_HEADINGS, KNOWN_HEADINGS
from pmo_analytics.loading.layout.headers import TITLES, header_at, row_texts, same_headings
from pmo_analytics.loading.layout.headings import known_words
from pmo_analytics.schemas.fiscal_years import DEFAULT_FISCAL_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.headers import Header
    from pmo_analytics.loading.layout.profiles import Profile
    from pmo_analytics.schemas.fiscal_years import FiscalYear

#: How far down every row is looked at; below, only rows that hold headings, and the first after a gap.
HEADER_ROWS = 40
GAPS = 60

#: A further table without a gap above it must be understood by this share of its headings.
_CONVINCING = 0.6

_BLANK = ord(" ")


@dataclass(frozen=True, slots=True)
class Block:
    """One table: its header, and from where to where it reaches (rows counted from 0, ``stop`` not included)."""

    header: Header
    columns: range
    title: int
    stop: int


def filled_cells(sheet: RawSheet, columns: range) -> NDArray[np.bool_]:
    """Which cells of the columns are filled, a row a row."""
    if not sheet.n_rows or not len(columns):
        return np.zeros((sheet.n_rows, len(columns)), dtype=bool)
    marks = [np.frombuffer(sheet.kinds[at].encode("ascii"), dtype=np.uint8) for at in columns]
    filled: NDArray[np.bool_] = np.stack(marks, axis=1) != _BLANK
    return filled


def find_blocks(
    sheet: RawSheet, profiles: Sequence[Profile], fiscal_year: FiscalYear = DEFAULT_FISCAL_YEAR
) -> list[Block]:
    """The tables of a sheet, from left to right and from top to bottom.

    Side by side they are divided by a column without any cell, each with a header that is understood on its
    own; a table below them may cross that column. Below each other they are divided by a blank row, a title, or a
    header of other headings.
    """
    blocks: list[Block] = []
    for rows in _bands(sheet, profiles, fiscal_year):
        blocks += _blocks_of(sheet, rows, profiles, fiscal_year)
    return blocks


def _blocks_of(
    sheet: RawSheet, rows: range, profiles: Sequence[Profile], fiscal_year: FiscalYear
) -> list[Block]:
    """The tables of a band of rows, from left to right and from top to bottom."""
    whole = range(len(sheet.columns))
    usable = _beside(sheet, rows, profiles, fiscal_year)
    if len(usable) < KNOWN_HEADINGS:
        return _stacked(sheet, whole, _within(_headers(sheet, whole, profiles, fiscal_year), rows), rows)
    ends = [part.start for part in [*usable][1:]] + [whole.stop]
    blocks = []
    for headers, start, end in zip(usable.values(), [0, *ends[:-1]], ends, strict=True):
        blocks += _stacked(sheet, range(start, end), headers, rows)
    return blocks


def _beside(
    sheet: RawSheet, rows: range, profiles: Sequence[Profile], fiscal_year: FiscalYear
) -> dict[range, list[Header]]:
    """The stretches of columns in a band of rows that have headers of their own, with these; none for a single one."""
    parts = _column_parts(sheet, rows)
    if len(parts) < KNOWN_HEADINGS:
        return {}
    found = {part: _within(_headers(sheet, part, profiles, fiscal_year), rows) for part in parts}
    return {part: headers for part, headers in found.items() if headers}


def _within(headers: Sequence[Header], rows: range) -> list[Header]:
    return [header for header in headers if header.first in rows]


def _bands(sheet: RawSheet, profiles: Sequence[Profile], fiscal_year: FiscalYear) -> list[range]:
    """The rows of a sheet, cut where below tables side by side, after a blank row, a header crosses their gap."""
    whole = range(len(sheet.columns))
    some = filled_cells(sheet, whole).sum(axis=1) > 0
    begins = (np.flatnonzero(some[1:] & ~some[:-1]) + 1).tolist()
    start, bands = 0, []
    for row, stop in pairwise([*begins, sheet.n_rows]) if len(begins) <= GAPS else ():
        above, both = (_column_parts(sheet, range(start, end)) for end in (row, stop))
        if len(above) <= len(both):
            continue
        divided = _beside(sheet, range(start, row), profiles, fiscal_year)
        crossing = _within(_headers(sheet, whole, profiles, fiscal_year), range(row, stop))
        if len(divided) >= KNOWN_HEADINGS and crossing:
            bands.append(range(start, row))
            start = row
    return [*bands, range(start, sheet.n_rows)]


def first_block(
    sheet: RawSheet, profiles: Sequence[Profile], fiscal_year: FiscalYear, *, rows: int
) -> Block | None:
    """The table whose header begins in one of the first rows and is understood best; it takes the whole sheet."""
    whole = range(len(sheet.columns))
    tried = [header_at(sheet, row, whole, profiles, fiscal_year) for row in range(min(rows, sheet.n_rows))]
    found = [header for header in tried if header is not None]
    return Block(max(found, key=_rank), whole, 0, sheet.n_rows) if found else None


def _column_parts(sheet: RawSheet, rows: range) -> list[range]:
    """The stretches of columns between columns without any cell in these rows."""
    parts: list[range] = []
    start: int | None = None
    for at, kinds in enumerate([*sheet.kinds, ""]):
        if kinds[rows.start : rows.stop].strip():
            start = at if start is None else start
        elif start is not None:
            parts.append(range(start, at))
            start = None
    return parts


def _headers(
    sheet: RawSheet, columns: range, profiles: Sequence[Profile], fiscal_year: FiscalYear
) -> list[Header]:
    """Every row that can be a header, from top to bottom; of those that overlap, the best understood."""
    found: list[Header] = []
    for row in _rows_to_try(sheet, columns, profiles):
        header = header_at(sheet, row, columns, profiles, fiscal_year)
        if header is None:
            continue
        if found and header.first <= found[-1].last:
            if _rank(header) > _rank(found[-1]):
                found[-1] = header
        else:
            found.append(header)
    return found


def _rank(header: Header) -> tuple[tuple[bool, int], int]:
    return header.rank, header.first - header.last


def _rows_to_try(sheet: RawSheet, columns: range, profiles: Sequence[Profile]) -> list[int]:
    near = list(range(min(sheet.n_rows, HEADER_ROWS)))
    if sheet.n_rows <= HEADER_ROWS:
        return near
    words = known_words(tuple(profiles))
    hits = np.zeros(sheet.n_rows, dtype=np.int64)
    for at in columns:
        column = sheet.columns[at]
        if known := words.spellings.intersection(column):
            hits[[row for row, value in enumerate(column) if value in known]] += 1
    some = filled_cells(sheet, columns).sum(axis=1) > 0
    after_gap = np.flatnonzero(some[1:] & ~some[:-1]) + 1
    behind = [row + down for row in after_gap[after_gap >= HEADER_ROWS][:GAPS].tolist() for down in range(3)]
    for row in behind:
        if row < sheet.n_rows:
            hits[row] += sum(map(words.know, filter(None, row_texts(sheet, row, columns))))
    return [*near, *(row for row in np.flatnonzero(hits >= KNOWN_HEADINGS).tolist() if row >= HEADER_ROWS)]


def _stacked(sheet: RawSheet, columns: range, headers: Sequence[Header], rows: range) -> list[Block]:
    """The tables below each other that some of these headers begin; the others are data or repeated."""
    if not headers:
        return []
    counts = filled_cells(sheet, columns).sum(axis=1)
    kept: list[Header] = []
    for header in headers:
        if not kept:
            kept.append(header)
        elif _outranks(header, kept[-1], counts):
            kept[-1] = header
        elif _begins_table(header, kept[-1], counts):
            kept.append(header)
    starts = [rows.start, *(_title_row(header, above, counts) for above, header in pairwise(kept))]
    stops = [*starts[1:], rows.stop]
    return [
        Block(header, columns, start, stop) for header, start, stop in zip(kept, starts, stops, strict=True)
    ]


def _outranks(header: Header, above: Header, counts: NDArray[np.int64]) -> bool:
    """Whether what stood above was preamble: less understood, and with no or hardly any rows of its own."""
    rows = int((counts[above.last + 1 : header.first] > 1).sum())
    few = above.score < ENOUGH_HEADINGS and header.score >= 2 * above.score and rows <= TITLES
    return header.rank > above.rank and (rows == 0 or few)


def _begins_table(header: Header, above: Header, counts: NDArray[np.int64]) -> bool:
    before = header.first - 1
    if before <= above.last:
        return False
    titled = counts[before] == 1 and before - 1 > above.last and counts[before - 1] == 0
    if same_headings(header, above):
        return bool(titled)
    filled = sum(map(bool, header.headings))
    convincing = header.score > KNOWN_HEADINGS and header.score >= filled * _CONVINCING
    return bool(titled) or counts[before] == 0 or convincing


def _title_row(header: Header, above: Header, counts: NDArray[np.int64]) -> int:
    """The first row of the titles directly above a header: few cells each, divided from the data by a gap."""
    row = header.first
    while row - 1 > above.last and 0 < counts[row - 1] <= KNOWN_HEADINGS and header.first - row < TITLES:
        row -= 1
    divided = row - 1 > above.last and counts[row - 1] == 0
    return row if divided else header.first
