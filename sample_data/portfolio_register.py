"""The portfolio register: the tree of portfolio, programmes and projects, and what became of identifiers."""

from __future__ import annotations

from typing import Any

from curves import months_of, state_in
from sheets import AS_OF, Row, Sheet, day

REGISTER = "portfolio-register-2026-06.xlsx"


def portfolio_sheets(story: dict[str, Any]) -> list[Sheet]:
    """The sheets Entities and Identities."""
    preamble = [
        f"{story['organisation']}: portfolio register",
        "As at: 2026-06",
        f"Contact: {story['contact']}",
    ]
    return [
        Sheet(REGISTER, "Entities", preamble, _entities(story)),
        Sheet(REGISTER, "Identities", preamble, [_identity(entry) for entry in story["identities"]["rows"]]),
    ]


def _entities(story: dict[str, Any]) -> list[Row]:
    portfolio = story["portfolio"]
    rows = [_entity(portfolio["id"], "Portfolio", portfolio["name"], None)]
    rows += [_entity(code, "Programme", name, portfolio["id"]) for code, name in story["programmes"].items()]
    for project in story["project"]:
        state, months = state_in(project, AS_OF), months_of(project)
        row = _entity(project["id"], "Project", state["name"], state["programme"])
        row["Sensitivity"] = "Restricted" if project.get("restricted") else "Open"
        row["Valid From"] = day(project["dates"][0])
        row["Valid To"] = months[-1] if months[-1] < AS_OF else None
        rows.append(row)
    return rows


def _entity(code: str, kind: str, name: str, parent: str | None) -> Row:
    return {
        "Entity ID": code,
        "Entity Kind": kind,
        "Entity Name": name,
        "Parent ID": parent,
        "Sensitivity": "Open",
        "Valid From": None,
        "Valid To": None,
    }


def _identity(entry: list[str]) -> Row:
    source, relation, project, system, first, note = entry
    return {
        "Source ID": source,
        "Relation": relation.capitalize(),
        "Project ID": project,
        "Source System": system,
        "Valid From": day(first),
        "Note": note,
    }
