"""Risk heat map: open risks by probability and impact."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.charts.house import HOVER, INK, PALE, empty_figure, require, safe, safe_all, template
from pmo_analytics.charts.wording import PROJECT, column_or_null, first_given
from pmo_analytics.metrics.formulas import risk_score
from pmo_analytics.metrics.risks import BANDS
from pmo_analytics.schemas.risks import Risk

#: Measures of items, by the names of the catalogue, and the name that a register adds for the entity.
_OPEN, _ENTITY_NAME = "risks_open", "entity_name"
_NEEDED = (Risk.risk_id, Risk.title, Risk.entity_id, Risk.kind, Risk.p_score, Risk.i_score, _OPEN)
_ID, _TITLE, _P, _I = "Risk ID", "Risk", "Probability, 1–5", "Impact, 1–5"
_SCORE, _BAND, _COUNTED = "Score", "Band", "Counted as"
_THREAT, _OPPORTUNITY, _CLOSED = "open threat", "open opportunity", "not open"
_UNSCORED = "not scored"
#: Fill and ink of each band, light to dark; not the colours of a rating.
_PAINTS = (("#E8EEF6", INK), ("#B5CBE4", INK), ("#6F98C6", "#000000"), ("#1F4E8C", "#FFFFFF"))
_SCALE = (1, 2, 3, 4, 5)
#: Where the lane of risks without a score stands, right of the grid.
_LANE = 6.4
#: So many identifiers are named in a hover text; the table has all of them.
_LISTED = 20


def risk_heat_map(risks: pd.DataFrame, *, title: str = "Open risks") -> go.Figure:
    """A grid of probability by impact, 5 × 5, coloured by band of score, with the number of open risks.

    ``risks`` is what ``items(portfolio, "risks")`` returned, as a pandas frame. The large figure in a cell
    counts open threats (a risk without a kind is a threat); opportunities are counted apart, as "+2 opp." on a line
    of their own in the same cell. A score between two steps is drawn at the nearer one, halves upwards; what
    the table says of the risk stays with its own scores. Open risks without a score from 1 to 5 on both
    scales stand in the lane "not scored"; closed ones are only counted in the subtitle, so that all counts add
    up to the rows. Hover text lists identifiers. Without rows the figure says "No risks". Raises
    ``InvalidTable`` where columns are missing.

    >>> import pandas as pd
    >>> row = {"risk_id": ["R1"], "title": ["Flood"], "entity_id": ["P1"], "kind": ["threat"]}
    >>> frame = pd.DataFrame({**row, "p_score": [4.0], "i_score": [5.0], "risks_open": [1.0]})
    >>> [text for text in risk_heat_map(frame).data[-1].text if text != "0"]
    ['<b>1</b>']
    """
    table = risk_heat_map_table(risks)
    if table.empty:
        return empty_figure("No risks")
    cells = _cells(table)
    figure = go.Figure([*_legend(), _texts(cells)])
    for x, y, fill in zip(cells["x"], cells["y"], cells["fill"], strict=True):
        _box(figure, float(x), float(y), str(fill))
    steps = {"tickvals": list(_SCALE), "showgrid": False}
    figure.update_xaxes(title="impact", range=[0.45, _LANE + 0.55], **steps)
    figure.update_xaxes(tickvals=[*_SCALE, _LANE], ticktext=[*map(str, _SCALE), _UNSCORED])
    figure.update_yaxes(title="probability", range=[0.45, 5.55], **steps)
    return figure.update_layout(
        template=template(),
        title={"text": safe(title), "subtitle": {"text": _counts(table)}},
        height=640,
        margin={"t": 90},
        legend={"title": {"text": "Probability × impact"}, "orientation": "h", "y": -0.12},
    )


def risk_heat_map_table(risks: pd.DataFrame) -> pd.DataFrame:
    """One row per risk: Risk ID, Risk, Project, Probability, Impact, Score, Band, and what it is counted as.

    Probability and impact are those of the register. Score is their product, not rounded, as in the metrics,
    and null where one of them is missing or not from 1 to 5. Takes and raises what :func:`risk_heat_map` does;
    rows keep their order.
    """
    frame = require(risks, _NEEDED, made_by='items(portfolio, "risks")').reset_index(drop=True)
    given = {_P: frame[Risk.p_score].astype("float64"), _I: frame[Risk.i_score].astype("float64")}
    scored = grid_steps(given[_P]).notna() & grid_steps(given[_I]).notna()
    opportunity = column_or_null(frame, Risk.kind) == "opportunity"
    counted = pd.Series(_THREAT, index=frame.index).mask(opportunity, _OPPORTUNITY)
    score = risk_score(given[_P], given[_I]).where(scored)
    entity = first_given(column_or_null(frame, _ENTITY_NAME), frame[Risk.entity_id], otherwise="none given")
    columns = {
        _ID: frame[Risk.risk_id],
        _TITLE: frame[Risk.title],
        PROJECT: entity,
        **given,
        _SCORE: score,
        _BAND: score.map(_band, na_action="ignore").astype("object").where(scored, _UNSCORED),
        # Only a known 0 closes a risk: one whose state is not known stays in sight.
        _COUNTED: counted.mask(frame[_OPEN] == 0, _CLOSED),
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def grid_steps(scores: pd.Series) -> pd.Series:
    """In which step of the grid, 1 to 5, each score is drawn: the nearest, halves upwards; null off the scale.

    Takes probability or impact scores as numbers; nulls stay null. Raises nothing.

    >>> grid_steps(pd.Series([1.0, 2.5, 4.4, 0.9, 5.1, None])).tolist()
    [1.0, 3.0, 4.0, nan, nan, nan]
    """
    numbers = scores.astype("float64")
    return (numbers + 0.5).floordiv(1).where(numbers.between(_SCALE[0], _SCALE[-1]))


def _band(score: float) -> str:
    return next(band.title for band in BANDS if band.at_least <= score < band.below)


def _cells(table: pd.DataFrame) -> pd.DataFrame:
    """Every cell of the grid and the lane, with its place, counts, fill and words."""
    paints = dict(zip((band.title for band in BANDS), _PAINTS, strict=True))
    grid = pd.DataFrame([(i, p) for p in _SCALE for i in _SCALE], columns=["x", "y"], dtype="float64")
    grid[["fill", "ink"]] = [paints[_band(x * y)] for x, y in grid.to_numpy()]
    lane = pd.DataFrame({"x": [_LANE], "y": [3.0], "fill": [PALE], "ink": [INK]})
    cells = pd.concat([grid, lane], ignore_index=True)
    steps = pd.DataFrame({"x": grid_steps(table[_I]), "y": grid_steps(table[_P])})
    # What lacks either step stands in the lane, whatever the other is.
    places = steps.where(steps.notna().all(axis=1)).fillna({"x": _LANE, "y": 3.0})
    for name, counted in (("threats", _THREAT), ("opportunities", _OPPORTUNITY)):
        here = places.assign(ids=safe_all(table[_ID], missing="no id"))[table[_COUNTED] == counted]
        ids = here.groupby(["x", "y"])["ids"]
        found = pd.DataFrame({name: ids.size(), f"{name}_ids": ids.agg(_listed)}).reset_index()
        cells = cells.merge(found, on=["x", "y"], how="left")
    counts = cells[["threats", "opportunities"]].fillna(0).astype("int64")
    return cells.assign(threats=counts["threats"], opportunities=counts["opportunities"])


def _listed(ids: pd.Series) -> str:
    more = f" and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
    return ", ".join(ids.iloc[:_LISTED]) + more


def _texts(cells: pd.DataFrame) -> go.Scatter:
    """The counts in the cells, one text per cell; nothing at all in a cell is a plain 0."""
    threats, opportunities = cells["threats"], cells["opportunities"]
    text = ("<b>" + threats.astype("str") + "</b>").where(threats > 0, "0")
    text = text + ("<br>+" + opportunities.astype("str") + " opp.").where(opportunities > 0, "")
    in_lane = cells["x"] == _LANE
    place = (
        "Probability " + cells["y"].map("{:g}".format) + ", impact " + cells["x"].map("{:g}".format)
    ).mask(in_lane, _UNSCORED)
    hover = place + "<br>open threats: " + threats.astype("str") + _after(cells["threats_ids"])
    hover = (
        hover + "<br>open opportunities: " + opportunities.astype("str") + _after(cells["opportunities_ids"])
    )
    return go.Scatter(
        mode="text",
        x=cells["x"].tolist(),
        y=cells["y"].tolist(),
        text=text.tolist(),
        textfont={"size": 16, "color": cells["ink"].tolist()},
        customdata=hover.tolist(),
        hovertemplate=HOVER,
        showlegend=False,
    )


def _after(ids: pd.Series) -> pd.Series:
    given = ids.astype("str").fillna("")
    return (": " + given).where(given != "", "")


def _box(figure: go.Figure, x: float, y: float, fill: str) -> None:
    """A cell as a shape below the text: the lane is as high as the grid."""
    high = 2.48 if x == _LANE else 0.48
    figure.add_shape(
        type="rect",
        x0=x - 0.48,
        x1=x + 0.48,
        y0=y - high,
        y1=y + high,
        fillcolor=fill,
        line={"color": "#8C8C8C", "width": 1},
        layer="below",
    )


def _legend() -> list[go.Scatter]:
    """Entries without marks: what each fill means."""
    return [
        go.Scatter(
            name=f"{band.title.removesuffix(' risks')}: {band.at_least:g} to {band.below - 1:g}",
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 14, "color": fill, "line": {"color": INK, "width": 1}},
        )
        for band, (fill, _) in zip(BANDS, _PAINTS, strict=True)
    ]


def _counts(table: pd.DataFrame) -> str:
    counted = table[_COUNTED].value_counts()
    said = {"open threats": _THREAT, "open opportunities": _OPPORTUNITY, "not open and not drawn": _CLOSED}
    return ", ".join(f"{counted.get(key, 0):,} {words}" for words, key in said.items())
