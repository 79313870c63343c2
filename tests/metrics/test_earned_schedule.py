"""Earned schedule against an independent implementation, and where the two may differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pmcontrols import earned_schedule, plan

import pmo_analytics as pmo

AS_OF = "2026-06-30"
MONTHS = 24


def measured(curves: list[np.ndarray], earned: list[float], **more: object) -> pd.DataFrame:
    """The figures of one project per curve, which all start in January 2026."""
    ids = [f"P{n:05d}" for n in range(len(curves))]
    months = pd.date_range("2026-01-31", periods=MONTHS, freq="ME")
    rows = [
        pd.DataFrame({"project_id": project, "for_period": months[: len(curve)], "pv_cum": curve})
        for project, curve in zip(ids, curves, strict=True)
    ]
    tables = {"status": pd.DataFrame({"project_id": ids, "ev": earned}), "evm_periods": pd.concat(rows)}
    return pmo.measure(tables, as_of=AS_OF)


def theirs(curve: np.ndarray, earned: float) -> float:
    return earned_schedule(plan(range(len(curve) + 1), [0.0, *curve]), earned)


def test_thousands_of_random_curves_agree() -> None:
    rng = np.random.default_rng(26)
    curves = [rng.uniform(0.1, 9, rng.integers(1, MONTHS)).cumsum() for _ in range(3000)]
    earned = [rng.uniform(0, 1.1) * curve[-1] for curve in curves]
    expected = [theirs(curve, ev) for curve, ev in zip(curves, earned, strict=True)]
    assert measured(curves, earned)["es"].to_list() == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_curves_with_months_without_work_agree_off_the_flat() -> None:
    rng = np.random.default_rng(7)
    steps = [rng.choice([0.0, 0.0, 2.0, 5.0], size=12) for _ in range(1000)]
    curves = [step.cumsum() + 1 for step in steps]
    earned = [rng.uniform(0, 1) * curve[-1] for curve in curves]
    off = [not np.isclose(curve, ev).any() for curve, ev in zip(curves, earned, strict=True)]
    expected = [theirs(curve, ev) for curve, ev in zip(curves, earned, strict=True)]
    found = measured(curves, earned)["es"].to_list()
    assert sum(off) > 900
    for ours, other, comparable in zip(found, expected, off, strict=True):
        assert not comparable or ours == pytest.approx(other, rel=1e-6, abs=1e-6)


def test_on_a_flat_the_first_month_that_reaches_it_counts() -> None:
    curve = np.array([10.0, 20.0, 20.0, 20.0, 30.0])
    assert measured([curve], [20.0])["es"].item() == pytest.approx(2)
    assert theirs(curve, 20.0) == 4


def test_at_a_flat_end_the_first_month_that_reaches_the_budget_counts() -> None:
    curve = np.array([10.0, 30.0, 30.0])
    assert measured([curve], [30.0])["es"].item() == pytest.approx(2)
    assert theirs(curve, 30.0) == 3


def test_a_month_left_out_is_a_straight_line() -> None:
    months = pd.to_datetime(["2026-01-31", "2026-04-30"])
    curve = pd.DataFrame({"project_id": "P1", "for_period": months, "pv_cum": [10.0, 40.0]})
    status = pd.DataFrame({"project_id": ["P1"], "ev": [20.0]})
    found = pmo.measure({"status": status, "evm_periods": curve}, as_of=AS_OF)
    assert found["es"].item() == pytest.approx(2)


def test_a_programme_is_read_on_the_sum_of_its_curves() -> None:
    curve = pd.DataFrame(
        {
            "project_id": ["A", "A", "B", "B"],
            "for_period": pd.to_datetime(["2026-01-31", "2026-02-28", "2026-02-28", "2026-03-31"]),
            "pv_cum": [10.0, 20.0, 30.0, 60.0],
        }
    )
    status = pd.DataFrame({"project_id": ["A", "B", "C"], "ev": [20.0, 15.0, 99.0]})
    whole = pmo.roll_up({"status": status, "evm_periods": curve}, as_of=AS_OF)
    # the sum is 10, 50, 80; 35 have been earned by the two with a curve
    assert whole["es"].item() == pytest.approx(1 + 25 / 40)
    assert whole["es_n_used"].item() == 2


def test_curves_in_several_currencies_are_not_added() -> None:
    curve = pd.DataFrame(
        {
            "project_id": ["A", "B"],
            "for_period": pd.to_datetime(["2026-01-31", "2026-01-31"]),
            "pv_cum": [10.0, 20.0],
            "currency": ["GBP", "EUR"],
        }
    )
    status = pd.DataFrame({"project_id": ["A", "B"], "ev": [5.0, 5.0]})
    whole = pmo.roll_up({"status": status, "evm_periods": curve}, as_of=AS_OF)
    assert whole["es_reason"].item() == "MIXED_CURRENCY"
