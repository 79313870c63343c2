"""The worked examples, each named with its source: ``pub`` at the precision printed, ``der`` at 1e-6."""

from __future__ import annotations

import json
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
