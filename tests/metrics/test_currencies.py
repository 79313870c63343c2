"""Conversion by a named set of rates: which rate counts, what it is applied to, and what cannot be converted."""

from __future__ import annotations

from dataclasses import replace

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


def test_every_month_takes_the_latest_rate_of_the_current_period() -> None:
    found = pmo.convert(portfolio(), "GBP", rate_set="Spot").projects
    assert found["bac"].tolist() == [100, 180, 100, 180]
    assert set(found["currency"]) == {"GBP"}
    assert set(found["rate_set"]) == {"Spot"}


def test_or_of_another_month() -> None:
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


@pytest.mark.parametrize(
    "fx",
    [
        rates((None, "EUR", "USD", APRIL, 1.25)),
        rates((None, "EUR", "USD", APRIL, 1.25), (None, "USD", "GBP", APRIL, 0.75)),
        rates((None, "USD", "EUR", APRIL, 0.8), (None, "GBP", "USD", APRIL, 1.3)),
    ],
)
def test_a_rate_between_two_other_currencies_is_none(fx: pd.DataFrame) -> None:
    with pytest.raises(RateMissing, match="no exchange rate from EUR to GBP"):
        pmo.convert(portfolio(fx), "GBP")


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


def test_a_project_of_no_currency_names_no_rates() -> None:
    rows = {"project_id": ["A", "B"], "period": JUNE, "currency": ["EUR", None], "bac": [100.0, 7.0]}
    made = pmo.from_frames(projects=pd.DataFrame(rows), fx_rates=SPOT, as_of=JUNE)
    found = pmo.convert(made, "GBP", rate_set="Spot").projects
    assert found["bac"].tolist() == [90, 7]
    assert found["rate_set"].fillna("").tolist() == ["Spot", ""]


def test_a_rate_of_no_currency_converts_nothing() -> None:
    rows = {"project_id": ["A", "B"], "period": JUNE, "currency": ["EUR", None], "bac": [100.0, 7.0]}
    made = pmo.from_frames(projects=pd.DataFrame(rows), as_of=JUNE)
    fx = rates(("s", "EUR", "GBP", JUNE, 0.8), ("s", None, "GBP", JUNE, 2.0))  # type: ignore[arg-type]
    found = pmo.convert(made, "GBP", rates=fx).projects
    assert found["bac"].tolist() == [80, 7]
    assert found["currency"].fillna("").tolist() == ["GBP", ""]


def test_an_amount_that_was_converted_before_keeps_the_name_of_its_rates() -> None:
    once = pmo.convert(portfolio(), "GBP", rate_set="Budget")
    later = once.projects.assign(currency=["GBP", "GBP", "GBP", "EUR"])
    both = pmo.convert(
        replace(once, tables={**once.tables, "projects": later}), "GBP", rate_set="Spot"
    ).projects
    assert both[["bac", "rate_set"]].to_numpy().tolist() == [
        [100, "Budget"],
        [100, "Budget"],
        [100, "Budget"],
        [90, "Spot"],
    ]


@pytest.mark.parametrize(("day", "worth"), [("2026-05-31", 9), ("2026-06-15", 10)])
def test_a_table_without_months_is_in_the_currency_of_the_day(day: str, worth: float) -> None:
    projects = pd.DataFrame(
        {"project_id": "A", "period": [MAY, JUNE], "currency": ["EUR", "GBP"], "bac": [1.0, 1.0]}
    )
    cases = pd.DataFrame({"project_id": ["A"], "version": ["1"], "pv_costs": [10.0]})
    made = pmo.from_frames(projects=projects, business_cases=cases, fx_rates=SPOT, as_of=day)
    converted = pmo.convert(made, "GBP", rate_set="Spot", month=JUNE)
    assert converted["business_cases"]["pv_costs"].tolist() == [worth]


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
        pmo.convert(portfolio(rates(("Spot", "EUR", "GBP", JUNE, 0.9))), "GBP", month=MAY)
    assert str(error.value) == (
        "no exchange rate from EUR to GBP in 2026-05 or before in the set 'Spot'. Rows of projects that need one: 2 "
        "(such as B). Add it to the table fx_rates, or choose another set with rate_set= (--rate-set)."
    )


