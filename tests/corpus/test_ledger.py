"""The ledger itself: complete, and able to fail."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import test_delimited, test_poi, test_workbooks
from corpus.counting import count_text
from corpus.ledger import differences, read_ledger, write_ledger
from corpus.outcomes import LEAKS, Outcome

ONE = Outcome("a/b.xlsx", "read", sheets="2x3:6", loading="NO_TABLE_FOUND")


def test_the_ledger_has_a_line_for_every_file_and_a_module_for_every_folder(shared: Path) -> None:
    with (shared / "corpus" / "INDEX.csv").open(encoding="utf-8", newline="") as lines:
        listed = {row["file"] for row in csv.DictReader(lines)}
    assert set(read_ledger()) == listed
    folders = [*test_delimited.FOLDERS, *test_poi.FOLDERS, *test_workbooks.FOLDERS]
    assert sorted(folders) == sorted({file.partition("/")[0] for file in listed})


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({}, "a/b.xlsx: no longer in the corpus"),
        ({ONE.file: ONE, "a/c.csv": replace(ONE, file="a/c.csv")}, "a/c.csv: not in the ledger"),
        ({ONE.file: replace(ONE, sheets="2x3:5")}, "a/b.xlsx: sheets '2x3:6' -> '2x3:5'"),
        ({ONE.file: replace(ONE, loading="loaded")}, "a/b.xlsx: loading 'NO_TABLE_FOUND' -> 'loaded'"),
    ],
)
def test_a_change_in_either_direction_is_told(now: dict[str, Outcome], told: str) -> None:
    assert differences({ONE.file: ONE}, now) == [told]


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    odd = replace(ONE, file='a/"ü", b.csv', place="Sheet 1!A1")
    write_ledger([ONE, odd], tmp_path / "ledger.csv")
    assert read_ledger(tmp_path / "ledger.csv") == {ONE.file: ONE, odd.file: odd}


@pytest.mark.parametrize(
    "words",
    [
        "KeyError: 'zip'",
        "list index out of range",
        "thread 'main' panicked at src/xls.rs:12",
        "the reader failed with PanicException: called `Option::unwrap()`",
        "'NoneType' object has no attribute 'text'",
        "struct.error: unpack requires a buffer of 4 bytes",
    ],
)
def test_words_of_the_inside_are_seen(words: str) -> None:
    assert LEAKS.search(f"status.xlsx: {words}.")


def test_plain_words_are_no_leak() -> None:
    assert not LEAKS.search(
        "errors.xlsx, sheet 'Error', cell B2: it is truncated or damaged; export it again."
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", (0, 0)),
        ("a,b\n1,2\n\n\n", (2, 4)),
        ('a,"b\nc"\r\n1,""\r2', (3, 4)),
        ('a"b,"c""d"e\n', (1, 2)),
        ('"",\n" ",', (2, 1)),
    ],
)
def test_records_are_counted(tmp_path: Path, text: str, count: tuple[int, int]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    assert count_text(path, ",") == count
