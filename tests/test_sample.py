"""The sample: made again it is the same, it has what its README says, its findings are the planted faults."""

from __future__ import annotations

import ast
import csv
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import pmo_analytics as pmo
from pmo_analytics import sample
from pmo_analytics.errors import FileMissing
from pmo_analytics.quality.kinds import KINDS
from pmo_analytics.quality.reports import is_report
from pmo_analytics.report.moving import moves
from pmo_analytics.sample import sample_data, sample_folder, sample_settings
from pmo_analytics.schemas.settings import Settings

MONTHS = [f"2025-{month:02d}" for month in range(7, 13)] + [f"2026-{month:02d}" for month in range(1, 7)]
WORKBOOKS = [
    "benefits-2026-06.xlsx",
    "change-log-2026-06.xlsx",
    "decisions-2026-06.xlsx",
    "finance-2026-06.xlsx",
    "governance-2026-06.xlsx",
    "harbour-status.xlsx",
    "milestone-plan-2026-06.xlsx",
    "planned-values-2026-06.xlsx",
    "portfolio-register-2026-06.xlsx",
    "raid-log-2026-06.xlsx",
    "resources-2026-06.xlsx",
    *(f"status-{month}.xlsx" for month in MONTHS),
    "task-plan-2026-06.xlsx",
]
MAY, JUNE = pd.Timestamp("2026-05-31"), pd.Timestamp("2026-06-30")
#: The duplicate in February, the proposal without a number in March, the total in January.
EXTRA_ROWS = {"2026-01": 1, "2026-02": 1, "2026-03": 1}


def _rows(path: Path, sheet: str, header: int) -> list[dict[str, object]]:
    """The rows below the header of a sheet, by heading."""
    page = load_workbook(path)[sheet]
    headings = [cell.value for cell in page[header]]
    return [
        dict(zip(headings, values, strict=True))
        for values in page.iter_rows(min_row=header + 1, values_only=True)
    ]


def _listed(month: str) -> list[dict[str, object]]:
    """The rows of a monthly workbook; its header moved up in April."""
    return _rows(sample_folder() / f"status-{month}.xlsx", "Status", 6 if month < "2026-04" else 5)