def test_a_missing_rate_of_a_register_names_what_its_rows_belong_to() -> None:
    risks = pd.DataFrame(
        {"risk_id": ["R1"], "entity_id": ["A"], "period": JUNE, "currency": ["CHF"], "impact_cost_ml": [5.0]}
    )
    with pytest.raises(RateMissing, match=r"Rows of risks that need one: 1 \(such as A\)"):
        pmo.convert(portfolio(risks=risks), "GBP", rate_set="Spot")


def test_a_missing_rate_names_five_rows_at_most() -> None:
    names = list("ABCDEF")
    many = pmo.from_frames(
        projects=pd.DataFrame({"project_id": names, "period": JUNE, "currency": "CHF", "bac": 1.0}),
        fx_rates=SPOT,
        as_of=JUNE,
    )
    with pytest.raises(RateMissing, match=r"need one: 6 \(such as A, B, C, D, E\)"):
        pmo.convert(many, "GBP", rate_set="Spot")


@pytest.mark.parametrize("rate", [0.0, -0.8, float("inf"), float("nan")])
def test_what_is_no_positive_number_is_no_rate(rate: float) -> None:
    last = rates(("Spot", "EUR", "GBP", MAY, 0.7), ("Spot", "EUR", "GBP", JUNE, rate))
    assert pmo.convert(portfolio(), "GBP", rates=last).projects["bac"].tolist() == [100, 140, 100, 140]
    with pytest.raises(RateMissing):
        pmo.convert(portfolio(), "GBP", rates=last.tail(1))


def test_spellings_of_sets_and_codes_are_one() -> None:
    fx = rates(("Budget", "eur", " gbp", JUNE, 0.9), ("budget ", "EUR", "GBP", APRIL, 0.5))
    assert (
        pmo.convert(portfolio(), " gbp", rates=fx, rate_set="BUDGET").projects["bac"].tolist()
        == [100, 180] * 2
    )


def test_with_nothing_in_another_currency_no_rate_is_needed() -> None:
    alone = pmo.from_frames(projects=PROJECTS_OF_ONE, as_of=JUNE)
    assert pmo.convert(alone, "GBP") is alone


PROJECTS_OF_ONE = pd.DataFrame({"project_id": ["A"], "currency": ["GBP"], "bac": [100.0]})


def test_exchange_moves_no_figure_that_looks_back() -> None:
    months = pd.to_datetime(["2026-04-30", "2026-05-31", "2026-06-30"])
    status = pd.DataFrame(
        {
            "project_id": "B",
            "period": months,
            "ac": 10.0,
            "eac_reported": 100.0,
            "bac": 100.0,
            "currency": "EUR",
        }
    )
    looking_back = ["burn_rate", "eac_drift_pct", "eac_volatility_pct"]
    moving = rates(("s", "EUR", "GBP", APRIL, 0.8), ("s", "EUR", "GBP", JUNE, 0.9))
    converted = pmo.convert(portfolio(moving, status=status), "GBP")
    assert (
        pmo.measure(converted, metrics=looking_back).set_index("project_id").loc["B", looking_back].tolist()
        == [0] * 3
    )
    baselines = pd.DataFrame(
        {"project_id": ["B"], "baseline_version": [1.0], "bac": [100.0], "currency": ["EUR"]}
    )
    both = pmo.convert(
        portfolio(moving, status=status, baselines=baselines.rename(columns={"baseline_version": "version"})),
        "GBP",
    )
    assert pmo.measure(both, metrics=["overspend_original"])["overspend_original"].dropna().tolist() == [0]


