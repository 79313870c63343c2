"""Totals and headings of sections: set aside by their words, by their sums, by standing alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

import pmo_analytics as pmo
from loading.layout.sheets import layouts, rows_of, sheet
from pmo_analytics.loading.layout.finding import rows_below

if TYPE_CHECKING:
    from pathlib import Path

TOTAL = {4: "SUBTOTAL_ROW"}


@pytest.mark.parametrize(
    ("last", "codes"),
    [
        # a word that can be nothing else, as identifier or as name
        *((f"{word}||Green|31|5|", TOTAL) for word in ("Sum", "SUMME:", "Gesamt", "Somme", "Suma", "All projects")),
        *((f"|{word}|Green|31|5|", TOTAL) for word in ("Company total", "Zwischensumme", "Total général")),
        ("Sum|Sum||31|5|", TOTAL),
        # one that may be a name: only with the sum, or with figures alone
        ("Portfolio||Green|30|5|", TOTAL),
        ("Portfolio|||31|5|", TOTAL),
        ("Overall|Overall||31|5|", TOTAL),
        ("Portfolio||Green|31|5|", {}),
        ("Portfolio||||| Anna", {}),
        # an identifier of its own, or a name beside the short form
        ("P9|Gesamt|Green|31|5|", {}),
        ("SUM|Summit Bridge|Green|31|5|", {}),
        # no word at all: the texts that the others have are missing, and every amount is the sum
        ("North|||30|3|", TOTAL),
        ("|||30|3|", TOTAL),
        ("North|||30|4|", {}),
        ("P3|||30||", {}),
        ("P3|Canal||30|3|", {}),
        ("P3||Green|30|3|", {}),
    ],
)  # fmt: skip
def test_rows_that_are_totals(last: str, codes: dict[int, str]) -> None:
    (read,) = rows_of(
        sheet("Project ID|Project|RAG|PV|AC|Note", "P1|A|Green|10|1|x", "P2|B|Red|20|2|y", last)
    )
    assert dict(read.set_aside.dropna()) == codes


def test_sums_are_read_as_the_export_writes_them() -> None:
    found = sheet(
        "Project ID|Project|RAG|PV|AC", "P1|A|Green|1.000,50|1", "P2|B|Red|2.000|2", "Nord|||3.000,50|3"
    )
    (layout,) = layouts(found)
    comma = replace(layout, dialect=replace(layout.dialect, decimal=","))
    assert dict(rows_below(found, comma).set_aside.dropna()) == TOTAL
    assert dict(rows_below(found, layout).set_aside.dropna()) == {}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["P1|A|10|1", "P2|B|20|2", "Total||30|3"], []),
        (["P1|A|10|1", "P2|B|20|2", "Total||40|3"], [(4, "pv", 40.0, 30.0)]),
        # totals of groups of one, of groups, of groups of groups, and totals above their rows
        (["P1|A|10|1", "Total||10|1", "P2|B|20|2", "Total||20|2", "Total||30|3"], []),
        (["Total||30|3", "P1|A|10|1", "P2|B|20|2"], []),
        (
            ["P1|A|1|1", "Total||1|1", "P2|B|2|2", "Total||2|2", "Total||3|3", "P3|C|4|4", "P4|C|4|4", "Total||8|8"],
            [],
        ),
        (["P1|A|10|1", "Total||11|1", "P2|B|20|2", "Total||20|3"], [(3, "pv", 11.0, 10.0)]),
        # rounded, empty, unreadable
        (["P1|A|10.4|1", "P2|B|20.4|2", "Total||30.8|"], []),
        (["P1|A|x|1", "Total||see note|1"], []),
        (["P1|A|10|1", "P2|B|n.k.|2", "Total||40|4"], [(4, "ac", 4.0, 3.0)]),
        (["P1|A|x|1", "Total||9|1", "P2|B|5|2", "Total||6|2", "Total||11|3"], [(5, "pv", 6.0, 5.0)]),
    ],
)  # fmt: skip
def test_totals_that_disagree_with_their_rows(rows: list[str], told: list[tuple[object, ...]]) -> None:
    (read,) = rows_of(sheet("Project ID|Project|PV|AC", *rows))
    found = [(row, one["column"], one["stated"], one["sum"]) for row, one in read.totals.iterrows()]
    assert found == told


def test_rows_of_several_currencies_have_no_total() -> None:
    (read,) = rows_of(sheet("Project ID|Project|Currency|PV", "P1|A|EUR|10", "P2|B|GBP|20", "Total|||33"))
    assert read.totals.empty


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Process & Piping||||", {3: "SECTION_ROW"}),
        ("|North||||", {3: "SECTION_ROW"}),
        # an identifier like the others, a lone remark, a lone figure
        ("K3||||", {}),
        ("|||late|", {}),
        ("7||||", {}),
    ],
)
def test_headings_of_sections(heading: str, codes: dict[int, str]) -> None:
    head = "Project ID|Project|PV|RAG|Manager"
    (read,) = rows_of(sheet(head, "K1|A|10|Red|x", heading, "K2|B|20|Red|x", "K4|C|1|Red|x"))
    assert dict(read.set_aside.dropna()) == codes
    assert read.n_read - read.n_empty == len(read.raw)


def test_short_lists_and_last_rows_have_no_sections() -> None:
    (narrow,) = rows_of(sheet("Project|RAG", "A|Red", "North|", "B|Red"))
    (last,) = rows_of(sheet("Project ID|Project|PV|RAG", "K1|A|10|Red", "North|||"))
    assert narrow.set_aside.isna().all()
    assert last.set_aside.isna().all()


def test_nothing_of_them_is_lost(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Project ID", "Project", "RAG", "PV", "Manager"])
    for row in (
        ["Rail", None, None, None, None],
        ["P1", "A", "Green", 10, "North"],
        ["P2", "B", "Green", 20, "North"],
        ["Gesamt", None, None, 40, None],
    ):
        page.append(row)
    book.save(tmp_path / "list.xlsx")
    portfolio = pmo.load(tmp_path / "list.xlsx", period="2026-06")
    assert portfolio.project_ids == ("P1", "P2")
    (result,) = portfolio.files
    assert (result.read, result.accepted, result.quarantined) == (4, 2, 2)
    told = portfolio.findings.set_index("code")
    assert told.loc["TOTAL_DISAGREES", "cell"] == "D5"
    assert "states 40.00 for pv, its rows add up to 30.00" in told.loc["TOTAL_DISAGREES", "message"]
    assert told.loc["SECTION_ROW", "cell"] == "row 2"


@pytest.mark.parametrize(
    ("second", "merged", "budgets", "once"),
    [
        # over two projects; in two months of one project, which is merged as well
        ("P2|2026-05||Red", ((1, 2, 2, 2),), ["100", None], ((3, 2),)),
        ("|2026-06||Red", ((1, 2, 2, 2), (1, 0, 2, 0)), ["100", "100"], ()),
        # a colour counts in each
        ("P2|2026-05|5|", ((1, 3, 2, 3),), ["100", "5"], ()),
    ],
)
def test_a_merged_amount_counts_once(
    second: str, merged: tuple[object, ...], budgets: list[object], once: tuple[object, ...]
) -> None:
    (read,) = rows_of(sheet("Project ID|Month|AC|RAG", "P1|2026-05|100|Green", second, merged=merged))
    assert read.raw[2].tolist() == budgets
    assert read.raw[3].notna().all()
    assert read.once == once


def test_a_merged_amount_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["Project ID", "Project", "AC"], ["P1", "A", 100], ["P2", "B", None]):
        page.append(row)
    page.merge_cells("C2:C3")
    book.save(tmp_path / "list.xlsx")
    portfolio = pmo.load(tmp_path / "list.xlsx", period="2026-06")
    assert portfolio.status["ac"].sum() == 100
    told = portfolio.findings.set_index("code").loc["MERGED_AMOUNT"]
    assert (told["cell"], told["severity"]) == ("C3", "warning")
