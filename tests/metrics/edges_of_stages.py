"""Edges of stages and plans: gates passed too late, and whether the tasks that were planned earned what was earned."""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.edges import TODAY, TOMORROW, Edge, Rows, edge, rows_of, status


def gates(*rows: tuple[str | None, str | None], **more: Any) -> Rows:
    """Gates with their baselines and the days they were passed."""
    cells = [
        {"type": "gate", "baseline_date": planned, "actual_date": passed} | more for planned, passed in rows
    ]
    return rows_of("milestones", *cells)


def with_row(rows: Rows, **cells: Any) -> Rows:
    """The milestones with one more between them, as its cells say."""
    other = {"type": "gate", "baseline_date": "2026-04-01", "actual_date": "2026-06-01"} | cells
    return {"milestones": [*rows["milestones"], other]}


#: Two days late, then seven: the stage between them took five days more than planned.
TWO = gates(("2026-03-01", "2026-03-03"), ("2026-05-01", "2026-05-08"))
OVERRUN = {"stage_overrun_median_days": 5}
STAGES: list[Edge] = [
    edge("two gates were passed", TWO, **OVERRUN),
    edge(
        "one gate was passed", gates(("2026-03-01", "2026-03-03")), stage_overrun_median_days="NOT_APPLICABLE"
    ),
    edge(
        "no milestone at all",
        status(pv=1.0),
        stage_overrun_median_days="NO_DATA",
        milestone_slip_original_worst_days="NO_DATA",
    ),
    edge(
        "the second gate passed today",
        gates(("2026-03-01", "2026-03-01"), ("2026-06-28", TODAY)),
        stage_overrun_median_days=2,
    ),
    edge(
        "the second gate is to be passed tomorrow",
        gates(("2026-03-01", "2026-03-01"), ("2026-06-28", TOMORROW)),
        stage_overrun_median_days="NOT_APPLICABLE",
    ),
    edge(
        "a gate without a baseline beside another milestone with one",
        rows_of(
            "milestones",
            {"type": "gate", "forecast_date": TODAY},
            {"type": "key", "forecast_date": TODAY, "baseline_date": TODAY},
        ),
        gate_slip_worst_days="NO_BASELINE",
    ),
    edge("a gate that was not passed between two", with_row(TWO, actual_date=None), **OVERRUN),
    edge("a gate without a baseline beside two", with_row(TWO, baseline_date=None), **OVERRUN),
    edge("a gate called off between two", with_row(TWO, status="cancelled"), **OVERRUN),
    edge("another milestone between two gates", with_row(TWO, type="key"), **OVERRUN),
    edge(
        "two other milestones beside two gates",
        with_row(with_row(TWO, type="key"), type="key", baseline_date="2026-06-01"),
        **OVERRUN,
    ),
    # slips of 2, 7, 4 and 5 days, told out of order: overruns of 5, −3 and 1
    edge(
        "four gates were passed",
        gates(
            ("2026-05-20", "2026-05-24"),
            ("2026-03-01", "2026-03-03"),
            ("2026-06-01", "2026-06-06"),
            ("2026-05-01", "2026-05-08"),
        ),
        stage_overrun_median_days=1,
    ),
    # overruns of 10 and 1; the gates of one project say nothing of those of the other
    edge(
        "gates of two projects were passed",
        gates(("2026-03-01", "2026-03-01"), ("2026-05-01", "2026-05-11")),
        gates(("2026-03-02", "2026-03-05"), ("2026-05-02", "2026-05-06")),
        stage_overrun_median_days=5.5,
    ),
]


def worked(ev: float | None, *tasks: dict[str, Any], pv: tuple[float, ...] = (31.0, 59.0, 90.0)) -> Rows:
    """A plan that earns 1 a day from 1 January, what has been earned, and the tasks that earned it."""
    months = pd.date_range("2026-01-31", periods=len(pv), freq="ME")
    points = [{"for_period": month, "pv_cum": value} for month, value in zip(months, pv, strict=True)]
    return status(ev=ev) | rows_of("evm_periods", *points) | rows_of("tasks", *tasks)


