"""Detecting: which profile understands a row of headings best, and which others come near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_analytics.loading.layout.headings import known_words, match_headings
from pmo_analytics.loading.layout.registers import is_hardly_a_project, names_its_items
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table
from pmo_analytics.schemas.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.loading.layout.headings import Matching
    from pmo_analytics.loading.layout.profiles import Profile

#: How many headings of a row must be known: two, and where there are fewer than four also a third of all,
#: since a data row can happen to hold words of ours.
KNOWN_HEADINGS = 2
ENOUGH_HEADINGS = 4
KNOWN_SHARE = 1 / 3

#: Another reading comes near when it understands at most so many headings fewer.
NEAR = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a row of headings: a profile, and what a row is in it."""

    profile: Profile
    matching: Matching

    @property
    def rank(self) -> tuple[bool, int]:
        """Readings in order: first those whose profile is known by its own headings, then by headings known."""
        return self.matching.signed is True, self.matching.score

    def __str__(self) -> str:
        of = f"{self.matching.score} of {self.matching.n_headings}"
        return f"{self.profile.name} ({self.matching.row_kind.is_}): {of}"


def read_headings(headings: Sequence[str], profiles: Sequence[Profile]) -> list[Reading]:
    """Every way in which the headings make a table, best first; empty where there is none.

    A reading needs the headings that its profile is known by, the key of the table (or what can stand for it)
    and enough known headings. At equal rank the earlier profile comes first. Headings that name the items of a
    register are not read as a list of projects that has no more than their identifier and status.
    """
    filled = sum(bool(heading.strip()) for heading in headings)
    # Most rows of a sheet are no headers: what no profile knows at all is not held against each of them.
    if sum(map(known_words(tuple(profiles)).know, headings)) < KNOWN_HEADINGS:
        return []
    every = [
        Reading(profile, match_headings(headings, profile, row_kind))
        for profile in profiles
        for row_kind in profile.rows
    ]
    usable = [reading for reading in every if is_usable(reading.matching, filled, headings)]
    if any(names_its_items(headings, reading.matching) for reading in usable):
        usable = [reading for reading in usable if not is_hardly_a_project(reading.matching)]
    return sorted(usable, key=lambda reading: reading.rank, reverse=True)


def near_readings(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings, after the best one, that understand nearly as many headings and understand them otherwise.

    One of a profile that is not known by its own headings does not come near one that is.
    """
    if not readings:
        return ()
    best, *others = readings
    signed, score = best.rank
    near = [one for one in others if one.rank[0] == signed and one.rank[1] >= score - NEAR]
    return tuple(one for one in near if dict(one.matching.fields) != dict(best.matching.fields))


def is_usable(matching: Matching, filled: int, headings: Sequence[str]) -> bool:
    """Whether a row of headings, ``filled`` of them not empty, so understood is the header of a table."""
    few = matching.score < ENOUGH_HEADINGS and matching.score < filled * KNOWN_SHARE
    if matching.signed is False or matching.score < KNOWN_HEADINGS or few:
        return False
    first = matching.row_kind.tables[0]
    needs = matching.row_kind.needs
    if needs and not any((first, name) in matching.fields for name in needs):
        return False
    absent = {name for name in table(first).needed_key if (first, name) not in matching.fields} - {
        Project.period
    }
    if matching.row_kind.project.stated:
        absent -= {table(first).entity}
    if (first, Task.name) in matching.fields:
        absent -= {Task.task_id}
    if names_its_items(headings, matching):
        absent -= {table(first).key[0]}
    named = (first, Project.project_name) in matching.fields
    return not absent or (absent == {Project.project_id} and named)
