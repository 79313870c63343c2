"""Rules within a table: a row that breaks the rule, and one that just does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pmo_analytics.quality.rules import ACTIVE, CANCELLED, COMPLETE, ISSUE_OVER, RISK_OVER
from pmo_analytics.schemas.words import word_list

Found = Callable[..., list[tuple[Any, ...]]]
DAY, NEXT = "2026-05-10", "2026-05-11"


@pytest.mark.parametrize(
    ("name", "start", "finish"),
    [
        ("projects", "baseline_start", "baseline_finish"),
        ("projects", "forecast_start", "forecast_finish"),
        ("projects", "actual_start", "actual_finish"),
        ("risks", "opened", "closed"),
        ("issues", "opened", "closed"),
        ("decisions", "requested_date", "decision_date"),
        ("tasks", "baseline_start", "baseline_finish"),
        ("tasks", "forecast_start", "forecast_finish"),
        ("tasks", "actual_start", "actual_finish"),
        ("changes", "submitted", "decided"),
        ("changes", "decided", "implemented"),
        ("actions", "raised", "closed"),
        ("assumptions", "raised", "validated"),
        ("baselines", "start", "finish"),
        ("submissions", "received", "returned"),
        ("submissions", "received", "accepted"),
    ],
)
def test_start_after_finish(found: Found, name: str, start: str, finish: str) -> None:
    rows = [{start: NEXT, finish: DAY}, {start: DAY, finish: DAY}, {start: NEXT}, {finish: DAY}]
    assert found("START_AFTER_FINISH", **{name: rows}) == [(name, finish, 2, DAY, NEXT)]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("projects", "actual_start"),
        ("projects", "actual_finish"),
        ("milestones", "actual_date"),
        ("risks", "closed"),
        ("issues", "closed"),
        ("decisions", "decision_date"),
        ("tasks", "actual_start"),
        ("tasks", "actual_finish"),
        ("changes", "implemented"),
        ("actions", "closed"),
        ("assumptions", "validated"),
        ("lessons", "reviewed"),
    ],
)
def test_actual_in_future(found: Found, name: str, column: str) -> None:
    rows = [
        {column: "2026-07-01"},
        {column: "2026-06-30"},
        {column: "2026-07-01", "period": "2026-07-31"},
        {},
    ]
    assert found("ACTUAL_IN_FUTURE", **{name: rows}) == [(name, column, 2, "2026-07-01", "")]


def test_missing_actual_finish(found: Found) -> None:
    rows = [
        {"status": "complete"},
        {"status": "complete", "actual_finish": DAY},
        {"status": "complete", "actual_finish_reason": "unreadable"},
        {"status": "active"},
        {},
    ]
    assert found("MISSING_ACTUAL_FINISH", projects=rows) == [("projects", "actual_finish", 2, "", "")]


def test_overdue_forecast(found: Found) -> None:
    late, due = {"forecast_date": "2026-06-29"}, {"forecast_date": "2026-06-30"}
    rows = [
        late,
        due,
        late | {"actual_date": "2026-06-20"},
        late | {"status": "complete"},
        late | {"status": "cancelled"},
        late | {"status": "in_progress"},
        late | {"actual_date_reason": "withheld"},
        {"baseline_date": "2026-01-01"},
    ]
    assert [fault[:4] for fault in found("OVERDUE_FORECAST", milestones=rows)] == [
        ("milestones", "forecast_date", 2, "2026-06-29"),
        ("milestones", "forecast_date", 7, "2026-06-29"),
    ]


def test_eac_below_ac(found: Found) -> None:
    rows = [{"eac_reported": 99.99, "ac": 100.0}, {"eac_reported": 100.0, "ac": 100.0}, {"ac": 5.0}]
    assert found("EAC_BELOW_AC", status=rows) == [("status", "eac_reported", 2, "99.99", "100")]


def test_etc_not_eac_less_ac(found: Found) -> None:
    eac = {"eac_reported": 1000.0, "ac": 400.0}
    rows = [
        eac | {"etc_reported": 610.01},
        eac | {"etc_reported": 610.0},
        eac | {"etc_reported": 590.0},
        eac | {"etc_reported": 589.0},
        eac,
        {"eac_reported": 300.0, "ac": 400.0, "etc_reported": 500.0},  # told as EAC_BELOW_AC
        {"eac_reported": 0.0, "ac": 0.0, "etc_reported": 0.01},
    ]
    assert found("ETC_NOT_EAC_LESS_AC", status=rows) == [
        ("status", "etc_reported", 2, "610.01", "600"),
        ("status", "etc_reported", 5, "589", "600"),
    ]


def test_ev_without_cost(found: Found) -> None:
    rows = [{"ev": 1.0, "ac": 0.0}, {"ev": 0.0, "ac": 0.0}, {"ev": 1.0}, {"ev": 1.0, "ac": 0.5}]
    assert found("EV_WITHOUT_COST", status=rows) == [("status", "ev", 2, "1", "")]


def test_rag_without_path(found: Found) -> None:
    rows = [
        {"rag_overall": "red", "narrative": "late"},
        {"rag_overall": "amber_green", "path_to_green": "hire"},
        {"rag_overall": "amber", "narrative": "late", "path_to_green": " \u00a0"},
        {"rag_overall": "red", "narrative": "late", "path_to_green": "hire"},
        {"rag_overall": "green"},
        {"narrative": "late"},
        {"rag_overall": "red", "source": "without words"},
    ]
    assert found("RAG_WITHOUT_PATH", status=rows) == [
        ("status", "rag_overall", 2, "red", ""),
        ("status", "rag_overall", 3, "amber_green", ""),
        ("status", "rag_overall", 4, "amber", ""),
    ]


def test_risk_past_proximity(found: Found) -> None:
    past = {"proximity_date": "2026-06-29"}
    rows = [
        past | {"status": "open"},
        {"proximity_date": "2026-06-30", "status": "open"},
        past | {"status": "closed"},
        past | {"status": "occurred"},
        past | {"status": "escalated"},
        past | {"status": "open", "closed": DAY},
        {"status": "open"},
    ]
    assert [fault[1:4] for fault in found("RISK_PAST_PROXIMITY", risks=rows)] == [
        ("proximity_date", 2, "2026-06-29"),
        ("proximity_date", 6, "2026-06-29"),
    ]


def test_issue_overdue(found: Found) -> None:
    past = {"due": "2026-06-29"}
    rows = [
        past | {"status": "open"},
        {"due": "2026-06-30", "status": "open"},
        past | {"status": "resolved"},
        past | {"status": "closed"},
        past | {"status": "in_progress", "closed": DAY},
        past,
    ]
    assert [fault[1:4] for fault in found("ISSUE_OVERDUE", issues=rows)] == [
        ("due", 2, "2026-06-29"),
        ("due", 7, "2026-06-29"),
    ]


def test_issue_without_owner(found: Found) -> None:
    rows = [
        {"status": "open"},
        {"status": "open", "owner": " "},
        {"status": "open", "owner": "Ann"},
        {"status": "closed"},
    ]
    assert [fault[1:3] for fault in found("ISSUE_WITHOUT_OWNER", issues=rows)] == [("owner", 2), ("owner", 3)]


def test_the_words_that_rules_name_are_words() -> None:
    assert {ACTIVE, COMPLETE, CANCELLED} <= set(word_list("project_status"))
    assert {COMPLETE, CANCELLED} <= set(word_list("milestone_status"))
    assert set(RISK_OVER) <= set(word_list("risk_status"))
    assert set(ISSUE_OVER) <= set(word_list("issue_status"))
