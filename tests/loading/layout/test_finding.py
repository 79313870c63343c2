"""Finding: headers over several rows, tables beside and below each other, merged cells."""

from __future__ import annotations

import pytest

from loading.layout.sheets import layouts, rows_of, sheet

PROJECTS = "Project ID|Project|RAG"
RISKS = "Risk ID|Project|Title"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([PROJECTS, "P1|A|Green"], [("project", 1, 1, 2, range(3))]),
        (["Report", "", PROJECTS, "P1|A|Green"], [("project", 3, 3, 4, range(3))]),
        # below each other: after a blank row, after a title, and directly
        ([PROJECTS, "P1|A|Green", "", RISKS, "R1|P1|Fire"], [("project", 1, 1, 3, range(3)), ("risk", 4, 4, 5, range(3))]),
        (
            [PROJECTS, "P1|A|Green", "", "Risks", RISKS, "R1|P1|Fire"],
            [("project", 1, 1, 3, range(3)), ("risk", 5, 5, 6, range(3))],
        ),
        ([PROJECTS, "P1|A|Green", RISKS, "R1|P1|Fire"], [("project", 1, 1, 2, range(3)), ("risk", 3, 3, 4, range(3))]),
        # the same headings again: a printed page goes on, a title begins a table of its own
        ([PROJECTS, "P1|A|Green", PROJECTS, "P2|B|Red"], [("project", 1, 1, 4, range(3))]),
        ([PROJECTS, "P1|A|Green", "", PROJECTS, "P2|B|Red"], [("project", 1, 1, 5, range(3))]),
        (
            [PROJECTS, "P1|A|Green", "", "North", PROJECTS, "P2|B|Red"],
            [("project", 1, 1, 3, range(3)), ("project", 5, 5, 6, range(3))],
        ),
        # beside each other, also with headers in different rows
        (
            [PROJECTS + "||" + RISKS, "P1|A|Green||R1|P1|Fire"],
            [("project", 1, 1, 2, range(4)), ("risk", 1, 1, 2, range(4, 7))],
        ),
        (
            [PROJECTS, "P1|A|Green||" + RISKS, "P2|B|Red||R1|P1|Fire"],
            [("project", 1, 1, 3, range(4)), ("risk", 2, 2, 3, range(4, 7))],
        ),
        # a table below them crosses the gap
        (
            [PROJECTS + "||" + RISKS, "P1|A|Green||R1|P1|Fire", "", "P2|B|Red||R2|P1|Ice", "",
             "Milestone ID|Project|Milestone|Baseline|Forecast", "M1|P1|Go|2026-01-31|2026-02-28"],
            [("project", 1, 1, 5, range(4)), ("risk", 1, 1, 5, range(4, 7)), ("milestone", 6, 6, 7, range(7))],
        ),
        # a blank column inside a table divides nothing
        (["Project ID|Project||RAG|PV", "P1|A||Green|1"], [("project", 1, 1, 2, range(5))]),
        # lines of labels above a table are no table
        (["Project|Bridge|Month|June 2026", "Status|Open|Owner|Smith", "", PROJECTS + "|PV|EV", "P1|A|Green|1|2"], [("project", 4, 4, 5, range(5))]),
        (["Contents|Page", "Costs|3"], []),
    ],
)  # fmt: skip
def test_where_tables_begin_and_end(lines: list[str], expected: list[tuple[object, ...]]) -> None:
    found = [
        (one.matching.row_kind.is_, one.first_header_row, one.header_row, one.last_row, one.positions)
        for one in layouts(sheet(*lines))
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("lines", "merged", "headings"),
    [
        (
            ["Project ID|Project|Baseline||Forecast|", "||Start|Finish|Start|Finish", "P1|A|x|x|x|x"],
            ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)),
            [
                "Project ID",
                "Project",
                "Baseline Start",
                "Baseline Finish",
                "Forecast Start",
                "Forecast Finish",
            ],
        ),
        (  # without merged ranges a group reaches to the next heading of its row
            ["Project ID|Project|Baseline||Forecast|", "||Start|Finish|Start|Finish", "P1|A|x|x|x|x"],
            (),
            [
                "Project ID",
                "Project",
                "Baseline Start",
                "Baseline Finish",
                "Forecast Start",
                "Forecast Finish",
            ],
        ),
        (
            ["Project|Project|Whole Life|Baseline|", "ID||Cost|Start|Finish", "P1|A|9|x|x"],
            ((0, 3, 0, 4),),
            ["Project ID", "Project", "Whole Life Cost", "Baseline Start", "Baseline Finish"],
        ),
        (
            ["Project ID|Project|PV|EV|AC", "||£m|£m|£m", "P1|A|1|2|3"],
            (),
            ["Project ID", "Project", "PV (£m)", "EV (£m)", "AC (£m)"],
        ),
        (
            ["Delivery|||", "Project|Project|Baseline|", "ID|Name|Start|Finish", "P1|A|x|x"],
            ((0, 0, 0, 3), (1, 2, 1, 3)),
            ["Project ID", "Project Name", "Baseline Start", "Baseline Finish"],
        ),
    ],
)
def test_headings_over_several_rows(
    lines: list[str], merged: tuple[tuple[int, int, int, int], ...], headings: list[str]
) -> None:
    (layout,) = layouts(sheet(*lines, merged=merged))
    assert list(layout.headings) == headings
    assert layout.header_row == len(lines) - 1


