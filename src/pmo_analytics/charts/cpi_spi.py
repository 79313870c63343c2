"""CPI against SPI: which projects are over cost, behind schedule, or both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.charts.house import (
    HOVER,
    INK,
    PALE,
    empty_figure,
    require,
    safe,
    safe_all,
    states_of,
    template,
)
from pmo_analytics.charts.labels import beside
from pmo_analytics.charts.wording import (
    CURRENCY,
    PROJECT,
    PROJECT_ID,
    REPORTED,
    carried_marks,
    colour_labels,
    column_or_null,
    hover_of,
    reason_words,
)
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

_CPI, _SPI = "cpi", "spi"
_INDEX = {"CPI": _CPI, "SPI": _SPI}
_WHY = {"CPI": "Why no CPI", "SPI": "Why no SPI"}
_BAC, _DRAWN = "BAC", "Drawn"
_PLACE, _EDGE, _LANE = "at its place", "at the edge", "in the lane of what is not defined"
_NEEDED = (Project.project_id, Project.project_name, Status.rag_reported, Status.bac, _CPI, _SPI)
#: How far from 1 an axis reaches at least and at most, and by how much it exceeds what nine in ten stay within.
_NEAREST, _FURTHEST, _ROOM, _MOST = 0.15, 0.6, 2.5, 0.9
_SMALLEST, _LARGEST, _IN_LANE = 11, 38, 22
#: Height of the figure in pixels, and width and height of the ground inside it.
_HEIGHT, _PLOT = 760, (1070, 580)
#: Marks of one lane stand in so many places across it, so that they do not cover each other.
_PLACES = 5


@dataclass(frozen=True, slots=True)
class _Axis:
    """One axis: what it covers, and the lane below it for figures that are not defined."""

    low: float
    high: float

    @property
    def lane(self) -> float:
        """Width of the lane."""
        return 0.14 * (self.high - self.low)

    @property
    def start(self) -> float:
        """Where the lane begins, which is where the axis begins."""
        return self.low - self.lane


def cpi_spi(measured: pd.DataFrame, *, title: str = "Cost against schedule") -> go.Figure:
    """A scatter with one mark per row of ``measured``: CPI to the right, SPI upwards, both 1 in the middle.

    ``measured`` is what ``measure`` or ``rate`` returned, as a pandas frame. Symbol and colour are the reported
    colour; the size is the budget within its currency, the smallest where there is none. A project with an
    undefined index stands in the lane "not defined" at the left or bottom, with both in the corner, and its
    reason is in the hover text. An index far from all others is drawn at the edge with the true figure
    beside it: further from 1 than 2.5 times what nine in ten projects stay within, and never within 0.15.
    What was carried forward has its month behind the identifier, and the first choice of room for it.
    Without rows the figure says "No projects". Raises ``InvalidTable`` where columns are missing.

    >>> import pandas as pd
    >>> row = {"project_id": ["P1"], "project_name": ["Bridge"], "rag_reported": ["red"], "bac": [9.0]}
    >>> figure = cpi_spi(pd.DataFrame({**row, "cpi": [0.8], "spi": [0.9]}))
    >>> figure.data[1].name, list(figure.data[1].x)
    ('R Red', [0.8])
    """
    table = cpi_spi_table(measured)
    if table.empty:
        return empty_figure("No projects")
    across, along = _axis(table["CPI"]), _axis(table["SPI"])
    places = pd.DataFrame(
        {"x": _placed(table["CPI"], across, column=True), "y": _placed(table["SPI"], along, column=False)}
    )
    figure = go.Figure(_lines(across, along))
    _ground(figure, across, along)
    sizes, hover = _sizes(table), hover_of(table)
    states = states_of(measured[Status.rag_reported]).to_numpy()
    for state in STATES:
        of_state = states == state
        if of_state.any():
            figure.add_trace(_marks(state, places[of_state], sizes[of_state], hover[of_state]))
    carried = carried_marks(measured).set_axis(table.index)
    figure.add_trace(_labels(table, places, sizes, axes=(across, along), carried=carried))
    figure.update_xaxes(
        title="CPI: earned value ÷ actual cost", range=[across.start, across.high], tickvals=_ticks(across)
    )
    figure.update_yaxes(
        title="SPI: earned value ÷ planned value", range=[along.start, along.high], tickvals=_ticks(along)
    )
    return figure.update_layout(
        template=template(),
        title={
            "text": safe(title),
            "subtitle": {"text": "Size of a mark: budget at completion within its currency"},
        },
        height=_HEIGHT,
        margin={"t": 80, "l": 80},
        legend={
            "title": {"text": "Reported colour"},
            "itemsizing": "constant",
            "orientation": "h",
            "y": -0.1,
        },
    )


def cpi_spi_table(measured: pd.DataFrame) -> pd.DataFrame:
    """One row per project: Project ID, Project, Reported, CPI, SPI, why each is not defined, BAC, where drawn.

    Behind a reported colour that was carried forward stands the month that it and the figures come from. Takes
    and raises what :func:`cpi_spi` does; rows keep their order.
    """
    frame = require(measured, _NEEDED, made_by="measure").reset_index(drop=True)
    indices = {heading: frame[name].astype("float64") for heading, name in _INDEX.items()}
    reasons = {
        _WHY[heading]: reason_words(column_or_null(frame, reason_of(name))).where(
            indices[heading].isna(), None
        )
        for heading, name in _INDEX.items()
    }
    both = pd.DataFrame(indices)
    beyond = pd.DataFrame({heading: _beyond(values) for heading, values in indices.items()}).any(axis=1)
    drawn = pd.Series(_PLACE, index=frame.index).mask(beyond, _EDGE)
    columns = {
        PROJECT_ID: frame[Project.project_id],
        PROJECT: frame[Project.project_name],
        REPORTED: colour_labels(frame[Status.rag_reported]) + carried_marks(frame),
        **indices,
        **reasons,
        _BAC: frame[Status.bac].astype("float64"),
        CURRENCY: column_or_null(frame, Project.currency),
        _DRAWN: drawn.mask(both.isna().any(axis=1), _LANE),
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _reach(values: pd.Series) -> float:
    """How far from 1 figures are drawn at their place."""
    usual = float((values - 1).abs().quantile(_MOST))
    return min(max(_ROOM * usual, _NEAREST), _FURTHEST) if pd.notna(usual) else _NEAREST


def _beyond(values: pd.Series) -> pd.Series:
    """Which figures are drawn at the edge."""
    return (values - 1).abs() > _reach(values)


def _inside(values: pd.Series) -> pd.Series:
    return values.clip(1 - _reach(values), 1 + _reach(values))


def _axis(values: pd.Series) -> _Axis:
    """Covers 1 with some room on both sides, and what is defined up to the edge."""
    known = pd.concat([_inside(values).dropna(), pd.Series([1 - _NEAREST / 2, 1 + _NEAREST / 2])])
    room = 0.08 * (known.max() - known.min())
    return _Axis(known.min() - room, known.max() + room)


def _ticks(axis: _Axis) -> list[float]:
    """Steps of 0.05 (0.1 on a long axis) inside the axis, none in the lane."""
    step = 0.05 if axis.high - axis.low < 0.6 else 0.1
    numbers = np.arange(np.ceil(axis.low / step), np.floor(axis.high / step) + 1)
    return [float(number) for number in np.round(numbers * step, 2)]


def _placed(values: pd.Series, axis: _Axis, *, column: bool) -> pd.Series:
    """Where each value stands; those not defined are spread over the lane, along it by column, then row."""
    undefined = values.isna()
    rank = (undefined.cumsum() - 1).to_numpy()
    count = int(undefined.sum())
    here = rank % _PLACES if column else rank // _PLACES % _PLACES
    places = min(count if column else -(-count // _PLACES), _PLACES)
    in_lane = axis.start + axis.lane * (here + 0.75) / (max(places, 1) + 0.5)
    return _inside(values).where(~undefined, in_lane)


def _sizes(table: pd.DataFrame) -> pd.Series:
    """Areas in proportion to the budget within its currency, between bounds; what is in a lane must fit it."""
    budget = table[_BAC].where(table[_BAC] > 0, 0.0).fillna(0.0)
    largest = budget.groupby(table[CURRENCY].astype("str"), dropna=False).transform("max")
    share = np.sqrt((budget / largest.where(largest > 0, 1.0)).to_numpy())
    sizes = pd.Series(_SMALLEST + (_LARGEST - _SMALLEST) * share, index=table.index)
    return sizes.clip(upper=_IN_LANE).where(table[_DRAWN] == _LANE, sizes)


def _marks(state: str, places: pd.DataFrame, sizes: pd.Series, hover: pd.Series) -> go.Scatter:
    """The projects of one colour, the largest first, so that the small ones lie on top."""
    paint = PAINTS[state]
    sizes = sizes.sort_values(ascending=False, kind="stable")
    places, hover = places.loc[sizes.index], hover.loc[sizes.index]
    return go.Scatter(
        name=paint.label,
        mode="markers",
        x=places["x"].tolist(),
        y=places["y"].tolist(),
        marker={
            "symbol": paint.symbol,
            "color": paint.fill,
            "size": sizes.tolist(),
            "opacity": 0.85,
            "line": {"color": INK, "width": 1},
        },
        customdata=hover.tolist(),
        hovertemplate=HOVER,
    )


def _labels(
    table: pd.DataFrame,
    places: pd.DataFrame,
    sizes: pd.Series,
    *,
    axes: tuple[_Axis, _Axis],
    carried: pd.Series,
) -> go.Scatter:
    """The identifiers where there is room, with the true figure at the edge and the month of what is carried.

    Those carried come first, because their month must be seen, then those furthest from 1.
    """
    distance = (table["CPI"].fillna(1) - 1).abs() + (table["SPI"].fillna(1) - 1).abs()
    order = distance.where(carried == "", np.inf).sort_values(ascending=False, kind="stable").index
    across, along = ((axis.high - axis.start) / pixels for axis, pixels in zip(axes, _PLOT, strict=True))
    always, signs = (table[_DRAWN] == _EDGE) | (carried != ""), carried.str.len()
    shown = beside(places, sizes, order=order, pixel=(across, along), always=always, longer=signs)
    text = safe_all(table[PROJECT_ID], missing="no id", length=16).astype("str") + carried
    for heading in _INDEX:
        beyond = _beyond(table[heading])
        text = text + (f" {heading} " + table[heading].map("{:.2f}".format).astype("str")).where(beyond, "")
    return go.Scatter(
        mode="text",
        x=shown["x"].tolist(),
        y=shown["y"].tolist(),
        text=text.loc[shown.index].tolist(),
        textposition="middle center",
        textfont={"size": 10},
        hoverinfo="skip",
        showlegend=False,
    )


def _lines(across: _Axis, along: _Axis) -> go.Scatter:
    """The lines at 1; a trace, because a shape would lie below the grid or above the marks."""
    return go.Scatter(
        mode="lines",
        x=[1, 1, None, across.low, across.high],
        y=[along.low, along.high, None, 1, 1],
        line={"color": INK, "width": 1.5},
        hoverinfo="skip",
        showlegend=False,
    )


def _ground(figure: go.Figure, across: _Axis, along: _Axis) -> None:
    """The words in the corners, and the lanes."""
    figure.add_vrect(x0=across.start, x1=across.low, fillcolor=PALE, line_width=0, layer="below")
    figure.add_hrect(y0=along.start, y1=along.low, fillcolor=PALE, line_width=0, layer="below")
    words = [
        (across.low, along.high, "left", "top", "over cost, ahead of schedule"),
        (across.high, along.high, "right", "top", "under cost, ahead of schedule"),
        (across.low, along.low, "left", "bottom", "over cost, behind schedule"),
        (across.high, along.low, "right", "bottom", "under cost, behind schedule"),
        (across.start, along.high, "left", "top", "CPI not<br>defined"),
        (across.high, along.start, "right", "bottom", "SPI not defined"),
    ]
    for x, y, xanchor, yanchor, text in words:
        figure.add_annotation(
            x=x,
            y=y,
            xanchor=xanchor,
            yanchor=yanchor,
            text=text,
            showarrow=False,
            font={"color": "#595959", "size": 11},
        )
