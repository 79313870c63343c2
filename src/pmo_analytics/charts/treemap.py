"""Treemap: where the budget lies, by programme and project, and which colour it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.charts.house import (
    HATCH,
    HOVER,
    INK,
    LABEL_LENGTH,
    PALE,
    ROWS_HEIGHT,
    empty_figure,
    require,
    safe,
    safe_all,
    states_of,
    template,
)
from pmo_analytics.charts.wording import (
    CURRENCY,
    NO_CURRENCY,
    PROJECT,
    PROJECT_ID,
    REPORTED,
    amount_words,
    carried_marks,
    colour_labels,
    first_given,
    hover_of,
)
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.words import UNKNOWN

if TYPE_CHECKING:
    from pmo_analytics.schemas.paints import Paint

_GROUP, _SIZE, _TILE = "Group", "Size", "Tile"
#: What tiles are drawn from and the table says in one: the state, and the month that it was carried from.
_STATE, _MARK = "__state", "__mark"
_BY_SIZE, _UNKNOWN_SIZE = "by its size", "budget not known"
_NO_GROUP = "none given"
#: The tile of a project without a budget is no larger than this share of its currency.
_SMALLEST = 0.01
#: From which share of its currency a tile has room for the name, the identifier, the month that it was carried
#: forward from; all have the letter.
_NAMED, _IDENTIFIED, _MARKED = 0.05, 0.018, 0.007
_COLUMNS, _MAP = 2, 620


def treemap(
    rated: pd.DataFrame,
    *,
    by: str = Project.programme_id,
    size: str = Status.bac,
    title: str = "Budget by colour",
) -> go.Figure:
    """Treemaps with one tile per row of ``rated``, grouped by ``by``, one map per currency.

    ``rated`` is what ``rate`` (or ``measure``) returned, as a pandas frame. Area is the figure ``size``, the
    fill and the letter are the reported colour. Amounts of different currencies never share a scale. A project
    whose size is not known, zero or negative has the smallest tile, marked "?", and "budget not known" in its
    hover text. Every tile has its letter; the month that it was carried forward from, name, or identifier, and
    size stand where there is room for them.
    Projects without a value in ``by`` form the group "none given". Without rows the figure says "No projects".
    Raises ``InvalidTable`` where columns are missing.

    >>> import pandas as pd
    >>> row = {"project_id": ["P1"], "project_name": ["Bridge"], "programme_id": ["RAIL"], "currency": ["GBP"]}
    >>> figure = treemap(pd.DataFrame({**row, "bac": [5e6], "rag_reported": ["red"]}))
    >>> figure.data[0].labels[-1], figure.data[0].text[-1]
    ('<b>R</b> Bridge', '5.0m')
    """
    table = _tiles(rated, by=by, size=size)
    if table.empty:
        return empty_figure("No projects")
    currencies = list(dict.fromkeys(table[CURRENCY]))
    columns = min(len(currencies), _COLUMNS)
    rows = -(-len(currencies) // columns)
    figure = go.Figure()
    for place, currency in enumerate(currencies):
        row, column = divmod(place, columns)
        tree = _tree(table[table[CURRENCY] == currency], currency)
        tree.domain = {"row": row, "column": column}
        figure.add_trace(tree)
    shown = [PAINTS[state] for state in STATES if (table[_STATE] == state).any()]
    return figure.update_layout(
        template=template(),
        title={
            "text": safe(title),
            "subtitle": {"text": f"Area: {safe(_size_title(size))}, each currency on a scale of its own"},
        },
        grid={"rows": rows, "columns": columns, "xgap": 0.02, "ygap": 0.04},
        height=100 + min(_MAP * rows, ROWS_HEIGHT),
        margin={"t": 80, "l": 10, "r": 10, "b": 50},
        annotations=[_key(shown, unsized=bool((table[_TILE] == _UNKNOWN_SIZE).any()))],
    )


def treemap_table(
    rated: pd.DataFrame, *, by: str = Project.programme_id, size: str = Status.bac
) -> pd.DataFrame:
    """One row per project: Currency, Group, Project ID, Project, Reported, Size, and what its tile shows.

    Behind a reported colour that was carried forward stands the month that it comes from. Currencies in the
    order of their names, with those not stated last; otherwise rows keep their order. Takes and raises what
    :func:`treemap` does.
    """
    return _tiles(rated, by=by, size=size).drop(columns=[_STATE, _MARK])


def _tiles(rated: pd.DataFrame, *, by: str, size: str) -> pd.DataFrame:
    """The table, with the state and the mark of each tile on their own."""
    needed = (Project.project_id, Project.project_name, Project.currency, Status.rag_reported, by, size)
    frame = require(rated, needed, made_by="rate").reset_index(drop=True)
    amounts = frame[size].astype("float64")
    columns = {
        CURRENCY: first_given(frame[Project.currency], otherwise=NO_CURRENCY),
        _GROUP: first_given(frame[by], otherwise=_NO_GROUP),
        PROJECT_ID: frame[Project.project_id],
        PROJECT: first_given(frame[Project.project_name], frame[Project.project_id], otherwise="no name"),
        REPORTED: colour_labels(frame[Status.rag_reported]) + carried_marks(frame),
        _SIZE: amounts,
        _TILE: pd.Series(_BY_SIZE, index=frame.index).mask(~(amounts > 0), _UNKNOWN_SIZE),
        _STATE: states_of(frame[Status.rag_reported]),
        _MARK: carried_marks(frame),
    }
    order = frame[Project.currency].sort_values(kind="stable", na_position="last").index
    return pd.DataFrame(columns).loc[order].reset_index(drop=True)


def _size_title(size: str) -> str:
    return CATALOGUE[size].title if size in CATALOGUE else size.replace("_", " ")


def _tree(table: pd.DataFrame, currency: str) -> go.Treemap:
    """One currency: the root, its groups, its projects. Identifiers are numbers, never text from data."""
    codes, groups = pd.factorize(table[_GROUP])
    paints = table[_STATE].map(dict(PAINTS))
    known = table[_SIZE].where(table[_TILE] == _BY_SIZE)
    smallest = min(known.min(), _SMALLEST * known.sum()) if known.notna().any() else 1.0
    above = 1 + len(groups)
    areas = known.fillna(smallest)
    labels, words = _words(table, paints, known, areas / areas.sum())
    plain = [""] * above
    root = f"{safe(currency)} {amount_words(known.sum())}, {len(table):,} projects"
    names = safe_all(pd.Series(groups, dtype="object"), length=LABEL_LENGTH)
    return go.Treemap(
        ids=["root", *(f"g{n}" for n in range(len(groups))), *(f"p{n}" for n in range(len(table)))],
        parents=["", *["root"] * len(groups), *(f"g{code}" for code in codes)],
        labels=[root, *names, *labels],
        values=[0] * above + areas.tolist(),
        text=[*plain, *words],
        customdata=[root, *names, *hover_of(table, leave_out=[_STATE, _MARK])],
        hovertemplate=HOVER,
        texttemplate="%{label}<br>%{text}",
        branchvalues="remainder",
        sort=True,
        tiling={"pad": 2},
        marker={
            "colors": ["#FFFFFF", *[PALE] * len(groups), *(paint.fill for paint in paints)],
            "line": {"color": "#FFFFFF", "width": 1},
            "pattern": {
                **HATCH,
                "shape": [*plain, *(HATCH["shape"] if paint is PAINTS[UNKNOWN] else "" for paint in paints)],
            },
            "pad": {"t": 22, "l": 2, "r": 2, "b": 2},
        },
        textfont={"color": [INK] * above + [paint.ink for paint in paints], "size": 13},
        root={"color": "#FFFFFF"},
        pathbar={"visible": False},
    )


def _words(
    table: pd.DataFrame, paints: pd.Series, known: pd.Series, share: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """The label and the line below it of every tile: less text on smaller ones, where it would be tiny."""
    named, identified = share >= _NAMED, share >= _IDENTIFIED
    names = safe_all(table[PROJECT], length=LABEL_LENGTH).astype("str")
    ids = safe_all(table[PROJECT_ID], missing="no id", length=LABEL_LENGTH).astype("str")
    ids = ids.where(identified & known.notna(), "").mask(known.isna(), "?")
    letters = paints.map(lambda paint: f"<b>{paint.letter}</b>").astype("str")
    # The month has a line with the letter: in one with the name it would make the text of the tile smaller.
    # Where even that is too wide, it is alone in the second one.
    marked, wide = table[_MARK] != "", named | (identified & known.notna())
    letters = letters + (table[_MARK] + "<br>").where(marked & wide, " ")
    below = table[_MARK].str.strip().where(marked & ~wide & (share >= _MARKED), "")
    amounts = known.map(amount_words).astype("str").mask(known.isna(), _UNKNOWN_SIZE)
    return letters + names.where(named, ids), amounts.where(named, below)


def _key(paints: list[Paint], *, unsized: bool) -> dict[str, object]:
    """What the letters mean, in one line under the maps; a treemap has no legend of its own."""
    words = "   ".join(f'<span style="color:{p.fill}">■</span> {p.label}' for p in paints)
    words += "   ? budget not known: smallest tile" if unsized else ""
    place = {
        "x": 0,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "yshift": -8,
    }
    return {"text": words, "showarrow": False, "font": {"size": 13}, **place}