def _faults() -> list[dict[str, str]]:
    with (sample_folder() / "faults.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _cells(path: Path) -> dict[tuple[str, str], tuple[object, str, str]]:
    """Value, stored type and number format of every cell that holds something."""
    return {
        (page.title, cell.coordinate): (cell.value, cell.data_type, cell.number_format)
        for page in load_workbook(path)
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _found(portfolio: pmo.Portfolio) -> list[tuple[str, ...]]:
    """Address and kind of every finding."""
    address = ("code", "severity", "table", "column", "sheet", "cell")
    rows = portfolio.findings.to_dict("records")
    return sorted((Path(row["file"]).name, *(row[name] for name in address)) for row in rows)


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder into which the sample was made once more."""
    folder = tmp_path_factory.mktemp("sample")
    path = os.pathsep.join([str(root / "src"), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-B", str(root / "sample_data" / "make_sample.py"), str(folder)],
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    return folder


@pytest.fixture(scope="module")
def portfolio() -> pmo.Portfolio:
    """The sample with the settings of its organisation."""
    return pmo.load(sample_data(), config=sample_settings())


@pytest.fixture(scope="module")
def rated(portfolio: pmo.Portfolio) -> pd.DataFrame:
    """The figures and colours of June, by project."""
    return pmo.rate(pmo.measure(portfolio)).set_index("project_id")


def _of(portfolio: pmo.Portfolio, table: str, project: str, column: str) -> pd.Series:
    """A column of a project, by month."""
    rows = portfolio[table]
    return rows[rows["project_id"] == project].set_index("period")[column].sort_index()


# ---------------------------------------------------------------------------------------------- files


def test_delivery_is_the_workbooks_alone() -> None:
    assert [path.name for path in sample_data()] == WORKBOOKS


def test_a_missing_sample_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "__file__", str(tmp_path / "src" / "pmo_analytics" / "sample.py"))
    with pytest.raises(FileMissing, match="sample is not part of this installation"):
        sample_folder()
    with pytest.raises(FileMissing, match="sample is not part of this installation"):
        sample_settings()


@pytest.mark.parametrize("installed", ["src/pmo_analytics/sample_data", "sample_data"])
def test_the_sample_is_found_in_the_package_or_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: str
) -> None:
    (tmp_path / installed).mkdir(parents=True)
    (tmp_path / installed / "status-2026-06.xlsx").touch()
    monkeypatch.setattr(sample, "__file__", str(tmp_path / "src" / "pmo_analytics" / "sample.py"))
    assert sample_folder() == tmp_path / installed
    with pytest.raises(FileMissing, match=r"settings of the sample are not part"):
        sample_settings()
    (tmp_path / installed / "pmo.toml").touch()
    assert sample_settings() == tmp_path / installed / "pmo.toml"


@pytest.mark.parametrize("name", WORKBOOKS)
def test_made_again_it_is_the_same(made_again: Path, name: str) -> None:
    assert _cells(made_again / name) == _cells(sample_folder() / name)


def test_made_again_the_faults_are_the_same(made_again: Path) -> None:
    again = (made_again / "faults.csv").read_text(encoding="utf-8")
    assert again == (sample_folder() / "faults.csv").read_text(encoding="utf-8")


def test_scripts_and_their_functions_are_short(root: Path) -> None:
    for path in (root / "sample_data").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        assert len(text.splitlines()) <= 300
        assert all((node.end_lineno or 0) - node.lineno < 40 for node in functions), path.name


# --------------------------------------------------------------------------------------------- faults


def test_twenty_five_faults_of_as_many_kinds_in_cells_of_their_own() -> None:
    faults = _faults()
    assert [fault["fault"] for fault in faults] == [str(n) for n in range(1, 26)]
    assert len({(fault["file"], fault["sheet"], fault["cell"]) for fault in faults}) == 25
    assert len({fault["code"] for fault in faults}) == 25
    assert all(fault["severity"] == KINDS[fault["code"]].severity for fault in faults)
    assert {fault["severity"] for fault in faults} == {"error", "warning", "info"}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("DUPLICATE_KEY", "PRJ-009"),
        ("MISSING_KEY", None),
        ("MISSING_PERIOD", None),
        ("UNKNOWN_COLOUR", "Ambre"),
        ("UNREADABLE_MONEY", "approx. 15"),
        ("AMBIGUOUS_DATE", "05/06/2026"),
        ("EV_ABOVE_BAC", 3.642),
        ("RAG_WITHOUT_PATH", "Amber"),
        ("UNRESOLVED_LINK", "PRJ-099"),
        ("ERROR_CELL", "#REF!"),
        ("CURRENCY_CONFLICT", "£8.6m"),
        ("NAME_CHANGED", "Beach Groyne Replacement"),
        ("NOT_REPORTED", "TBC"),
        ("OUT_OF_RANGE", 6),
        ("ISSUE_WITHOUT_OWNER", None),
        ("UNKNOWN_WORD", "Noted"),
        ("UNREADABLE_DATE", "when the yard has them"),
    ],
)
def test_what_stands_in_the_cell_of_a_fault(code: str, value: object) -> None:
    fault = next(fault for fault in _faults() if fault["code"] == code)
    cell = load_workbook(sample_folder() / fault["file"])[fault["sheet"]][fault["cell"]]
    assert cell.value == value
    assert (cell.data_type == "e") == (code == "ERROR_CELL")


def test_the_findings_are_the_planted_faults(portfolio: pmo.Portfolio) -> None:
    address = ("file", "code", "severity", "table", "column", "sheet", "cell")
    assert _found(portfolio) == sorted(tuple(fault[name] for name in address) for fault in _faults())


def test_without_the_settings_the_findings_are_the_same(portfolio: pmo.Portfolio) -> None:
    plain = pmo.load(sample_data())
    assert _found(plain) == _found(portfolio)
    for name in ("projects", "status", "risks", "decisions"):
        assert plain[name]["currency"].tolist() == portfolio[name]["currency"].tolist()


def test_settings_name_the_organisation() -> None:
    settings = Settings.read(sample_settings())
    assert settings.portfolio == "Harrowmere Regional Authority"
    assert (settings.currency, settings.fiscal_year_start, settings.date_order) == ("GBP", 4, None)


# ------------------------------------------------------------------------------------------ the whole


def test_forty_projects_in_five_programmes_over_a_year(portfolio: pmo.Portfolio) -> None:
    projects = portfolio.projects
    assert set(projects["project_id"]) == {f"PRJ-{n:03d}" for n in range(1, 41)}
    assert set(projects["programme_id"]) == {"RAIL", "DIGITAL", "HOMES", "COAST", "HARBOUR"}
    assert projects["department"].nunique() == 5
    assert [f"{period:%Y-%m}" for period in portfolio.periods] == MONTHS
    assert portfolio.as_of == JUNE


@pytest.mark.parametrize("month", MONTHS)
def test_every_row_of_a_month_is_a_project_or_a_fault(portfolio: pmo.Portfolio, month: str) -> None:
    projects = portfolio.projects
    own = projects[
        (projects["period"] == pd.Timestamp(month) + pd.offsets.MonthEnd()) & (projects["currency"] == "GBP")
    ]
    rows = _listed(month)
    assert len({row["Project ID"] for row in rows} - {None}) == len(own)
    assert len(rows) == len(own) + EXTRA_ROWS.get(month, 0)


def test_colours_reported_in_june(rated: pd.DataFrame) -> None:
    counts = rated["rag_reported"].fillna("none").value_counts().to_dict()
    assert counts == {"green": 16, "amber": 13, "red": 4, "none": 3}


def test_reported_and_computed_colours_mostly_agree(rated: pd.DataFrame) -> None:
    agreement = rated["rag_agreement"].value_counts()
    assert agreement["agrees"] >= 25
    assert set(rated.index[rated["rag_agreement"] == "watermelon"]) == {"PRJ-004", "PRJ-014", "PRJ-025"}
    assert set(rated.index[rated["rag_agreement"] == "optimistic"]) == {"PRJ-028"}
    assert set(rated.index[rated["rag_agreement"] == "pessimistic"]) == {"PRJ-010"}


def test_the_forecast_is_a_few_percent_above_the_budget(portfolio: pmo.Portfolio) -> None:
    by_currency = pmo.roll_up(portfolio, by="currency").set_index("currency")
    assert by_currency["overspend_pct"].between(0.02, 0.07).all()


def test_winter_is_harder_than_summer(portfolio: pmo.Portfolio) -> None:
    status = portfolio.status
    amber = status[status["rag_reported"] == "amber"].groupby("period").size()
    assert amber[pd.Timestamp("2025-07-31")] == 1
    assert amber[pd.Timestamp("2026-03-31")] == 17
    assert amber[JUNE] == 13


def test_no_narrative_is_written_twice(portfolio: pmo.Portfolio) -> None:
    status = portfolio.status
    copied = (status["project_id"] == "PRJ-015") & (status["period"] < "2026-01-01")
    texts = status.loc[status["carried_from"].isna() & ~copied, "narrative"].dropna()
    assert texts.is_unique


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("entities", 46),
        ("milestones", 156),
        ("risks", 72),
        ("issues", 55),
        ("decisions", 12),
        ("identities", 8),
        ("tasks", 41),
    ],
)
def test_rows_of_a_table(portfolio: pmo.Portfolio, table: str, rows: int) -> None:
    assert table in portfolio.delivered
    assert len(portfolio[table]) == rows


def test_risks_of_programmes_and_opportunities(portfolio: pmo.Portfolio) -> None:
    risks = portfolio.risks
    assert (risks["kind"] == "opportunity").sum() == 6
    assert set(risks["entity_id"]) & {"RAIL", "DIGITAL", "HOMES", "COAST", "HARBOUR"} == {
        "RAIL",
        "COAST",
        "HARBOUR",
    }
    assert (risks["p_score"] * risks["i_score"] >= 20).sum() == 4


def test_gates_are_due_from_july_to_september(portfolio: pmo.Portfolio) -> None:
    gates = portfolio.milestones.query("type == 'gate' and status not in ('complete', 'cancelled')")
    due = gates[gates["forecast_date"].between("2026-07-01", "2026-09-30")]
    late = due["forecast_date"] > due["baseline_date"]
    assert (len(due), late.sum()) == (15, 9)


# -------------------------------------------------------------------------------------------- the roles


def test_merged(portfolio: pmo.Portfolio) -> None:
    merged = portfolio.identities.query("relation == 'merged_into'")
    assert merged[["source_id", "project_id"]].values.tolist() == [["PRJ-030", "PRJ-031"]]
    assert "PRJ-030" in portfolio.leavers
    assert _of(portfolio, "status", "PRJ-031", "bac").tolist()[-2:] == [3_300_000, 5_600_000]
    assert _of(portfolio, "status", "PRJ-031", "rag_reported").isna()[JUNE]


def test_renamed(portfolio: pmo.Portfolio) -> None:
    names = _of(portfolio, "projects", "PRJ-035", "project_name")
    assert names.unique().tolist() == ["Modular Homes Trial", "Factory-Built Homes"]
    assert portfolio.identities.query("relation == 'renamed'")["project_id"].tolist() == ["PRJ-035"]


def test_moved(portfolio: pmo.Portfolio) -> None:
    assert _of(portfolio, "projects", "PRJ-036", "programme_id").tolist() == ["COAST"] * 6 + ["HOMES"] * 6
    departments = _of(portfolio, "projects", "PRJ-036", "department")
    assert departments.unique().tolist() == ["Environment", "Housing"]
    assert portfolio.identities.query("relation == 'moved'")["project_id"].tolist() == ["PRJ-036"]


def test_rebaselined(portfolio: pmo.Portfolio) -> None:
    assert _of(portfolio, "projects", "PRJ-027", "baseline_version").tolist() == [1] * 7 + [2] * 5
    fresh = _of(portfolio, "status", "PRJ-027", "rebaselined")
    assert fresh[fresh].index.tolist() == [pd.Timestamp("2026-02-28")]
    assert _of(portfolio, "status", "PRJ-027", "bac").unique().tolist() == [12_000_000, 15_500_000]
    finish = _of(portfolio, "projects", "PRJ-027", "baseline_finish")
    assert finish.nunique() == 2
    decided = portfolio.decisions.query("entity_id == 'PRJ-027'")
    assert decided["decision"].tolist() == ["approve"]


def test_restricted(portfolio: pmo.Portfolio, rated: pd.DataFrame) -> None:
    assert _of(portfolio, "status", "PRJ-034", "bac_reason")[JUNE] == "withheld"
    assert rated.loc["PRJ-034", "bac_reason"] == "EXEMPT"
    money = [_of(portfolio, "status", "PRJ-034", name) for name in ("bac", "pv", "ev", "ac", "eac_reported")]
    assert all(amounts.isna().all() for amounts in money)
    sensitive = portfolio.entities.query("sensitivity == 'restricted'")
    assert sensitive["entity_id"].tolist() == ["PRJ-034"]


def test_never_reporting(portfolio: pmo.Portfolio, rated: pd.DataFrame) -> None:
    rows = portfolio.status.query("project_id == 'PRJ-032'")
    assert len(_of(portfolio, "projects", "PRJ-032", "project_name")) == 12
    assert not is_report(rows).any()
    assert rows["carried_from"].isna().all()
    assert pd.isna(rated.loc["PRJ-032", "rag_computed"])


def test_without_data(portfolio: pmo.Portfolio, rated: pd.DataFrame) -> None:
    rows = portfolio.status.query("project_id == 'PRJ-039'")
    assert rows["rag_overall"].notna().all()
    assert rows["narrative"].notna().all()
    assert rows[["pv", "ev", "ac", "bac", "eac_reported", "forecast_finish"]].isna().all(axis=None)
    assert rated.loc["PRJ-039", "rag_agreement"] == "unknown"


def test_carried_forward(portfolio: pmo.Portfolio, rated: pd.DataFrame) -> None:
    carried = rated["carried_from"].dropna()
    assert carried.to_dict() == {"PRJ-024": "2026-05", "PRJ-037": "2026-05"}
    for project in carried.index:
        earned = _of(portfolio, "status", project, "ev")
        assert earned[JUNE] == earned[MAY]


def test_joined_finished_stopped_and_merged_since_may(portfolio: pmo.Portfolio) -> None:
    told = moves(portfolio, pmo.movement(portfolio.at(MAY), portfolio))
    assert told[["project_id", "what"]].values.tolist() == [
        ["PRJ-040", "joined"],
        ["PRJ-033", "finished"],
        ["PRJ-030", "merged into PRJ-031"],
        ["PRJ-029", "stopped"],
    ]


def test_colours_improved_and_worsened_since_may(portfolio: pmo.Portfolio) -> None:
    moved = pmo.movement(portfolio.at(MAY), portfolio)
    assert (moved.improved, moved.worsened) == (2, 2)


def test_harbour_reports_in_euro_and_its_own_fiscal_year(portfolio: pmo.Portfolio) -> None:
    harbour = portfolio.only(programme_id="HARBOUR")
    assert set(harbour.status["currency"]) == {"EUR"}
    assert set(harbour.risks["currency"]) == {"EUR"}
    assert len(harbour.periods) == 12
    assert len(harbour.project_ids) == 6
    # a budget of the year holds until the next year begins
    assert _first_of_year(harbour, "PRJ-022") == ["2025-07", "2026-01"]
    assert _first_of_year(portfolio, "PRJ-007") == ["2025-07", "2026-04"]


def _first_of_year(portfolio: pmo.Portfolio, project: str) -> list[str]:
    budgets = _of(portfolio, "status", project, "budget_fy")
    return [f"{month:%Y-%m}" for month in budgets.index[budgets != budgets.shift()]]


def test_amounts_of_two_currencies_are_never_added(portfolio: pmo.Portfolio) -> None:
    assert pmo.roll_up(portfolio)["bac_reason"].item() == "MIXED_CURRENCY"


def test_decisions_that_wait(portfolio: pmo.Portfolio) -> None:
    decisions = portfolio.decisions
    waiting = decisions[decisions["decision"] == "pending"]
    assert waiting["entity_id"].tolist() == ["PRJ-013", "PRJ-006", "PRJ-023", "PRJ-031"]
    assert waiting[["needed_by", "amount", "consequence", "board"]].notna().all(axis=None)
    assert (waiting["needed_by"] < portfolio.as_of).sum() == 1
    assert decisions["decision_date"].notna().sum() == 8


def test_path_to_green_has_an_owner_and_a_day(portfolio: pmo.Portfolio) -> None:
    status = portfolio.status
    asked = status[status["rag_overall"].isin(["amber", "red"])]
    told = asked[["path_to_green", "path_owner", "path_date"]].notna().all(axis=1)
    assert asked.loc[~told, "project_id"].tolist() == ["PRJ-002"]  # the fault of May


def test_task_plan(portfolio: pmo.Portfolio) -> None:
    tasks = portfolio.tasks
    assert set(tasks["project_id"]) == {"PRJ-027"}
    assert (int(tasks["is_summary"].sum()), int(tasks["is_milestone"].sum())) == (5, 4)
    assert tasks["pct_complete"].between(0, 1).all()
    assert (tasks["actual_finish"].dropna() <= portfolio.as_of).all()
    open_tasks = tasks[tasks["actual_finish"].isna() & ~tasks["is_summary"]]
    assert (open_tasks["forecast_finish"].dropna() > portfolio.as_of).all()
    assert open_tasks["on_critical_path"].any()


def test_undefined_is_not_zero(portfolio: pmo.Portfolio) -> None:
    assert pd.isna(_of(portfolio, "status", "PRJ-018", "ev")[MAY])


def test_reported_before_it_starts(portfolio: pmo.Portfolio) -> None:
    assert _of(portfolio, "projects", "PRJ-020", "status").tolist() == ["proposed", *["active"] * 3]
