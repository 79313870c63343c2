"""Edges of finishes, milestones and tasks: the day itself, the day before and after it, and plans that lack one."""

from __future__ import annotations

from typing import Any

from metrics.edges import Edge, Rows, edge, listed, rows_of

START, FINISH = "2026-06-01", "2026-06-02"


def finish(day: str | None, baseline: str | None = FINISH, start: str | None = START, **more: Any) -> Rows:
    return listed(baseline_start=start, baseline_finish=baseline, forecast_finish=day, **more)


SCHEDULE: list[Edge] = [
    # a plan of one day: two days late are twice its duration
    edge(
        "two days late",
        finish("2026-06-04"),
        finish_slip_days=2,
        finish_slip_pct=2,
        projects_late=1,
        finish_slip_median_days=2,
    ),
    edge("on the day", finish(FINISH), finish_slip_days=0, finish_slip_pct=0, projects_late=0),
    edge("a day early", finish(START), finish_slip_days=-1, projects_late=0),
    edge("finished a day late", finish("2026-06-03"), finish_slip_days=1, projects_late=1),
    edge(
        "a plan of no day", finish(FINISH, start=FINISH), finish_slip_days=0, finish_slip_pct="NOT_APPLICABLE"
    ),
    edge("a plan that ends first", finish(FINISH, start="2026-06-09"), finish_slip_pct="INVALID_INPUT"),
    edge("a plan without a forecast", finish(None), finish_slip_pct="NO_DATA", finish_slip_days="NO_DATA"),
    edge(
        "a forecast without a plan",
        finish(FINISH, None, None),
        finish_slip_days="NO_BASELINE",
        finish_slip_pct="NO_BASELINE",
        finish_slip_median_days="NO_BASELINE",
        projects_late="NO_BASELINE",
    ),
    edge("no day at all", finish(None, None, None), finish_slip_days="NO_DATA", finish_slip_pct="NO_DATA"),
    edge(
        "a stale plan",
        finish(FINISH, None, baseline_finish_reason="stale"),
        finish_slip_days="STALE",
        finish_slip_pct="STALE",
    ),
    edge(
        "a withheld plan", finish(FINISH, None, baseline_finish_reason="withheld"), finish_slip_days="EXEMPT"
    ),
    # slips of 0, 10 and 28 days, on plans of 1, 1 and 29 days
    edge(
        "three projects slip",
        finish(FINISH),
        finish("2026-06-12"),
        finish("2026-07-28", baseline="2026-06-30"),
        finish_slip_days=28,
        finish_slip_median_days=10,
        finish_slip_pct=10,
        projects_late=2,
    ),
    edge("a plan and a forecast", finish(None), finish(FINISH, None, None), finish_slip_days="NO_DATA"),
    # the longest of the planned durations, −8, −8 and 0 days, says that there is nothing to divide by
    edge(
        "plans of nothing and less",
        finish(FINISH, start="2026-06-10"),
        finish(FINISH, start="2026-06-10"),
        finish(FINISH, start=FINISH),
        finish_slip_pct="NOT_APPLICABLE",
    ),
]


def milestone(
    baseline: str | None = None, forecast: str | None = None, actual: str | None = None, **more: Any
) -> dict[str, Any]:
    return {"baseline_date": baseline, "forecast_date": forecast, "actual_date": actual} | more


def milestones(*rows: dict[str, Any]) -> Rows:
    return rows_of("milestones", *rows)


def due(day: str, overdue: float, *within: float) -> Edge:
    """A milestone that is expected on a day: whether it is overdue, and due within 30, 60 and 90 days."""
    counts = dict(zip(("milestones_due_30", "milestones_due_60", "milestones_due_90"), within, strict=True))
    return edge(
        f"expected on {day}", milestones(milestone(forecast=day)), milestones_overdue=overdue, **counts
    )


