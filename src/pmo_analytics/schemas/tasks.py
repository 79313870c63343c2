"""Tasks: the lines of a project's plan."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Flag, Fraction, Kind, Money, Number, Period, Text, field


class Task(pa.DataFrameModel):
    """One row per task and delivery of the plan."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that the plan is of", key=True)
    task_id: Text = field(Kind.TEXT, "Task ID", "Identifier of the task within its plan", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the plan describes", key=True)
    project_name: Text = field(Kind.TEXT, "Project name", "Name of the project, as the plan has it")
    wbs: Text = field(Kind.TEXT, "WBS", "Place in the work breakdown structure")
    name: Text = field(Kind.TEXT, "Task name", "Name of the task")
    type: Text = field(Kind.TEXT, "Task type", "Kind of task, in the words of the tool it comes from")
    status: Text = field(Kind.TEXT, "Task status", "State of the task, in the words of the tool")
    outline_level: Number = field(
        Kind.NUMBER, "Outline level", "Depth in the plan; 1 is the topmost", unit="level", at_least=0
    )
    is_summary: Flag = field(Kind.FLAG, "Summary task", "It only sums up the tasks below it")
    is_milestone: Flag = field(Kind.FLAG, "Milestone task", "It is an event without duration")
    baseline_start: Date = field(Kind.DATE, "Baseline start", "Approved start")
    baseline_finish: Date = field(Kind.DATE, "Baseline finish", "Approved finish")
    forecast_start: Date = field(Kind.DATE, "Forecast start", "Start expected now")
    forecast_finish: Date = field(Kind.DATE, "Forecast finish", "Finish expected now")
    actual_start: Date = field(Kind.DATE, "Actual start", "Day it started")
    actual_finish: Date = field(Kind.DATE, "Actual finish", "Day it finished")
    created: Date = field(Kind.DATE, "Created", "Day it was entered")
    duration: Number = field(Kind.NUMBER, "Duration", "Working days from start to finish", unit="days")
    pct_complete: Fraction = field(
        Kind.FRACTION, "% complete", "Physical progress, not time or spend", at_least=0, at_most=1
    )
    total_float: Number = field(
        Kind.NUMBER, "Total float", "Days it may slip before the finish does", unit="days"
    )
    on_critical_path: Flag = field(Kind.FLAG, "Critical", "A slip moves the finish")
    owner: Text = field(Kind.TEXT, "Task owner", "Who answers for it")
    pv: Money = field(Kind.MONEY, "PV", "Planned value to date", at_least=0)
    ev: Money = field(Kind.MONEY, "EV", "Earned value to date", at_least=0)
    ac: Money = field(Kind.MONEY, "AC", "Actual cost to date", at_least=0)
    bac: Money = field(Kind.MONEY, "BAC", "Budget at completion of the task", at_least=0)
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
