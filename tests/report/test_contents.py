from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from pmo_analytics.metrics.measuring import measure
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.rag.rating import rate
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.report.contents import GROUPED, MONTHLY, TOTALS, Contents, contents
from pmo_analytics.report.reasons import COLUMNS
from pmo_analytics.rollups import count_colours, roll_up

from .conftest import project, status


@pytest.fixture(scope="module")
def made(small: Portfolio) -> Contents:
    return contents(small)


def test_figures_are_those_of_the_floors_below(small: Portfolio, made: Contents) -> None:
    rated = rate(measure(small))
    assert_frame_equal(made.projects, rated)
    assert_frame_equal(made.totals, roll_up(small, metrics=TOTALS))
    assert_frame_equal(made.colours, count_colours(rated))
    by = roll_up(small, by="department", metrics=GROUPED)
    # amounts of no group are in several currencies: the report says of each group what they are in
    own = [column for column in by if column != "currency"]
    assert_frame_equal(made.departments[own], by[own])
    assert_frame_equal(made.by_period, roll_up(small, by=["currency", "period"], metrics=MONTHLY))


def test_heading_and_movement(small: Portfolio) -> None:
    made = contents(small, title="June")
    assert (made.title, made.briefing.reporting.reported, made.currency) == ("June", 2, ("GBP",))
    assert (made.rule_set, made.rule_set_hash) == (load_rules().label, load_rules().hash)
    assert made.moved is not None
    assert (made.previous, made.moved.joined, made.moved.left) == (pd.Timestamp("2026-05-31"), 3, 1)


def test_counts_of_groups_add_up(made: Contents) -> None:
    for frame in (made.departments, made.programmes):
        counts = [name for name in frame if name.startswith("computed_")]
        assert (frame[counts].sum(axis=1) == frame["projects"]).all()
        assert frame["projects"].sum() == 3


def test_one_reason_per_project_and_dimension_with_rules(made: Contents) -> None:
    reasons = made.reasons
    assert tuple(reasons) == COLUMNS
    dimensions = ["overall", "schedule", "cost", "risk"]
    assert reasons["dimension"].tolist() == dimensions * 3
    assert reasons["project_id"].tolist() == [f"P00{n}" for n in (1, 2, 3) for _ in dimensions]


def test_reasons_agree_with_the_rated_table(made: Contents) -> None:
    rated = made.projects.set_index("project_id")
    cost = made.reasons[made.reasons["dimension"] == "cost"].set_index("project_id")
    for name, column in (
        ("colour", ""),
        ("rule", "_rule"),
        ("figure", "_figure"),
        ("threshold", "_threshold"),
    ):
        expected = rated[f"computed_cost{column}"]
        assert (
            cost[name].astype("object").where(cost[name].notna(), None).tolist()
            == expected.astype("object").where(expected.notna(), None).tolist()
        )


def test_sentences_name_figure_and_limit_or_what_is_missing(made: Contents) -> None:
    said = made.reasons.set_index(["project_id", "dimension"])["sentence"]
    assert said["P002", "cost"] == "CPI 0.77 is below 0.90: red"
    assert said["P002", "overall"] == "at least 1 critical dimension is red; from 2 of 7 dimensions"
    assert said["P001", "overall"] == "no overall rule for another colour holds; from 2 of 7 dimensions"
    assert said["P003", "cost"].startswith("not rated; Cost performance index: no data; ")
    assert said["P003", "overall"].startswith(
        "not rated: too few of the required dimensions (schedule, cost)"
    )


def test_a_portfolio_of_nothing_has_empty_tables(empty: Portfolio) -> None:
    made = contents(empty)
    assert (made.period, made.moved, made.briefing.reporting.listed) == (None, None, 0)
    assert len(made.projects) == len(made.reasons) == len(made.departments) == len(made.currencies) == 0
    assert made.colours["projects"].item() == 0


@pytest.mark.parametrize(("second", "rows"), [("GBP", 0), ("EUR", 2)])
def test_several_currencies_are_totalled_apart(
    make: Callable[..., Portfolio], second: str, rows: int
) -> None:
    made = contents(make([project(1), project(2, currency=second)], [status(1), status(2, currency=second)]))
    assert len(made.currencies) == rows
    assert made.totals["bac"].isna().item() is (second == "EUR")


def test_the_portfolio_is_not_changed(small: Portfolio) -> None:
    before = {name: frame.copy(deep=True) for name, frame in small.tables.items()}
    contents(small)
    for name, frame in small.tables.items():
        assert_frame_equal(frame, before[name])


def test_every_group_says_what_its_amounts_are_in(make: Callable[..., Portfolio]) -> None:
    owners = {1: ("RAIL", "GBP"), 2: ("RAIL", "EUR"), 3: ("SEA", "EUR"), 4: ("AIR", None), 5: ("SEA", "EUR")}
    rows = [project(n, programme_id=group, currency=code) for n, (group, code) in owners.items()]
    said = [status(n, currency=code) for n, (_, code) in owners.items()]
    programmes = contents(make(rows, said)).programmes.set_index("programme_id")
    assert programmes["currency"].to_dict() == {"RAIL": "several", "SEA": "EUR", "AIR": "currency not stated"}
    assert programmes["bac"].notna().to_dict() == {"RAIL": False, "SEA": True, "AIR": True}
