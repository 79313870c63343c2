"""What a file is, judged by its bytes and not by its name, before any parser sees it."""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from pmo_analytics.loading.files.raw_sheet import Refused

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE2_MAGIC = b"\xd0\xcf\x11\xe0"
WORKBOOK_PART = "xl/workbook.xml"
SMALL_PART = 1 << 20
"""Parts up to one MiB may be compressed as well as they like."""

_OTHER_ZIPS = {
    "xl/workbook.bin": "an Excel binary workbook (.xlsb)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "index/document.iwa": "an Apple Numbers or Pages document",
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (.ods)",
}
_OLE2_STREAMS = {
    "EncryptedPackage": "",
    "Workbook": "an old Excel workbook (.xls)",
    "Book": "an old Excel workbook (.xls)",
    "MSProject.MPP": "a Microsoft Project plan (.mpp)",
    "WordDocument": "an old Word document (.doc)",
}
_OTHER_BINARIES = {
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
}
_UNICODE_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20)])
_HTML = re.compile(r"<(!doctype\s+html|html|head|body|table|meta|style|div)\b|mime-version:", re.IGNORECASE)
_DOCTYPES = tuple(
    needle
    for word in ("<!DOCTYPE", "<!ENTITY")
    for needle in (word.encode(), word.encode("utf-16-le")[:-1])  # without its last byte it fits both orders
)


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much a zip archive may hold: bytes in all, times its compressed size, and number of parts."""

    unzipped: int
    ratio: float
    entries: int


def sniff(data: bytes, name: str) -> str:
    """``zip`` or ``text`` for content that may be read on.

    `name` is the file's name, used only to say what an old binary file is. Raises Refused with EMPTY_FILE,
    PASSWORD_PROTECTED, HTML_AS_WORKBOOK or UNKNOWN_FORMAT for everything else.

    >>> sniff(b"id,name", "a.xls")
    'text'
    """
    if not data:
        raise Refused("EMPTY_FILE", "the file has no bytes.")
    if data.startswith(ZIP_MAGIC):
        return "zip"
    if data.startswith(OLE2_MAGIC):
        raise _old_binary(data, name)
    for magic, what in _OTHER_BINARIES.items():
        if data.startswith(magic):
            raise Refused("UNKNOWN_FORMAT", f"the content is {what}.")
    encoding = unicode_encoding(data)
    if encoding not in ("utf-16", "utf-16-le", "utf-16-be") and _is_binary(data):
        raise Refused("UNKNOWN_FORMAT", "the content is binary, of no known format.")
    _refuse_markup(data[:4096].decode(encoding or "latin-1", "replace"))
    return "text"


def unicode_encoding(data: bytes) -> str | None:
    """The Unicode encoding that the first bytes show: by their mark, or UTF-16 by its zero bytes; else None.

    >>> unicode_encoding(b"\\xef\\xbb\\xbfid")
    'utf-8-sig'
    """
    for mark, encoding in _UNICODE_MARKS.items():
        if data.startswith(mark):
            return encoding
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    """Whether more than one byte in a hundred is a control character that no text has."""
    return len(data) - len(data.translate(None, _CONTROLS)) > len(data) / 100


def _old_binary(data: bytes, name: str) -> Refused:
    """The refusal for a compound file: encrypted, or which old format."""
    found = [stream for stream in _OLE2_STREAMS if stream.encode("utf-16-le") in data]
    if "EncryptedPackage" in found:
        return Refused("PASSWORD_PROTECTED", "the workbook is encrypted.")
    by_name = {".xls": "Workbook", ".mpp": "MSProject.MPP", ".doc": "WordDocument"}
    stream = next(iter(found), by_name.get(name[-4:].casefold(), ""))
    what = _OLE2_STREAMS.get(stream, "an old Microsoft Office file")
    return Refused("UNKNOWN_FORMAT", f"the content is {what}.")


def _refuse_markup(start: str) -> None:
    """Raise Refused where the text begins as a web page or an XML document."""
    start = start.lstrip("\ufeff \t\r\n")
    is_xml = start.startswith("<?xml")
    if _HTML.match(start) or (is_xml and "<html" in start.casefold()):
        raise Refused("HTML_AS_WORKBOOK", "the content is a web page (HTML), not a workbook.")
    if is_xml and "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Refused("UNKNOWN_FORMAT", "the content is an XML Spreadsheet 2003.")
    if is_xml:
        raise Refused("UNKNOWN_FORMAT", "the content is an XML document, not a workbook.")


class Package:
    """A zip archive whose directory has been checked; parts are inflated one by one and checked too."""

    def __init__(self, data: bytes, limits: ZipLimits) -> None:
        self._data = data
        try:
            entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as error:
            raise Refused("DAMAGED_FILE", "the directory of the zip archive cannot be read.") from error
        _check_directory(entries, limits)
        self._entries = {part_name(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise Refused("HOSTILE_FILE", "two parts of the zip archive have the same name.")
        self._check_workbook()

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._entries

    def parsed_parts(self) -> list[str]:
        """The XML parts that a reader of workbooks opens."""
        return [
            name
            for name in self._entries
            if name.endswith((".xml", ".rels")) and name.startswith(("xl/", "_rels/", "[content_types]"))
        ]

    def part(self, name: str) -> bytes:
        """The inflated bytes of a part; raises Refused where they do not fit or declare entities."""
        entry = self._entries[part_name(name)]
        if entry.flag_bits & 1:
            raise Refused("PASSWORD_PROTECTED", "the zip archive is encrypted.")
        content = self._inflated(entry)
        if len(content) > entry.file_size:
            raise Refused("HOSTILE_FILE", f"part {name} is larger than the zip directory says.")
        if len(content) < entry.file_size or zlib.crc32(content) != entry.CRC:
            raise Refused("DAMAGED_FILE", f"part {name} does not match its checksum.")
        if any(needle in content for needle in _DOCTYPES):
            raise Refused("HOSTILE_FILE", f"part {name} declares a document type or entities.")
        return content

    def _inflated(self, entry: zipfile.ZipInfo) -> bytes:
        """The content of an entry, at most one byte more than the directory says."""
        header = self._data[entry.header_offset : entry.header_offset + 30]
        if len(header) < 30 or header[:4] != ZIP_MAGIC[0]:
            raise Refused("DAMAGED_FILE", f"part {entry.filename} is not where the zip directory says.")
        start = entry.header_offset + 30 + sum(struct.unpack("<HH", header[26:30]))
        raw = self._data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            return raw
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise Refused("UNKNOWN_FORMAT", f"part {entry.filename} is compressed in an unusual way.")
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, entry.file_size + 1)
        except zlib.error as error:
            raise Refused("DAMAGED_FILE", f"part {entry.filename} cannot be inflated.") from error

    def _check_workbook(self) -> None:
        """Raise Refused where the archive is something else than an .xlsx workbook."""
        if WORKBOOK_PART in self:
            return
        what = next(
            (what for part, what in _OTHER_ZIPS.items() if part in self), "a zip archive, not a workbook"
        )
        entry = self._entries.get("mimetype")
        if entry is not None and entry.file_size < 200:
            what = _OPEN_DOCUMENT.get(self.part("mimetype").strip(), "an OpenDocument file")
        raise Refused("UNKNOWN_FORMAT", f"the content is {what}.")


def part_name(name: str) -> str:
    """The name of a part as packages compare them: forward slashes, no leading one, case folded.

    >>> part_name("/XL\\\\Workbook.xml")
    'xl/workbook.xml'
    """
    return name.replace("\\", "/").lstrip("/").casefold()


def _check_directory(entries: list[zipfile.ZipInfo], limits: ZipLimits) -> None:
    """Raise Refused where number, size or compression of the parts exceed the limits."""
    if len(entries) > limits.entries:
        raise Refused(
            "FILE_TOO_LARGE", f"the zip archive has {len(entries):,} parts (limit {limits.entries:,})."
        )
    total = sum(entry.file_size for entry in entries)
    if total > limits.unzipped:
        raise Refused("FILE_TOO_LARGE", f"unzipped it has {total:,} bytes (limit {limits.unzipped:,}).")
    for entry in entries:
        if entry.file_size > max(SMALL_PART, limits.ratio * entry.compress_size):
            times = entry.file_size / max(entry.compress_size, 1)
            raise Refused(
                "FILE_TOO_LARGE",
                f"part {entry.filename} is compressed {times:,.0f} times (limit {limits.ratio:g}).",
            )
