from __future__ import annotations

import pandas as pd
import pytest

from charts.frames import marks, numbers, rated
from pmo_analytics import charts
from pmo_analytics.schemas.paints import PAINTS


@pytest.mark.parametrize("rows", [1, 2, 7, 40, 500])
def test_every_row_is_a_mark_within_view(rows: int) -> None:
    figure = charts.cpi_spi(rated(rows))
    assert marks(figure) == rows
    for trace in figure.data:
        if trace.mode == "markers":
            assert all(figure.layout.xaxis.range[0] <= x <= figure.layout.xaxis.range[1] for x in trace.x)
            assert all(figure.layout.yaxis.range[0] <= y <= figure.layout.yaxis.range[1] for y in trace.y)


def test_symbol_and_fill_are_those_of_the_reported_colour() -> None:
    for trace in charts.cpi_spi(rated(7)).data:
        if trace.mode == "markers":
            paint = next(paint for paint in PAINTS.values() if paint.label == trace.name)
            assert (trace.marker.symbol, trace.marker.color) == (paint.symbol, paint.fill)


def of_project(figure: object, project: str) -> tuple[float, float, str]:
    return next(
        (x, y, hover)
        for trace in figure.data  # type: ignore[attr-defined]
        if trace.mode == "markers"
        for x, y, hover in zip(trace.x, trace.y, trace.customdata, strict=True)
        if f"Project ID: {project}<br>" in hover
    )


def test_what_is_not_defined_stands_in_the_lane_with_its_reason() -> None:
    figure = charts.cpi_spi(rated(7))
    left = figure.layout.shapes[0].x1
    below = figure.layout.shapes[1].y1
    x, y, hover = of_project(figure, "Bridge")
    assert x < left
    assert y > below
    assert "Why no CPI: no cost" in hover
    x, y, hover = of_project(figure, "P2")
    assert x > left
    assert y < below
    assert "Why no SPI: complete" in hover
    x, y, hover = of_project(figure, "P6")
    assert x < left
    assert y < below
    assert "Why no CPI: no data" in hover


def test_far_figures_are_drawn_at_the_edge_with_the_true_figure() -> None:
    figure = charts.cpi_spi(rated(7))
    x, _, hover = of_project(figure, "P4")
    assert x == pytest.approx(1.6)
    assert "CPI: 25.00" in hover or "CPI: 25" in hover
    text = next(trace for trace in figure.data if trace.mode == "text").text
    assert "P4 CPI 25.00 SPI -2.00" in text


def test_marks_in_a_lane_do_not_cover_each_other() -> None:
    frame = rated(12).assign(cpi=numbers([None], 12), spi=numbers([None], 12))
    figure = charts.cpi_spi(frame)
    places = {(x, y) for t in figure.data if t.mode == "markers" for x, y in zip(t.x, t.y, strict=True)}
    assert len(places) == 12


def test_sizes_are_bounded_and_per_currency() -> None:
    frame = rated(2).assign(currency=["GBP", "EUR"], bac=[1.0, 1e12], spi=[1.0, 1.0])
    sizes = [
        size for trace in charts.cpi_spi(frame).data if trace.mode == "markers" for size in trace.marker.size
    ]
    assert sizes == [38, 38]
    unknown = charts.cpi_spi(rated(1).assign(bac=[None])).data[1].marker.size
    assert list(unknown) == [11]


def test_the_table_says_where_each_mark_is() -> None:
    table = charts.cpi_spi_table(rated(7))
    assert table["Drawn"].tolist()[:2] == ["at its place", "in the lane of what is not defined"]
    assert table["Drawn"].tolist()[3] == "at the edge"
    assert table["Reported"].tolist()[-1] == "X Not rated"
    assert pd.isna(table["Why no CPI"].iloc[0])


def test_what_is_carried_forward_says_from_when_at_its_mark_in_hover_and_table() -> None:
    frame = rated(7).assign(carried_from=["2026-05", *[None] * 6])
    table = charts.cpi_spi_table(frame)
    assert table["Reported"].tolist()[:2] == ["G Green (May 2026)", "AG Amber/Green"]
    figure = charts.cpi_spi(frame)
    assert "Reported: G Green (May 2026)" in of_project(figure, "P1")[2]
    assert "P1 (May 2026)" in next(trace for trace in figure.data if trace.mode == "text").text
    assert next(trace.name for trace in figure.data if trace.mode == "markers") == "G Green"
    assert marks(figure) == 7


def test_the_month_is_shown_in_a_crowd_too() -> None:
    steps = [0.95 + step / 200 for step in range(21)]
    crowd = pd.DataFrame({"cpi": steps}).merge(pd.DataFrame({"spi": steps}), how="cross")
    middle = pd.Series(None, crowd.index, dtype="str")
    middle[len(crowd) // 2] = "2026-05"
    frame = rated(1).drop(columns=["cpi", "spi"]).merge(crowd, how="cross").assign(carried_from=middle)
    text = next(trace for trace in charts.cpi_spi(frame).data if trace.mode == "text").text
    assert "P1 (May 2026)" in text


def test_cpi_goes_to_the_right_and_spi_upwards() -> None:
    figure = charts.cpi_spi(rated(7))
    assert of_project(figure, "P1")[:2] == (0.8, 0.9)
    assert figure.layout.xaxis.title.text.startswith("CPI: ")
    assert figure.layout.yaxis.title.text.startswith("SPI: ")
