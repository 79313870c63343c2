"""RAG matrix: every project against its reported and computed colours, each with the reason as a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.rag.columns import RAG_AGREEMENT, RAG_COMPUTED, computed, rule_of
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.fields import labelled
from pmo_analytics.report.listings.listing import COLOUR, WRAPPED, Field, Listing
from pmo_analytics.report.listings.notes import (
    COMPUTED_NOTE,
    REPORTED_NOTE,
    dimension_note,
    reported_note,
    with_notes,
)
from pmo_analytics.report.wording import AGREEMENT_WORDS
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.trends import CATEGORY, IMPROVED, JOINED, NOT_COMPARABLE, SAME, WORSENED

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

_TREND = {
    IMPROVED: "▲ improved",
    WORSENED: "▼ worsened",
    SAME: "● same",
    JOINED: "new",
    NOT_COMPARABLE: "cannot be compared",
}
_BEFORE, _MOVE, _NOTE, _BEFORE_NOTE = "colour_before", "move", "{}_note", "before_note"


def matrix(contents: Contents) -> Listing:
    """One row per project, one column per colour."""
    dimensions = rated_dimensions(contents)
    told = (
        f"Reported: the headline colour, of the independent assessor where there is one. Computed: by rule set "
        f"{contents.rule_set}, beside it. The reason is the note on each cell, and stands under {names.REASONS}."
    )
    return Listing(names.MATRIX, told, _fields(contents, dimensions), _rows(contents, dimensions))


def rated_dimensions(contents: Contents) -> list[str]:
    """The dimensions in which any project has a computed colour, in the order of the rule set."""
    prefix = computed("")
    columns = contents.projects.columns
    given = [name.removeprefix(prefix) for name in columns if name.startswith(prefix)]
    return [
        name for name in given if rule_of(name) in columns and contents.projects[computed(name)].notna().any()
    ]


def _fields(contents: Contents, dimensions: list[str]) -> list[Field]:
    before = f"{contents.previous:%B %Y}" if contents.previous is not None else "the month before"
    return [
        Field(Project.project_id, "Project ID", WRAPPED, 13, link=names.PROJECTS),
        Field(Project.project_name, "Project name", WRAPPED, 32),
        Field(Project.programme_id, "Programme", WRAPPED, 12),
        Field(_BEFORE, f"Reported in {before}", COLOUR, 15, note_from=_BEFORE_NOTE),
        Field(Status.rag_reported, "Reported now", COLOUR, 15, note_from=REPORTED_NOTE),
        Field(_MOVE, "Movement", WRAPPED, 13),
        Field(RAG_COMPUTED, "Computed now", COLOUR, 15, note_from=COMPUTED_NOTE),
        Field(RAG_AGREEMENT, "Reported against computed", WRAPPED, 16),
        *(
            Field(computed(name), _title(name), COLOUR, 15, note_from=_NOTE.format(name))
            for name in dimensions
        ),
    ]


def _title(dimension: str) -> str:
    return dimension.replace("_", " ").capitalize()


def _rows(contents: Contents, dimensions: list[str]) -> pd.DataFrame:
    projects = contents.projects
    columns = (Status.rag_reported, RAG_COMPUTED, *(computed(name) for name in dimensions))
    rows = with_notes(contents, labelled(projects, *columns))
    notes = {_NOTE.format(name): dimension_note(contents, name) for name in dimensions}
    before = _before(contents)
    shown: dict[str, pd.Series] = {
        _BEFORE: before[_BEFORE],
        _BEFORE_NOTE: before[_BEFORE_NOTE],
        _MOVE: _moved(contents, CATEGORY).map(_TREND).astype("object").fillna(""),
        RAG_AGREEMENT: projects[RAG_AGREEMENT].map(dict(AGREEMENT_WORDS)).astype("str"),
    }
    return rows.assign(**notes, **shown)


def _before(contents: Contents) -> pd.DataFrame:
    """The reported colour of every project in the period before, with where it came from."""
    rows = contents.history[contents.history[Project.period] == contents.previous]
    ids = contents.projects[Project.project_id]
    listed = ids.isin(rows[Project.project_id]).to_numpy()
    rows = rows.set_index(Project.project_id).reindex(ids)
    month = f"{contents.previous:%B %Y}" if contents.previous is not None else None
    absent = f"Not in the list of {month}" if month else "There is no period before"
    told = reported_note(rows, month or "").where(listed, absent)
    shown = labelled(rows, Status.rag_reported)[Status.rag_reported]
    return pd.DataFrame({_BEFORE: shown.array, _BEFORE_NOTE: told.array}, index=contents.projects.index)


def _moved(contents: Contents, column: str) -> pd.Series:
    """What the movement since the period before says of every project; null where there is no such period."""
    ids = contents.projects[Project.project_id]
    if contents.moved is None:
        return pd.Series(pd.NA, index=ids.index, dtype="str")
    return ids.map(contents.moved.table.set_index(Project.project_id)[column])
