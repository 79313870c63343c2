"""Gates: whether a stage was entered with the decision that opens it (rule G1), and risks looked at in time (R3)."""

from __future__ import annotations

import re
from types import MappingProxyType

import pandas as pd

from pmo_analytics.quality.findings import faults
from pmo_analytics.quality.keys import match_key
from pmo_analytics.quality.likeness import in_time
from pmo_analytics.quality.rules import Rule, Tables, risk_open
from pmo_analytics.schemas.decisions import PENDING, Decision
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk

#: The gate that opens a stage: UK gateway numbers, and the business case that is approved there.
GATE_OF_STAGE = MappingProxyType({"obc": "1", "fbc": "2", "delivery": "3", "handover": "4", "closed": "5"})
GATE_OF_CASE = MappingProxyType({"sobc": "1", "obc": "2", "fbc": "3"})
APPROVING = ("approve", "approve_with_conditions")

#: A risk of a tier 1 project is looked at within as many days (rule R3).
REVIEW_DAYS = 35
FIRST_TIER = re.compile(r"^\D*0*1\D*$")

#: A gate by its number alone: G3, Gate 3, 3. Others, such as G3R for a second look, open no stage.
_PLAIN = re.compile(r"^(?:gate|g)?[\s#-]*(\d)$")


def _without_approval(tables: Tables) -> pd.DataFrame:
    """Projects that moved into a stage, or stand in it, though its gate was asked for and not approved."""
    projects, gate, judged, approved = _gates_passed(tables)
    rows = tables["projects"].loc[projects.index[judged & ~approved]]
    return faults(
        "STAGE_WITHOUT_APPROVAL",
        rows,
        table_name="projects",
        column=Project.lifecycle_stage,
        value=rows[Project.lifecycle_stage],
        detail=gate.loc[rows.index],
    )


def _gates_known(tables: Tables) -> pd.Series:
    _, _, judged, approved = _gates_passed(tables)
    return (judged | approved).reindex(tables["projects"].index)


def _gates_passed(tables: Tables) -> tuple[pd.DataFrame, pd.Series, pd.Series, pd.Series]:
    """The projects in time, the gate of their stage, where the log can judge it, and where it was approved."""
    projects = in_time(tables["projects"])
    stage = projects[Project.lifecycle_stage]
    before = stage.groupby(projects[Project.project_id]).ffill()
    before = before.groupby(projects[Project.project_id]).shift()
    moved = before.notna() & stage.notna() & (stage != before)
    gate = stage.map(GATE_OF_STAGE)
    asked, approved = _decided(tables["decisions"])
    here = pd.MultiIndex.from_arrays([projects[Project.project_id], gate])
    logged = set(match_key(tables["decisions"][Decision.gate_code]).map(_gate_number).dropna())
    latest = ~projects[Project.project_id].duplicated(keep="last")
    # Of a move before the log begins, the log can say nothing.
    days = tables["decisions"][[Decision.requested_date, Decision.decision_date]].min(axis=1)
    unasked = moved & gate.isin(logged) & (projects[Project.period] >= days.min())
    passed = pd.Series(here.isin(approved), index=projects.index) & gate.notna()
    return projects, gate, gate.notna() & (unasked | (latest & here.isin(asked))), passed


def _decided(decisions: pd.DataFrame) -> tuple[pd.MultiIndex, pd.MultiIndex]:
    """Project and gate of every decision asked for, and of those that approve."""
    gate = match_key(decisions[Decision.gate_code]).map(_gate_number)
    both = pd.MultiIndex.from_arrays([match_key(decisions[Decision.entity_id]), gate])
    said = decisions[Decision.decision].fillna(PENDING)
    return both[gate.notna()], both[(gate.notna() & said.isin(APPROVING)).to_numpy()]


def _gate_number(code: str) -> str | None:
    found = _PLAIN.match(code) if isinstance(code, str) else None
    return found.group(1) if found else GATE_OF_CASE.get(code)


def _of_first_tier(tables: Tables) -> pd.Series:
    """Open risks of tier 1 projects of which a review is known."""
    risks, projects = tables["risks"], tables["projects"]
    tier = projects[Project.tier].fillna("").str.match(FIRST_TIER)
    first = pd.MultiIndex.from_arrays(
        [match_key(projects.loc[tier, Project.project_id]), projects.loc[tier, Project.period]]
    )
    here = pd.MultiIndex.from_arrays([match_key(risks[Risk.entity_id]), risks[Milestone.period]])
    return risk_open(risks) & risks[Risk.last_reviewed].notna() & here.isin(first)


def _not_reviewed(tables: Tables) -> pd.DataFrame:
    risks = tables["risks"]
    age = (risks[Risk.period] - risks[Risk.last_reviewed]).dt.days
    rows = risks[_of_first_tier(tables) & (age > REVIEW_DAYS)]
    return faults(
        "RISK_NOT_REVIEWED",
        rows,
        table_name="risks",
        column=Risk.last_reviewed,
        value=rows[Risk.last_reviewed],
    )


#: Rules about what a board has to have seen.
GATES = (
    Rule(
        "STAGE_WITHOUT_APPROVAL",
        "projects",
        _without_approval,
        (("projects", Project.lifecycle_stage), ("decisions", Decision.gate_code)),
        applies=_gates_known,
    ),
    Rule(
        "RISK_NOT_REVIEWED",
        "risks",
        _not_reviewed,
        (("risks", Risk.last_reviewed), ("projects", Project.tier)),
        applies=_of_first_tier,
    ),
)
