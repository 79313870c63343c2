"""The facts of .xlsx and .xlsm workbooks, from the XML of their sheets: what a reader of values leaves out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from xml.parsers import expat

from pmo_analytics.loading.files.claims import refuse_far_cells
from pmo_analytics.loading.files.facts import Marks, SheetFacts, Styles, times_of_day
from pmo_analytics.loading.files.package import WORKBOOK_PART, Package
from pmo_analytics.loading.files.raw_sheet import Place, Refused
from pmo_analytics.loading.files.xlsx_styles import parse_xml, telling_styles, walk_elements

_MAY_HOLD_MARKS = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")
_MAY_HIDE = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)""")
_MARK_WORDS = (b"<f", b":f", b'"e"', b"'e'")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_UNPLACED_CELL = re.compile(rb"""<(?:\w+:)?c(?=[\s/>])(?![^>]*\sr\s*=)""")
_CELL_OR_ROW = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s/>])([^>]*)")
_ATTRIBUTE = re.compile(rb"""\b(\w+)\s*=\s*["']([^"']*)["']""")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?(E[+-]?[0-9]{1,3})?\Z", re.IGNORECASE)
_MANY = 64
"""So many styles are looked for by name; of more, every styled cell is looked at."""
_TRUE = (b"1", b"true")
_MOST_COLUMNS = 16_384


class XlsxFacts:
    """Finds the facts of an .xlsx workbook; making it refuses sheets whose cells span too much."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts, self.date_1904, self._counts_anew = sheet_parts(package)
        self._telling = set()
        for sheet, part in self._parts.items():
            content = package.part(part)
            refuse_far_cells(content, sheet)
            if _looked_at(content):
                self._telling.add(part)
        self._styles = _styles(package)

    def facts(self, sheet: str, rows: Sequence[Sequence[object]]) -> SheetFacts:
        """The facts of a sheet whose values are `rows`."""
        facts = SheetFacts()
        part = self._parts.get(sheet)
        times = times_of_day(rows)
        if part is None or not (part in self._telling or self._styles or times):
            return facts
        content = _as_utf8(self._package.part(part))
        if times or _may_hold_marks(content):
            facts.marks = marked_cells(content, sheet, times, counts_anew=self._counts_anew)
        if _may_hide(content):
            facts.hidden_rows = list(_hidden_rows(content))
            facts.hidden_columns = list(_hidden_columns(content))
        if self._styles:
            height = max(len(rows), 1 + max((row for row, _ in facts.marks), default=-1))
            _tell_styles(facts, self._styles, content, height)
        return facts


def _looked_at(content: bytes) -> bool:
    """Whether a part may hold marks or hidden rows; what is written in UTF-16 is looked at anyway."""
    return _may_hold_marks(content) or _may_hide(content) or content[:2] in (b"\xff\xfe", b"\xfe\xff")


def _may_hold_marks(content: bytes) -> bool:
    # The words are looked for first, twenty times faster: a sheet can have a million rows without one.
    return any(word in content for word in _MARK_WORDS) and bool(_MAY_HOLD_MARKS.search(content))


def _may_hide(content: bytes) -> bool:
    return b"hidden" in content and bool(_MAY_HIDE.search(content))


def _as_utf8(content: bytes) -> bytes:
    """The content in UTF-8, which is what the patterns here look for."""
    if content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return content
    return re.sub(r"\A\ufeff?<\?xml[^>]*\?>", "", content.decode("utf-16", "replace")).encode()


def sheet_parts(package: Package) -> tuple[dict[str, str], bool, bool]:
    """The part of each sheet, found through the workbook and its relationships.

    Then whether days count from 1904, and whether the workbook wants every formula to be counted anew.
    """
    targets: dict[str, str] = {}
    parts: dict[str, str] = {}
    dates: list[str] = []
    anew: list[str] = []

    def relationship(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def element(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            dates.append(attributes.get("date1904", ""))
        elif tag == "calcPr":
            anew.append(attributes.get("fullCalcOnLoad", ""))
        identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if tag == "sheet" and identity in targets:
            target = targets[identity].replace("\\", "/")
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").casefold()
            if part in package:
                parts.setdefault(attributes.get("name", ""), part)

    folder, leaf = posixpath.split(WORKBOOK_PART)
    relations = f"{folder}/_rels/{leaf}.rels"
    if relations in package:
        walk_elements(package.part(relations), relationship)
        walk_elements(package.part(WORKBOOK_PART), element)
    return parts, dates[:1] in (["1"], ["true"]), anew[:1] in (["1"], ["true"])


def _styles(package: Package) -> Styles:
    """What the styles tell; a stylesheet that cannot be read tells nothing, as the values do not need it."""
    if "xl/styles.xml" not in package:
        return Styles()
    theme = package.part("xl/theme/theme1.xml") if "xl/theme/theme1.xml" in package else b""
    try:
        return telling_styles(package.part("xl/styles.xml"), theme)
    except Refused:
        return Styles()


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(text))


def _hidden_rows(content: bytes) -> Iterator[int]:
    number = -1
    for found in _ROW.finditer(content):
        attributes = _attributes(found[1])
        number = int(attributes[b"r"]) - 1 if attributes.get(b"r", b"").isdigit() else number + 1
        if attributes.get(b"hidden") in _TRUE:
            yield number


def _hidden_columns(content: bytes) -> Iterator[int]:
    for found in _COLUMNS.finditer(content):
        attributes = _attributes(found[1])
        first, last = attributes.get(b"min", b""), attributes.get(b"max", b"")
        if attributes.get(b"hidden") in _TRUE and first.isdigit() and last.isdigit():
            yield from range(int(first) - 1, min(int(last), _MOST_COLUMNS))


def _tell_styles(facts: SheetFacts, styles: Styles, content: bytes, height: int) -> None:
    """Add the fills and formats of the cells above the row `height`.

    Only cells of a telling style are looked at, one by one: a sheet may have a million styled empty ones.
    """
    if _UNPLACED_CELL.search(content):
        placed = _counted_cells(content)
    else:
        telling = {*styles.fills, *styles.formats}
        wanted = b"|".join(str(number).encode() for number in telling) if len(telling) < _MANY else rb"\d+"
        cells = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\bs\s*=\s*["'](?:""" + wanted + rb""")["'])([^>]*)""")
        placed = (
            (_place(_attributes(found[1]).get(b"r", b"")), found[1]) for found in cells.finditer(content)
        )
    for place, text in placed:
        if place is None or place[0] >= height:
            continue
        style = _attributes(text).get(b"s", b"")
        if style.isdigit():
            styles.tell(facts, place, int(style))


