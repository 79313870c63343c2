"""Text from data is text wherever it comes out: no live formula or link in a workbook, no script in a page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pmo_analytics.charts.catalogue import CHARTS
from pmo_analytics.charts.house import LABEL_LENGTH
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.every import LISTINGS, listings
from pmo_analytics.report.listings.listing import Field
from pmo_analytics.report.listings.sources import FILES, SOURCES
from pmo_analytics.report.page import page_text, write_page_of
from pmo_analytics.report.sentences import stamp_words
from pmo_analytics.report.sheets.listing import HEADER_ROW
from pmo_analytics.report.texts import clean_text
from pmo_analytics.report.workbook import SHEETS, workbook_bytes

from .browser import Document, figure_texts, opened_page, without_scripts
from .conftest import AS_OF, opened, parts, sheet_rows, sheet_table
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
#: A chart takes a name with an exclamation mark for a reference; ours have the full-width one.
FULL_WIDTH = "\uff01"
#: What a formula of ours is made of: functions, cells, sheets, numbers, and labels of colours in quotes.
OURS = re.compile(
    r"(?:IF|AND|SUM|SUMIFS|COUNTIF|COUNTIFS|ROWS|\$?[A-Z]{1,2}\$?\d+|'(?:Projects|Risks)'!|[-+*/(),:<>=]|\d+"
    r'|"(?:[A-Z]{1,2} [A-Z][A-Za-z/ ]+\*|[A-Z]{3}|open|<>opportunity|[<>]=?[\d.]+)")+'
)


#: What tries to be a formula or a link goes into the page too, and what tries to be markup into the workbook.
ALL = [*HOSTILE, *MARKUP]


@pytest.fixture(scope="module")
def made() -> Contents:
    """A report with every payload in every text that can come out."""
    return contents(hostile(ALL), title=MARKUP[2], signed_off=MARKUP[0])


@pytest.fixture(scope="module")
def written(made: Contents) -> bytes:
    return workbook_bytes(replace(made, title=HOSTILE[0], signed_off=HOSTILE[0]))


@pytest.fixture(scope="module")
def bare() -> Contents:
    """A report on nothing, whose title and other words are replaced at little cost."""
    return contents(Portfolio(tables={}, as_of=AS_OF))


@pytest.fixture(scope="module")
def plain(bare: Contents) -> Document:
    """The page of the same report with plain words."""
    return page_without_figures(titled(bare, "Plain words"))


def page_without_figures(contents: Contents) -> Document:
    """The page but for its charts, which take time and say nothing of a title."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pmo_analytics.report.page.figures", lambda _: [])
        return Document(without_scripts(page_text(contents)))


def titled(bare: Contents, text: str) -> Contents:
    """The report with the text wherever one of the caller or of the settings comes out."""
    return replace(bare, title=text, signed_off=text, rule_set=text, rule_set_hash=text)


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
        assert set(shown[heading]) == set(ALL), heading


@pytest.mark.parametrize(
    ("fields", "headings"),
    [
        (FILES, ["File", "Why refused"]),
        (SOURCES, ["File", "Sheet", "Period found in", "Profile", "Headings not used"]),
    ],
)
def test_files_and_what_was_understood_of_them_come_out_as_they_went_in(
    written: bytes, fields: tuple[Field, ...], headings: list[str]
) -> None:
    rows = sheet_rows(written, "Sources")
    wanted = [field.heading for field in fields]
    top = next(at for at, row in enumerate(rows) if row[: len(wanted)] == wanted)
    shown = rows[top + 1 : top + 1 + len(ALL)]
    for heading in headings:
        assert [row[wanted.index(heading)] for row in shown] == ALL, heading


def test_the_names_of_sheets_and_tables_are_ours(written: bytes) -> None:
    book = opened(written)
    assert book.sheetnames == list(SHEETS)
    tables = [name for sheet in book for name in sheet.tables]
    assert len(tables) >= len(LISTINGS)
    assert [name for name in tables if not re.fullmatch("[A-Za-z]+", name)] == []


