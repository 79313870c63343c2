from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_analytics.loading.cells.parsing import POSITION, Dialect, Parsed, Unit, parse_cells
from pmo_analytics.quality.findings import DETAIL
from pmo_analytics.quality.kinds import KINDS
from pmo_analytics.schemas.columns import DTYPES
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import Column, table, tables
from pmo_analytics.schemas.words import word_list

TEXT = table("status").columns[Status.narrative]
KEY = table("projects").columns[Project.project_id]
PERIOD_KEY = table("status").columns[Status.period]
DATE = table("status").columns[Status.forecast_finish]
MONEY = table("status").columns[Status.ac]
FRACTION = table("status").columns[Status.pct_complete]
COLOUR = table("status").columns[Status.rag_overall]
FLAG = table("status").columns[Status.rebaselined]
SEVERITY = table("issues").columns[Issue.severity]
RISK_STATUS = table("risks").columns[Risk.status]
NUMBER = next(c for c in table("risks").columns.values() if c.kind == "number")
ALL_KINDS = (TEXT, KEY, PERIOD_KEY, DATE, MONEY, FRACTION, COLOUR, FLAG, SEVERITY, NUMBER)
DAY = dt.datetime(2026, 6, 30)


def kind_of(value: object) -> str:
    kinds = {str: "t", bool: "b", int: "n", float: "n", dt.datetime: "d", dt.date: "d", dt.time: "d"}
    return kinds.get(type(value), "")


def parse(
    *cells: Any, column: Column, kinds: str | None = None, dialect: Dialect | None = None, **unit: Any
) -> Parsed:
    raw = pd.Series(list(cells), dtype=object)
    marks = pd.Series(list(kinds) if kinds else [kind_of(c) for c in cells], dtype=object)
    return parse_cells(raw, marks, column, dialect or Dialect(), Unit(**unit))


