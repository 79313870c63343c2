"""Suggesting: which field an unknown heading may mean; said to people, never used."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pmo_analytics.loading.layout.heading_units import states_other_unit
from pmo_analytics.loading.layout.headings import known_forms, normalise_heading
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.loading.layout.profiles import Profile, RowKind

#: How alike two normalised headings must be: share of letters in common order. Two swapped letters in a word of
#: seven give 0.857, and are still a slip of the pen.
ALIKE = 0.85

#: Below this many letters everything resembles something.
SHORTEST = 4


class Suggestion(NamedTuple):
    """A field that a heading may mean, by the known heading that it resembles.

    ``other_unit`` says that the heading states another unit than that of the field: then it does not mean it.
    """

    table: str
    column: str
    heading: str
    likeness: float
    other_unit: bool = False

    @property
    def field(self) -> str:
        """The field as ``table.column``."""
        return f"{self.table}.{self.column}"


def suggest_field(heading: str, profile: Profile, row_kind: RowKind) -> Suggestion | None:
    """The field whose known headings resemble this one most, or ``None`` where none is alike enough."""
    from rapidfuzz import fuzz, process

    normalised = normalise_heading(heading)
    if len(normalised) < SHORTEST:
        return None
    known = known_forms(profile, row_kind)
    found = process.extractOne(normalised, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE * 100)
    if found is None:
        return None
    form, likeness, _ = found
    name, column = known[form][0]
    other = states_other_unit(heading, table(name).columns[column])
    return Suggestion(name, column, form, likeness / 100, other)
