"""Delimited text (.csv and its kin): the encoding, the delimiter, and the records as they stand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from pmo_analytics.loading.files.raw_sheet import RawSheet, Refused, sheet_of_rows
from pmo_analytics.loading.files.sniffing import unicode_encoding

DELIMITERS = ",;\t|"
RARE_DELIMITERS = "~^#:"
"""Tried where no usual one splits the text; they must split nearly every record into three fields or more."""
RARE_SHARE = 0.9
MOST_STRAY_QUOTES = 1000
LONGEST_FIELD = 2**31 - 1  # the largest number that every platform's csv module takes
SAMPLE_CHARACTERS = 1 << 18
SAMPLE_RECORDS = 500

_DOUBLY_DECODED = re.compile("Ã[\u0080-\u00bf]|Â[£§©®°±·]|â€[“”™œ\u009d–—¦]|ï»¿")
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

    Short records are padded, long ones are kept whole; a line on which a quotation mark is opened and not closed,
    so that it would swallow rows, is read as plain text and named in a note. Raises Refused (DAMAGED_FILE) where
    the bytes do not fit the encoding that they announce, FILE_TOO_LARGE where records and fields span too large
    a grid.
    """
    csv.field_size_limit(LONGEST_FIELD)
    text, encoding, notes = decoded(data)
    text, told = _cleaned(text)
    notes.extend(told)
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else likely_delimiter(text)
    rows, told, odd = read_records(text, delimiter)
    if declared:
        rows[0] = [declared[0].strip('"')]
        notes.append((NOTE, f"row 1 names the delimiter {delimiter!r}"))
    elif delimiter not in DELIMITERS:
        notes.append((NOTE, f"split at {delimiter!r}, as no usual delimiter is there"))
    notes.extend(told or _swallowed(rows, delimiter))
    cells: list[list[object]] = rows  # type: ignore[assignment]
    sheet = replace(sheet_of_rows(None, cells), widths=tuple(map(len, rows)), odd_rows=tuple(odd))
    return TextFile(sheet, encoding, delimiter, tuple(notes))


def _cleaned(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without zero characters and without the mark that old systems put at its end; what is to be said."""
    notes = []
    if "\0" in text:
        notes.append((DAMAGED, f"{text.count(chr(0)):,} zero characters were removed"))
        text = text.replace("\0", "")
    twice = _DOUBLY_DECODED.findall(text)
    if twice:
        words = f"{len(twice):,} places such as {twice[0]!r} were decoded wrongly before they were exported"
        notes.append((DAMAGED, words))
    return text.removesuffix("\x1a"), notes


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
    likely = max(scores, key=scores.__getitem__)
    if scores[likely] > 0:
        return likely
    rare = {delimiter: _consistency(text, delimiter) for delimiter in RARE_DELIMITERS}
    likely = max(rare, key=rare.__getitem__)
    return likely if rare[likely] >= RARE_SHARE * (1 - 1 / 3) else DELIMITERS[0]


def _consistency(text: str, delimiter: str) -> float:
    """Share of the sampled records that have the commonest number of fields, weighed by that number."""
    sample = csv.reader(io.StringIO(text[:SAMPLE_CHARACTERS], newline=""), delimiter=delimiter)
    counts = Counter(len(record) for record in islice(sample, SAMPLE_RECORDS) if record)
    several = {fields: records for fields, records in counts.items() if fields > 1}
    if not several:
        return 0.0
    fields, records = max(several.items(), key=lambda item: (item[1], item[0]))
    return records / counts.total() * (1 - 1 / fields)


def read_records(text: str, delimiter: str) -> tuple[list[list[str]], list[tuple[str, str]], list[int]]:
    """Every record, notes on quotation marks that were not taken for such, and the records (from 0) that have them.

    Line breaks inside quotation marks, also a lone carriage return, stay as they are.

    >>> read_records('id,name,cost\\nP1,"a,1\\nP2,b,2\\n', ",")[0]
    [['id', 'name', 'cost'], ['P1', '"a', '1'], ['P2', 'b', '2']]
    """
    lines = list(io.StringIO(text, newline=""))
    form = _form(lines, delimiter)
    rows: list[list[str]] = []
    notes: list[tuple[str, str]] = []
    odd: list[int] = []
    start = 0
    while start < len(lines) and len(notes) < MOST_STRAY_QUOTES:
        reader = csv.reader(lines[start:], strict=True, **form)
        done = 0
        try:
            for record in reader:
                rows.append(record)
                done = reader.line_num
        except csv.Error as error:
            at_end = "end of data" in str(error)
            end = start + max(reader.line_num, done + 1)
            start += done
            records, lines_used, words = _mended(lines[start:end], form, at_end)
            notes += [(QUOTES, f"row {len(rows) + 1}: {words}")] if words else []
            odd += range(len(rows), len(rows) + len(records))
            rows += records
            start += lines_used
        else:
            return rows, notes, odd
    return rows + list(csv.reader(lines[start:], **form)), notes, odd


def _mended(lines: list[str], form: Mapping[str, Any], at_end: bool) -> tuple[list[list[str]], int, str]:
    """The records of lines that break the rules of quotation, how many lines they are, and what is to be said."""
    breaks = lines[0].count(form["delimiter"])
    full = breaks and any(line.count(form["delimiter"]) >= breaks for line in lines[1:])
    if full or (at_end and len(lines) == 1):
        plain = list(csv.reader(lines[:1], delimiter=form["delimiter"], quoting=csv.QUOTE_NONE))
        return plain, 1, "a quotation mark is opened and not closed; the line was read as plain text"
    words = (
        "a quotation mark is not closed before the end of the file"
        if at_end
        else "text follows a closing quotation mark"
    )
    return list(csv.reader(lines, **form)), len(lines), words


def _form(lines: list[str], delimiter: str) -> dict[str, Any]:
    """How quotation marks are to be read: plainly, or with blanks before them, or escaped by a backslash."""
    plain: dict[str, Any] = {"delimiter": delimiter}
    spaced = {**plain, "skipinitialspace": True}
    if any(f'{delimiter} "' in line for line in lines):
        widths = _widths(lines, plain)
        if (widths is None or len(widths) > 1) and len(_widths(lines, spaced) or ()) == 1:
            return spaced
    escaped = {**plain, "escapechar": "\\", "doublequote": False}
    if any('\\"' in line for line in lines) and _widths(lines, plain) is None and _widths(lines, escaped):
        return escaped
    return plain


def _widths(lines: list[str], form: Mapping[str, Any]) -> set[int] | None:
    """The numbers of fields of the records that are not blank; None where the rules of quotation are broken."""
    try:
        return set(map(len, csv.reader(lines, strict=True, **form))) - {0}
    except csv.Error:
        return None


def _swallowed(rows: list[list[str]], delimiter: str) -> list[tuple[str, str]]:
    """Notes on cells that look as if a stray quotation mark had swallowed the rows after it."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    breaks = max(widths.most_common(1)[0][0] - 1, 1) if widths else 1
    return [
        (QUOTES, f"row {number}: one quoted cell holds what looks like {full} rows")
        for number, row in enumerate(rows, 1)
        for value in row
        if (full := _full_lines(value, delimiter, breaks)) >= 2
    ]


def _full_lines(value: str, delimiter: str, breaks: int) -> int:
    """How many lines of a cell have as many delimiters as a row."""
    if "\n" not in value and "\r" not in value:
        return 0
    return sum(line.count(delimiter) >= breaks for line in value.splitlines())
