"""RAG matrix: projects against reported colour, computed colour and dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.charts.house import (
    LABEL_LENGTH,
    empty_figure,
    label_step,
    require,
    row_height,
    safe,
    safe_all,
    states_of,
    template,
)
from pmo_analytics.charts.wording import COMPUTED, PROJECT, PROJECT_ID, REPORTED, carried_marks, colour_labels
from pmo_analytics.rag.columns import (
    RAG_COMPUTED,
    RAG_COMPUTED_RULE,
    computed,
    figure_of,
    rule_of,
    threshold_of,
)
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Up to so many rows there is room for a gap between them.
_SPACED = 800
_LETTERS = {state: paint.letter for state, paint in PAINTS.items()}
_NEEDED = (Project.project_id, Project.project_name, Status.rag_reported, RAG_COMPUTED)


def rag_matrix(rated: pd.DataFrame, *, title: str = "Colour of each project") -> go.Figure:
    """A heat map with one row per row of ``rated``: reported, computed, then each rated dimension.

    ``rated`` is what ``rate`` returned, as a pandas frame. Every cell has the letter of its colour, ``X`` on
    grey where there is none, and behind it the month that it was carried forward from, where it was; the hover
    text names rule, figure and threshold. Rows keep their order from the top, and two projects of one name stay
    two rows; past 500 the rows become thinner and not every one is labelled. Without rows the figure says
    "No projects". Raises ``InvalidTable`` where columns are missing.

    >>> import pandas as pd
    >>> row = {"project_id": ["P1"], "project_name": ["Bridge"], "rag_reported": ["green"], "rag_computed": [None]}
    >>> list(rag_matrix(pd.DataFrame(row)).data[0].text[0])
    ['G', 'X']
    """
    frame = require(rated, _NEEDED, made_by="rate")
    if frame.empty:
        return empty_figure("No projects")
    columns = _columns(frame)
    states = [states_of(frame[column]) for column in columns.values()]
    marks = carried_marks(frame)
    hover = [_hover(frame, column, heading) for heading, column in columns.items()]
    figure = go.Figure(
        go.Heatmap(
            z=_rows(s.map({state: rank for rank, state in enumerate(STATES)}) for s in states),
            text=_rows(s.map(_LETTERS) + marks for s in states),
            customdata=_rows(hover),
            x=list(range(len(columns))),
            y=list(range(len(frame))),
            texttemplate="%{text}",
            hovertemplate="%{customdata}<extra></extra>",
            colorscale=_scale(),
            zmin=-0.5,
            zmax=len(STATES) - 0.5,
            showscale=False,
            xgap=2,
            ygap=2 if len(frame) <= _SPACED else 0,
        )
    )
    labels = safe_all(frame[Project.project_name].fillna(frame[Project.project_id]), length=LABEL_LENGTH)
    figure.update_xaxes(tickvals=list(range(len(columns))), ticktext=[safe(h) for h in columns], side="top")
    shown = slice(None, None, label_step(len(frame)))
    figure.update_yaxes(
        tickvals=list(range(len(frame)))[shown], ticktext=list(labels)[shown], autorange="reversed"
    )
    figure.update_xaxes(showgrid=False).update_yaxes(showgrid=False)
    return figure.update_layout(
        template=template(),
        title=safe(title),
        height=140 + row_height(len(frame)) * len(frame),
        margin={"t": 110},
    )


def rag_matrix_table(rated: pd.DataFrame) -> pd.DataFrame:
    """One row per row of ``rated``: Project ID, Project, then the colours in words, columns as in the figure.

    Takes and raises what :func:`rag_matrix` does; rows keep their order.

    >>> import pandas as pd
    >>> row = {"project_id": ["P1"], "project_name": ["Bridge"], "rag_reported": ["green"], "rag_computed": [None]}
    >>> rag_matrix_table(pd.DataFrame(row)).iloc[0].tolist()
    ['P1', 'Bridge', 'G Green', 'X Not rated']
    """
    frame = require(rated, _NEEDED, made_by="rate").reset_index(drop=True)
    marks = carried_marks(frame)
    colours = {heading: colour_labels(frame[column]) + marks for heading, column in _columns(frame).items()}
    names = {PROJECT_ID: frame[Project.project_id], PROJECT: frame[Project.project_name]}
    return pd.DataFrame({**names, **colours})


def _columns(frame: pd.DataFrame) -> dict[str, str]:
    """Heading to column: the two overall colours, then the dimensions that any project has a colour for."""
    prefix = computed("")
    named = [column.removeprefix(prefix) for column in frame.columns if column.startswith(prefix)]
    rated = [name for name in named if rule_of(name) in frame and frame[computed(name)].notna().any()]
    dimensions = {name.replace("_", " ").capitalize(): computed(name) for name in rated}
    return {REPORTED: Status.rag_reported, COMPUTED: RAG_COMPUTED} | dimensions


def _rows(columns: Iterable[Iterable[object]]) -> list[tuple[object, ...]]:
    """Columns of cells as rows of cells."""
    return list(zip(*columns, strict=True))


def _hover(frame: pd.DataFrame, column: str, heading: str) -> pd.Series:
    words = states_of(frame[column]).map({state: paint.words for state, paint in PAINTS.items()})
    text = safe_all(frame[Project.project_name], missing="no name") + " ("
    text = (
        text
        + safe_all(frame[Project.project_id])
        + ")<br>"
        + safe(heading)
        + ": "
        + words
        + carried_marks(frame)
    )
    name = column.removeprefix(computed(""))
    told = {"rule": rule_of(name), "figure": figure_of(name), "threshold": threshold_of(name)}
    if column == RAG_COMPUTED:
        told = {"rule": RAG_COMPUTED_RULE}
    for word, source in told.items():
        if source in frame and column != Status.rag_reported:
            text = text + _line(word, frame[source])
    return text


def _line(word: str, values: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(values):
        values = values.map("{:,.4g}".format, na_action="ignore")
    return (f"<br>{word} " + safe_all(values)).where(values.notna(), "")


def _scale() -> list[tuple[float, str]]:
    """One flat step per state."""
    edges = [rank / len(STATES) for rank in range(len(STATES) + 1)]
    return [
        (edge, PAINTS[state].fill)
        for rank, state in enumerate(STATES)
        for edge in (edges[rank], edges[rank + 1])
    ]
