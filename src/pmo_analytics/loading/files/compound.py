"""Compound files (OLE 2), the container of .xls, .mpp, .doc and of encrypted workbooks: names and streams.

Written for untrusted content: every sector is visited at most once, nothing is trusted to be where it is said
to be. Layout: [MS-CFB], Compound File Binary File Format, published by Microsoft.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pmo_analytics.loading.files.raw_sheet import Refused

MAGIC = b"\xd0\xcf\x11\xe0"
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks, such as the end of a chain."""
_ENTRY = 128
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int
    near: tuple[int, int]
    child: int


class Compound:
    """The streams and storages at the top of a compound file by name, upper and lower case alike.

    What lies deeper, such as the workbook embedded in a Word document, is not the file and is not seen.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise Refused("DAMAGED_FILE", "the compound file has no complete header.")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Refused("DAMAGED_FILE", "the header of the compound file is damaged.")
        self._size = 1 << shift
        self._sectors = len(data) // self._size
        self._table = self._allocation()
        (start,) = struct.unpack_from("<I", data, 48)
        entries = _entries(self._chain(start))
        root = next((entry for entry in entries if entry.kind == _ROOT), None)
        self._entries = {entry.name: entry for entry in _children(entries, root)} if root else {}
        (self._cutoff, mini_start) = struct.unpack_from("<II", data, 56)
        self._mini_table = _numbers(self._chain(mini_start))
        self._mini = self._chain(root.start)[: root.size] if root else b""

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """What is at the top, in small letters."""
        return tuple(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; raises Refused where there is none or its sectors do not fit."""
        entry = self._entries.get(name.casefold())
        if entry is None or entry.kind != _STREAM:
            raise Refused("DAMAGED_FILE", f"the compound file has no stream {name}.")
        if entry.size < self._cutoff:
            content = b"".join(
                self._mini[number << 6 : (number + 1) << 6]
                for number in _followed(entry.start, self._mini_table, len(self._mini) >> 6)
            )
        else:
            content = self._chain(entry.start)
        return content[: entry.size]

    def _allocation(self) -> tuple[int, ...]:
        """The number of the next sector, by sector."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        while more < _LAST and more not in seen and more < self._sectors:
            seen.add(more)
            numbers = _numbers(self._sector(more))
            listed += numbers[:-1]
            more = numbers[-1] if numbers else _LAST
        sectors = dict.fromkeys(number for number in listed if number < min(_LAST, self._sectors))
        return _numbers(b"".join(self._sector(number) for number in sectors))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _followed(start, self._table, self._sectors))


def _entries(content: bytes) -> list[_Entry]:
    """The entries of a directory, in its order, unused ones included."""
    found = []
    for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", content, at + 64)
        left, right, child = struct.unpack_from("<III", content, at + 68)
        start, size = struct.unpack_from("<II", content, at + 116)
        name = content[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").casefold()
        found.append(_Entry(name, content[at + 66], start, size, (left, right), child))
    return found


def _children(entries: list[_Entry], root: _Entry) -> Iterator[_Entry]:
    """The entries right below the root; each at most once, however the tree is tangled."""
    waiting, seen = [root.child], set[int]()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            yield entries[number]
            waiting += entries[number].near


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _followed(start: int, table: tuple[int, ...], limit: int) -> Iterator[int]:
    """The sectors of a chain; one that leaves the file or comes back to itself ends there."""
    seen: set[int] = set()
    while start < limit and start not in seen:
        seen.add(start)
        yield start
        start = table[start] if start < len(table) else _LAST
