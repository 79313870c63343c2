"""Carrying forward: a project that did not report keeps its last report, marked, so that no total forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.quality.keys import match_key
from pmo_analytics.quality.listed_currencies import listed_currency
from pmo_analytics.quality.reports import is_report, shared_columns
from pmo_analytics.schemas.columns import Kind, reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = [Project.project_id, Project.period]
_REPORTED = "__reported"
_ID = "__id"


def carry_forward(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The status table with a row for every listed project that reported before, but not in the period.

    The row is that of the last report, with the month of that report in ``carried_from`` and with its
    provenance, so that figures still lead to the cells they come from. What the list of the period itself
    says (a budget, a forecast) is kept. Where the report names no currency and the list names another one
    since, its amounts are stale. A project that never reported has nothing to carry.
    """
    status = frames["status"]
    reports = status[is_report(status)]
    owed = _owed(frames["projects"], status, reports)
    if owed.empty or reports.empty:
        return status
    last = _last_reports(owed, reports)
    if last.empty:
        return status
    carried = _with_own_cells(_of_one_currency(last, frames["projects"]), status)
    keys = pd.MultiIndex.from_frame(_matched(carried))
    others = status[~pd.MultiIndex.from_frame(_matched(status)).isin(keys)]
    whole = pd.concat([others, carried], ignore_index=True)
    return whole.astype(table("status").dtypes())


def _matched(rows: pd.DataFrame) -> pd.DataFrame:
    """The keys of rows, ids as they match."""
    return rows[_KEYS].assign(**{_ID: match_key(rows[Project.project_id])})[[_ID, Project.period]]


def _owed(projects: pd.DataFrame, status: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The projects and periods that somebody lists and nobody reports."""
    listed = pd.concat([projects[_KEYS], status[_KEYS]], ignore_index=True)
    listed = listed.assign(**{_ID: match_key(listed[Project.project_id])})
    listed = listed.drop_duplicates([_ID, Project.period])
    there = pd.MultiIndex.from_frame(_matched(reports))
    return listed[~pd.MultiIndex.from_frame(listed[[_ID, Project.period]]).isin(there)]


def _last_reports(owed: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """For every period owed the last report before it, under the period owed."""
    dated = reports.assign(**{_ID: match_key(reports[Project.project_id]), _REPORTED: reports[Status.period]})
    dated = dated.drop(columns=[Status.period])
    found = pd.merge_asof(
        owed[[_ID, Project.period]].sort_values(Project.period, kind="stable"),
        dated.sort_values(_REPORTED, kind="stable"),
        left_on=Project.period,
        right_on=_REPORTED,
        by=_ID,
        allow_exact_matches=False,
    )
    found = found[found[_REPORTED].notna()]
    month = found[_REPORTED].dt.strftime("%Y-%m").astype("str")
    return found.assign(**{Status.carried_from: month})[list(table("status").dtypes())]


def _of_one_currency(carried: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """The carried rows without amounts of which only the list says the currency, where it says another one now."""
    reported = pd.to_datetime(carried[Status.carried_from], format="%Y-%m") + pd.offsets.MonthEnd(0)
    ids = carried[Project.project_id]
    then, now = (listed_currency(ids, at, projects) for at in (reported, carried[Project.period]))
    changed = (then != now) & then.notna() & now.notna() & carried[Status.currency].isna()
    if not changed.any():
        return carried
    masked: dict[str, pd.Series] = {}
    for column in table("status").columns.values():
        if column.kind is Kind.MONEY:
            reason = reason_of(column.name)
            masked[reason] = carried[reason].mask(changed & carried[column.name].notna(), "stale")
            masked[column.name] = carried[column.name].mask(changed)
    return carried.assign(**masked)


def _with_own_cells(carried: pd.DataFrame, status: pd.DataFrame) -> pd.DataFrame:
    """The carried rows, with what the row of the period itself says of columns that lists have."""
    wanted = pd.MultiIndex.from_frame(_matched(carried))
    own = status.set_index(pd.MultiIndex.from_frame(_matched(status))).reindex(wanted)
    filled = {}
    for column in shared_columns():
        says = own[column].notna().to_numpy()
        filled[column] = carried[column].where(~says, own[column].to_numpy())
        reason = reason_of(column)
        if reason in carried:
            filled[reason] = carried[reason].mask(says)
    return carried.assign(**filled)
