"""Every metric of the catalogue: one number worked out by hand, and one row where it is undefined."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.catalogue_page import catalogue_page

AS_OF = "2026-06-30"

#: The figure of project P01 of the made-up portfolio.
EXPECTED = {
    "pv": 500,
    "ev": 450,
    "ac": 550,
    "bac": 1000,
    "cv": -100,
    "sv": -50,
    "cv_pct": -100 / 450,
    "sv_pct": -0.1,
    "cpi": 450 / 550,
    "spi": 0.9,
    "cpi_spi": 450 / 550 * 0.9,
    "eac_atypical": 1100,
    "eac_cpi": 1000 * 550 / 450,
    "eac_cpi_spi": 550 + 550 / (450 / 550 * 0.9),
    "etc": 1000 * 550 / 450 - 550,
    "vac": 1000 - 1000 * 550 / 450,
    "vac_pct": 1 - 550 / 450,
    "tcpi_bac": 550 / 450,
    "tcpi_eac": 550 / 650,
    "pct_complete": 0.45,
    "eac_reported": 1200,
    "overspend": 200,
    "overspend_pct": 0.2,
    "wlc_budget": 2000,
    "finish_slip_days": 30,
    "finish_slip_pct": 30 / 364,
    "milestones": 3,
    "milestones_overdue": 1,
    "milestones_due_30": 1,
    "milestones_due_60": 1,
    "milestones_due_90": 1,
    "milestone_slip_worst_days": 45,
    "gate_slip_worst_days": 45,
    "risks_open": 2,
    "risks_low": 0,
    "risks_medium": 0,
    "risks_high": 1,
    "risks_very_high": 1,
    "risk_score_max": 20,
    "open_high_risks": 1,
    "risk_emv": 0.5 * 100 - 0.2 * 100,
    "risk_emv_share_of_etc": 30 / (1000 * 550 / 450 - 550),
    "issues_open": 2,
    "issues_overdue": 1,
    "issue_age_median_days": 44.5,
    "pct_scheduled": 0.5,
    "pct_spent": 0.55,
    "eac_weighted": 550 + 550 / (0.8 * 450 / 550 + 0.2 * 0.9),
    "eac_composite": 1000 / (450 / 550 * 0.9),
    "eac_bottom_up": 550 + 600,
    "eac_lowest": 1100,
    "eac_highest": 550 + 550 / (450 / 550 * 0.9),
    "eac_cpi_of_sums": 1000 * 550 / 450,
    "tcpi_cpi_gap": 550 / 650 - 450 / 550,
    "overspend_fy": 40,
    "overspend_fy_pct": 0.1,
    "finish_slip_median_days": 30,
    "projects_late": 1,
    "bei": 3 / 5,
    "task_hit_rate": 1 / 3,
    "cpli": (30 + 50 - 8) / (30 + 50),
    "milestone_slip_median_days": 19,
    "milestones_late_pct": 1,
    "threat_emv": 50,
    "risk_exposure_max": 180,
    "risk_mitigation": (0.8 - 0.5) * 100 - 10,
    "risk_mitigation_leverage": 3,
    "risk_emv_near": 50,
    "risk_actions_overdue": 1,
    "risks_past_proximity": 1,
    "risk_review_pct": 0.5,
    "contingency_used": 60,
    "contingency_remaining": 40,
    "contingency_drawdown": 0.6 / 0.45,
    "contingency_coverage": 0.8,
    "risk_adjusted_eac": 1200 + 30,
    "issue_age_max_days": 60,
    "issues_aged_0_30": 1,
    "issues_aged_31_60": 1,
    "issues_aged_61_90": 0,
    "issues_aged_over_90": 0,
    "issues_overdue_pct": 0.5,
    "issues_escalated_pct": 0.5,
    "issues_raised": 1,
    "decisions_pending": 1,
    "decisions_overdue": 1,
    "decisions_late_pct": 1,
    "decision_latency_median_days": 25,
    "decision_wait_max_days": 20,
    "decision_amount_pending": 250,
    "es": 5.375,
    "at": 6,
    "sv_t": -0.625,
    "spi_t": 5.375 / 6,
    "ieac_t": 12 * 6 / 5.375,
    "finish_slip_t": 12 * 6 / 5.375 - 12,
    "tspi": (12 - 5.375) / 6,
    "changes_pending": 1,
    "changes_raised": 2,
    "change_time_median_days": 15,
    "change_approval_rate": 2 / 3,
    "change_cost_approved": 40,
    "change_cost_pending": 30,
    "change_cost_approved_pct": 0.04,
    "dependencies_open": 2,
    "dependencies_unagreed": 1,
    "dependencies_at_risk": 1,
    "dependency_hit_rate": 0.5,
    "dependency_delay_worst_days": 20,
    "benefit_realised_cashable": 150,
    "benefit_realisation_cashable": 0.75,
    "benefit_achievement_cashable": 0.75,
    "benefit_unverified_cashable_pct": 0.4,
    "benefit_realised_non_cashable": 12,
    "benefit_realisation_non_cashable": 1.2,
    "benefit_achievement_non_cashable": 1,
    "benefit_unverified_non_cashable_pct": 1,
    "disbenefit_realised": -5,
    "budget_hhi": 10_000,
    "budget_effective_projects": 1,
    "burn_rate": 110,
    "run_out_months": 450 / 110,
    "burn_required_ratio": 650 / (214 / (365.2425 / 12)) / 110,
    "eac_drift_pct": 0.12,
    "finish_moved_median_days": 10,
    "finish_slip_original_days": 61,
    "overspend_original": 300,
    "overspend_original_pct": 1 / 3,
    "rebaselines": 1,
    "milestone_slip_original_worst_days": 75,
    "npv_approved": 440,
    "bcr_approved": 1.4,
    "npv": (1100 / 1.1 + 605 / 1.21) - (500 + 605 / 1.1),
    "bcr": 1500 / 1050,
    "npv_change": 10,
    "npv_to_come": (1100 + 605 / 1.1) - 605,
    "projects_not_justified": 0,
    "resource_demand": 0.8 + 1.6 + 1,
    "resource_requested": 0.5,
    "resource_capacity": 2,
    "resource_utilisation": 1.7,
    "over_allocation": (4 - 3) * 2.4 / 4,
    "contractor_pct": 0.8 / 2.4,
    "person_load_max": 1.4,
    "posts_unfunded": 0.5,
    "committed": 100,
    "actual_capital_pct": 0.6,
    "decisions_by_right_pct": 1,
    "decisions_on_stale_data_pct": 1,
    "conditions_overdue": 1,
    "standards_met_pct": (2 + 0 + 0.5 + 0.5) / 5,
    "standards_not_met": 1,
    "waivers_expired": 1,
    "reports_due": 1,
    "reports_on_time_pct": 0,
    "report_lateness_median_days": 5,
    "reports_returned_pct": 1,
    "actions_open": 3,
    "actions_overdue": 1,
    "actions_overdue_pct": 0.5,
    "action_age_max_days": 30,
    "assumptions_open": 2,
    "assumptions_overdue": 1,
    "assumptions_failed": 1,
    "lessons": 4,
    "lessons_reused_pct": 0.5,
    "p_factor": (200 + 100 + 50) / (200 + 100 + 100 * (11.25 + 10) / 35),
}

#: Where P01 says little: the figure of another project.
ELSEWHERE = {
    "eac_below_range": ("P10", 90 - 65),
    "eac_below_range_pct": ("P10", 25 / 90),
    "milestone_hit_rate": ("P07", 0.5),
    "risk_occurred_pct": ("P03", 0.5),
    "risk_stated_probability": ("P03", 0.25),
    "risk_brier_score": ("P03", (0.6**2 + 0.1**2) / 2),
    "issues_settled": ("P03", 1),
    "gate_compliance_pct": ("P07", 0),
    "finish_volatility_days": ("P02", 450**0.5),
    "finish_changed_pct": ("P02", 1),
    "finish_movement_days": ("P02", 15),
    "eac_volatility_pct": ("P02", ((400 + 900 + 28**2 + 18**2 - 20**2 / 4) / 3) ** 0.5 / 200),
    "finish_bias_days": ("P02", 10),
    "finish_error_days": ("P02", 10),
    "eac_bias_pct": ("P02", 20 / 180),
    "eac_error_pct": ("P02", 20 / 180),
    "stage_overrun_median_days": ("P10", (-5 + 15) / 2),
}

#: A project of the made-up portfolio where the metric is undefined, and the reason.
UNDEFINED = {
    "pv": ("P08", "NO_DATA"),
    "ev": ("P07", "NO_DATA"),
    "ac": ("P06", "EXEMPT"),
    "bac": ("P08", "NO_DATA"),
    "cv": ("P06", "EXEMPT"),
    "sv": ("P07", "NO_DATA"),
    "cv_pct": ("P04", "NOT_STARTED"),
    "sv_pct": ("P04", "NOT_STARTED"),
    "cpi": ("P05", "NO_COST"),
    "spi": ("P02", "COMPLETE"),
    "cpi_spi": ("P04", "NOT_STARTED"),
    "eac_atypical": ("P03", "NO_BASELINE"),
    "eac_cpi": ("P03", "NO_BASELINE"),
    "eac_cpi_spi": ("P03", "NO_BASELINE"),
    "etc": ("P03", "NO_BASELINE"),
    "vac": ("P03", "NO_BASELINE"),
    "vac_pct": ("P03", "NO_BASELINE"),
    "tcpi_bac": ("P10", "BUDGET_EXHAUSTED"),
    "tcpi_eac": ("P10", "INVALID_INPUT"),
    "pct_complete": ("P12", "NO_BASELINE"),
    "eac_reported": ("P06", "NO_DATA"),
    "overspend": ("P03", "NO_BASELINE"),
    "overspend_pct": ("P03", "NO_BASELINE"),
    "wlc_budget": ("P06", "NO_DATA"),
    "finish_slip_days": ("P03", "NO_BASELINE"),
    "finish_slip_pct": ("P04", "NOT_APPLICABLE"),
    "milestones": ("P08", "NO_DATA"),
    "milestones_overdue": ("P08", "NO_DATA"),
    "milestones_due_30": ("P08", "NO_DATA"),
    "milestones_due_60": ("P08", "NO_DATA"),
    "milestones_due_90": ("P08", "NO_DATA"),
    "milestone_slip_worst_days": ("P02", "NO_BASELINE"),
    "gate_slip_worst_days": ("P03", "NOT_APPLICABLE"),
    "risk_score_max": ("P08", "NO_DATA"),
    "risk_emv_share_of_etc": ("P03", "NO_BASELINE"),
    "issue_age_median_days": ("P08", "NOT_APPLICABLE"),
    "pct_scheduled": ("P12", "NO_BASELINE"),
    "pct_spent": ("P06", "EXEMPT"),
    "eac_weighted": ("P03", "NO_BASELINE"),
    "eac_composite": ("P03", "NO_BASELINE"),
    "eac_bottom_up": ("P02", "NO_DATA"),
    "eac_lowest": ("P03", "NO_BASELINE"),
    "eac_highest": ("P06", "EXEMPT"),
    "eac_below_range": ("P03", "NO_BASELINE"),
    "eac_below_range_pct": ("P03", "NO_BASELINE"),
    "eac_cpi_of_sums": ("P05", "NO_COST"),
    "tcpi_cpi_gap": ("P02", "COMPLETE"),
    "overspend_fy": ("P03", "NO_DATA"),
    "overspend_fy_pct": ("P02", "NO_BASELINE"),
    "finish_slip_median_days": ("P03", "NO_BASELINE"),
    "projects_late": ("P03", "NO_BASELINE"),
    "bei": ("P04", "NOT_STARTED"),
    "task_hit_rate": ("P02", "NOT_APPLICABLE"),
    "cpli": ("P02", "NOT_APPLICABLE"),
    "milestone_slip_median_days": ("P02", "NO_BASELINE"),
    "milestones_late_pct": ("P02", "NO_BASELINE"),
    "milestone_hit_rate": ("P01", "NOT_APPLICABLE"),
    "threat_emv": ("P02", "NO_DATA"),
    "risk_mitigation": ("P04", "NOT_APPLICABLE"),
    "risk_mitigation_leverage": ("P09", "NO_COST"),
    "risk_emv_near": ("P09", "NO_DATA"),
    "risk_actions_overdue": ("P02", "NO_DATA"),
    "risks_past_proximity": ("P02", "NO_DATA"),
    "risk_review_pct": ("P04", "NOT_APPLICABLE"),
    "risk_occurred_pct": ("P02", "NOT_APPLICABLE"),
    "risk_stated_probability": ("P02", "NOT_APPLICABLE"),
    "risk_brier_score": ("P02", "NOT_APPLICABLE"),
    "contingency_used": ("P02", "NO_DATA"),
    "contingency_remaining": ("P03", "NO_DATA"),
    "contingency_drawdown": ("P10", "NOT_APPLICABLE"),
    "contingency_coverage": ("P04", "NOT_APPLICABLE"),
    "risk_adjusted_eac": ("P10", "MIXED_CURRENCY"),
    "issue_age_max_days": ("P08", "NOT_APPLICABLE"),
    "issues_aged_0_30": ("P02", "NO_DATA"),
    "issues_aged_31_60": ("P02", "NO_DATA"),
    "issues_aged_61_90": ("P02", "NO_DATA"),
    "issues_aged_over_90": ("P02", "NO_DATA"),
    "issues_overdue_pct": ("P08", "NOT_APPLICABLE"),
    "issues_escalated_pct": ("P07", "NO_DATA"),
    "issues_raised": ("P02", "NO_DATA"),
    "issues_settled": ("P04", "NO_DATA"),
    "decisions_late_pct": ("P05", "NOT_APPLICABLE"),
    "decision_latency_median_days": ("P03", "NO_DATA"),
    "decision_wait_max_days": ("P04", "NOT_APPLICABLE"),
    "decision_amount_pending": ("P02", "NO_DATA"),
    "es": ("P12", "NOT_STARTED"),
    "at": ("P05", "INVALID_INPUT"),
    "sv_t": ("P07", "NO_DATA"),
    "spi_t": ("P08", "NO_DATA"),
    "ieac_t": ("P04", "NOT_STARTED"),
    "finish_slip_t": ("P04", "NOT_STARTED"),
    "tspi": ("P10", "TIME_EXHAUSTED"),
    "changes_pending": ("P02", "NO_DATA"),
    "changes_raised": ("P04", "NO_DATA"),
    "change_time_median_days": ("P08", "NOT_APPLICABLE"),
    "change_approval_rate": ("P08", "NOT_APPLICABLE"),
    "change_cost_approved": ("P04", "NO_DATA"),
    "change_cost_pending": ("P02", "NO_DATA"),
    "change_cost_approved_pct": ("P12", "NO_BASELINE"),
    "dependencies_unagreed": ("P04", "NO_DATA"),
    "dependencies_at_risk": ("P04", "NO_DATA"),
    "dependency_hit_rate": ("P08", "NOT_APPLICABLE"),
    "dependency_delay_worst_days": ("P08", "NOT_APPLICABLE"),
    "benefit_realised_cashable": ("P03", "NO_DATA"),
    "benefit_realisation_cashable": ("P02", "NOT_APPLICABLE"),
    "benefit_achievement_cashable": ("P02", "NOT_APPLICABLE"),
    "benefit_unverified_cashable_pct": ("P02", "NOT_APPLICABLE"),
    "benefit_realised_non_cashable": ("P03", "NO_DATA"),
    "benefit_realisation_non_cashable": ("P04", "NOT_APPLICABLE"),
    "benefit_achievement_non_cashable": ("P04", "NOT_APPLICABLE"),
    "benefit_unverified_non_cashable_pct": ("P04", "NOT_APPLICABLE"),
    "disbenefit_realised": ("P02", "NO_DATA"),
    "budget_hhi": ("P12", "NO_BASELINE"),
    "budget_effective_projects": ("P08", "NO_DATA"),
    "burn_rate": ("P07", "NO_DATA"),
    "run_out_months": ("P04", "NOT_APPLICABLE"),
    "burn_required_ratio": ("P07", "NO_DATA"),
    "eac_drift_pct": ("P03", "NO_DATA"),
    "finish_moved_median_days": ("P09", "NO_DATA"),
    "finish_slip_original_days": ("P03", "NO_BASELINE"),
    "overspend_original": ("P09", "NO_BASELINE"),
    "overspend_original_pct": ("P04", "NO_BASELINE"),
    "rebaselines": ("P03", "NO_DATA"),
    "milestone_slip_original_worst_days": ("P02", "NO_BASELINE"),
    "npv_approved": ("P09", "NO_DATA"),
    "bcr_approved": ("P02", "NO_COST"),
    "npv": ("P09", "NO_DATA"),
    "bcr": ("P02", "NO_COST"),
    "npv_change": ("P04", "NO_DATA"),
    "npv_to_come": ("P02", "NO_DATA"),
    "projects_not_justified": ("P03", "NO_DATA"),
    "resource_demand": ("P04", "NO_DATA"),
    "resource_requested": ("P03", "NO_DATA"),
    "resource_capacity": ("P03", "NO_DATA"),
    "resource_utilisation": ("P07", "NOT_APPLICABLE"),
    "over_allocation": ("P06", "NO_DATA"),
    "contractor_pct": ("P09", "NOT_APPLICABLE"),
    "person_load_max": ("P02", "NO_DATA"),
    "posts_unfunded": ("P02", "NO_DATA"),
    "committed": ("P02", "NO_DATA"),
    "actual_capital_pct": ("P02", "NOT_APPLICABLE"),
    "decisions_by_right_pct": ("P05", "NOT_APPLICABLE"),
    "decisions_on_stale_data_pct": ("P05", "NOT_APPLICABLE"),
    "gate_compliance_pct": ("P08", "NOT_APPLICABLE"),
    "standards_met_pct": ("P02", "NOT_APPLICABLE"),
    "reports_on_time_pct": ("P04", "NOT_APPLICABLE"),
    "report_lateness_median_days": ("P04", "NOT_APPLICABLE"),
    "reports_returned_pct": ("P03", "NOT_APPLICABLE"),
    "actions_overdue_pct": ("P02", "NOT_APPLICABLE"),
    "action_age_max_days": ("P08", "NOT_APPLICABLE"),
    "lessons_reused_pct": ("P08", "NOT_APPLICABLE"),
    "finish_volatility_days": ("P01", "NO_DATA"),
    "finish_changed_pct": ("P06", "NO_DATA"),
    "finish_movement_days": ("P06", "NO_DATA"),
    "eac_volatility_pct": ("P01", "NO_DATA"),
    "finish_bias_days": ("P01", "NO_DATA"),
    "finish_error_days": ("P01", "NO_DATA"),
    "eac_bias_pct": ("P01", "NO_DATA"),
    "eac_error_pct": ("P01", "NO_DATA"),
    "stage_overrun_median_days": ("P01", "NOT_APPLICABLE"),
    "p_factor": ("P04", "NOT_STARTED"),
}

#: Counts of a delivered register are 0 where it names nothing; they are undefined where it was not delivered.
NEEDS_THE_REGISTER = {
    "changes_pending",
    "changes_raised",
    "change_cost_approved",
    "change_cost_pending",
    "dependencies_open",
    "dependencies_unagreed",
    "dependencies_at_risk",
    "risks_open",
    "risks_low",
    "risks_medium",
    "risks_high",
    "risks_very_high",
    "open_high_risks",
    "risk_emv",
    "issues_open",
    "issues_overdue",
    "risk_exposure_max",
    "decisions_pending",
    "decisions_overdue",
    "conditions_overdue",
    "standards_not_met",
    "waivers_expired",
    "reports_due",
    "actions_open",
    "actions_overdue",
    "assumptions_open",
    "assumptions_overdue",
    "assumptions_failed",
    "lessons",
}


@pytest.fixture(scope="module")
def measured(portfolio_tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pmo.measure(portfolio_tables, as_of=AS_OF).set_index("project_id")


@pytest.fixture(scope="module")
def without_registers(portfolio_tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    tables = {name: frame for name, frame in portfolio_tables.items() if name in ("projects", "status")}
    return pmo.measure(tables, as_of=AS_OF).set_index("project_id")


@pytest.fixture(scope="module")
def whole_of_nothing() -> pd.DataFrame:
    empty = pmo.Portfolio(tables={}, as_of=pd.Timestamp(AS_OF))
    assert pmo.measure(empty).empty
    return pmo.roll_up(empty)


def test_every_metric_is_tested() -> None:
    assert set(EXPECTED) | set(ELSEWHERE) == set(CATALOGUE)
    assert not set(EXPECTED) & set(ELSEWHERE)
    assert set(UNDEFINED) | NEEDS_THE_REGISTER == set(CATALOGUE)


@pytest.mark.parametrize("metric", list(EXPECTED))
def test_expected_number(measured: pd.DataFrame, metric: str) -> None:
    assert measured.loc["P01", metric] == pytest.approx(EXPECTED[metric], rel=1e-9)
    assert pd.isna(measured.loc["P01", f"{metric}_reason"])


@pytest.mark.parametrize("metric", list(ELSEWHERE))
def test_expected_number_elsewhere(measured: pd.DataFrame, metric: str) -> None:
    project, number = ELSEWHERE[metric]
    assert measured.loc[project, metric] == pytest.approx(number, rel=1e-9)
    assert pd.isna(measured.loc[project, f"{metric}_reason"])


@pytest.mark.parametrize("metric", list(UNDEFINED))
def test_undefined_with_its_reason(measured: pd.DataFrame, metric: str) -> None:
    project, reason = UNDEFINED[metric]
    assert pd.isna(measured.loc[project, metric])
    assert measured.loc[project, f"{metric}_reason"] == reason


@pytest.mark.parametrize("metric", sorted(NEEDS_THE_REGISTER))
def test_counts_of_registers(measured: pd.DataFrame, without_registers: pd.DataFrame, metric: str) -> None:
    assert measured.loc["P08", metric] == 0
    assert pd.isna(without_registers.loc["P01", metric])
    assert without_registers.loc["P01", f"{metric}_reason"] == "NO_DATA"


def test_a_figure_or_a_reason_never_both_never_neither(measured: pd.DataFrame) -> None:
    for metric in CATALOGUE:
        figure, reason = measured[metric].notna(), measured[f"{metric}_reason"].notna()
        assert (figure != reason).all(), metric
        assert not measured[metric].map(lambda value: math.isinf(value)).any(), metric


@pytest.mark.parametrize("metric", list(CATALOGUE))
def test_an_empty_portfolio_has_no_figure(whole_of_nothing: pd.DataFrame, metric: str) -> None:
    assert whole_of_nothing["projects"].item() == 0
    assert pd.isna(whole_of_nothing[metric].item())
    assert whole_of_nothing[f"{metric}_reason"].item() == "NO_DATA"


def test_the_page_is_current(root) -> None:
    assert (root / "docs" / "metrics.md").read_text("utf-8") == catalogue_page()
