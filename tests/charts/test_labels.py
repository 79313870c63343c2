from __future__ import annotations

from itertools import pairwise

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pmo_analytics.charts.labels import apart, beside, uncrowded

PLACES = st.lists(st.floats(-1e6, 1e6), max_size=8)


@given(PLACES)
def test_labels_end_up_apart_and_in_order(places: list[float]) -> None:
    moved = apart(places, 10.0)
    ordered = sorted(moved)
    assert all(b - a >= 10 - 1e-6 for a, b in pairwise(ordered))
    order = sorted(range(len(places)), key=lambda at: places[at])
    assert [moved[at] for at in order] == ordered


def test_labels_with_room_stay_where_they_are() -> None:
    assert apart([30.0, 0.0, 60.0], 10.0) == [30.0, 0.0, 60.0]


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), max_size=30))
def test_no_two_labels_that_are_shown_touch(places: list[tuple[float, float]]) -> None:
    frame = pd.DataFrame(places, columns=["x", "y"], dtype="float64")
    shown = frame[uncrowded(frame["x"], frame["y"], width=1, height=1)]
    assert not places or len(shown)
    for one in shown.itertuples():
        for other in shown.itertuples():
            assert one.Index == other.Index or abs(one.x - other.x) >= 1 or abs(one.y - other.y) >= 1


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300), st.floats(8, 40)), max_size=25))
def test_labels_beside_marks_touch_neither_each_other_nor_other_marks(
    places: list[tuple[float, float, float]],
) -> None:
    marks = pd.DataFrame(places, columns=["x", "y", "size"], dtype="float64")
    never = pd.Series(False, index=marks.index)
    shown = beside(marks[["x", "y"]], marks["size"], order=marks.index, pixel=(1.0, 1.0), always=never)
    assert shown.index.is_unique
    for one in shown.itertuples():
        for other in shown.itertuples():
            assert one.Index == other.Index or abs(one.x - other.x) >= 44 or abs(one.y - other.y) >= 12
        for mark in marks.itertuples():
            half = 0.7 * mark.size / 2
            far = abs(one.x - mark.x) >= half + 22 or abs(one.y - mark.y) >= half + 6
            assert one.Index == mark.Index or far


def test_a_label_that_must_be_shown_may_lie_on_a_mark() -> None:
    marks = pd.DataFrame({"x": [0.0, 0.0], "y": [0.0, 10.0]})
    sizes, always = pd.Series([20.0, 60.0]), pd.Series([True, False])
    shown = beside(marks, sizes, order=marks.index, pixel=(1.0, 1.0), always=always)
    assert list(shown.index) == [0, 1]


def test_a_longer_label_needs_more_room() -> None:
    marks = pd.DataFrame({"x": [0.0, 60.0, 180.0], "y": [0.0, 0.0, 0.0]})
    sizes, never = pd.Series([10.0] * 3), pd.Series([False] * 3)
    given = {"order": marks.index, "pixel": (1.0, 1.0), "always": never}
    assert beside(marks, sizes, **given)["y"].gt(0).all()
    shown = beside(marks, sizes, **given, longer=pd.Series([11, 0, 0]))
    assert shown["y"].gt(0).to_dict() == {0: True, 1: False, 2: True}


def test_a_label_that_must_be_shown_takes_a_free_place_first() -> None:
    marks = pd.DataFrame({"x": [0.0, 0.0], "y": [0.0, 16.0]})
    sizes, always = pd.Series([10.0, 10.0]), pd.Series([True, False])
    shown = beside(marks, sizes, order=marks.index, pixel=(1.0, 1.0), always=always)
    assert shown["y"].loc[0] < 0
