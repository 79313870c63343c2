"""How it looks: one figure per file, a computed table in, a plotly figure out, and its table to read instead."""

from pmo_analytics.charts.catalogue import CHARTS, Chart
from pmo_analytics.charts.cpi_spi import cpi_spi, cpi_spi_table
from pmo_analytics.charts.dates import project_dates
from pmo_analytics.charts.milestone_slip import milestone_slip, milestone_slip_table
from pmo_analytics.charts.rag_matrix import rag_matrix, rag_matrix_table
from pmo_analytics.charts.rag_mix import rag_mix, rag_mix_table
from pmo_analytics.charts.rag_over_time import rag_over_time, rag_over_time_table
from pmo_analytics.charts.risk_heat_map import risk_heat_map, risk_heat_map_table
from pmo_analytics.charts.roadmap import roadmap, roadmap_table
from pmo_analytics.charts.s_curve import s_curve, s_curve_table
from pmo_analytics.charts.treemap import treemap, treemap_table

__all__ = [
    "CHARTS",
    "Chart",
    "cpi_spi",
    "cpi_spi_table",
    "milestone_slip",
    "milestone_slip_table",
    "project_dates",
    "rag_matrix",
    "rag_matrix_table",
    "rag_mix",
    "rag_mix_table",
    "rag_over_time",
    "rag_over_time_table",
    "risk_heat_map",
    "risk_heat_map_table",
    "roadmap",
    "roadmap_table",
    "s_curve",
    "s_curve_table",
    "treemap",
    "treemap_table",
]
