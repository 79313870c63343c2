"""The planned values: the curve of every project that reports one, month by month from its start to its finish."""

from __future__ import annotations

import datetime as dt
from typing import Any

from change_log import currency_of
from curves import Baseline, is_rebaselined, months_of, new_baseline, state_in
from sheets import AS_OF, Row, Sheet, day, month_ends, titles

PLANNED = "planned-values-2026-06.xlsx"


def planned_sheets(story: dict[str, Any], reports: list[Row]) -> list[Sheet]:
    """The curves of the baselines in force."""
    amounts = "Amounts in millions, in the currency of each row, from the start to the end of the month"
    planned = {row["Project ID"] for row in reports if row["PV (£m)"] is not None}
    current = [one for one in story["project"] if one["id"] in planned and months_of(one)[-1] == AS_OF]
    rows = [row for project in current for row in _rows(story, project, reports)]
    return [Sheet(PLANNED, "Planned Values", titles(story, "planned values", amounts), rows)]


def _rows(story: dict[str, Any], project: dict[str, Any], reports: list[Row]) -> list[Row]:
    spent = {row["Month"]: row["AC (£m)"] for row in reports if row["Project ID"] == project["id"]}
    return [
        {
            "Project ID": project["id"],
            "Curve Month": end,
            "Cumulative PV (m)": round(value, 3),
            "Currency": currency_of(story, project["id"]),
        }
        for end, value in curve(project, spent)
    ]


def curve(project: dict[str, Any], spent: dict[dt.date, float]) -> list[tuple[dt.date, float]]:
    """Planned value at every month-end, under the baseline in force in June.

    A new baseline writes off what was planned before: up to its start the old curve is bent to what was spent then.
    """
    start, finish = (day(text) for text in project["dates"])
    first = now = Baseline(start, finish, project["bac"])
    before, share = start, 1.0
    months = months_of(project)
    for at, end in enumerate(months):
        if is_rebaselined(project, end):
            before = months[at - 1]
            now = new_baseline(state_in(project, end), before, spent[before])
            share = now.earned / first.planned(before)
    return [
        (end, now.planned(end) if end > before else first.planned(end) * share)
        for end in month_ends(start, now.finish)
    ]
