"""Checking as a whole: told once, not run, nothing changed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from pmo_analytics.errors import UnknownName
from pmo_analytics.quality.checking import RULES, check, run_rules
from pmo_analytics.quality.kinds import KINDS
from pmo_analytics.schemas.tables import table, tables

Make = Callable[..., pd.DataFrame]


def test_a_cell_outside_its_bounds_is_told_once(make: Make) -> None:
    status = make(
        "status", {"ev": 60.0, "bac": 100.0, "pct_complete": 45.0, "ac": -5.0, "eac_reported": 50.0}
    )
    projects = make("projects", {"project_id": "X2", "status": "complete", "actual_finish": "2026-01-01"})
    checked = check({"status": status, "projects": projects})
    assert set(checked.faults["code"]) == {"OUT_OF_RANGE"}
    assert sorted(checked.faults["column"]) == ["ac", "pct_complete"]
    assert checked.tables["status"]["ac"].isna().all()
    assert len(checked.tables["status"]) == 1


def test_inputs_are_not_changed(make: Make) -> None:
    frames = {
        "status": make(
            "status", {"project_id": "p1", "ac": -5.0, "rebaselined": None}, {"ev": 3.0, "ac": 0.0}
        ),
        "projects": make("projects", {"project_id": "P1", "status": "active", "project_name": "N"}),
        "risks": make("risks", {"entity_id": "P9", "status": "open", "proximity_date": "2020-01-01"}),
    }
    before = {name: frame.copy(deep=True) for name, frame in frames.items()}
    assert len(check(frames).faults) > 3
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_nothing_delivered_nothing_run() -> None:
    for frames in ({}, {name: spec.empty() for name, spec in tables().items()}):
        run = run_rules(frames)
        assert run.faults.empty
        assert len(run.not_run) == len(RULES)
        assert {why.split(" of ")[0] for _, why in run.not_run} == {"no rows"}


def test_an_unknown_table_is_refused(make: Make) -> None:
    with pytest.raises(UnknownName, match="unknown table 'statuses'"):
        run_rules({"statuses": make("status", {})})


@pytest.mark.parametrize(
    ("code", "row", "why"),
    [
        ("EAC_BELOW_AC", {"ac": 5.0}, "no value in status.eac_reported"),
        ("EV_ABOVE_BAC", {"ev": 5.0}, "no value in status.bac or projects.bac"),
        (
            "RAG_WITHOUT_PATH",
            {"rag_overall": "red", "narrative": " "},
            "no value in status.narrative or status.path_to_green",
        ),
        ("CUMULATIVE_FELL", {"pv": 1.0, "ev": 1.0, "ac": 1.0}, "status has 1 of the 2 periods that it takes"),
        ("COPIED_FORWARD", {"narrative": "x"}, "status has 1 of the 3 periods that it takes"),
        ("COMPLETION_CONFLICT", {"pct_complete": 1.0}, "no value in projects.status"),
        ("OVERDUE_FORECAST", {}, "no rows of milestones"),
    ],
)
def test_not_run(make: Make, code: str, row: dict[str, object], why: str) -> None:
    run = run_rules({"status": make("status", row)})
    assert {reason for name, reason in run.not_run if name == code} == {why}
    assert code not in set(run.faults["code"])


@pytest.mark.parametrize(
    ("name", "row", "code"),
    [
        ("milestones", {"forecast_date": "2020-01-01"}, "OVERDUE_FORECAST"),
        ("issues", {"due": "2020-01-01"}, "ISSUE_OVERDUE"),
        ("issues", {"status": "open"}, "ISSUE_WITHOUT_OWNER"),
        ("projects", {"status": "complete"}, "MISSING_ACTUAL_FINISH"),
        ("projects", {"status": "active"}, "MISSING_FORECAST"),
        ("risks", {"proximity_date": "2020-01-01"}, "RISK_PAST_PROXIMITY"),
    ],
)
def test_an_absent_column_is_not_a_fault_in_every_row(
    make: Make, name: str, row: dict[str, object], code: str
) -> None:
    run = run_rules({name: make(name, row)})
    assert code in {missed for missed, _ in run.not_run}
    assert code not in set(run.faults["code"])


def test_frames_may_lack_columns_that_no_rule_finds(make: Make) -> None:
    rows = make("status", {"ev": 5.0, "ac": 0.0})[["project_id", "period", "ev", "ac"]]
    assert run_rules({"status": rows}).faults["code"].tolist() == ["EV_WITHOUT_COST"]


def test_every_rule_has_a_kind_and_real_columns() -> None:
    for rule in RULES:
        assert rule.code in KINDS
        for name, column in (*rule.needs, *rule.any_of):
            assert column in table(name).columns


def test_rules_run_the_same_on_any_order_of_rows(make: Make) -> None:
    april, may = {"period": "2026-04-30", "ev": 0.0}, {"period": "2026-05-31", "ev": 0.0}
    rows = make(
        "status",
        april | {"project_id": "A", "ac": 9.0},
        may | {"project_id": "A", "ac": 5.0},
        april | {"project_id": "B", "ac": 5.0},
        may | {"project_id": "B", "ac": 1.0},
    )
    one, other = run_rules({"status": rows}).faults, run_rules({"status": rows.iloc[[2, 1, 3, 0]]}).faults
    by = ["code", "key"]
    assert len(one) == 4
    pd.testing.assert_frame_equal(
        one.sort_values(by, ignore_index=True), other.sort_values(by, ignore_index=True)
    )
