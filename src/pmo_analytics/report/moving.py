"""Who joined and who left since the period before, and what became of those that left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.quality.keys import match_key
from pmo_analytics.schemas.identities import MERGED_INTO, Identity
from pmo_analytics.schemas.projects import Project
from pmo_analytics.trends import CATEGORY, JOINED, LEFT

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.trends import Movement

WHAT = "what"
FINISHED, STOPPED, UNSTATED = "finished", "stopped", "left, no reason stated"
#: The last known project status to what became of a project that left.
_FATES = {"complete": FINISHED, "cancelled": STOPPED}
_ORDER = "__order"


def moves(portfolio: Portfolio, moved: Movement | None) -> pd.DataFrame:
    """One row per project that joined or left since the period before: project_id, project_name, what.

    ``what`` is "joined", "finished", "stopped", "merged into …" or "left, no reason stated". A project that
    left is finished or stopped by the last project status that was reported; merged by the identities.
    """
    if moved is None:
        return pd.DataFrame(columns=[Project.project_id, Project.project_name, WHAT], dtype="str")
    table = moved.table[moved.table[CATEGORY].isin([JOINED, LEFT])]
    known = portfolio.projects.sort_values(Project.period, kind="stable")
    last = known.drop_duplicates(Project.project_id, keep="last").set_index(Project.project_id)
    ids = table[Project.project_id]
    fate = ids.map(last[Project.status].map(_FATES)).astype("object")
    done = ids.map(last[Project.actual_finish].notna()).astype("boolean").fillna(False)
    fate = fate.where(fate.notna() | ~done.astype("bool"), FINISHED)
    merged = match_key(ids).map(_mergers(portfolio.identities)).astype("object")
    fate = ("merged into " + merged).where(merged.notna(), fate).fillna(UNSTATED)
    what = fate.mask(table[CATEGORY] == JOINED, JOINED)
    names = ids.map(last[Project.project_name]).astype("object").fillna(ids)
    shown = pd.DataFrame({Project.project_id: ids, Project.project_name: names, WHAT: what})
    ordered = shown.assign(**{_ORDER: what != JOINED}).sort_values([_ORDER, WHAT, Project.project_id])
    return ordered.drop(columns=_ORDER).astype("str").reset_index(drop=True)


def _mergers(identities: pd.DataFrame) -> pd.Series:
    merged = identities[identities[Identity.relation] == MERGED_INTO]
    into = merged.set_axis(match_key(merged[Identity.source_id]))[Identity.project_id]
    return into[~into.index.duplicated()]
