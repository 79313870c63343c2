"""The registers of the sample: milestones, risks and issues as they stand at the end of June."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from curves import months_of, state_in
from reports import HARBOUR_FILE
from sheets import AS_OF, Row, Sheet, day, weekday_before

if TYPE_CHECKING:
    import random

PLAN, RAID = "milestone-plan-2026-06.xlsx", "raid-log-2026-06.xlsx"
FIRST_OPENED = dt.date(2025, 7, 1)

#: Where in the baseline of a project its gates lie: gate 3 just before the start, gate 4 near the finish.
GATES = ((-0.02, "G3", "Gate 3: investment decision"), (0.9, "G4", "Gate 4: readiness for service"))
OWN_TYPES = ("Key", "Contractual", "Interface")
SOON = 90

PROBABILITIES = {1: (0.05,), 2: (0.1, 0.15, 0.2), 3: (0.3, 0.35, 0.4), 4: (0.55, 0.6), 5: (0.8, 0.85)}
LOW, HIGH = 0.6, 1.7
RESPONSES = {"T": ("Reduce", "Reduce", "Reduce", "Transfer", "Accept", "Avoid"), "O": ("Enhance", "Exploit")}
LEVELS = {"Critical": "Portfolio", "High": "Programme", "Medium": "Project", "Low": "Team"}


def register_sheets(story: dict[str, Any], rng: random.Random) -> list[Sheet]:
    """The milestone plan, the RAID log, and the risks that the harbour keeps in euro."""
    found = []
    for file, name, title, rows in (
        (PLAN, "Milestones", "milestone plan", _milestone_rows(story)),
        (RAID, "Risks", "risk register", _risk_rows(story, "risks", rng)),
        (RAID, "Issues", "issue log", _issue_rows(story, rng)),
        (HARBOUR_FILE, "Risks", "risk register of the harbour", _risk_rows(story, "harbour_risks", rng)),
    ):
        preamble = [f"{story['organisation']}: {title}", "As at: 2026-06", f"Contact: {story['contact']}"]
        found.append(Sheet(file, name, preamble, rows))
    return found


def _milestone_rows(story: dict[str, Any]) -> list[Row]:
    """Gates and milestones of every project that has any, numbered through."""
    rows: list[Row] = []
    for project in story["project"]:
        for what in sorted(_planned(project), key=lambda one: (one["baseline"], one["name"])):
            rows.append(_milestone(project, what | {"id": f"MS-{len(rows) + 1:03d}"}))
    return rows


def _planned(project: dict[str, Any]) -> list[Row]:
    """What a project promised: its own milestones, gates 3 and 4, and gates with a date of their own."""
    start, finish = day(project["dates"][0]), day(state_in(project, AS_OF)["finish"])
    length, last = finish - start, project["slip"][-1]
    found = [
        {
            "name": name,
            "type": kind,
            "gate": None,
            "baseline": day(text),
            "slip": last * _share(project, text),
        }
        for kind, (name, text) in zip(OWN_TYPES, project.get("milestones", ()), strict=False)
    ]
    if found and project.get("auto_gates", True):
        found += [
            {
                "name": name,
                "type": "Gate",
                "gate": code,
                "baseline": start + length * at,
                "slip": project.get("gate_slip", last * at) if at > 0 else 0,
            }
            for at, code, name in GATES
        ]
    found += [
        {"name": name, "type": "Gate", "gate": code, "baseline": day(text), "slip": slip}
        for code, name, text, slip in project.get("gates", ())
    ]
    return found


def _share(project: dict[str, Any], text: str) -> float:
    """How far into the baseline a day lies: what comes early has slipped less."""
    start, finish = day(project["dates"][0]), day(state_in(project, AS_OF)["finish"])
    return max((day(text) - start) / (finish - start), 0.0)


def _milestone(project: dict[str, Any], what: Row) -> Row:
    baseline = weekday_before(what["baseline"])
    forecast = weekday_before(what["baseline"] + dt.timedelta(days=round(what["slip"])))
    reached = forecast <= AS_OF
    soon = (forecast - AS_OF).days <= SOON
    stopped = project.get("ends") == "Cancelled" and forecast > months_of(project)[-1]
    status = "Complete" if reached else "In progress" if soon else "Not started"
    return {
        "Milestone ID": what["id"],
        "Project ID": project["id"],
        "Milestone": what["name"],
        "Type": what["type"],
        "Gate": what["gate"],
        "Owner": project["people"][0 if what["gate"] else 1],
        "Baseline Date": baseline,
        "Forecast Date": forecast,
        "Actual Date": forecast if reached and not stopped else None,
        "Status": "Cancelled" if stopped else status,
    }


def _risk_rows(story: dict[str, Any], register: str, rng: random.Random) -> list[Row]:
    """A risk register; some risks belong to a whole programme."""
    entries = enumerate(story[register]["rows"], start=1)
    return [_risk(story, register, number, entry, rng) for number, entry in entries]


def _risk(story: dict[str, Any], register: str, number: int, entry: list[Any], rng: random.Random) -> Row:
    entity, title, category, p_score, i_score, cost, kind = entry
    opened = some_day(rng, FIRST_OPENED, dt.date(2026, 5, 15))
    closed = number in story[register]["closed"]
    status = "Closed" if closed else "Escalated" if number in story[register]["escalated"] else "Open"
    owner, action_owner = people_of(story)[entity]
    is_harbour = register == "harbour_risks"
    sign = "€" if is_harbour else "£"
    return {
        "Risk ID": f"{'HR' if is_harbour else 'R'}-{number:03d}",
        "Project ID": entity,
        "Risk": title,
        "Kind": {"T": "Threat", "O": "Opportunity"}[kind],
        "Category": category,
        "Probability": rng.choice(PROBABILITIES[p_score]),
        "P (1-5)": p_score,
        "I (1-5)": i_score,
        f"Cost Impact Low ({sign}m)": round(cost * LOW, 3),
        f"Cost Impact ({sign}m)": cost,
        f"Cost Impact High ({sign}m)": round(cost * HIGH, 3),
        "Response": rng.choice(RESPONSES[kind]),
        "Proximity": some_day(rng, dt.date(2026, 7, 13), dt.date(2027, 9, 30)),
        "Owner": owner,
        "Action Owner": action_owner,
        "Action Due": some_day(rng, dt.date(2026, 7, 6), dt.date(2026, 11, 27)),
        "Status": status,
        "Opened": opened,
        "Closed": some_day(rng, dt.date(2026, 5, 18), dt.date(2026, 6, 26)) if closed else None,
        "Last Reviewed": some_day(rng, dt.date(2026, 6, 8), dt.date(2026, 6, 26)),
    }


def _issue_rows(story: dict[str, Any], rng: random.Random) -> list[Row]:
    """The issue log; whatever is still open is due in the future."""
    people = people_of(story)
    rows: list[Row] = []
    for entity, title, severity, workstream, resolution in story["issues"]["rows"]:
        opened = some_day(rng, dt.date(2025, 11, 10), dt.date(2026, 5, 29))
        closed = some_day(rng, dt.date(2026, 6, 1), dt.date(2026, 6, 26)) if resolution else None
        due = some_day(rng, dt.date(2026, 7, 3), dt.date(2026, 9, 25))
        rows.append(
            {
                "Issue ID": f"I-{len(rows) + 1:03d}",
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


def people_of(story: dict[str, Any]) -> dict[str, list[str]]:
    """Sponsor and manager of every project; a programme is looked after by those of its first project."""
    people: dict[str, list[str]] = {}
    for project in story["project"]:
        people.setdefault(project["programme"], project["people"])
        people[project["id"]] = project["people"]
    return people


def some_day(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    """A weekday between two days, both included."""
    some = weekday_before(first + dt.timedelta(days=rng.randrange((last - first).days + 1)))
    return max(some, first)
