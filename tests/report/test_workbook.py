from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from pmo_analytics.errors import ReportError
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report import grid
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.format import make_formats as grid_formats
from pmo_analytics.report.sheets import projects, quality, reasons, summary
from pmo_analytics.report.texts import TextCount
from pmo_analytics.report.workbook import workbook_bytes, write_report
from pmo_analytics.schemas.results import Finding

from .conftest import AS_OF, opened, parts, project, result, sheet_rows, sheet_table, status

SHEETS = ["Summary", "Projects", "RAG reasons", "Data quality", "Quarantine", "Sources"]

HOSTILE = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://evil.example")',
    "{=1}",
    "+1",
    "-1",
    "@SUM(1)",
    "\tx",
    "http://evil.example",
    "mailto:a@b.example",
    "internal:Sheet2!A1",
    "external:c:\\x.xlsx",
    "file:///etc/passwd",
    "http://x/" + "y" * 3_000,
    "_x0041_",
    "<b>&amp;</b>",
    "123",
    "#REF!",
]


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
    assert book.sheetnames == SHEETS
    assert book.properties.title == "June"
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy


def test_the_same_portfolio_gives_the_same_bytes(small: Portfolio, written: bytes) -> None:
    assert workbook_bytes(contents(small)) == written


def test_project_figures_are_those_of_measure(made_small: Contents, written: bytes) -> None:
    rated = made_small.projects
    shown = sheet_table(written, "Projects", projects.HEADER_ROW)
    assert shown["Project ID"].tolist() == rated["project_id"].tolist()
    headings = [h for h in shown if h not in ("Project ID", "Project name", "Programme", "Department")]
    figures = [h for h in headings if h not in ("Why not available", "Dimensions rated")][3:]
    assert len(figures) == len(projects.FIGURES)
    for heading, name in zip(figures, projects.FIGURES, strict=True):
        expected = ["n/a" if pd.isna(value) else value for value in rated[name]]
        assert shown[heading].tolist() == expected, name


def test_colours_are_written_with_their_letters(written: bytes) -> None:
    shown = sheet_table(written, "Projects", projects.HEADER_ROW)
    assert shown["Reported colour"].tolist() == ["G Green", "G Green", "X Not rated"]
    assert shown["Computed colour"].tolist() == ["G Green", "R Red", "X Not rated"]
    assert shown["Reported against computed"].tolist() == ["agrees", "watermelon", "cannot be compared"]
    assert "no data: BAC, PV, EV, AC" in shown["Why not available"].iloc[2]


def test_totals_are_those_of_roll_up_and_say_what_they_are_made_of(
    made_small: Contents, written: bytes
) -> None:
    rows = sheet_rows(written, "Summary")
    at = next(i for i, row in enumerate(rows) if row[0] == "Figure") + 1
    shown = {row[0]: row[1:3] for row in rows[at : at + len(summary.TOTALS)]}
    whole = made_small.totals.iloc[0]
    expected = ["n/a" if pd.isna(whole[name]) else whole[name] for name in summary.TOTALS]
    assert [value for value, _ in shown.values()] == expected
    assert shown["BAC (GBP)"] == [8e6, "from 2 of 3 projects (100% of known BAC)"]
    assert shown["CPI"][0] == pytest.approx(2 / 2.3)
    assert shown["Open high risks"] == ["n/a", "no data"]


def test_summary_says_how_many_reported_and_what_moved(written: bytes) -> None:
    text = sheet_rows(written, "Summary")[2][0]
    assert text.startswith("3 projects, 3 reported; since May 2026: 3 joined, 1 left")


def test_groups_are_those_of_roll_up(made_small: Contents, written: bytes) -> None:
    rows = sheet_rows(written, "Summary")
    at = next(i for i, row in enumerate(rows) if row[0] == "Department") + 1
    frame = made_small.departments
    for row, expected in zip(rows[at : at + len(frame)], frame.to_dict("records"), strict=True):
        figures = [expected[n] for n in ("department", "projects", "bac", "eac_cpi", "vac", "cpi", "spi")]
        counts = [
            expected[f"{v}_{c}"]
            for v in ("reported", "computed")
            for c in ("green", "amber", "red", "unknown")
        ]
        assert row == ["n/a" if pd.isna(value) else value for value in [*figures, *counts]]
    assert any(row[0] == "none given" for row in rows)