def test_headings_of_tables_are_ours(written: bytes, made: Contents) -> None:
    # Programmes and departments stand on one sheet, under table names of its own.
    listed = [one for one in listings(made).values() if one.name not in (names.GROUPS, names.DEPARTMENTS)]
    ours = {listing.name.title().replace(" ", ""): listing for listing in listed}
    seen = set()
    for sheet in opened(written):
        for table in sheet.tables.values():
            headings = [column.name for column in table.tableColumns]
            assert not [one for one in headings if any(text in one for text in ALL if text != "123")]
            if table.name in ours:
                seen.add(table.name)
                assert headings == [field.heading for field in ours[table.name].fields], table.name
    assert seen == set(ours)


@pytest.mark.parametrize("sheet", ["RAG matrix", "Projects"])
def test_notes_are_texts(written: bytes, made: Contents, sheet: str) -> None:
    noted = [field for field in listings(made)[sheet].fields if field.note_from]
    rows = listings(made)[sheet].rows
    wanted = {clean_text(text) for field in noted for text in rows[field.note_from] if text}
    found = {cell.comment.text for row in opened(written)[sheet].iter_rows() for cell in row if cell.comment}
    assert len(found) >= 2
    assert found == wanted


def test_the_words_of_native_charts_are_words(written: bytes) -> None:
    charts = [chart for sheet in opened(written) for chart in sheet._charts]
    titles = {"".join(run.t for part in one.title.tx.rich.p for run in part.r or []) for one in charts}
    # Every payload is a currency and stands in the title of the chart of its curve, whole.
    for text in ALL:
        name = text.replace("!", FULL_WIDTH)
        # XlsxWriter writes the escape of an escape there too.
        wanted = tuple(f"({one})" for one in (name, name.replace("_x0041_", "_x005F_x0041_")))
        assert [one for one in titles if one.endswith(wanted)], text
    assert [one for one in charts if one.title.tx.strRef is not None] == []
    names = [series.tx for one in charts for series in one.series]
    assert [name for name in names if name.strRef is not None] == []
    assert not {name.v for name in names} & set(ALL)
    axes = [axis.title for one in charts for axis in (one.x_axis, one.y_axis) if axis.title is not None]
    assert [title for title in axes if title.tx.strRef is not None] == []


@pytest.mark.parametrize("text", ALL)
def test_title_and_sign_off_are_text_in_a_workbook(bare: Contents, text: str) -> None:
    content = workbook_bytes(titled(bare, text))
    book = opened(content)
    assert book.sheetnames == list(SHEETS)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    begin = text[:20]
    about = [cell for cell in cells if begin in str(cell.value) and cell.data_type != "f"]
    assert {cell.data_type for cell in about} == {"s"}
    summary = [str(cell.value) for cell in about if cell.parent.title == "Summary"]
    assert [words for words in summary if words.startswith(begin)], "the title"
    assert [words for words in summary if words.startswith(stamp_words(titled(bare, begin)))], "who signed"
    formulas = [str(cell.value)[1:] for cell in cells if cell.data_type == "f"]
    assert [formula for formula in formulas if not OURS.fullmatch(formula)] == []
    files = parts(content)
    assert not any('TargetMode="External"' in xml for xml in files.values())
    assert str(sheet_rows(content, "Sources")[1][0]).startswith(f"Rule set {text}, hash {text};")
    properties = ElementTree.fromstring(files["docProps/core.xml"])
    assert properties.findtext("{http://purl.org/dc/elements/1.1/}title") in (
        text[:255],
        text.replace("_x", "_x005F_x"),
    )


