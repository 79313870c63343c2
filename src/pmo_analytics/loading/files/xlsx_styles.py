"""The styles of an .xlsx workbook that tell something: solid fills, and number formats of money and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from pmo_analytics.loading.files.colours import PALETTE, WHITE, palette_colour, tinted
from pmo_analytics.loading.files.facts import Styles, tells_something
from pmo_analytics.loading.files.raw_sheet import Refused

_MAY_TELL = re.compile(
    rb"""\bpatternType\s*=\s*["']solid|\bformatCode\s*=|\bnumFmtId\s*=\s*["'](?:9|10)["']"""
)
_SECTIONS = {
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "colors",
}
_HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})\Z")
#: Formats with a number and no code. Those of money (5 to 8, 42, 44) are left out: their currency is that of
#: whoever looks at them.
_KNOWN_FORMATS = {9: "0%", 10: "0.00%"}
#: Theme colours in the order of their index numbers, which is not that of the theme part.
_THEME = (
    *("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4"),
    *("accent5", "accent6", "hlink", "folHlink"),
)


def parse_xml(parser: expat.XMLParserType, content: bytes, sheet: str | None = None) -> None:
    """Run the parser over the content; raises Refused (DAMAGED_FILE) where it is not well-formed."""
    try:
        parser.Parse(content, True)
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ) as error:  # the last two: of an encoding that nobody knows
        raise Refused("DAMAGED_FILE", f"its XML is not well-formed: {error}.", sheet=sheet) from error


def walk_elements(content: bytes, started: Callable[[str, Mapping[str, str]], object]) -> None:
    """Call `started` with the local name and the attributes of every element."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: started(tag.rpartition(":")[2], attributes)
    parse_xml(parser, content)


def telling_styles(content: bytes, theme: bytes = b"") -> Styles:
    """What the cell styles of a stylesheet tell, by their number (the `s` of a cell).

    Conditional formats and table styles are no fills of a cell; white and gradients tell nothing.
    """
    if not _MAY_TELL.search(content):
        return Styles()
    sheet = _Stylesheet()
    walk_elements(content, sheet.start)
    colours = _theme_colours(theme) if theme else {}
    fills = [sheet.colour(fill, colours) for fill in sheet.fills]
    codes = {**_KNOWN_FORMATS, **{n: code for n, code in sheet.codes.items() if tells_something(code)}}
    return Styles(
        {n: colour for n, (_, at) in enumerate(sheet.styles) if at < len(fills) and (colour := fills[at])},
        {n: codes[code] for n, (code, _) in enumerate(sheet.styles) if code in codes},
    )


class _Stylesheet:
    """Collects the fills, format codes and cell styles of a stylesheet."""

    def __init__(self) -> None:
        self.fills: list[dict[str, str]] = []
        self.codes: dict[int, str] = {}
        self.styles: list[tuple[int, int]] = []
        self._palette: list[str] = []
        self._section = ""
        self._solid = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _SECTIONS:
            self._section = tag
        elif self._section == "fills":
            self._fill(tag, attributes)
        elif tag == "numFmt" and self._section == "numFmts":
            self.codes[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
        elif tag == "xf" and self._section == "cellXfs":
            self.styles.append((_number(attributes, "numFmtId"), _number(attributes, "fillId")))
        elif tag == "rgbColor" and self._section == "colors":
            found = _HEXADECIMAL.match(attributes.get("rgb", ""))
            self._palette.append(found[1] if found else "")

    def _fill(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "fill":
            self.fills.append({})
            self._solid = False
        elif tag == "patternFill":
            self._solid = attributes.get("patternType") == "solid"
        elif tag == "fgColor" and self._solid and self.fills:
            self.fills[-1] = dict(attributes)

    def colour(self, fill: Mapping[str, str], theme: Mapping[str, str]) -> str | None:
        """The colour of a fill as RRGGBB; None for none and for white."""
        found = _HEXADECIMAL.match(fill.get("rgb", ""))
        if found:
            colour: str | None = found[1]
        elif "theme" in fill:
            at = _number(fill, "theme")
            colour = theme.get(_THEME[at]) if 0 <= at < len(_THEME) else None
        elif "indexed" in fill:
            colour = palette_colour(_number(fill, "indexed"), self._palette[_FIRST:] or PALETTE)
        else:
            colour = None
        shown = tinted(colour, _decimal(fill.get("tint", ""))) if colour else None
        return None if shown == WHITE else shown


_FIRST = 8
"""A workbook's own palette starts with eight colours that its index numbers from 8 on repeat."""


def _theme_colours(content: bytes) -> dict[str, str]:
    """The colours of a theme by their names."""
    colours: dict[str, str] = {}
    name = ""

    def started(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal name
        if tag in _THEME:
            name = tag
        elif tag in ("srgbClr", "sysClr") and name and name not in colours:
            found = _HEXADECIMAL.match(attributes.get("lastClr", attributes.get("val", "")))
            if found:
                colours[name] = found[1]
        elif tag == "fontScheme":
            name = ""

    walk_elements(content, started)
    return colours


def _number(attributes: Mapping[str, str], name: str) -> int:
    value = attributes.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _decimal(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
