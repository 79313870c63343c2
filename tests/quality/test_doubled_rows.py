"""Doubled rows: which of them counts, what is undefined, and what is told; rows without a key."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pandas as pd
import pytest

from pmo_analytics.quality.doubled_rows import split_keys
from pmo_analytics.schemas.tables import table

Make = Callable[..., pd.DataFrame]


def test_rows_without_a_key_are_told_once(make: Make) -> None:
    rows = make(
        "status",
        {"project_id": "A"},
        {"project_id": " \u200b"},
        {"project_id": None},
        {"project_id": "B", "period": None},
        {"project_id": None, "period": None},
    )
    kept, told = split_keys(rows, "status")
    assert kept["project_id"].tolist() == ["A"]
    seen = told[["code", "column", "source_row"]].values.tolist()
    assert seen == [
        ["MISSING_KEY", "project_id", 3],
        ["MISSING_KEY", "project_id", 4],
        ["MISSING_KEY", "project_id", 6],
        ["MISSING_PERIOD", "period", 5],
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_doubled_rows_says_nothing(make: Make, order: tuple[int, ...]) -> None:
    """The fullest row counts; what another states differently is undefined in it, and its words stay."""
    given = [
        {"project_id": "P 1", "ac": 1.0, "ev": 5.0, "pv": 7.0, "narrative": "b"},
        {"project_id": "p\u00a01 ", "ac": 2.0, "ev": 5.0, "pct_complete": 0.5},
        {"project_id": "P2", "ac": 2.0},
    ]
    kept, told = split_keys(make("status", *(given[at] for at in order)), "status")
    row = kept.set_index("project_id").loc["P 1"]
    assert sorted(kept["project_id"]) == ["P 1", "P2"]
    assert row[["ev", "pv", "narrative"]].tolist() == [5.0, 7.0, "b"]
    assert pd.isna(row["ac"])
    assert row["ac_reason"] == "conflict"
    assert pd.isna(row["pct_complete"])
    first, second = 2 + order.index(0), 2 + order.index(1)
    assert told[["code", "column", "value", "source_row", "detail"]].values.tolist() == [
        [
            "DUPLICATE_KEY",
            "project_id",
            "p\u00a01 ",
            second,
            f"row {first} counts, which differs in % complete, AC",
        ],
        ["VALUE_CONFLICT", "ac", "1", first, f"2 in row {second}"],
    ]


def test_equally_full_rows_are_chosen_by_what_they_say(make: Make) -> None:
    rows = make("status", {"project_id": "P1", "narrative": "b"}, {"project_id": "P1", "narrative": "a"})
    kept, told = split_keys(rows, "status")
    assert kept["narrative"].tolist() == ["a"]
    assert told["detail"].tolist() == ["row 3 counts, which differs in Narrative"]


def test_a_row_that_says_the_same_undefines_nothing(make: Make) -> None:
    row = {"project_id": "P1", "ac": 3.0, "forecast_finish": "2026-07-01", "narrative": "Same"}
    kept, told = split_keys(make("status", row, row | {"narrative": "same "}, row | {"ac": None}), "status")
    assert kept["ac"].tolist() == [3.0]
    assert sorted(told["detail"]) == ["row 2 counts, which says the same"] * 2


def test_amounts_in_two_currencies_are_different_ones(make: Make) -> None:
    row = {"project_id": "P1", "ac": 3.0, "currency": "EUR"}
    kept, told = split_keys(make("status", row, row | {"currency": "GBP"}), "status")
    assert kept["ac"].isna().all()
    assert told["code"].tolist() == ["DUPLICATE_KEY", "VALUE_CONFLICT"]


def test_the_cells_as_delivered_choose_where_they_are_given(make: Make) -> None:
    """Tables that the same rows feed choose the same ones, though each sees a part of them."""
    rows = make("entities", {"entity_id": "A", "name": "x"}, {"entity_id": "A", "name": "a"})
    cells = pd.DataFrame({0: ["A", "A"], 1: ["x", "a"], 5: ["more", None]}, index=[2, 3])
    assert split_keys(rows, "entities")[0]["name"].tolist() == ["a"]
    assert split_keys(rows, "entities", contents=cells)[0]["name"].tolist() == ["x"]


def test_rows_of_another_source_are_named_so(make: Make) -> None:
    kept, told = split_keys(
        make("status", {"project_id": "A", "ac": 1.0}, {"project_id": "A", "source": "s2"}), "status"
    )
    assert kept["source"].tolist() == ["s1"]
    assert told["detail"].tolist() == ["row 2 of another source counts, which says the same"]


def test_a_register_has_its_own_key(make: Make) -> None:
    rows = make(
        "risks", {"risk_id": "R1", "entity_id": "A"}, {"risk_id": "r1", "entity_id": "B"}, {"entity_id": None}
    )
    kept, told = split_keys(rows, "risks")
    assert kept["source_row"].tolist() == [2, 4]
    assert told[["code", "entity_id", "key"]].values.tolist() == [["DUPLICATE_KEY", "B", "r1/2026-06"]]


def test_entities_have_no_period(make: Make) -> None:
    kept, told = split_keys(make("entities", {"entity_id": "A"}, {"entity_id": "a"}), "entities")
    assert len(kept) == 1
    assert told["code"].tolist() == ["DUPLICATE_KEY"]


def test_split_changes_nothing_and_loses_nothing(make: Make) -> None:
    rows = make("status", {"project_id": "A"}, {"project_id": None}, {"project_id": "a"})
    rows.index = pd.Index([5, 5, 5])
    before = rows.copy(deep=True)
    kept, told = split_keys(rows, "status")
    pd.testing.assert_frame_equal(rows, before)
    assert len(kept) + len(told) == len(rows)
    assert kept.dtypes.to_dict() == rows.dtypes.to_dict()


@pytest.mark.parametrize("name", ["entities", "projects", "status", "milestones", "risks", "issues"])
def test_empty_tables(name: str) -> None:
    kept, told = split_keys(table(name).empty(), name)
    assert kept.empty
    assert told.empty
    assert kept.dtypes.astype("str").to_dict() == table(name).empty().dtypes.astype("str").to_dict()