CASES: list[tuple[Column, object, object, str | None, str | None]] = [
    (MONEY, 12, 12.0, None, None),
    (MONEY, 12.5, 12.5, None, None),
    (MONEY, Decimal("1.5"), 1.5, None, None),
    (MONEY, " £1,139.18\u00a0", 1139.18, None, None),
    (MONEY, None, None, None, None),
    (MONEY, float("nan"), None, None, None),
    (MONEY, "  \u200b", None, None, None),
    (MONEY, True, None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, float("inf"), None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, 10**400, None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, DAY, None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, dt.timedelta(1), None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, "nil", None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, "-", None, "not_reported", "NOT_REPORTED"),
    (MONEY, "Not Applicable ", None, "not_reported", "NOT_REPORTED"),
    (MONEY, "Data Not Provided", None, "not_reported", "NOT_REPORTED"),
    (MONEY, "Section 43 - Commercial interests", None, "withheld", "WITHHELD"),
    (MONEY, "#DIV/0!", None, "unreadable", "ERROR_CELL"),
    (NUMBER, "1,234", 1234.0, None, None),
    (NUMBER, "£5", None, "unreadable", "UNREADABLE_NUMBER"),
    (FRACTION, "45%", 0.45, None, None),
    (FRACTION, 0.45, 0.45, None, None),
    (FRACTION, 45, 0.45, None, None),
    (FRACTION, 1.2, None, "unreadable", "AMBIGUOUS_PERCENT"),
    (FRACTION, False, None, "unreadable", "UNREADABLE_PERCENT"),
    (FRACTION, "half", None, "unreadable", "UNREADABLE_PERCENT"),
    (DATE, DAY, DAY, None, None),
    (DATE, dt.datetime(2026, 6, 30, 17, 5), DAY, None, None),
    (DATE, dt.date(2026, 6, 30), DAY, None, None),
    (DATE, pd.Timestamp("2026-06-30", tz="Europe/London"), DAY, None, None),
    (DATE, "30 June 2026", DAY, None, None),
    (DATE, dt.datetime(1899, 12, 30), None, "unreadable", "UNREADABLE_DATE"),
    (DATE, dt.datetime(9999, 12, 31), None, "unreadable", "UNREADABLE_DATE"),
    (DATE, dt.time(0, 0), None, "unreadable", "UNREADABLE_DATE"),
    (DATE, 46203, DAY, None, "SERIAL_DATE"),
    (DATE, "46203.5", DAY, None, "SERIAL_DATE"),
    (DATE, 20260630, DAY, None, None),
    (DATE, 2026, None, "unreadable", "UNREADABLE_DATE"),
    (DATE, 99999, None, "unreadable", "UNREADABLE_DATE"),
    (DATE, "2026-Q2", DAY, None, "DATE_FROM_PERIOD"),
    (DATE, "Q1 FY26-27", DAY, None, "DATE_FROM_PERIOD"),
    (DATE, "Jun 2026", DAY, None, "DATE_FROM_PERIOD"),
    (DATE, "FY26", None, "unreadable", "AMBIGUOUS_PERIOD"),
    (DATE, "2010-11", None, "unreadable", "AMBIGUOUS_PERIOD"),
    (DATE, "DOER", None, "unreadable", "UNREADABLE_DATE"),
    (DATE, "Low: 31/05/2026, Mid: 30/06/2026, High: 31/07/2026", DAY, None, "RANGE"),
    (DATE, "2026-05-31 to 2026-06-30", None, "unreadable", "BAND"),
    (PERIOD_KEY, 202606, DAY, None, None),
    (PERIOD_KEY, "Q2 2026", DAY, None, "DATE_FROM_PERIOD"),
    (MONEY, "Low: 2750.00, Mid: 2820.00, High: 3100.00", 2820.0, None, "RANGE"),
    (MONEY, "Low: 2750.00, High: 3100.00", None, "unreadable", "RANGE_WITHOUT_MIDDLE"),
    (MONEY, "Low: 3, Mid: 2, High: 4", None, "unreadable", "RANGE_OUT_OF_ORDER"),
    (MONEY, "100 - 250 Million", None, "unreadable", "BAND"),
    (MONEY, "NULL", None, "not_reported", "NOT_REPORTED"),
    (MONEY, "PNS", None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, "inf", None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, "nan", None, "unreadable", "UNREADABLE_MONEY"),
    (MONEY, "1.234,50", None, "unreadable", "UNREADABLE_MONEY"),
    (COLOUR, "● Green", "green", None, None),
    (COLOUR, "🔴", "red", None, None),
    (COLOUR, "Gr\u0435en", None, "unreadable", "UNKNOWN_COLOUR"),
    (COLOUR, 5, None, "unreadable", "UNKNOWN_COLOUR"),
    (KEY, "P\x001", "P1", None, "UNPRINTABLE_CHARACTERS"),
    (KEY, "\x00", None, "unreadable", "UNPRINTABLE_CHARACTERS"),
    (KEY, "\u0420-001a", "\u0420-001a", None, "CONFUSABLE_CHARACTERS"),
    (KEY, "K24-0046 \u00b9\u207e", "K24-0046", None, "FOOTNOTE_MARK"),
    (KEY, "K24-0046 \u00b9)", "K24-0046", None, "FOOTNOTE_MARK"),
    (KEY, "P1\u00b2", "P1", None, "FOOTNOTE_MARK"),
    (KEY, "P1 **", "P1", None, "FOOTNOTE_MARK"),
    (KEY, "P1\u2020", "P1", None, "FOOTNOTE_MARK"),
    (KEY, "P1 [1]", "P1", None, "FOOTNOTE_MARK"),
    (KEY, "A[1]", "A[1]", None, None),
    (KEY, "P1 (1)", "P1 (1)", None, None),
    (KEY, "*", "*", None, None),
    (KEY, 1234567890123456.0, None, "unreadable", "LONG_NUMERIC_ID"),
    (KEY, 123456789012345.0, "123456789012345", None, None),
    (KEY, 1234567890123456, "1234567890123456", None, None),
    (KEY, "1234567890123456", "1234567890123456", None, None),
    (KEY, "1.23457E+19", None, "unreadable", "LONG_NUMERIC_ID"),
    (KEY, "None", "None", None, None),
    (TEXT, "x" * 32_767, "x" * 32_767, None, None),
    (TEXT, "x" * 32_768, "x" * 32_768, None, "LONG_TEXT"),
    (TEXT, "a\x07b\tc", "ab\tc", None, "UNPRINTABLE_CHARACTERS"),
    (TEXT, "зелёный", "зелёный", None, None),
    (DATE, "01/02/2026", None, "unreadable", "AMBIGUOUS_DATE"),
    (DATE, "2012-30-09", None, "unreadable", "UNREADABLE_DATE"),
    (DATE, "TBD", None, "not_reported", "NOT_REPORTED"),
    (DATE, "Exempt under Section 26", None, "withheld", "WITHHELD"),
    (DATE, pd.NaT, None, None, None),
    (PERIOD_KEY, dt.date(2026, 6, 1), DAY, None, None),
    (PERIOD_KEY, "Jun 2026", DAY, None, None),
    (PERIOD_KEY, "TBC", None, "unreadable", "UNREADABLE_DATE"),
    (COLOUR, "Amber/ Red", "amber_red", None, None),
    (COLOUR, "Reset", None, "not_reported", "NOT_REPORTED"),
    (COLOUR, "Exempt", None, "withheld", "WITHHELD"),
    (COLOUR, "mauve", None, "unreadable", "UNKNOWN_COLOUR"),
    (COLOUR, 3, None, "unreadable", "UNKNOWN_COLOUR"),
    (SEVERITY, 1.0, "critical", None, None),
    (SEVERITY, "2", "high", None, None),
    (SEVERITY, "High", "high", None, None),
    (SEVERITY, 9, None, "unreadable", "UNKNOWN_WORD"),
    (SEVERITY, "n/a", None, "not_reported", "NOT_REPORTED"),
    (RISK_STATUS, "Materialised", "occurred", None, None),
    (FLAG, True, True, None, None),
    (FLAG, "no", False, None, None),
    (FLAG, 0.0, False, None, None),
    (FLAG, 1, True, None, None),
    (FLAG, 2, None, "unreadable", "UNREADABLE_FLAG"),
    (FLAG, "perhaps", None, "unreadable", "UNREADABLE_FLAG"),
    (FLAG, "N/A", None, "not_reported", "NOT_REPORTED"),
    (TEXT, " a\u00a0b\nc ", "a b\nc", None, None),
    (TEXT, 12.0, "12", None, None),
    (TEXT, 12.5, "12.5", None, None),
    (TEXT, True, "TRUE", None, None),
    (TEXT, DAY, "2026-06-30", None, None),
    (TEXT, dt.time(9, 30), "09:30:00", None, None),
    (TEXT, "Exempt under Section 43", "Exempt under Section 43", None, None),
    (TEXT, "NA", "NA", None, None),
    (TEXT, "01/02/2026", "01/02/2026", None, None),
    (TEXT, "half \ud800 pair", "half \ufffd pair", None, "UNPRINTABLE_CHARACTERS"),
    (MONEY, "\ud800", None, "unreadable", "UNREADABLE_MONEY"),
    (DATE, "\ud800", None, "unreadable", "UNREADABLE_DATE"),
    (COLOUR, "\ud800", None, "unreadable", "UNKNOWN_COLOUR"),
    (FLAG, "\ud800", None, "unreadable", "UNREADABLE_FLAG"),
    (KEY, "007", "007", None, None),
    (KEY, 7.0, "7", None, None),
    (KEY, "12E5", "12E5", None, None),
    (KEY, "NA", "NA", None, None),
    (KEY, "#REF!", None, "unreadable", "ERROR_CELL"),
]


