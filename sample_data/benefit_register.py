"""The benefits: their register month by month, the business cases, the money of each year, and the objectives."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from change_log import currency_of
from curves import Baseline, state_in, year_start
from sheets import AS_OF, Row, Sheet, day, end_of_year, month_ends, titles

if TYPE_CHECKING:
    import random

BENEFITS = "benefits-2026-06.xlsx"
#: Register and forecast go to the end of the authority's fiscal year, a business case ten years beyond the finish.
HORIZON, YEARS = dt.date(2027, 3, 31), 10
#: How far a month strays from the forecast, and the last month that finance has signed, with the day.
STRAY, SIGNED, SIGNED_ON = 0.06, dt.date(2026, 3, 31), dt.date(2026, 4, 24)
PRICES, HARM = "Real", "Disbenefit"


def benefit_sheets(story: dict[str, Any], rng: random.Random) -> list[Sheet]:
    """The sheets Benefits, Business Cases, Cash Flows and Objectives."""
    entries = enumerate(story["benefits"]["rows"], start=1)
    rows = [row for number, entry in entries for row in _profile(story, number, entry, rng)]
    flows = {entry[0]: _flows(story, _project(story, entry[0])) for entry in story["cases"]["rows"]}
    cases = [_case(story, entry, flows[entry[0]]) for entry in story["cases"]["rows"]]
    amounts = "Amounts in {}, in the currency of each row"
    return [
        Sheet(BENEFITS, "Benefits", titles(story, "benefits register", amounts.format("thousands")), rows),
        Sheet(BENEFITS, "Business Cases", titles(story, "business cases", amounts.format("millions")), cases),
        Sheet(
            BENEFITS,
            "Cash Flows",
            titles(story, "cash flows of the business cases", amounts.format("millions")),
            [row for project, of in flows.items() for row in _flow_rows(story, project, of)],
        ),
        Sheet(BENEFITS, "Objectives", titles(story, "strategic objectives"), _objectives(story)),
    ]


def _project(story: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in story["project"] if one["id"] == code)


def _profile(story: dict[str, Any], number: int, entry: list[Any], rng: random.Random) -> list[Row]:
    """A benefit month by month: planned to the horizon, realised to June, forecast from then on.

    What does harm while the works go on ends with them.
    """
    entity, name, kind, owner, *amounts = entry
    factor, delay = amounts[3:5]
    last = day(_project(story, entity)["dates"][1]) if kind == HARM else HORIZON
    rows = []
    for end in month_ends(day(f"{amounts[0]}-01"), min(last, HORIZON)):
        expected = _planned(amounts, end, delay) * factor
        past = end <= AS_OF
        realised = round(expected * (1 + rng.gauss(0, STRAY)), 1) if past else None
        signed = past and end <= SIGNED and realised
        rows.append(
            {
                "Benefit ID": f"B-{number:03d}",
                "Project ID": entity,
                "Benefit Name": name,
                "Benefit Type": kind,
                "Benefit Owner": owner,
                "Benefit Month": end,
                "Planned Benefit (k)": round(_planned(amounts, end), 1),
                "Forecast Benefit (k)": None if past else round(expected, 1),
                "Realised Benefit (k)": realised,
                "Currency": currency_of(story, entity),
                "Verified By": story["benefits"]["finance"] if signed else None,
                "Verified On": SIGNED_ON if signed else None,
            }
        )
    return rows


def _planned(amounts: list[Any], end: dt.date, delay: int = 0) -> float:
    """Thousands planned for a month: a benefit grows evenly to its full amount, and may begin later than planned."""
    first, ramp, full = amounts[:3]
    begun = day(f"{first}-01")
    passed = (end.year - begun.year) * 12 + end.month - begun.month + 1 - delay
    return float(full) * min(max(passed / ramp, 0.0), 1.0)


def _flows(story: dict[str, Any], project: dict[str, Any]) -> dict[dt.date, tuple[float, float]]:
    """Cost and benefit of every fiscal year of a business case, in millions."""
    start, state = day(project["dates"][0]), state_in(project, AS_OF)
    finish, begin = day(state["finish"]), year_start(project)
    plan = Baseline(start, finish, state["bac"])
    last = end_of_year(finish, begin)
    running = (state["wlc"] - state["bac"]) / YEARS
    found, before = {}, 0.0
    for year in range(end_of_year(start, begin).year, last.year + YEARS + 1):
        end = dt.date(year, last.month, last.day)
        spent = plan.planned(end)
        cost = spent - before if end <= last else running
        found[end] = (round(cost, 3), round(_benefit_of_year(story, project["id"], end), 3))
        before = spent
    return found


def _benefit_of_year(story: dict[str, Any], project: str, end: dt.date) -> float:
    """What the benefits of a project were planned to bring in a year, without the harm of the works."""
    first = dt.date(end.year - 1, end.month, end.day) + dt.timedelta(days=1)
    of = [entry for entry in story["benefits"]["rows"] if entry[0] == project and entry[2] != HARM]
    amounts = [entry[4:] for entry in of]
    return sum(_planned(one, month) for one in amounts for month in month_ends(first, end)) / 1000


def _flow_rows(story: dict[str, Any], project: str, flows: dict[dt.date, tuple[float, float]]) -> list[Row]:
    return [
        {
            "Project ID": project,
            "Cash Flow Kind": kind,
            "Cash Flow Period": end,
            "Amount (m)": amount,
            "Currency": currency_of(story, project),
            "Price Basis": PRICES,
        }
        for at, kind in enumerate(("Cost", "Benefit"))
        for end, amounts in flows.items()
        if (amount := amounts[at])
    ]


def _case(story: dict[str, Any], entry: list[Any], flows: dict[dt.date, tuple[float, float]]) -> Row:
    project, version, stage, options, preferred, bias, approved, criteria = entry
    rate = story["cases"]["rate"]
    present = [
        sum(amounts[at] / (1 + rate) ** year for year, amounts in enumerate(flows.values())) for at in (0, 1)
    ]
    return {
        "Project ID": project,
        "Case Version": version,
        "Business Case Stage": stage,
        "Options Considered": options,
        "Preferred Option": preferred,
        "Discount Rate": rate,
        "PV of Costs (m)": round(present[0], 2),
        "PV of Benefits (m)": round(present[1], 2),
        "Optimism Bias": bias,
        "Business Case Approved": day(approved) if approved else None,
        "Charter": f"Records/{project}/charter",
        "Success Criteria": criteria,
        "Currency": currency_of(story, project),
        "Price Basis": PRICES,
    }


def _objectives(story: dict[str, Any]) -> list[Row]:
    headings = (
        "Objective ID", "Objective", "Objective Weight", "Objective Measure", "Target Value", "Actual Value",
        "Measure Unit", "Objective Owner",
    )  # fmt: skip
    return [dict(zip(headings, entry[:-1], strict=True)) for entry in story["objectives"]["rows"]]
