"""What became of risks, and threats without a date: what is known to be nothing and what is not known."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import pmo_analytics as pmo

AS_OF = "2026-06-30"


def measured(**columns: Any) -> pd.Series:
    risks = pd.DataFrame({"risk_id": ["R1", "R2"], "entity_id": "P1", **columns})
    dated = {c: pd.to_datetime(risks[c]) for c in ("closed", "proximity_date") if c in risks}
    tables = {"projects": pd.DataFrame({"project_id": ["P1"]}), "risks": risks.assign(**dated)}
    return pmo.measure(tables, as_of=AS_OF).iloc[0]


def test_closed_by_its_day_alone() -> None:
    row = measured(status=[None, "occurred"], closed=["2026-05-01", None], prob_residual=[0.4, 0.4])
    assert row["risk_occurred_pct"] == 0.5
    assert row["risk_brier_score"] == pytest.approx((0.4**2 + 0.6**2) / 2)


def test_ended_without_a_probability_is_not_known() -> None:
    row = measured(status=["closed", "open"], prob_residual=[None, 0.5])
    assert row["risk_occurred_pct_reason"] == "NO_DATA"


def test_nothing_ended_does_not_apply() -> None:
    row = measured(status=["open", "open"], prob_residual=[0.5, 0.5])
    assert row["risk_brier_score_reason"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("dates", "near"),
    [
        (["2026-07-15", "2027-07-15"], 50.0),
        (["2027-07-15", None], 0.0),
        (["2026-09-28", "2026-09-29"], 50.0),
        (["2025-01-01", None], 50.0),
    ],
)
def test_threats_that_may_strike_soon(dates: list[str | None], near: float) -> None:
    row = measured(
        status=["open"] * 2, prob_residual=[0.5] * 2, impact_cost_ml=[100.0] * 2, proximity_date=dates
    )
    assert row["risk_emv_near"] == near


def test_threats_without_a_date_are_not_far_away() -> None:
    row = measured(
        status=["open", "closed"],
        prob_residual=[0.5] * 2,
        impact_cost_ml=[100.0] * 2,
        proximity_date=[None, "2026-07-15"],
    )
    assert row["risk_emv_near_reason"] == "NO_DATA"


def test_opportunities_are_no_threat() -> None:
    row = measured(
        status=["open"] * 2, kind=["opportunity"] * 2, prob_residual=[0.5] * 2, impact_cost_ml=[100.0] * 2
    )
    assert (row["threat_emv"], row["risk_exposure_max"], row["risk_emv"]) == (0, 0, -100)
