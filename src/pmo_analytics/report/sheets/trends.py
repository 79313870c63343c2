"""Trends: the portfolio month by month, as tables and as the charts drawn from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.charts.wording import NO_CURRENCY
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.format import amount_pattern, chart_fill, fit_one_page, set_up_page
from pmo_analytics.report.grid import write_table
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.fields import count_column, fewest, short_heading, shown_states
from pmo_analytics.report.listings.listing import Field
from pmo_analytics.report.native import Cells, Picture, Series, bars, line_paint, lines, place
from pmo_analytics.report.wording import currencies_of
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

_WIDTH, _FIRST_TABLE = 11, 3
_AMOUNTS = ("bac", "pv", "ev", "ac", "eac_cpi", "eac_reported", "overspend")
_CURVES, _INDICES = ("pv", "ev", "ac"), ("cpi", "spi")
_MONTH, _FEWEST = "month", "fewest"
#: Rows of the sheet that a chart covers, and the column of the second one beside it.
_CHART_ROWS, _SECOND, _LAST_COLUMN = 16, 7, 13
#: Most rows of the sheet that are still readable on one page.
_ONE_PAGE = 120


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: colours and figures per month, then a chart of each."""
    page.sheet.set_column(0, 20, _WIDTH)
    page.text(0, 0, names.TRENDS, page.formats.title)
    told = (
        "Every month seen from its end; projects that joined or left are in the months they were reported in."
    )
    page.text(1, 0, told, page.formats.note)
    set_up_page(page.sheet, header_row=None)
    page.sheet.freeze_panes(1, 0)
    if contents.by_period.empty:
        page.text(_FIRST_TABLE, 0, "No month has been reported.", page.formats.note)
        return
    states = shown_states(contents.colours_by_period)
    counts, top = _counts(page, contents, states)
    figures, row = _figures(page, contents, top)
    pictures = [
        *_colour_charts(page.workbook, counts, states),
        *_figure_charts(page.workbook, contents, figures),
    ]
    for at, (chart, picture) in enumerate(pictures):
        place(page, chart, row + at // 2 * _CHART_ROWS, at % 2 * _SECOND, picture)
    last = row + (len(pictures) + 1) // 2 * _CHART_ROWS
    if last <= _ONE_PAGE:
        fit_one_page(page.sheet, last, _LAST_COLUMN, upright=True)


def _counts(page: Page, contents: Contents, states: tuple[str, ...]) -> tuple[Cells, int]:
    """Writes the counts of colours per month; the cells of the table and the first row below."""
    fields = [
        Field(_MONTH, "Month"),
        *(
            Field(count_column(view, state), f"{view.capitalize()} {PAINTS[state].label}", Unit.COUNT)
            for view in RATED
            for state in states
        ),
        Field(PROJECTS, "Projects", Unit.COUNT),
    ]
    frame = contents.colours_by_period
    below = write_table(page, _monthly(frame), fields, top=_FIRST_TABLE, table="ColoursByMonth")
    return Cells(names.TRENDS, _FIRST_TABLE + 1, 0, below - 1, len(fields) - 1), below + 1


def _figures(page: Page, contents: Contents, top: int) -> tuple[Cells, int]:
    """Writes the figures per currency and month; the cells of the table and the first row below."""
    fields = [
        Field(Project.currency, "Currency"),
        Field(_MONTH, "Month"),
        Field(PROJECTS, "Projects", Unit.COUNT),
        *(Field(name, short_heading(name), str(CATALOGUE[name].unit), _WIDTH) for name in _columns()),
        Field(_FEWEST, "Fewest projects behind a figure"),
    ]
    frame = _monthly(contents.by_period[[Project.currency, Project.period, PROJECTS, *_columns()]])
    told = {Project.currency: currencies_of(frame), _FEWEST: fewest(contents.by_period, _columns())}
    shown = frame.assign(**told)
    below = write_table(page, shown, fields, top=top, table="FiguresByMonth")
    return Cells(names.TRENDS, top + 1, 0, below - 1, len(fields) - 1), below + 1


def _columns() -> tuple[str, ...]:
    return (*_AMOUNTS, *_INDICES)


def _monthly(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{_MONTH: frame[Project.period].dt.strftime("%b %Y")})


def _colour_charts(workbook: Any, counts: Cells, states: tuple[str, ...]) -> list[tuple[Any, Picture]]:
    """One chart of reported and one of computed colours, a column per month."""
    made = []
    for at, view in enumerate(RATED):
        series = [
            Series(
                PAINTS[state].label,
                counts.column(1 + at * len(states) + place_),
                chart_fill(state),
                labels=True,
                ink=PAINTS[state].ink,
            )
            for place_, state in enumerate(states)
        ]
        title = f"{view.capitalize()} colours by month"
        words = (
            f"Stacked columns: number of projects of each {view} colour in each month; the table is above."
        )
        picture = Picture(title, words, "projects")
        made.append((bars(workbook, series, counts.column(0), picture, lying=False), picture))
    return made


def _figure_charts(workbook: Any, contents: Contents, figures: Cells) -> list[tuple[Any, Picture]]:
    """Per currency the curve of planned, earned and actual cost, and that of the indices."""
    sizes = contents.by_period.groupby(Project.currency, sort=False, dropna=False).size()
    made, first = [], figures.first_row
    for code, size in sizes.items():
        part = figures.rows(first, first + int(size) - 1)
        first += int(size)
        unit = NO_CURRENCY if not isinstance(code, str) else code
        rows = contents.by_period.iloc[part.first_row - figures.first_row : first - figures.first_row]
        for columns, title in (
            (_CURVES, f"Planned value, earned value and actual cost ({unit})"),
            (_INDICES, f"CPI and SPI ({unit})"),
        ):
            if rows[list(columns)].notna().to_numpy().any():
                largest = float(rows[list(columns)].max().max())
                form = amount_pattern(largest) if columns is _CURVES else "0.00"
                made.append(_line_chart(workbook, part, columns, title, form))
    return made


def _line_chart(
    workbook: Any, part: Cells, columns: tuple[str, ...], title: str, form: str
) -> tuple[Any, Picture]:
    places = {name: at for at, name in enumerate(_columns(), start=3)}
    series = [
        Series(short_heading(name), part.column(places[name]), line_paint(at))
        for at, name in enumerate(columns)
    ]
    picture = Picture(title, f"Lines over the months: {title}; the table is above.", number_format=form)
    return lines(workbook, series, part.column(1), picture), picture
