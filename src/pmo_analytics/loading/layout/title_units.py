"""Units in titles: ``CHF '000``, ``All figures in £m``, ``in TEUR`` above a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.currencies import UNIT, Unit, read_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What divides a title into parts: each says one thing.
_DIVIDED = re.compile(r"[|;:()\[\]\n]|,\s|\s[-\u2013\u2014]\s")
#: A part that says nothing but the unit of amounts.
_SAYS_UNIT = re.compile(
    r"(?:all|alle|tous|todos|the)?\s*(?:\w+\s+)??"
    r"(?:(?:figures|amounts|values|costs?|money|budgets?|beträge|werte|angaben|zahlen|kosten|montants|importes)\s+)?"
    r"(?:are\s+|is\s+|shown\s+|stated\s+|sind\s+)?(?:in\s+|en\s+)?"
    rf"(?P<unit>{UNIT})",
    re.IGNORECASE,
)


def title_unit(texts: Iterable[str]) -> str:
    """The unit that titles state, as written; nothing where they state none, or several.

    >>> title_unit(["Spend by month, CHF '000"]), title_unit(["Projects over £1m"]), title_unit(["in £m", "in TEUR"])
    ("CHF '000", '', '')
    """
    parts = [part.strip() for text in texts for part in _DIVIDED.split(text) if part.strip()]
    said = [found["unit"].strip() for part in parts if (found := _SAYS_UNIT.fullmatch(part)) is not None]
    units = {read_unit(unit): unit for unit in said if unit and read_unit(unit) != Unit()}
    return next(iter(units.values())) if len(units) == 1 else ""