def test_reasons_findings_quarantine_and_sources_are_there(written: bytes) -> None:
    said = sheet_table(written, "RAG reasons", reasons.HEADER_ROW)
    assert "CPI 0.77 is below 0.90: red" in said["Why"].tolist()
    assert said.loc[said["Dimension"] == "overall", "Figure"].tolist() == ["", "", ""]
    assert sheet_table(written, "Data quality", quality.HEADER_ROW)["Cell"].tolist() == ["F7"]
    assert sheet_table(written, "Quarantine", quality.HEADER_ROW)[["Row", "Raw values"]].values.tolist() == [
        [27.0, "ID = ; AC = 3"]
    ]
    cells = [cell for row in sheet_rows(written, "Sources") for cell in row]
    for expected in ("exports/empty.xlsx", "It has no cells.", "ab" * 6, "=Mood", "taken from the file name"):
        assert expected in cells


def test_every_table_can_be_filtered_scrolled_and_printed(written: bytes) -> None:
    book = opened(written)
    for name in SHEETS:
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes
    for name, header in (("Projects", 3), ("RAG reasons", 3), ("Data quality", 4), ("Quarantine", 4)):
        assert book[name].auto_filter.ref.startswith(f"A{header}:")
        assert book[name].print_title_rows == f"${header}:${header}"


@pytest.mark.parametrize(("sheet", "columns"), [("Projects", 2), ("RAG reasons", 1)])
def test_colour_cells_are_painted_by_their_words(written: bytes, sheet: str, columns: int) -> None:
    ranges = opened(written)[sheet].conditional_formatting
    rules = [rule.formula[0] for area in ranges for rule in area.rules]
    labels = ["G Green", "AG Amber/Green", "A Amber", "AR Amber/Red", "R Red", "X Not rated"]
    assert sorted(rules) == sorted([f'"{label}"' for label in labels] * columns)


def test_amounts_show_millions_and_undefined_figures_are_grey(written: bytes) -> None:
    sheet = opened(written)["Projects"]
    headings = {cell.value: cell.column for cell in sheet[projects.HEADER_ROW + 1]}
    first, last = projects.HEADER_ROW + 2, projects.HEADER_ROW + 4
    amount, missing = (sheet.cell(row, headings["BAC (GBP)"]) for row in (first, last))
    assert amount.number_format.startswith('#,##0.0,,"m"')
    assert sheet.cell(first, headings["% complete"]).number_format in ("0.0%", "General")
    assert (missing.value, missing.font.color.rgb) == ("n/a", "FF6F6F6F")


def test_the_one_chart_has_a_series_per_colour_and_words(written: bytes) -> None:
    files = parts(written)
    charts = [name for name in files if name.startswith("xl/charts/chart")]
    assert len(charts) == 1
    chart = files[charts[0]]
    assert chart.count("<c:ser>") == 4
    for colour in ("00705A", "FFC425", "A3122B"):
        assert f'srgbClr val="{colour}"' in chart
    assert 'pattFill prst="wdUpDiag"' in chart
    drawing = files["xl/drawings/drawing1.xml"]
    assert (
        "reported: Green 2, Amber 0, Red 0, Not rated 1; computed: Green 1, Amber 0, Red 1, Not rated 1"
        in drawing
    )


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_and_undefined_portfolios_are_written(make: Callable[..., Portfolio], count: int) -> None:
    numbers = range(1, count + 1)
    bare: list[dict[str, Any]] = [{"project_id": f"P{n}", "period": AS_OF} for n in numbers]
    content = workbook_bytes(contents(make(bare, bare)))
    assert opened(content).sheetnames == SHEETS
    assert len(sheet_table(content, "Projects", projects.HEADER_ROW)) == count
    assert any(name.startswith("xl/charts/chart") for name in parts(content)) is (count > 0)
    if count:
        shown = sheet_table(content, "Projects", projects.HEADER_ROW)
        assert set(shown["Computed colour"]) == {"X Not rated"}
        assert set(shown["CPI"]) == {"n/a"}
        assert "BAC (currency not stated)" in shown