def _counted_cells(content: bytes) -> Iterator[tuple[Place | None, bytes]]:
    """The cells of a sheet some of which do not say where they are: each is right of the one before."""
    row = column = -1
    for found in _CELL_OR_ROW.finditer(content):
        reference = _attributes(found[2]).get(b"r", b"")
        if found[1] == b"row":
            row, column = int(reference) - 1 if reference.isdigit() else row + 1, -1
            continue
        place = _place(reference)
        row, column = place or (row, column + 1)
        yield (row, column), found[2]


def _place(reference: bytes) -> Place | None:
    found = _REFERENCE.match(reference.decode("ascii", "replace"))
    return (int(found[2]) - 1, column_number(found[1])) if found else None


def column_number(letters: str) -> int:
    """The number of a column, counted from zero.

    >>> column_number("AB")
    27
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def marked_cells(
    content: bytes,
    sheet: str | None = None,
    times: Collection[Place] = (),
    *,
    counts_anew: bool = False,
) -> Marks:
    """Kind and value of the cells of a sheet's XML that are errors (``e``) or lack a result (``f``).

    Of cells that are `times`, a stored number below zero is kept as that number (``n``). Rows and columns
    count from zero; the dimension element, which may lie, is not looked at. A formula whose result is the empty
    text is typed as text by Excel and is no mark. Where a workbook `counts_anew`, the zero of a formula is what
    its writer put there for want of a result.
    """
    scan = _CellScan(times, counts_anew=counts_anew)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parse_xml(parser, content, sheet)
    return scan.marks


class _CellScan:
    """Follows a sheet's XML cell by cell."""

    def __init__(self, times: Collection[Place], *, counts_anew: bool) -> None:
        self.marks: Marks = {}
        self._times = times
        self._no_results = ("", "0") if counts_anew else ("",)
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
            self._row, self._column = int(place[2]) - 1, column_number(place[1])
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
        elif tag == "c":
            self._end_cell((self._row, self._column))

    def _end_cell(self, place: Place) -> None:
        if self._type == "e":
            self.marks[place] = ("e", self._value.strip() or "#ERROR!")
        elif self._has_formula and self._value in self._no_results and self._type != "str":
            self.marks[place] = ("f", "")
        elif place in self._times and _NEGATIVE.match(self._value):
            self.marks[place] = ("n", float(self._value))
