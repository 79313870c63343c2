"""Milestones, risks, issues and decisions: the registers row by row, each row leading to its project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import DATE, WRAPPED, Field, Listing
from pmo_analytics.report.registers import AGE, EMV, ENTITY_NAME, SCORE, SLIP, STATE
from pmo_analytics.schemas.changes import Change
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.risks import Risk

if TYPE_CHECKING:
    import pandas as pd

    from pmo_analytics.report.contents import Contents

ENTITY = (
    Field(Risk.entity_id, "Project or programme", WRAPPED, 13, link=names.PROJECTS),
    Field(ENTITY_NAME, "Name", WRAPPED, 28),
)
#: Columns with words of closed lists, which are stored with an underscore for a blank.
_WORDS = (
    Milestone.type,
    Decision.kind,
    Decision.decision,
    Risk.response,
    Issue.escalation_level,
    Change.funded_from,
)
MILESTONES = (
    Field(Milestone.milestone_id, "Milestone ID", width=12),
    *ENTITY,
    Field(Milestone.name, "Milestone", WRAPPED, 40),
    Field(Milestone.type, "Type", width=12),
    Field(Milestone.gate_code, "Gate", width=8),
    Field(Milestone.baseline_date, "Baseline", DATE, 13),
    Field(Milestone.forecast_date, "Forecast", DATE, 13),
    Field(Milestone.actual_date, "Actual", DATE, 13),
    Field(SLIP, "Slip (days, + late)", "days", 10),
    Field(STATE, "State", width=10),
    Field(Milestone.owner, "Owner", WRAPPED, 22),
)
RISKS = (
    Field(Risk.risk_id, "Risk ID", width=10),
    *ENTITY,
    Field(Risk.title, "Risk", WRAPPED, 46),
    Field(Risk.kind, "Kind", width=12),
    Field(Risk.category, "Category", WRAPPED, 14),
    Field(Risk.p_score, "Probability 1–5", "score", 11),
    Field(Risk.i_score, "Impact 1–5", "score", 9),
    Field(SCORE, "Score (open risks)", "score", 9, formula="{p_score}*{i_score}"),
    Field(Risk.prob_residual, "Probability", "fraction", 11),
    Field(Risk.impact_cost_ml, "Cost impact", "money", 11),
    Field(EMV, "Expected cost", "money", 11),
    Field(STATE, "State", width=9),
    Field(Risk.response, "Response", width=11),
    Field(Risk.owner, "Owner", WRAPPED, 22),
    Field(Risk.action_due, "Action due", DATE, 13),
)
ISSUES = (
    Field(Issue.issue_id, "Issue ID", width=10),
    *ENTITY,
    Field(Issue.title, "Issue", WRAPPED, 46),
    Field(Issue.severity, "Severity", width=10),
    Field(STATE, "State", width=10),
    Field(Issue.opened, "Opened", DATE, 13),
    Field(Issue.due, "Due", DATE, 13),
    Field(Issue.closed, "Closed", DATE, 13),
    Field(AGE, "Age (days, open issues)", "days", 10),
    Field(Issue.escalation_level, "Level", width=12),
    Field(Issue.owner, "Owner", WRAPPED, 22),
    Field(Issue.resolution, "Resolution", WRAPPED, 34),
)
DECISIONS = (
    Field(Decision.decision_id, "Decision ID", width=12),
    *ENTITY,
    Field(Decision.title, "Decision requested", WRAPPED, 44),
    Field(Decision.kind, "Kind", WRAPPED, 16),
    Field(Decision.amount, "Amount", "money", 12),
    Field(Decision.currency, "Currency", width=9),
    Field(Decision.board, "Who decides", WRAPPED, 20),
    Field(Decision.needed_by, "Needed by", DATE, 13),
    Field(STATE, "State", width=10),
    Field(Decision.consequence, "What waiting costs", WRAPPED, 44),
    Field(Decision.decision, "Decision", WRAPPED, 16),
    Field(Decision.decision_date, "Decided", DATE, 13),
    Field(Decision.decider, "Decided by", WRAPPED, 20),
)


def milestones(contents: Contents) -> Listing:
    """The milestones, by forecast date."""
    told = "Slip: actual, else forecast, less baseline, in calendar days; positive is late."
    return register_listing(names.MILESTONES, told, MILESTONES, contents.milestones)


def risks(contents: Contents) -> Listing:
    """The risks, open ones with the highest score first."""
    told = "Expected cost: probability × expected impact of open risks; opportunities count negative."
    return register_listing(names.RISKS, told, RISKS, contents.risks)


def issues(contents: Contents) -> Listing:
    """The issues, overdue ones first."""
    told = "Overdue: open, and due before the day that the report refers to."
    return register_listing(names.ISSUES, told, ISSUES, contents.issues)


def decisions(contents: Contents) -> Listing:
    """The decisions, those that wait first."""
    told = "Waiting: nothing is decided yet; overdue: the day by which it was needed has passed."
    return register_listing(names.DECISIONS, told, DECISIONS, contents.decisions)


def register_listing(name: str, told: str, fields: tuple[Field, ...], frame: pd.DataFrame) -> Listing:
    """The rows of a register under its name, with the words of closed lists as people write them."""
    none = f"No {name.lower()} were delivered."
    words = {column: frame[column].str.replace("_", " ") for column in _WORDS if column in frame}
    return Listing(name, told if len(frame) else none, fields, frame.assign(**words))