@pytest.mark.parametrize(("column", "raw", "value", "reason", "code"), CASES)
def test_one_cell(column: Column, raw: object, value: object, reason: str | None, code: str | None) -> None:
    parsed = parse(raw, column=column)
    assert parsed.values.dtype == DTYPES[column.kind]
    if value is None:
        assert pd.isna(parsed.values[0])
    else:
        assert parsed.values[0] == value
    assert [r if isinstance(r, str) else None for r in parsed.reasons] == [reason]
    assert parsed.faults[Finding.code].tolist() == ([code] if code else [])


@pytest.mark.parametrize("column", ALL_KINDS)
@pytest.mark.parametrize(
    ("mark", "raw", "code"),
    [
        ("e", "#REF!", "ERROR_CELL"),
        ("e", None, "ERROR_CELL"),
        ("f", None, "NOT_CALCULATED"),
        ("f", 0, "NOT_CALCULATED"),
    ],
)
def test_the_kind_of_a_cell_comes_first(column: Column, mark: str, raw: object, code: str) -> None:
    parsed = parse(raw, column=column, kinds=mark)
    assert parsed.values.isna().all()
    assert parsed.reasons.tolist() == ["unreadable"]
    assert parsed.faults[Finding.code].tolist() == [code]
    assert parsed.faults[Finding.value].tolist() == [str(raw or ("" if raw is None else raw))]


def test_faults_have_label_raw_text_and_detail() -> None:
    raw = pd.Series(["green", " mauve ", 9.0, None], index=[7, 9, 9, 12], dtype=object)
    parsed = parse_cells(raw, pd.Series(["t", "t", "n", ""], index=raw.index), SEVERITY, Dialect())
    assert parsed.values.index.tolist() == parsed.reasons.index.tolist() == [7, 9, 9, 12]
    assert list(parsed.faults.columns) == [POSITION, Finding.code, Finding.value, DETAIL]
    assert parsed.faults[POSITION].tolist() == [7, 9, 9]
    assert parsed.faults[Finding.value].tolist() == ["green", " mauve ", "9"]
    assert set(parsed.faults[DETAIL]) == {", ".join(word_list("issue_severity"))}


