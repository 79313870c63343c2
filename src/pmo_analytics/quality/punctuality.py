"""Punctuality: which reports were due, which came, and which came in time (GQ02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.quality.keys import match_key
from pmo_analytics.quality.reports import is_report
from pmo_analytics.quality.rules import CANCELLED, COMPLETE
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.reasons import Reason
from pmo_analytics.schemas.scores import ProjectQuality
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.quality.rules import Tables

#: A project that is over owes no report any more.
OVER = (COMPLETE, CANCELLED)


def punctuality(spine: pd.MultiIndex, tables: Tables, reports_due: int | None) -> pd.DataFrame:
    """For each project (as it matches) and month whether its report was due, came, and came in time.

    Columns: owes, reported, report_due, submitted_date, late_days, in_time, in_time_reason. The day on which a
    report is due is the ``reports_due``-th working day, Monday to Friday, after the end of the month. A report
    that is missing is not in time, whatever the day. Unknown is null: where no day is due or the report does
    not say when it came (NO_DATA), and where none is owed (NOT_APPLICABLE): the project is over, or nobody in
    these tables reports at all.
    """
    came = own_reports(tables["status"])
    submitted = came[Status.submitted_date].set_axis(_keys(came))
    reported = pd.Series(spine.isin(submitted.index), index=spine)
    owes = reported | (~_over(spine, tables["projects"]) & (len(came) > 0))
    submitted = submitted[~submitted.index.duplicated()].reindex(spine)
    due = _due(spine, reports_due)
    late = (submitted - due).dt.days.astype("float64")
    missing = owes & ~reported
    known = missing | late.notna()
    in_time = (late <= 0).astype("boolean").mask(missing, False).where(known & owes)
    reason = pd.Series(str(Reason.NO_DATA), index=spine).mask(~owes, str(Reason.NOT_APPLICABLE))
    return pd.DataFrame(
        {
            ProjectQuality.owes: owes,
            ProjectQuality.reported: reported,
            ProjectQuality.report_due: due.where(owes),
            ProjectQuality.submitted_date: submitted,
            ProjectQuality.late_days: late,
            ProjectQuality.in_time: in_time,
            ProjectQuality.in_time_reason: reason.where(in_time.isna()).astype("str"),
        },
        index=spine,
    )


def own_reports(status: pd.DataFrame) -> pd.DataFrame:
    """The status rows that a project reported in their month: none carried forward, none that only lists it."""
    return status[is_report(status) & status[Status.carried_from].isna()]


def _keys(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([match_key(rows[Project.project_id]), rows[Project.period]])


def _over(spine: pd.MultiIndex, projects: pd.DataFrame) -> pd.Series:
    over = projects[projects[Project.status].isin(OVER)]
    return pd.Series(spine.isin(_keys(over)), index=spine)


def _due(spine: pd.MultiIndex, reports_due: int | None) -> pd.Series:
    month = spine.get_level_values(1)
    if reports_due is None or not len(spine):
        return pd.Series(pd.NaT, index=spine, dtype="datetime64[us]")
    days = np.busday_offset(month.to_numpy().astype("datetime64[D]"), reports_due, roll="backward")
    return pd.Series(days.astype("datetime64[us]"), index=spine)
