from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from pmo_analytics.errors import ReportError
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report import grid
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.format import amount_pattern
from pmo_analytics.report.format import make_formats as grid_formats
from pmo_analytics.report.listings import projects
from pmo_analytics.report.listings.listing import Field
from pmo_analytics.report.sheets.listing import HEADER_ROW
from pmo_analytics.report.texts import TextCount
from pmo_analytics.report.wording import amount_words
from pmo_analytics.report.workbook import SHEETS, workbook_bytes, write_report
from pmo_analytics.schemas.results import Finding

from .conftest import AS_OF, opened, parts, project, result, sheet_rows, sheet_table, status

LISTED = [
    "RAG matrix",
    "RAG reasons",
    "Projects",
    "Milestones",
    "Risks",
    "Issues",
    "Decisions",
    "Quality scores",
    "Data quality",
    "Quarantine",
    "Definitions",
]
DRAWN = ["Summary", "Programmes", "Trends", "Exposure", "Sources"]


@pytest.fixture(scope="module")
def made_small(small: Portfolio) -> Contents:
    return contents(small)


@pytest.fixture(scope="module")
def written(made_small: Contents) -> bytes:
    return workbook_bytes(made_small)


def test_the_path_comes_back_and_the_sheets_are_there(small: Portfolio, tmp_path: Path) -> None:
    path = write_report(small, str(tmp_path / "june.xlsx"), title="June")
    assert path == tmp_path / "june.xlsx"
    book = opened(path.read_bytes())
    assert book.sheetnames == list(SHEETS)
    assert book.properties.title == "June"
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy


def test_the_same_portfolio_gives_the_same_bytes(small: Portfolio, written: bytes) -> None:
    assert workbook_bytes(contents(small)) == written


def test_project_figures_are_those_of_measure(made_small: Contents, written: bytes) -> None:
    rated = made_small.projects
    shown = sheet_table(written, "Projects", HEADER_ROW)
    assert shown["Project ID"].tolist() == rated["project_id"].tolist()
    headings = [h for h in shown if h not in ("Project ID", "Project name", "Programme", "Department")]
    figures = [h for h in headings if h not in ("Why not available", "Dimensions rated")][3:]
    assert len(figures) == len(projects.FIGURES)
    for heading, name in zip(figures, projects.FIGURES, strict=True):
        expected = ["n/a" if pd.isna(value) else value for value in rated[name]]
        assert shown[heading].tolist() == expected, name


def test_colours_are_written_with_their_letters(written: bytes) -> None:
    shown = sheet_table(written, "Projects", HEADER_ROW)
    assert shown["Reported colour"].tolist() == ["G Green", "G Green", "X Not rated"]
    assert shown["Computed colour"].tolist() == ["G Green", "R Red", "X Not rated"]
    assert shown["Reported against computed"].tolist() == ["agrees", "watermelon", "cannot be compared"]
    assert "no data: BAC, PV, EV, AC" in shown["Why not available"].iloc[2]


def test_reasons_findings_quarantine_and_sources_are_there(written: bytes) -> None:
    said = sheet_table(written, "RAG reasons", HEADER_ROW)
    assert "CPI 0.77 is below 0.90: red" in said["Why"].tolist()
    assert said.loc[said["Dimension"] == "overall", "Figure"].tolist() == ["", "", ""]
    assert sheet_table(written, "Data quality", HEADER_ROW)["Cell"].tolist() == ["F7"]
    assert sheet_table(written, "Quarantine", HEADER_ROW)[["Row", "Raw values"]].values.tolist() == [
        [27.0, "ID = ; AC = 3"]
    ]
    cells = [cell for row in sheet_rows(written, "Sources") for cell in row]
    for expected in ("exports/empty.xlsx", "It has no cells.", "ab" * 6, "=Mood", "taken from the file name"):
        assert expected in cells


def test_groups_are_those_of_roll_up(made_small: Contents, written: bytes) -> None:
    rows = sheet_rows(written, "Programmes")
    at = next(i for i, row in enumerate(rows) if row[0] == "Department") + 1
    frame = made_small.departments
    figures = ("projects", "bac", "eac_cpi", "vac", "eac_reported", "overspend", "cpi", "spi")
    states = ("green", "amber", "red", "unknown")
    counts = [f"{view}_{state}" for view in ("reported", "computed") for state in states]
    for row, expected in zip(rows[at : at + len(frame)], frame.to_dict("records"), strict=True):
        wanted = [expected[name] for name in ("department", *figures, *counts)]
        assert row[: len(wanted)] == ["n/a" if pd.isna(value) else value for value in wanted]
    assert any(row[0] == "none given" for row in rows)


