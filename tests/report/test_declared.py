"""Tables that a report lists as they were delivered: their sheets, columns, words and limits."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.report.contents import contents
from pmo_analytics.report.listings.declared import MOST_ROWS
from pmo_analytics.report.listings.every import DELIVERED, FURTHER, LISTINGS, listings
from pmo_analytics.report.page import page_text
from pmo_analytics.report.registers import AS_DELIVERED
from pmo_analytics.report.workbook import workbook_bytes
from pmo_analytics.schemas.tables import tables

JUNE = pd.Timestamp("2026-06-30")
STATUS = pd.DataFrame({"project_id": ["P1"], "project_name": ["Bridge"], "ev": [1.0]})
ACTIONS = pd.DataFrame(
    {
        "action_id": ["A1", "A2"],
        "entity_id": ["P1", "RAIL"],
        "title": ["=HYPERLINK(1)", "Ask the board"],
        "status": ["in_progress", "open"],
        "due": ["2026-07-15", None],
    }
)


def test_every_table_has_a_listing() -> None:
    own = {"projects", "status", "milestones", "risks", "issues", "decisions"}
    further = {table for table, _ in FURTHER.values()}
    assert own | further | set(AS_DELIVERED) == set(tables())
    assert not set(DELIVERED) & (set(LISTINGS) | set(FURTHER))
    # a sheet of Excel has a name of at most 31 characters
    assert max(map(len, DELIVERED)) <= 31


def test_the_columns_that_hold_anything_under_their_titles() -> None:
    named = STATUS[["project_id", "project_name"]]
    told = listings(contents(pmo.from_frames(projects=named, status=STATUS, actions=ACTIONS, as_of=JUNE)))[
        "Actions"
    ]
    assert [field.heading for field in told.fields] == [
        "Action ID",
        "Period",
        "Entity ID",
        "Name",
        "Action",
        "Action status",
        "Action due",
    ]
    assert told.rows["status"].tolist() == ["in progress", "open"]
    assert told.rows["entity_name"].tolist() == ["Bridge", "RAIL"]
    assert told.told == "The rows of the latest delivery."


def test_in_the_workbook_they_stand_last_and_are_text() -> None:
    shown = contents(pmo.from_frames(status=STATUS, actions=ACTIONS, as_of=JUNE))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(shown)))
    assert book.sheetnames[-1] == "Actions"
    cells = [cell for row in book["Actions"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] == ["s"]
    # the page is for those who decide: it leaves them to the workbook
    assert "Ask the board" not in page_text(shown)


def test_flags_numbers_and_months() -> None:
    plan = pd.DataFrame(
        {
            "role": ["Engineer"],
            "entity_id": ["P1"],
            "for_period": [JUNE],
            "period": [JUNE],
            "demand_fte": [0.85],
            "is_contractor": [True],
        }
    )
    shown = contents(pmo.from_frames(status=STATUS, resources=plan, as_of=JUNE))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(shown)), data_only=True)
    values = [cell.value for row in book["Resources"].iter_rows() for cell in row if cell.value is not None]
    assert 0.85 in values
    assert "yes" in values
    assert pd.Timestamp(JUNE).to_pydatetime() in values


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (MOST_ROWS, "The rows of the latest delivery."),
        (
            MOST_ROWS + 1,
            "The first 1,000 of the 1,001 rows of the latest delivery; the files have all of them.",
        ),
    ],
)
def test_a_long_table_is_cut_and_says_so(rows: int, told: str) -> None:
    lessons = pd.DataFrame({"lesson_id": [f"L{n}" for n in range(rows)], "entity_id": "P1"})
    found = listings(contents(pmo.from_frames(status=STATUS, lessons=lessons, as_of=JUNE)))["Lessons"]
    assert (found.told, len(found.rows)) == (told, MOST_ROWS)


def test_headings_without_rows_say_so() -> None:
    empty = ACTIONS.head(0)
    found = listings(contents(pmo.from_frames(status=STATUS, actions=empty, as_of=JUNE)))["Actions"]
    assert (found.told, len(found.rows)) == ("It has no rows up to this month.", 0)
    assert workbook_bytes(contents(pmo.from_frames(status=STATUS, actions=empty, as_of=JUNE)))


def test_of_several_deliveries_the_latest_is_listed() -> None:
    both = pd.concat(
        [ACTIONS.assign(period="2026-05-31", action_id=["A0", "A9"]), ACTIONS.assign(period=JUNE)]
    )
    found = listings(contents(pmo.from_frames(status=STATUS, actions=both, as_of=JUNE)))["Actions"]
    assert found.rows["action_id"].tolist() == ["A1", "A2"]


def test_rates_of_all_months_are_listed() -> None:
    rates = pd.DataFrame(
        {
            "rate_set": ["Budget", "Spot"],
            "from_currency": "EUR",
            "to_currency": "GBP",
            "period": ["2026-01-31", "2026-06-30"],
            "rate": [0.8, 0.9],
        }
    )
    found = listings(contents(pmo.from_frames(status=STATUS, fx_rates=rates, as_of=JUNE)))["Fx rates"]
    assert found.rows["rate_set"].tolist() == ["Budget", "Spot"]
