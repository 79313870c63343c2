"""Summary: the portfolio on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.charts.house import PAINTS
from pmo_analytics.metrics.catalogue import CATALOGUE, MEASURES
from pmo_analytics.metrics.figures import COVERAGE_WEIGHT, PROJECTS, coverage_of, n_used_of
from pmo_analytics.metrics.measure import SPINE, Unit
from pmo_analytics.report.contents import TOTALS
from pmo_analytics.report.format import TEXT, chart_fill, set_up_page
from pmo_analytics.report.grid import Field, set_widths, write_header, write_table
from pmo_analytics.report.sheets.fields import count_column, metric_field, metric_heading, shown_states
from pmo_analytics.report.wording import NONE_GIVEN, WEIGHT_WORDS, reason_words
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from typing import Any

    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

NAME = "Summary"
_GROUP_FIGURES = ("bac", "eac_cpi", "vac", "cpi", "spi")
_FIRST_WIDTH, _WIDTH = 30, 11
_COLOURS_ROW, _TOTALS_ROW = 6, 11
_CHART_COLUMN = 7


def write(page: Page, workbook: Any, contents: Contents) -> None:
    """Writes the sheet: heading, colours with their chart, totals with coverage, groups."""
    states = shown_states(contents.colours)
    fields = _group_fields(Project.department, "Department", contents, states)
    set_widths(page, fields)
    _heading(page, contents)
    _colours(page, contents, states)
    _chart(page, workbook, contents, states)
    row = _totals(page, contents) + 1
    for title, column, frame in (
        ("By currency", Project.currency, contents.currencies),
        ("By department", Project.department, contents.departments),
        ("By programme", Project.programme_id, contents.programmes),
    ):
        if len(frame):
            page.text(row, 0, title, page.formats.section)
            group_fields = _group_fields(column, title.removeprefix("By ").capitalize(), contents, states)
            row = write_table(page, _named(frame, column), group_fields, top=row + 1) + 1
    set_up_page(page.sheet, header_row=None)
    page.sheet.freeze_panes(1, 0)


def _heading(page: Page, contents: Contents) -> None:
    period = f"{contents.period:%B %Y}" if contents.period is not None else "none"
    projects = len(contents.projects)
    page.text(0, 0, contents.title, page.formats.title)
    page.text(
        1,
        0,
        f"Period {period}, as of {contents.as_of:%d %B %Y} ({contents.as_of_origin})",
        page.formats.plain,
    )
    page.text(
        2, 0, f"{projects} projects, {contents.reported} reported{_moved(contents)}", page.formats.plain
    )
    page.text(
        3,
        0,
        f"Computed colours by rule set {contents.rule_set}; the sheet RAG reasons says why.",
        page.formats.note,
    )


def _moved(contents: Contents) -> str:
    moved = contents.moved
    if moved is None or contents.previous is None:
        return "; there is no period before to compare with"
    broken = "; the scale changed, compared on three colours" if moved.across_scale_break else ""
    return (
        f"; since {contents.previous:%B %Y}: {moved.joined} joined, {moved.left} left, reported colour "
        f"improved {moved.improved}, worsened {moved.worsened}, same {moved.same}, "
        f"not comparable {moved.not_comparable}{broken}"
    )


def _colours(page: Page, contents: Contents, states: tuple[str, ...]) -> None:
    page.text(_COLOURS_ROW - 1, 0, "Projects by colour", page.formats.section)
    headings = [*(PAINTS[state].label for state in states), "Projects"]
    fields = [Field("", "", width=_FIRST_WIDTH), *(Field("", heading, Unit.COUNT) for heading in headings)]
    write_header(page, fields, top=_COLOURS_ROW)
    row = contents.colours.iloc[0]
    for at, view in enumerate(RATED, start=_COLOURS_ROW + 1):
        page.text(at, 0, view.capitalize())
        for column, state in enumerate(states, start=1):
            page.figure(at, column, row[count_column(view, state)], Unit.COUNT)
        page.figure(at, len(states) + 1, row[PROJECTS], Unit.COUNT)


def _chart(page: Page, workbook: Any, contents: Contents, states: tuple[str, ...]) -> None:
    if not len(contents.projects):
        page.text(_TOTALS_ROW, _CHART_COLUMN, "No projects, so there is no chart.", page.formats.note)
        return
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = _COLOURS_ROW + 1, _COLOURS_ROW + len(RATED)
    for column, state in enumerate(states, start=1):
        chart.add_series(
            {
                "name": [NAME, _COLOURS_ROW, column],
                "categories": [NAME, first, 0, last, 0],
                "values": [NAME, first, column, last, column],
                "gap": 60,
                # A label of nought would stand on its neighbour.
                "data_labels": {"value": True, "num_format": "0;;;", "font": {"color": PAINTS[state].ink}},
                **chart_fill(state),
            }
        )
    chart.set_title({"name": "Projects by colour", "overlay": False, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"major_gridlines": {"visible": False}, "num_format": "0", "visible": False})
    chart.set_size({"width": 560, "height": 260})
    place = {"description": _alt_text(contents, states), "x_offset": 10, "object_position": 1}
    page.sheet.insert_chart(_TOTALS_ROW - 1, _CHART_COLUMN, chart, place)


def _alt_text(contents: Contents, states: tuple[str, ...]) -> str:
    row = contents.colours.iloc[0]
    views = [
        f"{view}: " + ", ".join(f"{PAINTS[s].words} {row[count_column(view, s)]}" for s in states)
        for view in RATED
    ]
    return "Stacked bars of the number of projects by colour. " + "; ".join(views)


def _totals(page: Page, contents: Contents) -> int:
    page.text(_TOTALS_ROW - 1, 0, "Whole portfolio", page.formats.section)
    fields = [Field("", "Figure", width=_FIRST_WIDTH), Field("", "Value", Unit.COUNT), Field("", "Made of")]
    write_header(page, [*fields, *[Field("", "")] * (_CHART_COLUMN - len(fields) - 1)], top=_TOTALS_ROW)
    row = contents.totals.iloc[0]
    for at, name in enumerate(TOTALS, start=_TOTALS_ROW + 1):
        page.text(at, 0, metric_heading(name, contents))
        page.figure(at, 1, row[name], CATALOGUE[name].unit)
        page.text(at, 2, _made_of(contents, name), page.formats.cells[TEXT])
    return _TOTALS_ROW + 1 + len(TOTALS)


def _made_of(contents: Contents, name: str) -> str:
    """What a total is made of, or why it is not available."""
    row = contents.totals.iloc[0]
    if pd.isna(row[name]):
        return str(reason_words(contents.totals[reason_of(name)]).iloc[0])
    used, share = int(row[n_used_of(name)]), row[coverage_of(name)]
    behind = MEASURES[CATALOGUE[name].measures[0]].table
    if behind != SPINE:
        return f"from {used:,} {behind}"
    told = f"from {used:,} of {int(row[PROJECTS]):,} projects"
    return told if pd.isna(share) else f"{told} ({share:.0%} of {WEIGHT_WORDS[row[COVERAGE_WEIGHT]]})"


def _group_fields(column: str, title: str, contents: Contents, states: tuple[str, ...]) -> list[Field]:
    counts = [
        Field(count_column(view, state), f"{view.capitalize()} {PAINTS[state].label}", Unit.COUNT, _WIDTH)
        for view in RATED
        for state in states
    ]
    return [
        Field(column, title, width=_FIRST_WIDTH),
        Field(PROJECTS, "Projects", Unit.COUNT, _WIDTH),
        *(metric_field(name, contents, width=_WIDTH) for name in _GROUP_FIGURES),
        *counts,
    ]


def _named(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.assign(**{column: frame[column].astype("str").fillna(NONE_GIVEN)})
