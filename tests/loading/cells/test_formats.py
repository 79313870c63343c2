from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_analytics.loading.cells.formats import currency_of, is_percentage, padded


@pytest.mark.parametrize(
    ("number_format", "currency"),
    [
        ("[$£-809]#,##0.00", "GBP"),
        ("[$$-409]#,##0.00", "USD"),
        ("[$$-1009]#,##0.00", "CAD"),
        ("[$$-en-US]#,##0.00", None),
        ("[$€-2]\\ #,##0.00", "EUR"),
        ("[$EUR] #,##0", "EUR"),
        ("[$kr-41D]#,##0", "SEK"),
        ("[$kr-414]#,##0", "NOK"),
        ("[$-409]#,##0", None),
        ('"£"#,##0', "GBP"),
        ("£#,##0;[Red]-£#,##0", "GBP"),
        ('_-"£"* #,##0.00_-', "GBP"),
        ("$#,##0", None),
        ('#,##0 "USD"', "USD"),
        ("#,##0;(€0)", None),
        ("0.00", None),
        ("General", None),
        ("", None),
    ],
)
def test_currencies(number_format: str, currency: str | None) -> None:
    assert currency_of(number_format) == currency


@pytest.mark.parametrize(
    ("number_format", "percentage"),
    [("0%", True), ("0.00%;-0.00%", True), ('0"%"', False), ("0\\%", False), ("0;0%", False), ("", False)],
)
def test_percentages(number_format: str, percentage: bool) -> None:
    assert is_percentage(number_format) == percentage


@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        ("7", "000", "007"),
        ("7", '"PRJ-"000', "PRJ-007"),
        ("7", "\\P000", "P007"),
        ("12345", "000-00", "123-45"),
        ("123456", "000-00", "1234-56"),
        ("7", "000;-000", "007"),
        ("7", "#,##0", "7"),
        ("7", "0.00", "7"),
        ("7", "General", "7"),
        ("7.5", "000", "7.5"),
        ("-7", "000", "-7"),
        ("x", "000", "x"),
        ("7", "", "7"),
    ],
)
def test_zeros(number: str, number_format: str, shown: str) -> None:
    assert padded(number, number_format) == shown


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=20), st.from_regex(r'[0#"%\[\]$£;\\-]{0,12}', fullmatch=True))
def test_any_format_is_survived(number: str, number_format: str) -> None:
    assert isinstance(padded(number, number_format), str)
    assert is_percentage(number_format) in (True, False)
    assert currency_of(number_format) in (None, "GBP", "USD")
