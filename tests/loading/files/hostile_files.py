"""Files that attack their reader, made here: what each is, and which refusals are right for it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"

TOO_LARGE, HOSTILE, DAMAGED = "FileTooLarge", "HostileFile", "DamagedFile"
LOADS = "RawBook"
Parts = dict[str, str | bytes]


def workbook() -> Parts:
    """The parts of a small workbook whose strings are shared."""
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    book.active.append(["id", "name"])
    book.active.append(["P1", "Bridge"])
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(**parts: str | bytes) -> bytes:
    """The workbook with its sheet or its strings replaced."""
    names = {"sheet": SHEET, "strings": STRINGS}
    return zipped({**workbook(), **{names.get(name, name): content for name, content in parts.items()}})


def sheet(rows: str, before: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>'


def strings(inside: str, count: int = 1, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<sst {NAMESPACE} count="{count}" uniqueCount="{count}">{inside}</sst>'
    )


def bomb() -> bytes:
    return changed(strings=strings(f"<si><t>{'a' * (64 << 20)}</t></si>"))


def many_strings() -> bytes:
    return changed(strings=strings("<si><t>a</t></si>" * 1_000_000, 1_000_000))


def many_bytes_in_many_parts() -> bytes:
    """No part is large or well compressed, all together are."""
    text = b"".join(b"%d" % (number * 7919) for number in range(100_000))
    return zipped({**workbook(), **{f"xl/media/{number}.bin": text for number in range(80)}})


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{LAUGHS}]>'
QUADRATIC = f'<!DOCTYPE sst [<!ENTITY a "{"a" * 100_000}">]>'
EXTERNAL = '<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def in_utf16(text: str, encoding: str) -> bytes:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    return marks[encoding] + text.replace("UTF-8", "UTF-16").encode(encoding)


def ods(content: str) -> bytes:
    return zipped({"mimetype": ODS_TYPE, "content.xml": content})


def far_cell(reference: str, row: str) -> bytes:
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return changed(sheet=sheet(f'{first}<row r="{row}"><c r="{reference}"><v>1</v></c></row>'))


def styled_empty_rows() -> bytes:
    """A column formatted to the end of the sheet, a table of two rows at its top."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(3, 1_048_577))
    head = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for row, text in ((1, "id"), (2, "P1"))
    )
    return changed(sheet=sheet(head + rows))


def styled_to_the_corner() -> bytes:
    return changed(
        sheet=sheet('<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')
    )


def lying_size(said: int) -> bytes:
    """The directory and the part's own header say a size, the content has 32 million bytes."""
    content = sheet("").encode() + b" " * (32 << 20)
    data = changed(sheet=content)
    return data.replace(struct.pack("<I", len(content)), struct.pack("<I", said))


