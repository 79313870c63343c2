"""Two deliveries of one fact: blanks filled, conflicts named with both cells, precedence, and no matter of order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmo_analytics as pmo
from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.loading.combining import combine
from pmo_analytics.schemas.settings import Settings
from pmo_analytics.schemas.source import Source
from pmo_analytics.schemas.tables import table

JUNE = "2026-06-30"


def source(key: str, path: str, *fields: str, profile: str = "generic") -> Source:
    letters = {field: "ABCDEFGH"[at] for at, field in enumerate(fields)}
    return Source(key, path, None, "", profile, "project", (), 1, None, "", addresses=letters)


def rows(name: str, *given: dict[str, Any]) -> pd.DataFrame:
    """Typed rows of a table: each is one source's row for P1 in June, in row 2, unless it says otherwise."""
    spec = table(name)
    base = {"period": JUNE, "source_row": 2} | dict.fromkeys(set(spec.key) - {"period"}, "P1")
    data = pd.DataFrame([base | {"source": f"s{at}"} | row for at, row in enumerate(given, start=1)])
    return pd.DataFrame(
        {c: pd.Series(data.get(c), index=data.index).astype(dtype) for c, dtype in spec.dtypes().items()}
    )


SOURCES = (
    source("s1", "a/plan-2026-06.csv", "status.project_id", "status.ac", "status.forecast_finish"),
    source("s2", "b/finance-06.xlsx", "status.project_id", "status.ac", profile="ledger"),
    source("s3", "c/other.csv", "status.project_id", "status.ac"),
)


def settled(given: list[dict[str, Any]], **config: Any) -> tuple[pd.Series, list[tuple[str, ...]]]:
    combined = combine(rows("status", *given), "status", SOURCES, Settings(**config))
    told = combined.faults[["code", "column", "source", "value", "detail"]]
    assert len(combined.rows) == 1
    return combined.rows.iloc[0], list(told.itertuples(index=False, name=None))


def test_a_blank_is_filled_from_the_other_and_its_cell_is_known() -> None:
    combined = combine(
        rows("status", {"pv": 1.0}, {"ac": 2.0, "ev_reason": "withheld"}), "status", SOURCES, Settings()
    )
    row = combined.rows.iloc[0]
    assert (row["pv"], row["ac"], row["ev_reason"], row["source"]) == (1.0, 2.0, "withheld", "s1")
    assert combined.faults.empty
    assert combined.origins.values.tolist() == [["status", "ac", "s1", 2, "s2", 2]]
    assert combined.idle.empty


def test_a_blank_with_a_reason_is_filled_and_loses_the_reason() -> None:
    row, told = settled([{"ac_reason": "not_reported"}, {"ac": 2.0}])
    assert (row["ac"], told) == (2.0, [])
    assert pd.isna(row["ac_reason"])


@pytest.mark.parametrize(
    ("column", "one", "other", "value", "detail"),
    [
        ("ac", 90.0, 100.0, "100", "90 in plan-2026-06.csv B2"),
        ("forecast_finish", "2027-01-01", "2027-02-01", "2027-02-01", "2027-01-01 in plan-2026-06.csv C2"),
        ("rag_overall", "green", "red", "red", "green in plan-2026-06.csv row 2"),
        ("pct_complete", 0.4, 0.5, "0.5", "0.4 in plan-2026-06.csv row 2"),
    ],
)
def test_a_conflict_counts_nowhere_and_names_both_cells(
    column: str, one: Any, other: Any, value: str, detail: str
) -> None:
    row, told = settled([{column: one}, {column: other}])
    assert pd.isna(row[column])
    assert row[f"{column}_reason"] == "conflict"
    assert told == [("VALUE_CONFLICT", column, "s2", value, detail)]


def test_flags_conflict_and_words_are_those_of_the_first() -> None:
    row, told = settled(
        [{"rebaselined": True, "narrative": "All well"}, {"rebaselined": False, "narrative": "Late"}]
    )
    assert pd.isna(row["rebaselined"])
    assert row["narrative"] == "All well"
    assert [fault[1] for fault in told] == ["narrative", "rebaselined"]


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [("ac", 0.1 + 0.2, 0.3), ("narrative", "All  WELL ", "all well"), ("rag_overall", "red", "red")],
)
def test_the_same_said_twice_is_no_conflict(column: str, one: Any, other: Any) -> None:
    _, told = settled([{column: one}, {column: other}])
    assert told == []


