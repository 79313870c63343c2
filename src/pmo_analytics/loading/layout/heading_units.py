"""Units in headings: whether a column holds what its heading says to be measured in something else."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.currencies import Unit, read_unit
from pmo_analytics.schemas.columns import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.schemas.tables import Column

MONEY, PERCENT, DAYS, RATE = "money", "percent", "days", "rate"
#: What stands alone in brackets, and the unit that it states; one letter may be months or millions, so m is neither.
_SAID: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("%", "percent", "per cent", "pct", "percentage"), PERCENT)
    | dict.fromkeys(("d", "day", "days", "working days", "calendar days", "tage", "jours"), DAYS)
    | dict.fromkeys(("w", "wk", "wks", "week", "weeks", "wochen", "semaines"), "weeks")
    | dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "stunden", "std", "heures"), "hours")
    | dict.fromkeys(("mth", "mths", "month", "months", "monate", "mois"), "months")
    | dict.fromkeys(("y", "yr", "yrs", "year", "years", "jahre", "ans"), "years")
    | dict.fromkeys(("fte", "ftes", "headcount", "people"), "people")
    | dict.fromkeys(("pd", "md", "person days", "man days", "pt", "personentage"), "person days")
    | dict.fromkeys(("points", "pts", "story points", "sp"), "points")
)
_BRACKETS = re.compile(r"[(\[]\s*(?:in\s+)?([^()\[\]]*?)\s*[)\]]")
#: Percent of something, and an amount per day or year: neither is an amount.
_SHARE = re.compile(r"(?:as\s+)?(?:an?\s+)?(?:%|per ?cent|percentage)\s+(?:of|vs|against)\b.*")
_RATE = re.compile(
    r"(?:.*\bper|[^/]*/)\s*(?:hour|h|day|d|week|wk|month|mth|quarter|year|yr|annum|fte|head|person|unit)s?"
)
#: What stands in a row of units below a heading that has none.
_NO_UNIT = frozenset(
    (
        *("-", "–", "—", "#", "n/a", "text", "date", "no.", "number", "rag", "r/a/g", "y/n", "yes/no", "1-5"),
        *("dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "yyyy-mm-dd", "dd-mmm-yy", "mmm-yy", "mmm yyyy"),
    )
)
#: In what the columns of a kind are measured; a number is measured in the unit of its column.
_OWN: Mapping[Kind, str] = MappingProxyType({Kind.MONEY: MONEY, Kind.FRACTION: PERCENT})


def states_other_unit(heading: str, column: Column) -> bool:
    """Whether a heading states in brackets another unit than that of a column of figures.

    >>> from pmo_analytics.schemas.tables import table
    >>> states_other_unit("EV (%)", table("status").columns["ev"])
    True
    >>> states_other_unit("EV (£m)", table("status").columns["ev"])
    False
    """
    own = column.unit if column.kind is Kind.NUMBER else _OWN.get(column.kind)
    return own is not None and bool(_stated(heading) - {own})


def says_unit(text: str) -> bool:
    """Whether a text is a unit other than that of money.

    >>> says_unit("weeks"), says_unit("(% of budget)"), says_unit("Week 3")
    (True, True, False)
    """
    return _unit(_folded(text.strip().strip("()[]"))) is not None


def unit_in_brackets(heading: str) -> str:
    """The unit other than that of money that a heading states in brackets, as written; nothing where it states none.

    >>> unit_in_brackets("Effort (person days)"), unit_in_brackets("Money (£m)")
    ('person days', '')
    """
    return next((text for text in _BRACKETS.findall(heading) if _unit(_folded(text)) is not None), "")


def says_no_unit(text: str) -> bool:
    """Whether a text fills the place of a unit where there is none."""
    return _folded(text) in _NO_UNIT


def _stated(heading: str) -> set[str]:
    inside = [unit for text in _BRACKETS.findall(heading) if (unit := _unit(_folded(text))) is not None]
    return {*inside, *([MONEY] if read_unit(heading) != Unit() else [])}


def _unit(folded: str) -> str | None:
    if _SHARE.fullmatch(folded):
        return PERCENT
    return RATE if _RATE.fullmatch(folded) else _SAID.get(folded)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
