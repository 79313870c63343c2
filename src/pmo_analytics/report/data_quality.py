"""Data quality in words and as plain values: the score of the whole, the lowest ones, reports in time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pmo_analytics.metrics.measure import REASON_WORDS, Reason
from pmo_analytics.quality.group_scores import score_groups
from pmo_analytics.report.wording import counted
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.scores import GroupQuality, ProjectQuality

#: How many of the lowest scores a check names.
LOWEST = 5
WEIGHT_WORDS = {
    ProjectQuality.bac: "weighted by budget at completion",
    ProjectQuality.wlc_budget: "weighted by whole-life cost",
    "count": "each project once",
}


def quality_record(scored: pd.DataFrame) -> dict[str, Any]:
    """The scores of projects as plain values, ready for JSON: the whole, its currencies if several, every project."""
    currencies = score_groups(scored, [ProjectQuality.currency])
    return {
        "portfolio": _plain(score_groups(scored))[0],
        "by_currency": _plain(currencies) if len(currencies) > 1 else [],
        "projects": _plain(scored),
    }


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    days = frame.select_dtypes("datetime").columns
    values = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in days}).astype("object")
    rows: Any = values.where(frame.notna(), None).to_dict("records")
    return list(rows)


def quality_lines(record: dict[str, Any]) -> list[str]:
    """The record as lines for people: the whole, reports in time, then the lowest scores with what caps them."""
    projects = record["projects"]
    known = [row for row in projects if row[ProjectQuality.quality_score] is not None]
    lowest = sorted(known, key=lambda row: row[ProjectQuality.quality_score])[:LOWEST]
    lines = [score_words(record["portfolio"]), reporting_words(record["portfolio"], day_is_due(projects))]
    lines += [
        f"in {row[Project.currency] or 'no currency'}: {score_words(row)}" for row in record["by_currency"]
    ]
    named = ", ".join(map(_one, lowest))
    return [*lines, f"lowest: {named}"] if named and lowest[0][ProjectQuality.quality_score] < 100 else lines


def day_is_due(projects: list[dict[str, Any]]) -> bool:
    """Whether the settings name a day by which reports are due."""
    return any(row[ProjectQuality.report_due] is not None for row in projects)


def score_words(row: dict[str, Any]) -> str:
    """The score of a group in a sentence, or why there is none.

    >>> score_words({"quality_score": 87.4, "quality_score_n_used": 3.0, "projects": 4.0, "quality_worst": 50.0,
    ...              "coverage_weight": "bac"})
    'data quality 87 of 100 (weighted by budget at completion; 3 of 4 projects), the worst 50'
    """
    score, worst = row[GroupQuality.quality_score], row[GroupQuality.quality_worst]
    lowest = "" if worst is None else f", the worst {worst:.0f}"
    if score is None:
        why = REASON_WORDS[Reason(row[GroupQuality.quality_score_reason])]
        return f"data quality not defined ({why}){lowest}"
    used, projects = int(row[GroupQuality.quality_score_n_used]), int(row[GroupQuality.projects])
    weighted = WEIGHT_WORDS[row[GroupQuality.coverage_weight]]
    of = f"{used} of {counted(projects, 'project')}"
    return f"data quality {score:.0f} of 100 ({weighted}; {of}){lowest}"


def reporting_words(row: dict[str, Any], day_due: bool) -> str:
    """The reports of a group in a sentence: how many came in time, or why that is not known.

    >>> reporting_words({"reporting_timeliness": None, "reports_due": 3.0, "reports_missing": 1.0,
    ...                  "reporting_timeliness_n_used": 0.0, "late_days_median": None}, False)
    'reports in time: not known, no due day is set (reports_due in the settings); 3 due, 1 missing'
    """
    due, gone = (int(row[name]) for name in (GroupQuality.reports_due, GroupQuality.reports_missing))
    share, known = (
        row[GroupQuality.reporting_timeliness],
        int(row[GroupQuality.reporting_timeliness_n_used]),
    )
    if not due:
        return "reports in time: none was due"
    if share is None:
        why = "no report says when it came" if day_due else "no due day is set (reports_due in the settings)"
        return f"reports in time: not known, {why}; {due} due, {gone} missing"
    told = f"reports in time: {round(share * known)} of {known} ({share:.0%}), {gone} missing"
    told += f"; of {counted(due - known, 'report')} it is not known" if due > known else ""
    if row[GroupQuality.late_days_median] is None:
        return told
    days = (GroupQuality.late_days_median, GroupQuality.late_days_p80, GroupQuality.late_days_max)
    median, most_of, most = (f"{row[name]:g}" for name in days)
    return f"{told}; days after the day due: median {median}, P80 {most_of}, most {most}"


def _one(row: dict[str, Any]) -> str:
    capped = f" (capped by {row[ProjectQuality.capped_by]})" if row[ProjectQuality.capped_by] else ""
    return f"{row[Project.project_id]} {row[ProjectQuality.quality_score]:.0f}{capped}"
