"""Edges of people: one role or person asked for as much as there is or more, and those who decide by right or not."""

from __future__ import annotations

from typing import Any

from metrics.edges import AS_OF, TODAY, YESTERDAY, Edge, edge, listed, rows_of, status


def people(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    """Rows of one role, which has the name of the edge where they name none."""
    return edge(what, rows_of("resources", *({"role": what} | row for row in rows)), **expected)


def has(fte: float, **more: Any) -> dict[str, Any]:
    """Supply, which belongs to no project."""
    return {"capacity_fte": fte, "entity_id": None} | more


def asks(fte: float | None, kind: str | None = "committed", **more: Any) -> dict[str, Any]:
    return {"demand_fte": fte, "kind": kind} | more


PEOPLE: list[Edge] = [
    people("as many as there are", has(2.0), asks(2.0), over_allocation=0, resource_demand=2),
    people("one more than there are", has(2.0), asks(3.0), over_allocation=1),
    people("fewer than there are", has(2.0), asks(1.0), over_allocation=0),
    people("a role that nobody has", has(0.0), asks(1.0), over_allocation=1),
    people("a role that nobody knows", asks(1.0), over_allocation="NO_DATA"),
    people("half of them are on leave", has(2.0, availability=0.5), asks(3.0), over_allocation=2),
    people("two teams have the role", has(1.0), has(2.0, availability=0.5), asks(3.0), over_allocation=1),
    people("asked for by nobody", has(2.0), asks(None), over_allocation="NO_DATA", resource_demand="NO_DATA"),
    people("asked for nothing", has(2.0), asks(0.0), over_allocation=0, resource_demand=0),
    # only 3 of them are firm
    people(
        "asked for and not agreed",
        has(2.0),
        asks(1.0, None),
        asks(2.0, "forecast"),
        asks(9.0, "requested"),
        over_allocation=1,
        resource_demand=3,
        resource_requested=9,
    ),
    # 4 are asked for where there are 2: three quarters of the two that lack are asked for here, a quarter there
    people(
        "one of two that share a role",
        has(2.0, role="shared "),
        asks(3.0, role="Shared"),
        over_allocation=1.5,
    ),
    people("the other of two that share a role", asks(1.0, role="shared"), over_allocation=0.5),
    people(
        "asked for in another month", has(1.0), asks(3.0, for_period="2026-07-31"), over_allocation="NO_DATA"
    ),
    people("asked for in the month of the plan", has(1.0), asks(3.0, for_period=AS_OF), over_allocation=2),
    # the shortage of one month is not made up in another
    people(
        "too many in one of two months",
        has(2.0, for_period="2026-07-31"),
        has(2.0, for_period="2026-08-31"),
        asks(3.0, for_period="2026-07-31"),
        asks(1.0, for_period="2026-08-31"),
        over_allocation=1,
    ),
    people(
        "what a project has",
        {"capacity_fte": 4.0, "availability": 0.5},
        {"capacity_fte": 1.0},
        asks(1.5),
        resource_capacity=3,
        resource_utilisation=0.5,
    ),
    people(
        "a project has nobody",
        {"capacity_fte": 0.0},
        asks(1.0),
        resource_capacity=0,
        resource_utilisation="NOT_APPLICABLE",
    ),
    people(
        "bought in or not",
        asks(1.0, is_contractor=1.0),
        asks(3.0, is_contractor=0.0),
        asks(5.0),
        asks(7.0, "requested", is_contractor=1.0),
        contractor_pct=0.25,
    ),
    people("nobody knows who is bought in", asks(5.0), contractor_pct="NO_DATA"),
    people("bought in for nothing", asks(0.0, is_contractor=1.0), contractor_pct="NOT_APPLICABLE"),
    *(
        people(
            f"{funded} of three posts are funded",
            {"capacity_fte": 3.0, "funded_posts": funded},
            posts_unfunded=lack,
        )
        for funded, lack in ((2.0, 1), (3.0, 0), (4.0, 0))
    ),
    # one has a post that is not funded, the other one to spare, which does not make up for it
    people(
        "posts of two teams",
        {"capacity_fte": 3.0, "funded_posts": 2.0},
        {"capacity_fte": 3.0, "funded_posts": 5.0},
        posts_unfunded=1,
    ),
    people(
        "booked here",
        asks(0.5, named_person="Ada"),
        asks(0.25, named_person="ada "),
        asks(9.0, "requested", named_person="Ada"),
        person_load_max=1.25,
    ),
    people("booked there as well", asks(0.5, named_person="ADA"), person_load_max=1.25),
    people(
        "booked in two months",
        asks(0.75, named_person="Bob"),
        asks(0.5, named_person="Bob", for_period="2026-07-31"),
        person_load_max=0.75,
    ),
    people("nobody is named", asks(2.0), person_load_max="NO_DATA"),
    people("named and only requested", asks(2.0, "requested", named_person="Cy"), person_load_max="NO_DATA"),
]


def decided(what: str, rules: list[dict[str, Any]], told: float | str, **cells: Any) -> Edge:
    """A decision of today and the rules of its tier, which has the name of the edge."""
    row = {"decision_id": what, "kind": "budget", "decision": "approve", "decision_date": TODAY} | cells
    matrix = [{"kind": "budget", "tier": what} | rule for rule in rules]
    rows = listed(tier=what) | rows_of("decisions", row) | rows_of("approval_matrix", *matrix)
    return edge(what, rows, decisions_by_right_pct=told)


A, B = {"required_board": "A"}, {"required_board": "B"}
UP_TO, FROM = A | {"amount_to": 5.0}, B | {"amount_from": 6.0}
RIGHTS: list[Edge] = [
    *(
        decided(f"{board} decides on {amount}", [UP_TO, FROM], told, board=board, amount=amount)
        for board, amount, told in (
            ("A", 5.0, 1),
            ("A", 6.0, 0),
            ("B", 5.0, 0),
            ("B", 6.0, 1),
            ("A", 5.5, "NO_DATA"),
            ("A", None, "NO_DATA"),
        )
    ),
    decided("any amount", [A], 1, board="a "),
    decided("no board is asked for", [{"required_role": "Chair"}], 1, board="C", decider_role=" chair"),
    decided(
        "another role is asked for", [A | {"required_role": "Chair"}], 0, board="A", decider_role="Clerk"
    ),
    decided(
        "another board is asked for", [A | {"required_role": "Chair"}], 0, board="B", decider_role="Chair"
    ),
    decided("one of two boards", [A, B], 1, board="B"),
    decided("in another currency", [A | {"currency": "EUR"}], "NO_DATA", board="A", currency="GBP"),
    decided("in the same currency", [A | {"currency": "GBP"}], 1, board="A", currency="GBP"),
    decided("not yet decided", [A], "NO_DATA", board="A", decision="pending", decision_date=None),
    decided("decided on a day that nobody noted", [A], 1, board="A", decision_date=None),
    decided("a rule for another tier", [A | {"tier": "none"}], "NO_DATA", board="A"),
    # one decided by right, one that waits for its board, one to which no rule applies
    edge(
        "three decisions and one rule",
        rows_of(
            "decisions",
            *(
                {"decision_id": f"of three {at}", "kind": kind, "board": "A", "decision": word}
                for at, (kind, word) in enumerate(
                    [("other", "approve"), ("other", "pending"), ("another", "approve")]
                )
            ),
        )
        | rows_of("approval_matrix", {"kind": "other"} | A),
        status(pv=1.0),
        decisions_by_right_pct=1,
        decisions_by_right_pct_n_used=1,
    ),
    *(
        edge(
            f"{board} decides at a gate",
            listed(tier="gate")
            | rows_of("gates", *([{"gate_code": "GA", "required_board": "A"}] if board == "A" else []))
            | rows_of(
                "decisions",
                {"decision_id": f"gate {board}", "gate_code": "ga", "board": board, "decision": "approve"},
            ),
            decisions_by_right_pct=told,
        )
        for board, told in (("A", 1), ("B", 0))
    ),
]


def decisions(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("decisions", *rows), **expected)


#: 14 June is 45 days after 30 April.
SHOWN = {"decision": "approve", "data_period": "2026-04-30"}
STATE: list[Edge] = [
    decisions("shown 44 days ago", SHOWN | {"decision_date": "2026-06-13"}, decisions_on_stale_data_pct=0),
    decisions("shown 45 days ago", SHOWN | {"decision_date": "2026-06-14"}, decisions_on_stale_data_pct=0),
    decisions("shown 46 days ago", SHOWN | {"decision_date": "2026-06-15"}, decisions_on_stale_data_pct=1),
    decisions(
        "one of two on stale data, one on nobody knows which",
        SHOWN | {"decision_date": "2026-06-14"},
        SHOWN | {"decision_date": "2026-06-15"},
        {"decision": "approve", "decision_date": TODAY},
        decisions_on_stale_data_pct=0.5,
    ),
    decisions(
        "shown on a day that nobody noted",
        {"decision": "approve", "decision_date": TODAY},
        decisions_on_stale_data_pct="NO_DATA",
    ),
    *(
        decisions(
            what, {"decision": "approve", "decision_date": "2026-05-01"} | cells, conditions_overdue=told
        )
        for what, cells, told in (
            ("conditions of yesterday", {"conditions": "x", "condition_due": YESTERDAY}, 1),
            ("conditions of today", {"conditions": "x", "condition_due": TODAY}, 0),
            ("conditions that are not told", {"condition_due": YESTERDAY}, 1),
            (
                "conditions met late",
                {"conditions": "x", "condition_due": YESTERDAY, "condition_closed": TODAY},
                0,
            ),
            ("conditions met on no day asked for", {"conditions": "x", "condition_closed": TODAY}, 0),
            ("conditions without a day", {"conditions": "x"}, "NO_DATA"),
            ("no conditions", {}, 0),
        )
    ),
]


def passed(
    what: str, on: str | None, *log: tuple[str, str | None, str | None], told: float | str, **more: Any
) -> Edge:
    """A gate and the decisions on it: what was decided, when it was asked for and when decided."""
    gate = {"milestone_id": what, "gate_code": what, "actual_date": on} | more
    rows = [
        {"decision_id": f"{what} {at}", "gate_code": f"{what} ".upper(), "decision": word}
        | {"requested_date": asked, "decision_date": day}
        for at, (word, asked, day) in enumerate(log)
    ]
    return edge(what, rows_of("milestones", gate) | rows_of("decisions", *rows), gate_compliance_pct=told)


PASSED: list[Edge] = [
    passed("passed when it was decided", "2026-06-10", ("approve", None, "2026-06-10"), told=1),
    passed("passed a day too soon", "2026-06-10", ("approve", "2026-06-01", "2026-06-11"), told=0),
    passed("passed under conditions", "2026-06-10", ("approve_with_conditions", None, "2026-06-09"), told=1),
    passed("passed and turned down", "2026-06-10", ("reject", None, "2026-06-09"), told=0),
    passed(
        "passed and decided twice",
        "2026-06-10",
        ("approve", None, "2026-06-09"),
        ("approve", None, "2026-06-12"),
        told=1,
    ),
    passed("passed when it was asked for", "2026-06-10", ("approve", "2026-06-10", None), told=0),
    passed("passed before it was asked for", "2026-06-09", ("approve", "2026-06-10", None), told="NO_DATA"),
    passed("not yet passed", None, ("approve", None, "2026-06-10"), told="NO_DATA"),
    passed(
        "passed and called off",
        "2026-06-10",
        ("approve", None, "2026-06-10"),
        told="NO_DATA",
        status="cancelled",
    ),
    passed("passed and never decided", "2026-06-10", told="NO_DATA"),
]

EDGES = [*PEOPLE, *RIGHTS, *STATE, *PASSED]
