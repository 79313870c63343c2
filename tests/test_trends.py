"""Movement: categories, the break of the scale, and counts that add up."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_analytics.errors import InvalidTable, UnknownName
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.schemas.tables import table
from pmo_analytics.trends import MATCHED, amount_movement, movement

MAY, JUNE = pd.Timestamp("2026-05-31"), pd.Timestamp("2026-06-30")
COLOURS = ("green", "amber_green", "amber", "amber_red", "red")


def _typed(name, **columns):
    frame = pd.DataFrame(columns)
    return frame.reindex(columns=list(table(name).dtypes())).astype(table(name).dtypes())


def _portfolio(period, rated, listed=(), earlier=()):
    """A portfolio of {project: (colour, scale)}, of projects that are only listed, and of earlier ones."""
    status = _typed(
        "status",
        project_id=[*rated, *earlier],
        period=[period] * len(rated) + [period - pd.offsets.MonthEnd(3)] * len(earlier),
        rag_reported=[colour for colour, _ in rated.values()] + ["red"] * len(earlier),
        rag_scale=[scale for _, scale in rated.values()] + [None] * len(earlier),
    )
    projects = _typed("projects", project_id=list(listed), period=[period] * len(listed))
    return Portfolio({"status": status, "projects": projects}, period)


FIVE, THREE = "five_point", "three_point"
CASES = [
    ("amber", None, "green", None, "improved"),
    ("green", None, "amber", None, "worsened"),
    ("red", None, "red", None, "same"),
    (None, None, "red", None, "not_comparable"),
    ("red", None, None, None, "not_comparable"),
    ("amber_green", FIVE, "amber", FIVE, "worsened"),
    ("amber_red", FIVE, "red", FIVE, "worsened"),
    ("amber_green", FIVE, "amber", THREE, "same"),
    ("amber_red", FIVE, "red", THREE, "same"),
    ("amber_red", FIVE, "amber", THREE, "improved"),
    ("amber_green", FIVE, "green", THREE, "improved"),
    ("amber", THREE, "amber_green", FIVE, "same"),
    ("amber_green", FIVE, "amber", None, "worsened"),
    ("amber_green", None, "amber", THREE, "worsened"),
]


@pytest.mark.parametrize(("before", "scale", "after", "new_scale", "category"), CASES)
def test_one_project(before, scale, after, new_scale, category):
    moved = movement(_portfolio(MAY, {"P1": (before, scale)}), _portfolio(JUNE, {"P1": (after, new_scale)}))
    assert moved.table["category"].tolist() == [category]
    assert getattr(moved, category) == moved.matched == 1
    assert moved.across_scale_break is bool(scale and new_scale and scale != new_scale)
    told = [None if pd.isna(colour) else colour for colour in moved.table.loc[0, ["before", "after"]]]
    assert told == [before, after]


@pytest.mark.parametrize("carried", [("P1",), ("P1", "P2"), ()])
def test_a_colour_carried_forward_is_no_news(carried):
    a = _portfolio(MAY, {"P1": ("green", None), "P2": ("green", None)})
    b = _portfolio(JUNE, {"P1": ("green", None), "P2": ("red", None)})
    marks = b["status"]["project_id"].map(lambda project: "2026-05" if project in carried else None)
    status = b["status"].assign(carried_from=marks.astype("str"))
    moved = movement(a, Portfolio({"status": status, "projects": b["projects"]}, JUNE))
    own = {"P1": "same", "P2": "worsened"} | dict.fromkeys(carried, "not_comparable")
    assert moved.table.set_index("project_id")["category"].to_dict() == own


def test_joined_left_and_listed_only():
    a = _portfolio(MAY, {"P1": ("red", FIVE), "P2": ("green", FIVE)}, listed=["P4"], earlier=["P3", "P9"])
    b = _portfolio(JUNE, {"P1": ("red", FIVE), "P3": ("amber", THREE)}, listed=["P4", "p2"])
    moved = movement(a, b)
    assert moved.table.set_index("project_id")["category"].to_dict() == {
        "P1": "same",
        "P2": "left",
        "P3": "joined",
        "P4": "not_comparable",
        "p2": "joined",
    }
    assert (moved.matched, moved.joined, moved.left) == (2, 2, 1)
    assert not moved.across_scale_break


def test_each_portfolio_speaks_for_its_own_period():
    status = _typed(
        "status",
        project_id=["P1", "P1", "P2"],
        period=[MAY, JUNE, MAY],
        rag_reported=["green", "red", "green"],
    )
    both = Portfolio({"status": status}, JUNE)
    moved = movement(both.at("2026-05-31"), both)
    assert (moved.worsened, moved.left, moved.matched) == (1, 1, 1)


def test_two_empty_portfolios():
    empty = Portfolio({}, JUNE)
    moved = movement(empty, empty)
    assert (moved.matched, moved.joined, moved.left, len(moved.table)) == (0, 0, 0, 0)
    assert list(moved.table) == ["project_id", "before", "after", "category"]


_RATED = st.dictionaries(
    st.sampled_from([f"P{n}" for n in range(8)]),
    st.tuples(st.sampled_from([*COLOURS, None]), st.sampled_from([FIVE, THREE, None])),
)


@settings(max_examples=30, deadline=None)  # counts, not time, are what is tested
@given(_RATED, _RATED)
def test_the_parts_add_up(before, after):
    a, b = _portfolio(MAY, before), _portfolio(JUNE, after)
    moved, back = movement(a, b), movement(b, a)
    assert moved.matched == sum(getattr(moved, name) for name in MATCHED)
    assert moved.matched + moved.left == len(a.project_ids) == len(before)
    assert moved.matched + moved.joined == len(b.project_ids) == len(after)
    assert len(moved.table) == moved.matched + moved.joined + moved.left
    assert (moved.improved, moved.joined) == (back.worsened, back.left)
    assert (moved.same, moved.not_comparable) == (back.same, back.not_comparable)


RATES = _typed(
    "fx_rates",
    rate_set=["Spot", "Spot"],
    from_currency=["EUR", "EUR"],
    to_currency=["GBP", "GBP"],
    period=[MAY, JUNE],
    rate=[0.8, 0.9],
)


def _of_amounts(period, amounts, rates=RATES):
    """A portfolio of {project: (bac, currency)}."""
    projects = _typed(
        "projects",
        project_id=list(amounts),
        period=[period] * len(amounts),
        bac=[bac for bac, _ in amounts.values()],
        currency=[code for _, code in amounts.values()],
    )
    return Portfolio({"projects": projects, "fx_rates": rates}, period)


BEFORE = {"A": (100.0, "GBP"), "B": (100.0, "EUR"), "C": (30.0, "GBP"), "E": (None, "EUR")}
AFTER = {"A": (120.0, "GBP"), "B": (110.0, "EUR"), "D": (10.0, "EUR"), "C": (None, "GBP"), "E": (None, "EUR")}
LINES = ["before", "left", "joined", "changed", "exchange", "after"]


def test_amounts_move_at_one_set_of_rates_and_the_exchange_effect_is_apart():
    moved = amount_movement(_of_amounts(MAY, BEFORE), _of_amounts(JUNE, AFTER), "bac", currency="GBP")
    assert moved["line"].tolist() == LINES
    # 100 + 80 + 30; C lost its 30; D is 8; A 20 and B 8 more; at June's rates 108 of EUR are 12 more
    assert moved["amount"].tolist() == pytest.approx([210, -30, 8, 20 + 8, 12, 120 + 99 + 9])
    assert moved["projects"].tolist() == [3, 1, 1, 2, 3, 3]
    amounts = moved.set_index("line")["amount"]
    assert amounts[LINES[:-1]].sum() == pytest.approx(amounts["after"])


def test_in_one_currency_there_is_no_exchange_effect():
    before, after = ({"A": (bac, "GBP")} for bac in (100.0, 90.0))
    moved = amount_movement(_of_amounts(MAY, before), _of_amounts(JUNE, after), "bac")
    assert moved["amount"].tolist() == [100, 0, 0, -10, 0, 90]


def test_the_rates_of_the_month_before_are_those_that_it_knew():
    later = RATES.assign(rate=[9.9, 0.9])
    moved = amount_movement(_of_amounts(MAY, BEFORE), _of_amounts(JUNE, AFTER, later), "bac", currency="GBP")
    assert moved["amount"].tolist() == pytest.approx([210, -30, 8, 28, 12, 228])


def test_several_currencies_ask_for_one():
    with pytest.raises(InvalidTable, match="bac is in EUR, GBP; pass currency="):
        amount_movement(_of_amounts(MAY, BEFORE), _of_amounts(JUNE, AFTER), "bac")


@pytest.mark.parametrize("metric", ["cpi", "issues_open", "nothing"])
def test_only_sums_of_money_move(metric):
    with pytest.raises(UnknownName, match="sum of money"):
        amount_movement(_of_amounts(MAY, BEFORE), _of_amounts(JUNE, AFTER), metric)


def test_an_amount_of_no_currency_is_not_added_to_others():
    of = {"A": (100.0, "GBP"), "B": (5.0, None)}
    with pytest.raises(InvalidTable, match="bac is in GBP, no currency"):
        amount_movement(_of_amounts(MAY, of), _of_amounts(JUNE, of), "bac")
    with pytest.raises(InvalidTable, match="into what"):
        amount_movement(_of_amounts(MAY, of), _of_amounts(JUNE, of), "bac", rate_set="Spot")
