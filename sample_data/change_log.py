"""The change log: what was asked for and decided, and the baselines of projects and milestones that came of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from curves import is_rebaselined, months_of, state_in
from registers import people_of
from reports import HARBOUR
from sheets import AS_OF, Row, Sheet, day, titles, weekday_before

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGES = "change-log-2026-06.xlsx"
SPONSOR = "Project Sponsor"
#: What is paid out of money that no project has needs the board of the whole portfolio.
BEYOND = ("Management reserve", "New budget")


def change_sheets(story: dict[str, Any], reports: list[Row], milestones: Sheet) -> list[Sheet]:
    """The sheets Changes, Baselines and Milestone Baselines."""
    changes = [
        _change(story, number, entry) for number, entry in enumerate(story["changes"]["rows"], start=1)
    ]
    known = {row["Project ID"] for row in reports if row["BAC (£m)"] is not None}
    plans = [one for one in story["project"] if one["id"] in known]
    approved = _first_approvals(story, milestones)
    baselines = [row for project in plans for row in _baselines(story, project, changes, approved)]
    found = list(_milestone_baselines(story, milestones, baselines))
    amounts = "Amounts in millions, in the currency of each row"
    return [
        Sheet(CHANGES, "Changes", titles(story, "change log", amounts), changes),
        Sheet(CHANGES, "Baselines", titles(story, "baselines of projects", amounts), baselines),
        Sheet(CHANGES, "Milestone Baselines", titles(story, "baselines of milestones"), found),
    ]


def programme_of(story: dict[str, Any], entity: str) -> str:
    """The programme of a project in June, or the programme itself."""
    found = (state_in(one, AS_OF)["programme"] for one in story["project"] if one["id"] == entity)
    return str(next(found, entity))


def currency_of(story: dict[str, Any], entity: str) -> str:
    """The currency that a project, or a programme, reports in."""
    return "EUR" if programme_of(story, entity) == HARBOUR else "GBP"


def _change(story: dict[str, Any], number: int, entry: list[Any]) -> Row:
    entity, title, kind, raised, submitted, decided, made, status, cost, days, benefit, funding, version = (
        entry
    )
    board = _authority(story, entity, abs(cost), funding)
    sponsor = people_of(story)[entity][0]
    chair = sponsor if board == SPONSOR else story["authority"]["chairs"][board]
    return {
        "Change ID": f"CR-{number:03d}",
        "Project ID": entity,
        "Change Requested": title,
        "Change Type": kind,
        "Date Raised": day(raised),
        "Submitted": day(submitted) if submitted else None,
        "Change Decided": day(decided) if decided else None,
        "Implemented": day(made) if made else None,
        "Change Status": status,
        "Cost Impact (m)": cost,
        "Schedule Impact (days)": days,
        "Benefit Impact (m)": benefit,
        "Currency": currency_of(story, entity),
        "Funded From": funding,
        "Authority Required": board if submitted else None,
        "Authority Used": board if decided else None,
        "Approver": chair if decided else None,
        "New Baseline Version": version or None,
    }


def _authority(story: dict[str, Any], entity: str, cost: float, funding: str) -> str:
    """Who decides a change: its sponsor, the board of its programme, or that of the portfolio."""
    rules = story["authority"]
    programme = programme_of(story, entity)
    if programme != HARBOUR and (funding in BEYOND or cost > rules["limits"]["Change"]):
        return str(rules["portfolio_board"])
    return SPONSOR if cost <= rules["sponsor"] else str(rules["boards"][programme])


def _board_of_gate(story: dict[str, Any], project: dict[str, Any]) -> str:
    rules, programme = story["authority"], project["programme"]
    large = programme != HARBOUR and project["bac"] > rules["limits"]["Stage gate"]
    return str(rules["portfolio_board"] if large else rules["boards"][programme])


def _first_approvals(story: dict[str, Any], milestones: Sheet) -> dict[str, dt.date]:
    """The day on which gate 3 was decided, else on which it was planned."""
    decisions = story["decisions"]["rows"]
    planned = {row["Project ID"]: row["Baseline Date"] for row in milestones.rows if row["Gate"] == "G3"}
    return planned | {row[0]: day(row[7]) for row in decisions if row[3] == "G3" and row[7]}


def _baselines(
    story: dict[str, Any], project: dict[str, Any], changes: list[Row], approvals: dict[str, dt.date]
) -> Iterator[Row]:
    """The first baseline of a project, and each new one with the request that it comes from."""
    start, finish = (day(text) for text in project["dates"])
    first = _baseline(story, project, 1, start, finish)
    approved = project["stage"] != "OBC"
    before = weekday_before(start - dt.timedelta(days=10))
    yield first | {
        "Baseline Approved": approvals.get(project["id"], before) if approved else None,
        "Approved By": _board_of_gate(story, project) if approved else None,
        "Baseline Reason": "First plan" if approved else "Planned; to be approved with the business case",
    }
    for end in months_of(project):
        if not is_rebaselined(project, end):
            continue
        state = state_in(project, end)
        version = state["baseline_version"]
        change = next(
            row
            for row in changes
            if row["Project ID"] == project["id"] and row["New Baseline Version"] == version
        )
        row = _baseline(story, state, version, start, day(state["finish"]))
        yield row | {
            "Baseline Approved": change["Change Decided"],
            "Approved By": change["Authority Used"],
            "Change ID": change["Change ID"],
            "Baseline Reason": change["Change Requested"],
        }


def _baseline(
    story: dict[str, Any], state: dict[str, Any], version: int, start: dt.date, finish: dt.date
) -> Row:
    return {
        "Project ID": state["id"],
        "Baseline Version": version,
        "Baseline Start": start,
        "Baseline Finish": finish,
        "Baseline BAC (m)": None if state.get("restricted") else state["bac"],
        "Currency": currency_of(story, state["id"]),
        "Baseline Approved": None,
        "Approved By": None,
        "Change ID": None,
        "Baseline Reason": None,
    }


def _milestone_baselines(story: dict[str, Any], milestones: Sheet, baselines: list[Row]) -> Iterator[Row]:
    """Every milestone once for each baseline that moved it; the last one is the date of the plan."""
    moved = {name: (earlier, later) for name, earlier, later in story["changes"]["moved"]}
    of = {(row["Project ID"], row["Baseline Version"]): row for row in baselines}
    for row in milestones.rows:
        project = row["Project ID"]
        earlier, later = moved.get(f"{project} {row['Milestone']}", ("", 1))
        if earlier:
            yield _of_milestone(row, of[project, 1], day(earlier))
        yield _of_milestone(row, of.get((project, later), {}), row["Baseline Date"])


def _of_milestone(milestone: Row, baseline: Row, date: dt.date) -> Row:
    taken = ("Baseline Approved", "Approved By", "Change ID")
    return {
        "Milestone ID": milestone["Milestone ID"],
        "Project ID": milestone["Project ID"],
        "Baseline Version": baseline.get("Baseline Version", 1),
        "Baseline Date": date,
        **{heading: baseline.get(heading) for heading in taken},
    }
