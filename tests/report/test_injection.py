"""Text from data is text wherever it comes out in the workbook: never a formula, never a link."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report.contents import contents
from pmo_analytics.report.sheets.listing import HEADER_ROW
from pmo_analytics.report.workbook import SHEETS, workbook_bytes
from pmo_analytics.schemas.results import Finding, Quarantined
from pmo_analytics.schemas.source import FileResult, Source

from .conftest import AS_OF, EARLIER, opened, parts, project, result, sheet_table, status, typed

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

#: What a formula of ours is made of: functions, cells, sheets, numbers, and labels of colours in quotes.
OURS = re.compile(
    r"(?:IF|AND|SUM|SUMIFS|COUNTIF|COUNTIFS|ROWS|\$?[A-Z]{1,2}\$?\d+|'(?:Projects|Risks)'!|[-+*/(),:<>=]|\d+"
    r'|"(?:[A-Z]{1,2} [A-Z][A-Za-z/ ]+\*|[A-Z]{3}|open|<>opportunity)")+'
)


def _rows(count: int, **texts: list[str]) -> list[dict[str, Any]]:
    return [{"period": AS_OF} | {name: values[at] for name, values in texts.items()} for at in range(count)]


def _hostile() -> Portfolio:
    """A portfolio with the payloads in every column of text that a sheet shows."""
    texts, count = HOSTILE, len(HOSTILE)
    many = {"entity_id": texts, "title": texts, "owner": texts}
    rows = [project(1, project_id=t, project_name=t, programme_id=t, department=t, currency=t) for t in texts]
    reports = [
        status(
            1, project_id=t, rag_overall="red", rag_reported="red", path_to_green=t, path_owner=t, currency=t
        )
        for t in texts
    ]
    left = project(1, project_id="gone", project_name="=1+1", period=EARLIER)
    tables = {
        "projects": typed("projects", [*rows, left]),
        "status": typed("status", [*reports, status(1, project_id="gone", period=EARLIER)]),
        "milestones": typed(
            "milestones",
            _rows(count, milestone_id=texts, entity_id=texts, name=texts, owner=texts, gate_code=texts),
        ),
        "risks": typed("risks", _rows(count, risk_id=texts, category=texts, status=["open"] * count, **many)),
        "issues": typed(
            "issues", _rows(count, issue_id=texts, resolution=texts, status=["open"] * count, **many)
        ),
        "decisions": typed(
            "decisions",
            _rows(
                count,
                decision_id=texts,
                entity_id=texts,
                title=texts,
                board=texts,
                consequence=texts,
                decider=texts,
                currency=texts,
            ),
        ),
    }
    findings = [{"severity": "error", **dict.fromkeys(_TEXTS, text)} for text in texts]
    raw = [
        {"severity": "error", "message": text, "file": text, "sheet": text, "raw": text, "row": 2.0}
        for text in texts
    ]
    source = Source(
        key="s1",
        path=texts[0],
        sheet=texts[1],
        digest="ab" * 32,
        profile="generic",
        row_is="project",
        tables=("projects",),
        header_row=1,
        period="2026-06",
        period_origin=texts[2],
        unmapped=tuple(texts),
    )
    return Portfolio(
        tables=tables,
        as_of=AS_OF,
        delivered=frozenset(tables),
        findings=result(Finding, findings),
        quarantine=result(Quarantined, raw),
        sources=(source,),
        files=tuple(FileResult(text, "loaded", None, 1, 1, 0, 0) for text in texts),
    )


_TEXTS = ("value", "message", "file", "sheet", "entity_id", "key")


@pytest.fixture(scope="module", params=HOSTILE[:1])
def written(request: pytest.FixtureRequest) -> bytes:
    return workbook_bytes(contents(_hostile(), title=request.param, signed_off=request.param))


@pytest.mark.parametrize(
    ("sheet", "headings"),
    [
        ("Projects", ["Project ID", "Project name", "Programme", "Department", "Currency"]),
        ("RAG matrix", ["Project ID", "Project name", "Programme"]),
        ("RAG reasons", ["Project ID", "Project name"]),
        ("Milestones", ["Milestone ID", "Project or programme", "Milestone", "Owner", "Gate"]),
        ("Risks", ["Risk ID", "Project or programme", "Risk", "Category", "Owner"]),
        ("Issues", ["Issue ID", "Project or programme", "Issue", "Owner", "Resolution"]),
        (
            "Decisions",
            ["Decision ID", "Decision requested", "Who decides", "What waiting costs", "Decided by"],
        ),
        ("Data quality", ["Value", "What is wrong", "File", "Sheet", "Key", "Project or entity"]),
        ("Quarantine", ["Why", "File", "Sheet", "Raw values"]),
    ],
)
def test_every_text_comes_out_as_it_went_in(written: bytes, sheet: str, headings: list[str]) -> None:
    shown = sheet_table(written, sheet, HEADER_ROW)
    for heading in headings:
        assert set(shown[heading]) == set(HOSTILE), heading


def test_the_summary_shows_them_as_text(written: bytes) -> None:
    cells = [cell for row in opened(written)["Summary"].iter_rows() for cell in row if cell.value is not None]
    texts = [cell for cell in cells if any(str(cell.value).startswith(text) for text in HOSTILE)]
    assert len(texts) >= 5
    assert {cell.data_type for cell in texts} == {"s"}


def test_no_formula_and_no_link_is_made_from_them(written: bytes) -> None:
    files = parts(written)
    sheets = {name: xml for name, xml in files.items() if name.startswith("xl/worksheets/sheet")}
    formulas = [text for xml in sheets.values() for text in re.findall(r"<f>(.*?)</f>", xml)]
    unescaped = [text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for text in formulas]
    assert [text for text in unescaped if not OURS.fullmatch(text.replace("&quot;", '"'))] == []
    links = [link for xml in sheets.values() for link in re.findall(r"<hyperlink [^>]*>", xml)]
    assert links
    places = [re.search(r'location="\'([^\']+)\'!A\d+"', link) for link in links]
    assert all(place and place.group(1) in SHEETS for place in places)
    assert not any("r:id" in link for link in links)
    assert not any('TargetMode="External"' in xml for xml in files.values())
    assert not any("externalLink" in name or "vbaProject" in name for name in files)


def test_charts_take_no_formula_from_them(written: bytes) -> None:
    charts = "".join(xml for name, xml in parts(written).items() if name.startswith("xl/charts/chart"))
    cells = re.findall(r"<c:f>(.*?)</c:f>", charts)
    assert cells
    sheet = re.compile(r"(Programmes|Trends|Exposure)!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")
    assert [cell for cell in cells if not sheet.fullmatch(cell)] == []