def test_money_takes_the_headings_factor_and_names_currencies() -> None:
    parsed = parse(2, "2", "£1.2m", "5 EUR", "$3k", "x", column=MONEY, scale=1e6)
    assert parsed.values.tolist()[:5] == [2e6, 2e6, 1.2e6, 5e6, 3e3]
    assert parsed.currencies is not None
    assert parsed.currencies.fillna("").tolist() == ["", "", "GBP", "EUR", "$", ""]
    assert parse(2, column=NUMBER, scale=1e6).values.tolist() == [2.0]
    assert parse(2, column=NUMBER).currencies is None


def test_a_column_that_mixes_fractions_and_points() -> None:
    parsed = parse(45, 0.45, "0.5%", 0, "100", float("inf"), column=FRACTION)
    assert parsed.values.fillna(-1).tolist() == pytest.approx([0.45, -1, 0.005, 0, 1, -1])
    assert parsed.faults[Finding.code].tolist() == ["AMBIGUOUS_PERCENT", "UNREADABLE_PERCENT"]


def test_the_dialect_counts() -> None:
    dialect = Dialect("MDY", ",", withheld=("geheim",), not_reported=("pns$",))
    assert parse("01/02/2026", column=DATE, dialect=dialect).values[0] == dt.datetime(2026, 1, 2)
    assert parse("1.234,5", column=MONEY, dialect=dialect).values[0] == 1234.5
    found = parse("Geheim!", "PNS", "Exempt", "TBD", column=MONEY, dialect=dialect)
    assert found.reasons.tolist() == ["withheld", "not_reported", "withheld", "not_reported"]


@pytest.mark.parametrize("column", ALL_KINDS)
def test_no_cells(column: Column) -> None:
    parsed = parse(column=column)
    assert parsed.values.dtype == DTYPES[column.kind]
    assert len(parsed.values) == len(parsed.reasons) == len(parsed.faults) == 0


@pytest.mark.parametrize("column", ALL_KINDS)
def test_typed_series_of_frames_are_read_too(column: Column) -> None:
    for raw in (
        pd.Series(["12", None]),
        pd.Series([1.0, None]),
        pd.Series(["2026-06-30", None], dtype="datetime64[us]"),
        pd.Series([True, None], dtype="boolean"),
        pd.Series(["a", None], dtype="category"),
    ):
        parsed = parse_cells(raw, pd.Series("", index=raw.index), column, Dialect())
        assert bool(pd.isna(parsed.values[1]))
        assert pd.isna(parsed.values[0]) == (len(parsed.faults) == 1)


def test_the_input_is_not_changed() -> None:
    raw = pd.Series([" £5 ", "Exempt", None, 3], dtype=object)
    kinds = pd.Series(["t", "t", "", "n"])
    before = raw.copy(deep=True), kinds.copy(deep=True)
    parse_cells(raw, kinds, MONEY, Dialect())
    pd.testing.assert_series_equal(raw, before[0])
    pd.testing.assert_series_equal(kinds, before[1])


#: What may be said of a cell that has a value all the same.
NOTES = {
    "RANGE",
    "SERIAL_DATE",
    "DATE_FROM_PERIOD",
    "UNPRINTABLE_CHARACTERS",
    "CONFUSABLE_CHARACTERS",
    "FOOTNOTE_MARK",
    "LONG_TEXT",
}

ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from([str(raw) for _, raw, *_ in CASES]),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize("column", ALL_KINDS)
@settings(max_examples=20, deadline=None)
@given(
    cells=st.lists(ANY_CELL, max_size=8),
    order=st.sampled_from([None, "DMY", "YMD"]),
    mark=st.sampled_from(".,"),
)
def test_every_cell_ends_in_a_value_or_in_one_fault(
    column: Column, cells: list[Any], order: str | None, mark: str
) -> None:
    parsed = parse(*cells, column=column, dialect=Dialect(order, mark))
    assert parsed.values.dtype == DTYPES[column.kind]
    assert not parsed.faults[POSITION].duplicated().any()
    assert set(parsed.faults[Finding.code]) <= set(KINDS)
    faulty = pd.Series(range(len(cells))).isin(parsed.faults[POSITION])
    text = parse(*cells, column=TEXT)
    blank = text.values.isna() & ~pd.Series(range(len(cells))).isin(text.faults[POSITION])
    lost = parsed.values.isna() & ~blank
    assert (faulty | ~lost).all()
    assert parsed.reasons.notna().tolist() == lost.tolist()
    notes = parsed.faults.loc[parsed.values.notna().reindex(parsed.faults[POSITION]).to_numpy(), Finding.code]
    assert set(notes) <= NOTES


def test_every_column_of_every_table_has_a_reader() -> None:
    for one in tables().values():
        for column in {(c.kind, c.words, c.key): c for c in one.columns.values()}.values():
            assert parse("?", column=column).values.dtype == DTYPES[column.kind]
