"""Workbooks at the edge are written, opened by another program, and say what they do not know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmo_analytics.report.contents import contents
from pmo_analytics.report.sheets.listing import HEADER_ROW
from pmo_analytics.report.workbook import SHEETS, workbook_bytes

from .conftest import opened, sheet_table
from .extremes import EXTREMES, LONG, MANY
from .office import converted, pages_of


@pytest.fixture(scope="module", params=list(EXTREMES))
def written(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    return request.param, workbook_bytes(contents(EXTREMES[request.param]()))


def test_it_is_written_and_libreoffice_opens_it(written: tuple[str, bytes], tmp_path: Path) -> None:
    name, content = written
    path = tmp_path / "report.xlsx"
    path.write_bytes(content)
    if name == "many":
        assert converted(path, "ods", tmp_path).stat().st_size > 100_000
        assert len(sheet_table(content, "Projects", HEADER_ROW)) == MANY
        assert len(sheet_table(content, "Milestones", HEADER_ROW)) == 3 * MANY
        return
    pages = pages_of(converted(path, "pdf", tmp_path))
    feet = [re.findall(r"(\S.*?)\s+Page \d+ of \d+", page)[-1] for page in pages]
    assert set(feet) == set(SHEETS)
    assert feet.count("Summary") == 1
    assert not any("###" in page for page in pages)


def test_unknown_is_never_nought_on_the_summary(written: tuple[str, bytes]) -> None:
    name, content = written
    sheet = opened(content)["Summary"]
    cells = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    if name == "undefined":
        money = [
            cells[f"{column}{row}"].value
            for column in "JKL"
            for row in range(16, 19)
            if f"{column}{row}" in cells
        ]
        assert money
        assert set(money) == {"n/a"}
    if name == "long names":
        texts = [cell for cell in cells.values() if str(cell.value).startswith(LONG[:20])]
        assert len(texts) >= 5
        assert all(str(cell.value).endswith("…") for cell in texts if len(str(cell.value)) < 300)
    assert sheet.max_row <= 40