def test_a_group_that_changes_nothing_is_told() -> None:
    (layout,) = layouts(
        sheet("Project ID|Project|Money||", "||PV|EV|AC", "P1|A|1|2|3", merged=((0, 2, 0, 4),))
    )
    assert layout.headings == ("Project ID", "Project", "PV", "EV", "AC")
    assert layout.told == tuple(("GROUP_HEADING", name, "Money") for name in ("PV", "EV", "AC"))


def test_merged_cells_of_data_are_carried_down_inside_their_range_only() -> None:
    found = sheet(
        "Programme|Project ID|RAG|", "North|P1|Green", "|P2|Red", "", "|P3|Red", merged=((1, 0, 3, 0),)
    )
    (rows,) = rows_of(found)
    assert rows.raw[0].tolist() == ["North", "North", None]
    assert list(rows.raw.index) == [2, 3, 5]
    assert rows.carried == ((3, 0),)
    assert found.columns[0][2] is None


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (["P1|A|10", "P2|B|20", "Total||30"], {4: "SUBTOTAL_ROW"}),
        (["P1|A|10", "P2|Total Transformation|20"], {}),
        (["Total Transformation|Total Transformation|10", "P2|B|20"], {}),
        (["P1|A|10", "P2|B|20", "|Total Roads|30"], {4: "SUBTOTAL_ROW"}),
        (["P1|A|10", "P2|B|20", "|Total Roads|31"], {}),
        (["P1|A|10", "P2|B|20", "|Roads total|30", "P3|C|5", "P4|D|6", "|Rail total|11"], {4: "SUBTOTAL_ROW", 7: "SUBTOTAL_ROW"}),
        (["P1|A|£1,000", "P2|B|£2,000.50", "|Total Roads|£3,000.50"], {4: "SUBTOTAL_ROW"}),
        (["P1|A|10", "Project ID|Project|PV"], {3: "REPEATED_HEADER"}),
        (["P1|A|10", "All amounts are without tax"], {3: "FOOTNOTE_ROW"}),
        (["P1|A|10", "* without tax"], {3: "FOOTNOTE_ROW"}),
        (["P1|A|10", "Average||10", "|Count:|1"], {3: "STATISTIC_ROW", 4: "STATISTIC_ROW"}),
        (["P1|A|10", "Number of projects|1|"], {3: "STATISTIC_ROW"}),
        (["P1|A|10", "P2|Count|10", "Average|B|10", "7|Count|1"], {}),
        (["P1|A|10", "Total||10", "Note: 2026 is provisional"], {3: "SUBTOTAL_ROW", 4: "FOOTNOTE_ROW"}),
        (["P1|A|10", *[""] * 1100, "x"], {1103: "STRAY_CELL"}),
        (["P1|A|10", *[""] * 900, "x"], {}),
    ],
)  # fmt: skip
def test_rows_that_are_no_data(rows: list[str], codes: dict[int, str]) -> None:
    (read,) = rows_of(sheet("Project ID|Project|PV", *rows))
    assert dict(read.set_aside.dropna()) == codes
    assert read.n_read - read.n_empty == len(read.raw)


@pytest.mark.parametrize(
    ("headings", "rows", "notes"),
    [
        ("Project ID|Project|Wert|Ort", ["P1|A|1|x", "P2|B|2|y", "Note: 2026"], [4]),
        ("Project ID|Project|Wert|Ort", ["P1|A|1|x", "P2|B|2|y", "P3"], []),
        ("Project ID|Project", ["P1|A", "Figures are not yet audited"], [3]),
        ("Project ID|Project", ["P1|A", "|Figures are not yet audited"], []),
        ("Project ID|Project", ["P1|A", "Note 7"], []),
        ("Project ID|Project", ["The old town bridge|A", "The new town bridge"], []),
        ("Project ID|Project", ["P1|A", "Figures are not yet audited", "P2|B"], []),
    ],
)
def test_a_note_below_a_table_of_two_known_headings(headings: str, rows: list[str], notes: list[int]) -> None:
    (read,) = rows_of(sheet(headings, *rows))
    assert list(read.set_aside[read.set_aside == "FOOTNOTE_ROW"].index) == notes


def test_a_name_that_begins_like_a_total_serves_as_key() -> None:
    (read,) = rows_of(sheet("Project|RAG|PV", "Total Transformation|Green|10", "B|Red|20", "Total||30"))
    assert dict(read.set_aside.dropna()) == {4: "SUBTOTAL_ROW"}


def test_a_far_header_is_found_in_a_long_sheet() -> None:
    data = [f"P{n}|A|Green" for n in range(500)]
    found = layouts(sheet(PROJECTS, *data, RISKS, "R1|P1|Fire", "", RISKS.upper(), "R2|P1|Ice"))
    assert [(one.header_row, one.last_row) for one in found] == [(1, 501), (502, 506)]