@pytest.mark.parametrize("text", ALL)
def test_title_and_sign_off_are_text_in_a_page(bare: Contents, plain: Document, text: str) -> None:
    document = page_without_figures(titled(bare, text))
    assert document.unbalanced == []
    assert [tag for tag, _ in document.elements] == [tag for tag, _ in plain.elements]
    # The policy stands in an attribute: no other is changed by a title.
    assert [one for _, one in document.elements] == [one for _, one in plain.elements]
    assert document.texts["title"] == document.texts["h1"] == [text]
    told = [words.replace("Plain words", text) for words in plain.texts["p"]]
    assert document.texts["p"] == told != plain.texts["p"]


def test_the_summary_shows_them_as_text(written: bytes) -> None:
    cells = [cell for row in opened(written)["Summary"].iter_rows() for cell in row if cell.value is not None]
    texts = [cell for cell in cells if any(str(cell.value).startswith(text) for text in ALL)]
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
def path(made: Contents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page_of(made, tmp_path_factory.mktemp("page") / "report.html")


@pytest.fixture(scope="module")
def page(path: Path) -> tuple[Document, Document]:
    """The page as it is written, and as Chromium has it after its scripts have run."""
    written = Document(without_scripts(path.read_text(encoding="utf-8")))
    return written, Document(without_scripts(opened_page(path, path.parent)))


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
    plain = Document(without_scripts(page_text(contents(hostile([f"text {n}" for n in range(len(ALL))])))))
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
        ("Files", ["File", "Why refused"]),
        ("Sources", ["File", "Sheet", "Period found in", "Profile", "Headings not used"]),
    ],
)
def test_every_text_is_read_as_it_was_written(
    page: tuple[Document, Document], table: str, headings: list[str]
) -> None:
    for document in page:
        head, *rows = document.tables[table]
        for heading in headings:
            assert {row[head.index(heading)] for row in rows} == set(ALL), heading


def test_every_chart_is_drawn_of_them(page: tuple[Document, Document]) -> None:
    written, shown = page
    places = [one for one in written.all("div") if "data-figure" in one]
    assert len([one for one in shown.all("svg") if one.get("class") == "main-svg"]) >= len(places)


def test_the_choices_of_the_filters_are_theirs(page: tuple[Document, Document]) -> None:
    for document in page:
        for text in ALL:
            # One in the filter of programmes, one in that of departments.
            assert document.texts["option"].count(text) == 2, text


def texts_of(value: Any) -> Iterator[str]:
    """Every text in data, whatever it is in."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_of(one)


def test_figures_hold_no_markup_of_theirs(path: Path) -> None:
    figures = [json.loads(text) for text in figure_texts(path.read_text(encoding="utf-8"))]
    assert len(figures) >= len(CHARTS)
    shown = [text for figure in figures for text in texts_of([figure["data"], figure["layout"]])]
    # plotly reads tags in every text, entities, and mathematics between dollars.
    left = [
        re.sub(
            r"</?b>|<br>|<span style=\"color:#\w{6}\">■</span>|<extra></extra>|&(?:amp|lt|gt|#\d+|#x27);",
            "",
            text,
        )
        for text in shown
    ]
    assert [text for text in left if re.search("[<>&$]", text)] == []
    read = html.unescape("\n".join(shown))
    assert "\u202e" not in read, "a name could turn the words behind it"
    bare = [text.replace("\u202e", "") for text in ALL if len(text) < LABEL_LENGTH]
    assert [text for text in bare if text not in read] == []
    templates = {
        str(value)
        for figure in figures
        for trace in figure["data"]
        for name, value in trace.items()
        if name.endswith("template")
    }
    assert templates
    # A template holds places and words of ours; what a payload would put there stands in its own text only.
    assert [one for one in templates if any(text in html.unescape(one) for text in ALL)] == []


def test_the_script_of_a_figure_ends_where_ours_does(path: Path) -> None:
    for text in figure_texts(path.read_text(encoding="utf-8")):
        assert re.search("[<>&\u2028\u2029]", text) is None
