"""Edges of logs: what was promised, what was assumed and what was learnt, on its day and the day before."""

from __future__ import annotations

from typing import Any

from metrics.edges import TODAY, YESTERDAY, Edge, edge, rows_of


def actions(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("actions", *rows), **expected)


def action(
    due: str | None, status: str | None = "open", raised: str | None = "2026-06-20", **more: Any
) -> dict[str, Any]:
    return {"due": due, "status": status, "raised": raised} | more


DONE = {
    "actions_open": 0,
    "actions_overdue": 0,
    "actions_overdue_pct": "NOT_APPLICABLE",
    "action_age_max_days": "NOT_APPLICABLE",
}
ACTIONS: list[Edge] = [
    actions(
        "promised for yesterday",
        action(YESTERDAY),
        actions_open=1,
        actions_overdue=1,
        actions_overdue_pct=1,
        action_age_max_days=10,
    ),
    actions(
        "promised for today",
        action(TODAY, raised=TODAY),
        actions_open=1,
        actions_overdue=0,
        actions_overdue_pct=0,
        action_age_max_days=0,
    ),
    actions(
        "promised for no day",
        action(None, None, None),
        actions_open=1,
        actions_overdue="NO_DATA",
        actions_overdue_pct="NO_DATA",
        action_age_max_days="NO_DATA",
    ),
    *(actions(f"promised and {word}", action(YESTERDAY, word), **DONE) for word in ("closed", "cancelled")),
    actions("promised and done on a day", action(YESTERDAY, None, closed=YESTERDAY), **DONE),
    actions(
        "four promises",
        action(YESTERDAY),
        action(TODAY, raised="2026-06-25"),
        action(None),
        action(YESTERDAY, "closed", raised="2026-01-01"),
        actions_open=3,
        actions_overdue=1,
        actions_overdue_pct=0.5,
        action_age_max_days=10,
    ),
]


def assumed(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("assumptions", *rows), **expected)


ASSUMED: list[Edge] = [
    assumed(
        "assumed until yesterday",
        {"status": "open", "due": YESTERDAY},
        assumptions_open=1,
        assumptions_overdue=1,
        assumptions_failed=0,
    ),
    assumed(
        "assumed until today", {"status": "open", "due": TODAY}, assumptions_open=1, assumptions_overdue=0
    ),
    assumed(
        "assumed until nobody knows when",
        {"status": "open"},
        assumptions_open=1,
        assumptions_overdue="NO_DATA",
    ),
    assumed(
        "found to hold",
        {"status": "valid", "due": YESTERDAY},
        assumptions_open=0,
        assumptions_overdue=0,
        assumptions_failed=0,
    ),
    assumed(
        "found to fail",
        {"status": "invalid", "due": YESTERDAY},
        assumptions_open=0,
        assumptions_overdue=0,
        assumptions_failed=1,
    ),
    assumed(
        "found out on a day",
        {"validated": YESTERDAY, "due": YESTERDAY},
        assumptions_open=0,
        assumptions_overdue=0,
        assumptions_failed="NO_DATA",
    ),
]


def learnt(what: str, *rows: tuple[str | None, str | None], **expected: float | str) -> Edge:
    """Lessons: the day each was noted and the projects that took it up."""
    cells = ({"captured": day, "applied_in_project_ids": by} for day, by in rows)
    return edge(what, rows_of("lessons", *cells), **expected)


#: 30 December is 182 days before 30 June.
LEARNT: list[Edge] = [
    learnt("learnt 182 days ago", ("2025-12-30", "P"), lessons=1, lessons_reused_pct=1),
    learnt("learnt 181 days ago", ("2025-12-31", "P"), lessons=1, lessons_reused_pct="NOT_APPLICABLE"),
    learnt("learnt 182 days ago for nothing", ("2025-12-30", None), lessons_reused_pct=0),
    learnt("learnt on no day", (None, "P"), lessons=1, lessons_reused_pct="NO_DATA"),
    learnt(
        "three lessons",
        ("2025-12-30", "P"),
        ("2025-12-30", None),
        ("2026-05-01", "P"),
        lessons=3,
        lessons_reused_pct=0.5,
    ),
]

EDGES = [*ACTIONS, *ASSUMED, *LEARNT]