@pytest.mark.parametrize(
    ("precedence", "ac", "codes"),
    [
        ({}, None, {"VALUE_CONFLICT"}),
        ({"ac": ["finance-*", "*"]}, 2.0, {"PRECEDENCE_APPLIED"}),
        ({"ac": ["FINANCE-06.XLSX"]}, 2.0, {"PRECEDENCE_APPLIED"}),
        ({"ac": ["ledger"]}, 2.0, {"PRECEDENCE_APPLIED"}),
        ({"status.ac": ["other*"], "ac": ["finance-*"]}, 3.0, {"PRECEDENCE_APPLIED"}),
        ({"status": {"ac": ["other*"]}, "ac": ["finance-*"]}, 3.0, {"PRECEDENCE_APPLIED"}),
        ({"status": ["plan-*"]}, 1.0, {"PRECEDENCE_APPLIED"}),
        ({"ac": ["plan-*"], "status": ["other*"]}, 1.0, {"PRECEDENCE_APPLIED"}),
        ({"ev": ["finance-*"], "projects": ["finance-*"]}, None, {"VALUE_CONFLICT"}),
        ({"ac": ["*"]}, None, {"VALUE_CONFLICT"}),
        ({"ac": ["nobody*"]}, None, {"VALUE_CONFLICT"}),
        ({"ac": ["[fp]*", "*"]}, None, {"VALUE_CONFLICT", "PRECEDENCE_APPLIED"}),
    ],
)
def test_the_precedence_of_the_settings_settles(precedence: Any, ac: float | None, codes: set[str]) -> None:
    row, told = settled([{"ac": 1.0}, {"ac": 2.0}, {"ac": 3.0}], precedence=precedence)
    assert (None if pd.isna(row["ac"]) else row["ac"]) == ac
    assert {fault[0] for fault in told} == codes
    assert len(told) == 2


def test_a_blank_of_the_strongest_leaves_the_others_to_settle_it() -> None:
    row, told = settled(
        [{"ac": 1.0}, {"ac_reason": "withheld"}, {"ac": 3.0}], precedence={"ac": ["finance-*"]}
    )
    assert row["ac_reason"] == "conflict"
    assert [fault[0] for fault in told] == ["VALUE_CONFLICT"]


@pytest.mark.parametrize(
    ("one", "other", "ending"),
    [
        (5.0, 5e6, "; 1,000,000 times apart: one of them may be in millions"),
        (5e3, 5.0, "; 1,000 times apart: one of them may be in thousands"),
        (5.0, 5.1e6, ""),
        (0.0, 5.0, ""),
    ],
)
def test_amounts_a_million_times_apart_are_said_to_be(one: float, other: float, ending: str) -> None:
    _, told = settled([{"ac": one}, {"ac": other}])
    assert told[0][4].removeprefix(f"{one:.0f} in plan-2026-06.csv B2") == ending


def test_amounts_are_not_mixed_over_currencies() -> None:
    given = [{"ac": 1.0, "currency": "GBP"}, {"pv": 2.0, "currency": "EUR"}, {"ev": 3.0}]
    row, told = settled(given, precedence={"currency": ["plan-*"]})
    assert (row["currency"], row["ac"], row["ev"]) == ("GBP", 1.0, 3.0)
    assert pd.isna(row["pv"])
    assert [fault[:4] for fault in told] == [
        ("CURRENCY_CONFLICT", "pv", "s2", "EUR"),
        ("CURRENCY_ASSUMED", "ev", "s3", "3"),
    ]
    assert told[0][4].startswith("GBP in plan-2026-06.csv")


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_currencies_none_counts_where_nobody_decides(order: int) -> None:
    given = [{"ac": 1.0, "currency": "GBP"}, {"ac": 2.0, "pv": 2.0, "currency": "EUR"}, {"ev": 3.0}][::order]
    row, told = settled(given)
    assert row[["currency", "ac", "pv", "ev"]].isna().all()
    assert {row[f"{name}_reason"] for name in ("ac", "pv", "ev")} == {"conflict"}
    assert {fault[0] for fault in told} >= {"CURRENCY_CONFLICT"}


def test_the_currency_of_a_file_without_amounts_decides_nothing() -> None:
    row, told = settled([{"narrative": "x", "currency": "EUR"}, {"ac": 2.0, "currency": "GBP"}])
    assert (row["currency"], row["ac"], told) == ("GBP", 2.0, [])


def test_precedence_is_checked_when_it_is_set() -> None:
    with pytest.raises(UnknownName, match="'acc'"):
        Settings(precedence={"acc": ["x"]})
    with pytest.raises(UnknownName, match=r"'status\.sponsor'"):
        Settings(precedence={"status": {"sponsor": ["x"]}})
    with pytest.raises(ConfigurationError, match="a table of lists"):
        Settings(precedence={"ac": "finance-*"})  # type: ignore[dict-item]


# ------------------------------------------------------------------------------------------- whole files


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


RISKS = "Risk ID,Project ID,Risk,Probability,Cost impact,Status"


def test_registers_and_reports_are_combined_not_kept_out(tmp_path: Path) -> None:
    write(tmp_path, "a-2026-06.csv", RISKS, "R1,P1,Flood,20%,100,Open", "R2,P1,Wind,10%,50,Open")
    write(tmp_path, "b-2026-06.csv", RISKS, "r1,P1,Flood,30%,100,Open", "R3,P1,Fire,10%,,Open")
    portfolio = pmo.load(tmp_path)
    risks = portfolio.risks.set_index("risk_id")
    assert sorted(risks.index) == ["R1", "R2", "R3"]
    assert risks.loc["R1", "prob_residual_reason"] == "conflict"
    assert all(file.quarantined == 0 for file in portfolio.files)
    told = portfolio.findings.query("code == 'VALUE_CONFLICT'").iloc[0]
    assert (Path(told["file"]).name, told["cell"]) == ("b-2026-06.csv", "D2")
    assert "0.2 in a-2026-06.csv D2" in told["message"]


