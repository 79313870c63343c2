"""Listings on sheets: one table below a title and a line that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.format import set_up_page
from pmo_analytics.report.grid import set_widths, write_table

if TYPE_CHECKING:
    from pmo_analytics.report.grid import Page
    from pmo_analytics.report.listings.listing import Listing

#: The row of the headings, counted from 0: below the title and two lines of words.
HEADER_ROW = 3
#: The row of the second line of words.
_SECOND_LINE = 2


def write_listing(page: Page, listing: Listing) -> None:
    """Writes the sheet: name, line, then the table with filter and frozen header.

    The Excel table has the name of the listing in one word.
    """
    set_widths(page, listing.fields)
    page.text(0, 0, listing.name, page.formats.title)
    page.text(1, 0, listing.told, page.formats.note)
    table = listing.name.title().replace(" ", "")
    write_table(page, listing.rows, listing.fields, top=HEADER_ROW, table=table)
    page.sheet.freeze_panes(HEADER_ROW + 1, listing.frozen)
    set_up_page(page.sheet, header_row=HEADER_ROW, wide=listing.wide)


def write_text_note(page: Page) -> None:
    """Says how many texts of the workbook had to be changed; written last."""
    counted = page.texts
    if counted.replaced or counted.cut:
        told = (
            f"To fit into cells of this workbook, {counted.replaced:,} texts had characters replaced by U+FFFD "
            f"and {counted.cut:,} were cut (they end in an ellipsis)."
        )
        page.text(_SECOND_LINE, 0, told, page.formats.note)
