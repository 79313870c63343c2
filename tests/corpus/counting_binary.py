"""Rows and cells of the binary workbooks (.xls, .xlsb), counted from their records."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from xml.etree import ElementTree
from zipfile import ZipFile

import olefile

from corpus.counting import Count, counted

_BOUND_SHEET, _END, _STRINGS, _MORE = 0x85, 0x0A, 0xFC, 0x3C
_SHARED, _LABEL = 0xFD, 0x204
_FORMULAS = (0x06, 0x206, 0x406)
#: Records of one cell with a value; a formula is looked into.
_CELLS = (0x203, 0x204, 0x205, 0x27E, 0xD6, 0xFD, *_FORMULAS)
_SEVERAL = 0xBD


def count_xls(path: Path) -> list[Count]:
    """Of each worksheet of an .xls of Excel 5 and later."""
    with olefile.OleFileIO(path) as ole:
        stream = next(name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if ole.exists(name))
        data = ole.openstream(stream).read()
    strings = _filled_strings(data)
    starts = [
        unpack_from("<I", body)[0]
        for code, body in _records(data, 0)
        if code == _BOUND_SHEET and body[5] == 0
    ]
    return [_count_sheet(data, start, strings) for start in starts]


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a substream up to its end; a chart inside has an end of its own."""
    depth = 0
    while at + 4 <= len(data):
        code, size = unpack_from("<HH", data, at)
        if code in (0x809, 0x409, 0x209, 0x09):
            depth += 1
        elif code == _END:
            depth -= 1
            if depth == 0:
                return
        if depth == 1:
            yield code, data[at + 4 : at + 4 + size]
        at += 4 + size


def _filled_strings(data: bytes) -> list[bool]:
    """Whether each shared string has any text; a string may run on in the next record, after a byte of its own."""
    parts: list[bytes] = []
    for code, body in _records(data, 0):
        if code == _STRINGS or (code == _MORE and parts):
            parts.append(body)
        elif parts:
            break
    filled: list[bool] = []
    at, part = 8, 0
    while part < len(parts) and len(filled) < unpack_from("<I", parts[0], 4)[0]:
        if at >= len(parts[part]):
            part, at = part + 1, at - len(parts[part])
            continue
        letters, flags = unpack_from("<HB", parts[part], at)
        runs = unpack_from("<H", parts[part], at + 3)[0] if flags & 8 else 0
        aid = unpack_from("<I", parts[part], at + (5 if flags & 8 else 3))[0] if flags & 4 else 0
        at += 3 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
        filled.append(letters > 0)
        wide = flags & 1
        while letters * (1 + wide) > len(parts[part]) - at:
            letters -= (len(parts[part]) - at) // (1 + wide)
            part += 1
            wide, at = parts[part][0] & 1, 1
        at += letters * (1 + wide) + 4 * runs + aid
    return filled


def _count_sheet(data: bytes, start: int, strings: list[bool]) -> Count:
    rows: list[int] = []
    for code, body in _records(data, start):
        if code == _SEVERAL:
            rows += [unpack_from("<H", body)[0] + 1] * ((len(body) - 6) // 6)
        elif code in _CELLS and not _is_empty(code, body, strings):
            rows.append(unpack_from("<H", body)[0] + 1)
    return counted(rows)


def _is_empty(code: int, body: bytes, strings: list[bool]) -> bool:
    """Whether a cell holds an empty text: shared, its own, or the result of a formula."""
    if code == _SHARED:
        return not strings[unpack_from("<I", body, 6)[0]]
    if code == _LABEL:
        return unpack_from("<H", body, 6)[0] == 0
    return code in _FORMULAS and body[12:14] == b"\xff\xff" and body[6] == 3


def count_xlsb(path: Path) -> list[Count]:
    """Of each worksheet of an .xlsb."""
    with ZipFile(path) as package:
        relations = {
            one.get("Id"): (one.get("Type", "").rpartition("/")[2], one.get("Target", ""))
            for one in ElementTree.fromstring(package.read("xl/_rels/workbook.bin.rels"))
        }
        found = []
        for code, body in _records_of_xlsb(package.read("xl/workbook.bin")):
            if code == 156:
                length = unpack_from("<I", body, 8)[0]
                kind, target = relations[body[12 : 12 + 2 * length].decode("utf-16-le")]
                if kind == "worksheet":
                    part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
                    found.append(_count_sheet_of_xlsb(package.read(part)))
        return found


def _records_of_xlsb(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        code, at = data[at], at + 1
        if code & 0x80:
            code, at = (code & 0x7F) | (data[at] & 0x7F) << 7, at + 1
        size = shift = 0
        while True:
            size, shift, at = size | (data[at] & 0x7F) << shift, shift + 7, at + 1
            if not data[at - 1] & 0x80:
                break
        yield code, data[at : at + size]
        at += size


def _count_sheet_of_xlsb(data: bytes) -> Count:
    rows: list[int] = []
    row = 0
    for code, body in _records_of_xlsb(data):
        if code == 0:
            row = unpack_from("<I", body)[0] + 1
        elif 2 <= code <= 11:
            is_empty = code in (6, 8) and unpack_from("<I", body, 8)[0] == 0
            rows += [row] * (not is_empty)
    return counted(rows)