def test_mixed_currencies_have_no_total_and_a_table_of_their_own(make: Callable[..., Portfolio]) -> None:
    made = make([project(1), project(2, currency="EUR")], [status(1), status(2, currency="EUR")])
    content = workbook_bytes(contents(made))
    rows = sheet_rows(content, "Summary")
    total = next(row for row in rows if row[0] == "BAC (several currencies)")
    assert total[1:3] == ["n/a", "several currencies"]
    at = next(i for i, row in enumerate(rows) if row[0] == "By currency")
    assert [row[0] for row in rows[at + 2 : at + 4]] == ["EUR", "GBP"]
    assert sheet_table(content, "Projects", projects.HEADER_ROW)["Currency"].tolist() == ["GBP", "EUR"]


def test_text_from_data_stays_text(make: Callable[..., Portfolio]) -> None:
    findings = [{"severity": "error", "value": text, "message": text, "file": text} for text in HOSTILE]
    made = make(
        [
            project(1, project_id=text, project_name=text, programme_id=text, department=text)
            for text in HOSTILE
        ],
        [status(1, project_id=text, narrative=text) for text in HOSTILE],
        findings=result(Finding, findings),
    )
    content = workbook_bytes(contents(made, title="=1+1"))
    summary_cells = [row[0] for row in sheet_rows(content, "Summary")]
    assert summary_cells[0] == "=1+1"
    assert set(HOSTILE) <= set(summary_cells)
    shown = sheet_table(content, "Projects", projects.HEADER_ROW)
    for heading in ("Project ID", "Project name", "Programme", "Department"):
        assert shown[heading].tolist() == sorted(HOSTILE)
    found = sheet_table(content, "Data quality", quality.HEADER_ROW)
    assert found[["Value", "What is wrong", "File"]].values.tolist() == [[text] * 3 for text in HOSTILE]
    files = parts(content)
    assert not any("<f>" in xml or "<f " in xml for name, xml in files.items() if "worksheets/sheet" in name)
    assert not any("hyperlink" in xml for name, xml in files.items() if "worksheets/" in name)


def test_text_that_no_cell_can_hold_is_mended_and_counted(make: Callable[..., Portfolio]) -> None:
    mended = {
        "a\x00\x07b": "a\ufffd\ufffdb",
        "\ufffe": "\ufffd",
        "\ud800x": "\ufffdx",
        "z" * 40_000: "z" * 32_766 + "…",
    }
    findings = result(Finding, [{"severity": "error", "value": text} for text in mended])
    content = workbook_bytes(contents(make([project(1)], [status(1)], findings=findings)))
    shown = sheet_table(content, "Data quality", quality.HEADER_ROW)
    assert shown["Value"].tolist() == list(mended.values())
    note = sheet_rows(content, "Data quality")[2][0]
    assert "3 texts had characters replaced" in note
    assert "1 were cut" in note


@pytest.mark.parametrize(("rows", "fits"), [(60, True), (61, False)])
def test_rows_that_do_not_fit_are_refused(
    make: Callable[..., Portfolio], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, fits: bool
) -> None:
    findings = result(Finding, [{"severity": "error", "value": str(n)} for n in range(rows)])
    made = make([project(1)], [status(1)], findings=findings)
    monkeypatch.setattr(grid, "SHEET_ROWS", quality.HEADER_ROW + 1 + 60)
    if fits:
        content = write_report(made, tmp_path / "june.xlsx").read_bytes()
        shown = sheet_table(content, "Data quality", quality.HEADER_ROW)
        assert shown["Value"].tolist() == findings["value"].tolist()
        return
    with pytest.raises(ReportError, match=r"sheet Data quality: 61 rows do not fit"):
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
    grid.write_table(page, frame, [grid.Field("day", "Day", "date")], top=0)
    book.close()
    assert opened(buffer.getvalue())["x"]["A2"].value == shown
