"""Text as a workbook can hold it."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Most characters of a cell, counted as Excel does, in UTF-16 units.
CELL_LIMIT = 32_767
REPLACEMENT = "\ufffd"
_ELLIPSIS = "…"

# What XML 1.0 cannot hold: control characters but tab and line feed, lone surrogates, two non-characters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")


@dataclass(slots=True)
class TextCount:
    """How many texts of one workbook had to be changed; counts while the workbook is written."""

    replaced: int = 0
    cut: int = 0

    def fit(self, text: str) -> str:
        """The text as :func:`clean_text` gives it, counted where characters were replaced or cut off."""
        cleaned = clean_text(text)
        self.replaced += bool(_UNFIT.search(_LINE_END.sub("\n", text)))
        self.cut += _units(text) > CELL_LIMIT
        return cleaned


def clean_text(text: str) -> str:
    r"""The text that a cell can hold: what XML cannot carry becomes U+FFFD, line ends become ``\n``.

    Longer than a cell allows, it is cut and ends in an ellipsis. What looks like a formula, a link or an
    escape stays as it is: it is written as text.

    >>> clean_text("a\x00b\r\nc"), clean_text("=1+1")
    ('a�b\nc', '=1+1')
    """
    cleaned = _UNFIT.sub(REPLACEMENT, _LINE_END.sub("\n", text))
    if _units(cleaned) <= CELL_LIMIT:
        return cleaned
    room = (CELL_LIMIT - 1) * 2
    return cleaned.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + _ELLIPSIS


def _units(text: str) -> int:
    # Most texts are far from the limit; only then is the encoded length needed.
    if len(text) * 2 <= CELL_LIMIT:
        return len(text)
    return len(text.encode("utf-16-le", errors="replace")) // 2
