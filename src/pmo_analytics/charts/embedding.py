"""Figures inside a page of one's own: the plotly script itself, and a figure as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotly.offline import get_plotlyjs

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: What cannot stand between script tags as it is, and how JSON writes it instead.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def plotly_script() -> str:
    """The text of plotly.js as it travels with plotly, so that a page needs no network."""
    script: str = get_plotlyjs()
    return script


def figure_json(figure: go.Figure) -> str:
    """The figure as JSON that can stand inside a script element: no tag in it ends anything.

    >>> import plotly.graph_objects as go
    >>> "</script>" in figure_json(go.Figure(layout={"title": "</script>"}))
    False
    """
    text: str = figure.to_json()
    for sign, written in _ESCAPES.items():
        text = text.replace(sign, written)
    return text
