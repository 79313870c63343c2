"""Deriving: what a plan says about its tasks and its project."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.loading.deriving import derive_projects, mark_tasks
from pmo_analytics.schemas.tables import table, tables

MAY = pd.Timestamp("2026-05-31")


def plan(**columns: list[object]) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    n = len(frame)
    given = {"project_id": "P1", "period": MAY, "source": "s", "task_id": [f"T{i}" for i in range(n)]}
    frame = frame.assign(**{name: value for name, value in given.items() if name not in frame})
    shape = table("tasks").dtypes()
    return frame.assign(source_row=range(2, n + 2)).reindex(columns=list(shape)).astype(shape)


def derived(tasks: pd.DataFrame, **others: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    return derive_projects({name: t.empty() for name, t in tables().items()} | {"tasks": tasks} | others)


@pytest.mark.parametrize(
    ("columns", "summary"),
    [
        ({"wbs": ["1", "1.1", "1.2", "1.2.1", "10"]}, [True, False, True, False, False]),
        ({"outline_level": [1, 2, 3, 2, 1]}, [True, True, False, False, False]),
        ({"type": ["WBS Summary", "Task Dependent", "Finish Milestone"]}, [True, None, None]),
        ({"is_summary": [False, True], "wbs": ["1", "1.1"]}, [False, True]),
        ({"name": ["a", "b"]}, [None, None]),
    ],
)
def test_summaries_are_marked_by_place_level_or_type(columns: dict, summary: list) -> None:
    marked = mark_tasks(plan(**columns))["is_summary"]
    assert [None if pd.isna(value) else bool(value) for value in marked] == summary


def test_places_of_another_plan_make_no_summary() -> None:
    marked = mark_tasks(plan(wbs=["1", "1.1"], project_id=["P1", "P2"]))
    assert not marked["is_summary"].any()


def test_milestones_are_marked_by_type() -> None:
    marked = mark_tasks(plan(type=["Start Milestone", "Level of Effort"], is_milestone=[None, None]))
    assert marked["is_milestone"].tolist()[0] is True
    assert pd.isna(marked["is_milestone"].iloc[1])


def test_a_plan_gives_its_project_start_finish_and_amounts_of_its_lowest_tasks() -> None:
    days = pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"])
    tasks = plan(
        is_summary=[True, False, False],
        forecast_start=days,
        forecast_finish=[pd.Timestamp("2029-01-01"), *(days[1:] + pd.Timedelta(days=10))],
        actual_finish=[None, days[1], None],
        ev=[30.0, 10.0, 20.0],
        ac=[30.0, 10.0, None],
        currency=["GBP"] * 3,
    )
    frames, told = derived(tasks)
    project, status = frames["projects"].iloc[0], frames["status"].iloc[0]
    assert project["forecast_start"] == days[1]
    assert status["forecast_finish"] == pd.Timestamp("2026-03-11")
    assert pd.isna(project["actual_finish"])
    assert (status["ev"], status["currency"]) == (30.0, "GBP")
    assert pd.isna(status["ac"]), "a sum without one of its tasks would be too small"
    assert told["code"].tolist() == ["DERIVED_FROM_TASKS"]
    assert told["value"].tolist() == ["3"]


@pytest.mark.parametrize(
    "columns",
    [
        {"ev": [10.0, 20.0]},  # nothing says that no task sums up others
        {"ev": [10.0, 20.0], "is_summary": [False, False], "currency": ["GBP", "EUR"]},
    ],
)
def test_amounts_that_cannot_be_summed_are_undefined(columns: dict) -> None:
    frames, _ = derived(plan(**columns))
    assert frames["status"]["ev"].isna().all()


def test_where_a_list_was_delivered_nothing_is_derived() -> None:
    shape = table("projects").dtypes()
    listed = pd.DataFrame({"project_id": ["P9"], "period": [MAY]}).reindex(columns=list(shape)).astype(shape)
    frames, told = derived(plan(name=["a"]), projects=listed)
    assert frames["projects"]["project_id"].tolist() == ["P9"]
    assert frames["status"].empty
    assert told.empty


def test_a_plan_of_600_tasks_is_one_project(tmp_path) -> None:
    rows = "\n".join(
        f"{n},Task {n % 7},{2 + (n % 5 > 0)},5 days,2026-03-02,2026-03-{6 + n % 20:02d},10,8,9,20"
        for n in range(600)
    )
    heading = "Unique ID,Task Name,Outline Level,Duration,Start,Finish,BCWS,BCWP,ACWP,BAC\n"
    (tmp_path / "Harbour Bridge 2026-03.csv").write_text(heading + rows, "utf-8")
    portfolio = pmo.load(tmp_path)
    assert portfolio.project_ids == ("Harbour Bridge",)
    assert len(portfolio.tasks) == 600
    assert portfolio.period == pd.Timestamp("2026-03-31")
    assert set(portfolio.tasks["duration"]) == {5.0}
    assert set(portfolio.findings["severity"]) == {"info"}
    assert portfolio.status["forecast_finish"].tolist() == [pd.Timestamp("2026-03-25")]
    assert pmo.measure(portfolio)["cpi"].tolist() == [pytest.approx(8 / 9)]


def test_twelve_months_are_twelve_periods(tmp_path) -> None:
    rows = "\n".join(f"P{p},2026-{m:02d},G" for m in range(1, 13) for p in range(3))
    (tmp_path / "list.csv").write_text("Project ID,Month,RAG\n" + rows, "utf-8")
    portfolio = pmo.load(tmp_path)
    assert len(portfolio.status) == 36
    assert len(portfolio.periods) == 12
    assert portfolio.quarantine.empty
