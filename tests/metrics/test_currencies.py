"""Conversion by a named set of rates: which rate counts, what it is applied to, and what cannot be converted."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import pmo_analytics as pmo
from pmo_analytics.errors import InvalidTable, RateMissing, UnknownName

APRIL, MAY, JUNE = (pd.Timestamp(day) for day in ("2026-04-30", "2026-05-31", "2026-06-30"))


def rates(*rows: tuple[str | None, str, str, pd.Timestamp, float]) -> pd.DataFrame:
    columns = ["rate_set", "from_currency", "to_currency", "period", "rate"]
    return pd.DataFrame(list(rows), columns=columns)


SPOT = rates(
    ("Spot", "EUR", "GBP", APRIL, 0.8),
    ("Spot", "EUR", "GBP", JUNE, 0.9),
    ("Spot", "GBP", "USD", MAY, 1.25),
    ("Budget", "EUR", "GBP", APRIL, 0.5),
)


def portfolio(fx: pd.DataFrame = SPOT, **tables: pd.DataFrame) -> pmo.Portfolio:
    projects = pd.DataFrame(
        {
            "project_id": ["A", "B", "A", "B"],
            "period": [MAY, MAY, JUNE, JUNE],
            "currency": ["GBP", "EUR", "GBP", "EUR"],
            "bac": [100.0, 200.0, 100.0, 200.0],
        }
    )
    return pmo.from_frames(projects=projects, fx_rates=fx, as_of=JUNE, **tables)


def test_each_month_takes_the_latest_rate_up_to_it() -> None:
    found = pmo.convert(portfolio(), "GBP", rate_set="Spot").projects
    assert found["bac"].tolist() == [100, 160, 100, 180]
    assert set(found["currency"]) == {"GBP"}
    assert set(found["rate_set"]) == {"Spot"}


def test_one_month_for_all_rows() -> None:
    found = pmo.convert(portfolio(), "GBP", rate_set="Spot", month="2026-05-03").projects
    assert found["bac"].tolist() == [100, 160, 100, 160]


def test_the_set_is_found_whatever_its_case() -> None:
    found = pmo.convert(portfolio(), "GBP", rate_set="budget").projects
    assert found["bac"].tolist() == [100, 100, 100, 100]
    assert set(found["rate_set"]) == {"Budget"}


def test_a_rate_the_other_way_round_is_inverted() -> None:
    fx = rates((None, "GBP", "EUR", APRIL, 1.25))
    found = pmo.convert(portfolio(fx), "GBP").projects
    assert found["bac"].tolist() == [100, 160, 100, 160]
    assert set(found["rate_set"]) == {"without a name"}


def test_the_way_that_is_stated_counts_before_its_inverse() -> None:
    fx = rates((None, "GBP", "EUR", APRIL, 1.25), (None, "EUR", "GBP", APRIL, 0.7))
    assert pmo.convert(portfolio(fx), "GBP").projects["bac"].tolist() == [100, 140, 100, 140]


def test_other_rates_than_those_of_the_portfolio() -> None:
    given = rates(("Board", "EUR", "GBP", APRIL, 0.6))
    assert pmo.convert(portfolio(), "GBP", rates=given).projects["bac"].tolist() == [100, 120, 100, 120]


def test_rows_without_a_currency_take_that_of_their_project() -> None:
    risks = pd.DataFrame(
        {
            "risk_id": ["R1", "R2", "R3"],
            "entity_id": ["b ", "B", "A"],
            "period": JUNE,
            "impact_cost_ml": [10.0, 10.0, 10.0],
            "currency": [None, "GBP", None],
        }
    ).astype({"currency": "str"})
    found = pmo.convert(portfolio(risks=risks), "GBP", rate_set="Spot").risks.set_index("risk_id")
    assert found["impact_cost_ml"].to_dict() == {"R1": 9, "R2": 10, "R3": 10}
    assert set(found["currency"]) == {"GBP"}


def test_a_table_without_months_takes_the_rates_of_as_of() -> None:
    cases = pd.DataFrame({"project_id": ["B"], "version": ["1"], "pv_costs": [10.0], "pv_benefits": [20.0]})
    converted = pmo.convert(portfolio(business_cases=cases), "GBP", rate_set="Spot")
    assert converted["business_cases"][["pv_costs", "pv_benefits"]].to_numpy().tolist() == [[9, 18]]


def test_what_is_no_money_and_what_has_no_currency_stays() -> None:
    benefits = pd.DataFrame(
        {
            "benefit_id": ["B1", "B2"],
            "entity_id": ["NOBODY", "A"],
            "period": JUNE,
            "for_period": JUNE,
            "planned": [7.0, None],
        }
    )
    before = portfolio(benefits=benefits)
    found = pmo.convert(
        before, "USD", rate_set="Spot", rates=pd.concat([SPOT, rates(("Spot", "EUR", "USD", APRIL, 1.1))])
    )
    assert found["benefits"]["planned"].iloc[0] == 7
    assert pd.isna(found["benefits"]["currency"].iloc[0])
    assert found["benefits"]["period"].tolist() == before["benefits"]["period"].tolist()


def test_the_portfolio_is_not_changed() -> None:
    before = portfolio()
    copy = before.projects.copy()
    pmo.convert(before, "GBP", rate_set="Spot")
    assert_frame_equal(before.projects, copy)


def test_at_a_rate_of_one_nothing_changes_but_the_name() -> None:
    fx = rates((None, "EUR", "GBP", APRIL, 1.0))
    before = portfolio(fx)
    after = pmo.convert(before, "GBP")
    metrics = ["bac", "wlc_budget", "budget_hhi"]
    left, right = (pmo.measure(one, metrics=metrics)[metrics] for one in (before, after))
    assert_frame_equal(left, right)


def test_figures_name_currency_and_rates() -> None:
    before = pmo.roll_up(portfolio(), metrics=["bac"])
    assert before[["bac_reason", "projects"]].to_numpy().tolist() == [["MIXED_CURRENCY", 2]]
    assert before[["currency", "rate_set"]].isna().all(axis=None)
    after = pmo.roll_up(pmo.convert(portfolio(), "GBP", rate_set="Spot"), metrics=["bac"])
    assert after[["currency", "rate_set", "bac"]].to_numpy().tolist() == [["GBP", "Spot", 280]]
    measured = pmo.measure(pmo.convert(portfolio(), "GBP", rate_set="Spot"), metrics=["bac"])
    assert measured[["currency", "rate_set"]].to_numpy().tolist() == [["GBP", "Spot"]] * 2


def test_a_missing_rate_names_rows_and_what_to_do() -> None:
    with pytest.raises(RateMissing) as error:
        pmo.convert(portfolio(rates(("Spot", "EUR", "GBP", JUNE, 0.9))), "GBP")
    assert str(error.value) == (
        "no exchange rate from EUR to GBP in 2026-05 or before in the set 'Spot'; 1 rows of projects need one "
        "(such as B; from EUR). Add it to the table fx_rates, or choose another set with rate_set=."
    )


@pytest.mark.parametrize(
    ("fx", "asked", "error", "words"),
    [
        (SPOT, None, InvalidTable, "several sets: Budget, Spot; name one"),
        (SPOT, "spots", UnknownName, "Did you mean 'Spot'"),
        (rates(), None, InvalidTable, "holds no exchange rate"),
        (rates(), "Spot", InvalidTable, "holds no exchange rate"),
    ],
)
def test_a_set_that_cannot_be_told(
    fx: pd.DataFrame, asked: str | None, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        pmo.convert(portfolio(), "GBP", rate_set=asked, rates=fx)
