"""Plans: tasks against their baseline, and the critical path."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import pmo_analytics as pmo

AS_OF = "2026-06-30"


def measured(as_of: str = AS_OF, **columns: Any) -> pd.Series:
    tasks = pd.DataFrame({"project_id": "P1", **columns})
    tasks["task_id"] = [str(i) for i in range(len(tasks))]
    dated = {c: pd.to_datetime(tasks[c]) for c in ("baseline_finish", "actual_finish") if c in tasks}
    tables = {"projects": pd.DataFrame({"project_id": ["P1"]}), "tasks": tasks.assign(**dated)}
    return pmo.measure(tables, as_of=as_of).iloc[0]


def test_more_finished_than_owed_is_above_one() -> None:
    row = measured(
        baseline_finish=["2026-06-01", "2026-06-02", "2026-09-01"],
        actual_finish=["2026-06-01", "2026-06-03", "2026-06-20"],
    )
    assert row["bei"] == 1.5
    assert row["task_hit_rate"] == 0.5


def test_a_finish_after_the_day_of_the_report_is_none_yet() -> None:
    row = measured("2026-06-10", baseline_finish=["2026-06-05"], actual_finish=["2026-06-20"])
    assert (row["bei"], row["task_hit_rate"]) == (0, 0)


def test_summaries_are_left_out() -> None:
    row = measured(
        baseline_finish=["2026-06-01"] * 2, actual_finish=[None, "2026-06-01"], is_summary=[True, False]
    )
    assert row["bei"] == 1


@pytest.mark.parametrize(
    ("columns", "figure"),
    [
        ({"duration": [40.0, 40.0], "total_float": [0.0, 0.0], "pct_complete": [0.0, 0.5]}, 1.0),
        ({"duration": [40.0, 40.0], "total_float": [-6.0, 3.0], "pct_complete": [0.0, 0.5]}, 0.9),
        ({"duration": [40.0, 40.0], "total_float": [-6.0, 3.0], "pct_complete": [1.0, 0.5]}, 23 / 20),
    ],
)
def test_the_critical_path(columns: dict[str, list[float]], figure: float) -> None:
    row = measured(on_critical_path=[True, True], **columns)
    assert row["cpli"] == pytest.approx(figure)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"on_critical_path": [True], "duration": [10.0]}, "NO_DATA"),
        ({"on_critical_path": [True], "duration": [0.0], "total_float": [0.0]}, "NOT_APPLICABLE"),
        ({"on_critical_path": [False], "duration": [10.0], "total_float": [0.0]}, "NOT_APPLICABLE"),
        ({"duration": [10.0], "total_float": [0.0]}, "NO_DATA"),
    ],
)
def test_no_critical_path(columns: dict[str, list[object]], reason: str) -> None:
    assert measured(**columns)["cpli_reason"] == reason