MILESTONES: list[Edge] = [
    # 29 July, 28 August and 27 September are 29, 59 and 89 days after 30 June
    due("2026-06-29", 1, 0, 0, 0),
    due("2026-06-30", 0, 1, 1, 1),
    due("2026-07-30", 0, 1, 1, 1),
    due("2026-07-31", 0, 0, 1, 1),
    due("2026-08-29", 0, 0, 1, 1),
    due("2026-08-30", 0, 0, 0, 1),
    due("2026-09-28", 0, 0, 0, 1),
    due("2026-09-29", 0, 0, 0, 0),
    *(
        edge(
            f"{word} without a day",
            milestones(milestone(START, "2026-06-20", status=word)),
            milestones_overdue=0,
            milestones_due_30=0,
            milestones=counted,
            milestone_hit_rate=told,
        )
        for word, counted, told in (("complete", 1, "NO_DATA"), ("cancelled", 0, "NOT_APPLICABLE"))
    ),
    edge("reached without a word", milestones(milestone(START, "2026-06-20", START)), milestones_overdue=0),
    # those done are known, the one without a day is not
    edge(
        "one done and one without a day",
        milestones(milestone(START, actual=START), milestone(START)),
        milestones_overdue=0,
        milestones_due_90=0,
        milestone_slip_worst_days=0,
        milestones_late_pct=0,
    ),
    edge("one without a day", milestones(milestone(START)), milestones_overdue="NO_DATA"),
    # only baselines of June, 1 to 30, count for the month; reached on the day is in time
    edge("of 31 May", milestones(milestone("2026-05-31", actual=START)), milestone_hit_rate="NOT_APPLICABLE"),
    edge("of 1 June", milestones(milestone(START, actual=START)), milestone_hit_rate=1),
    edge("of 30 June", milestones(milestone("2026-06-30", "2026-07-02")), milestone_hit_rate=0),
    edge("of 1 July", milestones(milestone("2026-07-01", "2026-07-02")), milestone_hit_rate="NOT_APPLICABLE"),
    # the one that is in time was called off, or is not of June
    edge(
        "one missed and one called off",
        milestones(milestone(START, actual=FINISH), milestone(START, actual=START, status="cancelled")),
        milestone_hit_rate=0,
    ),
    *(
        edge(
            f"one missed in June and one reached of {day}",
            milestones(milestone(START, actual=FINISH), milestone(day, actual="2026-05-01")),
            milestone_hit_rate=0,
        )
        for day in ("2026-05-31", "2026-07-01")
    ),
    edge(
        "one reached and one on a day that nobody noted",
        milestones(milestone(START, actual=START)),
        milestones(milestone(START, status="complete")),
        milestone_hit_rate=1,
        milestone_hit_rate_n_used=1,
    ),
    edge("a day late in June", milestones(milestone(START, actual=FINISH)), milestone_hit_rate=0),
    # slips of 0, 1 and 19 days; two are late; the gate is early by 12
    edge(
        "milestones slip",
        milestones(
            milestone("2026-06-20", "2026-06-20"),
            milestone("2026-06-20", "2026-06-21"),
            milestone(START, "2026-06-20"),
            milestone("2026-06-20", "2026-06-08", type="gate"),
            milestone("2026-06-20", "2026-06-21", type="key"),
        ),
        milestone_slip_worst_days=19,
        milestone_slip_median_days=1,
        milestones_late_pct=3 / 5,
        gate_slip_worst_days=-12,
    ),
    edge(
        "two gates slip",
        milestones(milestone(START, FINISH, type="gate"), milestone(START, "2026-06-20", type="gate")),
        gate_slip_worst_days=19,
    ),
    edge(
        "a gate called off",
        milestones(
            milestone(START, "2026-06-20", type="gate", status="cancelled"),
            milestone(START, FINISH, type="gate"),
        ),
        gate_slip_worst_days=1,
        milestone_slip_worst_days=1,
        milestone_slip_median_days=1,
        milestones_late_pct=1,
    ),
    edge(
        "all are called off",
        milestones(milestone(None, FINISH, type="gate", status="cancelled")),
        milestone_slip_worst_days="NOT_APPLICABLE",
        milestones_late_pct="NOT_APPLICABLE",
        milestone_hit_rate="NOT_APPLICABLE",
        gate_slip_worst_days="NOT_APPLICABLE",
    ),
    edge(
        "without a baseline",
        milestones(milestone(None, FINISH, type="gate")),
        milestone_slip_worst_days="NO_BASELINE",
        milestone_slip_median_days="NO_BASELINE",
        gate_slip_worst_days="NO_BASELINE",
        milestones_late_pct="NO_BASELINE",
        milestone_hit_rate="NO_BASELINE",
    ),
    edge(
        "one of two without a baseline",
        milestones(milestone(None, FINISH), milestone(START, "2026-06-04")),
        milestone_slip_worst_days=3,
        milestones_late_pct=1,
        milestone_hit_rate=0,
    ),
    edge(
        "a baseline and no forecast",
        milestones(milestone(START, type="gate")),
        milestone_slip_worst_days="NO_DATA",
        gate_slip_worst_days="NO_DATA",
        milestones_late_pct="NO_DATA",
    ),
    edge(
        "a stale baseline",
        milestones(milestone(None, FINISH, type="gate", baseline_date_reason="stale")),
        milestone_slip_worst_days="STALE",
        gate_slip_worst_days="STALE",
    ),
    edge("no type", milestones(milestone(START, FINISH)), gate_slip_worst_days="NOT_APPLICABLE"),
]


