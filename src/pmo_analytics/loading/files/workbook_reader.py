"""Workbooks (.xlsx, .xlsm): values by python-calamine, errors and missing results from the sheets' XML."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

import python_calamine as calamine

from pmo_analytics.loading.files.raw_sheet import RawSheet, Refused, sheet_of_rows
from pmo_analytics.loading.files.sniffing import WORKBOOK_PART, Package, ZipLimits

Marks = dict[tuple[int, int], tuple[str, str]]

_MAY_HOLD_MARKS = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")


def read_workbook(
    data: bytes, limits: ZipLimits, *, reading: Callable[[str], object] = lambda _: None
) -> tuple[RawSheet, ...]:
    """The worksheets of a workbook in its own order; charts, macros and dialogs are left out.

    `reading` is told the name of each sheet before it is read. Raises Refused with DAMAGED_FILE,
    HOSTILE_FILE, FILE_TOO_LARGE, PASSWORD_PROTECTED or UNKNOWN_FORMAT. A hostile workbook can end the
    process or exceed its memory: call it in a process of its own.
    """
    package = Package(data, limits)
    marks = _all_marks(package)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise Refused("PASSWORD_PROTECTED", "the workbook is encrypted.") from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as error:
        raise Refused("DAMAGED_FILE", f"the workbook cannot be opened: {error}.") from error
    sheets = []
    for about in book.sheets_metadata:
        if about.typ == calamine.SheetTypeEnum.WorkSheet:
            reading(about.name)
            hidden = about.visible != calamine.SheetVisibleEnum.Visible
            rows = _rows(book, about.name)
            sheets.append(sheet_of_rows(about.name, rows, hidden=hidden, marks=marks.get(about.name)))
    return tuple(sheets)


def _rows(book: calamine.CalamineWorkbook, name: str) -> list[list[object]]:
    """The rows of a sheet from its first row and column on."""
    try:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[return-value]
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as error:
        raise Refused("DAMAGED_FILE", f"the sheet cannot be read: {error}.", sheet=name) from error


def _all_marks(package: Package) -> dict[str, Marks]:
    """Error cells and formulas without a result, by sheet; every XML part is checked on the way."""
    names = sheet_parts(package)
    marks = {}
    for part in package.parsed_parts():
        content = package.part(part)
        if part in names and _MAY_HOLD_MARKS.search(content):
            marks[names[part]] = marked_cells(content, names[part])
    return marks


def sheet_parts(package: Package) -> dict[str, str]:
    """The sheet of each part, found through the workbook and its relationships."""
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def relationship(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: Mapping[str, str]) -> None:
        identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if tag == "sheet" and identity in targets:
            target = targets[identity].replace("\\", "/")
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").casefold()
            names[part] = attributes.get("name", "")

    folder, leaf = posixpath.split(WORKBOOK_PART)
    relations = f"{folder}/_rels/{leaf}.rels"
    if relations in package:
        _walk(package.part(relations), relationship)
        _walk(package.part(WORKBOOK_PART), sheet)
    return names


def _walk(content: bytes, started: Callable[[str, Mapping[str, str]], None]) -> None:
    """Call `started` with the local name and the attributes of every element."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: started(tag.rpartition(":")[2], attributes)
    _parse(parser, content, None)


def _parse(parser: expat.XMLParserType, content: bytes, sheet: str | None) -> None:
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused("DAMAGED_FILE", f"its XML is not well-formed: {error}.", sheet=sheet) from error


def marked_cells(content: bytes, sheet: str | None = None) -> Marks:
    """Kind and value of the cells of a sheet's XML that are errors (``e``) or lack a result (``f``).

    Rows and columns count from zero; the dimension element, which may lie, is not looked at. A formula whose
    result is the empty text is typed as text by Excel and is no mark.
    """
    scan = _CellScan()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    _parse(parser, content, sheet)
    return scan.marks


class _CellScan:
    """Follows a sheet's XML cell by cell."""

    def __init__(self) -> None:
        self.marks: Marks = {}
        self._row = self._column = -1
        self._type = ""
        self._has_formula = self._in_value = False
        self._value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self._in_value = True
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.match(attributes.get("r", ""))
        if place:
            self._row = int(place[2]) - 1
            self._column = -1
            for letter in place[1]:
                self._column = (self._column + 1) * 26 + ord(letter) - 65
        else:
            self._column += 1
        self._type = attributes.get("t", "")
        self._has_formula = self._in_value = False
        self._value = ""

    def text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "v":
            self._in_value = False
        elif tag == "c" and self._type == "e":
            self.marks[self._row, self._column] = ("e", self._value.strip() or "#ERROR!")
        elif tag == "c" and self._has_formula and not self._value and self._type != "str":
            self.marks[self._row, self._column] = ("f", "")
