"""The finance export: budgets, forecasts and the months of the fiscal year; exchange rates; reporting calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from change_log import currency_of
from curves import AUTHORITY_START, FISCAL_START, year_start
from reports import HARBOUR
from sheets import AS_OF, MONTHS, Row, Sheet, end_of_month, end_of_year, month_of, titles, year_name

FINANCE = "finance-2026-06.xlsx"
#: Money that is bound in contracts beyond what was spent, as a share of what is still to come.
BOUND = 0.6


def finance_sheets(story: dict[str, Any], reports: list[Row]) -> list[Sheet]:
    """The sheets Financials, Fx Rates and Calendar."""
    amounts = "Amounts in millions, in the currency of each row"
    rows = [row for project in story["project"] for row in _of_project(story, project, reports)]
    rates = titles(story, "exchange rates")[::2]
    return [
        Sheet(FINANCE, "Financials", titles(story, "finance export", amounts), rows),
        Sheet(FINANCE, "Fx Rates", rates, list(_rates(story))),
        Sheet(FINANCE, "Calendar", titles(story, "reporting calendars")[::2], list(_calendar())),
    ]


def _of_project(story: dict[str, Any], project: dict[str, Any], reports: list[Row]) -> list[Row]:
    """What the ledger says of a project of the June list; where June is not reported, of the months before."""
    own = {row["Month"]: row for row in reports if row["Project ID"] == project["id"]}
    told = {end: row for end, row in own.items() if row["AC (£m)"] is not None}
    if AS_OF not in own or not told:
        return []
    begin = year_start(project)
    opened = end_of_year(AS_OF, begin).replace(year=end_of_year(AS_OF, begin).year - 1)
    last = told[max(told)]
    year = year_name(AS_OF, begin)
    found = [
        ("Original budget", None, None, project["bac"]),
        ("Approved budget", None, None, last["BAC (£m)"]),
        ("Approved budget", year, None, last["FY Budget (£m)"]),
        ("Forecast", None, None, last["EAC (£m)"]),
        ("Forecast", year, None, last["FY Forecast (£m)"]),
        ("Commitment", None, None, round((last["EAC (£m)"] - last["AC (£m)"]) * BOUND, 2)),
    ]
    found += [("Actual", year, end, _spent_in(story, told, end, reports)) for end in told if end > opened]
    return [_amount(story, project, *one) for one in found]


def _spent_in(story: dict[str, Any], told: dict[dt.date, Row], end: dt.date, reports: list[Row]) -> float:
    """What a project spent in a month; what a merger brought in was spent before."""
    before = MONTHS[MONTHS.index(end) - 1]
    merged = {
        source
        for source, relation, target, _, first, _ in story["identities"]["rows"]
        if relation == "merged into" and target == told[end]["Project ID"] and first[:7] == month_of(end)
    }
    brought = [row["AC (£m)"] for row in reports if row["Project ID"] in merged and row["Month"] == before]
    own = told[before]["AC (£m)"] if before in told else 0.0
    return round(told[end]["AC (£m)"] - own - sum(brought), 3)


def _amount(
    story: dict[str, Any],
    project: dict[str, Any],
    kind: str,
    year: str | None,
    end: dt.date | None,
    amount: float,
) -> Row:
    ledger = story["ledger"]
    return {
        "Project ID": project["id"],
        "Amount Kind": kind,
        "Cost Type": ledger["cost_types"].get(project["category"], ledger["cost_type"]),
        "Funding Source": ledger["funding"][project["programme"]],
        "Fiscal Year": year,
        "Amount Month": end,
        "Amount (m)": amount,
        "Currency": currency_of(story, project["id"]),
        "Price Basis": "Nominal",
    }


def _rates(story: dict[str, Any]) -> Iterator[Row]:
    """The rate at the end of each month, and the one of the budget of its fiscal year."""
    rates = story["fx_rates"]
    for end, spot in zip(MONTHS, rates["spot"], strict=True):
        budget = rates["budget"][year_name(end, AUTHORITY_START)]
        for name, rate, source in (("Budget", budget, "Budget book"), ("Spot", spot, "Treasury desk")):
            yield {
                "Rate Set": name,
                "From Currency": "EUR",
                "To Currency": "GBP",
                "Period": end,
                "Exchange Rate": rate,
                "Rate Source": source,
            }


def _calendar() -> Iterator[Row]:
    """The twelve months of the fiscal year of the authority, and of that of the harbour."""
    for name, begin in (("Authority", AUTHORITY_START), ("Harbour", FISCAL_START[HARBOUR])):
        last = end_of_year(AS_OF, begin)
        for number in range(1, 13):
            months = (last.year - 1) * 12 + last.month + number - 1
            end = end_of_month(months // 12, months % 12 + 1)
            yield {
                "Calendar ID": name,
                "Period Start": end.replace(day=1),
                "Period End": end,
                "Period Name": f"P{number:02d}",
                "Fiscal Year": year_name(end, begin),
            }
