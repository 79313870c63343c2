"""The rows of registers one by one add up to the metrics made of them; every period is measured as it was."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from pmo_analytics.errors import UnknownName
from pmo_analytics.loading.load import load
from pmo_analytics.metrics.catalogue import MEASURES
from pmo_analytics.metrics.items import items
from pmo_analytics.metrics.measuring import measure, measure_by_period
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.rollups import roll_up
from pmo_analytics.sample import sample_data


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return load(sample_data())


@pytest.mark.parametrize(
    ("register", "measure_name", "metric"),
    [
        ("milestones", "milestones_overdue", "milestones_overdue"),
        ("milestones", "milestones_due_90", "milestones_due_90"),
        ("risks", "risks_open", "risks_open"),
        ("issues", "issues_open", "issues_open"),
        ("issues", "issues_overdue", "issues_overdue"),
    ],
)
def test_rows_add_up_to_the_metric(
    portfolio: Portfolio, register: str, measure_name: str, metric: str
) -> None:
    rows = items(portfolio, register)
    whole = roll_up(portfolio).iloc[0]
    assert rows[measure_name].sum() == whole[metric] > 0


def test_every_row_of_the_latest_delivery_is_there(portfolio: Portfolio) -> None:
    for register, key in (("milestones", "milestone_id"), ("risks", "risk_id"), ("issues", "issue_id")):
        table = portfolio[register]
        latest = table[table["period"] == table["period"].max()]
        assert sorted(items(portfolio, register)[key]) == sorted(latest[key])


@pytest.mark.parametrize("register", ["milestones", "lessons"])
def test_every_column_is_there_and_no_other_than_the_measures(portfolio: Portfolio, register: str) -> None:
    measures = [name for name, measure in MEASURES.items() if measure.table == register]
    found = items(portfolio, register)
    assert list(found) == [*portfolio[register], *measures]
    assert found.index.equals(pd.RangeIndex(len(found)))


@pytest.mark.parametrize("day", ["2026-06-15", "2026-06-30"])
def test_the_delivery_of_the_month_counts_not_the_next_one(day: str) -> None:
    ends = pd.to_datetime(["2026-05-31", "2026-06-30", "2026-07-31"])
    risks = pd.DataFrame({"risk_id": ["R1", "R2", "R3"], "entity_id": "A", "period": ends})
    portfolio = Portfolio({"risks": risks}, pd.Timestamp(day))
    assert items(portfolio, "risks")["risk_id"].tolist() == ["R2"]


def test_rows_of_an_older_delivery_are_seen_from_today() -> None:
    may = pd.Timestamp("2026-05-31")
    issues = pd.DataFrame(
        {"issue_id": ["I1"], "entity_id": "A", "period": may, "due": pd.Timestamp("2026-06-10")}
    )
    rows = items(Portfolio({"issues": issues}, pd.Timestamp("2026-06-30")), "issues")
    assert rows["issues_overdue"].tolist() == [1]


def test_rows_are_told_by_other_tables_here_too() -> None:
    june = pd.Timestamp("2026-06-30")
    decision = {
        "decision_id": ["D1"],
        "entity_id": "A",
        "period": june,
        "gate_code": "G1",
        "decision": "approve",
    }
    decisions = pd.DataFrame({**decision, "decision_date": june, "board": "Board"})
    gates = pd.DataFrame({"gate_code": ["G1"], "required_board": ["board"]})
    rows = items(Portfolio({"decisions": decisions, "gates": gates}, june), "decisions")
    assert rows["decisions_by_right"].tolist() == [1]


def test_slip_is_forecast_less_baseline(portfolio: Portfolio) -> None:
    rows = items(portfolio, "milestones")
    ahead = rows[rows["actual_date"].isna() & rows["forecast_date"].notna() & rows["baseline_date"].notna()]
    cancelled = ahead["status"] == "cancelled"
    assert ahead.loc[cancelled, "milestone_slip"].isna().all()
    ahead = ahead[~cancelled]
    assert len(ahead) > 10
    expected = (ahead["forecast_date"] - ahead["baseline_date"]).dt.days
    assert ahead["milestone_slip"].tolist() == expected.tolist()


def test_another_table_is_refused(portfolio: Portfolio) -> None:
    with pytest.raises(UnknownName, match="issues, lessons, milestones"):
        items(portfolio, "entities")


def test_the_last_period_is_that_of_measure(portfolio: Portfolio) -> None:
    last = measure_by_period(portfolio)
    last = last[last["period"] == portfolio.period].reset_index(drop=True)
    now = measure(portfolio)
    columns = ["project_id", "bac", "cpi", "spi", "eac_cpi", "finish_slip_days", "cpi_reason"]
    assert_frame_equal(last[columns], now[columns])


@pytest.mark.parametrize("day", ["2025-09-30", "2026-05-31"])
def test_an_earlier_period_is_that_of_the_portfolio_at_its_end(portfolio: Portfolio, day: str) -> None:
    history = measure_by_period(portfolio)
    then = history[history["period"] == pd.Timestamp(day)].reset_index(drop=True)
    columns = ["project_id", "bac", "pv", "ev", "ac", "cpi", "spi", "eac_cpi", "finish_slip_days"]
    assert_frame_equal(then[columns], measure(portfolio.at(day))[columns])
