"""Reports in time (GQ02): by project, against days counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.quality.punctuality import punctuality

Make = Callable[..., pd.DataFrame]


def told(make: Make, due: int | None, project: dict[str, Any], report: dict[str, Any] | None) -> pd.Series:
    listed = {"project_id": "P1"} | project
    projects = make("projects", listed)
    other = {"project_id": "P2", "ac": 1.0, "period": listed.get("period", "2026-06-30")}
    status = make(
        "status", other, *([{"project_id": "p1", "ac": 1.0} | report] if report is not None else [])
    )
    at = pd.MultiIndex.from_arrays([["p1"], projects["period"]])
    return punctuality(at, {"projects": projects, "status": status}, due).iloc[0]


@pytest.mark.parametrize(
    ("due", "project", "report", "in_time", "late", "reason"),
    [
        # Tuesday 30 June 2026: the third working day after is Friday 3 July
        (3, {}, {"submitted_date": "2026-07-03"}, True, 0, None),
        (3, {}, {"submitted_date": "2026-07-04"}, False, 1, None),
        (3, {}, {"submitted_date": "2026-06-28"}, True, -5, None),
        # missing: late, whether or not a day is due
        (3, {}, None, False, None, None),
        (None, {}, None, False, None, None),
        # not known
        (3, {}, {}, None, None, "NO_DATA"),
        (None, {}, {"submitted_date": "2026-07-03"}, None, None, "NO_DATA"),
        # over: owes none, but what it sends is judged
        (3, {"status": "complete"}, None, None, None, "NOT_APPLICABLE"),
        (3, {"status": "cancelled"}, None, None, None, "NOT_APPLICABLE"),
        (3, {"status": "complete"}, {"submitted_date": "2026-07-10"}, False, 7, None),
        (3, {"status": "on_hold"}, None, False, None, None),
        # a row that only lists the project is no report, nor is one carried forward
        (3, {}, {"ac": None, "bac": 5.0}, False, None, None),
        (3, {}, {"carried_from": "2026-05", "submitted_date": "2026-06-02"}, False, None, None),
    ],
)
def test_in_time(
    make: Make,
    due: int | None,
    project: dict[str, Any],
    report: dict[str, Any] | None,
    in_time: bool | None,
    late: float | None,
    reason: str | None,
) -> None:
    row = told(make, due, project, report)
    assert (None if pd.isna(row["in_time"]) else row["in_time"]) == in_time
    assert (None if pd.isna(row["late_days"]) else row["late_days"]) == late
    assert (None if pd.isna(row["in_time_reason"]) else row["in_time_reason"]) == reason


@pytest.mark.parametrize(
    ("period", "due", "day"),
    [
        ("2026-06-30", 1, "2026-07-01"),
        # Saturday 31 January, Sunday 31 May: the first working day is the Monday
        ("2026-01-31", 1, "2026-02-02"),
        ("2026-05-31", 1, "2026-06-01"),
        ("2026-05-31", 6, "2026-06-08"),
    ],
)
def test_working_days(make: Make, period: str, due: int, day: str) -> None:
    row = told(make, due, {"period": period}, {"period": period})
    assert row["report_due"] == pd.Timestamp(day)


def test_where_nobody_reports_no_report_is_due(make: Make) -> None:
    at = pd.MultiIndex.from_arrays([["p1"], [pd.Timestamp("2026-06-30")]])
    tables = {"projects": make("projects", {"project_id": "P1"}), "status": make("status").iloc[:0]}
    row = punctuality(at, tables, 3).iloc[0]
    assert (row["owes"], row["in_time_reason"]) == (False, "NOT_APPLICABLE")
