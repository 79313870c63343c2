"""The facts of .xlsb workbooks, from the records of their parts. Layout: [MS-XLSB], published by Microsoft."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator, Mapping, Sequence

from pmo_analytics.loading.files.biff import rk_number
from pmo_analytics.loading.files.colours import WHITE, palette_colour, tinted
from pmo_analytics.loading.files.facts import CELL_ERRORS, SheetFacts, Styles, tells_something, times_of_day
from pmo_analytics.loading.files.package import Package
from pmo_analytics.loading.files.xlsx_styles import walk_elements

_ROW, _ERROR, _FORMULA_ERROR, _SHORT_NUMBER, _REAL, _FORMULA_NUMBER = 0, 3, 11, 2, 5, 9
_LAST_CELL = 11
_FORMAT, _FILL, _STYLE, _BEGIN_STYLES, _END_STYLES = 44, 45, 47, 617, 618
_COLUMN, _BOOK, _SHEET, _MERGED = 60, 153, 156, 176
_SOLID, _RGB, _INDEXED = 1, 2, 1
_KNOWN_FORMATS = {9: "0%", 10: "0.00%"}
_MOST_COLUMNS = 16_384


class XlsbFacts:
    """Finds the facts of an .xlsb workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.date_1904 = False
        self._parts: dict[str, str] = {}
        self._read_workbook()
        self._styles = _telling_styles(package.part(_STYLES)) if _STYLES in package else Styles()

    def facts(self, sheet: str, rows: Sequence[Sequence[object]]) -> SheetFacts:
        """The facts of a sheet whose values are `rows`."""
        facts = SheetFacts()
        if sheet in self._parts:
            times = times_of_day(rows)
            row = 0
            for number, content in records(self._package.part(self._parts[sheet])):
                if number == _ROW and len(content) >= 12:
                    (row,) = struct.unpack_from("<I", content)
                    if content[11] & 0x10:
                        facts.hidden_rows.append(row)
                elif 0 < number <= _LAST_CELL and len(content) >= 8:
                    column, style = struct.unpack_from("<II", content)
                    self._styles.tell(facts, (row, column), style & 0xFFFFFF)
                    mark = _mark(number, content, (row, column) in times)
                    facts.marks.update({(row, column): mark} if mark else {})
                elif number == _COLUMN and len(content) >= 18 and content[16] & 1:
                    first, last = struct.unpack_from("<II", content)
                    facts.hidden_columns += range(first, min(last, _MOST_COLUMNS - 1) + 1)
                elif number == _MERGED and len(content) >= 16:
                    top, bottom, left, right = struct.unpack_from("<4I", content)
                    facts.merged.append((top, left, bottom, right))
        return facts

    def _read_workbook(self) -> None:
        targets: dict[str, str] = {}

        def relationship(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                targets[attributes.get("Id", "")] = attributes.get("Target", "")

        if _RELATIONS in self._package:
            walk_elements(self._package.part(_RELATIONS), relationship)
        for number, content in records(self._package.part("xl/workbook.bin")):
            if number == _BOOK and content:
                self.date_1904 = bool(content[0] & 1)
            elif number == _SHEET and len(content) > 12:
                identity, at = _text(content, 8)
                name, _ = _text(content, at)
                part = posixpath.normpath(posixpath.join("/xl", targets.get(identity, "")))
                if part in self._package:
                    self._parts.setdefault(name, part)


_STYLES, _RELATIONS = "xl/styles.bin", "xl/_rels/workbook.bin.rels"


def _mark(number: int, content: bytes, is_time: bool) -> tuple[str, object] | None:
    """Kind and value of a cell that is an error, or a day before the first one."""
    if number in (_ERROR, _FORMULA_ERROR) and len(content) > 8:
        return "e", CELL_ERRORS.get(content[8], "#ERROR!")
    value = 0.0
    if is_time and number == _SHORT_NUMBER and len(content) >= 12:
        value = rk_number(struct.unpack_from("<I", content, 8)[0])
    elif is_time and number in (_REAL, _FORMULA_NUMBER) and len(content) >= 16:
        (value,) = struct.unpack_from("<d", content, 8)
    return ("n", value) if value < 0 else None


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record; one that is cut ends them.

    >>> list(records(bytes.fromhex("00 02 0102 9c01 01 ff")))
    [(0, b'\\x01\\x02'), (156, b'\\xff')]
    """
    at, length = 0, len(content)
    while at < length:
        number = content[at]
        at += 1
        if number & 0x80 and at < length:
            number = (number & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < length and shift < 28:
            size |= (content[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not content[at - 1] & 0x80:
                break
        if at + size > length:
            return
        yield number, content[at : at + size]
        at += size


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text that starts with its length, and where it ends; empty where there is none."""
    if at + 4 > len(content):
        return "", at
    (length,) = struct.unpack_from("<I", content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * min(length, len(content))
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _telling_styles(content: bytes) -> Styles:
    """What the cell styles tell, by their number."""
    codes = dict(_KNOWN_FORMATS)
    colours: list[str | None] = []
    fills: dict[int, str] = {}
    formats: dict[int, str] = {}
    number_of_style = -1
    for number, record in records(content):
        if number == _FORMAT and len(record) > 6 and tells_something(_text(record, 2)[0]):
            codes[struct.unpack_from("<H", record)[0]] = _text(record, 2)[0]
        elif number == _FILL and len(record) >= 12:
            colours.append(_colour(record))
        elif number in (_BEGIN_STYLES, _END_STYLES):
            number_of_style = 0 if number == _BEGIN_STYLES else -1
        elif number == _STYLE and number_of_style >= 0 and len(record) >= 8:
            _, form, _, fill = struct.unpack_from("<4H", record)
            if form in codes:
                formats[number_of_style] = codes[form]
            if fill < len(colours) and (colour := colours[fill]):
                fills[number_of_style] = colour
            number_of_style += 1
    return Styles(fills, formats)


def _colour(fill: bytes) -> str | None:
    """The colour of a solid fill; None for another and for white."""
    (pattern,) = struct.unpack_from("<I", fill)
    kind, index, tint = struct.unpack_from("<BBh", fill, 4)
    if pattern != _SOLID:
        return None
    if kind & 1:  # red, green and blue stand beside the reference to a theme, tint not applied
        colour: str | None = fill[8:11].hex().upper()
    else:
        colour = palette_colour(index) if kind >> 1 == _INDEXED else None
    shown = tinted(colour, tint / 32767 if kind >> 1 != _RGB else 0.0) if colour else None
    return None if shown == WHITE else shown
