"""Text as a workbook can hold it, and how many texts had to be changed."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_analytics.schemas.cell_text import CELL_LIMIT, LINE_END, UNFIT, clean_text, units

__all__ = ["CELL_LIMIT", "TextCount", "clean_text"]


@dataclass(slots=True)
class TextCount:
    """How many texts of one workbook had to be changed; counts while the workbook is written."""

    replaced: int = 0
    cut: int = 0

    def fit(self, text: str) -> str:
        """The text as :func:`clean_text` gives it, counted where characters were replaced or cut off."""
        cleaned = clean_text(text)
        self.replaced += bool(UNFIT.search(LINE_END.sub("\n", text)))
        self.cut += units(text) > CELL_LIMIT
        return cleaned
