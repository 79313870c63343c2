"""The page: one file, no network, text as text, and tables that can be filtered; opened in Chromium."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.charts.catalogue import CHARTS
from pmo_analytics.errors import ReportError
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.every import DELIVERED, LISTINGS, listings
from pmo_analytics.report.page import page_text, write_page, write_page_of
from pmo_analytics.report.registers import due

from .browser import Document, acted_page, figure_texts, opened_page, without_scripts
from .extremes import EXTREMES, LONG, MANY


@pytest.fixture(scope="module")
def page(sample_contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page_of(sample_contents, tmp_path_factory.mktemp("page") / "report.html")


@pytest.fixture(scope="module")
def document(page: Path) -> Document:
    return Document(without_scripts(page.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def shown(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The page in Chromium."""
    return Document(without_scripts(opened_page(page, tmp_path_factory.mktemp("chromium"))))


def test_the_path_comes_back_and_only_html_is_written(empty: Portfolio, tmp_path: Path) -> None:
    assert write_page(empty, str(tmp_path / "june.html"), title="June") == tmp_path / "june.html"
    with pytest.raises(ReportError, match=r"\.html"):
        write_page(empty, tmp_path / "june.xlsx")


def test_the_same_contents_give_the_same_page(sample_contents: Contents, page: Path) -> None:
    assert page_text(sample_contents) == page.read_text(encoding="utf-8")


