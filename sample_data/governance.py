"""The governance of the office: gates, authority, standards, reports that are owed, and the smaller logs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from change_log import programme_of
from registers import people_of, some_day
from reports import HARBOUR, tier_of
from sheets import AS_OF, MONTHS, Row, Sheet, day, month_of, titles

if TYPE_CHECKING:
    import random

GOVERNANCE = "governance-2026-06.xlsx"
#: The months of which the list of reports tells, and how many working days after its signature a report comes in; it
#: is due on the second one of the next month.
OWED, DELAYS, DUE = MONTHS[-3:], (0, 1, 1, 2, 2, 3), 2
#: The standard that is met by those who stand in the benefits register.
OF_BENEFITS = "ST-06"
#: How often a standard is met and partly met, by the colour of a project.
MET = {"Green": (0.85, 0.97), "Amber": (0.7, 0.92), "Red": (0.55, 0.85)}
SATURDAY = 5
RESULTS = ("Met", "Partly met", "Not met")
FIRST_ASSESSED, LAST_ASSESSED = dt.date(2026, 4, 13), dt.date(2026, 6, 19)


def governance_sheets(story: dict[str, Any], reports: list[Row], rng: random.Random) -> list[Sheet]:
    """Nine sheets: the rules first, then what became of them."""
    tiers = "Tier 1: budget of 50 million or more; tier 2: of 10 million or more; tier 3: below"
    beyond = "Management reserve and new budgets: the board of the portfolio alone; amounts in millions"
    found = (
        ("Gates", titles(story, "stage gates"), _plain(story, "gates")),
        ("Approval Matrix", titles(story, "who may decide what", beyond), _authorities(story)),
        ("Standards", titles(story, "standards of project management", tiers), _plain(story, "standards")),
        ("Standards Compliance", titles(story, "assessment of projects"), _compliance(story, reports, rng)),
        ("Submissions", titles(story, "status reports received")[::2], _submissions(story, reports, rng)),
        ("Lessons", titles(story, "lessons learnt"), _log(story, "lessons", "L")),
        ("Actions", titles(story, "action log"), _log(story, "actions", "A")),
        ("Assumptions", titles(story, "assumption log"), _log(story, "assumptions", "AS")),
        ("Dependencies", titles(story, "dependencies between projects"), _log(story, "dependencies", "DEP")),
    )
    return [Sheet(GOVERNANCE, name, preamble, rows) for name, preamble, rows in found]


def _plain(story: dict[str, Any], name: str) -> list[Row]:
    """The rows of the story under the headings that stand beside them."""
    told = story[name]
    return [dict(zip(told["headings"], entry, strict=True)) for entry in told["rows"]]


def _log(story: dict[str, Any], name: str, letters: str) -> list[Row]:
    """A log with numbers before its rows, days read as days, and nothing where nothing is told."""
    headings = story[name]["headings"]
    days = {heading for heading in headings if heading in story["governance"]["days"]}
    rows = []
    for number, row in enumerate(_plain(story, name), start=1):
        told = {heading: (value or None) for heading, value in row.items()}
        told |= {heading: day(value) for heading, value in told.items() if heading in days and value}
        rows.append(
            {f"{story[name]['one']} ID": f"{letters}-{number:03d}"} | told | OWNERS[name](story, told)
        )
    return rows


def _receiver_and_giver(story: dict[str, Any], row: Row) -> Row:
    people = people_of(story)
    return {
        "Giver's Owner": people[row["Giving Project"]][1],
        "Receiver's Owner": people[row["Project ID"]][1],
    }


def _manager(story: dict[str, Any], row: Row) -> Row:
    return {"Owner": row["Owner"] or people_of(story)[row["Project ID"]][1]}


#: Who answers for a row of a log, where its story does not say.
OWNERS: dict[str, Callable[[dict[str, Any], Row], Row]] = {
    "lessons": lambda _story, _row: {},
    "actions": _manager,
    "assumptions": _manager,
    "dependencies": _receiver_and_giver,
}


def _authorities(story: dict[str, Any]) -> list[Row]:
    """For each kind of decision the boards of the programmes, that of the portfolio, and the harbour's."""
    rules = story["authority"]
    rows = []
    for kind, limit in rules["limits"].items():
        boards = [board for programme, board in rules["boards"].items() if programme != HARBOUR]
        sponsor = rules["sponsor"] if kind == "Change" else 0.0
        if sponsor:
            rows.append(_authority(kind, None, "Project Sponsor", (0.0, sponsor), "GBP"))
        rows += [_authority(kind, board, None, (sponsor, limit), "GBP") for board in boards]
        rows.append(_authority(kind, rules["portfolio_board"], None, (limit, None), "GBP"))
        rows.append(_authority(kind, rules["boards"][HARBOUR], None, (0.0, None), "EUR"))
    return rows


