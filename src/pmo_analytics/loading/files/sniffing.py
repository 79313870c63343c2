"""What a file is, judged by its bytes and not by its name, before any parser sees it."""

from __future__ import annotations

import codecs
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from pmo_analytics.loading.files.compound import MAGIC as COMPOUND_MAGIC
from pmo_analytics.loading.files.compound import Compound
from pmo_analytics.loading.files.formats import (
    OLD_OFFICE,
    OPEN_DOCUMENT,
    PARTS,
    PLAN,
    STREAMS,
    ZIP,
    Foreign,
    first_kind,
    foreign_bytes,
    foreign_text,
)
from pmo_analytics.loading.files.raw_sheet import Refused

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
WORKBOOK_PART = "xl/workbook.xml"
OPEN_DOCUMENT_PART = "content.xml"
SMALL_PART = 1 << 20
"""Parts up to one MiB may be compressed as well as they like."""

_MIME_OF_SPREADSHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
_FEW_CONTROLS = 4
"""So many control characters are a slip in a text, however short it is."""
_WORKBOOK_PARTS = {WORKBOOK_PART: "xlsx", "xl/workbook.bin": "xlsb"}
_OPEN_DOCUMENT_PARTS = ("mimetype", "styles.xml", OPEN_DOCUMENT_PART, "meta-inf/manifest.xml")
_ABOUT = "\x01CompObj"
_UNICODE_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20)])
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


def sniff(data: bytes) -> str:
    """``zip``, ``compound`` (OLE 2) or ``text`` for content that may be read on.

    Raises Refused with EMPTY_FILE, HTML_AS_WORKBOOK or UNKNOWN_FORMAT for everything else, with its name where
    it has one.

    >>> sniff(b"id,name")
    'text'
    """
    if not data:
        raise Refused("EMPTY_FILE", "the file has no bytes.")
    if data.startswith(ZIP_MAGIC):
        return "zip"
    if data.startswith(COMPOUND_MAGIC):
        return "compound"
    _refuse(foreign_bytes(data))
    encoding = unicode_encoding(data)
    if encoding not in ("utf-16", "utf-16-le", "utf-16-be") and _is_binary(data):
        raise Refused("UNKNOWN_FORMAT", "the content is binary, of no known format.")
    _refuse(foreign_text(data[:8192].decode(encoding or "latin-1", "replace")))
    return "text"


def _refuse(kind: Foreign | None) -> None:
    if kind is not None:
        raise refusal(kind)


def refusal(kind: Foreign) -> Refused:
    """The refusal of a format by its name."""
    return Refused(kind.code, f"the content is {kind.what}.", advice=kind.advice)


def compound_kind(compound: Compound) -> str:
    """``xls``, or ``encrypted`` for a workbook behind a password; raises Refused for anything else."""
    if "EncryptedPackage" in compound:
        return "encrypted"
    if "Workbook" in compound or "Book" in compound:
        return "xls"
    about = compound.stream(_ABOUT) if _ABOUT in compound else b""
    kind = PLAN if b"MSProject" in about else first_kind(STREAMS, compound.__contains__)
    if kind is None and not compound.names:
        raise Refused("DAMAGED_FILE", "the directory of the compound file cannot be read.")
    raise refusal(kind or OLD_OFFICE)


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
    """Whether more than a few and one byte in a hundred are control characters that no text has."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    few = min(_FEW_CONTROLS, len(data) / 3)
    return controls > max(few, len(data) / 100)


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
        self.kind = self._kind()

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._entries

    def parsed_parts(self) -> list[str]:
        """The parts that a reader of workbooks opens."""
        if self.kind == "ods":
            return [name for name in self._entries if name in _OPEN_DOCUMENT_PARTS]
        endings = (".xml", ".rels", ".bin") if self.kind == "xlsb" else (".xml", ".rels")
        starts = ("xl/", "_rels/", "[content_types]")
        return [name for name in self._entries if name.endswith(endings) and name.startswith(starts)]

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
        if not name.endswith(".bin") and any(needle in content for needle in _DOCTYPES):
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

    def _kind(self) -> str:
        """``xlsx``, ``xlsb`` or ``ods``; raises Refused for an archive that is no workbook."""
        for part, kind in _WORKBOOK_PARTS.items():
            if part in self:
                return kind
        entry = self._entries.get("mimetype")
        if entry is not None and entry.file_size < 200:
            if self.part("mimetype").strip().startswith(_MIME_OF_SPREADSHEETS):
                return "ods"
            raise refusal(OPEN_DOCUMENT)
        raise refusal(first_kind(PARTS, self.__contains__) or ZIP)


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