@pytest.mark.parametrize("name", [*LISTED, *DRAWN])
def test_every_sheet_can_be_printed_and_scrolled(written: bytes, name: str) -> None:
    sheet = opened(written)[name]
    one_page = name in ("Summary", "Trends")
    assert (sheet.page_setup.orientation == "portrait") is (name == "Trends")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, None if one_page else 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes or name == "Summary"
    if name in LISTED:
        assert sheet.print_title_rows == f"${HEADER_ROW + 1}:${HEADER_ROW + 1}"


@pytest.mark.parametrize(
    "name", ["RAG matrix", "RAG reasons", "Projects", "Data quality", "Quarantine", "Definitions"]
)
def test_every_list_is_a_table_with_filters(written: bytes, name: str) -> None:
    tables = opened(written)[name].tables
    assert [table.ref.split(":")[0] for table in tables.values()] == [f"A{HEADER_ROW + 1}"]
    assert all(table.autoFilter is not None for table in tables.values())


@pytest.mark.parametrize(("sheet", "columns"), [("Projects", 2), ("RAG reasons", 1), ("RAG matrix", 5)])
def test_colour_cells_are_painted_by_their_words(written: bytes, sheet: str, columns: int) -> None:
    ranges = opened(written)[sheet].conditional_formatting
    rules = [rule.text for area in ranges for rule in area.rules]
    labels = ["G Green", "AG Amber/Green", "A Amber", "AR Amber/Red", "R Red", "X Not rated"]
    assert sorted(rules) == sorted(labels * columns)


@pytest.mark.parametrize("sheet", ["RAG matrix", "RAG reasons", "Projects"])
def test_every_colour_says_why_in_a_note(written: bytes, sheet: str) -> None:
    labels = ("G Green", "A Amber", "R Red", "X Not rated")
    cells = [cell for row in opened(written)[sheet].iter_rows() for cell in row if cell.value in labels]
    assert cells
    assert all(cell.comment and cell.comment.text.strip() for cell in cells)


def test_charts_have_words_and_a_series_per_colour(written: bytes) -> None:
    files = parts(written)
    charts = {name: xml for name, xml in files.items() if name.startswith("xl/charts/chart")}
    drawings = "".join(xml for name, xml in files.items() if name.startswith("xl/drawings/drawing"))
    assert drawings.count("<xdr:graphicFrame") == len(charts)
    assert len(re.findall(r'<xdr:cNvPr [^>]*descr="[^"]{20,}"', drawings)) == len(charts)
    reported = next(xml for xml in charts.values() if "Reported colours by month" in xml)
    assert reported.count("<c:ser>") == 4
    for colour in ("00705A", "FFC425", "A3122B"):
        assert f'srgbClr val="{colour}"' in reported
    assert 'pattFill prst="wdUpDiag"' in reported


def test_amounts_show_millions_and_undefined_figures_are_grey(written: bytes) -> None:
    sheet = opened(written)["Projects"]
    headings = {cell.value: cell.column for cell in sheet[HEADER_ROW + 1]}
    first, last = HEADER_ROW + 2, HEADER_ROW + 4
    amount, missing = (sheet.cell(row, headings["BAC (GBP)"]) for row in (first, last))
    assert amount.number_format.startswith('#,##0.0,,"m"')
    assert sheet.cell(first, headings["% complete"]).number_format in ("0.0%", "General")
    assert (missing.value, missing.font.color.rgb) == ("n/a", "FF6F6F6F")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_and_undefined_portfolios_are_written(make: Callable[..., Portfolio], count: int) -> None:
    numbers = range(1, count + 1)
    bare: list[dict[str, Any]] = [{"project_id": f"P{n}", "period": AS_OF} for n in numbers]
    content = workbook_bytes(contents(make(bare, bare)))
    assert opened(content).sheetnames == list(SHEETS)
    assert len(sheet_table(content, "Projects", HEADER_ROW)) == count
    assert any(name.startswith("xl/charts/chart") for name in parts(content)) is (count > 0)
    if count:
        shown = sheet_table(content, "Projects", HEADER_ROW)
        assert set(shown["Computed colour"]) == {"X Not rated"}
        assert set(shown["CPI"]) == {"n/a"}
        assert "BAC (currency not stated)" in shown


