"""Figures of the page: which part of the contents each chart is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pmo_analytics.charts.catalogue import CHARTS
from pmo_analytics.charts.embedding import figure_json
from pmo_analytics.report.registers import due
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from pmo_analytics.report.contents import Contents

    Arguments = tuple[tuple[pd.DataFrame, ...], dict[str, Any]]

REPORTED, COMPUTED = RATED


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A figure on the page: title, words in its place, its data, and its table."""

    title: str
    alt: str
    data: Markup
    table: pd.DataFrame


#: Chart, title where it differs from that of the catalogue, and what it takes.
_TAKES: tuple[tuple[str, str | None, Callable[[Contents], Arguments]], ...] = (
    (
        "rag_mix",
        "Projects by colour and programme",
        lambda c: ((c.programmes,), {"by": Project.programme_id}),
    ),
    (
        "rag_over_time",
        "Reported colours, month by month",
        lambda c: ((c.colours_by_period,), {"view": REPORTED}),
    ),
    (
        "rag_over_time",
        "Computed colours, month by month",
        lambda c: ((c.colours_by_period,), {"view": COMPUTED}),
    ),
    ("s_curve", None, lambda c: ((c.by_period,), {})),
    ("cpi_spi", None, lambda c: ((c.projects,), {})),
    ("treemap", None, lambda c: ((c.projects,), {})),
    ("risk_heat_map", None, lambda c: ((c.risks,), {})),
    (
        "milestone_slip",
        "Milestones overdue or due in the next 90 days",
        lambda c: ((due(c.milestones),), {"as_of": c.as_of}),
    ),
    ("roadmap", None, lambda c: ((c.dates,), {"milestones": c.milestones, "as_of": c.as_of})),
    ("rag_matrix", None, lambda c: ((c.projects,), {})),
)


def figures(contents: Contents) -> list[Drawn]:
    """Every chart of the catalogue, drawn from the contents, in the order of the page."""
    return [_drawn(contents, *taken) for taken in _TAKES]


def _drawn(contents: Contents, name: str, title: str | None, takes: Callable[[Contents], Arguments]) -> Drawn:
    chart = CHARTS[name]
    frames, options = takes(contents)
    words = title or chart.title
    figure = chart.draw(*frames, **options, title="")
    return Drawn(words, chart.alt, Markup(figure_json(figure)), chart.table(*frames, **options))  # noqa: S704 - JSON without a sign that ends a script
