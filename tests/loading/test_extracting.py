"""From a workbook to values: what the look of its cells says, and what is kept beside the value."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import pmo_analytics as pmo
from pmo_analytics.schemas.results import Finding, Quarantined, Range
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ["Project ID", "Overall RAG", "PV", "AC", "% complete", "Forecast finish"]
ROWS: list[list[Any]] = [
    [7, None, 100, 100, 0.45, 46055],
    [8, None, "Low: 1, Mid: 2, High: 4", 50, 0.5, "Q4 2026"],
    [9, "Green", "100 - 250 Million", 10, 0.6, "Low: 2026-01-31, Mid: 2026-02-28, High: 2026-03-31"],
    [1234567890123456789, "Red", 1, 1, 0.1, None],
]


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> pmo.Portfolio:
    path: Path = tmp_path_factory.mktemp("book") / "status.xlsx"
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for row in ROWS:
        sheet.append(row)
    for row in range(2, 6):
        sheet.cell(row, 1).number_format = "000" if row < 5 else "0"
        sheet.cell(row, 5).number_format = "0%"
    for row, (pv, ac) in {2: ("£", "£"), 3: ("$", "$")}.items():
        language = {"£": "809", "$": "409"}
        sheet.cell(row, 3).number_format = f"[${pv}-{language[pv]}]#,##0"
        sheet.cell(row, 4).number_format = f"[${ac}-{language[ac]}]#,##0"
    for row, fill in {2: "FFFF0000", 3: "FF4472C4", 4: "FFC00000"}.items():
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=fill)
    book.save(path)
    return pmo.load(path, as_of="2026-06-30")


def found(portfolio: pmo.Portfolio) -> dict[str, str]:
    cells = portfolio.findings
    return dict(zip(cells[Finding.cell], cells[Finding.code], strict=True))


def test_values_and_what_they_look_like(portfolio: pmo.Portfolio) -> None:
    status = portfolio.status.set_index(Status.project_id)
    assert status.index.tolist() == ["007", "008", "009"]
    assert status[Status.rag_overall].fillna("").tolist() == ["red", "", "green"]
    assert status[Status.pct_complete].tolist() == [0.45, 0.5, 0.6]
    assert status[Status.currency].fillna("").tolist() == ["GBP", "USD", ""]
    assert status[Status.forecast_finish].tolist() == [
        pd.Timestamp(dt.date(1904, 1, 1)) + pd.Timedelta(days=46055),
        pd.Timestamp("2026-12-31"),
        pd.Timestamp("2026-02-28"),
    ]
    assert status[Status.pv].fillna(-1).tolist() == [100, 2, -1]


def test_every_choice_has_its_finding_and_its_cell(portfolio: pmo.Portfolio) -> None:
    told = found(portfolio)
    expected = {"B2": "COLOUR_FROM_FILL", "B3": "UNCLEAR_FILL", "B4": "COLOUR_FILL_CONFLICT"}
    expected |= {"C3": "RANGE", "C4": "BAND", "F2": "SERIAL_DATE", "F3": "DATE_FROM_PERIOD", "F4": "RANGE"}
    assert {cell: told.get(cell) for cell in expected} == expected
    row = portfolio.quarantine
    assert row[Quarantined.code].tolist() == ["MISSING_KEY"]
    assert row[Quarantined.row].tolist() == [5]
    assert "LONG_NUMERIC_ID" in set(portfolio.findings[Finding.code])


def test_the_values_of_ranges_are_kept(portfolio: pmo.Portfolio) -> None:
    kept = portfolio.ranges.set_index([Range.source_row, Range.column])
    assert kept.loc[(3, Status.pv), [Range.low, Range.mid, Range.high]].tolist() == [1, 2, 4]
    assert kept.loc[(4, Status.pv), [Range.low, Range.high]].tolist() == [1e8, 2.5e8]
    days = kept.loc[(4, Status.forecast_finish), [Range.low_date, Range.mid_date, Range.high_date]]
    assert [f"{day:%Y-%m-%d}" for day in days] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert len(kept) == 3


def test_a_cell_of_another_currency_than_its_heading_counts_nowhere() -> None:
    frame = pd.DataFrame({"Project ID": ["P1", "P2"], "AC (£m)": ["€5m", "5"], "EV (£m)": [1, 1]})
    status = pmo.from_frames(status=frame, as_of="2026-06-30")
    assert status.status[Status.ac].fillna(-1).tolist() == [-1, 5e6]
    assert "CURRENCY_CONFLICT" in set(status.findings[Finding.code])