def _authority(
    kind: str, board: str | None, role: str | None, amounts: tuple[float, float | None], currency: str
) -> Row:
    return {
        "Decision Kind": kind,
        "Required Board": board,
        "Required Role": role,
        "Amount From (m)": amounts[0],
        "Amount To (m)": amounts[1],
        "Currency": currency,
    }


def _compliance(story: dict[str, Any], reports: list[Row], rng: random.Random) -> list[Row]:
    """The projects that were assessed this spring, standard by standard; some have a waiver."""
    colours = {row["Project ID"]: row["RAG"] for row in reports if row["Month"] == AS_OF}
    with_benefits = {entry[0] for entry in story["benefits"]["rows"]}
    waivers = {(project, standard): rest for project, standard, *rest in story["assessed"]["waivers"]}
    rows = []
    for project in story["project"]:
        if project["id"] not in story["assessed"]["projects"]:
            continue
        on = some_day(rng, FIRST_ASSESSED, LAST_ASSESSED)
        for standard in _plain(story, "standards"):
            code = standard["Standard ID"]
            waiver, until = waivers.get((project["id"], code), (None, None))
            result = _result(standard, tier_of(project), colours[project["id"]], rng)
            if code == OF_BENEFITS:
                result = "Met" if project["id"] in with_benefits else "Not met"
            rows.append(
                {
                    "Project ID": project["id"],
                    "Standard ID": code,
                    "Assessed On": on,
                    "Compliance": "Not met" if waiver else result,
                    "Evidence": None if waiver else f"Records/{project['id']}/{code}",
                    "Assessor": story["governance"]["office"][programme_of(story, project["id"]) == HARBOUR],
                    "Waiver": waiver,
                    "Waiver Expiry": day(until) if until else None,
                }
            )
    return rows


def _result(standard: Row, tier: str, colour: str, rng: random.Random) -> str:
    if tier.removeprefix("Tier ") not in standard["Mandatory Tiers"].split("; "):
        return "Not applicable"
    drawn = rng.random()
    return RESULTS[sum(drawn > share for share in MET[colour])]


def _submissions(story: dict[str, Any], reports: list[Row], rng: random.Random) -> list[Row]:
    """The reports of three months: some sent back, some waived, some missing."""
    told = {(project, month): rest for project, month, *rest in story["submissions"]["returned"]}
    rows = [
        _submission(story, row, told.get((row["Project ID"], month_of(row["Month"]))), rng)
        for row in reports
        if row["Month"] in OWED
    ]
    waived = [_owed(project, month) | {"Report Waived": "Yes"} for project, month in _waived(story)]
    return sorted([*rows, *waived], key=lambda one: (one["Period"], one["Project ID"]))


def _waived(story: dict[str, Any]) -> list[tuple[str, dt.date]]:
    ends = {month_of(end): end for end in OWED}
    return [(project, ends[month]) for project, month in story["submissions"]["waived"]]


def _submission(story: dict[str, Any], report: Row, returned: list[str] | None, rng: random.Random) -> Row:
    row = _owed(report["Project ID"], report["Month"])
    signed = report["Report Date"]
    if signed is None:
        return row
    received = _working_days_after(signed, rng.choice(DELAYS))
    sent_back = received if returned else None
    accepted = received
    if returned:
        accepted = _working_days_after(received, 2) if returned[1] == "accepted" else None
    return row | {
        "Report Received": received,
        "Report Returned": sent_back,
        "Return Reason": returned[0] if returned else None,
        "Report Accepted": accepted,
        "Accepted By": accepted and story["governance"]["office"][report["Programme"] == HARBOUR],
    }


def _working_days_after(one: dt.date, days: int) -> dt.date:
    """So many working days later, Monday to Friday."""
    while days:
        one += dt.timedelta(days=1)
        days -= one.weekday() < SATURDAY
    return one


def _owed(project: str, end: dt.date) -> Row:
    return {
        "Project ID": project,
        "Period": end,
        "Report Due": _working_days_after(end, DUE),
        "Report Received": None,
        "Report Returned": None,
        "Return Reason": None,
        "Report Accepted": None,
        "Accepted By": None,
        "Report Waived": "No",
    }
