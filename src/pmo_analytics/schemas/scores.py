"""Scores: what the library says of the quality of data, per project and month, and of groups of projects."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Flag, Fraction, Kind, Money, Number, Period, Text, field


class ProjectQuality(pa.DataFrameModel):
    """One row per project and month: its data-quality score, what it is made of, and its report."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that is scored", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that is scored", key=True)
    quality_score: Number = field(Kind.NUMBER, "Quality score", "Data-quality score", unit="0 to 100")
    quality_score_reason: Text = field(Kind.TEXT, "Why undefined", "Why there is no score")
    completeness: Fraction = field(Kind.FRACTION, "Completeness", "Share of its checks that passed")
    validity: Fraction = field(Kind.FRACTION, "Validity", "Share of its checks that passed")
    consistency: Fraction = field(Kind.FRACTION, "Consistency", "Share of its checks that passed")
    timeliness: Fraction = field(Kind.FRACTION, "Timeliness", "Share of its checks that passed")
    uniqueness: Fraction = field(Kind.FRACTION, "Uniqueness", "Share of its checks that passed")
    referential_integrity: Fraction = field(
        Kind.FRACTION, "Referential integrity", "Share of its checks that passed"
    )
    weight_judged: Fraction = field(
        Kind.FRACTION, "Weight judged", "Share of the weights whose dimension had anything to check"
    )
    checks: Number = field(Kind.NUMBER, "Checks", "How many checks applied", unit="checks")
    failed_errors: Number = field(
        Kind.NUMBER, "Failed, errors", "Failed checks that are errors", unit="checks"
    )
    failed_warnings: Number = field(
        Kind.NUMBER, "Failed, warnings", "Failed checks that are warnings", unit="checks"
    )
    capped_by: Text = field(Kind.TEXT, "Capped by", "Kinds of findings that hold the score down")
    owes: Flag = field(Kind.FLAG, "Owes a report", "Whether a report was due from it")
    reported: Flag = field(Kind.FLAG, "Reported", "Whether it reported in the month")
    report_due: Date = field(Kind.DATE, "Report due", "Day by which the report was due")
    submitted_date: Date = field(Kind.DATE, "Submitted", "Day the report reached the PMO")
    late_days: Number = field(
        Kind.NUMBER, "Days late", "Days from due to submitted; negative: early", unit="days"
    )
    in_time: Flag = field(Kind.FLAG, "In time", "Whether the report came in time; a missing one did not")
    in_time_reason: Text = field(Kind.TEXT, "Why unknown", "Why that is not known")
    bac: Money = field(Kind.MONEY, "BAC", "Budget at completion, by which scores are weighted")
    wlc_budget: Money = field(Kind.MONEY, "Whole-life cost", "What weighs where nobody has a BAC")
    currency: Text = field(Kind.TEXT, "Currency", "Currency of both")


class GroupQuality(pa.DataFrameModel):
    """One row per group of projects and month: score over all, the worst, and reporting in time."""

    period: Period = field(Kind.PERIOD, "Period", "Month that is scored", key=True)
    projects: Number = field(Kind.NUMBER, "Projects", "How many projects", unit="projects")
    quality_score: Number = field(
        Kind.NUMBER, "Quality score", "Mean of the scores, weighted by budget", unit="0 to 100"
    )
    quality_score_reason: Text = field(Kind.TEXT, "Why undefined", "Why there is no score")
    quality_score_n_used: Number = field(
        Kind.NUMBER, "Of projects", "How many projects the mean is made of", unit="projects"
    )
    coverage_weight: Text = field(Kind.TEXT, "Weighted by", "What the mean is weighted by")
    quality_worst: Number = field(Kind.NUMBER, "Worst score", "Lowest score of a project", unit="0 to 100")
    quality_worst_projects: Text = field(Kind.TEXT, "Worst", "The projects that have it")
    reporting_timeliness: Fraction = field(
        Kind.FRACTION, "Reports in time", "Reports in time by reports due; missing ones are late"
    )
    reporting_timeliness_reason: Text = field(Kind.TEXT, "Why undefined", "Why that is not known")
    reporting_timeliness_n_used: Number = field(
        Kind.NUMBER, "Of reports", "Reports due of which it is known", unit="reports"
    )
    reports_due: Number = field(Kind.NUMBER, "Reports due", "How many reports were due", unit="reports")
    reports_missing: Number = field(Kind.NUMBER, "Reports missing", "How many did not come", unit="reports")
    late_days_median: Number = field(
        Kind.NUMBER, "Days late, median", "Over the reports with a day", unit="days"
    )
    late_days_p80: Number = field(Kind.NUMBER, "Days late, P80", "Over the reports with a day", unit="days")
    late_days_max: Number = field(Kind.NUMBER, "Days late, most", "Over the reports with a day", unit="days")
