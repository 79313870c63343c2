"""What holds for every file of the corpus. The modules beside this one share its folders among them."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys

from corpus.conserving import counts_of
from corpus.counting import decoded, letters_of
from corpus.ledger import differences, read_ledger
from corpus.outcomes import LEAKS, LIMITS, READ, Case
from pmo_analytics.errors import FileError

MEGABYTE_OF_KILOBYTES = 1 << 10

#: Reads files in a process of its own: the peak of this one would be that of any browser it ever started.
READS_ALONE = """
import json, resource, sys
from pathlib import Path
from pmo_analytics.loading.files.reading import Limits, read_books
asked = json.load(sys.stdin)
read_books([Path(path) for path in asked["paths"]], Limits(**asked["limits"]))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

#: Files of which the reader loses cells, and why. A file that is read in full again fails the test below.
LOSSES = {
    "poi/WrongFormulaRecordType.xls": "formulas in records of Excel 4 inside a file of Excel 97 are passed over",
}

#: Quotation marks escaped by a backslash, without a word about it.
ESCAPED = {"duckdb/data__csv__real__imdb_movie_info_escaped.csv"}


def test_every_outcome_is_as_in_the_ledger(cases: tuple[Case, ...], folder: str) -> None:
    """A change in either direction fails; ``python tests/corpus/write_ledger.py`` writes the ledger anew."""
    expected = {file: one for file, one in read_ledger().items() if file.startswith(f"{folder}/")}
    assert differences(expected, {case.outcome.file: case.outcome for case in cases}) == []


def test_every_file_ends_in_a_table_or_in_one_typed_error_that_names_it(cases: tuple[Case, ...]) -> None:
    for case in cases:
        if case.portfolio is None:
            assert isinstance(case.error, FileError), case.outcome
            assert case.path.name in str(case.error)
            assert case.error.code in (case.outcome.reading, "NO_TABLE_FOUND")


def test_no_error_shows_the_inside_of_the_library_or_is_a_time_out(cases: tuple[Case, ...]) -> None:
    told = [str(case.error) for case in cases if case.error is not None]
    assert [words for words in told if LEAKS.search(words) or "took longer" in words] == []


def test_no_child_takes_more_memory_than_it_may(cases: tuple[Case, ...]) -> None:
    asked = {"paths": [str(case.path) for case in cases], "limits": dataclasses.asdict(LIMITS)}
    done = subprocess.run(
        [sys.executable, "-c", READS_ALONE],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    assert 0 < int(done.stdout) < LIMITS.memory_mb * MEGABYTE_OF_KILOBYTES


def test_rows_and_cells_read_are_those_that_the_file_holds(cases: tuple[Case, ...]) -> None:
    wrong = []
    for case in cases:
        if case.outcome.reading == READ and case.outcome.file not in LOSSES and not has_odd_quotes(case):
            read, counted = shapes(case), counts_of(case.path, case.book)
            wrong += [(case.outcome.file, read, counted)] if read != counted else []
    assert wrong == []


def test_no_letter_of_a_delimited_file_is_lost(cases: tuple[Case, ...]) -> None:
    """Where quotation marks are odd, rows cannot be counted in one way only; but every letter must be there."""
    wrong = []
    for case in cases:
        if case.outcome.reading == READ and case.book.delimiter is not None:
            cells = "".join(str(cell) for column in case.book.sheets[0].columns for cell in column if cell)
            if letters_of(decoded(case.path.read_bytes())) != letters_of(cells):
                wrong.append(case.outcome.file)
    assert wrong == []


def has_odd_quotes(case: Case) -> bool:
    """Whether a file is said to have stray quotation marks, or has them escaped by a backslash."""
    said = any(code == "SUSPECT_QUOTES" for code, _ in case.book.notes)
    return said or case.outcome.file in ESCAPED


def test_the_known_losses_are_still_lost(cases: tuple[Case, ...]) -> None:
    for case in cases:
        if case.outcome.file in LOSSES:
            assert shapes(case) != counts_of(case.path, case.book), case.outcome.file


def shapes(case: Case) -> list[tuple[int, int]]:
    """Rows and cells with a value of every sheet that was read."""
    return [
        (sheet.n_rows, sum(len(kinds) - kinds.count(" ") for kinds in sheet.kinds))
        for sheet in case.book.sheets
    ]


def test_every_row_of_what_is_loaded_is_accounted_for(cases: tuple[Case, ...]) -> None:
    for case in cases:
        if case.portfolio is not None:
            (file,) = case.portfolio.files
            rows = sum(rows for rows, _ in counts_of(case.path, case.book))
            assert file.read == file.accepted + file.quarantined + file.empty
            assert rows == file.above + file.unrecognised + file.read, case.outcome
