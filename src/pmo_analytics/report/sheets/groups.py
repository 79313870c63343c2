"""Programmes: the same figures over currencies, programmes and departments, with charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_analytics.report.format import chart_fill, set_up_page
from pmo_analytics.report.grid import set_widths, write_table
from pmo_analytics.report.listings import groups, names
from pmo_analytics.report.listings.fields import count_column, short_heading, shown_states
from pmo_analytics.report.native import Cells, Picture, Series, bar_paint, bars, place
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

_INDICES = ("cpi", "spi")
#: Height of a chart without its bars, height of a bar, and the height that no chart exceeds, in pixels.
_FRAME, _BAR, _MOST = 130, 26, 1_600
_SECOND, _PIXELS_PER_ROW = 7, 20


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: one table per kind of group, then the charts of the programmes."""
    whole, programmes, departments = (
        made(contents) for made in (groups.whole, groups.programmes, groups.departments)
    )
    set_widths(page, programmes.fields)
    page.text(0, 0, names.GROUPS, page.formats.title)
    page.text(1, 0, groups.TOLD, page.formats.note)
    set_up_page(page.sheet, header_row=None, wide=True)
    page.sheet.freeze_panes(1, 1)
    row, cells = 3, {}
    for listing in (whole, programmes, departments):
        if len(listing.rows):
            below = write_table(
                page, listing.rows, listing.fields, top=row, table=f"By{listing.fields[0].heading}"
            )
            cells[listing.name] = Cells(names.GROUPS, row + 1, 0, below - 1, len(listing.fields) - 1)
            row = below + 1
    if programmes.name in cells:
        fields = enumerate(programmes.fields)
        _charts(page, contents, {field.name: cells[programmes.name].column(at) for at, field in fields}, row)
    elif contents.projects.empty:
        page.text(row, 0, "There are no projects in the period.", page.formats.note)


def _charts(page: Page, contents: Contents, columns: dict[str, Cells], row: int) -> None:
    states = shown_states(contents.colours)
    frame = contents.programmes
    made = [_mix(page.workbook, columns, states, view) for view in RATED]
    if frame[list(_INDICES)].notna().to_numpy().any():
        made.append(_indices(page.workbook, columns))
    step = made[0][1].height // _PIXELS_PER_ROW + 1
    for at, (chart, picture) in enumerate(made):
        place(page, chart, row + at // 2 * step, at % 2 * _SECOND, picture)


def _mix(workbook: Any, columns: dict[str, Cells], states: tuple[str, ...], view: str) -> tuple[Any, Picture]:
    series = [
        Series(
            PAINTS[state].label,
            columns[count_column(view, state)],
            chart_fill(state),
            labels=True,
            ink=PAINTS[state].ink,
        )
        for state in states
    ]
    groups = columns[Project.programme_id]
    words = f"Stacked bars: number of projects of each {view} colour in each programme; the table is above."
    height = min(_FRAME + _BAR * groups.count, _MOST)
    picture = Picture(f"{view.capitalize()} colours by programme", words, "projects", height=height)
    return bars(workbook, series, groups, picture), picture


def _indices(workbook: Any, columns: dict[str, Cells]) -> tuple[Any, Picture]:
    series = [Series(short_heading(name), columns[name], bar_paint(at)) for at, name in enumerate(_INDICES)]
    groups = columns[Project.programme_id]
    words = "Bars: CPI and SPI of each programme; above 1 is better than planned; the table is above."
    height = min(_FRAME + _BAR * groups.count * 3 // 2, _MOST)
    picture = Picture(
        "CPI and SPI by programme", words, "1 = as planned", number_format="0.00", height=height
    )
    return bars(workbook, series, groups, picture, stacked=False), picture
