"""What is never added up: amounts in several currencies, and fiscal years of several calendars."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo

AS_OF = "2026-06-30"
JULY = pd.Timestamp("2026-07-31")
PROJECTS = pd.DataFrame(
    {
        "project_id": ["A", "B", "C"],
        "calendar_id": ["UK", "US", "UK"],
        "currency": "GBP",
        "department": ["X", "X", "Y"],
    }
)
STATUS = pd.DataFrame(
    {
        "project_id": ["A", "B", "C"],
        "budget_fy": [100.0, 50.0, 10.0],
        "forecast_fy": [110.0, 50.0, 9.0],
        "ac": [1.0, 2.0, 3.0],
    }
)
FINANCIALS = pd.DataFrame(
    {
        "entity_id": ["A", "B", "A", "C"],
        "kind": "commitment",
        "fiscal_year": ["FY2026", "FY2026", "FY2027", "FY2027"],
        "for_period": [JULY, JULY, None, None],
        "amount": [10.0, 20.0, 5.0, 1.0],
    }
)
MIXED = "MIXED_CALENDAR"


def told(frame: pd.DataFrame, name: str) -> list[object]:
    return frame[name].astype("object").fillna(frame[f"{name}_reason"]).tolist()


def test_years_of_two_calendars_do_not_add() -> None:
    tables = {"projects": PROJECTS, "status": STATUS}
    whole = pmo.roll_up(tables, as_of=AS_OF)
    assert [told(whole, name) for name in ("overspend_fy", "overspend_fy_pct", "ac")] == [
        [MIXED],
        [MIXED],
        [6],
    ]
    assert told(pmo.roll_up(tables, by="calendar_id", as_of=AS_OF), "overspend_fy") == [9, 0]
    assert told(pmo.roll_up(tables, by="department", as_of=AS_OF), "overspend_fy") == [MIXED, -1]


def test_a_project_without_a_calendar_has_that_of_the_organisation() -> None:
    unnamed = PROJECTS.assign(calendar_id=["UK", None, "UK"])
    assert told(pmo.roll_up({"projects": unnamed, "status": STATUS}, as_of=AS_OF), "overspend_fy") == [MIXED]
    none = PROJECTS.drop(columns="calendar_id")
    assert told(pmo.roll_up({"projects": none, "status": STATUS}, as_of=AS_OF), "overspend_fy") == [9]


def test_a_calendar_that_no_amount_is_of_mixes_nothing() -> None:
    status = STATUS.assign(budget_fy=[100.0, None, 10.0], forecast_fy=[110.0, None, 9.0])
    assert told(pmo.roll_up({"projects": PROJECTS, "status": status}, as_of=AS_OF), "overspend_fy") == [9]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("for_period", [30, 6]),
        ("fiscal_year", [MIXED, 6]),
        (["fiscal_year", "calendar_id"], [10, 20, 6]),
        ("kind", [36]),
    ],
)
def test_they_meet_by_month(by: str | list[str], expected: list[object]) -> None:
    tables = {"projects": PROJECTS, "financials": FINANCIALS}
    assert told(pmo.roll_up_items(tables, "financials", by=by, as_of=AS_OF), "committed") == expected


def test_amounts_of_no_month_are_of_no_month() -> None:
    tables = {"projects": PROJECTS, "financials": FINANCIALS.drop(columns="for_period")}
    found = pmo.roll_up_items(tables, "financials", by="for_period", as_of=AS_OF)
    assert found["for_period"].isna().tolist() == [True]
    assert told(found, "committed") == [36]


def test_the_currency_of_a_group_stands_beside_its_amounts() -> None:
    tables = {"projects": PROJECTS.assign(currency=["GBP", "EUR", "GBP"]), "status": STATUS}
    found = pmo.roll_up(tables, by="department", as_of=AS_OF, metrics=["ac"])
    assert told(found, "ac") == ["MIXED_CURRENCY", 3]
    assert found["currency"].astype("object").fillna("").tolist() == ["", "GBP"]
    by_code = pmo.roll_up(tables, by="currency", as_of=AS_OF, metrics=["ac"])
    assert list(by_code)[:3] == ["currency", "projects", "rate_set"]


def test_a_register_in_another_currency_than_its_projects_is_undefined() -> None:
    risks = pd.DataFrame(
        {
            "risk_id": ["R1", "R2"],
            "entity_id": ["A", "B"],
            "prob_residual": 0.5,
            "impact_cost_ml": 10.0,
            "status": "open",
            "currency": ["USD", "GBP"],
        }
    )
    measured = pmo.measure({"projects": PROJECTS, "status": STATUS, "risks": risks}, as_of=AS_OF)
    assert told(measured, "risk_emv")[:2] == ["MIXED_CURRENCY", 5]
    # the amounts of the projects of a group are all in pounds
    groups = pmo.roll_up(
        {"projects": PROJECTS, "status": STATUS, "risks": risks}, by="department", as_of=AS_OF
    )
    assert groups["currency"].tolist() == ["GBP", "GBP"]
    # nothing of the projects says another currency
    alone = pmo.roll_up({"risks": risks.head(1)}, as_of=AS_OF, metrics=["risk_emv"])
    assert alone[["currency", "risk_emv"]].to_numpy().tolist() == [["USD", 5]]
    both = pmo.roll_up({"risks": risks}, as_of=AS_OF, metrics=["risk_emv"])
    assert told(both, "risk_emv") == ["MIXED_CURRENCY"]
    assert both["currency"].isna().all()
    changes = pd.DataFrame(
        {
            "change_id": ["C1"],
            "entity_id": ["A"],
            "status": "approved",
            "decided": pd.Timestamp("2026-06-01"),
            "cost_impact": 7.0,
            "currency": "EUR",
        }
    )
    of_two = {"risks": risks.head(1), "changes": changes}
    apart = pmo.roll_up(of_two, as_of=AS_OF, metrics=["risk_emv", "change_cost_approved"])
    assert apart[["risk_emv", "change_cost_approved"]].to_numpy().tolist() == [[5, 7]]
    assert apart["currency"].isna().all()


def test_beside_an_amount_stands_its_own_currency() -> None:
    risk = {
        "risk_id": "R1",
        "entity_id": "A",
        "prob_residual": 0.5,
        "impact_cost_ml": 10.0,
        "currency": "USD",
    }
    risks = pd.DataFrame([{**risk, "status": "open"}])
    measured = pmo.measure({"projects": PROJECTS, "risks": risks}, as_of=AS_OF, metrics=["risk_emv"]).iloc[0]
    assert (measured["currency"], measured["risk_emv"]) == ("USD", 5)
