"""Delimited text: encodings, delimiters, records."""

from __future__ import annotations

import pytest

from pmo_analytics.loading.files.raw_sheet import MAX_CELLS, Refused, cell_name, sheet_of_rows
from pmo_analytics.loading.files.text_reader import decoded, likely_delimiter, read_records, read_text


@pytest.mark.parametrize(
    ("data", "text", "encoding", "notes"),
    [
        ("£1".encode(), "£1", "utf-8", []),
        ("£1".encode("utf-8-sig"), "£1", "utf-8-sig", []),
        ("£1,2".encode("utf-16"), "£1,2", "utf-16", ["decoded as utf-16"]),
        ("£1,2".encode("utf-32"), "£1,2", "utf-32", ["decoded as utf-32"]),
        ("£1,2".encode("utf-16-be"), "£1,2", "utf-16-be", ["decoded as utf-16-be"]),
        (b"\xa31 \x96 \x80", "£1 – €", "cp1252", ["decoded as cp1252"]),
        (
            b"\xa31\x9d\x81",
            "£1\ufffd\ufffd",
            "cp1252",
            ["decoded as cp1252", "2 bytes are undefined in cp1252 and are shown as \ufffd"],
        ),
    ],
)
def test_decoded(data: bytes, text: str, encoding: str, notes: list[str]) -> None:
    read, used, told = decoded(data)
    assert (read, used, [words for _, words in told]) == (text, encoding, notes)


def test_bytes_against_their_mark_are_damage() -> None:
    with pytest.raises(Refused) as caught:
        decoded(b"\xef\xbb\xbfid\xff")
    assert caught.value.code == "DAMAGED_FILE"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,name\nP1,x\n", ","),
        ('id;name;cost\nP1;"A;B";1,5\nP2;C, D;2,5\n', ";"),
        ("id\tname\nP1\tA, B\n", "\t"),
        ("id|name\nP1|A;B\n", "|"),
        ("Report\n\nas of June, 2026\nid;name;cost\nP1;A;1\nP2;B;2\n", ";"),
        ("id\nP1\n", ","),
        ("", ","),
        ("id:name:cost\nP1:a:1\n", ":"),
        ("id^name^cost\nP1^a^1\n", "^"),
        ("start\n10:30\n11:45\n", ","),
        ("time:zone:x\nid;10:30:15;a\n", ";"),
    ],
)
def test_likely_delimiter(text: str, expected: str) -> None:
    assert likely_delimiter(text) == expected


@pytest.mark.parametrize(
    ("data", "columns", "kinds"),
    [
        (b"id,cost\nP1,7\n", (["id", "P1"], ["cost", "7"]), ("tt", "tt")),
        (b"id,cost\n007,\nP2, \n", (["id", "007", "P2"], ["cost", None, " "]), ("ttt", "t t")),
        (b"note\n\nid,b\n", (["note", None, "id"], [None, None, "b"]), ("t t", "  t")),
        (b"a,b\n1,2,3\n4\n", (["a", "1", "4"], ["b", "2", None], [None, "3", None]), ("ttt", "tt ", " t ")),
        (b"a,b,\n1,2,\n,,\n", (["a", "1"], ["b", "2"]), ("tt", "tt")),
        (b'a,b\r\n"x\r\ny","p\rq"\r\n', (["a", "x\r\ny"], ["b", "p\rq"]), ("tt", "tt")),
        (b"sep=;\nid;b\n", (["sep=;", "id"], [None, "b"]), ("tt", " t")),
        (b"NA,12E5,null\n,,\nnan,1,x", (["NA", None, "nan"], ["12E5", None, "1"], ["null", None, "x"]), None),
    ],
)
def test_cells(data: bytes, columns: tuple[list[object], ...], kinds: tuple[str, ...] | None) -> None:
    sheet = read_text(data).sheet
    assert sheet.columns == columns
    assert sheet.n_rows == len(columns[0])
    if kinds:
        assert sheet.kinds == kinds


def test_sep_line_wins_over_the_count() -> None:
    file = read_text(b'"sep=|"\r\na,b|c,d\r\n')
    assert file.delimiter == "|"
    assert file.sheet.columns == (["sep=|", "a,b"], [None, "c,d"])
    assert file.notes == (("READING_NOTE", "row 1 names the delimiter '|'"),)


def test_field_longer_than_the_default_limit() -> None:
    assert read_text(b"id,text\nP1," + b"x" * 200_000).sheet.columns[1][1] == "x" * 200_000


