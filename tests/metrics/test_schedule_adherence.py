"""Schedule adherence: three tasks whose P-factor is worked out by hand, and what it is undefined for."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo

JUNE = pd.Timestamp("2026-06-30")
#: PV at ES 50, 30 and 0, EV 50, 10 and 20: Σ of the lesser 60, of PV at ES 80.
TASKS = pd.DataFrame(
    {
        "project_id": "A",
        "task_id": list("XYZ"),
        "baseline_start": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-04-01"]),
        "baseline_finish": pd.to_datetime(["2026-02-28", "2026-03-20", "2026-04-30"]),
        "bac": [50.0, 30.0, 20.0],
        "ev": [50.0, 10.0, 20.0],
        "period": JUNE,
    }
)
CURVE = pd.DataFrame(
    {
        "project_id": "A",
        "for_period": pd.date_range("2026-01-31", periods=4, freq="ME").as_unit("us"),
        "pv_cum": [20.0, 50.0, 80.0, 100.0],
        "period": JUNE,
    }
)


def p_factor(
    ev: float | None = 80.0, tasks: pd.DataFrame = TASKS, curve: pd.DataFrame | None = CURVE
) -> object:
    status = pd.DataFrame({"project_id": ["A"], "ev": [ev], "period": JUNE}).astype({"ev": "float64"})
    tables = {"status": status, "tasks": tasks} | ({} if curve is None else {"evm_periods": curve})
    found = pmo.measure(tables, as_of=JUNE, metrics=["p_factor"]).iloc[0]
    return found["p_factor_reason"] if pd.isna(found["p_factor"]) else found["p_factor"]


def test_the_worked_example() -> None:
    assert p_factor() == pytest.approx(60 / 80)


def test_earned_as_planned_it_is_one() -> None:
    assert p_factor(tasks=TASKS.assign(ev=[50.0, 30.0, 0.0])) == 1


def test_without_earned_value_of_its_own_a_task_earns_by_its_progress() -> None:
    progress = TASKS.drop(columns="ev").assign(pct_complete=[1.0, 1 / 3, 1.0])
    assert p_factor(tasks=progress) == pytest.approx(60 / 80)


@pytest.mark.parametrize(
    ("ev", "expected"),
    [
        # half of January's 20: the middle of January, 15.5 of X's 59 days, none of Y and Z
        (10.0, 1),
        # the end of February: all of X, 28 of Y's 48 days
        (50.0, (50 + 10) / (50 + 30 * 28 / 48)),
        # all that was planned, and more: the end of the curve
        (100.0, 80 / 100),
        (120.0, 80 / 100),
        (0.0, "NOT_STARTED"),
        (None, "NO_DATA"),
    ],
)
def test_where_the_project_stands_on_its_curve(ev: float | None, expected: float | str) -> None:
    found = p_factor(ev)
    assert found == (expected if isinstance(expected, str) else pytest.approx(expected))


def test_a_step_without_work_is_reached_at_its_beginning() -> None:
    flat = CURVE.assign(pv_cum=[20.0, 50.0, 50.0, 100.0])
    assert p_factor(50.0, curve=flat) == pytest.approx((50 + 10) / (50 + 30 * 28 / 48))


def test_the_last_point_below_counts_of_several() -> None:
    # 70 lies a quarter of the way from 60, the end of March, to 100: 7.5 days into April
    curve = CURVE.assign(pv_cum=[10.0, 20.0, 60.0, 100.0])
    task = TASKS.head(1).assign(
        baseline_start=pd.Timestamp("2026-04-01"), baseline_finish=pd.Timestamp("2026-04-30"), ev=5.0
    )
    assert p_factor(70.0, tasks=task, curve=curve) == pytest.approx(5 / (50 * 7.5 / 30))


def test_summary_tasks_and_tasks_without_a_baseline_are_left_out() -> None:
    more = TASKS.assign(task_id=["S", "T", "U"], is_summary=[1.0, None, None], bac=[999.0, 999.0, None])
    more.loc[1, "baseline_start"] = pd.NaT
    both = pd.concat([TASKS, more], ignore_index=True)
    assert p_factor(tasks=both) == pytest.approx(60 / 80)


def test_without_a_curve_there_is_none() -> None:
    assert p_factor(curve=None) == "NO_DATA"


def test_a_curve_that_falls_says_nothing() -> None:
    assert p_factor(50.0, curve=CURVE.assign(pv_cum=[20.0, 60.0, 50.0, 100.0])) == "NO_DATA"


def test_a_curve_in_another_currency_says_nothing() -> None:
    status = pd.DataFrame({"project_id": ["A"], "ev": [80.0], "period": JUNE, "currency": "GBP"})
    tables = {"status": status, "tasks": TASKS, "evm_periods": CURVE.assign(currency="EUR")}
    assert pmo.measure(tables, as_of=JUNE, metrics=["p_factor"])["p_factor_reason"].item() == "NO_DATA"
    tables["evm_periods"] = CURVE.assign(currency="GBP")
    assert pmo.measure(tables, as_of=JUNE, metrics=["p_factor"])["p_factor"].item() == pytest.approx(0.75)
