"""What holds for every metric at every level."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.metrics.catalogue import CATALOGUE

AS_OF = "2026-06-30"
ADDED = [name for name, metric in CATALOGUE.items() if str(metric.roll_up) == "sum"]
RATIOS = [name for name, metric in CATALOGUE.items() if str(metric.roll_up) in ("ratio of sums", "share")]
ALONE = [name for name, metric in CATALOGUE.items() if str(metric.roll_up) == "none"]
MONEY = [
    "pv", "ev", "ac", "bac", "eac_reported", "etc_reported", "budget_fy", "forecast_fy", "contingency_used",
    "contingency_remaining", "contingency_budget", "wlc_budget", "impact_cost_min", "impact_cost_ml",
    "impact_cost_max", "cost_of_response", "amount",
]  # fmt: skip
NOT_MONEY = [name for name, metric in CATALOGUE.items() if str(metric.unit) != "money"]


@pytest.fixture(scope="module")
def one_currency(portfolio_tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {
        name: frame.assign(currency="GBP") if name in ("projects", "status", "risks", "decisions") else frame
        for name, frame in portfolio_tables.items()
    }


def figures(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[[column for metric in CATALOGUE for column in (metric, f"{metric}_reason")]]


@pytest.mark.parametrize("by", ["department", ["programme_id", "department"]])
def test_children_add_up_to_their_parent(one_currency: dict[str, pd.DataFrame], by: str | list[str]) -> None:
    # items of a programme belong to no department: only what projects own is compared
    owned = dict(one_currency)
    for name in ("milestones", "risks", "issues", "decisions"):
        owned[name] = owned[name][owned[name]["entity_id"].str.match(r"P\d")]
    whole = pmo.roll_up(owned, as_of=AS_OF).iloc[0]
    parts = pmo.roll_up(owned, by=by, as_of=AS_OF)
    assert parts["projects"].sum() == whole["projects"]
    for metric in ADDED:
        assert parts[metric].sum() == pytest.approx(whole[metric], rel=1e-9), metric


def test_the_order_of_rows_changes_nothing(portfolio_tables: dict[str, pd.DataFrame]) -> None:
    shuffled = {name: frame.sample(frac=1, random_state=7) for name, frame in portfolio_tables.items()}
    for by in (None, "programme_id"):
        pd.testing.assert_frame_equal(
            pmo.roll_up(portfolio_tables, by=by, as_of=AS_OF), pmo.roll_up(shuffled, by=by, as_of=AS_OF)
        )


def test_splitting_a_project_in_halves_leaves_ratios_of_sums() -> None:
    whole = pd.DataFrame({"project_id": ["A"], "pv": [100.0], "ev": [80.0], "ac": [90.0], "bac": [200.0]})
    half = whole.assign(**{column: whole[column] / 2 for column in ("pv", "ev", "ac", "bac")})
    halves = pd.concat([half, half.assign(project_id="B")])
    one, two = (pmo.roll_up({"status": frame}, as_of=AS_OF).iloc[0] for frame in (whole, halves))
    for metric in ("cpi", "spi", "cv_pct", "sv_pct", "tcpi_bac", "vac_pct", "pct_complete", "eac_cpi"):
        assert one[metric] == pytest.approx(two[metric], rel=1e-9), metric


def test_two_equal_projects_have_the_ratios_of_one(one_currency: dict[str, pd.DataFrame]) -> None:
    """Every ratio and share of sums, of every table: doubling all rows under another name leaves it alone."""
    twice = {}
    for name, frame in one_currency.items():
        owner = "entity_id" if "entity_id" in frame else "project_id"
        other = frame.assign(**{owner: frame[owner] + "-B"})
        key = [c for c in ("milestone_id", "risk_id", "issue_id", "decision_id") if c in frame]
        twice[name] = pd.concat([frame, other.assign(**{c: other[c] + "-B" for c in key})])
    one, two = (pmo.roll_up(tables, as_of=AS_OF).iloc[0] for tables in (one_currency, twice))
    assert two["projects"] == 2 * one["projects"]
    for metric in RATIOS:
        assert one[metric] == pytest.approx(two[metric], rel=1e-9), metric
    for metric in ADDED:
        assert 2 * one[metric] == pytest.approx(two[metric], rel=1e-9), metric


def test_one_child_is_itself(portfolio_tables: dict[str, pd.DataFrame]) -> None:
    alone = {
        name: frame[frame["entity_id" if "entity_id" in frame else "project_id"] == "P01"]
        for name, frame in portfolio_tables.items()
    }
    project, group = pmo.measure(alone, as_of=AS_OF), pmo.roll_up(alone, as_of=AS_OF)
    pd.testing.assert_frame_equal(figures(project), figures(group), check_dtype=False)


def test_scaling_all_money_leaves_what_is_no_money(one_currency: dict[str, pd.DataFrame]) -> None:
    scaled = {
        name: frame.assign(**{c: frame[c] * 1000 for c in MONEY if c in frame})
        for name, frame in one_currency.items()
    }
    before, after = (pmo.measure(tables, as_of=AS_OF) for tables in (one_currency, scaled))
    for metric in CATALOGUE:
        by = 1 if metric in NOT_MONEY else 1000
        assert after[metric].tolist() == pytest.approx(
            (before[metric] * by).tolist(), rel=1e-9, nan_ok=True
        ), metric
        assert after[f"{metric}_reason"].equals(before[f"{metric}_reason"]), metric


def test_a_project_without_earned_value_changes_coverage_only(one_currency: dict[str, pd.DataFrame]) -> None:
    bare = pd.DataFrame({"project_id": ["NEW"], "period": [pd.Timestamp(AS_OF)], "currency": ["GBP"]})
    more = dict(one_currency) | {"status": pd.concat([one_currency["status"], bare.assign(bac=500.0)])}
    before, after = (pmo.roll_up(tables, as_of=AS_OF).iloc[0] for tables in (one_currency, more))
    for metric in (
        "cpi",
        "spi",
        "cv",
        "eac_cpi",
        "eac_lowest",
        "tcpi_bac",
        "pct_complete",
        "contingency_drawdown",
    ):
        assert after[metric] == pytest.approx(before[metric], rel=1e-9), metric
        assert after[f"{metric}_coverage"] < before[f"{metric}_coverage"], metric


@pytest.mark.parametrize("metric", ALONE)
def test_what_does_not_roll_up_is_undefined_for_a_group(
    one_currency: dict[str, pd.DataFrame], metric: str
) -> None:
    whole = pmo.roll_up(one_currency, as_of=AS_OF).iloc[0]
    assert pd.isna(whole[metric])
    assert whole[f"{metric}_reason"] == "NOT_APPLICABLE"


def test_a_ratio_is_never_an_average() -> None:
    """Three tasks with (EV, AC) = (90, 100), (10, 5), (5, 10): the mean of their CPIs would say 1.133."""
    status = pd.DataFrame({"project_id": list("ABC"), "ev": [90.0, 10.0, 5.0], "ac": [100.0, 5.0, 10.0]})
    assert pmo.roll_up({"status": status}, as_of=AS_OF)["cpi"].item() == pytest.approx(105 / 115)


def test_inputs_are_never_changed(portfolio_tables: dict[str, pd.DataFrame]) -> None:
    before = {name: frame.copy(deep=True) for name, frame in portfolio_tables.items()}
    pmo.rate(pmo.measure(portfolio_tables, as_of=AS_OF))
    pmo.roll_up(portfolio_tables, by=["programme_id", "department"], as_of=AS_OF)
    for name, frame in portfolio_tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_an_item_of_a_programme_counts_for_it_and_for_no_project(
    one_currency: dict[str, pd.DataFrame],
) -> None:
    programmes = pmo.roll_up(one_currency, by="programme_id", as_of=AS_OF).set_index("programme_id")
    projects = pmo.measure(one_currency, as_of=AS_OF)
    rail = projects[projects["programme_id"] == "RAIL"]
    assert programmes.loc["RAIL", "risk_emv"] == pytest.approx(rail["risk_emv"].sum() + 400)
    assert programmes.loc["RAIL", "milestones"] == rail["milestones"].sum() + 1
