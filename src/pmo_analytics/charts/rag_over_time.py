"""RAG over time: how many projects of each colour, month by month."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.charts.house import HATCH, HOVER, empty_figure, require, safe, template
from pmo_analytics.charts.wording import MONTH, PROJECTS
from pmo_analytics.errors import UnknownName
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.words import UNKNOWN

_VIEWS = ("reported", "computed")
_NO_MONTH = "month not stated"
#: More months than this share labels, so that these do not run into each other.
_LABELLED = 24
#: Pixels that a letter needs, bounds of the height of the columns, and what stands above and below them.
_LETTER, _GROUND, _AROUND = 17, (320, 700), 160


def rag_over_time(
    counts: pd.DataFrame, *, view: str = "reported", title: str = "Projects by colour, month by month"
) -> go.Figure:
    """Stacked columns, one per row of ``counts``, with a segment per colour.

    ``counts`` is what ``count_colours(…, by="period")`` returned, as a pandas frame; ``view`` is "reported" or
    "computed". Unknown is grey and hatched and counts like any colour, so that a column is as high as its
    month has projects. A segment has letter and count where there is room, and in its hover text. A month
    without a row leaves a gap. Without rows the figure says "No projects". Raises ``InvalidTable`` where
    columns are missing, ``UnknownName`` for another view.

    >>> import pandas as pd
    >>> from pmo_analytics.rollups import count_colours
    >>> rated = pd.DataFrame({"period": pd.to_datetime(["2026-06-30"]), "rag_reported": ["red"]})
    >>> counts = count_colours(rated.assign(rag_computed="green"), by="period")
    >>> [(trace.name, trace.y[0]) for trace in rag_over_time(counts).data if trace.y[0]]
    [('R Red', 1)]
    """
    table = rag_over_time_table(counts, view=view)
    if table.empty or not table[PROJECTS].sum():
        return empty_figure("No projects")
    places = _places(counts[Project.period])
    tallest = int(table[PROJECTS].max())
    ground = min(max(_LETTER * tallest, _GROUND[0]), _GROUND[1])
    least = _LETTER * tallest / ground
    figure = go.Figure([_trace(table, places, state, least) for state in STATES])
    shown = slice(None, None, 1 + (len(table) - 1) // _LABELLED)
    figure.update_xaxes(tickvals=places[shown], ticktext=table[MONTH].tolist()[shown], showgrid=False)
    figure.update_yaxes(title="projects", rangemode="tozero")
    return figure.update_layout(
        template=template(),
        title={"text": safe(title), "subtitle": {"text": f"{view.capitalize()} colour"}},
        barmode="stack",
        bargap=0.25,
        height=_AROUND + ground,
        margin={"b": 70},
        legend={
            "orientation": "h",
            "traceorder": "normal",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
        },
    )


def rag_over_time_table(counts: pd.DataFrame, *, view: str = "reported") -> pd.DataFrame:
    """One row per row of ``counts``: Month, Projects, then how many have each colour, "G Green" first.

    Takes and raises what :func:`rag_over_time` does.
    """
    if view not in _VIEWS:
        raise UnknownName("view", view, _VIEWS)
    columns = {PAINTS[state].label: f"{view}_{state}" for state in STATES}
    frame = require(
        counts, [Project.period, *columns.values()], made_by='count_colours(…, by="period")'
    ).reset_index(drop=True)
    months = frame[Project.period].dt.strftime("%b %Y") if len(frame) else frame[Project.period]
    numbers = {label: frame[column].to_numpy() for label, column in columns.items()}
    total = frame[list(columns.values())].sum(axis=1).to_numpy()
    named = months.astype("object").fillna(_NO_MONTH).to_numpy()
    return pd.DataFrame({MONTH: named, PROJECTS: total, **numbers})


def _places(months: pd.Series) -> list[float]:
    """Months as numbers, so that a month that is missing leaves a gap; those not stated stand at the end."""
    numbers = (months.dt.year * 12 + months.dt.month).astype("float64")
    last = numbers.max() if numbers.notna().any() else 0.0
    unstated = months.isna()
    places: list[float] = numbers.where(~unstated, last + 1 + unstated.cumsum()).tolist()
    return places


def _trace(table: pd.DataFrame, places: list[float], state: str, least: float) -> go.Bar:
    """The segments of one colour, with letter and count from ``least`` projects on: less has no room for it."""
    paint = PAINTS[state]
    values = table[paint.label].tolist()
    months = table[MONTH].tolist()
    return go.Bar(
        name=paint.label,
        x=places,
        y=values,
        text=[f"{paint.letter} {value:g}" if value >= max(least, 1) else "" for value in values],
        customdata=[f"{m}<br>{paint.words}: {v:g}" for m, v in zip(months, values, strict=True)],
        hovertemplate=HOVER,
        textposition="inside",
        textangle=0,
        insidetextanchor="middle",
        insidetextfont={"color": paint.ink, "size": 13},
        showlegend=any(values),
        marker={
            "color": paint.fill,
            "line": {"color": "#FFFFFF", "width": 1},
            "pattern": dict(HATCH) if state == UNKNOWN else {},
        },
    )