def test_a_file_that_repeats_another_is_said_once(tmp_path: Path) -> None:
    lines = ("Project ID,Project,RAG,AC", "P1,Bridge,Red,5", "P2,Road,Green,6")
    write(tmp_path, "a-2026-06.csv", *lines)
    write(tmp_path, "copy of a-2026-06.csv", *lines)
    write(tmp_path, "c-2026-06.csv", "Project ID,Project,EV", "P1,Bridge,4", "P2,Road,")
    portfolio = pmo.load(tmp_path)
    told = portfolio.findings.query("code in ('REPEATED_ROWS', 'VALUE_CONFLICT', 'DUPLICATE_KEY')")
    assert told[["code", "value"]].values.tolist() == [["REPEATED_ROWS", "1"], ["REPEATED_ROWS", "2"]]
    assert [Path(file).name for file in told["file"]] == ["c-2026-06.csv", "copy of a-2026-06.csv"]
    assert "a-2026-06.csv" in told["message"].iloc[1]
    assert portfolio.status["ev"].fillna(-1).tolist() == [4.0, -1.0]


def test_the_cell_of_a_filled_figure_is_the_one_it_came_from(tmp_path: Path) -> None:
    write(tmp_path, "a-2026-06.csv", "Project ID,Project,RAG,EV,AC", "P1,Bridge,Red,50,60")
    write(tmp_path, "finance-2026-06.csv", "Project ID,Note,AC", "P9,,1", "P1,,100")
    portfolio = pmo.load(tmp_path, config=Settings(precedence={"ac": ["finance-*"]}))
    told = str(pmo.explain(pmo.rate(pmo.measure(portfolio)), "P1", portfolio=portfolio))
    assert "finance-2026-06.csv C3 = 100" in told
    assert "a-2026-06.csv D2 = 50" in told


CELL = st.sampled_from([None, 1.0, 2.0])
ROW = st.fixed_dictionaries({"ac": CELL, "ev": CELL, "narrative": st.sampled_from([None, "a", "b"])})
#: What every source says of P1, and perhaps of P2.
STATED = st.lists(st.tuples(ROW, ROW | st.none()), min_size=2, max_size=3)


@settings(max_examples=8, deadline=None)
@given(stated=STATED, turned=st.booleans())
def test_what_counts_was_stated_and_is_undefined_only_where_two_differ(stated: Any, turned: bool) -> None:
    given_rows = [
        row | {"project_id": project, "source": f"s{at}", "source_row": line}
        for at, pair in enumerate(stated, start=1)
        for line, (project, row) in enumerate(zip(("P1", "P2"), pair, strict=True), start=2)
        if row is not None
    ]
    # The order of rows within a source is no matter; that of the sources is settled before.
    ordered = sorted(
        given_rows, key=lambda row: (row["source"], -row["source_row"] if turned else row["source_row"])
    )
    combined = combine(rows("status", *ordered), "status", SOURCES, Settings())
    for project, said in combined.rows.set_index("project_id").iterrows():
        for column in ("ac", "ev", "narrative"):
            told = [
                row[column] for row in given_rows if row["project_id"] == project and row[column] is not None
            ]
            differ = len(set(told)) > 1 and column != "narrative"
            expected = None if differ or not told else told[0]
            assert (None if pd.isna(said[column]) else said[column]) == expected
    conflicts = combined.faults.query("code == 'VALUE_CONFLICT'")
    assert len(conflicts[["column", "key"]].drop_duplicates()) == sum(
        len({row[column] for row in given_rows if row["project_id"] == project and row[column] is not None})
        > 1
        for project in ("P1", "P2")
        for column in ("ac", "ev", "narrative")
    )


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    head = "Project ID,EV,AC,Sponsor"
    paths = [
        write(tmp_path, "a-2026-06.csv", head, "P1,1,2,A. Person", "P2,,5,"),
        write(tmp_path, "b-2026-06.csv", head, "p2,3,4,B. Person", "P1,1,,A. Other"),
        write(tmp_path, "c-2026-06.csv", head, "P1 ,1,2,A. Person"),
    ]
    first, *others = [_everything(pmo.load(order)) for order in (paths, paths[::-1], paths[1:] + paths[:1])]
    assert all(one == first for one in others)


def _everything(portfolio: pmo.Portfolio) -> list[Any]:
    frames = [portfolio.projects, portfolio.status, portfolio.findings, portfolio.cells, portfolio.origins]
    return [frame.astype("str").values.tolist() for frame in frames]
