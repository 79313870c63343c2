"""Programmes: the same figures over currencies, programmes and departments, with charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.format import chart_fill, set_up_page
from pmo_analytics.report.grid import set_widths, write_table
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.fields import count_column, metric_field, short_heading, shown_states
from pmo_analytics.report.listings.listing import WRAPPED, Field
from pmo_analytics.report.native import Cells, Picture, Series, bar_paint, bars, place
from pmo_analytics.report.wording import NONE_GIVEN, NOT_STATED
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    import pandas as pd

    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

_FIGURES = ("bac", "eac_cpi", "vac", "eac_reported", "overspend", "cpi", "spi")
_INDICES = ("cpi", "spi")
_FIRST_WIDTH, _WIDTH = 22, 11
#: Height of a chart without its bars, height of a bar, and the height that no chart exceeds, in pixels.
_FRAME, _BAR, _MOST = 130, 26, 1_600
_SECOND, _PIXELS_PER_ROW = 7, 20


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: one table per kind of group, then the charts of the programmes."""
    states = shown_states(contents.colours)
    set_widths(page, _fields(Project.programme_id, "Programme", contents, states))
    page.text(0, 0, names.GROUPS, page.formats.title)
    told = "The same metrics over a larger group: ratios are ratios of sums; amounts of several currencies do not add."
    page.text(1, 0, told, page.formats.note)
    set_up_page(page.sheet, header_row=None)
    page.sheet.freeze_panes(1, 1)
    row, programmes = 3, None
    for title, column, frame, missing in (
        ("Currency", Project.currency, contents.currencies, NOT_STATED),
        ("Programme", Project.programme_id, contents.programmes, NONE_GIVEN),
        ("Department", Project.department, contents.departments, NONE_GIVEN),
    ):
        if len(frame):
            named = frame.assign(**{column: frame[column].astype("object").fillna(missing)})
            fields = _fields(column, title, contents, states)
            below = write_table(page, named, fields, top=row, table=f"By{title}")
            if column == Project.programme_id:
                programmes = Cells(names.GROUPS, row + 1, 0, below - 1, len(fields) - 1)
            row = below + 1
    if programmes is not None:
        _charts(page, contents, programmes, row)
    elif contents.projects.empty:
        page.text(row, 0, "There are no projects in the period.", page.formats.note)


def _fields(column: str, title: str, contents: Contents, states: tuple[str, ...]) -> list[Field]:
    counts = [
        Field(count_column(view, state), f"{view.capitalize()} {PAINTS[state].label}", Unit.COUNT, _WIDTH)
        for view in RATED
        for state in states
    ]
    return [
        Field(column, title, WRAPPED, _FIRST_WIDTH),
        Field(PROJECTS, "Projects", Unit.COUNT, _WIDTH),
        *(metric_field(name, contents, width=_WIDTH) for name in _FIGURES),
        *counts,
    ]


def _charts(page: Page, contents: Contents, cells: Cells, row: int) -> None:
    states = shown_states(contents.colours)
    frame = contents.programmes
    made = [_mix(page.workbook, cells, states, at, view) for at, view in enumerate(RATED)]
    if frame[list(_INDICES)].notna().to_numpy().any():
        made.append(_indices(page.workbook, cells, frame))
    step = made[0][1].height // _PIXELS_PER_ROW + 1
    for at, (chart, picture) in enumerate(made):
        place(page, chart, row + at // 2 * step, at % 2 * _SECOND, picture)


def _mix(workbook: Any, cells: Cells, states: tuple[str, ...], at: int, view: str) -> tuple[Any, Picture]:
    first = 2 + len(_FIGURES) + at * len(states)
    series = [
        Series(
            PAINTS[state].label,
            cells.column(first + place_),
            chart_fill(state),
            labels=True,
            ink=PAINTS[state].ink,
        )
        for place_, state in enumerate(states)
    ]
    words = f"Stacked bars: number of projects of each {view} colour in each programme; the table is above."
    picture = Picture(f"{view.capitalize()} colours by programme", words, "projects", height=_height(cells))
    return bars(workbook, series, cells.column(0), picture), picture


def _indices(workbook: Any, cells: Cells, frame: pd.DataFrame) -> tuple[Any, Picture]:
    places = {name: at for at, name in enumerate(_FIGURES, start=2)}
    series = [
        Series(short_heading(name), cells.column(places[name]), bar_paint(at))
        for at, name in enumerate(_INDICES)
    ]
    words = "Bars: CPI and SPI of each programme; above 1 is better than planned; the table is above."
    height = _height(cells) + _BAR * len(frame) // 2
    picture = Picture(
        "CPI and SPI by programme", words, "1 = as planned", number_format="0.00", height=min(height, _MOST)
    )
    return bars(workbook, series, cells.column(0), picture, stacked=False), picture


def _height(cells: Cells) -> int:
    return min(_FRAME + _BAR * (cells.last_row - cells.first_row + 1), _MOST)
