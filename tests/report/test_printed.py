"""The workbook of the sample as another program prints it and counts it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pmo_analytics.report.contents import Contents
from pmo_analytics.report.exposure import STEPS
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.every import LISTINGS
from pmo_analytics.report.listings.notes import REPORTED_NOTE
from pmo_analytics.report.sheets.listing import HEADER_ROW
from pmo_analytics.report.workbook import SHEETS

from .conftest import opened
from .office import converted, pages_of


@pytest.fixture(scope="module")
def file(sample_workbook: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("printed") / "report.xlsx"
    path.write_bytes(sample_workbook)
    return path


@pytest.fixture(scope="module")
def printed(file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The pages of every sheet, which stands in the foot of each."""
    sheets = openpyxl.load_workbook(file, read_only=True).sheetnames
    pages: dict[str, list[str]] = {name: [] for name in sheets}
    for page in pages_of(converted(file, "pdf", tmp_path_factory.mktemp("pdf"))):
        foot = re.search(r"^\s*(\S.*?)\s+Page \d+ of \d+\s*$", page, flags=re.M)
        assert foot, page[-300:]
        pages[foot.group(1)].append(page)
    return pages


def values_of(content: bytes) -> openpyxl.Workbook:
    """The workbook with the figures of its formulas in their place."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def test_every_sheet_is_printed(printed: dict[str, list[str]]) -> None:
    assert set(printed) > set(SHEETS)
    assert [name for name, pages in printed.items() if not pages] == []


def test_the_summary_and_the_trends_are_one_page_each(printed: dict[str, list[str]]) -> None:
    assert {name: len(printed[name]) for name in ("Summary", "Trends")} == {"Summary": 1, "Trends": 1}


def test_no_figure_is_too_wide_for_its_column(printed: dict[str, list[str]]) -> None:
    assert [name for name, pages in printed.items() if any("###" in page for page in pages)] == []


@pytest.mark.parametrize(
    ("sheet", "first", "last"),
    [
        ("RAG reasons", "Project ID", "Rule"),
        ("RAG matrix", "Project ID", "Risk"),
        ("Projects", "Project ID", "Why not available"),
        ("Milestones", "Milestone ID", "Owner"),
        ("Risks", "Risk ID", "Action due"),
        ("Issues", "Issue ID", "Resolution"),
        ("Decisions", "Decision ID", "Decided by"),
        ("Quality scores", "Project ID", "Submitted"),
        ("Data quality", "Severity", "Finding"),
        ("Definitions", "Figure", "Source"),
    ],
)
def test_every_page_has_the_header_from_its_first_to_its_last_column(
    printed: dict[str, list[str]], sheet: str, first: str, last: str
) -> None:
    for page in printed[sheet]:
        head = page[:2_500].replace("\n", " ")
        for word in (*first.split(), *last.split()):
            assert word in head


def test_lists_run_over_several_pages(printed: dict[str, list[str]]) -> None:
    assert len(printed["RAG reasons"]) > 1
    assert len(printed["Milestones"]) > 1


@pytest.mark.parametrize("sheet", ["Programmes", "Trends", "Exposure"])
def test_the_titles_of_the_charts_are_printed(
    printed: dict[str, list[str]], sample_workbook: bytes, sheet: str
) -> None:
    text = re.sub(r"\s+", " ", " ".join(printed[sheet]))
    charts = opened(sample_workbook)[sheet]._charts
    titles = ["".join(run.t for part in chart.title.tx.rich.p for run in part.r or []) for chart in charts]
    assert len(titles) >= 3
    assert [title for title in titles if title not in text] == []


def test_formulas_counted_anew_give_the_figures_shown(file: Path, tmp_path: Path) -> None:
    again = openpyxl.load_workbook(converted(file, "xlsx", tmp_path), data_only=True)
    shown = openpyxl.load_workbook(file, data_only=True)
    formulas = openpyxl.load_workbook(file)
    count, wrong = 0, []
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    old, new = (book[sheet.title][cell.coordinate].value for book in (shown, again))
                    if new != pytest.approx(old, rel=1e-9):
                        wrong.append((sheet.title, cell.coordinate, cell.value, old, new))
    assert wrong == []
    assert count >= 100


def test_the_summary_counts_over_the_projects(sample_workbook: bytes, sample_contents: Contents) -> None:
    sheet = opened(sample_workbook)["Summary"]
    formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sum("COUNTIF('Projects'!" in formula for formula in formulas) == 12
    assert sum("SUMIFS('Projects'!" in formula for formula in formulas) >= len(sample_contents.currency) * 9


def test_the_grid_of_risks_counts_over_the_sheet_of_risks(
    sample_workbook: bytes, sample_contents: Contents
) -> None:
    sheet, shown = opened(sample_workbook)[names.EXPOSURE], values_of(sample_workbook)[names.EXPOSURE]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(str(cell.value).startswith(f"=COUNTIFS('{names.RISKS}'!") for cell in cells)
    # Every area is as long as the list, and none of the cells counts what another does.
    last = HEADER_ROW + 1 + len(sample_contents.risks)
    areas = {
        area for cell in cells for area in re.findall(r"\$[A-Z]+\$(\d+):\$[A-Z]+\$(\d+)", str(cell.value))
    }
    assert areas == {(str(HEADER_ROW + 2), str(last))}
    assert len({cell.value for cell in cells}) == len(cells) == len(STEPS) ** 2
    top, left = min(cell.row for cell in cells), min(cell.column for cell in cells)
    grid = sample_contents.exposure.grid.to_numpy().tolist()
    counts = [
        [shown.cell(top + row, left + at).value for at in range(len(STEPS))] for row in range(len(STEPS))
    ]
    assert counts == grid
    assert sum(map(sum, grid)) > 0


@pytest.mark.parametrize("name", [names.MATRIX, names.PROJECTS])
def test_the_note_on_a_reported_colour_says_where_it_comes_from(
    sample_workbook: bytes, sample_contents: Contents, name: str
) -> None:
    sheet, projects = opened(sample_workbook)[name], sample_contents.projects
    fields = LISTINGS[name](sample_contents).fields
    column = next(at for at, field in enumerate(fields, start=1) if field.note_from == REPORTED_NOTE)
    key = next(at for at, field in enumerate(fields, start=1) if field.name == "project_id")
    rows = range(HEADER_ROW + 2, HEADER_ROW + 2 + len(projects))
    notes = {sheet.cell(row, key).value: sheet.cell(row, column).comment.text for row in rows}
    assert set(notes) == set(projects["project_id"])
    kinds = []
    for row in projects.to_dict("records"):
        note, carried = notes[row["project_id"]], row["carried_from"]
        silent = pd.isna(carried) and pd.isna(row["rag_reported"])
        kind = "carried" if not pd.isna(carried) else "silent" if silent else "reported"
        kinds.append(kind)
        # A carried colour is that of another month, and is not said to be of this one.
        assert ("carried forward from" in note) == (kind == "carried"), note
        if kind == "carried":
            assert f"{pd.Period(str(carried)):%b %Y}" in note
        assert note.startswith("No colour") == (kind == "silent"), note
        assert note.startswith("As reported") == (kind == "reported"), note
    assert set(kinds) == {"carried", "silent", "reported"}