def tasks(*rows: dict[str, Any]) -> Rows:
    return rows_of("tasks", *rows)


def task(baseline: str | None = None, actual: str | None = None, **more: Any) -> dict[str, Any]:
    return {"baseline_finish": baseline, "actual_finish": actual} | more


PLAN: list[Edge] = [
    edge("owed today, done today", tasks(task("2026-06-30", "2026-06-30")), bei=1, task_hit_rate=1),
    edge("owed tomorrow", tasks(task("2026-07-01", "2026-06-30")), bei="NOT_STARTED"),
    edge("done tomorrow", tasks(task("2026-06-30", "2026-07-01", pct_complete=1.0)), bei=0, task_hit_rate=0),
    edge("done by its progress", tasks(task("2026-06-30", pct_complete=1.0)), bei=1, task_hit_rate=0),
    edge("nearly done", tasks(task("2026-06-30", pct_complete=0.99)), bei=0, task_hit_rate=0),
    edge("done a day late", tasks(task("2026-06-20", "2026-06-21")), bei=1, task_hit_rate=0),
    edge("owed in May", tasks(task("2026-05-31", "2026-05-31")), bei=1, task_hit_rate="NOT_APPLICABLE"),
    edge("owed on the first", tasks(task(START, START)), bei=1, task_hit_rate=1),
    # a task without a baseline is owed, one without any date is not done: 1 ÷ 3
    edge(
        "no baseline beside others",
        tasks(task(START, START), task(), task(FINISH)),
        bei=1 / 3,
        task_hit_rate=0.5,
    ),
    # the one in time is a summary, or not of June
    edge(
        "a task missed and a summary in time",
        tasks(task(START, FINISH), task(START, START, is_summary=1.0)),
        task_hit_rate=0,
    ),
    *(
        edge(
            f"a task missed and one in time of {day}",
            tasks(task(START, FINISH), task(day, "2026-05-01")),
            task_hit_rate=0,
        )
        for day in ("2026-05-31", "2026-07-01")
    ),
    edge("no baselines", tasks(task(None, START)), bei="NO_BASELINE", task_hit_rate="NOT_APPLICABLE"),
    edge(
        "summaries alone",
        tasks(task(START, START, is_summary=1.0)),
        bei="NOT_APPLICABLE",
        task_hit_rate="NOT_APPLICABLE",
    ),
    # summaries neither count nor lend their baseline
    edge(
        "a summary with a baseline", tasks(task(START, is_summary=1.0), task(None, START)), bei="NO_BASELINE"
    ),
    # half of 40 days and 20 days are left, 4 days of float at the worst: (40 + 4) ÷ 40
    edge(
        "a critical path",
        tasks(
            task(duration=40.0, pct_complete=0.5, total_float=4.0, on_critical_path=1.0),
            task(duration=20.0, total_float=6.0, on_critical_path=1.0),
            task(duration=30.0, total_float=-9.0, on_critical_path=0.0),
            task(START, START, duration=30.0, total_float=-9.0, on_critical_path=1.0),
            task(duration=30.0, total_float=-9.0, on_critical_path=1.0, is_summary=1.0),
        ),
        cpli=1.1,
    ),
    edge(
        "one critical day",
        tasks(task(duration=1.0, total_float=1.0, on_critical_path=1.0)),
        cpli=2,
    ),
    edge(
        "the critical task is done",
        tasks(task(START, START, duration=9.0, total_float=1.0, on_critical_path=1.0)),
        cpli="NOT_APPLICABLE",
    ),
]

EDGES = [*SCHEDULE, *MILESTONES, *PLAN]
