"""The month of a plan ends with its period or with the day of the report, whichever comes first."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo


def plan(baseline: str, done: str | None) -> dict[str, pd.DataFrame]:
    """A milestone and a task of June with the same two days."""
    period, promised, reached = (pd.to_datetime([day]) for day in ("2026-06-30", baseline, done))
    milestones = {
        "milestone_id": ["M1"],
        "entity_id": ["P1"],
        "baseline_date": promised,
        "actual_date": reached,
    }
    tasks = {"task_id": ["T1"], "project_id": ["P1"], "baseline_finish": promised, "actual_finish": reached}
    return {
        "projects": pd.DataFrame({"project_id": ["P1"], "period": period}),
        "milestones": pd.DataFrame(milestones).assign(period=period),
        "tasks": pd.DataFrame(tasks).assign(period=period),
    }


@pytest.mark.parametrize(
    ("as_of", "baseline", "rate"),
    [
        ("2026-06-10", "2026-06-10", 1),
        ("2026-06-10", "2026-06-11", "NOT_APPLICABLE"),
        ("2026-06-30", "2026-06-11", 1),
        ("2026-07-15", "2026-06-30", 1),
        ("2026-07-15", "2026-07-01", "NOT_APPLICABLE"),
    ],
)
def test_what_was_due_in_the_month(as_of: str, baseline: str, rate: float | str) -> None:
    row = pmo.measure(plan(baseline, "2026-06-09"), as_of=as_of).iloc[0]
    for metric in ("milestone_hit_rate", "task_hit_rate"):
        assert row[f"{metric}_reason" if isinstance(rate, str) else metric] == rate
