"""Rules between tables and between periods: what two rows say must fit together.

A fault stands at the row that is judged; the other row is looked up by project and period, or by project in
the period reported before.
"""

from __future__ import annotations

import pandas as pd

from pmo_analytics.quality.findings import as_text, faults, gather
from pmo_analytics.quality.keys import is_blank, match_key
from pmo_analytics.quality.likeness import in_time, suggestions
from pmo_analytics.quality.rules import ACTIVE, COMPLETE, Rule, Tables, missing
from pmo_analytics.schemas.entities import Entity
from pmo_analytics.schemas.identities import RENAMED, Identity
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

#: Earned and planned value may pass the budget by this share: what adding up floats does (rule E1).
ROUNDING = 1e-9

#: Earned value may differ from progress times budget by this share of the budget (rule E3).
PROGRESS_TOLERANCE = 0.02

#: A report is copied forward when as many reports in a row say the same (rule X3).
COPIES = 3


def beside(rows: pd.DataFrame, others: pd.DataFrame, column: str) -> pd.Series:
    """The value of ``column`` in the row of ``others`` of the same project and period, or null."""
    wanted, there = _spine(rows), _spine(others)
    first = ~there.duplicated()
    found = others.loc[first, column].set_axis(there[first])
    return found.reindex(wanted).set_axis(rows.index)


def budget(tables: Tables) -> pd.Series:
    """The budget at completion of each status row: its own, else that of the project list of the period."""
    rows = tables["status"]
    listed = beside(rows, tables["projects"], Project.bac)
    return rows[Status.bac].where(~missing(rows, Status.bac), listed)


