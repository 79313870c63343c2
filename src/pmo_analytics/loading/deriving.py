"""Deriving: what the tasks of a plan say about the plan and about its project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.quality.findings import faults, no_faults
from pmo_analytics.quality.keys import match_key
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import PROVENANCE, table
from pmo_analytics.schemas.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Kinds of tasks, as tools write them, that are events or sums of other tasks.
MILESTONE_TYPES = ("milestone", "start milestone", "finish milestone", "tt_mile", "tt_finmile")
SUMMARY_TYPES = ("summary", "wbs summary", "tt_wbs")

_KEYS = [Project.project_id, Project.period]
_AMOUNTS = (Task.pv, Task.ev, Task.ac, Task.bac)


def derive(frames: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables with what their tasks say without saying it: :func:`mark_tasks`, then :func:`derive_projects`."""
    return derive_projects(dict(frames) | {"tasks": mark_tasks(frames["tasks"])})


def mark_tasks(tasks: pd.DataFrame) -> pd.DataFrame:
    """The tasks with summaries and milestones marked where the plan shows them without saying so.

    A task whose place (``1.2``) begins the place of another one (``1.2.1``), or that is followed in its sheet by
    one a level deeper, is a summary. What the plan says itself stays.
    """
    if tasks.empty:
        return tasks
    kind = tasks[Task.type].str.strip().str.casefold()
    summary = tasks[Task.is_summary].fillna(_by_kind(kind, SUMMARY_TYPES)).fillna(_above_others(tasks))
    milestone = tasks[Task.is_milestone].fillna(_by_kind(kind, MILESTONE_TYPES))
    return tasks.assign(
        **{Task.is_summary: summary.fillna(_followed_by_deeper(tasks)), Task.is_milestone: milestone}
    )


def _by_kind(kind: pd.Series, words: tuple[str, ...]) -> pd.Series:
    return kind.isin(words).astype("boolean").where(kind.isin(words))


def _above_others(tasks: pd.DataFrame) -> pd.Series:
    """Whether the place of a task begins the place of another one of its plan; null where it has no place."""
    place = tasks[Task.wbs].str.strip().str.rstrip(".")
    plan = [tasks[name].fillna("").astype("str") for name in _KEYS]
    above = place.str.rpartition(".")[0].where(place.str.contains(".", regex=False))
    at = pd.MultiIndex.from_arrays([*plan, place.fillna("")])
    parents = pd.MultiIndex.from_arrays([*plan, above.fillna("\0")])
    found = pd.Series(at.isin(parents), index=tasks.index).astype("boolean")
    return found.where(place.notna())


def _followed_by_deeper(tasks: pd.DataFrame) -> pd.Series:
    in_order = tasks.sort_values([*PROVENANCE], kind="stable")
    level = in_order[Task.outline_level]
    plan = [in_order[name].fillna("").astype("str") for name in _KEYS]
    following = level.groupby(plan, sort=False).shift(-1)
    deeper = (following > level).astype("boolean").where(level.notna())
    return deeper.reindex(tasks.index)


def derive_projects(frames: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables with a project and a status row per plan, where only plans were delivered; and what to say.

    Start and finish are the first and the last of the tasks, the actual finish only where every task has one. An
    amount is the sum over the tasks that sum up no others, and undefined where one of them has none, or where
    nothing says which those are. Progress is not derived: it cannot be averaged.
    """
    tasks = frames["tasks"]
    if tasks.empty or len(frames["projects"]) or len(frames["status"]):
        return dict(frames), no_faults()
    leaves = tasks[~tasks[Task.is_summary].fillna(value=False).astype(bool)]
    leaves = leaves if len(leaves) else tasks
    plans = tasks.groupby(_plan(tasks), sort=False)
    rows = plans[[*_KEYS, Task.project_name, *PROVENANCE]].first().join(_dates(leaves))
    projects = _shaped(rows.reset_index(drop=True), "projects")
    status = _shaped(rows.join(_amounts(tasks, leaves)).reset_index(drop=True), "status")
    counted = plans.size().reset_index(drop=True).astype("str")
    told = faults("DERIVED_FROM_TASKS", projects, table_name="projects", value=counted)
    return dict(frames) | {"projects": projects, "status": status}, told


def _plan(tasks: pd.DataFrame) -> list[pd.Series]:
    return [match_key(tasks[Task.project_id]), tasks[Task.period]]


def _dates(leaves: pd.DataFrame) -> pd.DataFrame:
    plans = leaves.groupby(_plan(leaves), sort=False)
    first = plans[[Task.baseline_start, Task.forecast_start, Task.actual_start]].min()
    last = plans[[Task.baseline_finish, Task.forecast_finish, Task.actual_finish]].max()
    done = leaves[Task.actual_finish].notna().groupby(_plan(leaves), sort=False).all()
    return first.join(last.assign(**{Task.actual_finish: last[Task.actual_finish].where(done)}))


def _amounts(tasks: pd.DataFrame, leaves: pd.DataFrame) -> pd.DataFrame:
    plans = leaves.groupby(_plan(leaves), sort=False)
    known = tasks[Task.is_summary].notna().groupby(_plan(tasks), sort=False).all()
    one = plans[Task.currency].nunique(dropna=False) == 1
    sums = plans[list(_AMOUNTS)].sum(skipna=False)
    return sums.where(known & one).assign(**{Task.currency: plans[Task.currency].first().where(one)})


def _shaped(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    shape = table(name).dtypes()
    return rows.reindex(columns=list(shape)).astype(shape)
