"""Keys: what is the same."""

from __future__ import annotations

import sys
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import text

from pmo_analytics.quality import keys
from pmo_analytics.quality.keys import is_blank, match_key


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


@given(text())
def test_match_key_of_a_match_key_is_itself(written: str) -> None:
    once = match_key(pd.Series([written], dtype="str"))
    assert match_key(once).tolist() == once.tolist()
