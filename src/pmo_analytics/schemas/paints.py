"""Paints: how each colour of a rating is filled, named, lettered and shaped, wherever people see it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from pmo_analytics.schemas.words import COLOURS, LETTERS, UNKNOWN, UNKNOWN_LETTER


@dataclass(frozen=True, slots=True)
class Paint:
    """How one colour is shown: letter, words and symbol beside the fill; ``ink`` is readable on the fill."""

    letter: str
    words: str
    fill: str
    ink: str
    symbol: str

    @property
    def label(self) -> str:
        """Letter and words, as they stand in a cell.

        >>> PAINTS["amber_green"].label
        'AG Amber/Green'
        """
        return f"{self.letter} {self.words}"


#: From best to worst, then unknown. The steps differ in lightness, so that they can be told apart without
#: telling red from green.
PAINTS = MappingProxyType(
    {
        "green": Paint(LETTERS["green"], "Green", "#00705A", "#FFFFFF", "circle"),
        "amber_green": Paint(LETTERS["amber_green"], "Amber/Green", "#A9D18E", "#000000", "square"),
        "amber": Paint(LETTERS["amber"], "Amber", "#FFC425", "#000000", "triangle-up"),
        "amber_red": Paint(LETTERS["amber_red"], "Amber/Red", "#EB8A4B", "#000000", "triangle-down"),
        "red": Paint(LETTERS["red"], "Red", "#A3122B", "#FFFFFF", "diamond"),
        UNKNOWN: Paint(UNKNOWN_LETTER, "Not rated", "#D0D0D0", "#000000", "x"),
    }
)

#: Every state that a project can be in: the colours, then unknown.
STATES = (*COLOURS, UNKNOWN)
