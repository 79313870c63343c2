"""Measures in rows, months across: the same as one row a month, with every value under its own cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import pmo_analytics as pmo
from loading.layout.sheets import layouts, rows_of, sheet

if TYPE_CHECKING:
    from pathlib import Path

WIDE = (
    "Project ID,Project,Department,Measure,Jan 2026,Feb 2026,Mar 2026\n"
    "P1,Bridge,Roads,Planned Value (£m),1.5,2,3\n"
    "P1,Bridge,Roads,Actual cost (£k),1400,bad,\n"
    "P1,Bridge,Roads,Forecast cost (£m),9,9,8\n"
    "P2,Tunnel,Rail,Planned Value (£m),,3,4\n"
    "P2,Tunnel,Rail,Actual cost (£k),,2900,4100\n"
    "P2,Tunnel,Rail,Forecast cost (£m),7,7,7\n"
    "Total,,,Forecast cost (£m),16,16,15\n"
)
LONG = (
    "Project ID,Project,Department,Month,Planned Value (£m),Actual cost (£k),Forecast cost (£m)\n"
    "P1,Bridge,Roads,2026-01,1.5,1400,9\n"
    "P1,Bridge,Roads,2026-02,2,bad,9\n"
    "P1,Bridge,Roads,2026-03,3,,8\n"
    "P2,Tunnel,Rail,2026-01,,,7\n"
    "P2,Tunnel,Rail,2026-02,3,2900,7\n"
    "P2,Tunnel,Rail,2026-03,4,4100,7\n"
)


@pytest.mark.parametrize(
    ("lines", "options", "measures"),
    [
        (["Project ID|Measure|Jan 2026|Feb 2026", "P1|AC|1|2", "P1|EV|1|2"], {}, ["ac", "ev"]),
        (["Project ID|Metric|2026-01|2026-02", "P1|Actual Cost|1|2"], {}, ["ac"]),
        (["Project ID|Project|What|Q1 2026|Q2 2026", "P1|A|Forecast cost|1|2", "P1|A|Actual cost|1|2"], {}, ["eac_reported", "ac"]),
        (["Project ID|Cost|Jan 2026|Feb 2026", "P1|Actual|1|2", "P1|Forecast|1|2"], {}, ["ac", "eac_reported"]),
        (["Cost", "", "Project ID|Measure|Jan 2026|Feb 2026", "P1|Actual|1|2"], {}, ["ac"]),
        (["Earned Value", "", "Project ID|Measure|Jan 2026|Feb 2026", "P1|AC|1|2"], {}, ["ac"]),  # not the title
    ],
)  # fmt: skip
def test_one_layout_for_each_measure_and_month(
    lines: list[str], options: dict[str, object], measures: list[str]
) -> None:
    found = layouts(sheet(*lines, **options))
    assert [
        sorted(c for t, c in one.matching.fields if t == "status" and c != "project_id") for one in found
    ] == [[measure] for measure in measures for _ in range(2)]
    assert len({one.suffix for one in found}) == len(found)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Project ID|Project|What|Jan 2026|Feb 2026",
            "P1|A|AC|1|2",
            "P1|A|Bridge|1|2",
        ],  # not all are measures
        ["Project ID|Project|Jan 2026|Feb 2026", "P1|AC|1|2", "P2|EV|1|2"],  # the name of a project
        ["Project ID|Measure|Planned cost|Month", "P1|AC|1|2026-01"],  # no months across
        ["Project ID|Measure|Jan 2026|Feb 2026", "P1|Morale|1|2"],  # nobody knows of what
    ],
)
def test_what_is_no_column_of_measures(lines: list[str]) -> None:
    assert all(one.month is None for one in layouts(sheet(*lines)))


def test_a_measure_in_the_heading_of_a_month_goes_before_one_in_its_row() -> None:
    found = layouts(sheet("Project ID|Measure|AC Jan 2026|AC Feb 2026", "P1|EV|1|2", "P1|PV|1|2"))
    assert [one.month.rows for one in found if one.month] == [None, None]
    assert {c for one in found for t, c in one.matching.fields if t == "status"} == {"project_id", "ac"}


def test_the_word_of_one_tool_is_none_of_every_table() -> None:
    # Planned Cost is the budget in one published portfolio, and something else elsewhere.
    found = layouts(sheet("Project ID|Measure|Jan 2026|Feb 2026", "P1|Planned Cost|1|2", "P1|AC|1|2"))
    assert {c for one in found for t, c in one.matching.fields if t == "status"} == {"project_id", "ac"}


def test_rows_of_no_measure_and_no_month_are_told_once() -> None:
    found = rows_of(
        sheet(
            "Project ID|Measure|Jan 2026|Feb 2026",
            "P1|AC|1|2",
            "P1|EV|1|",
            "P1|Morale|1|2",
            "P2|AC||",
            "P2||1|2",
            "Total|AC|1|2",
        )
    )
    assert [list(one.raw.index) for one in found] == [[2, 4, 5, 6, 7], [2], [3], []]
    assert dict(found[0].set_aside.dropna()) == {
        4: "UNKNOWN_MEASURE",
        5: "NO_MONTH",
        6: "UNKNOWN_MEASURE",
        7: "SUBTOTAL_ROW",
    }
    assert not any(one.set_aside.notna().any() for one in found[1:])


def test_measures_in_rows_give_the_same_as_their_long_form(tmp_path: Path) -> None:
    wide, long = tmp_path / "wide.csv", tmp_path / "long.csv"
    wide.write_text(WIDE, "utf-8")
    long.write_text(LONG, "utf-8")
    across, down = pmo.load(wide), pmo.load(long)
    for name in ("projects", "status"):
        pd.testing.assert_frame_equal(
            *(
                getattr(one, name)
                .drop(columns=["source", "source_row"])
                .sort_values(["project_id", "period"], ignore_index=True)
                for one in (across, down)
            )
        )
    (file,) = across.files
    assert (file.above, file.accepted, file.quarantined, file.empty) == (1, 6, 1, 0)
    found = across.findings.set_index("code")
    assert found.loc["UNREADABLE_MONEY", "cell"] == "F3"
    assert found.loc["MEASURES_IN_ROWS", "message"].startswith(
        "Measure says which measure the months of a row are of: Planned Value (£m) is pv, Actual cost (£k) is ac, "
    )
    assert "UNMAPPED_COLUMN" not in found.index
    assert "REPEATED_ROWS" not in found.index
    assert len(across.quarantine) == 1


def test_each_figure_is_traced_to_its_own_row(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(WIDE.replace("bad", "1900"), "utf-8")
    portfolio = pmo.load(path, as_of="2026-02-28")
    rated = pmo.rate(pmo.measure(portfolio))
    words = str(pmo.explain(rated, "P1", portfolio=portfolio))
    assert "wide.csv F3 = 1900" in words
    assert "wide.csv F4 = 9" in words


def test_faults_in_shared_columns_are_told_for_every_row(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(
        "Project ID,Start,Measure,Jan 2026,Feb 2026,Mood\nP1,soon,AC,1,2,x\nP1,later,EV,1,2,y\n", "utf-8"
    )
    portfolio = pmo.load(path)
    found = portfolio.findings[portfolio.findings["code"] == "UNREADABLE_DATE"]
    assert sorted(found["cell"]) == ["B2", "B3"]
    assert sorted(portfolio.cells.loc[portfolio.cells["heading"] == "Mood", "raw"]) == ["x", "y"]
    assert portfolio.findings["code"].tolist().count("UNMAPPED_COLUMN") == 1
