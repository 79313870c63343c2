"""Listings: sheets that are one table below a title and a line that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.format import set_up_page
from pmo_analytics.report.grid import set_widths, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from pmo_analytics.report.grid import Field, Page

#: The row of the headings, counted from 0: below the title and two lines of words.
HEADER_ROW = 3
#: The row of the second line of words.
SECOND_LINE = 2


def write_listing(
    page: Page,
    frame: pd.DataFrame,
    fields: Sequence[Field],
    *,
    told: str,
    frozen: int = 2,
    wide: bool = False,
) -> None:
    """Writes the sheet: its name as the title, the line, then the table with filter and frozen header.

    The Excel table has the name of the sheet in one word; ``frozen`` columns stay in view;
    ``wide`` sheets are printed on A3.
    """
    name = page.sheet.get_name()
    set_widths(page, fields)
    page.text(0, 0, name, page.formats.title)
    page.text(1, 0, told, page.formats.note)
    write_table(page, frame, fields, top=HEADER_ROW, table=name.title().replace(" ", ""))
    page.sheet.freeze_panes(HEADER_ROW + 1, frozen)
    set_up_page(page.sheet, header_row=HEADER_ROW, wide=wide)
