"""RAG mix: how many projects of each colour, reported beside computed, per group."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.charts.house import (
    HATCH,
    LABEL_LENGTH,
    empty_figure,
    label_step,
    require,
    row_height,
    safe,
    safe_all,
    template,
)
from pmo_analytics.charts.wording import PROJECTS
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.words import UNKNOWN

_VIEWS = ("reported", "computed")
_NO_GROUP = "none given"


def rag_mix(counts: pd.DataFrame, *, by: str | None = None, title: str = "Projects by colour") -> go.Figure:
    """Stacked bars, two per row of ``counts``: the reported colours above the computed ones.

    ``counts`` is what ``count_colours`` returned, as a pandas frame; ``by`` is its group column, ``None`` for
    the whole portfolio. Unknown is grey and hatched and counts like any colour, so that the parts of a bar
    add up to the projects of the group. The legend names the colours that a project has. Without rows the
    figure says "No projects". Raises ``InvalidTable`` where columns are missing.

    >>> import pandas as pd
    >>> from pmo_analytics.schemas.paints import STATES
    >>> names = [f"{view}_{state}" for view in ("reported", "computed") for state in STATES]
    >>> list(rag_mix(pd.DataFrame([{name: 1 for name in names}])).data[0].x)
    [1, 1]
    """
    frame = _counts(counts, by)
    if not frame[[f"reported_{state}" for state in STATES]].to_numpy().sum():
        return empty_figure("No projects")
    bars = len(_VIEWS) * len(frame)
    figure = go.Figure([_trace(frame, state) for state in STATES])
    shown = slice(None, None, label_step(bars))
    figure.update_yaxes(
        tickvals=list(range(bars))[shown], ticktext=_labels(frame, by)[shown], autorange="reversed"
    )
    figure.update_xaxes(title="projects", rangemode="tozero")
    return figure.update_layout(
        template=template(),
        title=safe(title),
        barmode="stack",
        height=160 + row_height(bars) * bars,
        legend={"orientation": "h", "traceorder": "normal", "y": -0.25},
    )


def rag_mix_table(counts: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Two rows per row of ``counts``, reported then computed: Group, View, Projects, then each colour.

    Takes and raises what :func:`rag_mix` does; without ``by`` the group is "all".

    >>> import pandas as pd
    >>> names = [f"{view}_{state}" for view in ("reported", "computed") for state in STATES]
    >>> rag_mix_table(pd.DataFrame([{name: 1 for name in names}]))["Projects"].tolist()
    [6, 6]
    """
    frame = _counts(counts, by)
    groups = frame[by].astype("object").fillna(_NO_GROUP) if by else pd.Series("all", index=frame.index)
    columns = {PAINTS[state].label: _values(frame, state) for state in STATES}
    numbers = pd.DataFrame(columns, dtype="int64")
    named = {"Group": groups.repeat(len(_VIEWS)).to_numpy(), "View": [*_VIEWS] * len(frame)}
    return pd.concat([pd.DataFrame({**named, PROJECTS: numbers.sum(axis=1)}), numbers], axis=1)


def _counts(counts: pd.DataFrame, by: str | None) -> pd.DataFrame:
    needed = [*([by] if by else []), *(f"{view}_{state}" for view in _VIEWS for state in STATES)]
    return require(counts, needed, made_by="count_colours")


def _values(frame: pd.DataFrame, state: str) -> list[int]:
    """The counts of one colour, two per row."""
    values: list[int] = frame[[f"{view}_{state}" for view in _VIEWS]].to_numpy().ravel().tolist()
    return values


def _trace(frame: pd.DataFrame, state: str) -> go.Bar:
    paint = PAINTS[state]
    values = _values(frame, state)
    return go.Bar(
        name=paint.label,
        orientation="h",
        x=values,
        y=list(range(len(values))),
        text=[f"{paint.letter} {value:g}" if value else "" for value in values],
        textposition="inside",
        insidetextfont={"color": paint.ink},
        hovertemplate=f"{paint.words}: %{{x}}<extra></extra>",
        showlegend=any(values),
        marker={
            "color": paint.fill,
            "line": {"color": "#FFFFFF", "width": 1},
            "pattern": dict(HATCH) if state == UNKNOWN else {},
        },
    )


def _labels(frame: pd.DataFrame, by: str | None) -> list[str]:
    """Two labels per row, reported then computed."""
    if by is None:
        return list(_VIEWS) * len(frame)
    groups = safe_all(frame[by], missing=_NO_GROUP, length=LABEL_LENGTH)
    return [f"{group}, {view}" for group in groups for view in _VIEWS]
