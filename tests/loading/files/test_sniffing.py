"""What a file is, by its bytes; and what a zip archive may hold."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from pmo_analytics.loading.files.raw_sheet import Refused
from pmo_analytics.loading.files.sniffing import Package, ZipLimits, sniff, unicode_encoding

LIMITS = ZipLimits(unzipped=50 << 20, ratio=200, entries=100)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name", "code", "words"),
    [
        (b"", "a.csv", "EMPTY_FILE", "no bytes"),
        (b"\xef\xbb\xbf \r\n<!DOCTYPE html><p>", "a.xls", "HTML_AS_WORKBOOK", "web page"),
        (b"<HTML xmlns:x='urn:x'>", "a.xls", "HTML_AS_WORKBOOK", "web page"),
        (b"\n<table border=1>", "a.xlsx", "HTML_AS_WORKBOOK", "web page"),
        ("<html>".encode("utf-16"), "a.xls", "HTML_AS_WORKBOOK", "web page"),
        (b"<?xml version='1.0'?>\n<html>", "a.xls", "HTML_AS_WORKBOOK", "web page"),
        (b"MIME-Version: 1.0\r\nContent-Type: x", "a.xls", "HTML_AS_WORKBOOK", "web page"),
        (
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            "a.xls",
            "UNKNOWN_FORMAT",
            "XML Spreadsheet 2003",
        ),
        (b"<?xml version='1.0'?><a/>", "a.csv", "UNKNOWN_FORMAT", "XML document"),
        (b"%PDF-1.7", "a.csv", "UNKNOWN_FORMAT", "PDF"),
        (bytes(range(256)), "a.csv", "UNKNOWN_FORMAT", "binary"),
        (b"id\0\0\0\1\2,name\n", "a.csv", "UNKNOWN_FORMAT", "binary"),
        (OLE2 + utf16("EncryptedPackage"), "a.xlsx", "PASSWORD_PROTECTED", "encrypted"),
        (OLE2 + utf16("Workbook"), "a.xlsx", "UNKNOWN_FORMAT", ".xls"),
        (OLE2, "plan.MPP", "UNKNOWN_FORMAT", "Microsoft Project"),
        (OLE2, "a.xls", "UNKNOWN_FORMAT", ".xls"),
        (OLE2, "a.dat", "UNKNOWN_FORMAT", "old Microsoft Office"),
    ],
)
def test_refused_by_content(data: bytes, name: str, code: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        sniff(data, name)
    assert caught.value.code == code
    assert words in caught.value.message


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
    assert sniff(data, "any.name") == expected


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
        (zipped({"xl/workbook.bin": b"x"}), "UNKNOWN_FORMAT", ".xlsb"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
            "UNKNOWN_FORMAT",
            ".ods",
        ),
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
    package = Package(data, LIMITS)
    with pytest.raises(Refused) as caught:
        package.part("xl/workbook.xml")
    assert caught.value.code == code


def test_part_is_found_whatever_its_case_and_slashes() -> None:
    package = Package(zipped({"xl\\Workbook.xml": b"<a/>"}), LIMITS)
    assert package.part("/xl/workbook.xml") == b"<a/>"
