"""Summary: what a board has to know and to decide, on one landscape page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.format import LINE_HEIGHT, SECTION_HEIGHT, TITLE_HEIGHT, fit_one_page
from pmo_analytics.report.grid import lines_of
from pmo_analytics.report.listings import front
from pmo_analytics.report.sentences import (
    foot_sentence,
    month_sentence,
    reporting_sentence,
    sentences,
    stamp_words,
)
from pmo_analytics.report.sheets import standing
from pmo_analytics.report.sheets.blocks import Block, write_block
from pmo_analytics.report.watching import MOST
from pmo_analytics.report.wording import shortened

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

#: The page: columns A to L, rows 1 to 40.
LAST_COLUMN, LAST_ROW = 11, 39
_ACROSS = (0, LAST_COLUMN)
_WIDTH, _TITLE_LENGTH, _STAMP_LENGTH = 16, 90, 60
_TITLE, _STAMP = (0, 7), (8, LAST_COLUMN)
#: The first row of the sentences, and about how many characters stand on a line of the whole width.
_SENTENCES, _LINE = 3, 210

BLOCKS = {
    front.DECISIONS: Block(6, 4, 2, ((0, 1), (2, 4), (5, 5), (6, 7), (8, 8), (9, 11))),
    front.WATCH: Block(24, MOST, 3, ((0, 1), (2, 2), (3, 3), (4, 4), (5, 8), (9, 11))),
    front.GATES: Block(31, 5, 1, ((0, 1), (2, 3), (4, 4), (5, 5), (6, 6))),
    front.MOVES: Block(31, 5, 1, ((8, 9), (10, 11))),
}


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: heading, sentences, decisions, colours and money, projects, gates, rule set."""
    page.sheet.set_column(0, LAST_COLUMN, _WIDTH)
    fit_one_page(page.sheet, LAST_ROW, LAST_COLUMN)
    for row in (standing.TOP, LAST_ROW, *(block.top for block in BLOCKS.values())):
        page.sheet.set_row(row, SECTION_HEIGHT)
    _heading(page, contents)
    standing.write(page, contents)
    listed = front.front(contents)
    for name, block in BLOCKS.items():
        write_block(page, block, listed[name])
    page.span(LAST_ROW, _ACROSS, foot_sentence(contents), page.formats.note)


def _heading(page: Page, contents: Contents) -> None:
    page.sheet.set_row(0, TITLE_HEIGHT)
    page.span(0, _TITLE, shortened(contents.title, _TITLE_LENGTH), page.formats.title)
    page.span(0, _STAMP, shortened(stamp_words(contents), _STAMP_LENGTH), page.formats.stamp)
    page.span(1, _ACROSS, month_sentence(contents), page.formats.section)
    page.span(2, _ACROSS, reporting_sentence(contents), page.formats.plain)
    for row, sentence in enumerate(sentences(contents), start=_SENTENCES):
        page.sheet.set_row(row, LINE_HEIGHT * lines_of(sentence, _LINE) + 2)
        page.span(row, _ACROSS, f"• {sentence}", page.formats.prose)
