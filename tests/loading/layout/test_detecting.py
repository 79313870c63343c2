"""Detecting: which profile understands the headings of an export, with which score, and what comes near."""

from __future__ import annotations

import pytest

from pmo_analytics.loading.layout.detecting import near_readings, read_headings
from pmo_analytics.loading.layout.headings import match_headings
from pmo_analytics.loading.layout.profiles import profiles_for, shipped_profiles
from pmo_analytics.loading.layout.suggesting import suggest_field

EXPORTS = {
    "ms_project": "ID|Unique ID|Task Mode|Task Name|Duration|Start|Finish|Predecessors|Outline Level|Resource Names|"
    "% Complete|Baseline Start|Baseline Finish|Total Slack|Critical|Milestone|Summary|BCWS|BCWP|ACWP|BAC",
    "planner": "Task ID|Task Name|Bucket Name|Progress|Priority|Assigned To|Created By|Created Date|Start Date|"
    "Due Date|Is Recurring|Late|Completed Date|Completed By|Completed Checklist Items|Checklist Items|Labels|Description",
    "jira": "Summary|Issue key|Issue id|Issue Type|Status|Project key|Project name|Priority|Assignee|Reporter|Created|"
    "Updated|Resolved|Due date|Sprint|Sprint|Custom field (Story Points)",
    "azure_devops": "ID|Work Item Type|Title|Assigned To|State|Tags|Area Path|Iteration Path|Created Date|Target Date|"
    "Closed Date",
    "smartsheet": "Task Name|Duration|Start|Finish|Predecessors|Assigned To|% Complete|Status|Health|Comments",
    "primavera": "Activity ID|Activity Status|WBS Code|Activity Name|Original Duration(d)|(*)Start|(*)Finish|"
    "BL Project Start|BL Project Finish|Total Float(d)|Delete This Row",
    "jira_flow": "id|project|task|created_date|finished_date|cycle_time_days",
}


def headings(name: str) -> list[str]:
    return EXPORTS[name].split("|")


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_recognised_and_its_rows_are_tasks(name: str) -> None:
    readings = read_headings(headings(name), profiles_for(None))
    best = readings[0]
    assert (best.profile.name, best.matching.row_kind.tables) == (name, ("tasks",))
    assert best.matching.unknown == ()
    assert near_readings(readings) == ()


@pytest.mark.parametrize(
    "listed",
    [
        "Project ID|Project Name|Status|Start|Finish|% Complete|Health|Project Manager",
        "Project|RAG|Forecast Finish|Budget|EAC",
        "Name|Status|Start|Finish|Owner|Project ID",
    ],
)
def test_a_list_of_projects_is_not_taken_for_a_tool(listed: str) -> None:
    readings = read_headings(listed.split("|"), profiles_for(None))
    assert readings[0].profile.name == "generic"


def test_fields_of_each_tool() -> None:
    expected = {
        ("ms_project", "Unique ID"): "task_id",
        ("ms_project", "Start"): "forecast_start",
        ("ms_project", "BCWP"): "ev",
        ("planner", "Due Date"): "forecast_finish",
        ("planner", "Progress"): "status",
        ("jira", "Issue key"): "task_id",
        ("jira", "Summary"): "name",
        ("azure_devops", "Title"): "name",
        ("smartsheet", "% Complete"): "pct_complete",
        ("primavera", "(*)Finish"): "forecast_finish",
        ("primavera", "Total Float(d)"): "total_float",
    }
    for (name, heading), column in expected.items():
        profile = shipped_profiles()[name]
        matching = match_headings(headings(name), profile, profile.rows[0])
        assert matching.fields["tasks", column] == headings(name).index(heading), (name, heading)


def test_the_better_of_two_headings_counts_where_a_profile_ranks_them() -> None:
    profile = shipped_profiles()["ms_project"]
    matching = match_headings(
        ["ID", "Unique ID", "Name", "% Complete", "Physical % Complete"], profile, profile.rows[0]
    )
    assert matching.fields["tasks", "task_id"] == 1
    assert matching.fields["tasks", "pct_complete"] == 4
    assert (matching.extras, dict(matching.doubled), matching.unknown) == ((0, 3), {}, ())


def test_a_heading_in_hours_is_not_read_as_days() -> None:
    profile = shipped_profiles()["primavera"]
    matching = match_headings(["Activity ID", "Total Float(h)"], profile, profile.rows[0])
    assert ("tasks", "total_float") not in matching.fields


def test_another_custom_field_is_not_the_one_that_is_known() -> None:
    profile = shipped_profiles()["jira"]
    matching = match_headings(["Custom field (Mood)", "Custom field (Start date)"], profile, profile.rows[0])
    assert dict(matching.fields) == {("tasks", "forecast_start"): 1}


def test_near_readings_are_named_with_their_score() -> None:
    listed = ["Project ID", "Title", "Owner", "Status", "Opened", "Closed", "Risk ID", "Issue ID"]
    readings = read_headings(listed, profiles_for(None))
    assert str(readings[0]) == "generic (risk): 7 of 8"
    assert "generic (issue): 7 of 8" in [str(one) for one in near_readings(readings)]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("2013/2014 Budget (£million)", "budget_fy"),
        ("2016/17 TOTAL Baseline £m", "budget_fy"),
        ("2014/2015 Forecast (£million)", "forecast_fy"),
        ("2018/19 TOTAL Forecast £m", "forecast_fy"),
        ("Financial Year Baseline (£m) (including Non-Government Costs)", "budget_fy"),
        ("Total budgeted whole life costs (£million)", "wlc_budget"),
        ("Whole Life Cost TOTAL Baseline £m", "wlc_budget"),
        ("SRO Delivery Confidence Assessment ", "rag_overall"),
        ("MPA RAG rating", "rag_independent"),
    ],
)
def test_gmpp_headings_of_all_years(heading: str, column: str) -> None:
    profile = shipped_profiles()["gmpp"]
    assert column in {name for _, name in match_headings([heading], profile, profile.rows[0]).fields}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Forecst Finish", "status.forecast_finish"),
        ("Porject", "projects.project_name"),
        ("Projekt ID", "projects.project_id"),
        ("Quarterly weather", None),
        ("Q1", None),
    ],
)
def test_a_slip_of_the_pen_is_suggested_and_nothing_else(heading: str, field: str | None) -> None:
    profile = shipped_profiles()["generic"]
    found = suggest_field(heading, profile, profile.rows[0])
    assert (found.field if found else None) == field
