"""The hidden sheet behind drop-downs: a column per list of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_analytics.loading.layout.guides import GUIDE_MARK
from pmo_analytics.report.sheets.correction_cells import choices
from pmo_analytics.schemas.source import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_analytics.schemas.tables import Column

WORDS = "_words"


def write_word_lists(sheet: Any, columns: Iterable[Column | None]) -> dict[tuple[str, ...], str]:
    """The range of each list of words that the columns can be chosen from, written to a sheet and hidden there."""
    sheet.hide()
    sheet.write_string(0, 0, GUIDE_MARK)
    ranges: dict[tuple[str, ...], str] = {}
    for at, words in enumerate(dict.fromkeys(words for one in columns if (words := choices(one)))):
        for row, word in enumerate(words, 1):
            sheet.write_string(row, at, word)
        letter = column_letter(at)
        ranges[words] = f"{WORDS}!${letter}$2:${letter}${len(words) + 1}"
    return ranges
