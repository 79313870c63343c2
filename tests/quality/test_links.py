"""Rules between tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Found = Callable[..., list[tuple[Any, ...]]]


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
