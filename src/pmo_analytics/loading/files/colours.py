"""Colours of spreadsheet cells as six hexadecimal digits: direct, from the palette, from a theme with its tint."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

#: The palette of 56 colours that index numbers from 8 on stand for (ECMA-376 part 1, 18.8.27).
_DIGITS = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF"
    "800000008000000080808000800080008080C0C0C0808080"
    "9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF"
    "000080FF00FFFFFF0000FFFF8000808000000080800000FF"
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC99"
    "3366FF33CCCC99CC00FFCC00FF9900FF6600666699969696"
    "003366339966003300333300993300993366333399333333"
)
PALETTE = tuple(_DIGITS[at : at + 6] for at in range(0, len(_DIGITS), 6))
_SECOND_COPY = 8
WHITE = "FFFFFF"


def palette_colour(index: int, palette: Sequence[str] = PALETTE) -> str | None:
    """The colour of an index number; None for those that stand for the colours of the system.

    >>> palette_colour(10), palette_colour(2), palette_colour(64)
    ('FF0000', 'FF0000', None)
    """
    at = index - _SECOND_COPY if index >= _SECOND_COPY else index
    return palette[at].upper() if 0 <= at < len(palette) else None


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter (tint up to 1) or darker (down to -1).

    >>> tinted("4472C4", 0.4), tinted("4472C4", 0.0)
    ('8FAADC', '4472C4')
    """
    if not tint:
        return colour.upper()
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))
