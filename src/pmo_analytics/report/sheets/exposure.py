"""Exposure: open risks by probability and impact, issues by severity, milestones by slip, with charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.exposure import (
    BAND,
    MILESTONES,
    OPPORTUNITIES,
    OPPORTUNITY,
    STEPS,
    THREATS,
)
from pmo_analytics.report.format import set_up_page
from pmo_analytics.report.grid import write_table
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import Field
from pmo_analytics.report.native import Cells, Picture, Series, bar_paint, bars, place
from pmo_analytics.report.registers import OPEN, OVERDUE, STATE
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.risks import Risk

if TYPE_CHECKING:
    import pandas as pd

    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

_WIDTH, _FIRST_WIDTH, _COLUMNS = 11, 26, 15
_GRID_ROW, _TABLES_ROW = 3, 14
_SECOND, _THIRD = 6, 11
_ACROSS = ("1 very low", "2 low", "3 medium", "4 high", "5 very high")
#: Width of a chart, its height without bars, and that of a bar, in pixels.
_CHART, _FRAME, _BAR = 490, 130, 22
_CATEGORIES = (
    Field(Risk.category, "Risk category"),
    Field(THREATS, "Threats open", Unit.COUNT),
    Field(OPPORTUNITIES, "Opportunities open", Unit.COUNT),
)
_SEVERITIES = (
    Field(Issue.severity, "Issue severity"),
    Field(OPEN, "Open, not overdue", Unit.COUNT),
    Field(OVERDUE, "Overdue", Unit.COUNT),
)
_SLIPS = (Field(BAND, "Slip of the milestone"), Field(MILESTONES, "Milestones", Unit.COUNT))


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: the grid of risks, then three tables beside each other with their charts below."""
    page.sheet.set_column(0, _COLUMNS, _WIDTH)
    for column in (0, _SECOND, _THIRD):
        page.sheet.set_column(column, column, _FIRST_WIDTH)
    page.text(0, 0, names.EXPOSURE, page.formats.title)
    page.text(1, 0, "Counts over the registers as delivered last.", page.formats.note)
    set_up_page(page.sheet, header_row=None)
    page.sheet.freeze_panes(1, 0)
    exposure = contents.exposure
    _grid(page, exposure.grid, exposure.unscored)
    below = max(
        write_table(page, exposure.categories, _CATEGORIES, top=_TABLES_ROW),
        write_table(page, exposure.severities, _SEVERITIES, top=_TABLES_ROW, left=_SECOND),
        write_table(page, exposure.slips, _SLIPS, top=_TABLES_ROW, left=_THIRD),
    )
    for left, title, fields, frame in (
        (0, "Open risks by category", _CATEGORIES, exposure.categories),
        (_SECOND, "Issues by severity", _SEVERITIES, exposure.severities),
        (_THIRD, "Milestones by slip", _SLIPS, exposure.slips),
    ):
        _chart(page, title, fields, frame, left=left, row=below + 1)


def _grid(page: Page, grid: pd.DataFrame, unscored: int) -> None:
    title = "Open threats by probability (down) and impact (across)"
    page.span(_GRID_ROW, (0, len(STEPS)), title, page.formats.section)
    page.text(_GRID_ROW + 1, 0, "Probability", page.formats.head)
    for column, words in enumerate(_ACROSS, start=1):
        page.text(_GRID_ROW + 1, column, words, page.formats.head_right)
    counts = grid.to_numpy().tolist()
    for row, step in enumerate(STEPS[::-1], start=_GRID_ROW + 2):
        page.text(row, 0, _ACROSS[step - 1], page.formats.head)
        for column, across in enumerate(STEPS, start=1):
            formula = _count(page, step, across)
            page.figure(row, column, counts[row - _GRID_ROW - 2][column - 1], Unit.COUNT, formula=formula)
    area = (_GRID_ROW + 2, 1, _GRID_ROW + 1 + len(STEPS), len(STEPS))
    page.sheet.conditional_format(
        *area, {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#F2A65A"}
    )
    told = f"{unscored} more without a probability and an impact of 1 to 5." if unscored else ""
    page.text(_GRID_ROW + 2 + len(STEPS), 0, told, page.formats.note)


def _count(page: Page, probability: int, impact: int) -> str | None:
    """The formula that counts one cell of the grid on the sheet of risks."""
    columns = [
        page.places.column(names.RISKS, name) for name in (Risk.p_score, Risk.i_score, STATE, Risk.kind)
    ]
    if None in columns:
        return None
    likely, bad, state, kind = columns
    scored = f"{_within(likely, probability)},{_within(bad, impact)}"
    return f'COUNTIFS({scored},{state},"{OPEN}",{kind},"<>{OPPORTUNITY}")'


def _within(column: str | None, step: int) -> str:
    """The conditions that a score is drawn in a step: as near to it as to no other, halves upwards."""
    low = f">={step - 0.5:g}" if step > STEPS[0] else f">={step}"
    high = f"<{step + 0.5:g}" if step < STEPS[-1] else f"<={step}"
    return f'{column},"{low}",{column},"{high}"'


def _chart(
    page: Page,
    title: str,
    fields: tuple[Field, ...],
    frame: pd.DataFrame,
    *,
    left: int,
    row: int,
) -> None:
    figures = [field.name for field in fields[1:]]
    if frame.empty or not frame[figures].to_numpy().sum():
        page.text(row, left, f"{title}: nothing to draw.", page.formats.note)
        return
    cells = Cells(names.EXPOSURE, _TABLES_ROW + 1, left, _TABLES_ROW + len(frame), left + len(fields) - 1)
    series = [
        Series(field.heading, cells.column(at), bar_paint(at - 1), labels=True, ink="#FFFFFF")
        for at, field in enumerate(fields[1:], start=1)
    ]
    picture = Picture(
        title,
        f"Bars: {title}; the table is above.",
        width=_CHART,
        height=_FRAME + _BAR * len(frame),
        legend=len(series) > 1,
    )
    place(page, bars(page.workbook, series, cells.column(0), picture), row, left, picture)
