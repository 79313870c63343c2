from __future__ import annotations

import pandas as pd
import pytest

from pmo_analytics import charts
from pmo_analytics.errors import InvalidTable
from pmo_analytics.rollups import count_colours
from pmo_analytics.schemas.paints import PAINTS, STATES

RATED = pd.DataFrame(
    {
        "programme_id": ["RAIL", "RAIL", "<b>$x$</b>", None],
        "rag_reported": ["green", "green", "amber", None],
        "rag_computed": ["red", None, "amber", None],
    }
)


def test_two_bars_per_group_and_nothing_dropped() -> None:
    counts = count_colours(RATED, by="programme_id")
    figure = charts.rag_mix(counts, by="programme_id")
    assert [trace.name for trace in figure.data] == [PAINTS[state].label for state in STATES]
    totals = [sum(values) for values in zip(*(trace.x for trace in figure.data), strict=True)]
    assert totals == [n for n in counts["projects"] for _ in range(2)]
    assert sum(totals) == 2 * len(RATED)


def test_groups_are_labelled_and_escaped() -> None:
    figure = charts.rag_mix(count_colours(RATED, by="programme_id"), by="programme_id")
    labels = list(figure.layout.yaxis.ticktext)
    assert labels[0] == "&lt;b&gt;&#36;x&#36;&lt;/b&gt;, reported"
    assert labels[2:] == ["RAIL, reported", "RAIL, computed", "none given, reported", "none given, computed"]


def test_letters_stand_in_the_bars_and_unknown_is_hatched() -> None:
    figure = charts.rag_mix(count_colours(RATED))
    by_name = {trace.name: trace for trace in figure.data}
    assert list(by_name["G Green"].text) == ["G 2", ""]
    assert by_name["X Not rated"].marker.pattern.shape == "/"
    assert not by_name["R Red"].marker.pattern.shape


def test_no_projects_is_said_in_words() -> None:
    figure = charts.rag_mix(count_colours(RATED.iloc[:0]))
    assert [note.text for note in figure.layout.annotations] == ["No projects"]


def test_another_frame_is_refused() -> None:
    with pytest.raises(InvalidTable, match="reported_green"):
        charts.rag_mix(pd.DataFrame({"projects": [1]}))


def test_the_table_has_two_rows_per_group_and_agrees_with_the_bars() -> None:
    counts = count_colours(RATED, by="programme_id")
    table = charts.rag_mix_table(counts, by="programme_id")
    assert table["View"].tolist() == ["reported", "computed"] * len(counts)
    assert table["Group"].tolist()[-1] == "none given"
    for trace in charts.rag_mix(counts, by="programme_id").data:
        assert list(trace.x) == table[trace.name].tolist()
    assert charts.rag_mix_table(count_colours(RATED))["Group"].tolist() == ["all", "all"]


def test_signs_of_direction_do_not_turn_our_words() -> None:
    counts = count_colours(RATED.assign(programme_id="\u202eevil gnp.exe"), by="programme_id")
    labels = charts.rag_mix(counts, by="programme_id").layout.yaxis.ticktext
    assert list(labels) == ["evil gnp.exe, reported", "evil gnp.exe, computed"]


def test_the_legend_names_the_colours_that_a_project_has() -> None:
    figure = charts.rag_mix(count_colours(RATED))
    assert [trace.name for trace in figure.data if trace.showlegend] == [
        "G Green",
        "A Amber",
        "R Red",
        "X Not rated",
    ]
