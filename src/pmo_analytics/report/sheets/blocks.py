"""Blocks: small tables on a sheet laid out by hand, whose columns span several columns of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.report.format import COLOUR, DATE, LINE_HEIGHT, TEXT, WRAPPED
from pmo_analytics.report.grid import lines_of, paint
from pmo_analytics.report.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pmo_analytics.report.grid import Page

#: About how many characters of text fit into one column of the sheet on one line.
_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of a block: the columns of the sheet it spans, and what stands in it.

    ``kind`` is that of a cell; ``link`` the sheet whose row with the key in ``link_from`` the cell leads to;
    ``note_from`` the column with the text of a note.
    """

    name: str
    heading: str
    first: int
    last: int
    kind: str = WRAPPED
    link: str | None = None
    link_from: str | None = None
    note_from: str | None = None

    @property
    def room(self) -> int:
        """About how many characters fit on one line of it."""
        return (self.last - self.first + 1) * _CHARACTERS


@dataclass(frozen=True, slots=True)
class Block:
    """Where a block stands: the row of its heading, how many rows it has room for, and most lines of a row."""

    heading: str
    top: int
    most: int
    lines: int
    none: str


def write_block(page: Page, block: Block, slots: Sequence[Slot], frame: pd.DataFrame) -> None:
    """Writes heading, column headings and as many rows as there is room for; the heading says of how many."""
    shown = frame.head(block.most)
    first, last = slots[0].first, slots[-1].last
    told = f"{block.heading} ({len(shown)} of {len(frame)})" if len(frame) > block.most else block.heading
    page.span(block.top, (first, last), told, page.formats.section)
    if frame.empty:
        page.span(block.top + 1, (first, last), block.none, page.formats.plain)
        return
    for slot in slots:
        form = page.formats.head_right if _is_figure(slot) else page.formats.head
        page.span(block.top + 1, (slot.first, slot.last), slot.heading, form)
        for row, values in enumerate(_cells(shown, slot), start=block.top + 2):
            _write(page, row, slot, values, block.lines)
        if slot.kind == COLOUR:
            paint(page, block.top + 2, slot.first, block.top + 1 + len(shown), slot.first)
    _set_heights(page, block, slots, shown)


def _set_heights(page: Page, block: Block, slots: Sequence[Slot], shown: pd.DataFrame) -> None:
    wrapped = [slot for slot in slots if slot.kind == WRAPPED]
    columns = [[lines_of(str(text), slot.room) for text in shown[slot.name]] for slot in wrapped]
    for row, lines in enumerate(zip(*columns, strict=True), start=block.top + 2):
        page.sheet.set_row(row, LINE_HEIGHT * min(max(lines), block.lines) + 2)


def _cells(frame: pd.DataFrame, slot: Slot) -> list[tuple[Any, Any, Any]]:
    """For every row the value of the slot, the key that its link leads to, and its note."""
    columns = (slot.name, slot.link_from or slot.name, slot.note_from or slot.name)
    return list(zip(*(frame[name].tolist() for name in columns), strict=True))


def _is_figure(slot: Slot) -> bool:
    return slot.kind not in (TEXT, WRAPPED, COLOUR, DATE)


def _write(page: Page, row: int, slot: Slot, values: tuple[Any, Any, Any], lines: int) -> None:
    value, key, note = values
    if _is_figure(slot):
        page.figure(row, slot.first, value, slot.kind)
    elif slot.kind == DATE:
        page.date(row, slot.first, value)
    else:
        text = "" if pd.isna(value) else shortened(str(value), slot.room * lines)
        target = page.places.of(slot.link, key) if slot.link is not None else None
        page.span(row, (slot.first, slot.last), text, page.formats.cells[slot.kind])
        if target is not None:
            page.link(row, slot.first, text, target=target)
    if slot.note_from is not None and not pd.isna(note):
        page.note(row, slot.first, str(note))
