"""S-curve: planned value, earned value and actual cost over the months, and where the estimates end."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pmo_analytics.charts.dates import day_texts
from pmo_analytics.charts.house import (
    BLUE,
    HOVER,
    INK,
    LABEL_LENGTH,
    ORANGE,
    PURPLE,
    ROWS_HEIGHT,
    empty_figure,
    require,
    safe,
    safe_all,
    template,
)
from pmo_analytics.charts.labels import apart
from pmo_analytics.charts.wording import (
    CURRENCY,
    MONTH,
    NO_CURRENCY,
    amount_words,
    column_or_null,
    first_given,
    hover_of,
    reason_words,
)
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status


@dataclass(frozen=True, slots=True)
class _Line:
    """How one figure is drawn over the months: dash and marker differ, not only the colour."""

    heading: str
    colour: str
    dash: str
    symbol: str


_LINES = {
    Status.pv: _Line("PV", "#6E6E6E", "dash", "circle-open"),
    Status.ev: _Line("EV", BLUE, "solid", "circle"),
    Status.ac: _Line("AC", ORANGE, "dashdot", "square"),
    Status.bac: _Line("BAC", INK, "dot", "line-ew-open"),
}
#: The estimates at completion that people hold against each other; their ends and cross-checks are left out, and the
#: one that needs a forecast which few deliver.
ESTIMATES = (Status.eac_reported, "eac_atypical", "eac_cpi", "eac_cpi_spi", "eac_weighted")
_ESTIMATES = {name: metric.title for name, metric in CATALOGUE.items() if name in ESTIMATES}
#: The metrics that are drawn.
FIGURES = (*_LINES, *ESTIMATES)
_NOT_DEFINED = "Not defined"
_PANEL = 360
#: So many rows with undefined figures are named under the chart, each cut to a line; the table has all.
_NAMED, _NOTE_LENGTH, _LINE = 6, 150, 16
#: Where labels and estimates stand, in parts of the time shown, and how far apart labels are, of the height.
_ESTIMATES_AT, _ENDS_AT, _LABEL_GAP = 0.14, 0.42, 0.065


def s_curve(by_period: pd.DataFrame, *, title: str = "Planned, earned and spent to date") -> go.Figure:
    """Lines of PV, EV, AC and BAC over the months, one panel per currency, and the range of estimates.

    ``by_period`` is what ``roll_up(…, by=["currency", "period"])`` returned, as a pandas frame. Right of the
    last month stand all estimates at completion of that month that are defined, joined from lowest to
    highest. An undefined figure is a gap in its line and is named under the chart with its reason, and so are
    rows without a month. Without rows the figure says "No months". Raises ``InvalidTable`` where columns are
    missing.

    >>> import pandas as pd
    >>> months = pd.to_datetime(["2026-05-31", "2026-06-30"])
    >>> frame = pd.DataFrame({"currency": "GBP", "period": months, "pv": [4.0, 8.0], "ev": [3.0, None], "ac": 5.0})
    >>> list(s_curve(frame.assign(bac=20.0)).data[1].y)
    [3.0, None]
    """
    table = s_curve_table(by_period)
    if table.empty:
        return empty_figure("No months")
    currencies = list(dict.fromkeys(table[CURRENCY]))
    figure = make_subplots(
        rows=len(currencies),
        cols=1,
        subplot_titles=list(safe_all(pd.Series(currencies), length=LABEL_LENGTH)),
        vertical_spacing=0.28 / len(currencies),
    )
    for row, currency in enumerate(currencies, start=1):
        part = table[(table[CURRENCY] == currency) & table[MONTH].notna()].sort_values(MONTH, kind="stable")
        _panel(figure, part, row)
    note = _note(table)
    under = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "yshift": -34}
    figure.add_annotation(text="<br>".join(note), xanchor="left", yanchor="top", **under)
    figure.update_annotations(showarrow=False, align="left")
    panels = min(_PANEL * len(currencies), ROWS_HEIGHT)
    return figure.update_layout(
        template=template(),
        title=safe(title),
        height=150 + panels + _LINE * len(note),
        showlegend=False,
        margin={"b": 50 + _LINE * len(note), "t": 90},
    )


def s_curve_table(by_period: pd.DataFrame) -> pd.DataFrame:
    """One row per currency and month: Currency, Month, PV, EV, AC, BAC, every estimate, and what is not defined.

    Takes and raises what :func:`s_curve` does; rows keep their order.
    """
    needed = [Project.currency, Project.period, *_LINES]
    frame = require(by_period, needed, made_by='roll_up(…, by=["currency", "period"])').reset_index(drop=True)
    headings = {name: line.heading for name, line in _LINES.items()} | _ESTIMATES
    table = pd.DataFrame(
        {
            CURRENCY: first_given(frame[Project.currency], otherwise=NO_CURRENCY),
            MONTH: frame[Project.period].astype("datetime64[us]"),
            **{heading: column_or_null(frame, name).astype("float64") for name, heading in headings.items()},
        }
    )
    missing = pd.Series("", index=frame.index, dtype="str")
    for name, heading in headings.items():
        why = reason_words(column_or_null(frame, reason_of(name)))
        missing = missing + (f"; {heading}: " + why).where(table[heading].isna(), "")
    said = missing.str.removeprefix("; ")
    return table.assign(**{_NOT_DEFINED: said.where(said != "", None)}).reset_index(drop=True)


def _panel(figure: go.Figure, part: pd.DataFrame, row: int) -> None:
    """One currency: the lines, the estimates of the last month, and a label at the end of each."""
    if part.empty:
        return
    first, last = part[MONTH].iloc[0], part[MONTH].iloc[-1]
    length = max(last - first, pd.Timedelta(days=60))
    days, hover = day_texts(part[MONTH]).tolist(), hover_of(part).tolist()
    for line in _LINES.values():
        figure.add_trace(_curve(part[line.heading], line, days, hover), row=row, col=1)
    end = part.iloc[-1]
    estimates = end[list(_ESTIMATES.values())].dropna().astype("float64").sort_values()
    at = last + _ESTIMATES_AT * length
    figure.add_trace(_estimates(estimates, at), row=row, col=1)
    headings = [line.heading for line in _LINES.values()]
    top = 1.08 * max(part[headings].max().max(), estimates.max() if len(estimates) else 0, 0)
    low = min(0, part[headings].min().min())
    gap = _LABEL_GAP * (top - low)
    ends = end[headings].dropna().astype("float64")
    # A label that was moved up must not leave the panel.
    top = max([top, *(place + gap for place in apart(estimates.tolist(), gap))])
    colours = {line.heading: line.colour for line in _LINES.values()}
    _label(figure, ends, last, gap, row=row, colours=colours)
    _label(figure, estimates, at, gap, row=row, colours=dict.fromkeys(estimates.index, PURPLE))
    shown = slice(None, None, 1 + (len(days) - 1) // 13)
    names = part[MONTH].dt.strftime("%b %Y").tolist()
    until = [str(first - 0.06 * length), str(last + _ENDS_AT * length)]
    figure.update_xaxes(tickvals=days[shown], ticktext=names[shown], range=until, row=row, col=1)
    figure.update_yaxes(range=[low, top] if top > low else None, row=row, col=1)


def _curve(values: pd.Series, line: _Line, days: list[str], hover: list[str]) -> go.Scatter:
    return go.Scatter(
        name=line.heading,
        x=days,
        y=values.astype("object").where(values.notna(), None).tolist(),
        mode="lines+markers",
        line={"color": line.colour, "dash": line.dash, "width": 2.5},
        marker={"symbol": line.symbol, "size": 8},
        connectgaps=False,
        customdata=hover,
        hovertemplate=HOVER,
    )


def _estimates(estimates: pd.Series, at: pd.Timestamp) -> go.Scatter:
    said = [f"{safe(name)}<br>{value:,.0f}" for name, value in estimates.items()]
    return go.Scatter(
        name="EAC",
        x=[str(at)] * len(estimates),
        y=estimates.tolist(),
        mode="lines+markers",
        line={"color": PURPLE, "width": 5},
        marker={"symbol": "diamond", "size": 11, "line": {"color": "#FFFFFF", "width": 1}},
        customdata=said,
        hovertemplate=HOVER,
    )


def _label(
    figure: go.Figure,
    values: pd.Series,
    at: pd.Timestamp,
    gap: float,
    *,
    row: int,
    colours: dict[str, str],
) -> None:
    """A label right of each value, moved up or down where two would overlap."""
    for (name, value), place in zip(values.items(), apart(values.tolist(), gap), strict=True):
        figure.add_annotation(
            x=str(at),
            y=place,
            text=f"{safe(name)} {amount_words(value)}",
            font={"color": colours[str(name)]},
            xanchor="left",
            xshift=10,
            row=row,
            col=1,
        )


def _note(table: pd.DataFrame) -> list[str]:
    """What the curves leave out, line by line; no line where they leave out nothing."""
    months = table[MONTH].dt.strftime("%b %Y")
    gaps = table[_NOT_DEFINED].notna() & table[MONTH].notna()
    said = "Not defined in " + table[CURRENCY] + ", " + months + ": " + table[_NOT_DEFINED].astype("str")
    lines = safe_all(said[gaps].iloc[:_NAMED], length=_NOTE_LENGTH).tolist()
    if gaps.sum() > _NAMED:
        lines.append(f"and {gaps.sum() - _NAMED:,} more months, named in the table")
    undated = int(table[MONTH].isna().sum())
    return [*lines, f"Rows without a month, not drawn: {undated:,}"] if undated else lines
