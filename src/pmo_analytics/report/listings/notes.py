"""Notes on colours: where a reported colour comes from, and why a computed one is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.rag.reasons import DIMENSION, SENTENCE
from pmo_analytics.rag.wording import month_words
from pmo_analytics.report.reasons import COLOUR, OVERALL
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

REPORTED_NOTE, COMPUTED_NOTE = "reported_note", "computed_note"


def with_notes(contents: Contents, projects: pd.DataFrame) -> pd.DataFrame:
    """The projects with the notes of their two overall colours."""
    month = f"{contents.period:%B %Y}" if contents.period is not None else "the period"
    reported = reported_note(contents.projects, month)
    return projects.assign(**{REPORTED_NOTE: reported, COMPUTED_NOTE: dimension_note(contents, OVERALL)})


def dimension_note(contents: Contents, dimension: str) -> pd.Series:
    """For every project why the dimension has its colour; for the overall colour, which dimensions made it."""
    reasons, ids = contents.reasons, contents.projects[Project.project_id]
    of_dimension = reasons[reasons[DIMENSION] == dimension].set_index(Project.project_id)
    note = ids.map(of_dimension[SENTENCE]).astype("str").fillna("no rule of this rule set looked at it")
    if dimension != OVERALL:
        return note
    own = reasons[Project.project_id].map(of_dimension[COLOUR])
    same = reasons[(reasons[COLOUR] == own).astype("bool") & (reasons[DIMENSION] != OVERALL)]
    named = same[DIMENSION].astype("object") + ": " + same[SENTENCE].astype("object")
    behind = named.groupby(same[Project.project_id]).agg("\n".join)
    return note + ("\n" + ids.map(behind).astype("str")).fillna("")


def reported_note(rows: pd.DataFrame, month: str) -> pd.Series:
    """For every row where its reported colour in that month comes from."""
    carried = rows[Status.carried_from].map(month_words, na_action="ignore").astype("object")
    told = ("Not reported; carried forward from " + carried).where(
        carried.notna(), f"As reported for {month}"
    )
    silent = rows[Status.rag_reported].isna() & carried.isna()
    assessed = rows[Status.rag_independent].notna() & ~silent
    told = told.mask(silent, f"No colour was reported for {month}")
    return told.where(~assessed, told + ", by the independent assessor")
