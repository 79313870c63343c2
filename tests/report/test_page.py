"""The page: one file, no network, text as text, and tables that can be filtered; opened in Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from pmo_analytics.charts.catalogue import CHARTS
from pmo_analytics.errors import ReportError
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.listings.every import LISTINGS, listings
from pmo_analytics.report.page import page_text, write_page, write_page_of

from .browser import Document, opened_page, without_scripts
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
    assert first | {"Gates in the next 90 days", "Joined, finished, stopped"} <= set(document.tables)


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
