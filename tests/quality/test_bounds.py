"""Bounds of cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.errors import InvalidTable
from pmo_analytics.quality.bounds import check_bounds, empty_cells
from pmo_analytics.schemas.tables import table, tables

Make = Callable[..., pd.DataFrame]


@pytest.mark.parametrize(
    ("name", "column", "good", "bad", "words"),
    [
        ("status", "pct_complete", 1.0, 1.004, "0 to 1"),
        ("status", "pct_complete", 0.0, -0.1, "0 to 1"),
        ("status", "ac", 0.0, -1.0, "at least 0"),
        ("risks", "p_score", 5.0, 6.0, "1 to 5"),
        ("risks", "prob_residual", 0.5, 45.0, "0 to 1"),
        ("projects", "baseline_version", 1.0, 0.0, "at least 1"),
        ("projects", "status", "active", "asleep", "one of proposed, active, on_hold, complete, cancelled"),
    ],
)
def test_bounds(make: Make, name: str, column: str, good: Any, bad: Any, words: str) -> None:
    rows = make(name, {column: good}, {column: bad}, {column: None})
    told = check_bounds({name: rows})
    plain = str(bad).removesuffix(".0")
    assert told[["code", "table", "column", "source_row", "value", "detail"]].values.tolist() == [
        ["OUT_OF_RANGE", name, column, 3, plain, words]
    ]


def test_one_fault_per_cell(make: Make) -> None:
    rows = make("status", {"ac": -1.0, "ev": -2.0}, {"ac": -3.0})
    told = check_bounds({"status": rows})
    assert sorted(told[["column", "source_row"]].itertuples(index=False, name=None)) == [
        ("ac", 2),
        ("ac", 3),
        ("ev", 2),
    ]


def test_emptied_cells_have_a_reason_and_the_rest_stays(make: Make) -> None:
    rows = make("status", {"ac": -1.0, "ev": 5.0}, {"ac": 7.0, "rag_overall": "pink"})
    frames = {"status": rows, "risks": table("risks").empty()}
    before = rows.copy(deep=True)
    emptied = empty_cells(frames, check_bounds(frames))
    pd.testing.assert_frame_equal(rows, before)
    status = emptied["status"]
    assert status["ac"].isna().tolist() == [True, False]
    assert status["ac_reason"].fillna("").tolist() == ["unreadable", ""]
    assert status["rag_overall_reason"].fillna("").tolist() == ["", "unreadable"]
    assert status["ev"].iloc[0] == 5.0
    assert status.dtypes.to_dict() == rows.dtypes.to_dict()
    assert check_bounds(emptied).empty


def test_rows_from_one_source_row_are_told_apart(make: Make) -> None:
    rows = make("status", {"ac": -1.0, "source_row": 9}, {"ac": 4.0, "source_row": 9})
    emptied = empty_cells({"status": rows}, check_bounds({"status": rows}))["status"]
    assert emptied["ac"].isna().tolist() == [True, False]


def test_words_without_a_reason_column_are_just_emptied(make: Make) -> None:
    rows = make("projects", {"status": "asleep"})
    emptied = empty_cells({"projects": rows}, check_bounds({"projects": rows}))["projects"]
    assert emptied["status"].isna().all()


def test_any_index_will_do(make: Make) -> None:
    rows = make("status", {"ac": 1.0}, {"ac": -1.0}).set_index(pd.Index([4, 4]))
    told = check_bounds({"status": rows})
    assert told["source_row"].tolist() == [3]
    assert empty_cells({"status": rows}, told)["status"]["ac"].isna().tolist() == [False, True]


def test_empty_tables_have_no_faults() -> None:
    assert check_bounds({name: spec.empty() for name, spec in tables().items()}).empty


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="ac"), "table status: column ac is missing"),
        (lambda rows: rows.assign(ac="x"), "table status: column ac is not of the dtype float64"),
        (lambda rows: rows.assign(ac=1), "table status: column ac is not of the dtype float64"),
        (
            lambda rows: rows.assign(project_id=pd.Series([None], dtype="str")),
            "table status: column project_id is part of the key and has empty cells",
        ),
    ],
)
def test_untyped_tables(make: Make, change: Callable[[pd.DataFrame], pd.DataFrame], message: str) -> None:
    with pytest.raises(InvalidTable, match=message):
        check_bounds({"status": change(make("status", {"ev": -1.0}))})
