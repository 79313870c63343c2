"""Delimited text (.csv and its kin): the encoding, the delimiter, and the records as they stand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from pmo_analytics.loading.files.raw_sheet import RawSheet, Refused, sheet_of_rows
from pmo_analytics.loading.files.sniffing import unicode_encoding

DELIMITERS = ",;\t|"
LONGEST_FIELD = 2**31 - 1  # the largest number that every platform's csv module takes
SAMPLE_CHARACTERS = 1 << 18
SAMPLE_RECORDS = 500

_DECLARED = re.compile(r'\A"?sep=(.)"?(?=[\r\n]|\Z)', re.IGNORECASE)

#: The kinds of notes, which are kinds of findings.
NOTE, DAMAGED, QUOTES = "READING_NOTE", "DAMAGED_TEXT", "SUSPECT_QUOTES"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A delimited file: its one sheet, how it was decoded and split, and sentences about that."""

    sheet: RawSheet
    encoding: str
    delimiter: str
    notes: tuple[tuple[str, str], ...]


def read_text(data: bytes) -> TextFile:
    """The cells of delimited text, all as text and unchanged; a record is a row, blank lines included.

    Short records are padded, long ones are kept whole. Raises Refused (DAMAGED_FILE) where the bytes do not
    fit the encoding that they announce, FILE_TOO_LARGE where records and fields span too large a grid.
    """
    csv.field_size_limit(LONGEST_FIELD)
    text, encoding, notes = decoded(data)
    if "\0" in text:
        notes.append((DAMAGED, f"{text.count(chr(0)):,} zero characters were removed"))
        text = text.replace("\0", "")
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else likely_delimiter(text)
    rows = _records(text, delimiter)
    if declared:
        rows[0] = [declared[0].strip('"')]
        notes.append((NOTE, f"row 1 names the delimiter {delimiter!r}"))
    notes.extend(_swallowed(text, rows, delimiter))
    cells: list[list[object]] = rows  # type: ignore[assignment]
    return TextFile(sheet_of_rows(None, cells), encoding, delimiter, tuple(notes))


def decoded(data: bytes) -> tuple[str, str, list[tuple[str, str]]]:
    """The text, the encoding, and notes: by its mark, else strict UTF-8, else cp1252.

    Statistical guesses are not made: they take a pound sign for a Polish letter. The five bytes that cp1252
    leaves undefined become U+FFFD and are counted in a note.
    """
    encoding = unicode_encoding(data)
    if encoding:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise Refused("DAMAGED_FILE", f"byte {error.start:,} is not {encoding}.") from error
        return text, encoding, [] if encoding == "utf-8-sig" else [(NOTE, f"decoded as {encoding}")]
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    notes = [(NOTE, "decoded as cp1252")]
    undefined = text.count("\ufffd")
    if undefined:
        notes.append((DAMAGED, f"{undefined:,} bytes are undefined in cp1252 and are shown as \ufffd"))
    return text, "cp1252", notes


def likely_delimiter(text: str) -> str:
    """The delimiter that splits most records of the beginning into the same number of fields, at least two.

    >>> likely_delimiter("id;name;cost\\nP1;A, B;1,5\\nP2;C;2")
    ';'
    """
    scores = {delimiter: _consistency(text, delimiter) for delimiter in DELIMITERS}
    return max(scores, key=scores.__getitem__)


def _consistency(text: str, delimiter: str) -> float:
    """Share of the sampled records that have the commonest number of fields, weighed by that number."""
    sample = csv.reader(io.StringIO(text[:SAMPLE_CHARACTERS], newline=""), delimiter=delimiter)
    counts = Counter(len(record) for record in islice(sample, SAMPLE_RECORDS) if record)
    several = {fields: records for fields, records in counts.items() if fields > 1}
    if not several:
        return 0.0
    fields, records = max(several.items(), key=lambda item: (item[1], item[0]))
    return records / counts.total() * (1 - 1 / fields)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """Every record; line breaks inside quotation marks, also a lone carriage return, stay as they are."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _swallowed(text: str, rows: list[list[str]], delimiter: str) -> list[tuple[str, str]]:
    """Notes on cells that look as if a stray quotation mark had swallowed the rows after it."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    breaks = max(widths.most_common(1)[0][0] - 1, 1) if widths else 1
    notes = [
        (QUOTES, f"row {number}: one quoted cell holds what looks like {full} rows")
        for number, row in enumerate(rows, 1)
        for value in row
        if (full := _full_lines(value, delimiter, breaks)) >= 2
    ]
    if not notes and rows and text.count('"') % 2 and any("\n" in value for value in rows[-1]):
        notes.append((QUOTES, f"row {len(rows)}: a quotation mark is not closed before the end of the file"))
    return notes


def _full_lines(value: str, delimiter: str, breaks: int) -> int:
    """How many lines of a cell have as many delimiters as a row."""
    if "\n" not in value and "\r" not in value:
        return 0
    return sum(line.count(delimiter) >= breaks for line in value.splitlines())
