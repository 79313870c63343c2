"""The records of .xls workbooks (BIFF5 and BIFF8). Layout: [MS-XLS], published by Microsoft."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pmo_analytics.loading.files.compound import Compound

_FILE_PASSWORD, _END = 0x002F, 0x000A


def workbook_stream(compound: Compound) -> bytes:
    """The stream of records; a file that holds both kinds is read by its newer one."""
    return compound.stream("Workbook" if "Workbook" in compound else "Book")


def records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record from a place on; a record that is cut ends them."""
    at, length = start, len(stream)
    while at + 4 <= length:
        number, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > length:
            return
        yield number, stream[at : at + size]
        at += size


def is_encrypted(stream: bytes) -> bool:
    """Whether the workbook globals ask for a password.

    >>> is_encrypted(bytes.fromhex("0908 0000 2f00 0000"))
    True
    """
    for number, _ in records(stream):
        if number in (_FILE_PASSWORD, _END):
            return number == _FILE_PASSWORD
    return False


def rk_number(bits: int) -> float:
    """The number that the 30 bits of an RK value stand for: a whole number or the front of a float, maybe times 0.01.

    >>> rk_number((-5 << 2 | 2) & 0xFFFFFFFF)
    -5.0
    """
    if bits & 2:
        value = float((bits >> 2) - (1 << 30 if bits >> 31 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFFFFFC) << 32))
    return value / 100 if bits & 1 else value
