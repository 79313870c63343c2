"""Rules between tables and between periods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Found = Callable[..., list[tuple[Any, ...]]]
MONTHS = ("2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30")


def series(project: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Reports of one project in consecutive months, the latest first, as exports often are."""
    dated = [{"project_id": project, "period": month} | row for month, row in zip(MONTHS, rows, strict=False)]
    return dated[::-1]


def test_unresolved_status(found: Found) -> None:
    projects = [{"project_id": "P1", "period": "2026-01-31", "programme_id": "G"}, {"project_id": "P2"}]
    status = [{"project_id": "p\u200b1 "}, {"project_id": "G"}, {"project_id": "P3"}]
    assert found("UNRESOLVED_LINK", projects=projects, status=status) == [
        ("status", "project_id", 3, "G", ""),
        ("status", "project_id", 4, "P3", ""),
    ]
    assert found("UNRESOLVED_LINK", status=status) == []


@pytest.mark.parametrize("name", ["milestones", "risks", "issues"])
def test_unresolved_entity(found: Found, name: str) -> None:
    rows = [{"entity_id": text} for text in ("p1", "RAIL", "PF", "E9", "P9", " ", None)]
    told = found(
        "UNRESOLVED_LINK",
        projects=[{"project_id": "P1", "programme_id": "Rail ", "portfolio_id": "PF"}],
        entities=[{"entity_id": "E9"}],
        **{name: rows},
    )
    assert told == [(name, "entity_id", 6, "P9", "")]


def test_without_a_project_list_the_reports_say_who_is_there(found: Found) -> None:
    told = found(
        "UNRESOLVED_LINK", status=[{"project_id": "P1"}], risks=[{"entity_id": "P1"}, {"entity_id": "P2"}]
    )
    assert told == [("risks", "entity_id", 3, "P2", "")]
    assert found("UNRESOLVED_LINK", risks=[{"entity_id": "P2"}]) == []


def test_name_changed(found: Found) -> None:
    names = ("North line", "north  LINE", "Northern line", "North line")
    rows = series("P1", *({"project_name": name} for name in names))
    rows += series("P2", {"project_name": "South"}, {}, {"project_name": "South"})
    told = found("NAME_CHANGED", projects=rows)
    # May is the second row of the table, which stands in row 3; going back to the first name is no news
    assert told == [("projects", "project_name", 3, "Northern line", "North line")]


def test_missing_forecast(found: Found) -> None:
    day = {"forecast_finish": "2027-01-01"}
    active = {"status": "active"}
    projects = [
        {"project_id": "neither"} | active,
        {"project_id": "no report"} | active,
        {"project_id": "in list"} | active | day,
        {"project_id": "in report"} | active,
        {"project_id": "withheld"} | active,
        {"project_id": "withheld in list", "forecast_finish_reason": "withheld"} | active,
        {"project_id": "done", "status": "complete"},
        {"project_id": "other month"} | active,
    ]
    status = [
        {"project_id": "NEITHER"},
        {"project_id": "in list"},
        {"project_id": "in report"} | day,
        {"project_id": "withheld", "forecast_finish_reason": "withheld"},
        {"project_id": "withheld in list"},
        {"project_id": "done"},
        {"project_id": "other month", "period": "2026-05-31"} | day,
    ]
    assert found("MISSING_FORECAST", projects=projects, status=status) == [
        ("projects", "forecast_finish", 3, "", ""),
        ("projects", "forecast_finish", 9, "", ""),
        ("status", "forecast_finish", 2, "", ""),
    ]


@pytest.mark.parametrize(("code", "column"), [("EV_ABOVE_BAC", "ev"), ("PV_ABOVE_BAC", "pv")])
def test_above_budget(found: Found, code: str, column: str) -> None:
    status = [
        {"project_id": "A", column: 100.01, "bac": 100.0},
        {"project_id": "B", column: 100.0 + 5e-8, "bac": 100.0},
        {"project_id": "C", column: 90.0},
        {"project_id": "D", column: 90.0, "bac": 100.0},
        {"project_id": "E", column: 90.0, "bac_reason": "unreadable"},
        {"project_id": "F", column: 90.0},
    ]
    projects = [
        {"project_id": "c", "bac": 80.0},
        {"project_id": "D", "bac": 80.0},
        {"project_id": "E", "bac": 80.0},
        {"project_id": "F", "bac": 80.0, "period": "2026-05-31"},
    ]
    assert found(code, status=status, projects=projects) == [
        ("status", column, 2, "100.01", "100"),
        ("status", column, 4, "90", "80"),
    ]


