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
from pmo_analytics.report.wording import NONE_GIVEN, currencies_of
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    import pandas as pd

    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

_FIGURES = ("bac", "eac_cpi", "vac", "eac_reported", "overspend", "cpi", "spi")
_INDICES = ("cpi", "spi")
_WHOLE = "Portfolio"
_FIRST_WIDTH, _WIDTH = 28, 11
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
    for title, column, frame in (
        (_WHOLE, _WHOLE, _whole(contents)),
        ("Programme", Project.programme_id, contents.programmes),
        ("Department", Project.department, contents.departments),
    ):
        if len(frame):
            named = frame.assign(**{column: frame[column].astype("object").fillna(NONE_GIVEN)})
            fields = _fields(column, title, contents, states)
            below = write_table(page, named, fields, top=row, table=f"By{title}")
            if column == Project.programme_id:
                rows = Cells(names.GROUPS, row + 1, 0, below - 1, len(fields) - 1)
                programmes = {field.name: rows.column(at) for at, field in enumerate(fields)}
            row = below + 1
    if programmes is not None:
        _charts(page, contents, programmes, row)
    elif contents.projects.empty:
        page.text(row, 0, "There are no projects in the period.", page.formats.note)


def _whole(contents: Contents) -> pd.DataFrame:
    """The portfolio, a row per currency where it has several."""
    frame = contents.currencies
    if frame.empty:
        return frame
    # A copy is of one piece; adding a column to the many pieces of a roll-up is warned of.
    return frame.copy().assign(**{_WHOLE: contents.title}, **{Project.currency: currencies_of(frame)})


def _fields(column: str, title: str, contents: Contents, states: tuple[str, ...]) -> list[Field]:
    counts = [
        Field(count_column(view, state), f"{view.capitalize()} {PAINTS[state].label}", Unit.COUNT, _WIDTH)
        for view in RATED
        for state in states
    ]
    return [
        Field(column, title, WRAPPED, _FIRST_WIDTH),
        *([Field(Project.currency, "Currency", width=_WIDTH)] if len(contents.currency) > 1 else []),
        Field(PROJECTS, "Projects", Unit.COUNT, _WIDTH),
        *(metric_field(name, contents, width=_WIDTH) for name in _FIGURES),
        *counts,
    ]


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
