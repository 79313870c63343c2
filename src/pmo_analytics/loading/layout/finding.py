"""Finding: the tables of a sheet, and the rows of each."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pmo_analytics.loading.layout.blocks import find_blocks, first_block
from pmo_analytics.loading.layout.dialects import dialect_of
from pmo_analytics.loading.layout.headers import row_texts
from pmo_analytics.loading.layout.layouts import Layout
from pmo_analytics.loading.layout.measures import per_measure
from pmo_analytics.loading.layout.months import per_month, without_doubtful
from pmo_analytics.loading.layout.rows import Rows, rows_below
from pmo_analytics.loading.layout.title_units import title_unit
from pmo_analytics.loading.layout.turning import LABEL_COLUMNS, MOST_ROWS, holds_records, is_turned, turned
from pmo_analytics.schemas.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.blocks import Block
    from pmo_analytics.loading.layout.profiles import Profile

__all__ = ["Layout", "Rows", "find_layouts", "rows_below", "standing"]


def find_layouts(
    sheet: RawSheet, profiles: Sequence[Profile], settings: Settings | None = None
) -> tuple[Layout, ...]:
    """The tables of a sheet, from left to right and from top to bottom; none where no header is understood.

    A header is one to three rows whose headings are best understood by one of the profiles: the key of a table
    and at least two known headings. At equal scores the earlier profile and the earlier row win. A table with
    months across gives one layout a month, and with measures in its rows one for each of them. A sheet that is better
    understood turned over, its rows as columns, and then holds what its fields ask for, has its records in columns.
    ``settings`` say how cells are read and what fiscal years are.
    """
    settings = settings or Settings()
    blocks = find_blocks(sheet, profiles, settings.fiscal_year)
    if sheet.n_rows <= MOST_ROWS:
        over = turned(sheet)
        across = first_block(over, profiles, settings.fiscal_year, rows=LABEL_COLUMNS)
        if across is not None and is_turned(blocks, across):
            layout = _without_notes(over, replace(_layout(across, 1, 0, settings), orientation="columns"))
            if holds_records(rows_below(over, layout), layout):
                return (layout,)
    preamble = min((block.header.first for block in blocks), default=0)
    found: list[Layout] = []
    for number, block in enumerate(blocks, 1):
        layout = _with_unit(sheet, _layout(block, number, preamble, settings))
        layout, months = without_doubtful(layout, block.header.months)
        if not months:
            found.append(layout)
        elif block.header.measures is None:
            found += per_month(layout, months)
        else:
            found += per_measure(layout, months, block.header.measures)
    return tuple(found)


def standing(sheet: RawSheet, layout: Layout) -> RawSheet:
    """The sheet as its layout speaks of it: turned over where records stand in columns."""
    return turned(sheet) if layout.orientation == "columns" else sheet


def _with_unit(sheet: RawSheet, layout: Layout) -> Layout:
    """The layout with the unit that its own titles state, or where it has none those above every table."""
    own = range(layout.title_row - 1, (layout.first_header_row or layout.header_row) - 1)
    places = ((own, layout.positions), (range(layout.preamble), range(len(sheet.columns))))
    units = (
        title_unit(filter(None, chain.from_iterable(row_texts(sheet, row, columns) for row in rows)))
        for rows, columns in places
    )
    return replace(layout, title_unit=next(filter(None, units), ""))


def _without_notes(over: RawSheet, layout: Layout) -> Layout:
    """The layout of a sheet turned over, without titles and footnotes: labels with nothing beside them."""
    start = layout.header_row
    notes = {at for at in layout.matching.extras if not over.kinds[at][start:].strip()}
    extras = tuple(at for at in layout.matching.extras if at not in notes)
    headings = tuple("" if at in notes else text for at, text in enumerate(layout.headings))
    matching = replace(layout.matching, extras=extras, known=layout.matching.known - notes)
    return replace(layout, matching=matching, headings=headings)


def _layout(block: Block, number: int, preamble: int, settings: Settings) -> Layout:
    header = block.header
    return Layout(
        header.profile,
        header.matching,
        header.last + 1,
        header.headings,
        first_header_row=header.first + 1,
        title_row=block.title + 1,
        last_row=block.stop,
        first_column=block.columns.start,
        last_column=block.columns.stop,
        number=number,
        preamble=preamble,
        told=header.groups,
        near=header.near,
        dialect=dialect_of(header.profile, settings),
    )