def test_of_a_project_that_changes_its_currency_nothing_is_subtracted() -> None:
    months = pd.to_datetime(["2026-04-30", "2026-05-31", "2026-06-30"])
    status = pd.DataFrame({"project_id": "P", "period": months, "ac": [10.0, 20.0, 24.0], "bac": 100.0})
    status = status.assign(eac_reported=[100.0, 100.0, 80.0], currency=["EUR", "EUR", "GBP"])
    status = status.assign(forecast_finish=pd.to_datetime(["2026-12-01", "2026-12-02", "2026-12-04"]))
    names = ["burn_rate", "eac_drift_pct", "eac_volatility_pct", "finish_movement_days"]
    found = pmo.measure({"status": status}, as_of=JUNE, metrics=names).iloc[0]
    assert [found[f"{name}_reason"] for name in names[:3]] == ["NO_DATA"] * 3
    assert found["finish_movement_days"] == 1.5


def test_a_rule_of_approval_keeps_the_currency_that_it_was_written_in() -> None:
    matrix = pd.DataFrame(
        {
            "kind": "budget",
            "required_board": ["Council board", "Council cabinet", "Harbour board"],
            "amount_from": [None, 100.01, None],
            "amount_to": [100.0, None, 200.0],
            "currency": ["GBP", "GBP", "EUR"],
        }
    )
    decisions = pd.DataFrame(
        {
            "decision_id": ["D1", "D2"],
            "entity_id": ["A", "B"],
            "period": JUNE,
            "kind": "budget",
            "board": "Harbour board",
            "decision": "approve",
            "decision_date": JUNE,
            "amount": [95.0, 200.0],
            "currency": ["GBP", "EUR"],
        }
    )
    before = portfolio(approval_matrix=matrix, decisions=decisions)
    names = ["decisions_by_right_pct"]
    for one in (
        before,
        pmo.convert(before, "GBP", rate_set="Spot"),
        pmo.convert(
            before, "USD", rates=rates(("s", "EUR", "USD", APRIL, 1.1), ("s", "GBP", "USD", APRIL, 1.3))
        ),
    ):
        assert pmo.measure(one, metrics=names)[names[0]].tolist() == [0, 1]


def test_converted_again_by_another_set_the_first_one_stays_named() -> None:
    once = pmo.convert(portfolio(), "GBP", rate_set="Spot")
    assert pmo.convert(once, "GBP", rate_set="Budget") is once
    back = pmo.convert(once, "EUR", rate_set="Budget")
    assert set(back.projects["rate_set"]) == {"Budget"}


def test_a_status_without_a_project_list_names_its_rates() -> None:
    status = pd.DataFrame({"project_id": ["P"], "ac": [100.0], "currency": ["EUR"]})
    found = pmo.convert(pmo.from_frames(status=status, fx_rates=SPOT, as_of=JUNE), "GBP", rate_set="Spot")
    assert pmo.roll_up(found, metrics=["ac"])[["currency", "rate_set", "ac"]].to_numpy().tolist() == [
        ["GBP", "Spot", 90]
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "rates is a dict"),
        (pd.DataFrame({"rate": [1.0]}), "no column from_currency, to_currency, period"),
        (
            rates((None, "EUR", "GBP", JUNE, 0.8), (None, "EUR", "GBP", JUNE, 0.9)),
            "EUR to GBP for 2026-06 twice",
        ),
    ],
)
def test_a_table_that_is_none_of_rates(given: object, words: str) -> None:
    with pytest.raises(InvalidTable, match=words):
        pmo.convert(portfolio(), "GBP", rates=given)  # type: ignore[arg-type]


def test_rates_made_by_hand_are_read() -> None:
    by_hand = rates(("s", "EUR", "GBP", JUNE, 0.8)).drop(columns="rate_set").astype("object")
    # a day within its month is that month
    by_hand["period"] = "2026-06-12"
    assert pmo.convert(portfolio(), "GBP", rates=by_hand).projects["bac"].tolist() == [100, 160] * 2
    with pytest.raises(RateMissing):
        pmo.convert(portfolio(), "GBP", rates=by_hand.assign(period="2026-07-02"))


@pytest.mark.parametrize("code", ["", "pounds", None, "G1P"])
def test_what_is_no_currency(code: str) -> None:
    with pytest.raises(InvalidTable, match="ISO code of three letters"):
        pmo.convert(portfolio(), code)


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
