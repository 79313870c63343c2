"""Projects to watch: the few that a board should hear about, since when, why, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.rag.columns import RAG_COMPUTED
from pmo_analytics.rag.reasons import DIMENSION, SENTENCE
from pmo_analytics.report.reasons import COLOUR, HARD, OVERALL
from pmo_analytics.report.wording import currencies_of
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.words import COLOURS, SEVERITY

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio

SINCE, FROM_START, WHY, PATH = "since", "from_start", "why", "path"
#: How many are shown, and how many reasons of each.
MOST, REASONS = 5, 2
NO_PATH = "no path given"

_WORSE, _GAP, _SHARE = "__worse", "__gap", "__share"
_SHOWN = (Project.project_id, Project.project_name, Status.rag_reported, RAG_COMPUTED, Status.carried_from)
_STATE, _RUN = "__state", "__run"


def to_watch(
    portfolio: Portfolio, rated: pd.DataFrame, history: pd.DataFrame, reasons: pd.DataFrame
) -> pd.DataFrame:
    """The projects to watch, at most five: worst colour first, then the widest gap, then the largest budget.

    The worse of the reported and the computed colour counts; projects that are green in both, or have no
    colour at all, are not among them. A budget counts by its share of all budgets in its currency. Columns:
    project_id, project_name (the identifier where it has no name), rag_reported, rag_computed, carried_from,
    ``since`` (first period of the unbroken run of the worse colour), ``from_start`` (whether that is the first
    period on record), ``why`` and ``path``.
    """
    reported, computed = (_severity(rated[name]) for name in (Status.rag_reported, RAG_COMPUTED))
    worse = _worse(rated)
    share = rated[Project.bac] / rated.groupby(currencies_of(rated))[Project.bac].transform("sum")
    ranked = rated.assign(**{_WORSE: worse, _GAP: computed - reported, _SHARE: share})
    found = ranked[worse > SEVERITY[COLOURS[0]]].sort_values(
        [_WORSE, _GAP, _SHARE], ascending=False, na_position="last", kind="stable"
    )
    chosen = found.head(MOST)[[*_SHOWN]].reset_index(drop=True)
    ids = chosen[Project.project_id]
    chosen[Project.project_name] = chosen[Project.project_name].astype("str").fillna(ids)
    since = _since(history[history[Project.project_id].isin(ids)])
    return chosen.assign(
        **{
            SINCE: since[SINCE].reindex(ids).array,
            FROM_START: since[FROM_START].reindex(ids).astype("boolean").fillna(True).array,
            WHY: ids.map(_why(chosen, reasons)).astype("str").fillna(""),
            PATH: ids.map(_paths(portfolio)).astype("str").fillna(NO_PATH),
        }
    )


def watched(rated: pd.DataFrame) -> int:
    """How many projects are not green in both colours and have at least one: those to choose from."""
    return int((_worse(rated) > SEVERITY[COLOURS[0]]).sum())


def _severity(colours: pd.Series) -> pd.Series:
    return colours.map(dict(SEVERITY)).astype("float64")


def _worse(rows: pd.DataFrame) -> pd.Series:
    """The severity of the worse of the reported and the computed colour; null where neither is known."""
    return pd.concat([_severity(rows[n]) for n in (Status.rag_reported, RAG_COMPUTED)], axis=1).max(axis=1)


def _since(history: pd.DataFrame) -> pd.DataFrame:
    """For every project the first period of its last unbroken run of one colour, the worse of the two."""
    ordered = history.sort_values([Project.project_id, Project.period])
    # Not known is a state of its own: what cannot be compared breaks the run.
    ordered = ordered.assign(**{_STATE: _worse(ordered).fillna(0)})
    by = ordered.groupby(Project.project_id, sort=False)
    run = (ordered[_STATE] != by[_STATE].shift()).groupby(ordered[Project.project_id]).cumsum()
    ordered = ordered.assign(**{_RUN: run})
    last = ordered[ordered[_RUN] == ordered.groupby(Project.project_id)[_RUN].transform("max")]
    start = last.groupby(Project.project_id)[Project.period].min()
    first = by[Project.period].min().reindex(start.index)
    return pd.DataFrame({SINCE: start, FROM_START: start == first})


def _why(chosen: pd.DataFrame, reasons: pd.DataFrame) -> pd.Series:
    """For every project the hard rule and the sentences of the dimensions that have its computed colour.

    Where the reported colour is worse than the computed one, that is said instead: no figure is behind it.
    """
    colour = reasons[Project.project_id].map(chosen.set_index(Project.project_id)[RAG_COMPUTED])
    overall = reasons[DIMENSION] == OVERALL
    decided = ((reasons[COLOUR] == colour) & ~overall).astype("bool") | reasons[HARD]
    # Without a computed colour there is no dimension to name, but there is a reason for that.
    unrated = colour.isna() & overall & reasons[Project.project_id].isin(chosen[Project.project_id])
    said = reasons[decided | unrated]
    said = said[said.groupby(Project.project_id).cumcount() < REASONS]
    # How many dimensions a hard rule stands beside is of no matter here.
    sentence = said[SENTENCE].where(~said[HARD], said[SENTENCE].str.split("; from ").str[0])
    why = sentence.groupby(said[Project.project_id]).agg("; ".join)
    severity = chosen.set_index(Project.project_id)[[Status.rag_reported, RAG_COMPUTED]]
    reported, computed = (_severity(severity[name]) for name in severity)
    words = severity.apply(lambda column: column.map({name: PAINTS[name].words.lower() for name in COLOURS}))
    told = "reported " + words[Status.rag_reported] + "; the figures say " + words[RAG_COMPUTED]
    return why.reindex(severity.index).mask((reported > computed).fillna(False).astype("bool"), told)


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
