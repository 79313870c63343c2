"""The task plan of one project: summaries, tasks and events with baseline, forecast and actual dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sheets import Row, Sheet, day, weekday_before

TASKS = "task-plan-2026-06.xlsx"
SUMMARY_DATES = ("Baseline Start", "Baseline Finish", "Forecast Start", "Forecast Finish")


def task_sheet(story: dict[str, Any]) -> Sheet:
    """The plan as it stands at the end of June."""
    project = next(one for one in story["project"] if one["id"] == story["tasks"]["project"])
    preamble = [
        f"{story['organisation']}: task plan of {project['name']}",
        "As at: 2026-06",
        f"Contact: {story['contact']}",
    ]
    numbered = enumerate(story["tasks"]["rows"], start=1)
    rows = [_task(project["id"], number, entry) for number, entry in numbered]
    for row in rows:
        if row["Summary Task"] == "Yes":
            row |= _summed_up([task for task in rows if task["WBS"].startswith(f"{row['WBS']}.")])
    return Sheet(TASKS, "Tasks", preamble, rows)


def _task(project: str, number: int, entry: list[Any]) -> Row:
    wbs, name, start, finish, slip_start, slip_finish, progress, slack, owner = entry
    is_summary = not start
    planned = [None, None] if is_summary else [day(start), day(finish)]
    slips = (slip_start, slip_finish)
    forecast = [
        at and weekday_before(at + dt.timedelta(days=slip)) for at, slip in zip(planned, slips, strict=True)
    ]
    return {
        "Project ID": project,
        "Task ID": f"T{number:02d}",
        "WBS": wbs,
        "Task Name": name,
        "Summary Task": "Yes" if is_summary else "No",
        "Milestone Task": "Yes" if start and start == finish else "No",
        "Baseline Start": planned[0],
        "Baseline Finish": planned[1],
        "Forecast Start": forecast[0],
        "Forecast Finish": forecast[1],
        "Actual Start": forecast[0] if progress > 0 else None,
        "Actual Finish": forecast[1] if progress == 1 else None,
        "% Complete": None if is_summary else float(progress),
        "Total Float": None if is_summary else slack,
        "Critical": "No" if is_summary or slack else "Yes",
        "Task Owner": owner or None,
    }


def _summed_up(tasks: list[Row]) -> Row:
    """A summary begins with the first of its tasks and ends with the last."""
    found = {
        heading: (min if heading.endswith("Start") else max)(task[heading] for task in tasks)
        for heading in SUMMARY_DATES
    }
    lengths = [(task["Baseline Finish"] - task["Baseline Start"]).days + 1 for task in tasks]
    earned = sum(task["% Complete"] * length for task, length in zip(tasks, lengths, strict=True))
    return found | {"% Complete": round(earned / sum(lengths), 2)}
