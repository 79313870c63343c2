"""Fills: which colour of the scale a cell is painted in, where it is painted in one.

A fill counts by its hue. Pale fills and greys are decoration, except the three that Excel itself calls Good,
Neutral and Bad. Limits are data; what lies between them is unclear, and nobody guesses.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The word for a fill that is a colour, but none of the scale.
UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Hue:
    """A stretch of the circle of hues, in degrees, and the colour that it stands for."""

    colour: str
    first: float
    last: float


#: Red of Excel's palette has 0 (FF0000, C00000), orange and gold 24 to 48 (ED7D31, FFC000), yellow 60 (FFFF00),
#: the greens 80 to 148 (9BBB59, 92D050, 70AD47, 00B050).
HUES = (Hue("red", 345, 360), Hue("red", 0, 12), Hue("amber", 22, 64), Hue("green", 75, 165))
#: The fills of Excel's cell styles Good, Neutral and Bad, which are too pale to count by their hue.
STYLES: Mapping[str, str] = MappingProxyType({"C6EFCE": "green", "FFEB9C": "amber", "FFC7CE": "red"})
#: Largest less smallest of red, green and blue, as a share: below the first a fill is grey, below the second pale.
GREY, PALE = 0.06, 0.25
#: The colours that each hue may mean: amber/green is painted in either.
FITS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "green": frozenset({"green", "amber_green"}),
        "amber": frozenset({"amber", "amber_green", "amber_red"}),
        "red": frozenset({"red", "amber_red"}),
    }
)


def colour_of(fill: str) -> str:
    """The colour that a fill of six hexadecimal digits stands for, ``unclear``, or an empty text for decoration.

    >>> [colour_of(fill) for fill in ("00B050", "FFFF00", "C00000", "4472C4", "D9D9D9", "")]
    ['green', 'amber', 'red', 'unclear', '', '']
    """
    if fill.upper() in STYLES:
        return STYLES[fill.upper()]
    try:
        red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return ""
    strength = max(red, green, blue) - min(red, green, blue)
    if strength < GREY:
        return ""
    if strength < PALE:
        return UNCLEAR
    hue = 360 * colorsys.rgb_to_hsv(red, green, blue)[0]
    return next((one.colour for one in HUES if one.first <= hue <= one.last), UNCLEAR)
