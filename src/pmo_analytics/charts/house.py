"""The house style: fonts, lines and sizes of every figure, and how text gets into one."""

from __future__ import annotations

import html
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.errors import InvalidTable
from pmo_analytics.schemas.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

FONT = "Arial, Helvetica, sans-serif"
INK = "#222222"
GRID = "#D9D9D9"

#: Longest label beside an axis; the hover text has the whole of it.
LABEL_LENGTH = 40

#: Hover text comes as data, whole and safe; a template never holds text from data.
HOVER = "%{customdata}<extra></extra>"

#: Colours for what is not a rating; they differ in lightness too.
BLUE, ORANGE, PURPLE, PALE = "#1F5FA8", "#C75B12", "#6B3E8F", "#F2F2F2"

#: What is not rated is hatched over its grey, so lightly that the letter stays readable.
HATCH = MappingProxyType(
    {"shape": "/", "fillmode": "overlay", "fgcolor": "#B4B4B4", "fgopacity": 1.0, "size": 7}
)

#: Height of a row of a figure with one row per thing, of all its rows together, and of a readable label.
ROW_HEIGHT, ROWS_HEIGHT, LABEL_HEIGHT = 24, 12_000, 14

#: Signs that turn the direction of what follows: in a name they would turn our own words behind it too.
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def template() -> go.layout.Template:
    """The house template: white ground, plain font, no decoration."""
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "color": INK, "size": 12},
            "title": {"x": 0, "xanchor": "left", "font": {"size": 16}},
            "paper_bgcolor": "#FFFFFF",
            "plot_bgcolor": "#FFFFFF",
            "margin": {"l": 20, "r": 20, "t": 60, "b": 30},
            "hoverlabel": {"align": "left"},
            "xaxis": {"gridcolor": GRID, "zeroline": False, "automargin": True},
            "yaxis": {"gridcolor": GRID, "zeroline": False, "automargin": True},
        }
    )


def safe(text: object) -> str:
    """Text from data as a figure may show it: no markup, links, formulas, lone surrogates or turns of direction.

    >>> safe("<b>$x$</b>"), safe("\\u202eevil")
    ('&lt;b&gt;&#36;x&#36;&lt;/b&gt;', 'evil')
    """
    whole = _plain(text).encode("utf-8", errors="replace").decode("utf-8")
    # plotly knows few entities by name, and shows the others as they are written.
    return html.escape(whole).replace("&quot;", "&#34;").replace("$", "&#36;")


def safe_all(texts: pd.Series, *, missing: str = "", length: int | None = None) -> pd.Series:
    """Every text made :func:`safe`, cut to ``length`` characters, with ``missing`` in place of nulls."""
    filled = texts.astype("object").where(texts.notna(), missing)
    return filled.map(lambda text: safe(_cut(_plain(text), length)))


def _plain(text: object) -> str:
    return str(text).translate(_TURNING)


def _cut(text: str, length: int | None) -> str:
    return text if length is None or len(text) <= length else text[: length - 1] + "…"


def row_height(rows: int) -> float:
    """Pixels for each of so many rows: a comfortable height, less where the figure would grow too tall.

    >>> row_height(10), row_height(2_000)
    (24, 6.0)
    """
    return min(ROW_HEIGHT, ROWS_HEIGHT / max(rows, 1))


def label_step(rows: int) -> int:
    """Of so many rows every how many-th one has room for a label; the hover text has them all.

    >>> label_step(10), label_step(2_000)
    (1, 3)
    """
    return max(1, ceil(LABEL_HEIGHT / row_height(rows)))


def lay_out_rows(figure: go.Figure, rows: int, *, title: str, subtitle: str) -> go.Figure:
    """The figure with room for so many rows, and above them title, subtitle and legend, in this order."""
    height = 180 + row_height(rows) * rows
    return figure.update_layout(
        template=template(),
        title={
            "text": safe(title),
            "subtitle": {"text": safe(subtitle)},
            "y": 1 - 12 / height,
            "yref": "container",
            "yanchor": "top",
        },
        height=height,
        margin={"t": 130, "b": 40},
        legend={
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 1 - 62 / height,
            "yref": "container",
            "yanchor": "top",
        },
    )


def states_of(colours: pd.Series) -> pd.Series:
    """The colours of a column, with ``unknown`` in place of nulls."""
    return colours.astype("object").where(colours.notna(), UNKNOWN)


def require(frame: object, columns: Iterable[str], *, made_by: str) -> pd.DataFrame:
    """The frame, if it is a pandas frame with those columns; else raises ``InvalidTable``."""
    if not isinstance(frame, pd.DataFrame):
        raise InvalidTable(
            f"a chart takes a pandas frame, not {type(frame).__name__}; call .to_pandas() (DuckDB: .df()) first."
        )
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise InvalidTable(f"the frame lacks {', '.join(missing)}; pass what {made_by} returned.")
    return frame


def empty_figure(words: str) -> go.Figure:
    """A figure without marks that says so in words."""
    figure = go.Figure(layout={"template": template(), "height": 200})
    figure.update_xaxes(visible=False).update_yaxes(visible=False)
    return figure.add_annotation(text=safe(words), showarrow=False, font={"size": 16})
