"""Data quality: the score of every project, every finding with its cell, every row kept out of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.metrics.measure import Unit
from pmo_analytics.quality.dimensions import DIMENSIONS
from pmo_analytics.quality.kinds import SEVERITIES
from pmo_analytics.report.data_quality import day_is_due, quality_record, reporting_words, score_words
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import DATE, WRAPPED, Field, Listing
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.results import Finding, Quarantined
from pmo_analytics.schemas.scores import ProjectQuality

if TYPE_CHECKING:
    import pandas as pd

    from pmo_analytics.report.contents import Contents

_IN_TIME = "in_time_words"
SCORES = (
    Field(Project.project_id, "Project ID", width=14, link=names.PROJECTS),
    Field(ProjectQuality.quality_score, "Quality score", Unit.SCORE, 10),
    *(Field(one.name, one.title, Unit.FRACTION, 13) for one in DIMENSIONS),
    Field(ProjectQuality.weight_judged, "Weight judged", Unit.FRACTION, 11),
    Field(ProjectQuality.checks, "Checks", Unit.COUNT, 9),
    Field(ProjectQuality.failed_errors, "Failed, errors", Unit.COUNT, 9),
    Field(ProjectQuality.failed_warnings, "Failed, warnings", Unit.COUNT, 10),
    Field(ProjectQuality.capped_by, "Capped by", WRAPPED, 24),
    Field(_IN_TIME, "Report in time", WRAPPED, 16),
    Field(ProjectQuality.report_due, "Report due", DATE, 12),
    Field(ProjectQuality.submitted_date, "Submitted", DATE, 12),
)
FINDINGS = (
    Field(Finding.severity, "Severity", width=10),
    Field(Finding.entity_id, "Project or entity", width=14, link=names.PROJECTS),
    Field(Finding.message, "What is wrong", WRAPPED, 60),
    Field(Finding.value, "Value", WRAPPED, 24),
    Field(Finding.file, "File", WRAPPED, 34),
    Field(Finding.sheet, "Sheet", WRAPPED, 16),
    Field(Finding.cell, "Cell", width=10),
    Field(Finding.table, "Table", width=12),
    Field(Finding.column, "Column", WRAPPED, 18),
    Field(Finding.key, "Key", WRAPPED, 20),
    Field(Finding.code, "Code", width=24),
    Field(Finding.id, "Finding", width=20),
)
ROWS = (
    Field(Quarantined.severity, "Severity", width=10),
    Field(Quarantined.message, "Why", WRAPPED, 50),
    Field(Quarantined.file, "File", WRAPPED, 34),
    Field(Quarantined.sheet, "Sheet", WRAPPED, 16),
    Field(Quarantined.row, "Row", "count", 8),
    Field(Quarantined.table, "Table", width=12),
    Field(Quarantined.code, "Code", width=24),
    Field(Quarantined.raw, "Raw values", WRAPPED, 80),
)


def scores(contents: Contents) -> Listing:
    """The score of every project, the lowest first, with its dimensions and its report."""
    rows = contents.quality.sort_values(
        [ProjectQuality.quality_score, Project.project_id], kind="stable", ignore_index=True
    )
    state = rows[ProjectQuality.in_time].map({True: "yes", False: "no"}).astype("object")
    state = state.mask(~rows[ProjectQuality.owes], "none due")
    state = state.mask(rows[ProjectQuality.owes] & ~rows[ProjectQuality.reported], "no, missing")
    told = (
        "The mean of the dimensions that had anything to check, by their weights; each is the share of its checks "
        "that passed. Some errors cap the score at 50."
    )
    return Listing(
        names.SCORES,
        f"{_whole(contents)} {told}",
        SCORES,
        rows.assign(**{_IN_TIME: state.fillna("not known")}),
        frozen=1,
        wide=True,
    )


def _whole(contents: Contents) -> str:
    """The score of the portfolio and its reports in time, in two sentences."""
    record = quality_record(contents.quality)
    said = (
        score_words(record["portfolio"]),
        reporting_words(record["portfolio"], day_is_due(record["projects"])),
    )
    return " ".join(f"{words[0].upper()}{words[1:]}." for words in said)


def findings(contents: Contents) -> Listing:
    """The findings, worst first."""
    told = f"{_counted(contents.findings, Finding.severity, 'findings')}. {_whole(contents)}"
    return Listing(names.QUALITY, told, FINDINGS, contents.findings, frozen=0)


def quarantine(contents: Contents) -> Listing:
    """The quarantined rows: they count in no figure."""
    told = _counted(contents.quarantine, Quarantined.severity, "rows kept out of every figure")
    return Listing(names.QUARANTINE, told, ROWS, contents.quarantine, frozen=0)


def _counted(frame: pd.DataFrame, column: str, words: str) -> str:
    counts = frame[column].value_counts()
    listed = ", ".join(f"{counts.get(severity, 0):,} {severity}" for severity in SEVERITIES)
    return f"{len(frame):,} {words}: {listed}" if len(frame) else f"No {words}"
