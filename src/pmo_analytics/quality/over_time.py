"""Rules between periods: what a project says must fit what it said before.

A fault stands at the later row; the other one is looked up by project in the period reported before.
"""

from __future__ import annotations

import pandas as pd

from pmo_analytics.quality.findings import as_text, faults
from pmo_analytics.quality.keys import is_blank, match_key
from pmo_analytics.quality.likeness import in_time
from pmo_analytics.quality.links import ROUNDING
from pmo_analytics.quality.rules import Rule, Tables
from pmo_analytics.schemas.identities import RENAMED, Identity
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

#: A report is copied forward when as many reports in a row say the same (rule X3).
COPIES = 3


def _before(status: pd.DataFrame, column: str) -> pd.Series:
    """The last figure before each row under the same baseline, or null."""
    rows = in_time(status)
    fresh = rows[Status.rebaselined].fillna(False).astype("int64")
    by = [rows[Status.project_id], fresh.groupby(rows[Status.project_id]).cumsum()]
    return rows[column].groupby(by).ffill().groupby(by).shift().reindex(status.index)


def _fell(column: str) -> Rule:
    def find(tables: Tables) -> pd.DataFrame:
        rows, before = tables["status"], _before(tables["status"], column)
        found = rows[rows[column] < before - ROUNDING * before.abs()]
        return faults(
            "CUMULATIVE_FELL",
            found,
            table_name="status",
            column=column,
            value=found[column],
            detail=as_text(before.loc[found.index]),
        )

    def judged(tables: Tables) -> pd.Series:
        return tables["status"][column].notna() & _before(tables["status"], column).notna()

    return Rule("CUMULATIVE_FELL", "status", find, (("status", column),), periods=2, applies=judged)


def _reports_before(status: pd.DataFrame) -> pd.Series:
    """How many reports of the same project stand before each row."""
    rows = in_time(status)
    return rows.groupby(Status.project_id).cumcount().reindex(status.index)


def _spent_again(tables: Tables) -> pd.Series:
    status = tables["status"]
    return status[[Status.ac, Status.ev]].notna().all(axis=1) & (_reports_before(status) > 0)


def _cost_without_ev(tables: Tables) -> pd.DataFrame:
    rows = in_time(tables["status"])
    nothing = rows[Status.ev] == 0
    before = nothing.groupby(rows[Status.project_id]).shift(fill_value=False)
    hit = ((rows[Status.ac] > 0) & nothing & before).reindex(tables["status"].index)
    found = tables["status"][hit]
    return faults("COST_WITHOUT_EV", found, table_name="status", column=Status.ac, value=found[Status.ac])


def _may_be_copied(tables: Tables) -> pd.Series:
    status = tables["status"]
    return ~is_blank(status[Status.narrative]) & (_reports_before(status) >= COPIES - 1)


def _copied_forward(tables: Tables) -> pd.DataFrame:
    rows = in_time(tables["status"])
    project = rows[Status.project_id]
    same = ~is_blank(rows[Status.narrative])
    for name in (Status.narrative, Status.pv, Status.ev, Status.ac, Status.forecast_finish):
        now = match_key(rows[name]) if name == Status.narrative else rows[name]
        before = now.groupby(project).shift()
        same &= (now == before) | (now.isna() & before.isna())
    same &= project == project.shift()
    copies = same.astype("int64").groupby((~same).cumsum()).cumsum()
    copies = copies.reindex(tables["status"].index)
    hit = copies >= COPIES - 1
    return faults(
        "COPIED_FORWARD",
        tables["status"][hit],
        table_name="status",
        column=Status.narrative,
        value=tables["status"].loc[hit, Status.narrative],
        detail=as_text(copies[hit]),
    )


def _named(projects: pd.DataFrame) -> pd.DataFrame:
    rows = in_time(projects)
    return rows[~is_blank(rows[Project.project_name])]


def _named_before(tables: Tables) -> pd.Series:
    rows = _named(tables["projects"])
    again = rows[Project.project_id].duplicated()
    return again.reindex(tables["projects"].index, fill_value=False)


def _name_changed(tables: Tables) -> pd.DataFrame:
    rows = _named(tables["projects"])
    rows = rows[~rows[Project.project_id].isin(_renamed(tables["identities"]))]
    names = pd.DataFrame({0: rows[Project.project_id], 1: match_key(rows[Project.project_name])})
    rows = rows[~names.duplicated()]
    before = rows[Project.project_name].groupby(rows[Project.project_id]).shift().dropna()
    found = tables["projects"].loc[before.index]
    return faults(
        "NAME_CHANGED",
        found,
        table_name="projects",
        column=Project.project_name,
        value=found[Project.project_name],
        detail=before,
    )


def _renamed(identities: pd.DataFrame) -> pd.Series:
    """The projects of which the crosswalk says that they were renamed."""
    return match_key(identities.loc[identities[Identity.relation] == RENAMED, Identity.project_id])


#: Every rule between periods.
OVER_TIME = (
    Rule(
        "NAME_CHANGED",
        "projects",
        _name_changed,
        (("projects", Project.project_name),),
        periods=2,
        applies=_named_before,
    ),
    _fell(Status.pv),
    _fell(Status.ev),
    _fell(Status.ac),
    Rule(
        "COST_WITHOUT_EV",
        "status",
        _cost_without_ev,
        (("status", Status.ac), ("status", Status.ev)),
        periods=2,
        applies=_spent_again,
    ),
    Rule(
        "COPIED_FORWARD",
        "status",
        _copied_forward,
        (("status", Status.narrative),),
        periods=COPIES,
        applies=_may_be_copied,
    ),
)
