"""Text as a cell of a workbook can hold it."""

from __future__ import annotations

import re

#: Most characters of a cell, counted as Excel does, in UTF-16 units.
CELL_LIMIT = 32_767
REPLACEMENT = "\ufffd"
_ELLIPSIS = "…"

# What XML 1.0 cannot hold: control characters but tab and line feed, lone surrogates, two non-characters.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n?")


def clean_text(text: str) -> str:
    r"""The text that a cell can hold: what XML cannot carry becomes U+FFFD, line ends become ``\n``.

    Longer than a cell allows, it is cut and ends in an ellipsis. What looks like a formula, a link or an
    escape stays as it is: it is written as text.

    >>> clean_text("a\x00b\r\nc"), clean_text("=1+1")
    ('a�b\nc', '=1+1')
    """
    cleaned = UNFIT.sub(REPLACEMENT, LINE_END.sub("\n", text))
    if units(cleaned) <= CELL_LIMIT:
        return cleaned
    room = (CELL_LIMIT - 1) * 2
    return cleaned.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + _ELLIPSIS


def units(text: str) -> int:
    """How many UTF-16 units a text has, as Excel counts its length.

    >>> units("a"), units("x" * 40_000)
    (1, 40000)
    """
    # Most texts are far from the limit; only then is the encoded length needed.
    if len(text) * 2 <= CELL_LIMIT:
        return len(text)
    return len(text.encode("utf-16-le", errors="replace")) // 2
