"""The registers of a report: milestones, risks, issues and decisions, with what people ask of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.items import items, latest
from pmo_analytics.metrics.registers import REGISTERS
from pmo_analytics.schemas.benefits import Benefit
from pmo_analytics.schemas.changes import DRAFT, Change
from pmo_analytics.schemas.decisions import PENDING, Decision
from pmo_analytics.schemas.dependencies import Dependency
from pmo_analytics.schemas.entities import Entity
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.tables import table, tables

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio

#: What is added to the rows: the name of the entity, and the state in a word.
ENTITY_NAME, STATE = "entity_name", "state"
DECISION_LOG = "decisions"
CHANGE_LOG, DEPENDENCY_LOG, BENEFIT_REGISTER = "changes", "dependencies", "benefits"
#: Measures of items, by the names of the catalogue.
SLIP, MILESTONE_OVERDUE, SOON, GATES = "milestone_slip", "milestones_overdue", "milestones_due_90", "gates"
SCORE, EMV, RISK_OPEN = "risk_score", "risk_emv", "risks_open"
CHANGE_PENDING, DEPENDENCY_OPEN, DELAY = "changes_pending", "dependencies_open", "dependency_delay"
ISSUE_OPEN, ISSUE_OVERDUE, AGE = "issues_open", "issues_overdue", "issue_age"
_RANK = "__rank"
_FURTHER = (CHANGE_LOG, DEPENDENCY_LOG, BENEFIT_REGISTER)
_OWN = ("projects", "status", "milestones", "risks", "issues", DECISION_LOG, *_FURTHER)
#: Its months are those of the rates, not of deliveries.
RATES = "fx_rates"
#: The tables of which a report says nothing but what was delivered.
AS_DELIVERED = tuple(name for name in tables() if name not in _OWN)
OVERDUE, OPEN, DONE, WAITING, AT_RISK = "overdue", "open", "done", "waiting", "at risk"


def milestones(portfolio: Portfolio) -> pd.DataFrame:
    """The milestones of the latest plan with slip and state (overdue, open, done), by forecast."""
    rows = _named(portfolio, items(portfolio, "milestones"))
    done = rows[Milestone.actual_date].notna() | rows[Milestone.status].isin(["complete", "cancelled"])
    state = pd.Series(OPEN, index=rows.index).mask(rows[MILESTONE_OVERDUE] == 1, OVERDUE).mask(done, DONE)
    return _sorted(rows.assign(**{STATE: state}), [Milestone.forecast_date, Milestone.milestone_id])


def risks(portfolio: Portfolio) -> pd.DataFrame:
    """The risks of the latest register with score, expected cost and state, highest score first."""
    rows = _named(portfolio, items(portfolio, "risks"))
    state = pd.Series(DONE, index=rows.index).mask(rows[RISK_OPEN] == 1, OPEN)
    ordered = rows.assign(**{STATE: state}).sort_values(
        [STATE, SCORE, EMV], ascending=[False, False, False], kind="stable"
    )
    return ordered.reset_index(drop=True)


def issues(portfolio: Portfolio) -> pd.DataFrame:
    """The issues of the latest log with age and state (overdue, open, done), overdue first, then by due date."""
    rows = _named(portfolio, items(portfolio, "issues"))
    state = pd.Series(DONE, index=rows.index).mask(rows[ISSUE_OPEN] == 1, OPEN)
    state = state.mask(rows[ISSUE_OVERDUE] == 1, OVERDUE)
    order = rows.assign(**{STATE: state}).sort_values(
        [STATE, Issue.due], ascending=[False, True], kind="stable"
    )
    return order.reset_index(drop=True)


def decisions(portfolio: Portfolio) -> pd.DataFrame:
    """The decisions of the latest log with state (overdue, waiting, done), those that wait first."""
    rows = portfolio.decisions
    rows = rows[rows[Decision.period] <= portfolio.as_of + pd.offsets.MonthEnd(0)]
    rows = _named(portfolio, rows[rows[Decision.period] == rows[Decision.period].max()])
    waits = rows[Decision.decision_date].isna() & rows[Decision.decision].fillna(PENDING).eq(PENDING)
    late = waits & (rows[Decision.needed_by] < portfolio.as_of)
    state = pd.Series(DONE, index=rows.index).mask(waits, WAITING).mask(late, OVERDUE)
    rows = rows.assign(**{STATE: state})
    order = rows.assign(**{_RANK: state.map({OVERDUE: 0, WAITING: 1, DONE: 2})})
    return _sorted(order, [_RANK, Decision.needed_by]).drop(columns=_RANK)


def changes(portfolio: Portfolio) -> pd.DataFrame:
    """The change requests of the latest log with state (waiting, open, done), those that wait first, then drafts."""
    rows = _named(portfolio, items(portfolio, CHANGE_LOG))
    draft = rows[Change.status].eq(DRAFT) & rows[Change.decided].isna()
    state = pd.Series(DONE, index=rows.index).mask(draft, OPEN).mask(rows[CHANGE_PENDING] == 1, WAITING)
    ranked = rows.assign(**{STATE: state}).assign(**{_RANK: state.map({WAITING: 0, OPEN: 1, DONE: 2})})
    return _sorted(ranked, [_RANK, Change.raised]).drop(columns=_RANK)


def dependencies(portfolio: Portfolio) -> pd.DataFrame:
    """The dependencies of the latest log with delay and state (at risk, open, done), those at risk first."""
    rows = _named(portfolio, items(portfolio, DEPENDENCY_LOG))
    late = rows[DELAY] > 0
    state = pd.Series(DONE, index=rows.index).mask(rows[DEPENDENCY_OPEN] == 1, OPEN).mask(late, AT_RISK)
    ranked = rows.assign(**{STATE: state}).assign(**{_RANK: state.map({AT_RISK: 0, OPEN: 1, DONE: 2})})
    return _sorted(ranked, [_RANK, Dependency.need_by]).drop(columns=_RANK)


def benefits(portfolio: Portfolio) -> pd.DataFrame:
    """The benefits of the latest register, month by month."""
    rows = _named(portfolio, items(portfolio, BENEFIT_REGISTER))
    return _sorted(rows, [Benefit.entity_id, Benefit.benefit_id, Benefit.for_period])


def further(portfolio: Portfolio) -> dict[str, pd.DataFrame]:
    """By table, those of the registers that not every organisation keeps and that were delivered."""
    kept = {CHANGE_LOG: changes, DEPENDENCY_LOG: dependencies, BENEFIT_REGISTER: benefits}
    found = {name: read(portfolio) for name, read in kept.items() if name in portfolio.delivered}
    return found | {name: _delivered(portfolio, name) for name in AS_DELIVERED if name in portfolio.delivered}


def _delivered(portfolio: Portfolio, name: str) -> pd.DataFrame:
    """The rows of the latest delivery of a table, with the names of what they belong to."""
    rows = portfolio[name] if name == RATES else latest(portfolio, name)
    return _named(portfolio, rows, table(name).entity) if table(name).entity else rows.reset_index(drop=True)


def due(milestones: pd.DataFrame) -> pd.DataFrame:
    """Of the milestones those that are overdue or forecast in the next 90 days."""
    ahead = (milestones[MILESTONE_OVERDUE] == 1) | (milestones[SOON] == 1)
    return milestones[ahead].reset_index(drop=True)


def gates_ahead(milestones: pd.DataFrame) -> pd.DataFrame:
    """Of the milestones the gates that are forecast in the next 90 days and not passed."""
    return milestones[(milestones[SOON] == 1) & (milestones[GATES] == 1)].reset_index(drop=True)


def left_out(portfolio: Portfolio) -> dict[str, int]:
    """For every register how many projects of the month stand in older deliveries only, and are not counted."""
    return {name: _older_only(portfolio, name) for name in REGISTERS if table(name).has_period}


def _older_only(portfolio: Portfolio, name: str) -> int:
    rows = portfolio[name]
    seen = rows[rows[Project.period] <= portfolio.as_of + pd.offsets.MonthEnd(0)]
    owner = table(name).entity
    current = seen[seen[owner].isin(portfolio.project_ids)]
    newest = current.groupby(owner)[Project.period].max()
    return int((newest < seen[Project.period].max()).sum())


def _named(portfolio: Portfolio, rows: pd.DataFrame, owner: str = Risk.entity_id) -> pd.DataFrame:
    """The rows with the name of the project, programme or portfolio that each belongs to."""
    entities, projects = portfolio.entities, portfolio.projects.sort_values(Project.period, kind="stable")
    known = pd.concat(
        [
            entities.set_index(Entity.entity_id)[Entity.name],
            projects.set_index(Project.project_id)[Project.project_name],
        ]
    ).dropna()
    known = known[~known.index.duplicated(keep="last")]
    ids = rows[owner]
    return rows.reset_index(drop=True).assign(
        **{ENTITY_NAME: ids.map(known).astype("object").fillna(ids).astype("str").to_numpy()}
    )


def _sorted(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return rows.sort_values(by, na_position="last", kind="stable").reset_index(drop=True)
