"""Burn, run-out and drift look back over the earlier reports of the same project."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo


def measured(periods: list[str], ac: list[float | None], **more: list[float] | float) -> pd.Series:
    status = pd.DataFrame({"project_id": "P1", "period": pd.to_datetime(periods), "ac": ac, **more})
    return pmo.measure({"status": status}, as_of=periods[-1]).iloc[0]


@pytest.mark.parametrize(
    ("periods", "ac", "burn"),
    [
        (["2026-05-31", "2026-06-30"], [10.0, 30.0], 20),
        (["2026-04-30", "2026-06-30"], [10.0, 30.0], 10),
        (
            ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"],
            [0.0, 6.0, 7.0, 8.0, 30.0],
            8,
        ),
        (["2026-04-30", "2026-05-31", "2026-06-30"], [10.0, None, 30.0], 10),
        (["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"], [None, 10.0, 11.0, 30.0], 10),
        (["2025-12-31", "2026-01-31"], [5.0, 2.0], -3),
    ],
    ids=[
        "one report before",
        "a month left out",
        "three back",
        "a cell left out",
        "the first cell left out",
        "over the new year",
    ],
)
def test_burn_is_per_month(periods: list[str], ac: list[float | None], burn: float) -> None:
    assert measured(periods, ac)["burn_rate"] == pytest.approx(burn)


def test_a_first_report_has_no_pace() -> None:
    found = measured(["2026-06-30"], [10.0], bac=100.0)
    assert found["burn_rate_reason"] == found["run_out_months_reason"] == "NO_DATA"


def test_reports_after_the_day_do_not_count() -> None:
    status = pd.DataFrame(
        {"project_id": "P1", "period": pd.to_datetime(["2026-05-31", "2026-06-30"]), "ac": [10.0, 30.0]}
    )
    assert pmo.measure({"status": status}, as_of="2026-05-31")["burn_rate_reason"].item() == "NO_DATA"


@pytest.mark.parametrize(
    ("ac", "bac", "months", "reason"),
    [
        ([10.0, 30.0], 70.0, 2, None),
        ([10.0, 30.0], 30.0, None, "BUDGET_EXHAUSTED"),
        ([30.0, 30.0], 70.0, None, "NOT_APPLICABLE"),
    ],
    ids=["lasts", "spent", "stands still"],
)
def test_how_long_the_budget_lasts(
    ac: list[float], bac: float, months: float | None, reason: str | None
) -> None:
    found = measured(["2026-05-31", "2026-06-30"], ac, bac=bac)
    assert (None if pd.isna(found["run_out_months"]) else found["run_out_months"]) == months
    assert (None if pd.isna(found["run_out_months_reason"]) else found["run_out_months_reason"]) == reason


def test_each_month_looks_back_from_itself() -> None:
    periods = pd.to_datetime(["2026-04-30", "2026-05-31", "2026-06-30"])
    status = pd.DataFrame({"project_id": "P1", "period": periods, "ac": [1.0, 4.0, 9.0]})
    found = pmo.measure_by_period({"status": status}, as_of="2026-06-30")["burn_rate"]
    assert found.to_list()[1:] == [3, 4]
    assert pd.isna(found.iloc[0])
