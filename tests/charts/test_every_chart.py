"""What holds for every chart of the catalogue."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from charts.frames import MADE_OF, PAYLOADS, drawn
from pmo_analytics import charts
from pmo_analytics.errors import InvalidTable

NAMES = list(charts.CHARTS)
#: The markup that figures use themselves.
OURS = re.compile(r'</?b>|<br>|</?span(?: style="color:#[0-9A-F]{6}")?>')


def strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from strings(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from strings(value)


def templates(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("texttemplate", "hovertemplate"):
                yield value
            else:
                yield from templates(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from templates(value)


def test_the_catalogue_has_every_chart_with_words_and_table() -> None:
    assert set(NAMES) == set(MADE_OF)
    for name, chart in charts.CHARTS.items():
        assert (chart.name, chart.draw, chart.table) == (
            name,
            getattr(charts, name),
            getattr(charts, f"{name}_table"),
        )
        assert chart.alt.endswith(".")
        assert inspect.signature(chart.draw).parameters["title"].default == chart.title
    assert len({chart.alt for chart in charts.CHARTS.values()}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_takes_what_its_chart_takes(name: str) -> None:
    chart = charts.CHARTS[name]
    assert [*inspect.signature(chart.table).parameters] == [
        parameter for parameter in inspect.signature(chart.draw).parameters if parameter != "title"
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rows", [1, 7, 40])
def test_the_table_has_every_row(name: str, rows: int) -> None:
    make, arguments = MADE_OF[name]
    frame = make(rows)
    table = charts.CHARTS[name].table(frame, **arguments)
    assert len(table) == len(frame) * (2 if name == "rag_mix" else 1)
    assert not set(table.columns) & set(frame.columns)


@pytest.mark.parametrize("name", NAMES)
def test_no_rows_is_said_in_words(name: str) -> None:
    figure = drawn(name, 0)
    assert not figure.data
    assert figure.layout.annotations[0].text.startswith("No ")
    make, arguments = MADE_OF[name]
    assert charts.CHARTS[name].table(make(0), **arguments).empty


@pytest.mark.parametrize("name", NAMES)
def test_two_thousand_rows_are_drawn(name: str) -> None:
    figure = drawn(name, 2_000)
    assert figure.data
    assert 200 < figure.layout.height < 13_000


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_from_data_is_never_markup_nor_a_template(name: str, payload: str) -> None:
    figure = drawn(name, 12, payload, title=payload).to_dict()
    for string in strings(figure):
        assert "<" not in OURS.sub("", string).replace("<extra></extra>", "")
        assert "$" not in string
    assert set(templates(figure)) <= {
        "%{customdata}<extra></extra>",
        "%{text}",
        "%{label}<br>%{text}",
        *(
            f"{words}: %{{x}}<extra></extra>"
            for words in ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")
        ),
        "Not rated: %{x}<extra></extra>",
    }


@pytest.mark.parametrize("name", NAMES)
def test_long_names_are_cut_where_they_are_always_seen(name: str) -> None:
    figure = drawn(name, 12)
    seen = [*(figure.layout.yaxis.ticktext or ()), *(figure.layout.xaxis.ticktext or ())]
    seen += [text for trace in figure.data for text in (trace.text if trace.text is not None else ())]
    seen += [label for trace in figure.data if trace.type == "treemap" for label in trace.labels]
    assert not [text for text in seen if "n" * 50 in text]
    if name in ("rag_matrix", "cpi_spi", "milestone_slip", "roadmap", "treemap"):
        assert any("n" * 300 in text for text in strings(figure.to_dict()))


@pytest.mark.parametrize("name", NAMES)
def test_the_frame_is_not_changed_and_its_index_does_not_matter(name: str) -> None:
    make, arguments = MADE_OF[name]
    frame = make(12).set_axis([3] * len(make(12)))
    before = frame.copy(deep=True)
    figure = charts.CHARTS[name].draw(frame, **arguments)
    pd.testing.assert_frame_equal(frame, before)
    assert figure == drawn(name, 12)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("frame", [pd.DataFrame({"other": [1]}), {"project_id": ["P1"]}])
def test_another_frame_is_refused(name: str, frame: Any) -> None:
    arguments = MADE_OF[name][1]
    with pytest.raises(InvalidTable):
        charts.CHARTS[name].draw(frame, **arguments)
    with pytest.raises(InvalidTable):
        charts.CHARTS[name].table(frame, **arguments)


@pytest.mark.parametrize("name", NAMES)
def test_a_frame_of_nothing_but_nulls_is_drawn(name: str) -> None:
    make, arguments = MADE_OF[name]
    frame = make(6)
    counted = name in ("rag_mix", "rag_over_time")
    nulls = frame if counted else frame.apply(lambda column: pd.Series(None, frame.index, column.dtype))
    assert charts.CHARTS[name].draw(nulls, **arguments).layout.height
