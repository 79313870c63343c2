"""Dates on a time axis: the days shown, the lane for what has no date, and the line of the as-of day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.charts.house import INK, PALE
from pmo_analytics.charts.wording import column_or_null
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    import plotly.graph_objects as go

    from pmo_analytics.portfolio import Portfolio

#: Days further from the as-of day are drawn at the edge: one mistyped year must not flatten all the others.
HORIZON = pd.DateOffset(years=15)
EDGE_WORDS = "Dates more than 15 years from the as-of day are drawn at the edge"
_SHORTEST = pd.Timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a time axis; ``lane`` is where marks without a date stand, left of the first day."""

    first: pd.Timestamp
    last: pd.Timestamp
    lane: pd.Timestamp
    clipped: bool

    @property
    def length(self) -> pd.Timedelta:
        """From the first day to the last."""
        return self.last - self.first

    def place(self, days: pd.Series) -> pd.Series:
        """Where each day is drawn, as text: at its place, at the edge, or in the lane."""
        inside = days.mask(days < self.first, self.first).mask(days > self.last, self.last)
        return day_texts(inside.fillna(self.lane))


def span_of(columns: Iterable[pd.Series], as_of: pd.Timestamp) -> Span:
    """The span that covers the as-of day and all days within the horizon."""
    days = pd.concat([pd.Series([as_of]), *columns]).dropna()
    inside = days[(days >= as_of - HORIZON) & (days <= as_of + HORIZON)]
    first, last = inside.min(), inside.max()
    if last - first < _SHORTEST:
        first, last = first - _SHORTEST, last + _SHORTEST
    return Span(first, last, first - 0.06 * (last - first), len(inside) < len(days))


def dates_of(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column as days; nothing but missing days where the frame lacks the column."""
    if name in frame:
        return frame[name].astype("datetime64[us]")
    return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")


def day_texts(days: pd.Series) -> pd.Series:
    """Days as plotly reads them; null stays null."""
    texts: pd.Series = days.dt.strftime("%Y-%m-%d").astype("object").where(days.notna(), None)
    return texts


def draw_time(figure: go.Figure, span: Span, as_of: pd.Timestamp, *, lane: str | None) -> None:
    """The time axis with the line of the as-of day and, where ``lane`` has words, the lane that they name."""
    ahead = span.last + 0.16 * span.length
    left = span.lane - 0.03 * span.length if lane else span.first - 0.02 * span.length
    figure.update_xaxes(type="date", range=[str(left), str(ahead)], side="top")
    if lane:
        right = span.lane + 0.03 * span.length
        figure.add_vrect(x0=str(left), x1=str(right), fillcolor=PALE, line_width=0, layer="below")
        figure.add_annotation(
            x=str(span.lane), y=0, yref="paper", yanchor="top", text=lane, showarrow=False, yshift=-4
        )
    line = {"x0": str(as_of), "x1": str(as_of), "y0": 0, "y1": 1, "yref": "paper"}
    figure.add_shape(type="line", layer="below", line={"color": INK, "width": 1.5, "dash": "dash"}, **line)
    words = f"as of {as_of:%d %b %Y}"
    figure.add_annotation(
        x=str(as_of), y=0, yref="paper", yanchor="top", text=words, showarrow=False, yshift=-4
    )


def project_dates(portfolio: Portfolio) -> pd.DataFrame:
    """The project list of the current period with the forecast finish of status: what :func:`roadmap` takes.

    One row per project of the current period, with the columns of projects; a forecast finish in status goes
    before one in the list, as it does in the metrics. Where it comes from a status that was carried forward,
    ``carried_from`` is the month of that. Projects that only reported status have a row without name and
    baseline. Raises nothing.

    >>> from pmo_analytics.portfolio import Portfolio
    >>> rows = {"project_id": ["P1"], "period": pd.to_datetime(["2026-06-30"])}
    >>> status = pd.DataFrame({**rows, "forecast_finish": pd.to_datetime(["2027-01-31"])})
    >>> project_dates(Portfolio({"status": status}, pd.Timestamp("2026-06-30")))["project_id"].tolist()
    ['P1']
    """
    now = {
        name: frame[frame[Project.period] == portfolio.period].drop_duplicates(Project.project_id)
        for name, frame in (("projects", portfolio.projects), ("status", portfolio.status))
    }
    ids = pd.Index(portfolio.project_ids, dtype="str", name=Project.project_id)
    listed = now["projects"].set_index(Project.project_id).reindex(ids)
    said = now["status"].set_index(Status.project_id).reindex(ids)
    finish = dates_of(said, Status.forecast_finish)
    known = finish.where(finish.notna(), dates_of(listed, Project.forecast_finish))
    month = column_or_null(said, Status.carried_from).where(finish.notna(), None)
    added = {Project.forecast_finish: known, Status.carried_from: month.astype("str")}
    return listed.assign(**added).reset_index()
