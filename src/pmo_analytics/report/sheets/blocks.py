"""Blocks: small tables on a sheet laid out by hand, whose columns span several columns of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.report.format import LINE_HEIGHT
from pmo_analytics.report.grid import lines_of, paint
from pmo_analytics.report.listings.listing import COLOUR, DATE, WRAPPED
from pmo_analytics.report.wording import shortened

if TYPE_CHECKING:
    from typing import Any

    from pmo_analytics.report.grid import Page
    from pmo_analytics.report.listings.listing import Field, Listing

#: About how many characters of text fit into one column of the sheet on one line.
_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Block:
    """Where a listing stands on a sheet.

    ``top`` is the row of its heading; ``spans`` the first and last column of the sheet for each of its
    fields; ``most`` how many rows it has room for, and ``lines`` how many lines a row may take.
    """

    top: int
    most: int
    lines: int
    spans: tuple[tuple[int, int], ...]


def write_block(page: Page, block: Block, listing: Listing) -> None:
    """Writes heading, column headings and as many rows as there is room for; the heading says of how many."""
    shown, whole = listing.rows.head(block.most), listing.whole or len(listing.rows)
    across = (block.spans[0][0], block.spans[-1][1])
    told = f"{listing.name} ({len(shown)} of {whole})" if whole > block.most else listing.name
    page.span(block.top, across, told, page.formats.section)
    if shown.empty:
        page.span(block.top + 1, across, listing.told, page.formats.plain)
        return
    for field, span in zip(listing.fields, block.spans, strict=True):
        form = page.formats.head_right if field.is_figure else page.formats.head
        page.span(block.top + 1, span, field.heading, form)
        for row, values in enumerate(_cells(shown, field), start=block.top + 2):
            _write(page, row, span, field, values=values, lines=block.lines)
        if field.kind == COLOUR:
            paint(page, block.top + 2, span[0], block.top + 1 + len(shown), span[0])
    _set_heights(page, block, listing, shown)


def _set_heights(page: Page, block: Block, listing: Listing, shown: pd.DataFrame) -> None:
    pairs = zip(listing.fields, block.spans, strict=True)
    columns = [
        [lines_of(str(text), _room(span)) for text in shown[field.name]]
        for field, span in pairs
        if field.kind == WRAPPED and field.link is None
    ]
    for row, lines in enumerate(zip(*columns, strict=True), start=block.top + 2):
        page.sheet.set_row(row, LINE_HEIGHT * min(max(lines), block.lines) + 2)


def _cells(frame: pd.DataFrame, field: Field) -> list[tuple[Any, Any, Any]]:
    """For every row the value of the field, the key that its link leads to, and its note."""
    columns = (field.name, field.link_from or field.name, field.note_from or field.name)
    return list(zip(*(frame[name].tolist() for name in columns), strict=True))


def _write(
    page: Page, row: int, span: tuple[int, int], field: Field, *, values: tuple[Any, Any, Any], lines: int
) -> None:
    value, key, note = values
    if field.is_figure:
        page.figure(row, span[0], value, field.kind)
    elif field.kind == DATE:
        page.date(row, span[0], value)
    else:
        target = page.places.of(field.link, key) if field.link is not None else None
        # Not every program wraps a link.
        room = _room(span) * (lines if field.link is None else 1)
        text = "" if pd.isna(value) else shortened(str(value), room)
        page.span(row, span, text, page.formats.cells[field.kind])
        if target is not None:
            page.link(row, span[0], text, target=target)
    if field.note_from is not None and not pd.isna(note):
        page.note(row, span[0], str(note))


def _room(span: tuple[int, int]) -> int:
    """About how many characters fit on one line of those columns."""
    return (span[1] - span[0] + 1) * _CHARACTERS
