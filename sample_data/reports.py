"""The status reports: one row per project and month, in pounds, and in euro for the harbour."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from curves import Amounts, amounts_of, is_rebaselined, months_of, state_in
from sheets import AS_OF, MONTHS, Row, Sheet, day, month_of, weekday_before

if TYPE_CHECKING:
    import random

#: The programme that reports in a workbook, a currency and a fiscal year of its own.
HARBOUR = "HARBOUR"
HARBOUR_FILE = "harbour-status.xlsx"
#: The month from which the template has one line less above its header.
SHORTER_FROM = "2026-04"
#: The smallest budget of each tier, in millions.
TIERS = {1: 50.0, 2: 10.0, 3: 0.0}
COLOURS = {"G": "Green", "A": "Amber", "R": "Red", "-": None}

#: What the project list says, whether anybody reports or not.
LISTED = (
    "Project ID", "Project", "Programme", "Department", "Sponsor", "Project Manager", "Category",
    "Project Status", "Stage", "Baseline Start", "Baseline Finish", "Baseline Version", "Forecast Finish",
    "Whole-life Cost (£m)", "BAC (£m)",
)  # fmt: skip
#: What is left of a report that holds words only.
WORDS_ONLY = (
    "Project ID", "Project", "Month", "Programme", "Department", "Currency", "RAG", "Narrative",
    "Path to Green", "Path Owner", "Path Date", "Report Date",
)  # fmt: skip
#: The harbour's own headings for the same columns.
HARBOUR_HEADINGS = {
    "Sponsor": "SRO", "Project Manager": "Project Lead", "AC (£m)": "Spend to Date (€m)",
    "EAC (£m)": "Forecast Outturn (€m)", "RAG": "Overall RAG", "Narrative": "Commentary",
    "Path to Green": "Recovery Plan", "Path Owner": "Recovery Owner", "Path Date": "Back to Green By",
}  # fmt: skip


def report_rows(story: dict[str, Any], rng: random.Random) -> list[Row]:
    """The reports of all projects and months, all under the headings of the authority."""
    return [row for project in story["project"] for row in _rows(project, story, rng)]


def status_sheets(story: dict[str, Any], reports: list[Row]) -> list[Sheet]:
    """One status sheet a month, and one sheet of the harbour with all months."""
    pounds = [row for row in reports if row["Programme"] != HARBOUR]
    sheets = []
    for end in MONTHS:
        rows = [_without(row, "Month", "Currency") for row in pounds if row["Month"] == end]
        if end == AS_OF:
            rows = [row | _placed(row, story) for row in rows]
        preamble = [
            f"{story['organisation']}: project status report",
            f"Reporting month: {end:%B %Y}",
            f"Contact: {story['contact']}",
            "Amounts in £m, cumulative to the end of the month",
        ][: 4 if month_of(end) < SHORTER_FROM else 3]
        sheets.append(Sheet(f"status-{month_of(end)}.xlsx", "Status", preamble, rows))
    return [*sheets, _harbour_sheet(story, [row for row in reports if row["Programme"] == HARBOUR])]


def _harbour_sheet(story: dict[str, Any], reports: list[Row]) -> Sheet:
    preamble = [
        "Gullhaven Harbour Company: project reports of all months",
        f"For {story['organisation']}; the fiscal year begins in January",
        f"Contact: {story['contact']}",
    ]
    rows = sorted(reports, key=lambda row: (row["Month"], row["Project ID"]))
    rows = [row | _placed(row, story, since=AS_OF) for row in rows]
    return Sheet(HARBOUR_FILE, "Status", preamble, [_as_harbour(row) for row in rows])


def _placed(row: Row, story: dict[str, Any], since: dt.date | None = None) -> Row:
    """The two columns that came with the list of June: what a project is done for, and its size."""
    told = since is None or row["Month"] >= since
    project = next(one for one in story["project"] if one["id"] == row["Project ID"])
    return {
        "Strategic Objective": objective_of(story, project) if told else None,
        "Tier": tier_of(project) if told else None,
    }


def objective_of(story: dict[str, Any], project: dict[str, Any]) -> str:
    """The strategic objective that a project is done for."""
    rows = story["objectives"]["rows"]
    return next(str(code) for code, *_, projects in rows if project["id"] in projects)


def tier_of(project: dict[str, Any]) -> str:
    """The size of a project by its budget in the end, in millions of its own currency."""
    budget = state_in(project, AS_OF)["bac"]
    return next(f"Tier {tier}" for tier, least in TIERS.items() if budget >= least)


def _as_harbour(row: Row) -> Row:
    return {
        HARBOUR_HEADINGS.get(heading, heading.replace("£", "€")): value
        for heading, value in row.items()
        if heading not in ("Schedule RAG", "Cost RAG")
    }


def _without(row: Row, *headings: str) -> Row:
    return {heading: value for heading, value in row.items() if heading not in headings}


def _rows(project: dict[str, Any], story: dict[str, Any], rng: random.Random) -> list[Row]:
    """The reports of one project; where nobody reports, the row of the list alone."""
    rows = []
    for at, (end, amounts) in enumerate(zip(months_of(project), amounts_of(project, rng), strict=True)):
        signed = weekday_before(end - dt.timedelta(days=rng.randrange(3)))
        row = _listed(project, story, at) | _money(project, end, amounts) | _told(project, at, amounts)
        row["Report Date"] = signed
        rows.append(_as_far_as_reported(project, end, row))
    return rows


def _as_far_as_reported(project: dict[str, Any], end: dt.date, row: Row) -> Row:
    """The row with those cells alone that somebody fills in."""
    kept = set(row)
    if {"always", month_of(end)} & set(project.get("silent", ())):
        kept = {*LISTED, "Month", "Currency"}
    elif project.get("only_words"):
        kept = set(WORDS_ONLY)
    elif project.get("restricted"):
        kept = {heading for heading in row if "£m" not in heading} - {"% Complete"}
    return {heading: value if heading in kept else None for heading, value in row.items()}


def _listed(project: dict[str, Any], story: dict[str, Any], at: int) -> Row:
    months = months_of(project)
    end = months[at]
    state = state_in(project, end)
    start, finish = day(project["dates"][0]), day(state["finish"])
    ends = project.get("ends") if end == months[-1] else None
    over = {"Complete": "Handover", "Cancelled": "Cancelled"}
    forecast = weekday_before(finish + dt.timedelta(days=project["slip"][at]))
    sponsor, manager = project["people"]
    return {
        "Project ID": project["id"],
        "Project": state["name"],
        "Month": end,
        "Programme": state["programme"],
        "Department": state.get("department", story["departments"][state["programme"]]),
        "Currency": "EUR" if state["programme"] == HARBOUR else "GBP",
        "Sponsor": sponsor,
        "Project Manager": manager,
        "Category": project["category"],
        "Project Status": ends or ("Proposed" if end < start else "Active"),
        "Stage": over[ends] if ends else "Delivery" if end >= start else project["stage"],
        "Baseline Start": start,
        "Baseline Finish": finish,
        "Baseline Version": state["baseline_version"],
        "Rebaselined": "Yes" if is_rebaselined(project, end) else "No",
        "Forecast Finish": forecast,
        "Actual Finish": forecast if ends == "Complete" else None,
    }


def _money(project: dict[str, Any], end: dt.date, amounts: Amounts) -> Row:
    measured = project.get("unmeasured") != month_of(end)
    return {
        "Whole-life Cost (£m)": state_in(project, end)["wlc"],
        "BAC (£m)": amounts.bac,
        "PV (£m)": amounts.pv,
        "EV (£m)": amounts.ev if measured else None,
        "AC (£m)": amounts.ac,
        "EAC (£m)": amounts.eac,
        "FY Budget (£m)": amounts.year_budget,
        "FY Forecast (£m)": amounts.year_forecast,
        "% Complete": round(amounts.ev / amounts.bac, 3) if measured else None,
    }


def _told(project: dict[str, Any], at: int, amounts: Amounts) -> Row:
    """Colours and words."""
    letter = project["rag"][at]
    end = months_of(project)[at]
    path = [step for step in project.get("path", ()) if step[0] <= month_of(end)]
    _, what, until = path[-1] if letter in "AR" else (None, None, None)
    sponsor, manager = project["people"]
    return {
        "RAG": COLOURS[letter],
        "Schedule RAG": COLOURS[project.get("schedule", project["rag"])[at]],
        "Cost RAG": COLOURS[project.get("cost", project["rag"])[at]],
        "Narrative": _narrative(project, at, amounts),
        "Path to Green": what,
        "Path Owner": (sponsor if letter == "R" else manager) if what else None,
        "Path Date": day(until) if until else None,
    }


def _narrative(project: dict[str, Any], at: int, amounts: Amounts) -> str | None:
    event = project["events"][at] if "events" in project else ""
    if not event:
        return None
    if project.get("restricted") or project.get("only_words"):
        return f"{event}."
    sign = "€" if project["programme"] == HARBOUR else "£"
    if project.get("unmeasured") == month_of(months_of(project)[at]):
        return f"{event}; {sign}{amounts.ac:.1f}m is spent."
    if amounts.pv == 0:
        return f"{event}. Nothing was planned to be spent yet."
    planned = f"{sign}{amounts.ev:.1f}m earned of {sign}{amounts.pv:.1f}m planned"
    return f"{event}. {planned}, for {sign}{amounts.ac:.1f}m."
