"""A portfolio made of typed frames, and ways to read a workbook back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from pmo_analytics.loading.load import load
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.workbook import workbook_bytes
from pmo_analytics.sample import sample_data, sample_settings
from pmo_analytics.schemas.results import Finding, Quarantined, empty_result
from pmo_analytics.schemas.source import FileResult, Source
from pmo_analytics.schemas.tables import table

AS_OF = pd.Timestamp("2026-06-30")
EARLIER = pd.Timestamp("2026-05-31")


def typed(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A typed frame of a table from a few of its columns."""
    dtypes = table(name).dtypes()
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def result(model: Any, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A frame of a result model; text columns are objects, so that any text can be in them."""
    empty = empty_result(model)
    return pd.DataFrame([dict.fromkeys(empty, "") | row for row in rows], columns=list(empty), dtype="object")


def project(number: int, **more: Any) -> dict[str, Any]:
    """A row of projects."""
    return {
        "project_id": f"P{number:03}",
        "period": AS_OF,
        "project_name": f"Project {number}",
        "programme_id": "RAIL" if number % 2 else None,
        "department": "Transport" if number < 3 else "Health",
        "baseline_start": pd.Timestamp("2025-01-01"),
        "baseline_finish": pd.Timestamp("2026-12-31"),
        "wlc_budget": 5e6 * number,
        "currency": "GBP",
        **more,
    }


def status(number: int, **more: Any) -> dict[str, Any]:
    """A row of status; the first project is fine, the second spends too much."""
    return {
        "project_id": f"P{number:03}",
        "period": AS_OF,
        "rag_overall": "green",
        "rag_reported": "green",
        "rag_scale": "three_point",
        "pv": 1e6,
        "ev": 1e6,
        "ac": 1e6 if number != 2 else 1.3e6,
        "bac": 4e6,
        "forecast_finish": pd.Timestamp("2026-12-31"),
        "currency": "GBP",
        **more,
    }


@pytest.fixture(scope="session")
def small() -> Portfolio:
    """Three projects over two periods: one fine, one watermelon, one without any figure."""
    unknown = dict.fromkeys(("rag_overall", "rag_reported", "pv", "ev", "ac", "bac", "forecast_finish"))
    tables = {
        "projects": typed("projects", [project(1), project(2), project(3), project(9, period=EARLIER)]),
        "status": typed("status", [status(1), status(2), status(3, **unknown), status(9, period=EARLIER)]),
    }
    source = Source(
        key="s1",
        path="exports/status-2026-06.xlsx",
        sheet="Status",
        digest="ab" * 32,
        profile="generic",
        row_is="project",
        tables=("projects", "status"),
        header_row=5,
        period="2026-06",
        period_origin="taken from the file name",
        unmapped=("=Mood",),
    )
    refused = {"code": "EMPTY_FILE", "message": "It has no cells.", "sheet": None, "cell": None}
    finding = {
        "severity": "error",
        "code": "ERROR_CELL",
        "value": "#REF!",
        "message": "an error",
        "cell": "F7",
    }
    row = {"severity": "error", "code": "MISSING_KEY", "row": 27.0, "raw": "ID = ; AC = 3"}
    return Portfolio(
        tables=tables,
        as_of=AS_OF,
        delivered=frozenset(tables),
        findings=result(Finding, [finding]),
        quarantine=result(Quarantined, [row]),
        sources=(source,),
        files=(
            FileResult("exports/status-2026-06.xlsx", "loaded", None, 4, 3, 1, 0),
            FileResult("exports/empty.xlsx", "refused", refused),
        ),
    )


@pytest.fixture(scope="session")
def empty() -> Portfolio:
    """A portfolio of nothing."""
    return Portfolio(tables={}, as_of=AS_OF)


@pytest.fixture
def make() -> Callable[..., Portfolio]:
    """A portfolio from rows of projects and status."""

    def made(projects: list[dict[str, Any]], statuses: list[dict[str, Any]], **more: Any) -> Portfolio:
        tables = {"projects": typed("projects", projects), "status": typed("status", statuses)}
        return Portfolio(tables=tables, as_of=AS_OF, delivered=frozenset(tables), **more)

    return made


def sheet_rows(content: bytes, sheet: str) -> list[list[Any]]:
    """The cells of a sheet as calamine reads them, from A1 on."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def sheet_table(content: bytes, sheet: str, header: int) -> pd.DataFrame:
    """The table below a header row, counted from 0."""
    rows = sheet_rows(content, sheet)
    return pd.DataFrame(rows[header + 1 :], columns=rows[header])


def opened(content: bytes) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def parts(content: bytes) -> dict[str, str]:
    """The XML parts of the file, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


@pytest.fixture(scope="session")
def sample_portfolio() -> Portfolio:
    """The sample delivery, loaded with its settings."""
    return load(sample_data(), config=sample_settings())


@pytest.fixture(scope="session")
def sample_contents(sample_portfolio: Portfolio) -> Contents:
    """What the report on the sample says."""
    return contents(sample_portfolio)


@pytest.fixture(scope="session")
def sample_workbook(sample_contents: Contents) -> bytes:
    """The workbook of the sample."""
    return workbook_bytes(sample_contents)
