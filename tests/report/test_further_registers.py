"""Changes, dependencies and benefits stand in the report where they were delivered, and nowhere else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.report.contents import contents
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.every import FURTHER
from pmo_analytics.report.page import page_text
from pmo_analytics.report.workbook import workbook_bytes

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

JUNE = pd.Timestamp("2026-06-30")
STATUS = pd.DataFrame({"project_id": ["P1", "P2"], "project_name": ["Bridge", "Tunnel"], "ev": [1.0, 2.0]})
CHANGES = pd.DataFrame(
    {
        "cr_id": ["C1", "C2"],
        "entity_id": ["P1", "P2"],
        "title": ["Wider deck", "=1+1"],
        "raised": ["2026-05-01", "2026-06-01"],
        "decided": ["2026-05-09", None],
        "status": ["approved", "submitted"],
        "cost_impact": [100.0, -40.0],
        "currency": "GBP",
    }
)
DEPENDENCIES = pd.DataFrame(
    {
        "dep_id": ["X1", "X2", "X3"],
        "entity_id": ["P1", "P1", "P2"],
        "from_project": ["P2", "P2", "Harbour office"],
        "description": ["Crane", "Access road", "Permit"],
        "need_by": ["2026-05-01", "2026-08-01", "2026-07-01"],
        "forecast_date": ["2026-05-01", "2026-07-15", "2026-07-20"],
        "delivered_date": ["2026-04-30", None, None],
        "status": ["delivered", "agreed", "agreed"],
    }
)
BENEFITS = pd.DataFrame(
    {
        "benefit_id": ["B1", "B1"],
        "for_period": [pd.Timestamp("2026-05-31"), JUNE],
        "entity_id": "P1",
        "name": "Tolls",
        "type": "cashable",
        "planned": [100.0, 100.0],
        "realised": [90.0, 80.0],
        "currency": "GBP",
    }
)


@pytest.fixture(scope="module")
def told() -> Contents:
    portfolio = pmo.from_frames(
        status=STATUS, changes=CHANGES, dependencies=DEPENDENCIES, benefits=BENEFITS, as_of=JUNE
    )
    return contents(portfolio)


def rows(book: openpyxl.Workbook, sheet: str) -> list[tuple[object, ...]]:
    return [row for row in book[sheet].iter_rows(values_only=True) if any(value is not None for value in row)]


def test_each_has_a_sheet_with_its_rows(told: Contents) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(told)))
    assert [row[0] for row in rows(book, "Changes")[-2:]] == ["C2", "C1"]
    assert [row[0] for row in rows(book, "Dependencies")[-3:]] == ["X3", "X2", "X1"]
    assert [row[0] for row in rows(book, "Benefits")[-2:]] == ["B1", "B1"]
    assert [
        cell.data_type for row in book["Changes"].iter_rows() for cell in row if cell.value == "=1+1"
    ] == ["s"]


def test_states_are_told(told: Contents) -> None:
    assert told.further["changes"]["state"].to_list() == ["waiting", "done"]
    assert told.further["dependencies"]["state"].to_list() == ["at risk", "open", "done"]
    assert told.further["dependencies"]["dependency_delay"].head(2).to_list() == [19, -17]


def test_a_draft_is_open_and_stands_behind_those_that_wait() -> None:
    drafts = CHANGES.assign(
        cr_id=["C3", "C4"], status=["draft", "withdrawn"], decided=None, raised="2026-01-05"
    )
    changes = pd.concat([CHANGES, drafts], ignore_index=True)
    told = contents(pmo.from_frames(status=STATUS, changes=changes, as_of=JUNE)).further["changes"]
    assert dict(zip(told["cr_id"], told["state"], strict=True)) == {
        "C2": "waiting",
        "C3": "open",
        "C4": "done",
        "C1": "done",
    }
    assert told["cr_id"].to_list() == ["C2", "C3", "C4", "C1"]


def test_the_page_has_them_too(told: Contents) -> None:
    text = page_text(told)
    assert all(word in text for word in ("Wider deck", "Access road", "Tolls"))


def test_what_did_not_come_has_no_sheet() -> None:
    bare = contents(pmo.from_frames(status=STATUS, as_of=JUNE))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(bare)))
    assert not set(FURTHER) & set(book.sheetnames)
    assert names.DECISIONS in book.sheetnames
