"""The zip archive that a workbook is: its directory is checked before anything is inflated, its parts are inflated
within what the directory says, and an archive of only those parts is what a reader gets.

A zip tells its names, sizes and places twice, and two programs may believe different halves of it. The archive made
here leaves nothing to believe: what was checked is what is read.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from pmo_analytics.loading.files.raw_sheet import Refused

LOCAL_MAGIC = b"PK\x03\x04"
SMALL_PART = 1 << 20
"""Parts up to one MiB may be compressed as well as they like."""

_HEADER = 30


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much a zip archive may hold: bytes in all, times its compressed size, and number of parts."""

    unzipped: int
    ratio: float
    entries: int


def directory(data: bytes, limits: ZipLimits) -> dict[str, zipfile.ZipInfo]:
    """The entries of the archive by the names that packages compare.

    Raises Refused: DAMAGED_FILE for a directory that cannot be read, FILE_TOO_LARGE where number, size or
    compression of the parts exceed the limits, HOSTILE_FILE where two have one name or lie in the same bytes.
    """
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as error:
        raise Refused("DAMAGED_FILE", "the directory of the zip archive cannot be read.") from error
    _check_sizes(entries, limits)
    named = {part_name(entry.filename): entry for entry in entries}
    if len(named) < len(entries):
        raise Refused("HOSTILE_FILE", "two parts of the zip archive have the same name.")
    _check_places(data, entries)
    return named


def part_name(name: str) -> str:
    """The name of a part as packages compare them: forward slashes, no leading one, case folded.

    >>> part_name("/XL\\\\Workbook.xml")
    'xl/workbook.xml'
    """
    return name.replace("\\", "/").lstrip("/").casefold()


def inflated(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The content of an entry; never more than one byte beyond what the directory says is inflated.

    Raises Refused: PASSWORD_PROTECTED, UNKNOWN_FORMAT, DAMAGED_FILE, or HOSTILE_FILE where it is larger than
    said.
    """
    if entry.flag_bits & 1:
        raise Refused("PASSWORD_PROTECTED", "the zip archive is encrypted.")
    start = _start(data, entry)
    content = _decompressed(entry, data[start : start + entry.compress_size])
    if len(content) > entry.file_size:
        raise Refused("HOSTILE_FILE", f"part {entry.filename} is larger than the zip directory says.")
    if len(content) < entry.file_size or zlib.crc32(content) != entry.CRC:
        raise Refused("DAMAGED_FILE", f"part {entry.filename} does not match its checksum.")
    return content


def archive_of(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of the named contents, not compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name.replace("\\", "/").lstrip("/")), content)
    return file.getvalue()


def _check_sizes(entries: list[zipfile.ZipInfo], limits: ZipLimits) -> None:
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


def _check_places(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Raise Refused where an entry lies outside the archive, or where two entries share bytes."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Refused("HOSTILE_FILE", f"part {entry.filename} of the zip archive lies inside another.")
        end = _start(data, entry) + entry.compress_size
        if end > len(data):
            raise Refused("DAMAGED_FILE", f"part {entry.filename} goes beyond the end of the file.")


def _start(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the content of an entry begins."""
    header = data[entry.header_offset : entry.header_offset + _HEADER]
    if len(header) < _HEADER or not header.startswith(LOCAL_MAGIC):
        raise Refused("DAMAGED_FILE", f"part {entry.filename} is not where the zip directory says.")
    name, extra = struct.unpack("<HH", header[26:])
    return entry.header_offset + _HEADER + int(name) + int(extra)


def _decompressed(entry: zipfile.ZipInfo, raw: bytes) -> bytes:
    """The content of an entry, at most one byte more than the directory says."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return raw
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused("UNKNOWN_FORMAT", f"part {entry.filename} is compressed in an unusual way.")
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, entry.file_size + 1)
    except zlib.error as error:
        raise Refused("DAMAGED_FILE", f"part {entry.filename} cannot be inflated.") from error
