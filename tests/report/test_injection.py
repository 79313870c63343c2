"""Text from data is text wherever it comes out: no live formula or link in a workbook, no script in a page."""

from __future__ import annotations

import re

import pytest

from pmo_analytics.report.contents import contents
from pmo_analytics.report.page import page_text, write_page_of
from pmo_analytics.report.sheets.listing import HEADER_ROW
from pmo_analytics.report.workbook import SHEETS, workbook_bytes

from .browser import Document, opened_page, without_scripts
from .conftest import opened, parts, sheet_table
from .hostile import hostile

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

_RUN = "document.documentElement.dataset.pwned=1"
MARKUP = [
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</textarea></style><script>{_RUN}</script>",
    f'"><script>{_RUN}</script>',
    f"'><script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f"<svg onload={_RUN}>",
    f'" onmouseover="{_RUN}" x="',
    f"<a href=javascript:{_RUN}>x</a>",
    "<a href='http://evil.example'>x</a>",
    "<iframe src='http://evil.example'></iframe>",
    f"<!--><script>{_RUN}</script>-->",
    f"]]><script>{_RUN}</script>",
    "{{7*7}}{% for x in y %}${7*7}",
    "%{customdata}%{x}<br>$x^2$",
    "&lt;script&gt;&#60;b&#62;",
    "\u202ereversed\u2028\u2029 =1+1",
]
#: What a formula of ours is made of: functions, cells, sheets, numbers, and labels of colours in quotes.
OURS = re.compile(
    r"(?:IF|AND|SUM|SUMIFS|COUNTIF|COUNTIFS|ROWS|\$?[A-Z]{1,2}\$?\d+|'(?:Projects|Risks)'!|[-+*/(),:<>=]|\d+"
    r'|"(?:[A-Z]{1,2} [A-Z][A-Za-z/ ]+\*|[A-Z]{3}|open|<>opportunity)")+'
)


@pytest.fixture(scope="module", params=HOSTILE[:1])
def written(request: pytest.FixtureRequest) -> bytes:
    return workbook_bytes(contents(hostile(HOSTILE), title=request.param, signed_off=request.param))


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


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Document]:
    """The page as it is written, and as Chromium has it after its scripts have run."""
    folder = tmp_path_factory.mktemp("page")
    made = contents(hostile(MARKUP), title=MARKUP[2], signed_off=MARKUP[0])
    path = write_page_of(made, folder / "report.html")
    written = Document(without_scripts(path.read_text(encoding="utf-8")))
    return written, Document(without_scripts(opened_page(path, folder)))


def test_nothing_of_theirs_runs_in_chromium(page: tuple[Document, Document]) -> None:
    for document in page:
        root = document.all("html")[0]
        assert "data-pwned" not in root
        assert document.all("iframe") == []
        links = [str(one.get("href") or one.get("xlink:href") or "#") for one in document.all("a")]
        assert [link for link in links if not link.startswith("#")] == []
        assert [name for _, at in document.elements for name in at if name.startswith("on")] == []
        assert not any(str(one.get("src", "")).startswith(("http", "x")) for _, one in document.elements)


def test_no_element_is_made_of_them(page: tuple[Document, Document]) -> None:
    written, _ = page
    plain = Document(without_scripts(page_text(contents(hostile([f"text {n}" for n in range(len(MARKUP))])))))
    tags = sorted(tag for tag, _ in written.elements)
    assert tags == sorted(tag for tag, _ in plain.elements)
    assert written.unbalanced == []


@pytest.mark.parametrize(
    ("table", "headings"),
    [
        ("Projects", ["Project ID", "Project name", "Programme", "Department", "Currency"]),
        ("RAG reasons", ["Project ID", "Project name"]),
        ("Milestones", ["Milestone ID", "Project or programme", "Milestone", "Owner", "Gate"]),
        ("Risks", ["Risk ID", "Risk", "Category", "Owner"]),
        ("Issues", ["Issue ID", "Issue", "Owner", "Resolution"]),
        ("Decisions", ["Decision ID", "Decision requested", "Who decides", "What waiting costs"]),
        ("Data quality", ["Value", "What is wrong", "File", "Sheet", "Key"]),
        ("Quarantine", ["Why", "File", "Sheet", "Raw values"]),
    ],
)
def test_every_text_is_read_as_it_was_written(
    page: tuple[Document, Document], table: str, headings: list[str]
) -> None:
    for document in page:
        head, *rows = document.tables[table]
        for heading in headings:
            assert {row[head.index(heading)] for row in rows} == set(MARKUP), heading


def test_every_chart_is_drawn_of_them(page: tuple[Document, Document]) -> None:
    written, shown = page
    places = [one for one in written.all("div") if "data-figure" in one]
    assert len([one for one in shown.all("svg") if one.get("class") == "main-svg"]) >= len(places)
