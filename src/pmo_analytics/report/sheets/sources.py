"""Sources: the files, what was understood of each, and what coloured the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.format import set_up_page
from pmo_analytics.report.grid import set_widths, write_table
from pmo_analytics.report.listings.sources import files, sources

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: rule set and library, the files with their row counts, then every sheet read."""
    read, understood = files(contents), sources(contents)
    set_widths(page, understood.fields)
    page.text(0, 0, understood.name, page.formats.title)
    page.text(1, 0, understood.told, page.formats.plain)
    page.text(3, 0, read.name, page.formats.section)
    row = write_table(page, read.rows, read.fields, top=4, table=read.name) + 1
    page.text(row, 0, "Sheets and tables", page.formats.section)
    write_table(page, understood.rows, understood.fields, top=row + 1, table=understood.name)
    page.sheet.freeze_panes(1, 0)
    set_up_page(page.sheet, header_row=None)
