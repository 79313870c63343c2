"""The worked examples, each named with its source: ``pub`` at the precision printed, ``der`` at 1e-6."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.metrics import formulas

#: Printed figures that the source cut off instead of rounding, and the tolerance that its note gives.
PRINTED_TO = {("G5", "cpi"): 0.01, ("G6", "cpi"): 0.005, ("G3", "cpi"): 1e-6}


@pytest.fixture(scope="module")
def golden(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "reference" / "golden.json").read_text("utf-8"))


def measured(inputs: dict[str, float]) -> pd.Series:
    named = {"eac": "eac_reported"}
    row = {named.get(name, name): [value] for name, value in inputs.items()}
    portfolio = pmo.from_frames(status=pd.DataFrame({"project_id": ["P1"], **row}), as_of="2026-06-30")
    return pmo.measure(portfolio).iloc[0]


def compare(case: str, part: dict[str, Any], row: pd.Series, known: set[str]) -> int:
    compared = 0
    for name, value in part.get("pub", {}).items():
        if name in known:
            assert row[name] == pytest.approx(value, abs=PRINTED_TO.get((case, name), 1e-9)), (case, name)
            compared += 1
    for name, value in part.get("der", {}).items():
        if name in known:
            assert row[name] == pytest.approx(value, rel=1e-6), (case, name)
            compared += 1
    return compared


@pytest.mark.parametrize(
    ("case", "figures"),
    [
        ("G1", 6),  # NASA earned value tutorial
        ("G2", 11),  # Microsoft, Applying earned value analysis to your project
        ("G5", 5),  # PM592 week 5; CPI printed truncated
        ("G6", 6),  # beginpm.com example
    ],
)
def test_a_case_from_a_table(golden: dict[str, Any], case: str, figures: int) -> None:
    part = golden[case]
    row = measured(part["in"])
    assert compare(case, part, row, set(row.index)) == figures


def test_g3a_planned_and_earned_from_the_schedule(golden: dict[str, Any]) -> None:
    """R package PRA, tests of earned value."""
    part = golden["G3"]["a"]
    given = part["in"]
    row = measured(
        {
            "bac": given["bac"],
            "pv": given["bac"] * given["schedule"][given["period"] - 1],
            "ev": given["bac"] * given["pct_complete"],
            "ac": given["ac"],
        }
    )
    assert compare("G3", part, row, set(row.index)) == 10
    assert row["pct_complete"] == pytest.approx(given["pct_complete"])


def test_g3c_rest_at_budget(golden: dict[str, Any]) -> None:
    part = golden["G3"]["c"]
    row = measured(part["in"])
    assert row["eac_atypical"] == part["pub"]["eac_atypical"]


def test_g3f_to_complete(golden: dict[str, Any]) -> None:
    part = golden["G3"]["f"]
    row = measured(part["in"])
    assert row["tcpi_bac"] == pytest.approx(part["der"]["tcpi_bac"], rel=1e-6)
    assert row["tcpi_eac"] == pytest.approx(part["der"]["tcpi_eac"], rel=1e-6)
    assert formulas.variance_at_completion(part["in"]["bac"], part["in"]["eac"]) == part["der"]["vac"]
    assert row["overspend"] == -part["der"]["vac"]


def test_g3b_on_the_formula(golden: dict[str, Any]) -> None:
    part = golden["G3"]["b"]
    eac = formulas.estimate_at_completion_cpi(part["in"]["bac"], part["in"]["cpi"])
    assert eac == pytest.approx(part["pub"]["eac_cpi"], abs=0.05)
    assert formulas.variance_at_completion(100_000, round(eac)) == -20_482


def test_g3d_on_the_formula(golden: dict[str, Any]) -> None:
    part = golden["G3"]["d"]
    given = part["in"]
    eac = formulas.estimate_at_completion_cpi_spi(
        given["bac"], given["ev"], given["ac"], given["cpi"], given["spi"]
    )
    assert eac == pytest.approx(part["der"]["eac_cpi_spi"], rel=1e-6)


def test_g4_the_composite_is_another_formula(golden: dict[str, Any]) -> None:
    """planningplanet.com forum thread 512911."""
    part = golden["G4"]
    given = part["in"]
    assert formulas.combined_index(given["cpi"], given["spi"]) == pytest.approx(part["pub"]["cr"], rel=1e-6)
    composite = formulas.composite_estimate(given["bac"], given["cpi"], given["spi"])
    assert composite == pytest.approx(part["pub"]["eac_composite"], abs=0.5)


def test_g7_the_weighted_estimate_of_week_5(golden: dict[str, Any]) -> None:
    """OR-AS PM Knowledge Center, forecasting cost."""
    given, derived = golden["G7"]["in"], golden["G7"]["der"]
    row = measured({"bac": given["bac"], **{name: given[name][4] for name in ("pv", "ev", "ac")}})
    assert row["eac_weighted"] == pytest.approx(derived["eac_weighted_w5_08_02"], rel=1e-6)
    assert row["eac_cpi"] == pytest.approx(derived["eac_cpi_w5"], rel=1e-6)
    assert row["eac_lowest"] <= row["eac_weighted"] <= row["eac_highest"]


def test_g7_at_the_end_every_estimate_is_the_cost(golden: dict[str, Any]) -> None:
    given, published = golden["G7"]["in"], golden["G7"]["pub"]
    row = measured({"bac": given["bac"], **{name: given[name][-1] for name in ("pv", "ev", "ac")}})
    for name in ("eac_atypical", "eac_cpi", "eac_cpi_spi", "eac_weighted", "eac_composite", "eac_highest"):
        assert row[name] == published["final_ac"], name
    assert row["spi_reason"] == "COMPLETE"
    assert row["cpi"] == pytest.approx(golden["G7"]["der"]["cpi_final"], rel=1e-6)


@pytest.mark.parametrize("case", range(3))
def test_g8_baseline_execution(golden: dict[str, Any], case: int) -> None:
    """DAU Acquipedia and scheduletraininghub.com: tasks finished against tasks baselined to be finished."""
    part = golden["G8"]["cases"][case]
    finished, baselined = part["finished"], part["baselined"]
    number = max(finished, baselined)
    before, after, done = pd.Timestamp("2026-06-01"), pd.Timestamp("2026-08-01"), pd.Timestamp("2026-06-15")
    tasks = pd.DataFrame(
        {
            "project_id": "P1",
            "task_id": [str(i) for i in range(number)],
            "baseline_finish": [before if i < baselined else after for i in range(number)],
            "actual_finish": [done if i < finished else pd.NaT for i in range(number)],
        }
    )
    bei = pmo.roll_up({"status": pd.DataFrame({"project_id": ["P1"]}), "tasks": tasks}, as_of="2026-06-30")[
        "bei"
    ]
    assert round(bei.item(), 2) == part["pub"]


def exposure(risks: list[tuple[float, float]]) -> pd.Series:
    frame = pd.DataFrame(risks, columns=["prob_residual", "impact_cost_ml"])
    named = {"risk_id": [f"R{i}" for i in frame.index], "entity_id": "P1", "status": "open"}
    tables = {"status": pd.DataFrame({"project_id": ["P1"]}), "risks": frame.assign(**named)}
    return pmo.measure(tables, as_of="2026-06-30").iloc[0]


def test_g9_expected_value_and_exposure(golden: dict[str, Any]) -> None:
    """TenStep, EMV risk contingency example."""
    part = golden["G9"]
    row = exposure([(probability, impact) for _, probability, impact in part["in"]])
    assert row["risk_emv"] == row["threat_emv"] == part["pub"]["total_emv"]
    assert row["risk_exposure_max"] == part["pub"]["total_impact"]


def test_g10_expected_value(golden: dict[str, Any]) -> None:
    """pawelciucias.dev, quantitative risk analysis; a cost is negative there and positive here."""
    row = exposure([(probability, -impact) for probability, impact in golden["G10"]["in"]])
    assert row["risk_emv"] == -golden["G10"]["pub"]["total"]


def test_g24_with_one_base(golden: dict[str, Any]) -> None:
    """R package pmev: its variance at completion, put right to the budget that its estimate uses."""
    part = golden["G24"]
    row = measured(part["in"])
    published = part["pub"]
    assert row["sv"] == pytest.approx(published["sv"], abs=0.005)
    assert row["cv"] == pytest.approx(published["cv"], abs=0.005)
    assert row["cpi"] == pytest.approx(published["cpi"], abs=0.005)
    assert row["eac_cpi"] == pytest.approx(published["eac"], abs=0.05)
    assert row["etc"] == pytest.approx(published["etc"], abs=0.05)
    assert row["tcpi_bac"] == pytest.approx(published["tcpi"], abs=0.005)
    assert row["vac"] == pytest.approx(part["der"]["vac_correct_for_bac_150000"], abs=0.05)


def test_g7_earned_schedule(golden: dict[str, Any]) -> None:
    """OR-AS PM Knowledge Center, forecasting time; its weeks are months here."""
    part = golden["G7"]
    given, derived = part["in"], part["der"]
    months = pd.date_range("2026-01-31", periods=len(given["ev"]), freq="ME")
    status = pd.DataFrame({"project_id": "P1", "period": months, "ev": given["ev"], "ac": given["ac"]})
    curve = pd.DataFrame({"project_id": "P1", "for_period": months, "pv_cum": given["pv"]})
    delivered = pd.concat([curve.assign(period=month) for month in months])
    found = pmo.measure_by_period({"status": status, "evm_periods": delivered}, as_of="2026-11-30")
    assert found["es"].head(6).to_list() == pytest.approx(part["pub"]["es_w1_w6"], abs=0.005)
    assert found["es"].to_list() == pytest.approx(derived["es"], rel=1e-6)
    assert found["ieac_t"].to_list() == pytest.approx(derived["ieac_t"], abs=5e-4)
    assert found["spi_t"].iloc[4] == pytest.approx(derived["spi_t_w5"], rel=1e-6)
    assert found["sv_t"].iloc[5] == pytest.approx(derived["sv_t_w6"], rel=1e-6)
    assert found["spi_t"].iloc[-1] == pytest.approx(derived["spi_t_final"], abs=5e-7)
    assert found["at"].iloc[-1] == part["pub"]["final_at"]


def test_g11_probability_and_impact_matrix(golden: dict[str, Any]) -> None:
    """PMBOK Guide, 5th edition, figure 11-10; printed values are rounded half up."""
    part = golden["G11"]
    for probability, row in zip(part["p"], part["pub"], strict=True):
        found = [formulas.risk_score(probability, impact) for impact in part["i"]]
        assert [math.floor(value * 100 + 0.5 + 1e-9) / 100 for value in found] == row


def test_g13_concentration(golden: dict[str, Any]) -> None:
    """US Department of Justice, 2023 Merger Guidelines, 2.1."""
    part = golden["G13"]
    ids = [f"P{n}" for n in range(len(part["in"]))]
    status = pd.DataFrame({"project_id": ids, "bac": [float(share) for share in part["in"]]})
    whole = pmo.roll_up({"status": status}, as_of="2026-06-30")
    assert whole["budget_hhi"].item() == pytest.approx(part["pub"]["hhi"])
    assert whole["budget_effective_projects"].item() == pytest.approx(
        part["der"]["effective_number"], rel=1e-6
    )
    alone = pmo.roll_up({"status": status.head(1)}, as_of="2026-06-30")
    assert alone["budget_hhi"].item() == pytest.approx(part["pub"]["monopoly"])