def test_ev_not_progress(found: Found) -> None:
    base = {"bac": 1000.0, "pct_complete": 0.5}
    status = [
        base | {"ev": 520.0},
        base | {"ev": 520.01},
        base | {"ev": 479.0},
        base | {"ev": 480.0},
        base | {"ev": 1500.0},  # told as EV_ABOVE_BAC
        {"bac": 1000.0, "ev": 5.0},
        {"project_id": "listed", "pct_complete": 0.5, "ev": 10.0},
    ]
    projects = [{"project_id": "listed", "bac": 100.0}]
    assert found("EV_NOT_PROGRESS", status=status, projects=projects) == [
        ("status", "ev", 3, "520.01", "500"),
        ("status", "ev", 4, "479", "500"),
        ("status", "ev", 8, "10", "50"),
    ]


def test_completion_conflict(found: Found) -> None:
    cases = [
        ("active", 1.0),
        ("active", 0.99),
        ("complete", 0.99),
        ("complete", 1.0),
        ("on_hold", 1.0),
        (None, 1.0),
    ]
    projects = [{"project_id": f"P{i}", "status": state} for i, (state, _) in enumerate(cases)]
    status = [{"project_id": f"P{i}", "pct_complete": share} for i, (_, share) in enumerate(cases)]
    assert found("COMPLETION_CONFLICT", projects=projects, status=status) == [
        ("status", "pct_complete", 2, "1", "active"),
        ("status", "pct_complete", 4, "0.99", "complete"),
    ]


@pytest.mark.parametrize("column", ["pv", "ev", "ac"])
def test_cumulative_fell(found: Found, column: str) -> None:
    rows = [
        *series("A", {column: 50.0}, {column: 40.0}, {column: 40.0}),  # rows 2 to 4, April is row 3
        *series("B", {column: 50.0}, {column: 40.0, "rebaselined": True}, {column: 45.0}),  # 5 to 7
        *series("C", {column: 50.0}, {}, {column: 49.0}),  # 8 to 10, May is row 8
        *series("D", {column: 10.0}),  # starts lower than C ended
        *series("E", {column: 50.0}, {column: 40.0, "rebaselined": False}),  # 12 and 13, April is row 12
    ]
    assert found("CUMULATIVE_FELL", status=rows) == [
        ("status", column, 3, "40", "50"),
        ("status", column, 8, "49", "50"),
        ("status", column, 12, "40", "50"),
    ]


def test_cost_without_ev(found: Found) -> None:
    spent, idle = {"ac": 5.0, "ev": 0.0}, {"ac": 0.0, "ev": 0.0}
    rows = [
        *series("A", spent, spent),  # rows 2 and 3
        *series("B", idle, spent),  # 4 and 5
        *series("C", {"ac": 5.0, "ev": 1.0}, spent),
        *series("D", spent),
        *series("E", {"ac": 5.0}, spent),
        *series("F", spent, idle),
    ]
    assert [fault[1:4] for fault in found("COST_WITHOUT_EV", status=rows)] == [("ac", 2, "5"), ("ac", 4, "5")]


def test_copied_forward(found: Found) -> None:
    same = {"narrative": "All is well", "pv": 1.0, "ev": 1.0, "ac": 1.0, "forecast_finish": "2027-01-01"}
    rows = [
        *series("A", same, same, same, same),  # rows 2 to 5
        *series("B", same, same),
        *series("C", same, same, same | {"ac": 2.0}, same),
        *series("D", *([same | {"narrative": None}] * 4)),
        *series("E", same, same, same | {"narrative": "New"}),
        *series("F", *([same | {"ac": None}] * 3)),  # rows 19 to 21
        *series("G", same, same, same | {"forecast_finish": "2027-01-02"}),
    ]
    assert [(row, detail) for _, _, row, _, detail in found("COPIED_FORWARD", status=rows)] == [
        (2, "3"),
        (3, "2"),
        (19, "2"),
    ]
