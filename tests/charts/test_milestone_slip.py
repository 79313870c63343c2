from __future__ import annotations

import pytest

from charts.frames import AS_OF, marks, milestones
from pmo_analytics import charts


@pytest.mark.parametrize("rows", [1, 6, 40, 700])
def test_every_row_has_two_marks(rows: int) -> None:
    figure = charts.milestone_slip(milestones(rows), as_of=AS_OF)
    assert marks(figure, "baseline") == rows
    assert marks(figure) == 2 * rows
    assert sorted(y for t in figure.data if t.mode == "markers" for y in t.y) == sorted([*range(rows)] * 2)


def test_the_largest_slip_is_on_top_and_said_in_days() -> None:
    slips = [5.0, None, None, 90.0, 0.0, None]
    figure = charts.milestone_slip(milestones(6).assign(milestone_slip=slips), as_of=AS_OF)
    words = next(trace for trace in figure.data if trace.name == "days")
    said = ["+90 d", "+5 d", "cancelled", "no baseline", "no date now", "no dates"]
    assert [text.strip() for text in words.text] == said
    assert list(words.y) == [0, 1, 2, 3, 4, 5]


def test_what_has_no_date_stands_in_the_lane() -> None:
    figure = charts.milestone_slip(milestones(6), as_of=AS_OF)
    assert [note.text for note in figure.layout.annotations] == ["no date", "as of 30 Jun 2026"]
    lane = figure.layout.annotations[0].x[:10]
    assert sum(x == lane for t in figure.data if t.mode == "markers" for x in t.x) == 4


def test_without_gaps_there_is_no_lane() -> None:
    figure = charts.milestone_slip(milestones(1), as_of=AS_OF)
    assert [note.text for note in figure.layout.annotations] == ["as of 30 Jun 2026"]


def test_a_mistyped_year_is_drawn_at_the_edge_and_said() -> None:
    figure = charts.milestone_slip(milestones(6), as_of=AS_OF)
    assert "15 years" in figure.layout.title.subtitle.text
    assert max(x for t in figure.data if t.mode == "markers" for x in t.x) < "2042"
    assert any("01 Jan 2206" in hover for hover in figure.data[1].customdata)


def test_states_differ_in_symbol() -> None:
    figure = charts.milestone_slip(milestones(6), as_of=AS_OF)
    symbols = {trace.name: trace.marker.symbol for trace in figure.data if trace.mode == "markers"}
    assert set(symbols) == {"baseline", "overdue", "ahead", "reached", "cancelled"}
    assert len(set(symbols.values())) == len(symbols)


def test_the_table_is_in_the_order_of_the_figure() -> None:
    table = charts.milestone_slip_table(milestones(6))
    assert table["Slip, days"].tolist()[0] == 120
    assert table["State"].tolist()[0] == "overdue"
    assert "none given" in table["Project"].tolist()


def test_without_names_of_entities_their_identifiers_stand_there() -> None:
    table = charts.milestone_slip_table(milestones(1).drop(columns="entity_name"))
    assert table["Project"].tolist() == ["P1"]
