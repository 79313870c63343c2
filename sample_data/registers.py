"""The registers of the sample: milestones, risks and issues as they stand at the end of June."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sheets import MONTHS, Row, month_end, weekday_before

if TYPE_CHECKING:
    import random

AS_OF = month_end(MONTHS[-1])
FIRST_OPENED = dt.date(2025, 7, 1)

#: Where in the baseline of a project its gates lie: gate 3 just before the start, gate 4 near the finish.
GATES = ((-0.02, "G3", "Gate 3: investment decision"), (0.9, "G4", "Gate 4: readiness for service"))
OWN_TYPES = ("Key", "Contractual")
SOON = 90

PROBABILITIES = {1: (0.05,), 2: (0.1, 0.15, 0.2), 3: (0.3, 0.35, 0.4), 4: (0.55, 0.6), 5: (0.8, 0.85)}
LOW, HIGH = 0.6, 1.7
RESPONSES = {"T": ("Reduce", "Reduce", "Reduce", "Transfer", "Accept", "Avoid"), "O": ("Enhance", "Exploit")}
LEVELS = {"Critical": "Portfolio", "High": "Programme", "Medium": "Project", "Low": "Team"}


def milestone_rows(story: dict[str, Any]) -> list[Row]:
    """Two gates and two milestones of its own for every project that is still there in June."""
    rows: list[Row] = []
    for project in story["project"]:
        start, finish = (dt.date.fromisoformat(day) for day in project["dates"])
        own = [
            (dt.date.fromisoformat(day), "", name, kind)
            for kind, (name, day) in zip(OWN_TYPES, project["milestones"], strict=False)
        ]
        gates = [(start + (finish - start) * at, code, name, "Gate") for at, code, name in GATES if own]
        for day, code, name, kind in sorted(own + gates):
            number = f"MS-{len(rows) + 1:03d}"
            share = max((day - start) / (finish - start), 0.0)
            own_slip = code and share and project.get("gate_slip")
            slip = own_slip or project["slip"][-1] * share
            dates = weekday_before(day), weekday_before(day + dt.timedelta(days=round(slip)))
            rows.append(_milestone(project, dates, {"id": number, "gate": code, "name": name, "type": kind}))
    return rows


def _milestone(project: dict[str, Any], dates: tuple[dt.date, dt.date], what: dict[str, str]) -> Row:
    baseline, forecast = dates
    reached = forecast <= AS_OF
    soon = (forecast - AS_OF).days <= SOON
    return {
        "Milestone ID": what["id"],
        "Project ID": project["id"],
        "Milestone": what["name"],
        "Type": what["type"],
        "Gate": what["gate"] or None,
        "Owner": project["people"][0 if what["gate"] else 1],
        "Baseline Date": baseline,
        "Forecast Date": forecast,
        "Actual Date": forecast if reached else None,
        "Status": "Complete" if reached else "In progress" if soon else "Not started",
    }


def risk_rows(story: dict[str, Any], rng: random.Random) -> list[Row]:
    """The risk register; one risk belongs to a programme."""
    people = _people(story)
    entries = enumerate(story["risks"]["rows"], start=1)
    return [_risk(story, people, number, entry, rng) for number, entry in entries]


def _risk(
    story: dict[str, Any],
    people: dict[str, list[str]],
    number: int,
    entry: list[Any],
    rng: random.Random,
) -> Row:
    entity, title, category, p_score, i_score, cost, kind = entry
    opened = _day(rng, FIRST_OPENED, dt.date(2026, 5, 15))
    closed = number in story["risks"]["closed"]
    status = "Closed" if closed else "Escalated" if number in story["risks"]["escalated"] else "Open"
    owner, action_owner = people[entity]
    return {
        "Risk ID": f"R-{number:03d}",
        "Project ID": entity,
        "Risk": title,
        "Kind": {"T": "Threat", "O": "Opportunity"}[kind],
        "Category": category,
        "Probability": rng.choice(PROBABILITIES[p_score]),
        "P (1-5)": p_score,
        "I (1-5)": i_score,
        "Cost Impact Low (£m)": round(cost * LOW, 3),
        "Cost Impact (£m)": cost,
        "Cost Impact High (£m)": round(cost * HIGH, 3),
        "Response": rng.choice(RESPONSES[kind]),
        "Proximity": _day(rng, dt.date(2026, 7, 13), dt.date(2027, 9, 30)),
        "Owner": owner,
        "Action Owner": action_owner,
        "Action Due": _day(rng, dt.date(2026, 7, 6), dt.date(2026, 11, 27)),
        "Status": status,
        "Opened": opened,
        "Closed": _day(rng, dt.date(2026, 5, 18), dt.date(2026, 6, 26)) if closed else None,
        "Last Reviewed": _day(rng, dt.date(2026, 6, 8), dt.date(2026, 6, 26)),
    }


def issue_rows(story: dict[str, Any], rng: random.Random) -> list[Row]:
    """The issue log; whatever is still open is due in the future."""
    people = _people(story)
    rows: list[Row] = []
    for number, (entity, title, severity, workstream, resolution) in enumerate(
        story["issues"]["rows"], start=1
    ):
        opened = _day(rng, dt.date(2026, 1, 12), dt.date(2026, 5, 29))
        closed = _day(rng, dt.date(2026, 6, 1), dt.date(2026, 6, 26)) if resolution else None
        due = _day(rng, dt.date(2026, 7, 3), dt.date(2026, 9, 25))
        rows.append(
            {
                "Issue ID": f"I-{number:03d}",
                "Project ID": entity,
                "Issue": title,
                "Severity": severity,
                "Workstream": workstream,
                "Opened": opened,
                "Due": due,
                "Closed": closed,
                "Owner": people[entity][1],
                "Escalation": LEVELS[severity],
                "Status": "Closed" if resolution else rng.choice(("Open", "In progress")),
                "Resolution": resolution or None,
            }
        )
    return rows


def _people(story: dict[str, Any]) -> dict[str, list[str]]:
    """Sponsor and manager of every project; a programme is looked after by those of its first project."""
    people: dict[str, list[str]] = {}
    for project in story["project"]:
        people.setdefault(project["programme"], project["people"])
        people[project["id"]] = project["people"]
    return people


def _day(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    day = weekday_before(first + dt.timedelta(days=rng.randrange((last - first).days + 1)))
    return max(day, first)
