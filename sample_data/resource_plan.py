"""The resource plan: what the teams have and what the projects ask for, role by role, from June to November."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sheets import AS_OF, Row, Sheet, month_ends, titles

RESOURCES = "resources-2026-06.xlsx"
MONTHS_AHEAD = month_ends(AS_OF, dt.date(2026, 11, 30))


def resource_sheets(story: dict[str, Any]) -> list[Sheet]:
    """Supply first, then the demand of the projects."""
    plan = story["resources"]
    teams = {role: team for role, team, *_ in plan["supply"]}
    rows = [row for entry in plan["supply"] for row in _supply(plan, entry)]
    rows += [row for entry in plan["demand"] for row in _demand(teams, entry)]
    return [Sheet(RESOURCES, "Resources", titles(story, "resource plan, supply and demand"), rows)]


def _supply(plan: dict[str, Any], entry: list[Any]) -> list[Row]:
    role, team, posts, there, outside, rate = entry
    return [
        _row(role, team, end)
        | {
            "Capacity (FTE)": float(there),
            "Availability": present,
            "Funded Posts": float(posts),
            "Contractor": "Yes" if outside else "No",
            "Cost Rate (£k)": rate,
        }
        for end, present in zip(MONTHS_AHEAD, plan["present"], strict=True)
    ]


def _demand(teams: dict[str, str], entry: list[Any]) -> list[Row]:
    role, project, kind, person, amounts = entry
    return [
        _row(role, teams[role], end)
        | {
            "Named Person": person or None,
            "Project ID": project,
            "Demand Kind": kind,
            "Demand (FTE)": float(amount),
        }
        for end, amount in zip(MONTHS_AHEAD, amounts, strict=True)
        if amount
    ]


def _row(role: str, team: str, end: dt.date) -> Row:
    return {
        "Role": role,
        "Team": team,
        "Named Person": None,
        "Project ID": None,
        "Demand Kind": None,
        "Work Month": end,
        "Capacity (FTE)": None,
        "Demand (FTE)": None,
        "Availability": None,
        "Funded Posts": None,
        "Contractor": None,
        "Cost Rate (£k)": None,
    }
