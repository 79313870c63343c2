"""Registers: lists of milestones, risks, issues, decisions and the like that give their rows no identifier."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.loading.layout.headings import normalise_heading
from pmo_analytics.schemas.actions import Action
from pmo_analytics.schemas.assumptions import Assumption
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.lessons import Lesson
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.loading.layout.headings import Matching

#: What names an item of each register, best first.
ITEM_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "milestones": (Milestone.name, Milestone.gate_code),
        "risks": (Risk.title,),
        "issues": (Issue.title,),
        "decisions": (Decision.title,),
        "actions": (Action.text,),
        "assumptions": (Assumption.text,),
        "lessons": (Lesson.lesson,),
    }
)

#: Headings that name an item of a register, and a project as well.
_OF_ANYTHING = frozenset({"name", "title", "description", "bezeichnung", "beschreibung", "titel"})

#: What a table says of a project when it says no more than which one it is: a register also has such columns.
_HARDLY_A_PROJECT = frozenset(
    {Project.project_id, Project.project_name, Project.status, Status.period, Status.currency}
)


def item_name(fields: Mapping[tuple[str, str], int], table_name: str) -> str | None:
    """The column that names an item of a register; none where it has none, or the table is no register.

    >>> item_name({("milestones", "gate_code"): 1}, "milestones")
    'gate_code'
    """
    return next((name for name in ITEM_NAMES.get(table_name, ()) if (table_name, name) in fields), None)


def names_its_items(headings: Sequence[str], matching: Matching) -> bool:
    """Whether a register says which project an item belongs to and names it by a heading of its own.

    Then it can do without identifiers. ``Title`` is none of its own: a list of projects has it too.
    """
    first = matching.row_kind.tables[0]
    name = item_name(matching.fields, first)
    if name is None:
        return False
    belongs = (first, table(first).entity) in matching.fields or matching.row_kind.project.stated
    return belongs and normalise_heading(headings[matching.fields[first, name]]) not in _OF_ANYTHING


def is_hardly_a_project(matching: Matching) -> bool:
    """Whether a row, taken as a project, would say no more than which one it is, and a status."""
    first = matching.row_kind.tables[0]
    return first == "projects" and {column for _, column in matching.fields} <= _HARDLY_A_PROJECT
