"""The sample's further registers say the same as its reports: plans, changes, benefits, people, money, governance."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.sample import sample_data, sample_settings
from pmo_analytics.schemas.tables import tables

JUNE = pd.Timestamp("2026-06-30")
#: They did not report in June: their last planned value is that of May.
CARRIED = {"PRJ-024", "PRJ-037"}


@pytest.fixture(scope="module")
def portfolio() -> pmo.Portfolio:
    """The sample with the settings of its organisation."""
    return pmo.load(sample_data(), config=sample_settings())


@pytest.fixture(scope="module")
def measured(portfolio: pmo.Portfolio) -> pd.DataFrame:
    """The figures of June, by project."""
    return pmo.measure(portfolio).set_index("project_id")


def _june(portfolio: pmo.Portfolio, table: str) -> pd.DataFrame:
    rows = portfolio[table]
    return rows[rows["period"] == JUNE].set_index("project_id")


def test_every_table_is_delivered(portfolio: pmo.Portfolio) -> None:
    assert portfolio.delivered == set(tables())


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("evm_periods", 932),
        ("changes", 37),
        ("baselines", 40),
        ("milestone_baselines", 161),
        ("benefits", 256),
        ("business_cases", 16),
        ("cashflows", 394),
        ("objectives", 5),
        ("resources", 300),
        ("gates", 8),
        ("approval_matrix", 37),
        ("standards", 8),
        ("standards_compliance", 160),
        ("submissions", 117),
        ("lessons", 12),
        ("actions", 21),
        ("assumptions", 16),
        ("dependencies", 17),
        ("financials", 311),
        ("fx_rates", 24),
        ("calendar", 24),
    ],
)
def test_rows_of_a_table(portfolio: pmo.Portfolio, table: str, rows: int) -> None:
    assert len(portfolio[table]) == rows


# --------------------------------------------------------------------------------- plans and changes


def test_the_curve_says_what_was_reported_and_ends_at_the_budget(portfolio: pmo.Portfolio) -> None:
    curves, status = portfolio.evm_periods.sort_values("for_period"), _june(portfolio, "status")
    assert set(curves["project_id"]) == set(status.index[status["pv"].notna()])
    now = curves[curves["for_period"] == JUNE].set_index("project_id")["pv_cum"]
    reported = status["pv"].reindex(now.index).drop(index=list(CARRIED))
    assert now.drop(index=list(CARRIED)).to_dict() == pytest.approx(reported.to_dict())
    by_project = curves.groupby("project_id")["pv_cum"]
    assert by_project.last().to_dict() == status["bac"].reindex(by_project.last().index).to_dict()
    assert (by_project.diff().dropna() >= 0).all()


def test_earned_schedule_of_the_sample(measured: pd.DataFrame) -> None:
    assert measured["es"].notna().sum() == 32
    assert measured.loc["PRJ-040", "es_reason"] == "NOT_STARTED"
    assert measured.loc["PRJ-014", "tspi_reason"] == "TIME_EXHAUSTED"
    assert measured["spi_t"].idxmin() == "PRJ-014"


def test_the_last_baseline_is_the_one_of_the_list(portfolio: pmo.Portfolio) -> None:
    last = portfolio.baselines.sort_values("version").groupby("project_id").last()
    listed = _june(portfolio, "projects")
    both = last.index.intersection(listed.index)
    for own, of_list in (("version", "baseline_version"), ("finish", "baseline_finish")):
        assert last.loc[both, own].tolist() == listed.loc[both, of_list].tolist()
    budgets = _june(portfolio, "status")["bac"].reindex(both)
    assert last.loc[both, "bac"].tolist() == budgets.tolist()
    milestones = portfolio.milestones.set_index("milestone_id")["baseline_date"]
    dates = (
        portfolio.milestone_baselines.sort_values("version").groupby("milestone_id")["baseline_date"].last()
    )
    assert dates.to_dict() == milestones.to_dict()


def test_a_second_baseline_comes_from_a_change(portfolio: pmo.Portfolio) -> None:
    second = portfolio.baselines.query("version == 2").set_index("project_id")
    changes = portfolio.changes.set_index("cr_id").loc[second["cr_id"]]
    assert second.index.tolist() == changes["entity_id"].tolist() == ["PRJ-027", "PRJ-031"]
    assert changes["new_baseline_version"].tolist() == [2, 2]
    assert changes["status"].tolist() == ["approved", "submitted"]
    first = portfolio.baselines.query("version == 1").set_index("project_id").loc[second.index]
    assert (second["bac"] - first["bac"]).tolist() == changes["cost_impact"].tolist()
    later = (second["finish"] - first["finish"]).dt.days
    assert later.tolist() == changes["schedule_impact_days"].tolist()


def test_changes_are_decided_by_whom_the_matrix_names(portfolio: pmo.Portfolio) -> None:
    changes, matrix = portfolio.changes, portfolio.approval_matrix
    limits = matrix[matrix["kind"] == "change"]
    decided = changes.dropna(subset="decided")
    assert decided["authority_used"].tolist() == decided["authority_required"].tolist()
    for row in decided.to_dict("records"):
        of = limits[limits["required_board"].fillna(limits["required_role"]) == row["authority_used"]].iloc[0]
        amount = abs(row["cost_impact"])
        assert of["currency"] == row["currency"]
        assert pd.isna(of["amount_to"]) or amount <= of["amount_to"]


def test_figures_of_changes_dependencies_and_benefits(portfolio: pmo.Portfolio) -> None:
    pounds = pmo.roll_up(portfolio, by="currency").set_index("currency").loc["GBP"]
    assert pounds["changes_pending"] == 7
    assert pounds["change_cost_pending"] == pytest.approx(17_000_000)
    assert (pounds["dependencies_open"], pounds["dependencies_at_risk"]) == (11, 6)
    assert 0.5 < pounds["benefit_achievement_cashable"] < 1 < 1 / pounds["spi_t"]


# --------------------------------------------------------------------------------- benefits, people


def test_a_business_case_is_worth_what_its_cash_flows_are(portfolio: pmo.Portfolio) -> None:
    flows = portfolio.cashflows
    for case in portfolio.business_cases.to_dict("records"):
        own = flows[flows["project_id"] == case["project_id"]]
        first = own["for_period"].min().year
        factor = (1 + case["discount_rate"]) ** (own["for_period"].dt.year - first)
        present = (own["amount"] / factor).groupby(own["kind"]).sum()
        assert present["cost"] == pytest.approx(case["pv_costs"], abs=5_001)
        assert present["benefit"] == pytest.approx(case["pv_benefits"], abs=5_001)


def test_every_project_of_june_serves_an_objective(portfolio: pmo.Portfolio) -> None:
    served = _june(portfolio, "projects")["strategic_objective_id"]
    assert set(served) == set(portfolio.objectives["objective_id"]) == {f"SO-{n}" for n in range(1, 6)}
    assert portfolio.objectives["weight"].sum() == pytest.approx(1)


def test_two_roles_are_asked_for_more_than_there_is(portfolio: pmo.Portfolio) -> None:
    plan = portfolio.resources
    by = ["role", "for_period"]
    supply = plan[plan["entity_id"].isna()].set_index(by)
    there = supply["capacity_fte"] * supply["availability"]
    asked = plan[plan["entity_id"].notna()].groupby(by)["demand_fte"].sum()
    short = asked[asked > there.reindex(asked.index)]
    assert set(short.index.get_level_values("role")) == {"Tester", "Data migration specialist"}


def test_one_person_is_planned_twice(portfolio: pmo.Portfolio) -> None:
    named = portfolio.resources.dropna(subset="named_person")
    busy = named.groupby(["named_person", "for_period"])["demand_fte"].sum()
    assert set(busy[busy > 1].index.get_level_values("named_person")) == {"Thaddeus Quickthorn"}


# --------------------------------------------------------------------------------- money, governance


def test_the_ledger_and_the_reports_agree(portfolio: pmo.Portfolio) -> None:
    books, status = portfolio.financials, _june(portfolio, "status")
    whole = books[books["fiscal_year"].isna()].set_index("entity_id")
    approved = whole[whole["kind"] == "approved_budget"]["amount"]
    assert approved.to_dict() == status["bac"].reindex(approved.index).to_dict()
    spent = books[(books["kind"] == "actual") & (books["for_period"] == JUNE)].set_index("entity_id")[
        "amount"
    ]
    may = portfolio.status[portfolio.status["period"] == "2026-05-31"].set_index("project_id")["ac"]
    unmerged = spent.index.drop("PRJ-031")
    expected = status["ac"].reindex(unmerged) - may.reindex(unmerged).fillna(0)
    assert spent[unmerged].to_dict() == pytest.approx(expected.to_dict())
    # what the merged project had spent was brought in, and is no spending of June
    assert spent["PRJ-031"] == pytest.approx(status["ac"]["PRJ-031"] - may["PRJ-031"] - may["PRJ-030"])


def test_reports_that_are_missing_were_not_received(portfolio: pmo.Portfolio) -> None:
    june = portfolio.submissions.query("period == @JUNE and not waived").set_index("entity_id")
    assert set(june.index[june["received"].isna()]) == {"PRJ-032", *CARRIED}
    returned = june["return_reason"].dropna()
    assert returned.index.tolist() == ["PRJ-008", "PRJ-019"]


def test_waivers_are_for_standards_that_hold(portfolio: pmo.Portfolio) -> None:
    held = portfolio.standards_compliance
    assert held["project_id"].nunique() == 20
    waived = held.dropna(subset="waiver_ref")
    assert waived["result"].tolist() == ["not_met"] * 3
    assert (waived["waiver_expiry"] > JUNE).all()
