"""Native charts: drawn by Excel from the cells of a sheet, so that a reader can follow and change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pmo_analytics.charts.house import GRID
from pmo_analytics.report.texts import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_FONT = {"name": "Arial", "size": 9}
_TITLE = {"name": "Arial", "size": 11, "bold": True}
#: Colours of figures, none of them that of a RAG state, apart in lightness, each with a dash and a marker.
LINES = (
    ("#1F3A5F", "solid", "circle"),
    ("#C05A00", "dash", "square"),
    ("#4F8FCB", "round_dot", "triangle"),
    ("#6F6F6F", "long_dash", "diamond"),
    ("#7B4FA3", "square_dot", "x"),
)


@dataclass(frozen=True, slots=True)
class Cells:
    """A stretch of cells of a sheet: from row and column to row and column, counted from 0."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def count(self) -> int:
        """How many rows it has."""
        return self.last_row - self.first_row + 1

    def as_list(self) -> list[str | int]:
        """The form in which XlsxWriter takes it."""
        return [self.sheet, self.first_row, self.first_column, self.last_row, self.last_column]

    def column(self, at: int) -> Cells:
        """One column of it, counted from 0."""
        column = self.first_column + at
        return Cells(self.sheet, self.first_row, column, self.last_row, column)

    def rows(self, first: int, last: int) -> Cells:
        """The rows of it between two rows of the sheet."""
        return Cells(self.sheet, first, self.first_column, last, self.last_column)


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: its name, its values, and how it is painted."""

    name: str
    values: Cells
    paint: dict[str, Any]
    labels: bool = False
    ink: str = "#222222"


@dataclass(frozen=True, slots=True)
class Picture:
    """What a chart says beside its series: title, words in place of the picture, axes and size."""

    title: str
    words: str
    value_axis: str = ""
    number_format: str = "#,##0"
    width: int = 560
    height: int = 300
    legend: bool = True


def bars(
    workbook: Any,
    series: Sequence[Series],
    categories: Cells,
    picture: Picture,
    *,
    lying: bool = True,
    stacked: bool = True,
) -> Any:
    """A bar chart of those series, lying or upright, stacked or side by side."""
    kind: dict[str, str] = {"type": "bar" if lying else "column"}
    chart = workbook.add_chart(kind | ({"subtype": "stacked"} if stacked else {}))
    for one in series:
        chart.add_series(
            {
                "name": _words(one.name),
                "categories": categories.as_list(),
                "values": one.values.as_list(),
                "gap": 60,
                **one.paint,
                **(_labels(one) if one.labels else {}),
            }
        )
    return _dressed(chart, picture, lying=lying, from_nought=True)


def lines(workbook: Any, series: Sequence[Series], categories: Cells, picture: Picture) -> Any:
    """A line chart of those series; a cell without a number is a gap."""
    chart = workbook.add_chart({"type": "line"})
    for one in series:
        chart.add_series(
            {
                "name": _words(one.name),
                "categories": categories.as_list(),
                "values": one.values.as_list(),
                **one.paint,
            }
        )
    chart.show_blanks_as("gap")
    return _dressed(chart, picture, lying=False, from_nought=False)


def line_paint(at: int) -> dict[str, Any]:
    """How the line number ``at`` is drawn."""
    colour, dash, marker = LINES[at % len(LINES)]
    return {
        "line": {"color": colour, "width": 2, "dash_type": dash},
        "marker": {"type": marker, "size": 6, "fill": {"color": colour}, "border": {"color": colour}},
    }


def bar_paint(at: int) -> dict[str, Any]:
    """How the bars of series number ``at`` are filled."""
    return {"fill": {"color": LINES[at % len(LINES)][0]}, "border": {"color": "#FFFFFF"}}


def place(page: Any, chart: Any, row: int, column: int, picture: Picture) -> None:
    """Puts a chart onto a sheet, with the words that stand for it."""
    page.sheet.insert_chart(
        row,
        column,
        chart,
        {"description": page.texts.fit(picture.words), "object_position": 1, "x_offset": 6},
    )


def _words(text: str) -> str:
    """Words that a chart takes as words: XlsxWriter reads a name with a sheet and a cell in it as a reference."""
    return clean_text(text).replace("!", "\uff01").lstrip("=")


def _labels(one: Series) -> dict[str, Any]:
    # A label of nought would stand on its neighbour.
    return {"data_labels": {"value": True, "num_format": "#,##0;;;", "font": {"color": one.ink, **_FONT}}}


def _dressed(chart: Any, picture: Picture, *, lying: bool, from_nought: bool) -> Any:
    chart.set_title({"name": _words(picture.title), "overlay": False, "name_font": _TITLE})
    legend = {"position": "bottom", "font": _FONT} if picture.legend else {"none": True}
    chart.set_legend(legend)
    chart.set_size({"width": picture.width, "height": picture.height})
    categories = {"num_font": _FONT, "major_tick_mark": "none", "reverse": lying, "label_position": "low"}
    values: dict[str, Any] = {
        "num_font": _FONT,
        "num_format": picture.number_format,
        "major_gridlines": {"visible": True, "line": {"color": GRID}},
        "line": {"none": True},
        "name": _words(picture.value_axis),
        "name_font": _FONT,
        **({"min": 0} if from_nought else {}),
    }
    # XlsxWriter calls the axis that lies down x, and in a lying bar chart that is the one of the values.
    chart.set_x_axis(values if lying else categories)
    chart.set_y_axis(categories if lying else values)
    return chart
