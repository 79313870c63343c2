"""The facts of .xls workbooks (BIFF5 and BIFF8), from the records of their sheets."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence

from pmo_analytics.loading.files.biff import records, rk_number, workbook_stream
from pmo_analytics.loading.files.colours import PALETTE, WHITE, palette_colour
from pmo_analytics.loading.files.compound import Compound
from pmo_analytics.loading.files.facts import CELL_ERRORS, SheetFacts, Styles, tells_something, times_of_day

_BIFF8 = 0x0600
_BEGIN, _END = 0x0809, 0x000A
_CELLS = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD})
_SOLID = 1
_KNOWN_FORMATS = {9: "0%", 10: "0.00%"}
_LEAST = {0x0006: 14, 0x0203: 14, 0x0205: 8, 0x027E: 10, 0x0208: 16, 0x007D: 10, 0x00BD: 6, 0x00BE: 6}
"""How many bytes a record needs to be looked at; all others need six."""


class XlsFacts:
    """Finds the facts of an .xls workbook."""

    def __init__(self, compound: Compound) -> None:
        self._stream = workbook_stream(compound)
        self.date_1904 = False
        self._is_biff8 = False
        self._starts: dict[str, int] = {}
        self._codes: dict[int, str] = dict(_KNOWN_FORMATS)
        self._cell_styles: list[tuple[int, int, int]] = []
        self._palette: Sequence[str] = PALETTE
        self._read_globals()
        self._styles = self._telling_styles()

    def facts(self, sheet: str, rows: Sequence[Sequence[object]]) -> SheetFacts:
        """The facts of a sheet whose values are `rows`."""
        facts = SheetFacts()
        if sheet in self._starts:
            scan = _SheetScan(facts, self._styles, times_of_day(rows))
            for number, content in _own_records(self._stream, self._starts[sheet]):
                scan.record(number, content)
        return facts

    def _read_globals(self) -> None:
        for number, content in records(self._stream):
            if number == _BEGIN and len(content) >= 4:
                self._is_biff8 = struct.unpack_from("<H", content)[0] >= _BIFF8
            elif number == 0x0022 and len(content) >= 2:
                self.date_1904 = content[0] == 1
            elif number == 0x0085 and len(content) > 8:
                (start,) = struct.unpack_from("<I", content)
                self._starts.setdefault(self._text(content[6:], 1), start)
            elif number == 0x041E and len(content) > 3:
                self._format(content)
            elif number == 0x00E0:
                self._style(content)
            elif number == 0x0092 and len(content) >= 2 + 4 * 56:
                self._palette = [content[at : at + 3].hex().upper() for at in range(2, 2 + 4 * 56, 4)]
            elif number == _END:
                return

    def _text(self, content: bytes, size: int) -> str:
        """A text with its length, of one or two bytes, before it."""
        length = int.from_bytes(content[:size], "little")
        if not self._is_biff8:
            return content[size : size + length].decode("cp1252", "replace")
        start = size + 1
        if content[size : size + 1] and content[size] & 1:
            return content[start : start + 2 * length].decode("utf-16-le", "replace")
        return content[start : start + length].decode("latin-1")

    def _format(self, content: bytes) -> None:
        code = self._text(content[2:], 2 if self._is_biff8 else 1)
        (number,) = struct.unpack_from("<H", content)
        if tells_something(code):
            self._codes[number] = code
        else:
            self._codes.pop(number, None)

    def _style(self, content: bytes) -> None:
        """Format, pattern and colour of a cell style."""
        form = struct.unpack_from("<H", content, 2)[0] if len(content) >= 4 else 0
        pattern = colour = 0
        if self._is_biff8 and len(content) >= 20:
            pattern, colour = content[17] >> 2, struct.unpack_from("<H", content, 18)[0] & 0x7F
        elif not self._is_biff8 and len(content) >= 12:
            fill = struct.unpack_from("<I", content, 8)[0]
            pattern, colour = fill >> 16 & 0x3F, fill & 0x7F
        self._cell_styles.append((form, pattern, colour))

    def _telling_styles(self) -> Styles:
        fills, formats = {}, {}
        for number, (form, pattern, index) in enumerate(self._cell_styles):
            colour = palette_colour(index, self._palette) if pattern == _SOLID else None
            if colour and colour != WHITE:
                fills[number] = colour
            if form in self._codes:
                formats[number] = self._codes[form]
        return Styles(fills, formats)


def _own_records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet, without those of the charts in it."""
    depth = 0
    for number, content in records(stream, start):
        depth += (number == _BEGIN) - (number == _END)
        if depth == 0:
            return
        if depth == 1 and len(content) >= _LEAST.get(number, 6):
            yield number, content


class _SheetScan:
    """Follows the records of a sheet."""

    def __init__(self, facts: SheetFacts, styles: Styles, times: set[tuple[int, int]]) -> None:
        self._facts = facts
        self._styles = styles
        self._times = times
        self._of_record: dict[int, Callable[[bytes], None]] = {
            0x0006: self._formula,
            0x0205: self._error,
            0x0203: self._number,
            0x027E: self._short_number,
            0x00BD: self._short_numbers,
            0x00BE: self._blanks,
            0x0208: self._row,
            0x007D: self._column,
        }

    def record(self, number: int, content: bytes) -> None:
        if number in self._of_record:
            self._of_record[number](content)
        if number in _CELLS:
            row, column, style = struct.unpack_from("<HHH", content)
            self._styles.tell(self._facts, (row, column), style)

    def _formula(self, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        if content[12:14] == b"\xff\xff" and content[6] == 2:
            self._facts.marks[row, column] = ("e", CELL_ERRORS.get(content[8], "#ERROR!"))
        elif content[12:14] != b"\xff\xff":
            self._keep_early(row, column, struct.unpack_from("<d", content, 6)[0])

    def _error(self, content: bytes) -> None:
        if content[7]:
            row, column = struct.unpack_from("<HH", content)
            self._facts.marks[row, column] = ("e", CELL_ERRORS.get(content[6], "#ERROR!"))

    def _number(self, content: bytes) -> None:
        row, column, _, value = struct.unpack_from("<HHHd", content)
        self._keep_early(row, column, value)

    def _short_number(self, content: bytes) -> None:
        row, column, _, bits = struct.unpack_from("<HHHI", content)
        self._keep_early(row, column, rk_number(bits))

    def _short_numbers(self, content: bytes) -> None:
        row, first = struct.unpack_from("<HH", content)
        for column, at in enumerate(range(4, len(content) - 7, 6), first):
            style, bits = struct.unpack_from("<HI", content, at)
            self._keep_early(row, column, rk_number(bits))
            self._styles.tell(self._facts, (row, column), style)

    def _blanks(self, content: bytes) -> None:
        row, first = struct.unpack_from("<HH", content)
        for column, at in enumerate(range(4, len(content) - 3, 2), first):
            (style,) = struct.unpack_from("<H", content, at)
            self._styles.tell(self._facts, (row, column), style)

    def _keep_early(self, row: int, column: int, value: float) -> None:
        if value < 0 and (row, column) in self._times:
            self._facts.marks[row, column] = ("n", value)

    def _row(self, content: bytes) -> None:
        (row,) = struct.unpack_from("<H", content)
        if content[12] & 0x20:
            self._facts.hidden_rows.append(row)

    def _column(self, content: bytes) -> None:
        first, last, _, _, flags = struct.unpack_from("<5H", content)
        if flags & 1:
            self._facts.hidden_columns += range(first, min(last, 255) + 1)
