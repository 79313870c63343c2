"""Origins: where project and period come from when no column says them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.loading.files.raw_sheet import RawSheet
from pmo_analytics.loading.layout.finding import Layout
from pmo_analytics.loading.layout.headings import match_headings
from pmo_analytics.loading.layout.profiles import Profile, profiles_for
from pmo_analytics.loading.origins import find_project
from pmo_analytics.loading.periods import find_period

HEADINGS = ("Task Name", "Start", "Finish")
SAYING = """
name = "mine"
[project]
sheet_name = '^Plan (?P<project>.+)$'
file_name = '^(?P<project>[A-Z]+)-'
label = ["Vorhaben"]
constant = "FIXED"
[period]
sheet_name = '(?P<month>[a-z]{3}) (?P<year>20\\d\\d)'
file_name = '(?P<year>20\\d\\d)-(?P<month>\\d\\d)'
label = "Stand"
constant = "2026-01"
[[row]]
is = "task"
tables = ["tasks"]
"""


@pytest.fixture
def profile(tmp_path) -> Profile:
    (tmp_path / "mine.toml").write_text(SAYING, "utf-8")
    return profiles_for(tmp_path / "mine.toml")[0]


def sheet(name: str, *above: list[object]) -> RawSheet:
    rows = [*above, list(HEADINGS), ["a", None, None]]
    columns = tuple([row[at] if at < len(row) else None for row in rows] for at in range(3))
    kinds = tuple("".join("t" if isinstance(v, str) else " " for v in column) for column in columns)
    return RawSheet(name, False, columns, kinds, len(rows))


def layout(profile: Profile, header_row: int) -> Layout:
    return Layout(profile, match_headings(HEADINGS, profile, profile.rows[0]), header_row, HEADINGS)


@pytest.mark.parametrize(
    ("file", "name", "above", "project", "origin"),
    [
        ("RAIL-2026-05.xlsx", "Plan North", [], "North", "taken from the sheet name"),
        ("RAIL-2026-05.xlsx", "Sheet1", [], "RAIL", "taken from the file name"),
        ("RAIL-2026-05.xlsx", "Sheet1", [["Vorhaben: P7"]], "P7", "taken from the cell labelled Vorhaben"),
        (
            "x.xlsx",
            "Sheet1",
            [["a"], [None, "Vorhaben:", "P8"]],
            "P8",
            "taken from the cell labelled Vorhaben",
        ),
        ("x.xlsx", "Sheet1", [["Vorhaben", 12.0]], "12", "taken from the cell labelled Vorhaben"),
        ("x.xlsx", "Sheet1", [], "FIXED", "stated by the profile"),
    ],
)
def test_the_project_of_a_plan(
    profile: Profile, file: str, name: str, above: list, project: str, origin: str
) -> None:
    found = find_project(file, sheet(name, *above), layout(profile, len(above) + 1))
    assert tuple(found) == (project, origin)


def test_what_the_caller_says_comes_first(profile: Profile) -> None:
    row = replace(profile.rows[0], project=replace(profile.rows[0].project, given="P1"))
    found = find_project("RAIL-1.xlsx", sheet("Plan North"), layout(replace(profile, rows=(row,)), 1))
    assert tuple(found) == ("P1", "given by the caller")


@pytest.mark.parametrize(
    ("file", "name", "above", "period", "origin"),
    [
        ("RAIL-2026-05.xlsx", "Mar 2026", [], "2026-03-31", "taken from the sheet name"),
        ("RAIL-2026-05.xlsx", "Sheet1", [], "2026-05-31", "taken from the file name"),
        ("x.xlsx", "Sheet1", [["Stand: 30.04.2026"]], "2026-04-30", "taken from the cell labelled Stand"),
        ("x.xlsx", "Sheet1", [["As at: 2026-02"]], "2026-02-28", "taken from the cells above the header"),
        ("x.xlsx", "Sheet1", [], "2026-01-31", "stated by the profile"),
    ],
)
def test_the_period_of_a_plan(
    profile: Profile, file: str, name: str, above: list, period: str, origin: str
) -> None:
    found = find_period(file, sheet(name, *above), layout(profile, len(above) + 1), given=None, as_of=None)
    assert (found.period, found.origin) == (pd.Timestamp(period), origin)


def test_a_plan_without_a_project_column_belongs_to_the_project_given(tmp_path) -> None:
    (tmp_path / "plan.csv").write_text(
        "Task Name,Start,Finish\nDig,2026-01-05,2026-02-05\nDig,2026-03-01,2026-03-02\n", "utf-8"
    )
    portfolio = pmo.load(tmp_path, project="P-014", period="2026-01")
    assert portfolio.tasks["project_id"].tolist() == ["P-014", "P-014"]
    assert portfolio.tasks["task_id"].tolist() == ["row 2", "row 3"]
    assert portfolio.sources[0].project_origin == "given by the caller"
    told = portfolio.findings.loc[portfolio.findings["code"] == "PROVISIONAL_ID", "message"]
    assert told.str.contains("the row of the sheet serves as identifier").all()
    assert len(told) == 1


def saved(path, sheet: str, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_a_planner_export_names_its_plan_above_the_tasks(tmp_path) -> None:
    heading = "Task ID|Task Name|Bucket Name|Progress|Priority|Assigned To|Created Date|Start Date|Due Date|Late|Completed Date"
    rows = [
        ["Plan name", "Harbour"],
        ["Plan ID", "xYz12"],
        ["Date of export", "06/30/2026"],
        [],
        heading.split("|"),
        [
            "t1",
            "Dig",
            "B",
            "Not started",
            "Medium",
            "ann",
            "06/13/2026",
            "06/22/2026",
            "07/20/2026",
            "false",
            "",
        ],
    ]
    saved(tmp_path / "planner.xlsx", "Tasks", rows)
    portfolio = pmo.load(tmp_path)
    (source,) = portfolio.sources
    assert (source.profile, source.header_row, source.unmapped) == ("planner", 5, ())
    assert (source.project, source.project_origin) == ("xYz12", "taken from the cell labelled Plan ID")
    assert source.period == "2026-06"
    assert portfolio.tasks["forecast_finish"].tolist() == [pd.Timestamp("2026-07-20")]


def test_a_primavera_export_has_its_captions_in_a_second_row(tmp_path) -> None:
    start, finish = dt.datetime(2026, 3, 1), dt.datetime(2026, 4, 1)
    rows = [
        [
            "task_code",
            "status_code",
            "wbs_id",
            "task_name",
            "start_date",
            "end_date",
            "total_float_hr_cnt",
            "delete_record_flag",
        ],
        [
            "Activity ID",
            "Activity Status",
            "WBS Code",
            "Activity Name",
            "(*)Start",
            "(*)Finish",
            "Total Float(d)",
            "Delete This Row",
        ],
        *([f"A{n}", "Not Started", f"P.{n}", "Dig", start, finish, n, None] for n in range(5)),
    ]
    saved(tmp_path / "North 2026-03.xlsx", "TASK", rows)
    portfolio = pmo.load(tmp_path)
    (source,) = portfolio.sources
    assert (source.profile, source.unmapped) == ("primavera", ())
    assert portfolio.tasks["task_id"].tolist() == ["A0", "A1", "A2", "A3", "A4"]
    assert portfolio.tasks["total_float"].tolist() == [0, 1, 2, 3, 4]
    assert portfolio.project_ids == ("North",)
