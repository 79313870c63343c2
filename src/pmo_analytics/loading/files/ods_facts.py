"""The facts of .ods workbooks, from their one part of content: what a reader of values leaves out or gets wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from xml.parsers import expat

from pmo_analytics.loading.files.facts import MOST_CELLS, SheetFacts, Styles
from pmo_analytics.loading.files.ods_styles import CellStyles
from pmo_analytics.loading.files.package import OPEN_DOCUMENT_PART, Package
from pmo_analytics.loading.files.raw_sheet import Place, Refused
from pmo_analytics.loading.files.xlsx_styles import parse_xml

_MANIFEST, _STYLES = "meta-inf/manifest.xml", "styles.xml"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_HIDDEN = ("collapse", "filter")
_TYPE, _DEFAULT_STYLE = "office:value-type", "table:default-cell-style-name"
_COLUMNS_REPEATED = "table:number-columns-repeated"
_MOST_ROWS, _MOST_COLUMNS, _MANY = 1 << 20, 1 << 14, 1000
_OPEN = "Open it in LibreOffice and save it without a password (File, Save As)."
_DURATION = re.compile(
    r"(-)?P(?:(\d{1,7})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d{1,6})\d*)?S)?\Z"
)


class OdsFacts:
    """Finds the facts of an .ods workbook; making it reads its styles and its content once."""

    def __init__(self, package: Package) -> None:
        if _MANIFEST in package and b"encryption-data" in package.part(_MANIFEST):
            raise Refused("PASSWORD_PROTECTED", "the OpenDocument spreadsheet is encrypted.", advice=_OPEN)
        if OPEN_DOCUMENT_PART not in package:
            raise Refused("DAMAGED_FILE", "the OpenDocument spreadsheet has no content.")
        scan = _Scan()
        for part in (_STYLES, OPEN_DOCUMENT_PART):
            if part in package:
                scan.read(package.part(part))
        self._sheets = scan.sheets
        self.date_1904 = scan.date_1904

    def facts(self, sheet: str, rows: Sequence[Sequence[object]]) -> SheetFacts:
        """The facts of a sheet; its values are of no use here."""
        del rows
        return self._sheets.get(sheet, SheetFacts())


class _Scan:
    """Follows styles and content element by element."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self.date_1904 = False
        self._styles = CellStyles()
        self._facts = SheetFacts()
        self._depth = self._row = self._column = 0
        self._rows = self._columns = 1
        self._row_style = ""
        self._column_styles: list[str] = []
        self._cell: Mapping[str, str] = {}
        self._words: list[str] | None = None
        self._in_note = False

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parse_xml(parser, content)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _CELLS:
            self._cell, self._words = attributes, None
            self._columns = _count(attributes, _COLUMNS_REPEATED, _MOST_COLUMNS)
        elif tag == "table:table-row":
            self._start_row(attributes)
        elif tag == "table:table-column":
            self._start_column(attributes)
        elif tag == "text:p" and not self._in_note:
            self._words = self._words or []
        elif tag == "office:annotation":
            self._in_note = True
        elif tag == "table:table":
            self._start_table(attributes.get("table:name", ""))
        elif tag == "table:null-date":
            self.date_1904 = attributes.get("table:date-value", "").startswith("1904-01-01")
        else:
            self._styles.start(tag, attributes)

    def text(self, text: str) -> None:
        if self._styles.listens:
            self._styles.text(text)
        elif self._words is not None and not self._in_note:
            self._words.append(text)

    def end(self, tag: str) -> None:
        if tag in _CELLS:
            if self._depth == 1:
                self._end_cell()
            self._column += self._columns
        elif tag == "table:table-row":
            self._row += self._rows
        elif tag == "office:annotation":
            self._in_note = False
        elif tag == "table:table":
            self._depth -= 1
        else:
            self._styles.end(tag)

    def _start_table(self, name: str) -> None:
        self._depth += 1
        if self._depth == 1:
            self._facts = self.sheets.setdefault(name, SheetFacts())
            self._row = 0
            self._column_styles = []

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._column = 0
        self._rows = _count(attributes, "table:number-rows-repeated", _MOST_ROWS)
        self._row_style = attributes.get(_DEFAULT_STYLE, "")
        if attributes.get("table:visibility") in _HIDDEN and self._row < _MOST_ROWS:
            self._facts.hidden_rows += range(self._row, min(self._row + self._rows, _MOST_ROWS))

    def _start_column(self, attributes: Mapping[str, str]) -> None:
        first = len(self._column_styles)
        columns = min(_count(attributes, _COLUMNS_REPEATED, _MOST_COLUMNS), _MOST_COLUMNS - first)
        self._column_styles += [attributes.get(_DEFAULT_STYLE, "")] * columns
        if attributes.get("table:visibility") in _HIDDEN:
            self._facts.hidden_columns += range(first, first + columns)

    def _end_cell(self) -> None:
        cell = self._cell
        mark = self._mark(cell)
        down, right = (
            _count(cell, f"table:number-{line}-spanned", _MOST_ROWS) for line in ("rows", "columns")
        )
        if down > 1 or right > 1:
            area = (self._row, self._column, self._row + down - 1, self._column + right - 1)
            self._facts.merged.append(area)
        style = cell.get("table:style-name") or self._row_style or self._column_style()
        fill, form = self._styles.fills.get(style), self._format(cell, style)
        if mark is None and fill is None and not form:
            return
        if mark is None and _TYPE not in cell and self._rows * self._columns > _MANY:
            return  # the blank rest of a sheet has a colour, which tells nothing
        telling = Styles({0: fill} if fill else {}, {0: form} if form else {})
        for place in self._places():
            telling.tell(self._facts, place, 0)
            if mark is not None:
                self._facts.marks[place] = mark

    def _places(self) -> Iterator[Place]:
        """The places of a cell and of its repetitions."""
        if self._rows * self._columns > MOST_CELLS:
            raise Refused("FILE_TOO_LARGE", f"one cell is repeated {self._rows * self._columns:,} times.")
        for row in range(self._row, self._row + self._rows):
            for column in range(self._column, self._column + self._columns):
                yield row, column

    def _mark(self, cell: Mapping[str, str]) -> tuple[str, object] | None:
        """Kind and value of a cell that is an error, lacks a result, or is a span of time."""
        kind = cell.get(_TYPE)
        if cell.get("calcext:value-type") == "error":
            return "e", "".join(self._words or []).strip() or "#ERROR!"
        if "table:formula" in cell and kind is None and self._words is None:
            return "f", ""
        if kind == "time":
            return _duration(cell.get("office:time-value", ""))
        return None

    def _column_style(self) -> str:
        return self._column_styles[self._column] if self._column < len(self._column_styles) else ""

    def _format(self, cell: Mapping[str, str], style: str) -> str:
        kind = cell.get(_TYPE)
        if kind == "currency" and cell.get("office:currency"):
            return f"[${cell['office:currency']}]#,##0"
        if kind == "percentage":
            return "0%"
        return self._styles.format(style) if kind in ("float", "currency") else ""


def _count(attributes: Mapping[str, str], name: str, most: int) -> int:
    """A number of repetitions, at least one and at most as many as a sheet has room for."""
    value = attributes.get(name, "1")
    return max(1, min(int(value[:9]), most)) if value.isdecimal() else 1


def _duration(text: str) -> tuple[str, object] | None:
    """A span of a day and more; a shorter one is the time of a day, as the reader of values has it.

    >>> _duration("PT36H00M00S")
    ('d', datetime.timedelta(days=1, seconds=43200))
    """
    found = _DURATION.match(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.group(2, 3, 4, 5))
    span = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    span += dt.timedelta(microseconds=int((found[6] or "0").ljust(6, "0")))
    if not found[1] and span < dt.timedelta(days=1):
        return None
    return "d", -span if found[1] else span
