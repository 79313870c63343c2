"""Issues raised and settled: the month is that of the log, up to the as-of day."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo

MAY, JUNE = pd.Timestamp("2026-05-31"), pd.Timestamp("2026-06-30")


def log(opened: list[str], closed: list[str | None], period: pd.Timestamp = JUNE) -> dict[str, pd.DataFrame]:
    issues = pd.DataFrame(
        {
            "issue_id": [f"I{i}" for i in range(len(opened))],
            "entity_id": "P1",
            "period": period,
            "opened": pd.to_datetime(opened),
            "closed": pd.to_datetime(closed),
        }
    )
    projects = pd.DataFrame({"project_id": "P1", "period": [MAY, JUNE]})
    return {"projects": projects, "issues": issues}


@pytest.mark.parametrize(
    ("as_of", "raised", "settled"),
    [("2026-06-30", 3, 2), ("2026-06-15", 2, 1), ("2026-06-01", 1, 0)],
)
def test_the_month_ends_with_the_day_of_the_report(as_of: str, raised: int, settled: int) -> None:
    tables = log(
        ["2026-05-31", "2026-06-01", "2026-06-15", "2026-06-30"],
        [None, "2026-06-15", "2026-06-30", None],
    )
    row = pmo.measure(tables, as_of=as_of).iloc[0]
    assert (row["issues_raised"], row["issues_settled"]) == (raised, settled)


def test_each_period_has_its_own_month() -> None:
    tables = log(["2026-05-01", "2026-06-10"], [None, None])
    tables["issues"] = pd.concat([tables["issues"], tables["issues"].head(1).assign(period=MAY)])
    row = pmo.roll_up(tables, by="period", as_of="2026-06-30")
    assert row["issues_raised"].tolist() == [1, 1]
    assert row["issue_age_max_days"].tolist() == [30, 60]


def test_a_log_without_issues_has_a_flow_of_nothing() -> None:
    row = pmo.measure(log([], []), as_of="2026-06-30").iloc[0]
    assert (row["issues_raised"], row["issues_settled"], row["issues_aged_over_90"]) == (0, 0, 0)
    assert row["issues_overdue_pct_reason"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("age", "band"), [(0, "0_30"), (30, "0_30"), (31, "31_60"), (90, "61_90"), (91, "over_90")]
)
def test_every_age_lies_in_one_band(age: int, band: str) -> None:
    opened = (JUNE - pd.Timedelta(days=age)).strftime("%Y-%m-%d")
    row = pmo.measure(log([opened], [None]), as_of="2026-06-30").iloc[0]
    assert row[f"issues_aged_{band}"] == 1
    assert (
        row[[c for c in row.index if c.startswith("issues_aged_") and not c.endswith("_reason")]].sum() == 1
    )