def test_it_is_one_balanced_file_that_asks_for_nothing(page: Path, document: Document) -> None:
    assert document.unbalanced == []
    for tag in ("link", "img", "iframe", "object", "embed", "base", "form"):
        assert [one for one in document.all(tag) if one.keys() & {"src", "href", "action", "data"}] == []
    assert not any("src" in script for script in document.all("script"))
    assert all(str(link["href"]).startswith("#") for link in document.all("a"))
    handlers = [name for _, attributes in document.elements for name in attributes if name.startswith("on")]
    assert handlers == []
    policy = next(
        meta["content"]
        for meta in document.all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in str(re.search(r"script-src[^;]*", policy))
    assert "unsafe-eval" not in policy


def test_links_lead_to_rows_that_are_there(document: Document) -> None:
    ids = {attributes.get("id") for _, attributes in document.elements}
    links = [str(link["href"])[1:] for link in document.all("a")]
    assert len(links) > 100
    assert [link for link in links if link not in ids] == []


def test_the_listings_are_those_of_the_workbook(document: Document, sample_contents: Contents) -> None:
    for name, listing in listings(sample_contents).items():
        if name in DELIVERED:
            assert name not in document.tables
            continue
        head, *rows = document.tables[name]
        assert head == [field.heading for field in listing.fields], name
        assert len(rows) == len(listing.rows), name


def test_figures_are_those_of_the_contents(document: Document, sample_contents: Contents) -> None:
    head, *rows = document.tables["Projects"]
    at = {heading: column for column, heading in enumerate(head)}
    for row, project in zip(rows, sample_contents.projects.to_dict("records"), strict=True):
        assert row[at["Project ID"]] == project["project_id"]
        assert row[at["CPI"]] == ("n/a" if pd.isna(project["cpi"]) else f"{project['cpi']:.2f}")
        days = project["finish_slip_days"]
        assert row[at["Finish slip (days)"]] == ("n/a" if pd.isna(days) else f"{days:,.0f}")


def test_colours_say_letter_words_and_why(document: Document, sample_contents: Contents) -> None:
    cells = [one for one in document.all("td") if str(one.get("class", "")).startswith("c c-")]
    assert len(cells) > 7 * len(sample_contents.projects)
    assert all(cell.get("title") for cell in cells)
    carried = sample_contents.projects["carried_from"].dropna()
    marked = [row for row in document.tables["Projects"] if any("(May 2026)" in cell for cell in row)]
    assert len(marked) == len(carried) > 0


def test_the_first_page_is_there(document: Document, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for words in (
        "DRAFT",
        "carried forward",
        "June 2026, figures as of 30 June 2026",
        "Rule set default 1.0",
    ):
        assert words in text
    first = {
        "Projects and budget by colour",
        "Approved and forecast",
        "Decisions requested",
        "Projects to watch",
    }
    first |= {"Gates in the next 90 days", "Joined, finished, stopped"}
    assert [words for words in first if not any(name.startswith(words) for name in document.tables)] == []


def test_chromium_draws_every_chart_and_keeps_every_table(
    shown: Document, document: Document, page: Path
) -> None:
    places = [one for one in document.all("div") if "data-figure" in one]
    assert len(places) >= len(CHARTS)
    drawn = [one for one in shown.all("svg") if one.get("class") == "main-svg"]
    assert len(drawn) >= len(places)
    assert {name: len(rows) for name, rows in shown.tables.items()} == {
        name: len(rows) for name, rows in document.tables.items()
    }
    assert all(str(script.get("src", "")) == "" for script in shown.all("script"))


@pytest.mark.parametrize(
    ("fragment", "column", "value"),
    [
        ("programme=HARBOUR", "programme_id", "HARBOUR"),
        ("department=Transport", "department", "Transport"),
        ("colour=R+Red", "rag_reported", "red"),
    ],
)
def test_the_filter_leaves_the_rows_of_its_projects(
    page: Path, sample_contents: Contents, tmp_path: Path, fragment: str, column: str, value: str
) -> None:
    shown = Document(without_scripts(opened_page(page, tmp_path, fragment=fragment)))
    projects = sample_contents.projects
    kept = projects[projects[column] == value]
    assert 0 < len(kept) < len(projects)
    for name in ("Projects", "RAG matrix"):
        assert shown.hidden[name] == len(projects) - len(kept), name
    reasons = sample_contents.reasons
    assert shown.hidden["RAG reasons"] == (~reasons["project_id"].isin(kept["project_id"])).sum()
    assert shown.hidden["Definitions"] == 0


def test_the_filter_and_a_programme_keep_its_own_risks(
    page: Path, sample_contents: Contents, tmp_path: Path
) -> None:
    shown = Document(without_scripts(opened_page(page, tmp_path, fragment="programme=COAST")))
    projects, risks = sample_contents.projects, sample_contents.risks
    about = set(projects.loc[projects["programme_id"] == "COAST", "project_id"]) | {"COAST"}
    assert "COAST" in set(risks["entity_id"])
    assert len(risks) - shown.hidden["Risks"] == risks["entity_id"].isin(about).sum()


def drawn_from(contents: Contents) -> list[tuple[str, tuple[pd.DataFrame, ...], dict[str, Any]]]:
    """The figures in their order: the chart, and the whole part of the contents that it is drawn from."""
    day = {"as_of": contents.as_of}
    return [
        ("rag_mix", (contents.programmes,), {"by": "programme_id"}),
        ("rag_over_time", (contents.colours_by_period,), {"view": "reported"}),
        ("rag_over_time", (contents.colours_by_period,), {"view": "computed"}),
        ("s_curve", (contents.by_period,), {}),
        ("cpi_spi", (contents.projects,), {}),
        ("treemap", (contents.projects,), {}),
        ("risk_heat_map", (contents.risks,), {}),
        ("milestone_slip", (due(contents.milestones),), day),
        ("roadmap", (contents.dates,), {"milestones": contents.milestones, **day}),
        ("rag_matrix", (contents.projects,), {}),
    ]


def marks_in(name: str, data: list[dict[str, Any]], table: pd.DataFrame) -> int:
    """How many rows of its table a figure has marks for."""
    if name in ("rag_mix", "rag_over_time"):
        side = "x" if name == "rag_mix" else "y"
        assert sum(sum(trace[side]) for trace in data) == table["Projects"].sum()
        assert len({len(trace[side]) for trace in data}) == 1
        return len(data[0][side])
    if name == "s_curve":
        return sum(len(trace["x"]) for trace in data if trace["name"] == "PV")
    if name == "cpi_spi":
        return sum(len(trace["x"]) for trace in data if trace["mode"] == "markers")
    if name == "treemap":
        return sum(place.startswith("p") for trace in data for place in trace["ids"])
    if name == "risk_heat_map":
        counts = [int(one) for text in data[-1]["text"] for one in re.findall(r"\d+", text)]
        return sum(counts) + int((table["Counted as"] == "not open").sum())
    if name == "milestone_slip":
        return sum(len(trace["x"]) for trace in data if trace["name"] in ("overdue", "ahead"))
    if name == "roadmap":
        return next(len(trace["x"]) for trace in data if trace["name"] == "finish")
    return len(data[0]["z"])


def test_every_figure_and_its_table_are_of_the_whole(
    document: Document, page: Path, sample_contents: Contents
) -> None:
    figures = [json.loads(text)["data"] for text in figure_texts(page.read_text(encoding="utf-8"))]
    expected = drawn_from(sample_contents)
    assert {name for name, _, _ in expected} == set(CHARTS)
    rows_of = {attributes.get("id") for _, attributes in document.elements}
    captions = [caption for caption in document.tables if caption in document.texts["h3"]]
    assert captions == document.texts["h3"]
    for at, ((name, frames, options), data) in enumerate(zip(expected, figures, strict=True)):
        table = CHARTS[name].table(*frames, **options)
        assert len(table) > 1, name
        ids = [one for one in rows_of if re.fullmatch(rf"g{at}-\d+", str(one))]
        assert len(ids) == len(table), name
        head, *rows = document.tables[captions[at]]
        assert head == [str(column) for column in table], name
        for number, column in enumerate(table):
            if table[column].dtype in ("object", "str"):
                wanted = table[column].astype("object").where(table[column].notna(), "").tolist()
                assert [row[number] for row in rows] == wanted, (name, column)
        assert marks_in(name, data, table) == len(table), name
    whole = {"cpi_spi": "projects", "treemap": "projects", "rag_matrix": "projects", "risk_heat_map": "risks"}
    for name, part in whole.items():
        at = [one for one, _, _ in expected].index(name)
        assert f"g{at}-{len(getattr(sample_contents, part)) - 1}" in rows_of


#: What a reader does on the page; every step says which projects are in sight, in their order.
_READER = """
const table = document.querySelector('table[data-table="s0"]');
const [input, told] = ["input[data-search]", "output[data-count]"].map((one) => document.querySelector(one));
const form = document.getElementById("filters");
const select = form.querySelector('select[name="programme"]');
const seen = (one) => [...one.tBodies[0].rows].filter((row) => row.getClientRects().length);
const ids = () => seen(table).map((row) => row.cells[0].textContent);
const type = (words) => { input.value = words; input.dispatchEvent(new Event("input", { bubbles: true })); };
const heading = (one, words) => [...one.tHead.rows[0].cells].find((cell) => cell.textContent === words);
const later = () => new Promise((done) => setTimeout(done, 200));
const state = () => ({ ids: ids(), told: told.textContent, output: form.querySelector("output").textContent,
  hash: location.hash, hint: !form.querySelector(".hint").hidden });
const said = { at_first: state() };
type(" " + WORD.toUpperCase() + " ");
said.searched = state();
said.others = [...document.querySelectorAll("table[data-table]")].slice(1).map((one) =>
  one.tBodies[0].rows.length - seen(one).length);
select.selectedIndex = 1;
select.dispatchEvent(new Event("change", { bubbles: true }));
said.both = { ...state(), chosen: select.selectedOptions[0].textContent };
type("");
said.filtered = state();
form.querySelector("button[type=reset]").click();
await later();
said.reset = { ...state(), chosen: select.value };
type("no such word anywhere");
said.nothing = state();
type("");
said.sorted = {};
for (const words of HEADINGS) {
  heading(table, words).click();
  const up = { ids: ids(), sort: heading(table, words).getAttribute("aria-sort") };
  heading(table, words).click();
  const down = { ids: ids(), sort: heading(table, words).getAttribute("aria-sort") };
  said.sorted[words] = { up, down, marked: table.querySelectorAll("[aria-sort]").length };
}
const key = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
heading(table, HEADINGS[0]).dispatchEvent(key);
said.keyed = ids();
const beside = [...document.querySelectorAll("figure table")].find((one) => one.caption.textContent === FIGURE);
beside.closest("details").open = true;
heading(beside, "CPI").click();
said.beside = seen(beside).map((row) => row.cells[0].textContent);
return said;
"""


@pytest.fixture(scope="module")
def reader(page: Path, sample_contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a reader saw who searched, filtered, reset and sorted."""
    values = {
        "WORD": word_of(sample_contents),
        "HEADINGS": list(sorted_columns(sample_contents).values()),
        "FIGURE": CHARTS["cpi_spi"].title,
    }
    given = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
    return acted_page(page, tmp_path_factory.mktemp("reader"), given + _READER)


def word_of(contents: Contents) -> str:
    """A word of one project's name, that is in few rows."""
    return str(contents.projects["project_name"].iloc[0]).split()[0]


def sorted_columns(contents: Contents) -> dict[str, str]:
    """Column and heading of an index, of days and of the identifier, as the listing has them."""
    fields = listings(contents)[names.PROJECTS].fields
    chosen = ("cpi", "finish_slip_days", "project_id")
    return {name: next(field.heading for field in fields if field.name == name) for name in chosen}


def in_order(contents: Contents, column: str, before: list[str], *, down: bool) -> list[str]:
    """The projects by the values of a column, those without one last, and equals as they stood before."""
    rows = listings(contents)[names.PROJECTS].rows
    values = dict(zip(rows["project_id"], rows[column], strict=True))
    known = [key for key in before if not pd.isna(values[key])]
    unknown = [key for key in before if pd.isna(values[key])]
    return [*sorted(known, key=lambda key: values[key], reverse=down), *unknown]


def test_the_search_leaves_the_rows_that_have_the_word(
    reader: dict[str, Any], document: Document, sample_contents: Contents
) -> None:
    ids = sample_contents.projects["project_id"].tolist()
    assert reader["at_first"]["ids"] == ids
    rows = document.tables[names.PROJECTS][1:]
    wanted = [row[0] for row in rows if word_of(sample_contents).lower() in "".join(row).lower()]
    assert 0 < len(wanted) < len(ids)
    assert reader["searched"]["ids"] == wanted
    assert re.findall(r"\d+", reader["searched"]["told"]) == [str(len(wanted)), str(len(ids))]
    # A search is about its own table.
    assert set(reader["others"]) == {0}
    assert reader["nothing"]["ids"] == []
    assert re.findall(r"\d+", reader["nothing"]["told"]) == ["0", str(len(ids))]


def test_search_and_filter_go_together_and_show_all_takes_the_filter_away(
    reader: dict[str, Any], sample_contents: Contents
) -> None:
    projects = sample_contents.projects
    chosen = reader["both"]["chosen"]
    kept = projects.loc[projects["programme_id"] == chosen, "project_id"].tolist()
    assert 0 < len(kept) < len(projects)
    assert reader["filtered"]["ids"] == kept
    assert reader["filtered"]["hash"] == f"#programme={chosen}"
    assert reader["filtered"]["hint"]
    assert re.findall(r"\d+", reader["filtered"]["output"]) == [str(len(kept)), str(len(projects))]
    assert set(reader["both"]["ids"]) == set(kept) & set(reader["searched"]["ids"])
    after = reader["reset"]
    assert (after["chosen"], after["hash"], after["hint"]) == ("", "", False)
    assert after["ids"] == projects["project_id"].tolist()
    assert re.findall(r"\d+", after["output"]) == [str(len(projects))] * 2


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_round(
    reader: dict[str, Any], sample_contents: Contents
) -> None:
    before = sample_contents.projects["project_id"].tolist()
    columns = sorted_columns(sample_contents)
    for column, heading in columns.items():
        seen = reader["sorted"][heading]
        assert seen["up"]["ids"] == in_order(sample_contents, column, before, down=False), heading
        assert seen["down"]["ids"] == in_order(sample_contents, column, seen["up"]["ids"], down=True), heading
        assert seen["up"]["ids"] != seen["down"]["ids"]
        assert (seen["up"]["sort"], seen["down"]["sort"], seen["marked"]) == ("ascending", "descending", 1)
        before = seen["down"]["ids"]
    first = next(iter(columns))
    assert sample_contents.projects[first].isna().any()
    assert reader["keyed"] == in_order(sample_contents, first, before, down=False)
    ids = sample_contents.projects["project_id"].tolist()
    assert reader["beside"] == in_order(sample_contents, "cpi", ids, down=False)


def test_programmes_and_departments_have_their_own_figures(
    document: Document, sample_contents: Contents
) -> None:
    for name, groups in (("Programmes", "programme_id"), ("Departments", "department")):
        head, *rows = document.tables[name]
        whole = roll_up_of(sample_contents, groups)
        for row in rows:
            expected = whole.loc[row[0]]
            assert row[head.index("CPI")] == f"{expected['cpi']:.2f}"
            assert row[head.index("Currency")] == expected["currency"]
            assert row[head.index("BAC")] == f"{expected['bac'] / 1e6:,.1f}m"
        assert len(rows) == len(whole)


def roll_up_of(contents: Contents, by: str) -> pd.DataFrame:
    frame = contents.programmes if by == "programme_id" else contents.departments
    return frame.set_index(by)


@pytest.mark.parametrize("name", list(EXTREMES))
def test_pages_at_the_edge_are_written_and_open(name: str, tmp_path: Path) -> None:
    made = contents(EXTREMES[name]())
    path = write_page_of(made, tmp_path / "report.html")
    shown = Document(without_scripts(opened_page(path, tmp_path)))
    listed = {key: rows for key, rows in shown.tables.items() if key in LISTINGS}
    assert {key: len(rows) - 1 for key, rows in listed.items()} == {
        key: len(listing.rows) for key, listing in listings(made).items() if len(listing.rows)
    }
    if name == "many":
        assert len(listed["Projects"]) - 1 == MANY
    if name == "long names":
        assert any(LONG[:300] in cell for row in listed["Projects"] for cell in row)
    if name == "undefined":
        assert all("n/a" in row for row in listed["Projects"][1:])