def test_text_that_no_cell_can_hold_is_mended_and_counted(make: Callable[..., Portfolio]) -> None:
    mended = {
        "a\x00\x07b": "a\ufffd\ufffdb",
        "\ufffe": "\ufffd",
        "\ud800x": "\ufffdx",
        "z" * 40_000: "z" * 32_766 + "…",
    }
    findings = result(Finding, [{"severity": "error", "value": text} for text in mended])
    content = workbook_bytes(contents(make([project(1)], [status(1)], findings=findings)))
    shown = sheet_table(content, "Data quality", HEADER_ROW)
    assert shown["Value"].tolist() == list(mended.values())
    note = sheet_rows(content, "Data quality")[2][0]
    assert "3 texts had characters replaced" in note
    assert "1 were cut" in note


#: The rows that a made-up sheet holds: the definitions, one for each metric, fit with room to spare.
ROOM = len(CATALOGUE) + 60


@pytest.mark.parametrize(("rows", "fits"), [(ROOM, True), (ROOM + 1, False)])
def test_rows_that_do_not_fit_are_refused(
    make: Callable[..., Portfolio], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, fits: bool
) -> None:
    findings = result(Finding, [{"severity": "error", "value": str(n)} for n in range(rows)])
    made = make([project(1)], [status(1)], findings=findings)
    monkeypatch.setattr(grid, "SHEET_ROWS", HEADER_ROW + 1 + ROOM)
    if fits:
        content = write_report(made, tmp_path / "june.xlsx").read_bytes()
        shown = sheet_table(content, "Data quality", HEADER_ROW)
        assert shown["Value"].tolist() == findings["value"].tolist()
        return
    with pytest.raises(ReportError, match=rf"sheet Data quality: {ROOM + 1} rows do not fit"):
        write_report(made, tmp_path / "june.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_write_leaves_the_old_report(
    small: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Any) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "june.xlsx"
    path.write_bytes(b"the old report")
    monkeypatch.setattr(xlsxwriter.Workbook, "close", fail)
    with pytest.raises(ReportError, match="No space left"):
        write_report(small, path)
    assert path.read_bytes() == b"the old report"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (pd.Timestamp("1899-12-31"), "1899-12-31"),
        (pd.Timestamp("1900-02-28"), "1900-02-28"),
        (pd.Timestamp("2026-06-30"), pd.Timestamp("2026-06-30").to_pydatetime()),
        (pd.NaT, None),
    ],
)
def test_dates_before_the_calendar_of_excel_are_text(value: Any, shown: Any) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = grid.Page(book.add_worksheet("x"), grid_formats(book), TextCount())
    frame = pd.DataFrame({"day": pd.Series([value], dtype="datetime64[us]")})
    grid.write_table(page, frame, [Field("day", "Day", "date")], top=0)
    book.close()
    assert opened(buffer.getvalue())["x"]["A2"].value == shown


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (2.5e9, "2,500.0m"),
        (1e6, "1.0m"),
        (40_000.0, "40,000"),
        (0.0, "0"),
        (0.1, "0.10"),
        (-900.0, "-900"),
        (-2e6, "-2.0m"),
    ],
)
def test_an_amount_has_its_own_scale_and_the_words_of_the_page(amount: float, words: str) -> None:
    assert amount_words(amount) == words
    shown = {"m": amount / 1e6}.get(words[-1], amount)
    pattern = amount_pattern(amount)
    assert pattern.endswith('"m"') is words.endswith("m")
    decimals = len(pattern.split(";")[0].partition(".")[2].rstrip(',"m'))
    assert f"{shown:,.{decimals}f}" == words.removesuffix("m")


def test_small_amounts_beside_large_ones_are_not_nought(make: Callable[..., Portfolio]) -> None:
    big, small = {"bac": 500e6}, {"bac": 40_000.0, "pv": 9e3, "ev": 9e3, "ac": 9e3}
    made = make([project(1), project(2)], [status(1, **big), status(2, **small)])
    sheet = opened(workbook_bytes(contents(made)))["Projects"]
    cells = {cell.value: cell for row in sheet.iter_rows(min_row=5) for cell in row}
    assert cells[500e6].number_format.endswith('"m"')
    assert cells[40_000].number_format == "#,##0;-#,##0"
