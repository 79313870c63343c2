"""The styles of an .ods workbook that tell something: fills, and number formats of money, of parts, of padded ids."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pmo_analytics.loading.files.colours import WHITE
from pmo_analytics.loading.files.facts import tells_something

_COLOUR = re.compile(r"#([0-9A-Fa-f]{6})\Z")
_PERCENTAGE = "number:percentage-style"
_FORMATS = frozenset({"number:number-style", "number:currency-style", "number:text-style", _PERCENTAGE})
_TEXTS = frozenset({"number:text", "number:currency-symbol", "number:embedded-text"})
#: A format of several sections is a format for negative numbers that names the one for the others.
_NOT_NEGATIVE = frozenset({"value()>=0", "value()>0"})
_MOST_DIGITS = 20


class CellStyles:
    """Collects what the styles of cells tell; `start`, `text` and `end` are called element by element."""

    def __init__(self) -> None:
        self.fills: dict[str, str] = {}
        self._formats_of: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._positive: dict[str, str] = {}
        self._name = self._form = self._kind = ""
        self._parts: list[str] = []
        self._words: list[str] | None = None
        self._position = 0

    @property
    def listens(self) -> bool:
        """Whether the text that comes next belongs to a number format."""
        return self._words is not None

    def format(self, style: str) -> str:
        """The number format of a style, as other workbooks write it; empty where it tells nothing."""
        form = self._formats_of.get(style, "")
        code = self._codes.get(self._positive.get(form, form), "")
        return code if tells_something(code) else ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take note of the element that begins."""
        if tag == "style:style":
            self._start_style(attributes)
        elif tag == "style:table-cell-properties" and "fo:background-color" in attributes:
            found = _COLOUR.match(attributes["fo:background-color"])
            self.fills.pop(self._name, None)
            if found and found[1].upper() != WHITE:
                self.fills[self._name] = found[1].upper()
        elif tag in _FORMATS:
            self._form, self._kind, self._parts = attributes.get("style:name", ""), tag, []
        elif self._form:
            self._start_part(tag, attributes)

    def text(self, text: str) -> None:
        """Take note of the text of a number format."""
        if self._words is not None:
            self._words.append(text)

    def end(self, tag: str) -> None:
        """Take note of the element that ends."""
        if tag in _FORMATS:
            self._codes[self._form] = "".join(self._parts)
            self._form = ""
        elif tag in _TEXTS and self._words is not None:
            self._end_text(tag, "".join(self._words))
            self._words = None

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        # styles and content may use one name for two styles: what is read last counts, and nothing of the other
        name, parent = attributes.get("style:name", ""), attributes.get("style:parent-style-name", "")
        self._name = name
        inherited = self._formats_of.get(parent, "")
        self._formats_of[name] = attributes.get("style:data-style-name", inherited)
        self.fills.pop(name, None)
        if parent in self.fills:
            self.fills[name] = self.fills[parent]

    def _start_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "number:number":
            self._parts.append(_digits(attributes))
        elif tag in ("number:scientific-number", "number:fraction"):
            self._parts.append("0E+00" if tag == "number:scientific-number" else "# ?/?")
        elif tag in _TEXTS:
            self._words = []
            self._position = _whole(attributes, "number:position")
        elif tag == "style:map" and attributes.get("style:condition") in _NOT_NEGATIVE:
            self._positive[self._form] = attributes.get("style:apply-style-name", "")

    def _end_text(self, tag: str, text: str) -> None:
        quoted = '"' + text.replace('"', "") + '"'
        if tag == "number:currency-symbol":
            self._parts.append(f"[${text}]")
        elif tag == "number:embedded-text":
            # it stands within the digits, before so many of them
            digits = self._parts.pop() if self._parts else ""
            at = max(0, len(digits) - self._position)
            self._parts.append(digits[:at] + quoted + digits[at:])
        else:
            self._parts.append("%" if "%" in text and self._kind == _PERCENTAGE else quoted)


def _digits(attributes: Mapping[str, str]) -> str:
    """The digits of a number format.

    >>> _digits({"number:min-integer-digits": "4", "number:decimal-places": "0"})
    '0000'
    >>> _digits({"number:min-integer-digits": "1", "number:decimal-places": "2", "number:grouping": "true"})
    '#,##0.00'
    """
    if "number:decimal-places" not in attributes:
        return "General"
    whole = "0" * _whole(attributes, "number:min-integer-digits") or "#"
    if attributes.get("number:grouping") == "true":
        whole = f"#,{whole:#>3}"
    places = "0" * _whole(attributes, "number:decimal-places")
    return whole + (f".{places}" if places else "")


def _whole(attributes: Mapping[str, str], name: str) -> int:
    value = attributes.get(name, "0")
    return min(int(value[:9]), _MOST_DIGITS) if value.isdecimal() else 0
