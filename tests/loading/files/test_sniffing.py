"""What a file is, by its bytes; and what a zip archive may hold."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from pmo_analytics.loading.files.archive import ZipLimits
from pmo_analytics.loading.files.compound import Compound
from pmo_analytics.loading.files.package import Package
from pmo_analytics.loading.files.raw_sheet import Refused
from pmo_analytics.loading.files.sniffing import compound_kind, sniff, unicode_encoding

LIMITS = ZipLimits(unzipped=50 << 20, ratio=200, entries=100)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "EMPTY_FILE", "no bytes"),
        (b"\xef\xbb\xbf \r\n<!DOCTYPE html><p>", "HTML_AS_WORKBOOK", "web page"),
        (b"<HTML xmlns:x='urn:x'>", "HTML_AS_WORKBOOK", "web page"),
        (b"\n<table border=1>", "HTML_AS_WORKBOOK", "web page"),
        ("<html>".encode("utf-16"), "HTML_AS_WORKBOOK", "web page"),
        (b"<?xml version='1.0'?>\n<html>", "HTML_AS_WORKBOOK", "web page"),
        (b"MIME-Version: 1.0\r\nContent-Type: x", "HTML_AS_WORKBOOK", "web page"),
        (
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            "UNKNOWN_FORMAT",
            "XML Spreadsheet 2003",
        ),
        (
            b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>",
            "UNKNOWN_FORMAT",
            ".fods",
        ),
        (b"<Project xmlns='http://schemas.microsoft.com/project'>", "UNKNOWN_FORMAT", "Microsoft Project"),
        (b"<?xml version='1.0'?><a/>", "UNKNOWN_FORMAT", "XML document"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\nP;P0\r\nC;Y1;X1;K1\r\n", "UNKNOWN_FORMAT", "SYLK"),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "UNKNOWN_FORMAT", "DIF"),
        (b"ERMHDR\t21.12\t2026-05-01\tProject\n", "UNKNOWN_FORMAT", "Primavera"),
        (b"MPX,Microsoft Project for Windows,4.0,ANSI\r\n", "UNKNOWN_FORMAT", "Microsoft Project"),
        (b'[{"id": "P1", "name": "Bridge"}]', "UNKNOWN_FORMAT", "JSON"),
        (b"%PDF-1.7", "UNKNOWN_FORMAT", "PDF"),
        (b"\x1f\x8b\x08\x00", "UNKNOWN_FORMAT", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "UNKNOWN_FORMAT", "picture"),
        (b"PAR1\x15\x04", "UNKNOWN_FORMAT", "Parquet"),
        (b"SQLite format 3\x00", "UNKNOWN_FORMAT", "SQLite"),
        (b"\x00\x00\x1a\x00\x00\x10\x04\x00", "UNKNOWN_FORMAT", "Lotus"),
        (b"\x09\x00\x04\x00\x07\x00\x10\x00", "UNKNOWN_FORMAT", "version 4 or older"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "UNKNOWN_FORMAT", "version 4 or older"),
        (
            b"\x03\x7a\x05\x01" + b"\x02\0\0\0" + b"\x41\0" + b"\x10\0" + bytes(20) + b"ID",
            "UNKNOWN_FORMAT",
            "dBase",
        ),
        (bytes(range(256)), "UNKNOWN_FORMAT", "binary"),
        (b"id\0\0\0\1\2\3,name\n", "UNKNOWN_FORMAT", "binary"),
    ],
)
def test_refused_by_content(data: bytes, code: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        sniff(data)
    assert caught.value.code == code
    assert words in caught.value.message


def compound(names: list[str], content: bytes = b"") -> bytes:
    """A compound file whose root holds streams of these names, each with the same short content."""
    free, last = 0xFFFFFFFF, 0xFFFFFFFE
    header = struct.pack(
        "<8s16x5H6x7I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1
    )
    header += struct.pack("<2I109I", last, 0, 0, *[free] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, last, last, last, *[free] * 124)

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        return struct.pack("<64sHBB3I36xIQ", text, len(text) + 2, kind, 1, free, right, child, start, size)

    root = entry("Root Entry", 5, free, 1 if names else free, 3, 512)
    streams = [
        entry(name, 2, at + 1 if at < len(names) else free, free, 0, len(content))
        for at, name in enumerate(names, 1)
    ]
    directory = (root + b"".join(streams)).ljust(512, b"\0")
    mini = struct.pack("<128I", last, *[free] * 127)
    return header + table + directory + mini + content.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["a", "Workbook"], "xls"), (["BOOK"], "xls"), (["EncryptedPackage"], "encrypted")],
)
def test_compound_files_that_are_read(names: list[str], expected: str) -> None:
    data = compound(names, b"content")
    assert sniff(data) == "compound"
    assert compound_kind(Compound(data)) == expected
    assert Compound(data).stream(names[-1]) == b"content"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (compound(["\x01CompObj"], b"\x0eMSProject.MPP14\0"), "UNKNOWN_FORMAT", "Microsoft Project"),
        (compound(["WordDocument"]), "UNKNOWN_FORMAT", "Word"),
        (compound(["PowerPoint Document"]), "UNKNOWN_FORMAT", "PowerPoint"),
        (compound(["a"]), "UNKNOWN_FORMAT", "old Microsoft Office"),
        (compound([]), "DAMAGED_FILE", "directory"),
        (compound(["Workbook"])[:300], "DAMAGED_FILE", "header"),
        (compound(["Workbook"])[:30] + bytes(600), "DAMAGED_FILE", "header"),
    ],
)
def test_compound_files_that_are_refused(data: bytes, code: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        compound_kind(Compound(data))
    assert caught.value.code == code
    assert words in caught.value.message


def test_a_chain_of_sectors_that_bites_its_tail_ends() -> None:
    data = bytearray(compound(["Workbook"], b"content"))
    struct.pack_into("<I", data, 512 + 4, 1)  # the directory's next sector is the directory
    struct.pack_into("<I", data, 1024 + 128 + 72, 1)  # the stream's right neighbour is the stream
    assert Compound(bytes(data)).stream("workbook") == b"content"


@pytest.mark.parametrize(
    "data",
    [
        b"ID;Project;Phase\nA;B;C\nB;C;D\n",
        b"TABLE,0,1\nP1,2,3\n",
        b"a\0b",
        b"hello\n\0world\0\n",
        b"BZh,MM*,PAR1\n1,2,3\n",
        b"[id],[name]\n1,2\n",
    ],
)
def test_delimited_text_is_not_taken_for_something_else(data: bytes) -> None:
    assert sniff(data) == "text"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"id,name\n", "text"),
        (b"\xef\xbb\xbfid", "text"),
        ("id;näme".encode("utf-16"), "text"),
        (utf16("id;name;cost"), "text"),
        (b"id,\xa31.5m\n", "text"),
        (b"id,name\n" * 50 + b"P\x001,x\n", "text"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "zip"),
    ],
)
def test_read_on(data: bytes, expected: str) -> None:
    assert sniff(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfid", "utf-8-sig"),
        (b"\xff\xfei\x00", "utf-16"),
        (b"\xfe\xff\x00i", "utf-16"),
        (utf16("id,name"), "utf-16-le"),
        ("id,name".encode("utf-16-be"), "utf-16-be"),
        (b"id,name", None),
    ],
)
def test_unicode_encoding(data: bytes, expected: str | None) -> None:
    assert unicode_encoding(data) == expected


def lying(size: int) -> bytes:
    """A zip whose directory says that its one large part has `size` bytes."""
    data = bytearray(zipped({"xl/workbook.xml": b"x" * 1000}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", size)
    return bytes(data)


def doubled() -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/workbook.xml", b"<b/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
            "UNKNOWN_FORMAT",
            "OpenDocument",
        ),
        (zipped({"Index/Document.iwa": b"x"}), "UNKNOWN_FORMAT", "Numbers"),
        (zipped({"word/document.xml": b"x"}), "UNKNOWN_FORMAT", "Word"),
        (zipped({"readme.txt": b"x"}), "UNKNOWN_FORMAT", "zip archive"),
        (zipped({"xl/workbook.xml": b"x" * 100})[:60], "DAMAGED_FILE", "directory"),
        (doubled(), "HOSTILE_FILE", "same name"),
        (zipped({f"xl/{n}.xml": b"" for n in range(101)}), "FILE_TOO_LARGE", "101 parts"),
        (zipped({"xl/workbook.xml": bytes(3 << 20)}), "FILE_TOO_LARGE", "compressed"),
        (zipped({f"xl/{n}.xml": bytes(11 << 20) for n in range(5)}), "FILE_TOO_LARGE", "unzipped"),
    ],
)
def test_directory_refused(data: bytes, code: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        Package(data, LIMITS)
    assert caught.value.code == code
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"xl/workbook.xml": b"<a/>"}, "xlsx"),
        ({"xl/workbook.bin": b"x"}, "xlsb"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}, "ods"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet-template"}, "ods"),
    ],
)
def test_kinds_of_workbooks(parts: dict[str, bytes], kind: str) -> None:
    assert Package(zipped(parts), LIMITS).kind == kind


def flipped() -> bytes:
    data = bytearray(zipped({"xl/workbook.xml": b"<workbook/>"}, zipfile.ZIP_STORED))
    data[data.index(b"<workbook/>") + 3] ^= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lying(10), "HOSTILE_FILE"),
        (lying(2000), "DAMAGED_FILE"),
        (flipped(), "DAMAGED_FILE"),
        (zipped({"xl/workbook.xml": b"<!DOCTYPE a><a/>"}), "HOSTILE_FILE"),
        (zipped({"xl/workbook.xml": '<!ENTITY a "b">'.encode("utf-16-be")}), "HOSTILE_FILE"),
        (zipped({"xl/workbook.xml": '<!DOCTYPE a "b">'.encode("utf-16")}), "HOSTILE_FILE"),
        (zipped({"xl/workbook.xml": b"<a/>"}, zipfile.ZIP_BZIP2), "UNKNOWN_FORMAT"),
    ],
)
def test_part_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        Package(data, LIMITS)
    assert caught.value.code == code


def test_part_is_found_whatever_its_case_and_slashes() -> None:
    package = Package(zipped({"xl\\Workbook.xml": b"<a/>"}), LIMITS)
    assert package.part("/xl/workbook.xml") == b"<a/>"