def lying_header() -> bytes:
    """The directory tells the truth of a small part; its own header has another size and another name."""
    data = bytearray(zipped(workbook()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = archive.getinfo(SHEET).header_offset
    data[place + 18 : place + 26] = struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF)
    data[place + 30 : place + 32] = b"zz"
    return bytes(data)


def overlapping() -> bytes:
    """A second entry of the directory points into the content of the first, as in a zip bomb without nesting."""
    data = zipped({**workbook(), "xl/a.xml": sheet(""), "xl/b.xml": sheet("")})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, second = archive.getinfo("xl/a.xml").header_offset, archive.getinfo("xl/b.xml").header_offset
    directory = data.index(b"PK\x01\x02")
    entry = data.index(b"xl/b.xml", directory) - 46
    assert data[entry + 42 : entry + 46] == struct.pack("<I", second)
    return data[: entry + 42] + struct.pack("<I", first) + data[entry + 46 :]


def same_name(other: str) -> bytes:
    """A workbook with one part more, of a name that is the sheet's but for its case or its slashes."""
    file = io.BytesIO(zipped(workbook()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/worksheets/sheet9.xml", "<a/>")
    return file.getvalue().replace(b"xl/worksheets/sheet9.xml", other.encode())


def nested() -> bytes:
    tags = [f"a{number * 7919}" for number in range(200_000)]
    deep = "".join(f"<{tag}>" for tag in tags) + "".join(f"</{tag}>" for tag in reversed(tags))
    return changed(sheet=sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{deep}'))


def attributes() -> bytes:
    many = " ".join(f'a{number}="1"' for number in range(200_000))
    return changed(sheet=sheet(f'<row r="1" {many}><c r="A1"><v>1</v></c></row>'))


def entries() -> bytes:
    return zipped({**workbook(), **{f"xl/{number}.xml": "" for number in range(3000)}})


Case = tuple[str, Callable[[], bytes], set[str], tuple[str | None, str | None]]
NOWHERE = (None, None)
CASES: list[Case] = [
    ("bomb.xlsx", bomb, {TOO_LARGE}, NOWHERE),
    ("many strings.xlsx", many_strings, {TOO_LARGE}, NOWHERE),
    ("many bytes.xlsx", many_bytes_in_many_parts, {TOO_LARGE}, NOWHERE),
    ("many parts.xlsx", entries, {TOO_LARGE}, NOWHERE),
    ("claimed strings.xlsx", lambda: changed(strings=strings("<si/>", 4_294_967_295)), {HOSTILE}, NOWHERE),
    (
        "billion laughs.xlsx",
        lambda: changed(strings=strings("<si><t>&l9;</t></si>", 1, BILLION)),
        {HOSTILE},
        NOWHERE,
    ),
    ("laughs in a sheet.xlsx", lambda: changed(sheet=sheet("", BILLION)), {HOSTILE}, NOWHERE),
    (
        "quadratic.xlsx",
        lambda: changed(strings=strings("<si><t>&a;</t></si>" * 9, 9, QUADRATIC)),
        {HOSTILE},
        NOWHERE,
    ),
    (
        "external.xlsx",
        lambda: changed(strings=strings("<si><t>&a;</t></si>", 1, EXTERNAL)),
        {HOSTILE},
        NOWHERE,
    ),
    ("utf-16 le.xlsx", lambda: changed(sheet=in_utf16(sheet("", BILLION), "utf-16-le")), {HOSTILE}, NOWHERE),
    ("utf-16 be.xlsx", lambda: changed(sheet=in_utf16(sheet("", BILLION), "utf-16-be")), {HOSTILE}, NOWHERE),
    ("laughs.ods", lambda: ods(f"{BILLION}<office:document-content/>"), {HOSTILE}, NOWHERE),
    ("far row.xlsx", lambda: far_cell("A4294967295", "4294967295"), {TOO_LARGE}, ("Plan", "A4294967295")),
    ("far column.xlsx", lambda: far_cell("ZZZZ2", "2"), {TOO_LARGE}, ("Plan", "ZZZZ2")),
    ("far corner.xlsx", lambda: far_cell("XFD1048576", "1048576"), {TOO_LARGE}, ("Plan", "XFD1048576")),
    ("far corner unsaid.xlsx", lambda: far_cell("XFD1048576", "2"), {TOO_LARGE}, ("Plan", "XFD1048576")),
    ("styled corner.xlsx", styled_to_the_corner, {LOADS}, NOWHERE),
    ("styled rows.xlsx", styled_empty_rows, {LOADS}, NOWHERE),
    ("lying small.xlsx", lambda: lying_size(1000), {HOSTILE}, NOWHERE),
    ("lying large.xlsx", lambda: lying_size(40 << 20), {TOO_LARGE, DAMAGED}, NOWHERE),
    ("lying header.xlsx", lying_header, {LOADS}, NOWHERE),
    ("overlapping.xlsx", overlapping, {HOSTILE}, NOWHERE),
    ("twice.xlsx", lambda: same_name("xl/worksheets/sheet1.xml"), {HOSTILE}, NOWHERE),
    ("twice by case.xlsx", lambda: same_name("xl/Worksheets/SHEET1.XML"), {HOSTILE}, NOWHERE),
    ("twice by slashes.xlsx", lambda: same_name("xl\\worksheets\\sheet1.xml"), {HOSTILE}, NOWHERE),
    ("nested.xlsx", nested, {LOADS, DAMAGED, TOO_LARGE}, NOWHERE),
    ("attributes.xlsx", attributes, {LOADS, DAMAGED, TOO_LARGE}, NOWHERE),
    ("field.csv", lambda: b'id,"' + b"a" * (24 << 20) + b'"\nP1,x\n', {LOADS}, NOWHERE),
    ("wide.csv", lambda: b"a," * 500_000 + b"\n", {TOO_LARGE}, (None, "ABKPU1")),
    ("wide and long.csv", lambda: b"a," * 20_000 + b"\nb" * 20_000, {TOO_LARGE}, (None, "ACOG20001")),
    ("quote.csv", lambda: b'id,name\nP1,"' + b"x,y\n" * (1 << 20), {LOADS}, NOWHERE),
    ("quotes.csv", lambda: b'"' * (4 << 20), {LOADS}, NOWHERE),
    ("zeros.csv", lambda: bytes(16 << 20), {"UnknownFormat", "EmptyFile"}, NOWHERE),
]
