"""Baselines, cases, people, rules and logs of the made-up portfolio of twelve projects, every figure there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import numpy as np

JUNE = pd.Timestamp("2026-06-30")
LATER = pd.Timestamp("2027-06-30")


def governance(rng: np.random.Generator, ids: list[str], bac: pd.Series) -> dict[str, pd.DataFrame]:
    """A row or two per project of every further table."""
    return _plans(rng, ids, bac) | _money(rng, ids, bac) | _rules(ids) | _logs(rng, ids)


def _plans(rng: np.random.Generator, ids: list[str], bac: pd.Series) -> dict[str, pd.DataFrame]:
    return {
        "baselines": pd.DataFrame(
            {
                "project_id": ids * 2,
                "version": [1.0] * 12 + [2.0] * 12,
                "finish": pd.Timestamp("2026-11-30"),
                "bac": [*(bac * 0.8), *bac],
            }
        ),
        "milestone_baselines": pd.DataFrame(
            {
                "milestone_id": [f"M{n}" for n in range(24)],
                "version": 1.0,
                "entity_id": ids * 2,
                "baseline_date": JUNE - pd.to_timedelta(rng.integers(1, 99, 24), unit="D"),
            }
        ),
        "resources": pd.DataFrame(
            {
                "role": ["Engineer", "Analyst", "Engineer"] * 12,
                "named_person": (["Ada", None, "Bo"] * 12),
                "entity_id": ids * 3,
                "kind": ["committed"] * 24 + ["requested"] * 12,
                "period": JUNE,
                "capacity_fte": rng.uniform(0.1, 1, 36),
                "demand_fte": rng.uniform(0.5, 1.5, 36),
                "funded_posts": 0.5,
                "is_contractor": [1.0, 0.0] * 18,
            }
        ),
    }


def _money(rng: np.random.Generator, ids: list[str], bac: pd.Series) -> dict[str, pd.DataFrame]:
    return {
        "business_cases": pd.DataFrame(
            {
                "project_id": ids,
                "version": "1",
                "approved_date": pd.Timestamp("2025-12-31"),
                "discount_rate": 0.035,
                "pv_costs": bac,
                "pv_benefits": bac * 1.3,
            }
        ),
        "cashflows": pd.DataFrame(
            {
                "project_id": ids * 2,
                "kind": ["cost"] * 12 + ["benefit"] * 12,
                "for_period": [pd.Timestamp("2026-12-31")] * 12 + [LATER] * 12,
                "amount": [*bac, *(bac * rng.uniform(0.8, 1.6, 12))],
            }
        ),
        "financials": pd.DataFrame(
            {
                "entity_id": ids * 3,
                "period": JUNE,
                "kind": ["commitment"] * 12 + ["actual"] * 24,
                "cost_type": ["capital"] * 24 + ["revenue"] * 12,
                "amount": rng.uniform(1, 50, 36),
            }
        ),
    }


def _rules(ids: list[str]) -> dict[str, pd.DataFrame]:
    return {
        "gates": pd.DataFrame({"gate_code": ["G1"], "required_board": ["Board"]}),
        "standards": pd.DataFrame({"standard_id": ["S1", "S2"], "weight": [2.0, 1.0]}),
        "standards_compliance": pd.DataFrame(
            {
                "project_id": ids * 2,
                "standard_id": ["S1"] * 12 + ["S2"] * 12,
                "assessed_date": pd.Timestamp("2026-05-31"),
                "result": ["met", "not_met", "partly"] * 8,
                "waiver_expiry": pd.Timestamp("2026-05-01"),
            }
        ),
        "submissions": pd.DataFrame(
            {
                "entity_id": ids,
                "period": JUNE,
                "due": pd.Timestamp("2026-06-20"),
                "received": [pd.Timestamp("2026-06-18"), pd.Timestamp("2026-06-22")] * 6,
                "returned": [None, pd.Timestamp("2026-06-23")] * 6,
            }
        ),
    }


def _logs(rng: np.random.Generator, ids: list[str]) -> dict[str, pd.DataFrame]:
    days = JUNE - pd.to_timedelta(rng.integers(-30, 90, 24), unit="D")
    return {
        "actions": pd.DataFrame(
            {
                "action_id": [f"A{n}" for n in range(24)],
                "entity_id": ids * 2,
                "period": JUNE,
                "status": ["open", "closed"] * 12,
                "raised": pd.Timestamp("2026-01-31"),
                "due": days,
            }
        ),
        "assumptions": pd.DataFrame(
            {
                "assumption_id": [f"N{n}" for n in range(24)],
                "entity_id": ids * 2,
                "period": JUNE,
                "status": ["open", "invalid", "valid"] * 8,
                "due": days,
            }
        ),
        "lessons": pd.DataFrame(
            {
                "lesson_id": [f"L{n}" for n in range(24)],
                "entity_id": ids * 2,
                "period": JUNE,
                "captured": pd.Timestamp("2025-06-30"),
                "applied_in_project_ids": ["P99", None] * 12,
            }
        ),
    }
