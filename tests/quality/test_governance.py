"""Rules of the tables that not every office keeps, and the links between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Found = Callable[..., list[tuple[Any, ...]]]


def test_a_project_does_not_wait_for_itself(found: Found) -> None:
    rows = [
        {"from_project": "p1 ", "entity_id": "P1"},
        {"from_project": "P2", "entity_id": "P1"},
        {"from_project": "P2"},
        {"entity_id": "P1"},
        {},
    ]
    assert found("SELF_DEPENDENCY", dependencies=rows) == [("dependencies", "from_project", 2, "p1 ", "")]


def test_amounts_of_authority_are_in_order(found: Found) -> None:
    rows = [{"amount_from": 10, "amount_to": 9}, {"amount_from": 9, "amount_to": 9}, {"amount_from": 9}]
    rows = [{"kind": "budget", "required_board": f"B{number}"} | row for number, row in enumerate(rows)]
    told = found("AMOUNTS_OUT_OF_ORDER", approval_matrix=rows)
    assert told == [("approval_matrix", "amount_to", 2, "9", "10")]


def test_a_rate_is_never_zero(found: Found) -> None:
    assert found("RATE_IS_ZERO", fx_rates=[{"rate": 0}, {"rate": 0.001}, {}]) == [
        ("fx_rates", "rate", 2, "0", "")
    ]


def test_a_reporting_period_ends_after_it_starts(found: Found) -> None:
    rows = [{"start": "2026-04-04", "end": "2026-04-03"}, {"start": "2026-04-04", "end": "2026-04-04"}]
    told = found("START_AFTER_FINISH", calendar=rows)
    assert told == [("calendar", "end", 2, "2026-04-03", "2026-04-04")]


@pytest.mark.parametrize(
    "name",
    ["resources", "financials", "actions", "assumptions", "lessons", "submissions", "milestone_baselines"],
)
def test_rows_of_nobody(found: Found, name: str) -> None:
    rows = [{"entity_id": owner} for owner in ("P1", "P9", None)]
    told = found("UNRESOLVED_LINK", projects=[{"project_id": "P1"}], **{name: rows})
    assert told == [(name, "entity_id", 3, "P9", "")]


@pytest.mark.parametrize("name", ["baselines", "business_cases", "cashflows", "standards_compliance"])
def test_rows_of_no_project(found: Found, name: str) -> None:
    rows = [{"project_id": owner} for owner in ("P1", "P9")]
    told = found("UNRESOLVED_LINK", projects=[{"project_id": "P1"}], **{name: rows})
    assert told == [(name, "project_id", 3, "P9", "")]


def test_both_ends_of_a_dependency_are_known(found: Found) -> None:
    rows = [
        {"entity_id": "P1", "from_project": "P9"},
        {"entity_id": "P9", "from_project": "EXT"},
        {"from_project": " "},
    ]
    given = {"projects": [{"project_id": "P1"}], "entities": [{"entity_id": "EXT"}], "dependencies": rows}
    assert found("UNRESOLVED_LINK", **given) == [("dependencies", "entity_id", 3, "P9", "")]
    assert found("UNKNOWN_GIVER", **given) == [("dependencies", "from_project", 2, "P9", "")]


@pytest.mark.parametrize(
    ("name", "column", "other", "key"),
    [
        ("projects", "strategic_objective_id", "objectives", "objective_id"),
        ("milestones", "gate_code", "gates", "gate_code"),
        ("decisions", "gate_code", "gates", "gate_code"),
        ("actions", "from_decision", "decisions", "decision_id"),
        ("assumptions", "risk_id", "risks", "risk_id"),
        ("baselines", "cr_id", "changes", "cr_id"),
        ("milestone_baselines", "milestone_id", "milestones", "milestone_id"),
        ("milestone_baselines", "cr_id", "changes", "cr_id"),
        ("standards_compliance", "standard_id", "standards", "standard_id"),
    ],
)
def test_rows_name_what_is_there(found: Found, name: str, column: str, other: str, key: str) -> None:
    rows = [{column: text} for text in (" k1", "K9")]
    told = found("UNRESOLVED_REFERENCE", **{name: rows, other: [{key: "K1"}]})
    assert told == [(name, column, 3, "K9", other)]
    # Where the other table did not come nothing is known to be missing.
    assert found("UNRESOLVED_REFERENCE", **{name: rows}) == []
