"""Rules between tables: what two rows say must fit together.

A fault stands at the row that is judged; the other row is looked up by project and period.
"""

from __future__ import annotations

import pandas as pd

from pmo_analytics.quality.findings import as_text, faults, gather
from pmo_analytics.quality.keys import is_blank, match_key
from pmo_analytics.quality.likeness import suggestions
from pmo_analytics.quality.rules import ACTIVE, COMPLETE, Field, Rule, Tables, missing
from pmo_analytics.schemas.actions import Action
from pmo_analytics.schemas.assumptions import Assumption
from pmo_analytics.schemas.baselines import Baseline, MilestoneBaseline
from pmo_analytics.schemas.changes import Change
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.dependencies import Dependency
from pmo_analytics.schemas.entities import Entity
from pmo_analytics.schemas.gates import Gate
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.objectives import Objective
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.standards import Standard, StandardCompliance
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

#: Earned and planned value may pass the budget by this share: what adding up floats does (rule E1).
ROUNDING = 1e-9

#: Earned value may differ from progress times budget by this share of the budget (rule E3).
PROGRESS_TOLERANCE = 0.02


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


def _active(tables: Tables) -> pd.Series:
    return tables["projects"][Project.status] == ACTIVE


def _missing_forecast(tables: Tables) -> pd.DataFrame:
    projects, status = tables["projects"], tables["status"]
    listed = _active(tables) & missing(projects, Project.forecast_finish)
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

    def judged(tables: Tables) -> pd.Series:
        return tables["status"][column].notna() & budget(tables).notna()

    return Rule(code, "status", find, (("status", column),), _BUDGETS, applies=judged)


def _exceeds(amount: pd.Series, limit: pd.Series) -> pd.Series:
    return amount > limit * (1 + ROUNDING)


def _progress_known(tables: Tables) -> pd.Series:
    status, limit = tables["status"], budget(tables)
    return status[[Status.ev, Status.pct_complete]].notna().all(axis=1) & limit.notna()


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


def _state(tables: Tables) -> pd.Series:
    return beside(tables["status"], tables["projects"], Project.status)


def _completion_conflict(tables: Tables) -> pd.DataFrame:
    status, state = tables["status"], _state(tables)
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


def _resolves(table_name: str, column: str = "", *, code: str = "UNRESOLVED_LINK") -> Rule:
    """Rows that name a project or other entity that nobody lists: in ``column``, else in that of their owner."""
    column = column or table(table_name).entity
    own = table_name == "status"

    def find(tables: Tables) -> pd.DataFrame:
        rows = tables[table_name]
        known = _project_ids(tables) if own else _entities(tables)
        hit = ~is_blank(rows[column]) & ~match_key(rows[column]).isin(known)
        found = rows[hit]
        meant = suggestions(found[column], tables["projects"] if own else _listed(tables))
        return faults(code, found, table_name=table_name, column=column, value=found[column], detail=meant)

    known_by = (("projects", Project.project_id),)
    others = (*known_by, ("entities", Entity.entity_id), ("status", Status.project_id))
    return Rule(code, table_name, find, ((table_name, column),), known_by if own else others)


def _refers(table_name: str, column: str, known: Field) -> Rule:
    """Rows that name a row of another register that is not there, in any period; where that came at all."""

    code = "UNRESOLVED_REFERENCE"

    def find(tables: Tables) -> pd.DataFrame:
        rows = tables[table_name]
        there = match_key(tables[known[0]][known[1]].dropna())
        hit = rows[~is_blank(rows[column]) & ~match_key(rows[column]).isin(there)]
        return faults(code, hit, table_name=table_name, column=column, value=hit[column], detail=known[0])

    return Rule(code, table_name, find, ((table_name, column), known))


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

#: Every rule between tables.
BETWEEN = (
    _resolves("status"),
    _resolves("milestones"),
    _resolves("risks"),
    _resolves("issues"),
    _resolves("decisions"),
    _resolves("tasks"),
    _resolves("evm_periods"),
    _resolves("changes"),
    _resolves("benefits"),
    _resolves("dependencies"),
    _resolves("dependencies", Dependency.from_project, code="UNKNOWN_GIVER"),
    _resolves("resources"),
    _resolves("financials"),
    _resolves("actions"),
    _resolves("assumptions"),
    _resolves("lessons"),
    _resolves("submissions"),
    _resolves("baselines"),
    _resolves("milestone_baselines"),
    _resolves("business_cases"),
    _resolves("cashflows"),
    _resolves("standards_compliance"),
    _refers("projects", Project.strategic_objective_id, ("objectives", Objective.objective_id)),
    _refers("milestones", Milestone.gate_code, ("gates", Gate.gate_code)),
    _refers("decisions", Decision.gate_code, ("gates", Gate.gate_code)),
    _refers("actions", Action.from_decision, ("decisions", Decision.decision_id)),
    _refers("assumptions", Assumption.risk_id, ("risks", Risk.risk_id)),
    _refers("baselines", Baseline.cr_id, ("changes", Change.cr_id)),
    _refers("milestone_baselines", MilestoneBaseline.milestone_id, ("milestones", Milestone.milestone_id)),
    _refers("milestone_baselines", MilestoneBaseline.cr_id, ("changes", Change.cr_id)),
    _refers("standards_compliance", StandardCompliance.standard_id, ("standards", Standard.standard_id)),
    Rule(
        "MISSING_FORECAST",
        "projects",
        _missing_forecast,
        (("projects", Project.status),),
        (("projects", Project.forecast_finish), ("status", Status.forecast_finish)),
        applies=_active,
    ),
    _above_budget("EV_ABOVE_BAC", Status.ev),
    _above_budget("PV_ABOVE_BAC", Status.pv),
    Rule(
        "EV_NOT_PROGRESS",
        "status",
        _ev_not_progress,
        (("status", Status.ev), ("status", Status.pct_complete)),
        _BUDGETS,
        applies=_progress_known,
    ),
    Rule(
        "COMPLETION_CONFLICT",
        "status",
        _completion_conflict,
        (("status", Status.pct_complete), ("projects", Project.status)),
        applies=lambda tables: tables["status"][Status.pct_complete].notna() & _state(tables).notna(),
    ),
)
