"""The charts that Excel draws: every series shows the column that its name says, over the rows that its title says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from pmo_analytics.charts.wording import CURRENCY
from pmo_analytics.report.wording import NOT_AVAILABLE
from pmo_analytics.rollups import RATED

from .conftest import opened, parts

#: How many charts of the sample stand on each sheet at least.
SHEETS = {"Programmes": 3, "Trends": 4, "Exposure": 3}


@dataclass(frozen=True)
class Span:
    """A column of cells that a chart refers to, counted from 1 as openpyxl does."""

    column: int
    first: int
    last: int


@pytest.fixture(scope="module")
def book(sample_workbook: bytes) -> Workbook:
    return opened(sample_workbook)


def title_of(chart: Any) -> str:
    return "".join(run.t for part in chart.title.tx.rich.p for run in part.r or [])


def span_of(reference: str, sheet: Worksheet) -> Span:
    """The cells of a reference; they are of the same sheet, and of one column."""
    name, _, cells = reference.rpartition("!")
    assert name.strip("'") == sheet.title
    left, top, right, bottom = range_boundaries(cells)
    assert left == right
    return Span(left, top, bottom)


def heading_row(sheet: Worksheet, span: Span) -> int:
    """The row of the headings: the nearest text above the values that stands for no figure."""
    row = span.first
    while not isinstance(value := sheet.cell(row, span.column).value, str) or value == NOT_AVAILABLE:
        row -= 1
        assert row, span
    return row


def rows_of(sheet: Worksheet, head: int, column: int) -> list[int]:
    """The rows of the table below a heading, as far as its column is filled."""
    row = head
    while sheet.cell(row + 1, column).value not in (None, ""):
        row += 1
    return list(range(head + 1, row + 1))


def columns_of(sheet: Worksheet, head: int) -> dict[str, int]:
    """The columns of the headings in a row."""
    return {str(cell.value): cell.column for cell in sheet[head] if cell.value}


def each(book: Workbook) -> list[tuple[Worksheet, Any, str]]:
    return [(sheet, chart, title_of(chart)) for sheet in book for chart in sheet._charts]


def test_every_series_draws_the_column_of_its_name(book: Workbook) -> None:
    drawn = 0
    for sheet, chart, title in each(book):
        view = title.split()[0].lower()
        for series in chart.series:
            drawn += 1
            name = series.tx.v
            values = span_of(series.val.numRef.f, sheet)
            heading = str(sheet.cell(heading_row(sheet, values), values.column).value)
            if view in RATED:
                assert heading == f"{view.capitalize()} {name}", title
            else:
                assert heading == name or heading.startswith(f"{name} "), title
    assert drawn >= 20


def test_every_series_covers_the_whole_table_or_the_part_of_its_currency(book: Workbook) -> None:
    for sheet, chart, title in each(book):
        for series in chart.series:
            values = span_of(series.val.numRef.f, sheet)
            words = span_of((series.cat.strRef or series.cat.numRef).f, sheet)
            head = heading_row(sheet, values)
            rows = rows_of(sheet, head, words.column)
            code = re.search(r"\(([^()]+)\)$", title)
            if code:
                currency = columns_of(sheet, head)[CURRENCY]
                rows = [row for row in rows if sheet.cell(row, currency).value == code.group(1)]
            assert rows, title
            assert list(range(values.first, values.last + 1)) == rows, title
            assert (words.first, words.last) == (values.first, values.last), title
            assert words.column < values.column
            named = [sheet.cell(row, words.column).value for row in rows]
            assert len(set(named)) == len(named), title
            assert all(isinstance(one, str) and one != NOT_AVAILABLE for one in named), title


def test_every_series_has_a_figure(book: Workbook) -> None:
    for sheet, chart, title in each(book):
        any_but_nought = False
        for series in chart.series:
            span = span_of(series.val.numRef.f, sheet)
            values = [sheet.cell(row, span.column).value for row in range(span.first, span.last + 1)]
            figures = [value for value in values if isinstance(value, int | float)]
            whole = rows_of(sheet, heading_row(sheet, span), span.column)
            anywhere = [row for row in whole if isinstance(sheet.cell(row, span.column).value, int | float)]
            assert figures or not anywhere, (title, series.tx.v)
            any_but_nought = any_but_nought or any(figures)
        assert any_but_nought, title


@pytest.mark.parametrize(("sheet", "least"), list(SHEETS.items()))
def test_every_chart_has_a_title_and_words_in_its_place(
    book: Workbook, sample_workbook: bytes, sheet: str, least: int
) -> None:
    titles = [title_of(chart) for chart in book[sheet]._charts]
    assert len(titles) >= least
    assert all(title.strip() for title in titles)
    assert len(set(titles)) == len(titles)
    files = parts(sample_workbook)
    number = book.sheetnames.index(sheet) + 1
    place = re.search(r"drawings/drawing\d+\.xml", files[f"xl/worksheets/_rels/sheet{number}.xml.rels"])
    assert place
    words = re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', files[f"xl/{place.group()}"])
    assert len(words) == len(titles)
    assert len(set(words)) == len(words)
    assert all(len(one.split()) >= 5 for one in words)
