"""Identifiers of items that come without any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.loading.item_ids import with_item_ids

if TYPE_CHECKING:
    from pathlib import Path

JUNE, MAY = pd.Timestamp("2026-06-30"), pd.Timestamp("2026-05-31")


@pytest.mark.parametrize(
    ("table", "rows", "ids"),
    [
        ("milestones", {"entity_id": ["P1", "P2"], "name": ["Design", "Design"]}, ["P1: Design", "P2: Design"]),
        ("milestones", {"entity_id": ["P1", "P1"], "gate_code": ["G1", "G2"]}, ["P1: G1", "P1: G2"]),
        ("issues", {"entity_id": [None, "P1"], "title": ["Fire", " "]}, ["Fire", "row 3"]),
        # the second of one name is another one, in another month it is the same
        ("risks", {"entity_id": ["P1", "P1"], "title": ["Fire", "FIRE "]}, ["P1: Fire", "P1: FIRE  (row 3)"]),
        (
            "risks",
            {"entity_id": ["P1", "P1"], "title": ["Fire", "Fire"], "period": [MAY, JUNE]},
            ["P1: Fire", "P1: Fire"],
        ),
        ("tasks", {"name": ["Dig", "Dig"]}, ["row 2", "row 3"]),
    ],
)  # fmt: skip
def test_ids_are_made(table: str, rows: dict[str, list[object]], ids: list[str]) -> None:
    frame = pd.DataFrame(rows | {"source_row": [2, 3]})
    key = {"milestones": "milestone_id", "issues": "issue_id", "risks": "risk_id", "tasks": "task_id"}[table]
    assert with_item_ids(frame, table)[key].tolist() == ids


def test_given_ids_stay() -> None:
    frame = pd.DataFrame({"risk_id": ["R1"], "entity_id": ["P1"], "title": ["Fire"], "source_row": [2]})
    assert with_item_ids(frame, "risks")["risk_id"].tolist() == ["R1"]


def test_milestones_without_ids_are_no_projects(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        "Milestone Name|Project ID|Baseline Date|Forecast Date|Owner|Status",
        "Design|P1|2026-01-31|2026-02-28|North|complete",
        "Build|P1|2026-05-31|2026-07-31|North|planned",
    ):
        sheet.append(line.split("|"))
    book.save(tmp_path / "plan.xlsx")
    portfolio = pmo.load(tmp_path / "plan.xlsx", period="2026-06")
    assert portfolio.milestones["milestone_id"].tolist() == ["P1: Design", "P1: Build"]
    assert portfolio.milestones["name"].tolist() == ["Design", "Build"]
    assert portfolio.delivered == {"milestones"}
    assert portfolio.quarantine.empty
    told = portfolio.findings.loc[portfolio.findings["code"] == "PROVISIONAL_ID"]
    assert told["column"].tolist() == ["milestone_id"]
    assert "project and name of the item serves as identifier" in told["message"].iloc[0]
