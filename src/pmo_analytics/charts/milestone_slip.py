"""Milestone slip: from the approved day of each milestone to the day expected now or reached."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.charts.dates import (
    EDGE_WORDS,
    Span,
    dates_of,
    draw_time,
    span_of,
)
from pmo_analytics.charts.house import (
    BLUE,
    HOVER,
    INK,
    LABEL_LENGTH,
    ORANGE,
    empty_figure,
    label_step,
    lay_out_rows,
    require,
    safe_all,
)
from pmo_analytics.charts.wording import PROJECT, column_or_null, first_given, hover_of
from pmo_analytics.schemas.milestones import Milestone

#: Measures of items, by the names of the catalogue, and the name that a register adds for the entity.
_SLIP, _OVERDUE, _ENTITY_NAME = "milestone_slip", "milestones_overdue", "entity_name"
_NEEDED = (
    Milestone.milestone_id,
    Milestone.name,
    Milestone.entity_id,
    Milestone.baseline_date,
    Milestone.forecast_date,
    Milestone.actual_date,
    Milestone.status,
    _SLIP,
    _OVERDUE,
)
_ID, _NAME, _BASELINE, _NOW = "Milestone ID", "Milestone", "Baseline", "Forecast or actual"
_DAYS, _STATE = "Slip, days", "State"
#: The states, with fill and symbol of the mark; what is reached is filled dark, what is ahead is light.
_STATES = MappingProxyType(
    {
        "overdue": (ORANGE, "triangle-up"),
        "ahead": ("#FFFFFF", "diamond"),
        "reached": (BLUE, "circle"),
        "cancelled": ("#8C8C8C", "x"),
    }
)


def milestone_slip(
    milestones: pd.DataFrame, *, as_of: str | pd.Timestamp, title: str = "Milestones: baseline to now"
) -> go.Figure:
    """Dumbbells, one per row of ``milestones``: from the baseline day to the actual, else the forecast day.

    ``milestones`` is what ``items(portfolio, "milestones")`` returned, as a pandas frame; a column
    ``entity_name`` is shown where it is there. The largest slip is at the top, milestones without a slip at
    the bottom; the slip in days stands beside the mark. A day that is missing is drawn in the lane "no date",
    so that every row has two marks. Past 500 rows the rows become thinner and not every one is labelled;
    the hover text has all. Without rows the figure says "No milestones". Raises ``InvalidTable`` where columns
    are missing.

    >>> import pandas as pd
    >>> days = {"baseline_date": ["2026-05-01"], "forecast_date": ["2026-06-01"], "actual_date": [None]}
    >>> row = {"milestone_id": ["M1"], "name": ["Gate 3"], "entity_id": ["P1"], "status": [None]}
    >>> frame = pd.DataFrame({**row, **days, "milestone_slip": [31.0], "milestones_overdue": [1.0]})
    >>> [trace.name for trace in milestone_slip(frame, as_of="2026-06-30").data]
    ['slip', 'baseline', 'overdue', 'days']
    """
    table = milestone_slip_table(milestones)
    if table.empty:
        return empty_figure("No milestones")
    day = pd.Timestamp(as_of)
    span = span_of([table[_BASELINE], table[_NOW]], day)
    figure = go.Figure(_traces(table, span))
    undated = table[[_BASELINE, _NOW]].isna().to_numpy().any()
    draw_time(figure, span, day, lane="no date" if undated else None)
    rows = len(table)
    step = label_step(rows)
    owner = safe_all(table[PROJECT], length=24).astype("str")
    labels = safe_all(table[_NAME], length=LABEL_LENGTH).astype("str") + " · " + owner
    figure.update_yaxes(
        tickvals=list(range(0, rows, step)), ticktext=labels.tolist()[::step], range=[rows - 0.5, -0.5]
    )
    return lay_out_rows(figure, rows, title=title, subtitle=EDGE_WORDS if span.clipped else "")


def milestone_slip_table(
    milestones: pd.DataFrame,
    *,
    as_of: str | pd.Timestamp | None = None,  # noqa: ARG001 - charts and their tables are called alike
) -> pd.DataFrame:
    """One row per milestone, largest slip first: Milestone ID, Milestone, Project, both days, slip and state.

    ``State`` is overdue, ahead, reached or cancelled. Takes and raises what :func:`milestone_slip` does.
    """
    frame = require(milestones, _NEEDED, made_by='items(portfolio, "milestones")').reset_index(drop=True)
    actual = dates_of(frame, Milestone.actual_date)
    status = column_or_null(frame, Milestone.status)
    reached = actual.notna() | (status == "complete")
    state = pd.Series("ahead", index=frame.index).mask(frame[_OVERDUE] == 1, "overdue")
    entity = first_given(
        column_or_null(frame, _ENTITY_NAME), frame[Milestone.entity_id], otherwise="none given"
    )
    table = pd.DataFrame(
        {
            _ID: frame[Milestone.milestone_id],
            _NAME: first_given(frame[Milestone.name], frame[Milestone.milestone_id], otherwise="no name"),
            PROJECT: entity,
            _BASELINE: dates_of(frame, Milestone.baseline_date),
            _NOW: actual.where(actual.notna(), dates_of(frame, Milestone.forecast_date)),
            _DAYS: frame[_SLIP].astype("float64"),
            _STATE: state.mask(reached, "reached").mask(status == "cancelled", "cancelled"),
        }
    )
    ordered = table.sort_values([_DAYS, _NOW], ascending=[False, True], kind="stable", na_position="last")
    return ordered.reset_index(drop=True)


def _traces(table: pd.DataFrame, span: Span) -> list[go.Scatter]:
    """The bars between the days, the baseline marks, the marks of now by state, and the slips in words."""
    start, end = span.place(table[_BASELINE]), span.place(table[_NOW])
    hover = hover_of(table)
    both = table[_BASELINE].notna() & table[_NOW].notna()
    bars = pd.DataFrame({0: start, 1: end, 2: None})[both].to_numpy().ravel().tolist()
    rows = [row for at in table.index[both] for row in (at, at, None)]
    line = {"color": "#9A9A9A", "width": 3}
    traces = [
        go.Scatter(name="slip", x=bars, y=rows, mode="lines", line=line, hoverinfo="skip", showlegend=False),
        _marks("baseline", start, hover, INK, "line-ns-open"),
    ]
    for state, (fill, symbol) in _STATES.items():
        chosen = table[_STATE] == state
        if chosen.any():
            traces.append(_marks(state, end[chosen], hover[chosen], fill, symbol))
    step = label_step(len(table))
    shown = table.iloc[::step]
    later = shown[[_BASELINE, _NOW]].max(axis=1)
    words = go.Scatter(
        name="days",
        x=span.place(later).tolist(),
        y=shown.index.tolist(),
        mode="text",
        text=_slip_words(shown).tolist(),
        textposition="middle right",
        textfont={"size": 11},
        hoverinfo="skip",
        showlegend=False,
    )
    return [*traces, words]


def _marks(name: str, days: pd.Series, hover: pd.Series, fill: str, symbol: str) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=days.tolist(),
        y=days.index.tolist(),
        mode="markers",
        marker={"symbol": symbol, "size": 11, "color": fill, "line": {"color": INK, "width": 1.5}},
        customdata=hover.tolist(),
        hovertemplate=HOVER,
    )


def _slip_words(table: pd.DataFrame) -> pd.Series:
    """The slip with its sign, or what is missing; spaces keep the words off the mark."""
    words = table[_DAYS].map("{:+,.0f} d".format).astype("str").where(table[_DAYS] != 0, "on time")
    words = words.where(table[_DAYS].notna(), "no slip known")
    missing = table[_BASELINE].isna(), table[_NOW].isna()
    words = words.mask(missing[0], "no baseline").mask(missing[1], "no date now")
    words = words.mask(missing[0] & missing[1], "no dates").mask(table[_STATE] == "cancelled", "cancelled")
    return "   " + words