def test_zero_characters_are_removed_and_said() -> None:
    file = read_text(b"id,name\n" * 20 + b"P\x001,x")
    assert file.sheet.columns[0][-1] == "P1"
    assert ("DAMAGED_TEXT", "1 zero characters were removed") in file.notes


@pytest.mark.parametrize(
    ("data", "rows", "words"),
    [
        (
            b'id,name,cost\nP1,a,1\nP2,"b,2\nP3,c,3\nP4,"e",4\nP5,f,5\n',
            ["id name cost", "P1 a 1", 'P2 "b 2', "P3 c 3", "P4 e 4", "P5 f 5"],
            "row 3: a quotation mark is opened and not closed; the line was read as plain text",
        ),
        (
            b'id,name,cost\nP1,a,1\nP2,"b,2\nP3,c,3\n',
            ["id name cost", "P1 a 1", 'P2 "b 2', "P3 c 3"],
            "row 3: a quotation mark is opened and not closed; the line was read as plain text",
        ),
        (
            b'id,name,cost\nP1,a,"1\n',
            ["id name cost", 'P1 a "1'],
            "row 2: a quotation mark is opened and not closed; the line was read as plain text",
        ),
        (
            b'id,name,cost\nP1,a,1\nP2,b,"2\nP3,c',
            ["id name cost", "P1 a 1", "P2 b 2\nP3,c"],
            "row 3: a quotation mark is not closed before the end of the file",
        ),
        (
            b'id,name,cost\nP1,"a" b,1\nP2,b,2\n',
            ["id name cost", "P1 a b 1", "P2 b 2"],
            "row 2: text follows a closing quotation mark",
        ),
        (
            b'id,name,cost\nP1,"a\nP2,b,2\nP3,c,3",4\n',
            ["id name cost", "P1 a\nP2,b,2\nP3,c,3 4"],
            "row 2: one quoted cell holds what looks like 2 rows",
        ),
    ],
)
def test_stray_quotation_marks_swallow_no_row(data: bytes, rows: list[str], words: str) -> None:
    file = read_text(data)
    read = [" ".join(str(value) for value in row) for row in zip(*file.sheet.columns, strict=True)]
    assert read == rows
    assert file.notes == (("SUSPECT_QUOTES", words),)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('id,name,cost\nP1,"a \\"b\\" c",1\n', ["P1", 'a "b" c', "1"]),
        ('id,path,cost\nP1,"C:\\temp\\",1\n', ["P1", "C:\\temp\\", "1"]),
        ('id, name, cost\nP1, "a, b", 1\n', ["P1", "a, b", "1"]),
        ('id,name,cost\nP1, "a" b,1\n', ["P1", ' "a" b', "1"]),
        ('id,name,cost\nP1,5" pipe,"say ""hi"""\n', ["P1", '5" pipe', 'say "hi"']),
    ],
)
def test_forms_of_quotation(text: str, row: list[str]) -> None:
    rows, notes, _ = read_records(text, ",")
    assert (rows[1], notes) == (row, [])


def test_very_many_stray_quotes_end() -> None:
    rows, notes, _ = read_records('a,"b\n' * 3000, ",")
    assert len(notes) == 1000
    assert rows[:1000] == [["a", '"b']] * 1000


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("id,name\nP1,Â£5 â€“ cafÃ©\n", "DAMAGED_TEXT", "3 places such as 'Â£' were decoded wrongly"),
        ("id~name~cost\nP1~a~1\n", "READING_NOTE", "split at '~'"),
    ],
)
def test_what_else_is_said(text: str, code: str, words: str) -> None:
    ((told, sentence),) = read_text(text.encode()).notes
    assert told == code
    assert sentence.startswith(words)


def test_the_end_mark_of_old_systems_is_no_row() -> None:
    assert read_text(b"id,name\nP1,a\n\x1a").sheet.n_rows == 2


def test_long_texts_are_not_taken_for_rows() -> None:
    assert read_text(b'id,text\nP1,"plain\nlines\nof text"\n').notes == ()


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (5, 25, "Z6"), (5, 26, "AA6"), (1048575, 16383, "XFD1048576")]
)
def test_cell_name(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name


def test_a_grid_too_large_is_refused_with_its_cell() -> None:
    with pytest.raises(Refused) as caught:
        sheet_of_rows("Plan", [["x"]], marks={(1048575, 16383): ("e", "#N/A")})
    assert (caught.value.code, caught.value.sheet, caught.value.cell) == (
        "FILE_TOO_LARGE",
        "Plan",
        "XFD1048576",
    )
    assert MAX_CELLS < 1048576 * 16384
