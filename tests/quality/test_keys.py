"""Keys: what is the same, what is missing, what stands twice."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable

import pandas as pd
import pytest

from pmo_analytics.quality import keys
from pmo_analytics.quality.keys import is_blank, match_key, split_keys
from pmo_analytics.schemas.tables import table

Make = Callable[..., pd.DataFrame]


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("P1", "p1"),
        ("  P1\t", "p1"),
        ("P\u00a0 1", "p 1"),
        ("P\u200b1", "p1"),
        ("\ufeffP1", "p1"),
        ("P\u00ad1", "p1"),
        ("\uff30\uff11", "p1"),  # full-width
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("e\u0301", "é"),
        ("P\u2003\u20281", "p 1"),
        ("\u200b", ""),
        ("01", "01"),
        ("PRJ\u20111", "prj-1"),
        ("PRJ\u20131", "prj-1"),
        ("PRJ\u22121", "prj-1"),
    ],
)
def test_match_key(written: str, compared: str) -> None:
    assert match_key(pd.Series([written])).tolist() == [compared]


@pytest.mark.parametrize("different", ["P1 P2", "P-1", "P01", "P1."])
def test_match_key_keeps_apart(different: str) -> None:
    both = match_key(pd.Series(["P1", different]))
    assert both.nunique() == 2


def test_match_key_keeps_nulls_index_and_input() -> None:
    ids = pd.Series(["A", None], index=[7, 3], dtype="str")
    before = ids.copy()
    assert match_key(ids).isna().to_dict() == {7: False, 3: True}
    pd.testing.assert_series_equal(ids, before)


def test_match_key_removes_exactly_the_format_characters() -> None:
    known = {
        code
        for first, last in keys._FORMAT_RANGES
        for code in range(first, last + 1)
        if unicodedata.category(chr(code)) != "Cn"  # later versions of Unicode fill gaps
    }
    formats = {code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"}
    assert known == formats


def test_blank() -> None:
    told = is_blank(pd.Series(["x", "", " \u00a0\u200b", None], dtype="str"))
    assert told.tolist() == [False, True, True, True]


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


def test_doubled_keys(make: Make) -> None:
    rows = make(
        "status",
        {"project_id": "P 1", "ac": 1.0},
        {"project_id": "p\u00a01 ", "ac": 2.0},
        {"project_id": "P 1", "period": "2026-05-31"},
        {"project_id": "P\u200b 1", "source": "s2"},
        {"project_id": "P2"},
    )
    kept, told = split_keys(rows, "status")
    assert kept["source_row"].tolist() == [2, 4, 6]
    assert kept.index.tolist() == [0, 1, 2]
    assert kept["ac"].iloc[0] == 1.0
    assert told[["code", "column", "value", "source_row", "detail"]].values.tolist() == [
        ["DUPLICATE_KEY", "project_id", "p\u00a01 ", 3, "first in row 2 of the same source"],
        ["DUPLICATE_KEY", "project_id", "P\u200b 1", 5, "first in row 2 of another source"],
    ]


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
