"""The collection workbook: blank it gives nothing, filled it gives its rows and no finding of form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import ConfigurationError, ReportError, UnknownName
from pmo_analytics.quality.kinds import KINDS
from pmo_analytics.report.sheets.template import example_of, note_of
from pmo_analytics.report.template import MONTHLY, OF_ONE_REPORT, columns_of
from pmo_analytics.schemas.tables import table, tables

if TYPE_CHECKING:
    from pathlib import Path

#: What is said of sheets, headings and cells that are not understood.
OF_FORM = {
    code
    for code in KINDS
    if code.startswith(
        (
            "UNREADABLE",
            "UNMAPPED",
            "AMBIGUOUS",
            "UNIT_FROM",
            "SHEET",
            "HIDDEN",
            "MISSING_KEY",
            "CURRENCY",
            "REPEATED_HEADER",
        )
    )
}
HEADER, FIRST = 4, 5


def filled(path: Path, name: str, rows: int = 3) -> None:
    """Types the example row into a sheet, again and again under identifiers of their own."""
    book = openpyxl.load_workbook(path)
    sheet = book[name.replace("_", " ").capitalize()]
    key = [column.name for column in columns_of(name) if column.key and str(column.kind) == "text"][:1]
    for row in range(rows):
        for at, column in enumerate(columns_of(name), 1):
            value = example_of(column)
            sheet.cell(FIRST + row, at).value = f"{value}{row}" if column.name in key else value
    book.save(path)


@pytest.mark.parametrize(
    "name", [name for name in tables() if name not in ("entities", "identities", "calendar")]
)
def test_a_filled_sheet_gives_its_rows_and_no_finding_of_form(tmp_path: Path, name: str) -> None:
    path = pmo.write_template(tmp_path / "collect.xlsx", tables=[name])
    filled(path, name)
    portfolio = pmo.load(path, period="2026-06")
    assert len(portfolio[name]) == 3
    assert portfolio.quarantine.empty
    assert set(portfolio.findings["code"]) & OF_FORM == set()


def test_a_blank_one_has_nothing_to_read(tmp_path: Path) -> None:
    path = pmo.write_template(tmp_path / "collect.xlsx")
    portfolio = pmo.load(path, period="2026-06")
    assert all(len(portfolio[name]) == 0 for name in tables())
    assert portfolio.findings.empty


def test_last_month_comes_back_as_this_month(tmp_path: Path) -> None:
    last = pmo.load(pmo.sample_data(), config=pmo.sample_settings())
    assert last.period is not None
    month = last.period + pd.offsets.MonthEnd(1)
    again = pmo.load(pmo.write_template(tmp_path / "collect.xlsx", prefill=last))
    assert again.period == month
    assert set(again.findings["code"]) & OF_FORM == set()
    for name in ("status", "projects", "risks", "milestones", "issues", "decisions", "tasks"):
        before, after = (_comparable(portfolio, name) for portfolio in (last, again))
        pd.testing.assert_frame_equal(before, after, check_dtype=False, rtol=1e-12)


def _comparable(portfolio: pmo.Portfolio, name: str) -> pd.DataFrame:
    rows = portfolio[name]
    rows = rows[rows["period"] == rows["period"].max()]
    columns = [c.name for c in columns_of(name) if c.name not in OF_ONE_REPORT and c.name != "period"]
    keys = [column for column in table(name).key if column in columns]
    return rows.sort_values(keys)[columns].reset_index(drop=True)


def test_days_of_one_report_are_left_for_the_next(tmp_path: Path) -> None:
    last = pmo.load(pmo.sample_data(), config=pmo.sample_settings())
    assert last.status["report_date"].notna().any()
    again = pmo.load(pmo.write_template(tmp_path / "collect.xlsx", prefill=last, tables=["status"]))
    assert again.status["report_date"].isna().all()


def test_every_heading_has_its_meaning_and_lists_are_offered(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(pmo.write_template(tmp_path / "collect.xlsx"))
    for name in MONTHLY:
        sheet = book[name.capitalize()]
        for at, column in enumerate(columns_of(name), 1):
            cell = sheet.cell(HEADER, at)
            assert cell.value == column.title
            assert cell.comment is not None
            assert cell.comment.text == note_of(column)
        listed = {
            str(area)
            for one in sheet.data_validations.dataValidation
            if one.type == "list"
            for area in one.sqref.ranges
        }
        assert len(listed) == sum(
            bool(c.words) or str(c.kind) in ("colour", "flag") for c in columns_of(name)
        )


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"tables": ["risk"]}, UnknownName, "risks"),
        ({"tables": []}, ReportError, "no table is asked for"),
        ({"period": "some day"}, ConfigurationError, "some day"),
    ],
)
def test_what_cannot_be_written_is_said(
    tmp_path: Path, options: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        pmo.write_template(tmp_path / "collect.xlsx", **options)
