"""RAG mix: how many projects of each colour, reported beside computed, per group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from pmo_analytics.charts.house import (
    LABEL_LENGTH,
    PAINTS,
    STATES,
    empty_figure,
    require,
    safe,
    safe_all,
    template,
)

if TYPE_CHECKING:
    import pandas as pd

_VIEWS = ("reported", "computed")
_BAR_HEIGHT = 24


def rag_mix(counts: pd.DataFrame, *, by: str | None = None, title: str = "Projects by colour") -> go.Figure:
    """Stacked bars, two per row of ``counts``: the reported colours above the computed ones.

    ``counts`` is what ``count_colours`` returned, as a pandas frame; ``by`` is its group column, ``None`` for
    the whole portfolio. Unknown is grey and hatched and counts like any colour, so that the parts of a bar
    add up to the projects of the group. Without rows the figure says "No projects". Raises ``InvalidTable``
    where columns are missing.

    >>> import pandas as pd
    >>> from pmo_analytics.charts.house import STATES
    >>> names = [f"{view}_{state}" for view in ("reported", "computed") for state in STATES]
    >>> list(rag_mix(pd.DataFrame([{name: 1 for name in names}])).data[0].x)
    [1, 1]
    """
    columns = {view: [f"{view}_{state}" for state in STATES] for view in _VIEWS}
    needed = [*([by] if by else []), *columns["reported"], *columns["computed"]]
    frame = require(counts, needed, made_by="count_colours")
    if not frame[columns["reported"]].to_numpy().sum():
        return empty_figure("No projects")
    bars = len(_VIEWS) * len(frame)
    figure = go.Figure([_trace(frame, state) for state in STATES])
    figure.update_yaxes(tickvals=list(range(bars)), ticktext=_labels(frame, by), autorange="reversed")
    figure.update_xaxes(title="projects", rangemode="tozero")
    return figure.update_layout(
        template=template(),
        title=safe(title),
        barmode="stack",
        height=160 + _BAR_HEIGHT * bars,
        legend={"orientation": "h", "traceorder": "normal", "y": -0.25},
    )


def _trace(frame: pd.DataFrame, state: str) -> go.Bar:
    paint = PAINTS[state]
    values = frame[[f"{view}_{state}" for view in _VIEWS]].to_numpy().ravel().tolist()
    return go.Bar(
        name=paint.label,
        orientation="h",
        x=values,
        y=list(range(len(values))),
        text=[f"{paint.letter} {value:g}" if value else "" for value in values],
        textposition="inside",
        insidetextfont={"color": paint.ink},
        hovertemplate=f"{paint.words}: %{{x}}<extra></extra>",
        marker={
            "color": paint.fill,
            "line": {"color": "#FFFFFF", "width": 1},
            "pattern": {"shape": "/" if paint is PAINTS[STATES[-1]] else "", "fgcolor": "#8C8C8C"},
        },
    )


def _labels(frame: pd.DataFrame, by: str | None) -> list[str]:
    """Two labels per row, reported then computed."""
    if by is None:
        return list(_VIEWS) * len(frame)
    groups = safe_all(frame[by], missing="none given", length=LABEL_LENGTH)
    return [f"{group}, {view}" for group in groups for view in _VIEWS]
