from __future__ import annotations

import pandas as pd
import pytest

from charts.frames import counts
from pmo_analytics import charts
from pmo_analytics.errors import UnknownName
from pmo_analytics.rollups import count_colours
from pmo_analytics.schemas.paints import PAINTS, STATES

RATED = pd.DataFrame(
    {
        "period": pd.to_datetime(["2026-03-31", "2026-03-31", "2026-05-31", "2026-06-30", None]),
        "rag_reported": ["green", None, "red", "amber_red", "green"],
        "rag_computed": ["red", "red", None, None, "green"],
    }
)


@pytest.mark.parametrize("view", ["reported", "computed"])
def test_a_column_is_as_high_as_its_month_has_projects(view: str) -> None:
    counted = count_colours(RATED, by="period")
    figure = charts.rag_over_time(counted, view=view)
    assert [trace.name for trace in figure.data] == [PAINTS[state].label for state in STATES]
    heights = [sum(values) for values in zip(*(trace.y for trace in figure.data), strict=True)]
    assert heights == counted["projects"].tolist() == [2, 1, 1, 1]
    assert figure.layout.title.subtitle.text == f"{view.capitalize()} colour"


def test_a_missing_month_leaves_a_gap_and_one_not_stated_stands_last() -> None:
    figure = charts.rag_over_time(count_colours(RATED, by="period"))
    first = figure.data[0].x[0]
    assert [place - first for place in figure.data[0].x] == [0, 2, 3, 5]
    assert list(figure.layout.xaxis.ticktext) == ["Mar 2026", "May 2026", "Jun 2026", "month not stated"]


def test_letters_stand_in_the_segments_and_unknown_is_hatched() -> None:
    by_name = {trace.name: trace for trace in charts.rag_over_time(count_colours(RATED, by="period")).data}
    assert by_name["X Not rated"].text == ("X 1", "", "", "")
    assert by_name["X Not rated"].marker.pattern.shape == "/"
    assert not by_name["R Red"].marker.pattern.shape
    assert by_name["R Red"].customdata[1] == "May 2026<br>Red: 1"
    assert not by_name["A Amber"].showlegend


def test_the_table_agrees_with_the_figure() -> None:
    counted = counts(30)
    table = charts.rag_over_time_table(counted)
    assert len(table) == len(counted)
    for trace in charts.rag_over_time(counted).data:
        assert list(trace.y) == table[trace.name].tolist()
    assert table["Projects"].tolist() == counted["projects"].tolist()


def test_an_unknown_view_is_refused() -> None:
    with pytest.raises(UnknownName, match="reported"):
        charts.rag_over_time(counts(2), view="reportd")


def test_january_follows_the_december_of_the_year_before() -> None:
    months = pd.to_datetime(["2025-01-31", "2025-12-31", "2026-01-31"])
    rated = pd.DataFrame({"period": months, "rag_reported": "green", "rag_computed": "green"})
    places = charts.rag_over_time(count_colours(rated, by="period")).data[0].x
    assert [place - places[0] for place in places] == [0, 11, 12]
