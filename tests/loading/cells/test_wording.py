from __future__ import annotations

import datetime as dt

import pytest

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.loading.cells.wording import (
    ERROR_TEXT,
    NOT_REPORTED,
    WITHHELD,
    begins_with,
    clean,
    read_flag,
    read_word,
    written_day,
    written_number,
)
from pmo_analytics.schemas.words import spellings, word_list


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\u00a0Green\u00a0", "Green"),
        ("\ufeffPRJ\u200b-1", "PRJ-1"),
        ("a\u00a0b", "a b"),
        ("a\r\nb\n", "a\r\nb"),
        ("\u200b \u2060", ""),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("Green", "green"),
        ("AMBER", "amber"),
        ("Amber/red", "amber_red"),
        ("Amber/ Red", "amber_red"),
        ("Amber / Green", "amber_green"),
        ("amber-red", "amber_red"),
        ("Amber  Green", "amber_green"),
        ("amber_green", "amber_green"),
        ("R", "red"),
        ("ag", "amber_green"),
        ("yellow", "amber"),
        ("Y ↗", "amber"),
        ("⬆ Green", "green"),
        ("Reset", None),
        ("Gr\u0435en", None),
        ("red -", None),
        ("blue", None),
        ("3", None),
    ],
)
def test_colours(text: str, colour: str | None) -> None:
    assert read_word(text, "colour") == colour


@pytest.mark.parametrize(
    "name", ["colour", "issue_severity", "lifecycle_stage", "milestone_status", "forward_look"]
)
def test_every_spelling_of_a_list_is_read(name: str) -> None:
    known = spellings(name)
    assert {spelling: read_word(spelling, name) for spelling in known} == known
    assert {read_word(spelling.upper(), name) for spelling in known} <= set(word_list(name))


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Yes", True),
        ("Y", True),
        ("TRUE", True),
        ("1", True),
        ("x", True),
        ("no", False),
        ("N", False),
        ("False", False),
        ("0", False),
        ("maybe", None),
        ("2", None),
        ("yes!", None),
    ],
)
def test_flags(text: str, flag: bool | None) -> None:
    assert read_flag(text) is flag


@pytest.mark.parametrize(
    "text",
    [
        "Exempt under Section 43 of the Freedom of Information Act 2000 (Commercial Interests)",
        "Section 43 - Commercial interests",
        "WITHHELD",
        "***",
        "Redacted.",
        "Confidential",
    ],
)
def test_withheld(text: str) -> None:
    assert begins_with(text, WITHHELD)


@pytest.mark.parametrize(
    "text",
    [
        "NA",
        "N/A",
        "n/a - not started",
        "Not Applicable",
        "Data Not Provided",
        "TBD",
        "tbc",
        "TBA",
        "Reset",
        "No DCA",
        "not available",
        "not provided",
        "-",
        "–",
        "--",
        "NULL",
        "None",
        "Not rated",
        "(blank)",
    ],
)
def test_not_reported(text: str) -> None:
    assert begins_with(text, NOT_REPORTED)


@pytest.mark.parametrize(
    "text",
    [
        "National",
        "Nairobi",
        "-5",
        "nil",
        "nullify",
        "PNS",
        "Sections",
        "Exemption",
        "resetting",
        "no",
        "Amber",
    ],
)
def test_other_words_are_no_nulls(text: str) -> None:
    assert not begins_with(text, WITHHELD + NOT_REPORTED)


@pytest.mark.parametrize(
    ("text", "error"), [("#REF!", True), ("#n/a", True), ("#1", False), ("#REF! see", False)]
)
def test_error_words(text: str, error: bool) -> None:
    assert begins_with(text, (ERROR_TEXT,)) == error


def test_a_bad_expression_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"'\(' is no regular expression"):
        begins_with("a", ("(",))


@pytest.mark.parametrize(
    ("value", "text"), [(12.0, "12"), (12.5, "12.5"), (7, "7"), (1e20, "1" + "0" * 20), (float("inf"), "inf")]
)
def test_numbers_as_written(value: float, text: str) -> None:
    assert written_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2026, 6, 30), "2026-06-30"),
        (dt.datetime(2026, 6, 30), "2026-06-30"),
        (dt.datetime(2026, 6, 30, 10, 22), "2026-06-30 10:22:00"),
    ],
)
def test_days_as_written(value: dt.date, text: str) -> None:
    assert written_day(value) == text
