"""Changes, dependencies, benefits and curves are known by the titles of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import pmo_analytics as pmo

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "status": "Project ID,Project name,EV,AC,BAC,Currency\nP1,Bridge,15,16,40,GBP\nP2,Tunnel,15,16,40,GBP\n",
    "changes": (
        "Change ID,Project ID,Change requested,Raised,Change decided,Change status,Cost impact,Currency\n"
        "C1,P1,More,2026-05-01,2026-05-08,approved,100,GBP\nC2,P1,Less,2026-05-01,,submitted,-5,GBP\n"
    ),
    "dependencies": (
        "Dependency ID,Project ID,From Project,Dependency,Need by,Delivery forecast,Dependency status\n"
        "X1,P1,P2,Crane,2026-08-01,2026-08-09,agreed\n"
    ),
    "benefits": (
        "Benefit ID,Benefit month,Project ID,Benefit name,Benefit type,Planned benefit,Realised benefit,Currency\n"
        "B1,2026-05-31,P1,Tolls,cashable,100,80,GBP\nB1,2026-06-30,P1,Tolls,cashable,100,80,GBP\n"
    ),
    "evm_periods": (
        "Project ID,Curve month,Cumulative PV,Currency\n"
        "P1,2026-05-31,10,GBP\nP1,2026-06-30,20,GBP\nP1,2026-07-31,40,GBP\n"
    ),
}
ROWS = {"status": 2, "changes": 2, "dependencies": 1, "benefits": 2, "evm_periods": 3}


@pytest.fixture
def loaded(tmp_path: Path) -> pmo.Portfolio:
    for name, text in FILES.items():
        (tmp_path / f"{name}-2026-06.csv").write_text(text, encoding="utf-8")
    return pmo.load(tmp_path, period="2026-06")


def test_every_row_is_in_its_table(loaded: pmo.Portfolio) -> None:
    assert {name: len(loaded[name]) for name in ROWS} == ROWS
    assert loaded.quarantine.empty
    assert set(loaded.findings["code"]) == {"MISSING_COLUMN"}


def test_their_figures_are_formed(loaded: pmo.Portfolio) -> None:
    found = pmo.measure(loaded).set_index("project_id").loc["P1"]
    assert found["es"] == pytest.approx(1.5)
    assert found["changes_pending"] == 1
    assert found["change_cost_approved"] == 100
    assert found["dependencies_at_risk"] == 1
    assert found["benefit_realisation_cashable"] == pytest.approx(0.8)


def test_a_row_that_belongs_to_nobody_is_told(tmp_path: Path) -> None:
    (tmp_path / "status-2026-06.csv").write_text(FILES["status"], encoding="utf-8")
    strangers = FILES["changes"].replace(",P1,", ",P9,")
    (tmp_path / "changes-2026-06.csv").write_text(strangers, encoding="utf-8")
    findings = pmo.load(tmp_path, period="2026-06").findings
    told = findings[findings["code"] == "UNRESOLVED_LINK"]
    assert told["table"].to_list() == ["changes", "changes"]


def test_a_row_without_its_key_is_kept_out(tmp_path: Path) -> None:
    (tmp_path / "benefits-2026-06.csv").write_text(
        FILES["benefits"].replace("2026-05-31", ""), encoding="utf-8"
    )
    portfolio = pmo.load(tmp_path, period="2026-06")
    assert len(portfolio.benefits) == 1
    assert len(portfolio.quarantine) == 1
