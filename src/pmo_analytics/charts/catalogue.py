"""The catalogue of charts: what each is called, how it is drawn, the table beside it, and what it shows in words."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.charts.cpi_spi import cpi_spi, cpi_spi_table
from pmo_analytics.charts.milestone_slip import milestone_slip, milestone_slip_table
from pmo_analytics.charts.rag_matrix import rag_matrix, rag_matrix_table
from pmo_analytics.charts.rag_mix import rag_mix, rag_mix_table
from pmo_analytics.charts.rag_over_time import rag_over_time, rag_over_time_table
from pmo_analytics.charts.risk_heat_map import risk_heat_map, risk_heat_map_table
from pmo_analytics.charts.roadmap import roadmap, roadmap_table
from pmo_analytics.charts.s_curve import s_curve, s_curve_table
from pmo_analytics.charts.treemap import treemap, treemap_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd
    import plotly.graph_objects as go


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: ``draw`` makes the figure and ``table`` the same in rows; both take the same arguments.

    Only ``title`` is for ``draw`` alone. ``alt`` says in a sentence what the figure shows, for those who
    cannot see it.
    """

    name: str
    title: str
    draw: Callable[..., go.Figure]
    table: Callable[..., pd.DataFrame]
    alt: str


_ALL = (
    Chart(
        "rag_matrix",
        "Colour of each project",
        rag_matrix,
        rag_matrix_table,
        "A grid with a row per project: its reported colour, its computed colour and the colour of each "
        "dimension, as letter and fill.",
    ),
    Chart(
        "rag_mix",
        "Projects by colour",
        rag_mix,
        rag_mix_table,
        "Two stacked bars per group: how many projects have each reported colour, and each computed colour.",
    ),
    Chart(
        "rag_over_time",
        "Projects by colour, month by month",
        rag_over_time,
        rag_over_time_table,
        "A stacked column per month: how many projects have each colour, those not rated hatched.",
    ),
    Chart(
        "s_curve",
        "Planned, earned and spent to date",
        s_curve,
        s_curve_table,
        "Per currency, lines of planned value, earned value, actual cost and budget over the months, and the "
        "range of estimates at completion after the last month.",
    ),
    Chart(
        "cpi_spi",
        "Cost against schedule",
        cpi_spi,
        cpi_spi_table,
        "A mark per project: its cost performance index to the right, its schedule performance index upwards; "
        "projects with an undefined index stand in a lane of their own.",
    ),
    Chart(
        "milestone_slip",
        "Milestones: baseline to now",
        milestone_slip,
        milestone_slip_table,
        "A row per milestone, largest slip first: a line from its baseline day to its forecast or actual day, "
        "with the slip in days.",
    ),
    Chart(
        "roadmap",
        "Roadmap",
        roadmap,
        roadmap_table,
        "A row per project, by programme: its bar over time beside its baseline, the slip of its finish, and "
        "its gates as diamonds.",
    ),
    Chart(
        "risk_heat_map",
        "Open risks",
        risk_heat_map,
        risk_heat_map_table,
        "A grid of probability by impact: how many open threats and opportunities are in each cell, and how "
        "many have no score.",
    ),
    Chart(
        "treemap",
        "Budget by colour",
        treemap,
        treemap_table,
        "Per currency, a tile per project within its group: its area is the budget, its fill and letter the "
        "reported colour.",
    ),
)

#: Every chart by name, in the order in which people read them.
CHARTS: Mapping[str, Chart] = MappingProxyType({chart.name: chart for chart in _ALL})
