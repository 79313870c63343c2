"""Projects to watch: the few that a board should hear about, since when, why, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.rag.columns import RAG_COMPUTED
from pmo_analytics.rag.reasons import DIMENSION, SENTENCE
from pmo_analytics.report.reasons import COLOUR, OVERALL
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.words import COLOURS, SEVERITY, UNKNOWN

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio

SINCE, FROM_START, WHY, PATH = "since", "from_start", "why", "path"
#: How many are shown, and how many reasons of each.
MOST, REASONS = 5, 2
NO_PATH = "no path given"

_WORSE, _GAP = "__worse", "__gap"
_STATE, _RUN = "__state", "__run"


def to_watch(
    portfolio: Portfolio, rated: pd.DataFrame, history: pd.DataFrame, reasons: pd.DataFrame
) -> pd.DataFrame:
    """The projects to watch, at most five: worst colour first, then the widest gap, then the largest budget.

    The worse of the reported and the computed colour counts; projects that are green in both, or have no
    colour at all, are not shown. Columns: project_id, project_name, rag_reported, rag_computed, carried_from,
    ``since`` (first period of the unbroken run of the computed colour, else of the reported one),
    ``from_start`` (whether that is the first period on record), ``why`` and ``path``.
    """
    reported = rated[Status.rag_reported].map(dict(SEVERITY)).astype("float64")
    computed = rated[RAG_COMPUTED].map(dict(SEVERITY)).astype("float64")
    worse = pd.concat([reported, computed], axis=1).max(axis=1)
    found = rated.assign(**{_WORSE: worse, _GAP: computed - reported})[worse > SEVERITY[COLOURS[0]]]
    order = [_WORSE, _GAP, Project.bac]
    found = found.sort_values(order, ascending=False, na_position="last", kind="stable").head(MOST)
    chosen = found[
        [Project.project_id, Project.project_name, Status.rag_reported, RAG_COMPUTED, Status.carried_from]
    ].reset_index(drop=True)
    ids = chosen[Project.project_id]
    since = _since(history[history[Project.project_id].isin(ids)])
    return chosen.assign(
        **{
            SINCE: since[SINCE].reindex(ids).array,
            FROM_START: since[FROM_START].reindex(ids).astype("boolean").fillna(True).array,
            WHY: ids.map(_why(chosen, reasons)).astype("str").fillna(""),
            PATH: ids.map(_paths(portfolio)).astype("str").fillna(NO_PATH),
        }
    )


def _since(history: pd.DataFrame) -> pd.DataFrame:
    """For every project the first period of its last unbroken run of one colour."""
    ordered = history.sort_values([Project.project_id, Project.period])
    state = ordered[RAG_COMPUTED].astype("object").fillna(ordered[Status.rag_reported].astype("object"))
    ordered = ordered.assign(**{_STATE: state.fillna(UNKNOWN)})
    by = ordered.groupby(Project.project_id, sort=False)
    run = (ordered[_STATE] != by[_STATE].shift()).groupby(ordered[Project.project_id]).cumsum()
    ordered = ordered.assign(**{_RUN: run})
    last = ordered[ordered[_RUN] == ordered.groupby(Project.project_id)[_RUN].transform("max")]
    start = last.groupby(Project.project_id)[Project.period].min()
    first = by[Project.period].min().reindex(start.index)
    return pd.DataFrame({SINCE: start, FROM_START: start == first})


def _why(chosen: pd.DataFrame, reasons: pd.DataFrame) -> pd.Series:
    """For every project the sentences of the dimensions that have its computed colour."""
    colour = reasons[Project.project_id].map(chosen.set_index(Project.project_id)[RAG_COMPUTED])
    overall = reasons[DIMENSION] == OVERALL
    decided = (reasons[COLOUR] == colour) & ~overall
    # Without a computed colour there is no dimension to name, but there is a reason for that.
    unrated = colour.isna() & overall & reasons[Project.project_id].isin(chosen[Project.project_id])
    said = reasons[decided.astype("bool") | unrated]
    said = said[said.groupby(Project.project_id).cumcount() < REASONS]
    return said.groupby(Project.project_id)[SENTENCE].agg("; ".join)


def _paths(portfolio: Portfolio) -> pd.Series:
    """For every project its path to green with owner and date, as far as they are given."""
    status = portfolio.status
    current = status[status[Status.period] == portfolio.period].set_index(Status.project_id)
    owner = current[Status.path_owner].astype("str").fillna("")
    day = current[Status.path_date].dt.strftime("%d %b %Y").astype("str").fillna("")
    between = pd.Series(", ", index=owner.index, dtype="str").where((owner != "") & (day != ""), "")
    who = owner + between + day
    path = current[Status.path_to_green].astype("str")
    path = path.where(path.notna() | (who == ""), NO_PATH)
    whole: pd.Series = path + (" (" + who + ")").where(who != "", "")
    return whole[whole.notna()]
