"""Months across: columns of months, quarters and years give the same as one row a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import pmo_analytics as pmo
from loading.layout.sheets import layouts, rows_of, sheet
from pmo_analytics.loading.layout.months import read_span
from pmo_analytics.schemas.fiscal_years import FiscalYear

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("heading", "start", "expected"),
    [
        ("Jan 2026", 4, ("2026-01", "")),
        ("January-26", 4, ("2026-01", "")),
        ("2026-01", 4, ("2026-01", "")),
        ("2026-02-28 00:00:00", 4, ("2026-02", "")),
        ("AC Jan 2026", 4, ("2026-01", "AC")),
        ("Jan 2026 AC", 4, ("2026-01", "AC")),
        ("Jan 2026 AC (£m)", 4, ("2026-01", "AC (£m)")),
        ("Q1 2026", 4, ("2026-03", "")),
        ("2026 Q4", 4, ("2026-12", "")),
        ("Q2 FY22-23", 4, ("2022-09", "")),
        ("Q4 FY22-23", 4, ("2023-03", "")),
        ("FY22/23 Q1", 10, ("2022-12", "")),
        ("FY2025/26", 4, ("2026-03", "")),
        ("FY26", 1, ("2026-12", "")),
        ("FY2025/26", 1, None),
        ("2025/26", 4, ("2026-03", "")),
        ("PV 2026", 4, ("2026-12", "PV")),
        ("FY2025/28", 4, None),
        ("Q5 2026", 4, ("2026-12", "Q5")),
        ("Summary", 4, None),
        ("Risk 12", 4, None),
        ("Decision 9", 4, None),
    ],
)
def test_spans_of_time_in_headings(heading: str, start: int, expected: tuple[str, str] | None) -> None:
    found = read_span(heading, FiscalYear(start))
    assert (None if found is None else (f"{found.period:%Y-%m}", found.rest)) == expected
    assert found is None or not found.doubtful


@pytest.mark.parametrize(
    ("heading", "fiscal_year", "month", "doubtful"),
    [
        ("FY26", FiscalYear(4), "2026-03", True),
        ("FY26", FiscalYear(4, "end"), "2026-03", False),
        ("FY26", FiscalYear(4, "start"), "2027-03", False),
        ("FY2026", FiscalYear(10, "end"), "2026-09", False),
        ("AC FY23 Q1", FiscalYear(10), "2022-12", True),
        ("Q1 FY23", FiscalYear(10, "start"), "2023-12", False),
    ],
)
def test_a_fiscal_year_of_one_year_is_doubtful_unless_its_name_is_settled(
    heading: str, fiscal_year: FiscalYear, month: str, doubtful: bool
) -> None:
    found = read_span(heading, fiscal_year)
    assert found is not None
    assert (f"{found.period:%Y-%m}", found.doubtful) == (month, doubtful)


def _load(tmp_path: Path, lines: str, **settings: str) -> pmo.Portfolio:
    (tmp_path / "costs.csv").write_text(lines, encoding="utf-8")
    return pmo.load(tmp_path / "costs.csv", config=pmo.Settings(currency="GBP", **settings), period="2026-03")


ACROSS = "Project ID,Project name,AC FY25,AC FY26,Remark\nP1,One,10,20,x\n"


@pytest.mark.parametrize(
    ("named_by", "months"), [("end", ["2025-03-31", "2026-03-31"]), ("start", ["2026-03-31", "2027-03-31"])]
)
def test_fiscal_years_across_are_those_of_the_settings(
    tmp_path: Path, named_by: str, months: list[str]
) -> None:
    status = _load(tmp_path, ACROSS, fiscal_year_named_by=named_by).status
    assert status["period"].astype("str").tolist() == months
    assert status["ac"].tolist() == [10.0, 20.0]


def test_fiscal_years_across_that_can_be_two_years_count_nowhere_and_are_kept(tmp_path: Path) -> None:
    portfolio = _load(tmp_path, ACROSS)
    assert portfolio.projects["project_id"].tolist() == ["P1"]
    assert "ac" not in portfolio.status or portfolio.status["ac"].isna().all()
    told = portfolio.findings[portfolio.findings["code"] == "AMBIGUOUS_HEADING"]
    assert told["column"].tolist() == ["AC FY25", "AC FY26"]
    assert told["message"].str.contains("fiscal_year_named_by").all()
    kept = portfolio.cells[portfolio.cells["heading"].isin(["AC FY25", "AC FY26"])]
    assert kept["raw"].tolist() == ["10", "20"]


def test_of_fiscal_years_across_those_written_with_both_years_still_count(tmp_path: Path) -> None:
    portfolio = _load(tmp_path, ACROSS.replace("FY26", "FY2025/26"))
    assert portfolio.status["period"].astype("str").tolist() == ["2026-03-31"]
    assert portfolio.status["ac"].tolist() == [20.0]
    assert portfolio.findings.loc[portfolio.findings["code"] == "AMBIGUOUS_HEADING", "column"].tolist() == [
        "AC FY25"
    ]


def test_measures_in_rows_below_doubtful_fiscal_years_count_nowhere(tmp_path: Path) -> None:
    lines = "Project ID,Project name,Measure,FY25,FY26\nP1,One,Actual Cost,10,20\nP1,One,Earned Value,11,21\n"
    portfolio = _load(tmp_path, lines)
    assert (portfolio.findings["code"] == "AMBIGUOUS_HEADING").sum() == 2
    settled = _load(tmp_path, lines, fiscal_year_named_by="end").status
    assert settled["ac"].tolist() == [10.0, 20.0]
    assert settled["ev"].tolist() == [11.0, 21.0]


@pytest.mark.parametrize(
    ("lines", "options", "months", "fields"),
    [
        (["Project ID|AC Jan 2026|AC Feb 2026", "P1|1|2"], {}, ["2026-01", "2026-02"], ["ac"]),
        (["Project ID|Jan 2026 AC|Jan 2026 EV|Feb 2026 AC|Feb 2026 EV", "P1|1|2|3|4"], {}, ["2026-01", "2026-02"], ["ac", "ev"]),
        (["Project ID|AC||EV|", "|2026-01|2026-02|2026-01|2026-02", "P1|1|2|3|4"], {"merged": ((0, 1, 0, 2), (0, 3, 0, 4))}, ["2026-01", "2026-02"], ["ac", "ev"]),
        (["Actual Cost (£m)", "", "Project ID|Q1 2026|Q2 2026", "P1|1|2"], {}, ["2026-03", "2026-06"], ["ac"]),
        (["Project ID|Jan 2026|Feb 2026", "P1|1|2"], {"name": "Earned Value"}, ["2026-01", "2026-02"], ["ev"]),
        ([["Project ID", pd.Timestamp("2026-01-31").to_pydatetime(), pd.Timestamp("2026-02-28").to_pydatetime()], ["P1", 1.0, 2.0]], {"name": "AC"}, ["2026-01", "2026-02"], ["ac"]),
    ],
)  # fmt: skip
def test_one_layout_a_month(
    lines: list[str], options: dict[str, object], months: list[str], fields: list[str]
) -> None:
    found = layouts(sheet(*lines, **options))
    assert [f"{one.month.period:%Y-%m}" for one in found if one.month] == months
    assert [one.suffix for one in found] == [f"@{month}" for month in months]
    for one in found:
        assert sorted(c for t, c in one.matching.fields if t == "status" and c != "project_id") == fields


@pytest.mark.parametrize(
    "lines",
    [
        ["Project ID|Project|Jan 2026|Feb 2026", "P1|A|1|2"],  # nobody says of what
        ["Project ID|Project|AC Jan 2026|EV Feb 2026", "P1|A|1|2"],  # one month of each is no series
        ["Project ID|Month|AC Jan 2026|AC Feb 2026", "P1|2026-01|1|2"],  # the rows have a month of their own
    ],
)
def test_what_is_not_unpivoted(lines: list[str]) -> None:
    (layout,) = layouts(sheet(*lines))
    assert layout.month is None


def test_a_row_without_any_month_is_told_once() -> None:
    january, february = rows_of(
        sheet("Project ID|AC Jan 2026|AC Feb 2026", "P1|1|", "P2||2", "P3||", "Total|1|2")
    )
    assert list(january.raw.index) == [2, 4, 5]
    assert dict(january.set_aside.dropna()) == {4: "NO_MONTH", 5: "SUBTOTAL_ROW"}
    assert list(february.raw.index) == [3]


def test_months_across_give_the_same_as_their_long_form(tmp_path: Path) -> None:
    wide = tmp_path / "wide.csv"
    wide.write_text(
        "Project ID,Project,Department,PV Jan 2026 (£m),PV Feb 2026 (£m),AC Jan 2026,AC Feb 2026\n"
        "P1,Bridge,Roads,1.5,2,100,bad\nP2,Tunnel,Rail,,3,,\nTotal,,,1.5,5,100,\n",
        "utf-8",
    )
    long = tmp_path / "long.csv"
    long.write_text(
        "Project ID,Project,Department,Month,PV (£m),AC\nP1,Bridge,Roads,2026-01,1.5,100\n"
        "P1,Bridge,Roads,2026-02,2,bad\nP2,Tunnel,Rail,2026-02,3,\n",
        "utf-8",
    )
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
    cells = across.findings.set_index("code")["cell"]
    assert cells["UNREADABLE_MONEY"] == "G2"
    (file,) = across.files
    assert (file.above, file.accepted, file.quarantined, file.empty) == (1, 2, 1, 0)
    assert len(across.quarantine) == 1


WIDE = "Project ID,Project,RAG,Forecast Finish,AC Jan 2026,AC Feb 2026,AC Mar 2026\nP1,A,Red,2026-09-01,1,2,3\nP2,B,Green,2026-10-01,,,\n"


@pytest.mark.parametrize(
    ("name", "options", "month"),
    [
        ("wide.csv", {}, "2026-03"),
        ("wide 2026-02.csv", {}, "2026-02"),
        ("wide.csv", {"as_of": "2026-01-31"}, "2026-01"),
        ("wide 2025-12.csv", {}, "2026-03"),
    ],
)
def test_what_has_no_month_is_of_the_reports_own(
    tmp_path: Path, name: str, options: dict[str, str], month: str
) -> None:
    path = tmp_path / name
    path.write_text(WIDE, "utf-8")
    portfolio = pmo.load(path, **options)
    status = portfolio.status[portfolio.status["carried_from"].isna()]
    red = status[status["rag_reported"].notna()].set_index("project_id")["period"].dt.strftime("%Y-%m")
    assert red.to_dict() == {"P1": month, "P2": month}
    assert status[status["project_id"] == "P1"]["ac"].tolist() == [1, 2, 3]
    assert status["forecast_finish"].notna().sum() == 2
    told = portfolio.findings.set_index("code")["message"]["UNDATED_COLUMNS"]
    assert f"RAG, Forecast Finish; {month}" in told
    (file,) = portfolio.files
    assert (file.read, file.accepted, file.quarantined) == (2, 2, 0)
