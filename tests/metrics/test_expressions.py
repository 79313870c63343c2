"""The shapes of expressions: what is made of nulls, of 0 and of words that differ by case alone."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest

from pmo_analytics.metrics import expressions as shape

A, B = nw.col("a"), nw.col("b")


def values(made: nw.Expr, **columns: list[object]) -> list[object]:
    return nw.from_native(pl.DataFrame(columns)).select(made.alias("made"))["made"].to_list()


def test_only_nothing_is_left_out_of_what_is_divided_by() -> None:
    assert values(shape.nonzero(A), a=[-2.0, -0.5, 0.0, 0.5, 2.0, None]) == [-2.0, -0.5, None, 0.5, 2.0, None]


def test_a_value_is_present_where_the_others_are_given() -> None:
    assert values(shape.present(A, B), a=[1.0, 2.0, None], b=[0.0, None, 1.0]) == [1.0, None, None]
    assert values(shape.given(A, B), a=[1.0, None, 1.0], b=[0.0, 1.0, None]) == [True, False, False]


def test_a_flag_is_one_or_nought_or_nothing() -> None:
    assert values(shape.flag(A > 1, A < 1), a=[2.0, 0.0, 1.0, None]) == [1.0, 0.0, None, None]
    both = [(A > 1, shape.number(5)), (A > 0, shape.number(6))]
    assert values(shape.first_true(both, shape.number(7)), a=[2.0, 1.0, 0.0]) == [5.0, 6.0, 7.0]


@pytest.mark.parametrize(
    ("one", "other", "alike", "same"),
    [
        ("GBP", "GBP", True, True),
        ("GBP", "EUR", False, False),
        (" gbp", "GBP ", False, True),
        (None, "GBP", True, False),
        ("GBP", None, True, False),
        (None, None, True, False),
    ],
)
def test_a_missing_currency_is_that_of_the_other_and_a_missing_word_is_none(
    one: str | None, other: str | None, alike: bool, same: bool
) -> None:
    columns = {"a": [one, "x"], "b": [other, "x"]}
    assert bool(values(shape.same_currency(A, B), **columns)[0]) is alike
    assert values(shape.same_word(A, B), **columns)[0] is same


def test_a_word_is_one_of_some_or_not() -> None:
    assert values(shape.one_of(A, ["x", "y"]), a=["x", "z", None, "X"]) == [True, False, False, False]
