"""How it looks: one figure per file, a computed table in, a plotly figure out."""

from pmo_analytics.charts.rag_matrix import rag_matrix
from pmo_analytics.charts.rag_mix import rag_mix

__all__ = ["rag_matrix", "rag_mix"]
