"""What stands beside the values of binary workbooks, .xls and .xlsb, from records written here."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile

import pytest

from pmo_analytics.loading.files.archive import ZipLimits
from pmo_analytics.loading.files.biff import is_encrypted, rk_number
from pmo_analytics.loading.files.facts import SheetFacts
from pmo_analytics.loading.files.package import Package
from pmo_analytics.loading.files.xls_facts import XlsFacts
from pmo_analytics.loading.files.xlsb_facts import XlsbFacts, records

LIMITS = ZipLimits(unzipped=50 << 20, ratio=200, entries=100)


class Streams(dict[str, bytes]):
    """Stands for a compound file: its streams by name."""

    def stream(self, name: str) -> bytes:
        return self[name]


def record(number: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack("<HH", number, len(content)) + content


def xls(version: int, *cells: bytes, date_1904: int = 0) -> XlsFacts:
    """A workbook of one sheet: style 0 is plain, style 1 is red and £."""
    begin = record(0x0809, struct.pack("<HH12x", version, 5))
    if version == 0x0600:
        form = record(0x041E, struct.pack("<HHB", 164, 9, 1), "[$£-809]0".encode("utf-16-le"))
        plain = record(0x00E0, bytes(20))
        red = record(0x00E0, struct.pack("<HH10xIH", 0, 164, 1 << 26, 10))
        name = b"\x04\x00Plan"
    else:
        form = record(0x041E, struct.pack("<HB", 164, 5), b"\xa3#,#0")
        plain = record(0x00E0, bytes(16))
        red = record(0x00E0, struct.pack("<HH4xI4x", 0, 164, 1 << 16 | 10))
        name = b"\x04Plan"
    days = record(0x0022, struct.pack("<H", date_1904))
    head = begin + days + form + plain + red
    start = len(head) + 4 + 6 + len(name) + 4
    book = head + record(0x0085, struct.pack("<IBB", start, 0, 0), name) + record(0x000A)
    return XlsFacts(Streams(Workbook=book + begin + b"".join(cells) + record(0x000A)))  # type: ignore[arg-type]


def cell(number: int, row: int, column: int, style: int, content: bytes) -> bytes:
    return record(number, struct.pack("<HHH", row, column, style), content)


def chart() -> bytes:
    inside = cell(0x0205, 9, 9, 0, b"\x2a\x01")
    return record(0x0809, struct.pack("<HH12x", 0x0600, 0x20)) + inside + record(0x000A)


@pytest.mark.parametrize("version", [0x0600, 0x0500])
def test_xls(version: int) -> None:
    book = xls(
        version,
        record(0x007D, struct.pack("<HHHHHxx", 2, 3, 9, 0, 1)),
        record(0x0208, struct.pack("<HHHHHHI", 4, 0, 9, 255, 0, 0, 0x20)),
        chart(),
        cell(0x0205, 0, 0, 0, b"\x2a\x01"),
        cell(0x0205, 0, 1, 0, b"\x01\x00"),
        cell(0x0006, 1, 0, 1, b"\x02\x00\x07\x00\x00\x00\xff\xff" + bytes(8)),
        cell(0x0006, 1, 1, 0, struct.pack("<d", -2.5) + bytes(8)),
        cell(0x027E, 2, 0, 0, struct.pack("<I", (-5 << 2 | 2) & 0xFFFFFFFF)),
        record(
            0x00BD, struct.pack("<HH", 3, 0), struct.pack("<HI", 1, 6), struct.pack("<HI", 0, 6), b"\x01\x00"
        ),
        record(0x00BE, struct.pack("<HHHHH", 5, 0, 0, 1, 1)),
        date_1904=1,
    )
    noon = dt.time(12)
    facts = book.facts("Plan", [["", ""], ["", noon], [noon]])
    assert facts.marks == {
        (0, 0): ("e", "#N/A"),
        (1, 0): ("e", "#DIV/0!"),
        (1, 1): ("n", -2.5),
        (2, 0): ("n", -5.0),
    }
    assert (facts.hidden_rows, facts.hidden_columns) == ([4], [2, 3])
    assert facts.fills == {(1, 0): "FF0000", (3, 0): "FF0000", (5, 1): "FF0000"}
    assert facts.formats.keys() == facts.fills.keys()
    assert "£" in facts.formats[1, 0]
    assert book.date_1904
    assert book.facts("absent", []) == SheetFacts()


def test_xls_cut_in_the_middle_of_a_record() -> None:
    whole = xls(0x0600, cell(0x0205, 0, 0, 0, b"\x2a\x01"), cell(0x0205, 1, 0, 0, b"\x2a\x01"))
    stream = whole._stream
    for size in range(0, len(stream), 7):
        cut = XlsFacts(Streams(Workbook=stream[:size]))  # type: ignore[arg-type]
        assert len(cut.facts("Plan", []).marks) <= 2


@pytest.mark.parametrize(
    ("bits", "value"), [(6, 1.0), (7, 0.01), (0x3FF00000, 1.0), (0x3FF00001, 0.01), (0xFFFFFFFE, -1.0)]
)
def test_rk_number(bits: int, value: float) -> None:
    assert rk_number(bits) == value


@pytest.mark.parametrize(
    ("numbers", "expected"), [((0x0809, 0x2F, 0x0A), True), ((0x0809, 0x0A, 0x2F), False)]
)
def test_is_encrypted(numbers: tuple[int, ...], expected: bool) -> None:
    assert is_encrypted(b"".join(record(number) for number in numbers)) is expected


def brt(number: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    return head + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(*cells: bytes) -> XlsbFacts:
    styles = (
        brt(44, struct.pack("<H", 164), wide("0.0%"))
        + brt(45, struct.pack("<IBBh4s", 0, 1, 64, 0, b"\0\0\0\0"))
        + brt(45, struct.pack("<IBBh4s", 1, 5, 255, 0, b"\xc0\0\0\xff"))
        + brt(47, bytes(16))
        + brt(617)
        + brt(47, bytes(16))
        + brt(47, struct.pack("<HHHH8x", 0, 164, 0, 1))
        + brt(618)
    )
    relations = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>'
    parts = {
        "xl/workbook.bin": brt(153, struct.pack("<I", 1)) + brt(156, bytes(8), wide("rId1"), wide("Plan")),
        "xl/_rels/workbook.bin.rels": relations,
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": b"".join(cells),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return XlsbFacts(Package(file.getvalue(), LIMITS))


def test_xlsb() -> None:
    book = xlsb(
        brt(60, struct.pack("<IIIIH", 2, 3, 9, 0, 1)),
        brt(0, struct.pack("<IIHBB", 0, 0, 9, 0, 0)),
        brt(3, struct.pack("<IIB", 0, 0, 0x17)),
        brt(11, struct.pack("<IIB", 1, 1, 0x2A)),
        brt(5, struct.pack("<IId", 2, 0, -2.5)),
        brt(0, struct.pack("<IIHBB", 4, 0, 9, 0, 0x10)),
        brt(2, struct.pack("<III", 0, 0, (-5 << 2 | 2) & 0xFFFFFFFF)),
        brt(1, struct.pack("<II", 1, 1)),
        brt(176, struct.pack("<4I", 4, 5, 0, 1)),
    )
    noon = dt.time(12)
    facts = book.facts("Plan", [["", "", noon], [], [], [], [noon]])
    assert facts.marks == {
        (0, 0): ("e", "#REF!"),
        (0, 1): ("e", "#N/A"),
        (0, 2): ("n", -2.5),
        (4, 0): ("n", -5.0),
    }
    assert facts.merged == [(4, 0, 5, 1)]
    assert (facts.hidden_rows, facts.hidden_columns) == ([4], [2, 3])
    assert facts.fills == {(0, 1): "C00000", (4, 1): "C00000"}
    assert facts.formats == {(0, 1): "0.0%", (4, 1): "0.0%"}
    assert book.date_1904


def test_xlsb_records_that_are_cut_end() -> None:
    whole = brt(3, b"abc") + brt(617) + brt(156, b"de")
    assert list(records(whole)) == [(3, b"abc"), (617, b""), (156, b"de")]
    assert list(records(whole[:-1])) == [(3, b"abc"), (617, b"")]
