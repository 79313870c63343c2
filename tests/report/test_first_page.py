"""The Summary of the sample: one page, every figure that of roll_up, nothing on it that does not belong there."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pmo_analytics.metrics.measure import Reason
from pmo_analytics.metrics.measuring import measure
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.rag.rating import rate
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.workbook import workbook_bytes
from pmo_analytics.rollups import count_colours, roll_up
from pmo_analytics.schemas.paints import PAINTS

from .conftest import opened

STATES = ("green", "amber_green", "amber", "amber_red", "red", "unknown")
AMOUNTS = {"Approved": "bac", "Forecast": "eac_reported", "Difference": "overspend"}


@pytest.fixture(scope="module")
def values(sample_workbook: bytes) -> Worksheet:
    """The sheet with its formulas as the figures they were written with."""
    import io

    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(sample_workbook), data_only=True)["Summary"]


@pytest.fixture(scope="module")
def sheet(sample_workbook: bytes) -> Worksheet:
    return opened(sample_workbook)["Summary"]


def below(sheet: Worksheet, heading: str) -> tuple[int, int]:
    """Row and column of the cell whose text begins with a heading."""
    return next(
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value or "").startswith(heading)
    )


def row_of(sheet: Worksheet, label: str) -> list[Any]:
    """The cells to the right of a label."""
    row, column = below(sheet, label)
    return [cell.value for cell in sheet[row][column:]]


def rows_below(sheet: Worksheet, heading: str, column: int, most: int) -> list[list[Any]]:
    """The rows of the block below a heading, as long as its first column holds something."""
    top, _ = below(sheet, heading)
    rows = [[cell.value for cell in sheet[row]] for row in range(top + 2, top + 2 + most)]
    return [row for row in rows if row[column] is not None]


def test_it_is_one_landscape_page_from_a1_to_l40(sheet: Worksheet) -> None:
    assert sheet.print_area == "'Summary'!$A$1:$L$40"
    assert (sheet.max_row, sheet.max_column) == (40, 12)
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)


def test_it_names_portfolio_month_and_draft(sheet: Worksheet, sample_contents: Contents) -> None:
    assert sheet["A1"].value == sample_contents.title != "Portfolio report"
    assert sheet["I1"].value == "DRAFT"
    assert sheet["A2"].value == "June 2026, figures as of 30 June 2026"
    assert sample_contents.rule_set in sheet["A40"].value


def test_signed_off_takes_the_place_of_draft(empty: Portfolio) -> None:
    content = workbook_bytes(contents(empty, signed_off="Odette Quillfeather, 9 July 2026"))
    assert opened(content)["Summary"]["I1"].value == "Signed off: Odette Quillfeather, 9 July 2026"
    assert opened(content)["Summary"]["A7"].value == "Decisions requested"
    assert opened(content)["Summary"]["A8"].value == "No decision log was delivered."


def test_who_reported_adds_up(sheet: Worksheet, sample_portfolio: Portfolio) -> None:
    status = sample_portfolio.status
    now = status[status["period"] == sample_portfolio.period]
    carried = int(now["carried_from"].notna().sum())
    listed = len(measure(sample_portfolio))
    text = sheet["A3"].value
    reported, whole = map(int, re.findall(r"^(\d+) of (\d+) projects reported", text)[0])
    silent = int((re.findall(r"(\d+) gave no report", text) or ["0"])[0])
    assert (whole, reported + carried + silent) == (listed, listed)
    assert f"{carried} carried forward" in text
    rated = measure(sample_portfolio).set_index("project_id")
    gbp = rated[rated["currency"] == "GBP"]
    share = gbp.loc[gbp["carried_from"].notna(), "bac"].sum() / gbp["bac"].sum()
    assert f"{share:.1%} of the GBP budget" in text


@pytest.mark.parametrize("view", ["reported", "computed"])
def test_counts_are_those_of_count_colours(values: Worksheet, sample_portfolio: Portfolio, view: str) -> None:
    for month, day in (("Jun 2026", "2026-06-30"), ("May 2026", "2026-05-31")):
        seen = sample_portfolio if month == "Jun 2026" else sample_portfolio.at(day)
        counts = count_colours(rate(measure(seen))).iloc[0]
        expected = [*(counts[f"{view}_{state}"] for state in STATES), counts["projects"]]
        assert row_of(values, f"{view.capitalize()} {month}")[:7] == expected


@pytest.mark.parametrize("currency", ["GBP", "EUR"])
@pytest.mark.parametrize(("month", "period"), [("Jun 2026", "2026-06-30"), ("May 2026", "2026-05-31")])
def test_amounts_are_those_of_roll_up(
    values: Worksheet, sample_portfolio: Portfolio, currency: str, month: str, period: str
) -> None:
    whole = roll_up(sample_portfolio, by=["currency", "period"])
    row = whole[(whole["currency"] == currency) & (whole["period"] == period)].iloc[0]
    column = 0 if month == "Jun 2026" else 1
    for words, name in AMOUNTS.items():
        assert row_of(values, f"{words} {currency}")[column] == pytest.approx(row[name]), words
    budget = row_of(values, f"Budget {currency} {month}")[:7]
    assert budget[6] == pytest.approx(row["bac"])
    seen = sample_portfolio if month == "Jun 2026" else sample_portfolio.at(period)
    coloured = roll_up(seen, by=["currency", "rag_reported"]).astype({"rag_reported": "object"})
    coloured = coloured[coloured["currency"] == currency].fillna({"rag_reported": "unknown"})
    sums = coloured.set_index("rag_reported")["bac"]
    shown = [sums.get(state, 0.0) for state in STATES]
    expected = ["n/a" if pd.isna(value) else pytest.approx(value) for value in shown]
    assert budget[:6] == expected


def test_changes_compare_like_with_like(values: Worksheet, sample_portfolio: Portfolio) -> None:
    now, then = (
        measure(seen).set_index("project_id")
        for seen in (sample_portfolio, sample_portfolio.at("2026-05-31"))
    )
    for words, name in AMOUNTS.items():
        both = (now[name] - then[name].reindex(now.index))[now["currency"] == "GBP"]
        assert row_of(values, f"{words} GBP")[2] == pytest.approx(both.sum()), words


def test_decisions_say_project_money_who_when_and_what_waiting_costs(
    sheet: Worksheet, sample_portfolio: Portfolio
) -> None:
    log = sample_portfolio.decisions
    undecided = log["decision"].isna() | (log["decision"] == "pending")
    waiting = log[undecided & log["decision_date"].isna()].sort_values("needed_by")
    shown = rows_below(sheet, "Decisions requested", 0, 4)
    assert len(shown) == min(len(waiting), 4) > 0
    for row, expected in zip(shown, waiting.to_dict("records"), strict=False):
        assert row[2] == expected["title"]
        assert row[6] == expected["board"]
        assert pd.Timestamp(row[8]) == expected["needed_by"]
        assert row[9] == expected["consequence"]
        assert row[5].endswith(str(expected["currency"]))


def test_five_projects_to_watch_with_colours_reason_and_path(
    sheet: Worksheet, sample_contents: Contents
) -> None:
    shown = rows_below(sheet, "Projects to watch", 0, 5)
    rated = sample_contents.projects.set_index("project_name")
    assert len(shown) == 5
    for row in shown:
        computed = rated.loc[row[0], "rag_computed"]
        assert row[3].split(" ")[0] == {"red": "R", "amber": "A"}.get(str(computed), "X")
        assert row[4]
        assert row[5]
        assert row[9]
    top, _ = below(sheet, "Projects to watch")
    assert all(sheet.cell(top + 2 + at, column).comment for at in range(5) for column in (3, 4))


def test_gates_of_the_next_ninety_days(sheet: Worksheet, sample_portfolio: Portfolio) -> None:
    plan = sample_portfolio.milestones
    last = plan["period"] == plan["period"].max()
    day = sample_portfolio.as_of
    ahead = plan["forecast_date"].between(day, day + pd.Timedelta(days=90))
    gates = plan[last & ahead & plan["actual_date"].isna() & plan["gate_code"].notna()]
    shown = rows_below(sheet, "Gates in the next 90 days", 0, 5)
    assert len(shown) == min(len(gates), 5) > 0
    for row in shown:
        was, now, slip = row[4], row[5], row[6]
        assert slip == (now - was).days


def test_joined_finished_and_stopped(sheet: Worksheet, sample_contents: Contents) -> None:
    shown = {row[8]: row[10] for row in rows_below(sheet, "Joined, finished, stopped", 8, 5)}
    moves = sample_contents.briefing.moves.head(5)
    assert shown == dict(zip(moves["project_name"], moves["what"], strict=True))
    assert {"joined", "finished", "stopped"} <= set(shown.values())


def test_links_lead_to_the_row_they_name(sample_workbook: bytes) -> None:
    book = opened(sample_workbook)
    count = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is None:
                    continue
                count += 1
                name, place = re.fullmatch(r"'(.+)'!(\w+)", cell.hyperlink.location).groups()
                target = [str(found.value) for found in book[name][book[name][place].row]]
                assert str(cell.value) in target or sheet.title in ("Summary", "Data quality"), cell
                if sheet.title == "Summary":
                    assert any(str(cell.value).rstrip("…") in text for text in target), (cell, target)
    assert count >= 100


def test_nothing_stands_there_that_does_not_belong(sheet: Worksheet, sample_contents: Contents) -> None:
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    whole = "\n".join(texts)
    assert not re.search("|".join(rf"\b{reason}\b" for reason in Reason), whole)
    assert sample_contents.rule_set_hash not in whole
    assert not re.search(r"\.xlsx|[/\\]\w+[/\\]|average|overall score", whole, flags=re.I)
    managers = {name for name in sample_contents.projects["project_manager"].dropna() if name in whole}
    paths = "\n".join(sample_contents.briefing.watch["path"])
    assert all(name in paths for name in managers), "a manager is named as owner of a path only"


def test_carried_figures_have_a_mark_wherever_they_stand(
    sample_workbook: bytes, sample_contents: Contents
) -> None:
    carried = sample_contents.projects.dropna(subset=["carried_from"])
    assert len(carried)
    book = opened(sample_workbook)
    months = {
        key: f"({pd.Period(month):%b %Y})"
        for key, month in zip(carried["project_id"], carried["carried_from"], strict=True)
    }
    colours = tuple(f"{paint.label}" for paint in PAINTS.values())
    for name, own in (
        ("Projects", slice(4, 6)),
        ("RAG matrix", slice(4, None)),
        ("RAG reasons", slice(3, 4)),
    ):
        for row in book[name].iter_rows(min_row=5):
            for cell in row[own]:
                if str(cell.value).startswith(colours):
                    marked = str(cell.value).endswith(months.get(row[0].value, "no month"))
                    assert marked is (row[0].value in months), (name, cell.coordinate)
    assert f"({len(carried)} carried forward)" in str(book["Summary"]["A14"].value)