def _spine(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([match_key(rows[Project.project_id]), rows[Project.period]])


def _missing_forecast(tables: Tables) -> pd.DataFrame:
    projects, status = tables["projects"], tables["status"]
    listed = (projects[Project.status] == ACTIVE) & missing(projects, Project.forecast_finish)
    silent = missing(status, Status.forecast_finish)
    reports = _spine(projects).isin(_spine(status))
    code = "MISSING_FORECAST"
    both = silent & _spine(status).isin(_spine(projects[listed]))
    return gather(
        [
            faults(code, projects[listed & ~reports], table_name="projects", column=Project.forecast_finish),
            faults(code, status[both], table_name="status", column=Status.forecast_finish),
        ]
    )


def _above_budget(code: str, column: str) -> Rule:
    def find(tables: Tables) -> pd.DataFrame:
        limit = budget(tables)
        hit = _exceeds(tables["status"][column], limit)
        rows = tables["status"][hit]
        detail = as_text(limit[hit])
        return faults(code, rows, table_name="status", column=column, value=rows[column], detail=detail)

    return Rule(code, "status", find, (("status", column),), _BUDGETS)


def _exceeds(amount: pd.Series, limit: pd.Series) -> pd.Series:
    return amount > limit * (1 + ROUNDING)


def _ev_not_progress(tables: Tables) -> pd.DataFrame:
    status, limit = tables["status"], budget(tables)
    expected = status[Status.pct_complete] * limit
    gap = (status[Status.ev] - expected).abs()
    # An EV above the budget fits no progress either: it is told once, by its own rule.
    hit = (gap > PROGRESS_TOLERANCE * limit * (1 + ROUNDING)) & ~_exceeds(status[Status.ev], limit)
    rows = status[hit]
    return faults(
        "EV_NOT_PROGRESS",
        rows,
        table_name="status",
        column=Status.ev,
        value=rows[Status.ev],
        detail=as_text(expected[hit].round(2)),
    )


def _completion_conflict(tables: Tables) -> pd.DataFrame:
    status = tables["status"]
    state = beside(status, tables["projects"], Project.status)
    done = status[Status.pct_complete] >= 1
    unfinished = status[Status.pct_complete] < 1
    hit = (done & (state == ACTIVE)) | (unfinished & (state == COMPLETE))
    rows = status[hit]
    return faults(
        "COMPLETION_CONFLICT",
        rows,
        table_name="status",
        column=Status.pct_complete,
        value=rows[Status.pct_complete],
        detail=state[hit],
    )


def _fell(column: str) -> Rule:
    def find(tables: Tables) -> pd.DataFrame:
        rows = in_time(tables["status"])
        fresh = rows[Status.rebaselined].fillna(False).astype("int64")
        baseline = fresh.groupby(rows[Status.project_id]).cumsum()
        by = [rows[Status.project_id], baseline]
        before = rows[column].groupby(by).ffill().groupby(by).shift()
        hit = (rows[column] < before - ROUNDING * before.abs()).reindex(tables["status"].index)
        found = tables["status"][hit]
        return faults(
            "CUMULATIVE_FELL",
            found,
            table_name="status",
            column=column,
            value=found[column],
            detail=as_text(before.loc[found.index]),
        )

    return Rule("CUMULATIVE_FELL", "status", find, (("status", column),), periods=2)


def _cost_without_ev(tables: Tables) -> pd.DataFrame:
    rows = in_time(tables["status"])
    nothing = rows[Status.ev] == 0
    before = nothing.groupby(rows[Status.project_id]).shift(fill_value=False)
    hit = ((rows[Status.ac] > 0) & nothing & before).reindex(tables["status"].index)
    found = tables["status"][hit]
    return faults("COST_WITHOUT_EV", found, table_name="status", column=Status.ac, value=found[Status.ac])


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


def _name_changed(tables: Tables) -> pd.DataFrame:
    rows = in_time(tables["projects"])
    rows = rows[~is_blank(rows[Project.project_name])]
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


def _resolves(table_name: str) -> Rule:
    column = table(table_name).entity
    own = table_name == "status"

    def find(tables: Tables) -> pd.DataFrame:
        rows = tables[table_name]
        known = _project_ids(tables) if own else _entities(tables)
        hit = ~is_blank(rows[column]) & ~match_key(rows[column]).isin(known)
        found = rows[hit]
        meant = suggestions(found[column], tables["projects"] if own else _listed(tables))
        return faults(
            "UNRESOLVED_LINK", found, table_name=table_name, column=column, value=found[column], detail=meant
        )

    known_by = (("projects", Project.project_id),)
    others = (*known_by, ("entities", Entity.entity_id), ("status", Status.project_id))
    return Rule("UNRESOLVED_LINK", table_name, find, ((table_name, column),), known_by if own else others)


def _project_ids(tables: Tables) -> pd.Series:
    return match_key(tables["projects"][Project.project_id])


def _listed(tables: Tables) -> pd.DataFrame:
    """The rows that say which projects there are: without a project list, those who report."""
    return tables["projects"] if len(tables["projects"]) else tables["status"]


def _entities(tables: Tables) -> pd.Series:
    projects = tables["projects"]
    parts = [
        _listed(tables)[Project.project_id],
        projects[Project.programme_id],
        projects[Project.portfolio_id],
        tables["entities"][Entity.entity_id],
    ]
    return match_key(pd.concat(parts).dropna())


_BUDGETS = (("status", Status.bac), ("projects", Project.bac))

#: Every rule between tables or periods.
BETWEEN = (
    _resolves("status"),
    _resolves("milestones"),
    _resolves("risks"),
    _resolves("issues"),
    _resolves("decisions"),
    _resolves("tasks"),
    Rule("NAME_CHANGED", "projects", _name_changed, (("projects", Project.project_name),), periods=2),
    Rule(
        "MISSING_FORECAST",
        "projects",
        _missing_forecast,
        (("projects", Project.status),),
        (("projects", Project.forecast_finish), ("status", Status.forecast_finish)),
    ),
    _above_budget("EV_ABOVE_BAC", Status.ev),
    _above_budget("PV_ABOVE_BAC", Status.pv),
    _fell(Status.pv),
    _fell(Status.ev),
    _fell(Status.ac),
    Rule(
        "EV_NOT_PROGRESS",
        "status",
        _ev_not_progress,
        (("status", Status.ev), ("status", Status.pct_complete)),
        _BUDGETS,
    ),
    Rule(
        "COMPLETION_CONFLICT",
        "status",
        _completion_conflict,
        (("status", Status.pct_complete), ("projects", Project.status)),
    ),
    Rule(
        "COST_WITHOUT_EV",
        "status",
        _cost_without_ev,
        (("status", Status.ac), ("status", Status.ev)),
        periods=2,
    ),
    Rule("COPIED_FORWARD", "status", _copied_forward, (("status", Status.narrative),), periods=COPIES),
)
