"""Workbooks (.xlsx, .xlsm): values by python-calamine, errors and missing results from the sheets' XML."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

import python_calamine as calamine

from pmo_analytics.loading.files.biff import is_encrypted, workbook_stream
from pmo_analytics.loading.files.compound import MAGIC as COMPOUND_MAGIC
from pmo_analytics.loading.files.compound import Compound
from pmo_analytics.loading.files.decrypting import REMOVE, decrypted
from pmo_analytics.loading.files.raw_sheet import RawSheet, Refused, sheet_of_rows
from pmo_analytics.loading.files.sniffing import WORKBOOK_PART, Package, ZipLimits, compound_kind

Marks = dict[tuple[int, int], tuple[str, str]]

_MAY_HOLD_MARKS = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")
_NOT_UNDERSTOOD = ("Unrecognized", "Expecting", "not found in archive")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """A workbook: what it is, its sheets, sentences about them, and whether its days count from 1904."""

    format: str
    sheets: tuple[RawSheet, ...]
    notes: tuple[tuple[str, str], ...] = ()
    date_1904: bool = False


def read_workbook(
    data: bytes,
    limits: ZipLimits,
    *,
    password: str | None = None,
    reading: Callable[[str], object] = lambda _: None,
) -> WorkbookFile:
    """The worksheets of a workbook in its own order; charts, macros and dialogs are left out.

    `reading` is told the name of each sheet before it is read. Raises Refused with DAMAGED_FILE, HOSTILE_FILE,
    FILE_TOO_LARGE, PASSWORD_PROTECTED, WRONG_PASSWORD, READER_FAILED or UNKNOWN_FORMAT. A hostile workbook can
    end the process or exceed its memory: call it in a process of its own.
    """
    data, opened = _opened(data, limits, password)
    marks = _all_marks(opened) if isinstance(opened, Package) and opened.kind == "xlsx" else {}
    if isinstance(opened, Package):
        for part in opened.parsed_parts():
            opened.part(part)
    book = _book(data)
    sheets = []
    for about in book.sheets_metadata:
        if about.typ == calamine.SheetTypeEnum.WorkSheet:
            reading(about.name)
            hidden = about.visible != calamine.SheetVisibleEnum.Visible
            rows = _rows(book, about.name)
            sheets.append(sheet_of_rows(about.name, rows, hidden=hidden, marks=marks.get(about.name)))
    return WorkbookFile(opened.kind if isinstance(opened, Package) else "xls", tuple(sheets))


def _opened(data: bytes, limits: ZipLimits, password: str | None) -> tuple[bytes, Package | Compound]:
    """The bytes of the workbook behind its password, and their container, checked."""
    if not data.startswith(COMPOUND_MAGIC):
        return data, Package(data, limits)
    compound = Compound(data)
    if compound_kind(compound) == "xls" and not is_encrypted(workbook_stream(compound)):
        return data, compound
    data = decrypted(data, password)
    return data, Compound(data) if data.startswith(COMPOUND_MAGIC) else Package(data, limits)


def _book(data: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise Refused("PASSWORD_PROTECTED", "the workbook is encrypted.", advice=REMOVE) from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as error:
        raise _unreadable("the workbook", error) from error


def _rows(book: calamine.CalamineWorkbook, name: str) -> list[list[object]]:
    """The rows of a sheet from its first row and column on."""
    try:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[return-value]
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as error:
        raise _unreadable("the sheet", error, sheet=name) from error


def _unreadable(what: str, error: Exception, sheet: str | None = None) -> Refused:
    """The refusal of what the parser does not understand, which need not be damaged."""
    told = str(error).rstrip(".")
    if any(word in told for word in _NOT_UNDERSTOOD):
        return Refused(
            "READER_FAILED", f"{what} has parts that the reader does not know: {told}.", sheet=sheet
        )
    return Refused("DAMAGED_FILE", f"{what} cannot be read: {told}.", sheet=sheet)


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
