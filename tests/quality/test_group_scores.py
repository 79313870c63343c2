"""Scores of groups: weighted means, the worst, reports in time, worked out by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pmo_analytics.quality.group_scores import score_groups
from pmo_analytics.schemas.results import empty_result
from pmo_analytics.schemas.scores import GroupQuality, ProjectQuality

ROW = {"period": pd.Timestamp("2026-06-30"), "owes": True, "reported": True, "in_time_reason": "NO_DATA"}


def rows(*given: dict[str, Any]) -> pd.DataFrame:
    shape = empty_result(ProjectQuality).dtypes.to_dict()
    listed = [ROW | {"project_id": f"P{at}"} | one for at, one in enumerate(given, start=1)]
    return pd.DataFrame(listed).reindex(columns=list(shape)).astype(shape)


def a(score: float | None, bac: float | None = None, **more: Any) -> dict[str, Any]:
    return {"quality_score": score, "bac": bac} | more


@pytest.mark.parametrize(
    ("given", "score", "reason", "used", "weight"),
    [
        ((a(100, 300), a(50, 100)), (100 * 300 + 50 * 100) / 400, None, 2, "bac"),
        # without a budget it weighs nothing where others have one
        ((a(100, 300), a(50)), 100, None, 1, "bac"),
        ((a(100, wlc_budget=1.0), a(50, wlc_budget=3.0)), 62.5, None, 2, "wlc_budget"),
        ((a(100), a(50)), 75, None, 2, "count"),
        ((a(None, 300), a(50, 100)), 50, None, 1, "bac"),
        ((a(None, 300),), None, "NO_DATA", 0, "bac"),
        # amounts of several currencies are no weights of one mean; those without a code add to their kind only
        ((a(100, 300, currency="GBP"), a(50, 100, currency="USD")), None, "MIXED_CURRENCY", 2, "bac"),
        ((a(100, 300, currency="GBP"), a(50, 100)), None, "MIXED_CURRENCY", 2, "bac"),
        ((a(100, currency="GBP"), a(50, currency="USD")), 75, None, 2, "count"),
        ((), None, "NO_DATA", 0, "count"),
    ],
)
def test_weighted_score(
    given: tuple[dict[str, Any], ...], score: float | None, reason: str | None, used: int, weight: str
) -> None:
    told = score_groups(rows(*given)).iloc[0]
    assert told["quality_score"] == pytest.approx(score, nan_ok=True) or score is None
    assert pd.isna(told["quality_score"]) == (score is None)
    assert (None if pd.isna(told["quality_score_reason"]) else told["quality_score_reason"]) == reason
    assert (told["projects"], told["quality_score_n_used"]) == (len(given), used)
    assert told["coverage_weight"] == weight


def test_the_worst_is_shown_though_the_mean_is_undefined() -> None:
    given = (a(70, 300, currency="GBP"), a(50, 100, currency="USD"), a(50, currency="USD"), a(None))
    told = score_groups(rows(*given)).iloc[0]
    assert (told["quality_worst"], told["quality_worst_projects"]) == (50, "P2, P3")


IN_TIME = {"in_time": True, "late_days": -2.0}
LATE = {"in_time": False, "late_days": 4.0}
MISSING = {"in_time": False, "reported": False}
UNDATED: dict[str, Any] = {}
OVER = {"owes": False, "reported": False}


@pytest.mark.parametrize(
    ("given", "share", "reason", "used", "due", "missing"),
    [
        ((IN_TIME, IN_TIME, LATE, MISSING), 0.5, None, 4, 4, 1),
        # one that does not say when it came is left out, and that is seen
        ((IN_TIME, LATE, UNDATED), 0.5, None, 2, 3, 0),
        # of those that came nobody says when: not known, although one is missing
        ((UNDATED, MISSING), None, "NO_DATA", 0, 2, 1),
        ((MISSING, MISSING), 0, None, 2, 2, 2),
        ((OVER,), None, "NOT_APPLICABLE", 0, 0, 0),
        ((OVER, IN_TIME), 1, None, 1, 1, 0),
        ((), None, "NOT_APPLICABLE", 0, 0, 0),
    ],
)
def test_reports_in_time(
    given: tuple[dict[str, Any], ...],
    share: float | None,
    reason: str | None,
    used: int,
    due: int,
    missing: int,
) -> None:
    told = score_groups(rows(*given)).iloc[0]
    assert (None if pd.isna(told["reporting_timeliness"]) else told["reporting_timeliness"]) == share
    stated = told["reporting_timeliness_reason"]
    assert (None if pd.isna(stated) else stated) == reason
    assert (told["reporting_timeliness_n_used"], told["reports_due"], told["reports_missing"]) == (
        used,
        due,
        missing,
    )


def test_days_late_are_a_distribution() -> None:
    given = [{"late_days": day, "in_time": day <= 0} for day in (-2.0, 0.0, 1.0, 3.0, 9.0)]
    told = score_groups(rows(*given)).iloc[0]
    # P80 of five: linear, 0.8 * 4 = 3.2 ranks up: 3 + 0.2 * 6
    assert (told["late_days_median"], told["late_days_max"]) == (1, 9)
    assert told["late_days_p80"] == pytest.approx(4.2)


def test_groups_and_those_without_one() -> None:
    frame = rows(a(100, 1), a(50, 1), a(20, 1)).assign(department=["Rail", None, "Rail"])
    told = score_groups(frame, ["department"])
    assert told["department"].fillna("none").tolist() == ["Rail", "none"]
    assert told["quality_score"].tolist() == [60, 50]
    one = score_groups(frame.iloc[:1].drop(columns="department"))
    assert one["quality_score"].item() == 100
    assert list(one.columns) == list(empty_result(GroupQuality).columns)
