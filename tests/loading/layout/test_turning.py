"""Records in columns: fields in rows, a footnote as last row, addresses to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import pmo_analytics as pmo
from loading.layout.sheets import layouts, sheet
from pmo_analytics.loading.layout.turning import turned

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = [
    "Project ID|P1|P2|P3",
    "Project|A|B|C",
    "RAG|Green|Red|Amber",
    "PV|1|2|soon",
    "Baseline Finish|2026-01-31||",
]


@pytest.mark.parametrize(
    ("lines", "orientation"),
    [
        (FIELDS, "columns"),
        (["Report of the office", "", *FIELDS, "", "Costs are without tax"], "columns"),
        (["Project ID|Project|RAG|PV", "P1|A|Green|1"], "rows"),
        (["Column|Meaning", "Project ID|Identifier of a project", "Project|Its name", "PV|Planned value to date", "RAG|Colour of the project"], None),
    ],
)  # fmt: skip
def test_which_way_a_sheet_stands(lines: list[str], orientation: str | None) -> None:
    assert [one.orientation for one in layouts(sheet(*lines))] == ([orientation] if orientation else [])


def test_turning_twice_changes_nothing() -> None:
    found = sheet(*FIELDS, merged=((0, 1, 2, 1),), fills={(1, 2): "FF0000"}, hidden_rows=(1,))
    assert turned(turned(found)) == found


def test_records_in_columns_with_their_addresses(tmp_path: Path) -> None:
    path = tmp_path / "status-2026-06.csv"
    text = "\n".join(["Report", *FIELDS, "Costs are without tax"]).replace("|", ",")
    path.write_text(text, "utf-8")
    portfolio = pmo.load(path)
    assert portfolio.project_ids == ("P1", "P2", "P3")
    assert portfolio.status["pv"].tolist()[:2] == [1, 2]
    cells = portfolio.findings.set_index("code")["cell"]
    assert cells["UNREADABLE_MONEY"] == "D5"
    (file,) = portfolio.files
    assert (file.above, file.accepted, file.quarantined, file.empty, file.unrecognised) == (1, 3, 0, 0, 0)
