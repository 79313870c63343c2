"""Plan: whether tasks finish as the baseline of the plan says, and whether the finish can be held."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import share_of
from pmo_analytics.metrics.earned_value import SOURCE
from pmo_analytics.metrics.expressions import flag, given, nonzero, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    MONTH_START,
    PERIOD_DAY,
    Aggregate,
    Better,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    rows,
    total,
)
from pmo_analytics.schemas.tasks import Task

TABLE = "tasks"

_as_of = nw.col(AS_OF)
_baseline, _actual = nw.col(Task.baseline_finish), nw.col(Task.actual_finish)
_progress, _duration = nw.col(Task.pct_complete), nw.col(Task.duration)
_summary = nw.col(Task.is_summary).fill_null(0.0) > 0
_work = ~_summary
_finished = given(_actual) & (_actual <= _as_of)
_done = _finished | (_actual.is_null() & (_progress.fill_null(0.0) >= 1))
_owed = _baseline.is_null() | (_baseline <= _as_of)
_month_end = nw.min_horizontal(nw.col(PERIOD_DAY), _as_of)
_in_month = given(_baseline) & (_baseline >= nw.col(MONTH_START)) & (_baseline <= _month_end)
_hit = _finished & (_actual <= _baseline)
_critical_open = _work & (nw.col(Task.on_critical_path).fill_null(0.0) > 0) & ~_done
_FINISH = (Task.baseline_finish, Task.actual_finish, Task.pct_complete, Task.is_summary)
_PATH = (
    Task.on_critical_path,
    Task.duration,
    Task.pct_complete,
    Task.total_float,
    Task.actual_finish,
    Task.is_summary,
)

MEASURES = (
    Measure("plan_tasks", TABLE, (Task.is_summary,), flag(_work, _summary)),
    Measure("tasks_finished", TABLE, _FINISH, where(_work, flag(_done, ~_done))),
    Measure("tasks_owed", TABLE, _FINISH, where(_work, flag(_owed, ~_owed))),
    Measure(
        "task_baselines",
        TABLE,
        (Task.baseline_finish, Task.is_summary),
        where(_work, _baseline),
        Aggregate.MAX,
    ),
    Measure("tasks_hit", TABLE, _FINISH, where(_work & _in_month, flag(_hit, ~_hit))),
    Measure("tasks_due", TABLE, _FINISH, where(_work, flag(_in_month, ~_in_month))),
    Measure(
        "critical_path_length",
        TABLE,
        _PATH,
        where(_critical_open, _duration * (1 - _progress.fill_null(0.0))),
    ),
    Measure("critical_float", TABLE, _PATH, where(_critical_open, nw.col(Task.total_float)), Aggregate.MIN),
    Measure(
        "critical_tasks",
        TABLE,
        (Task.on_critical_path, Task.is_summary),
        flag(_critical_open, given(nw.col(Task.on_critical_path))),
    ),
)

_no_tasks = total("plan_tasks") == 0
_no_baseline = (rows("task_baselines") < 1) & given(total("plan_tasks"))
_length = total("critical_path_length")

METRICS = (
    Metric(
        "bei",
        "Baseline execution index",
        "Tasks finished to date ÷ (tasks with a baseline finish up to the as-of day + tasks without one), summary "
        "tasks left out",
        Unit.RATIO,
        Better.HIGHER,
        RollUp.RATIO,
        "DAU Acquipedia, Baseline Execution Index",
        ("tasks_finished", "tasks_owed", "task_baselines", "plan_tasks"),
        formulas.share(total("tasks_finished"), nonzero(total("tasks_owed"))),
        (
            (_no_tasks, Reason.NOT_APPLICABLE),
            (_no_baseline, Reason.NO_BASELINE),
            (total("tasks_owed") == 0, Reason.NOT_STARTED),
        ),
    ),
    share_of(
        "task_hit_rate",
        "Task hit rate",
        "Tasks finished on or before their baseline ÷ tasks with a baseline finish in the month of the plan, up "
        "to the as-of day, summary tasks left out",
        part="tasks_hit",
        whole="tasks_due",
        none=_no_tasks,
        better=Better.HIGHER,
        source=SOURCE,
    ),
    Metric(
        "cpli",
        "Critical path length index",
        "(critical path length + total float) ÷ critical path length of one project: the working days left of "
        "its open critical tasks, and their smallest total float",
        Unit.RATIO,
        Better.HIGHER,
        RollUp.NONE,
        SOURCE,
        ("critical_path_length", "critical_float", "critical_tasks"),
        formulas.critical_path_length_index(nonzero(_length), total("critical_float")),
        (
            ((total("critical_tasks") == 0), Reason.NOT_APPLICABLE),
            (_length == 0, Reason.NOT_APPLICABLE),
        ),
    ),
)