def job(month: int, ev: float | None, **more: Any) -> dict[str, Any]:
    """A task of one month, from its first day to its last, with a budget of 1 a day."""
    last = pd.Timestamp(2026, month, 1) + pd.offsets.MonthEnd(0)
    return {
        "baseline_start": last.replace(day=1),
        "baseline_finish": last,
        "bac": float(last.day),
        "ev": ev,
    } | more


def day(on: str, bac: float, ev: float) -> dict[str, Any]:
    """A task of one day."""
    return {"baseline_start": on, "baseline_finish": on, "bac": bac, "ev": ev}


ADHERENCE: list[Edge] = [
    # 45 are earned, which was planned for the evening of 14 February: 31 of the first task and 14 of the second
    edge("earned as it was planned", worked(45.0, job(1, 31.0), job(2, 14.0), job(3, 0.0)), p_factor=1),
    edge("earned out of order", worked(45.0, job(1, 20.0), job(2, 10.0), job(3, 15.0)), p_factor=30 / 45),
    edge(
        "earned by progress",
        worked(45.0, job(1, None, pct_complete=1.0), job(2, None, pct_complete=0.25)),
        p_factor=38 / 45,
    ),
    edge("a task that does not say what it earned", worked(45.0, job(1, 31.0), job(2, None)), p_factor=1),
    edge(
        "a summary of the tasks",
        worked(45.0, job(1, 31.0), job(2, 7.0), job(2, 0.0, is_summary=1.0)),
        p_factor=38 / 45,
    ),
    edge(
        "a task that is said to be none",
        worked(45.0, job(1, 31.0), job(2, 7.0, is_summary=0.0)),
        p_factor=38 / 45,
    ),
    edge(
        "a day that was reached and one that was not",
        worked(45.0, day("2026-02-14", 14.0, 7.0), day("2026-02-15", 10.0, 10.0)),
        p_factor=0.5,
    ),
    edge(
        "a task that ends before it begins",
        worked(45.0, job(1, 20.0), day("2026-02-02", 5.0, 5.0) | {"baseline_finish": "2026-02-01"}),
        p_factor=20 / 31,
    ),
    edge("half of the first month is earned", worked(15.5, job(1, 10.0), job(2, 5.5)), p_factor=10 / 15.5),
    edge(
        "a point of the curve is earned",
        worked(59.0, job(1, 31.0), job(2, 20.0), job(3, 8.0)),
        p_factor=51 / 59,
    ),
    edge(
        "all of the curve is earned", worked(90.0, job(1, 31.0), job(2, 28.0), job(3, 20.0)), p_factor=79 / 90
    ),
    edge(
        "more than the whole curve", worked(100.0, job(1, 31.0), job(2, 28.0), job(3, 20.0)), p_factor=79 / 90
    ),
    edge("one is earned on a curve", worked(1.0, job(1, 0.5), job(2, 0.5)), p_factor=0.5),
    edge("nothing is earned on a curve", worked(0.0, job(1, 0.0)), p_factor="NOT_STARTED"),
    edge("less than nothing is earned on a curve", worked(-1.0, job(1, 0.0)), p_factor="NOT_STARTED"),
    edge("nobody knows what is earned", worked(None, job(1, 31.0)), p_factor="NO_DATA"),
    edge("tasks without a curve", status(ev=45.0) | rows_of("tasks", job(1, 31.0)), p_factor="NO_DATA"),
    # nothing is planned for February: 45 are reached in the middle of March, a flat curve is reached at once
    edge(
        "beyond a flat part of a curve",
        worked(45.0, job(1, 31.0), job(3, 7.75), pv=(31.0, 31.0, 59.0)),
        p_factor=38.75 / 46.5,
    ),
    edge(
        "up to a flat part of a curve",
        worked(31.0, job(1, 20.0), job(2, 11.0), pv=(31.0, 31.0, 59.0)),
        p_factor=20 / 31,
    ),
    edge(
        "tasks of two projects",
        worked(45.0, job(1, 20.0), job(2, 10.0), job(3, 15.0)),
        worked(15.5, job(1, 10.0)),
        p_factor=40 / 60.5,
    ),
]

EDGES = [*STAGES, *ADHERENCE]
