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


def member(of: str | None, begun: str | None, ended: str | None, **more: str) -> dict[str, Any]:
    return {
        "entity_id": "P1",
        "kind": "project",
        "parent_id": of,
        "valid_from": begun,
        "valid_to": ended,
    } | more


BODIES = [{"entity_id": code, "kind": "programme"} for code in ("G1", "G2")] + [
    {"entity_id": "F", "kind": "portfolio"}
]


def test_nothing_belongs_to_itself(found: Found) -> None:
    rows = [*BODIES, member(" p1", None, None), member("G1", "2026-02-01", None)]
    assert found("OWN_PARENT", entities=rows) == [("entities", "parent_id", 5, " p1", "")]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (("G1", "2026-01-01", "2026-03-31"), ("G2", "2026-03-31", None), True),
        (("G1", "2026-01-01", "2026-03-31"), ("G2", "2026-04-01", None), False),
        # the day on which the next one begins ends what has no last day
        (("G1", "2026-01-01", None), ("G2", "2026-03-31", None), False),
        (("G1", None, "2026-03-31"), ("G2", "2026-02-01", "2026-02-28"), True),
        (("G1", "2026-01-01", "2026-03-31"), ("g1 ", "2026-02-01", None), False),
        # a programme and a portfolio at once
        (("G1", "2026-01-01", "2026-03-31"), ("F", "2026-02-01", None), False),
        (("G1", "2026-01-01", "2026-03-31"), (None, "2026-02-01", None), False),
    ],
)
def test_nobody_is_in_two_programmes_at_once(
    found: Found, first: tuple[Any, ...], second: tuple[Any, ...], told: bool
) -> None:
    rows = [*BODIES, member(*second), member(*first), member("G1", "2026-02-01", None, entity_id="P2")]
    expected = [("entities", "valid_from", 5, second[1], "G2")] if told else []
    assert found("MEMBERSHIPS_OVERLAP", entities=rows) == expected


def test_every_earlier_membership_counts_not_the_last_one_alone(found: Found) -> None:
    long, short = member("G1", "2020-01-01", "2022-12-31"), member("G1", "2021-01-01", "2021-03-31")
    rows = [*BODIES, long, short, member("G2", "2021-06-01", None)]
    assert found("MEMBERSHIPS_OVERLAP", entities=rows) == [("entities", "valid_from", 7, "2021-06-01", "G2")]
    unlisted = [member("X", "2020-01-01", "2022-12-31"), member("Y", "2021-06-01", None)]
    assert found("MEMBERSHIPS_OVERLAP", entities=unlisted) == []


def test_a_membership_ends_after_it_begins(found: Found) -> None:
    rows = [member("G1", "2026-02-01", "2026-01-31"), member("G1", "2026-03-01", "2026-03-01")]
    assert found("START_AFTER_FINISH", entities=rows) == [
        ("entities", "valid_to", 2, "2026-01-31", "2026-02-01")
    ]


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
