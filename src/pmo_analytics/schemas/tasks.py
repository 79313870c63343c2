"""Tasks: the lines of a project's plan."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Flag, Fraction, Kind, Number, Period, Text, field


class Task(pa.DataFrameModel):
    """One row per task and delivery of the plan."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that the plan is of", key=True)
    task_id: Text = field(Kind.TEXT, "Task ID", "Identifier of the task within its plan", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the plan describes", key=True)
    wbs: Text = field(Kind.TEXT, "WBS", "Place in the work breakdown structure")
    name: Text = field(Kind.TEXT, "Task name", "Name of the task")
    is_summary: Flag = field(Kind.FLAG, "Summary task", "It only sums up the tasks below it")
    is_milestone: Flag = field(Kind.FLAG, "Milestone task", "It is an event without duration")
    baseline_start: Date = field(Kind.DATE, "Baseline start", "Approved start")
    baseline_finish: Date = field(Kind.DATE, "Baseline finish", "Approved finish")
    forecast_start: Date = field(Kind.DATE, "Forecast start", "Start expected now")
    forecast_finish: Date = field(Kind.DATE, "Forecast finish", "Finish expected now")
    actual_start: Date = field(Kind.DATE, "Actual start", "Day it started")
    actual_finish: Date = field(Kind.DATE, "Actual finish", "Day it finished")
    pct_complete: Fraction = field(
        Kind.FRACTION, "% complete", "Physical progress, not time or spend", at_least=0, at_most=1
    )
    total_float: Number = field(
        Kind.NUMBER, "Total float", "Days it may slip before the finish does", unit="days"
    )
    on_critical_path: Flag = field(Kind.FLAG, "Critical", "A slip moves the finish")
    owner: Text = field(Kind.TEXT, "Task owner", "Who answers for it")
