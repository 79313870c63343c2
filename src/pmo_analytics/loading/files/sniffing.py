"""What a file is, judged by its bytes and not by its name, before any parser sees it."""

from __future__ import annotations

import codecs

from pmo_analytics.loading.files.compound import MAGIC as COMPOUND_MAGIC
from pmo_analytics.loading.files.compound import Compound
from pmo_analytics.loading.files.formats import (
    OLD_OFFICE,
    PLAN,
    STREAMS,
    Foreign,
    first_kind,
    foreign_bytes,
    foreign_text,
    refusal,
)
from pmo_analytics.loading.files.raw_sheet import Refused

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_FEW_CONTROLS = 4
"""So many control characters are a slip in a text, however short it is."""
_ABOUT = "\x01CompObj"
_UNICODE_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before that of UTF-16, which it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20)])


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
    if encoding in (None, "utf-8-sig") and _is_binary(data):
        raise Refused("UNKNOWN_FORMAT", "the content is binary, of no known format.")
    _refuse(foreign_text(data[:8192].decode(encoding or "latin-1", "replace")))
    return "text"


def _refuse(kind: Foreign | None) -> None:
    if kind is not None:
        raise refusal(kind)


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
