"""Rules within a table: what one row says must fit together.

A rule is a record: what kind of finding it makes, which columns it needs, and a function that finds the
faults. To add one, add a kind to ``kinds.py`` and a record here, or in ``links.py`` if it looks at several
tables or periods. Rows are judged by their own period, never by the day on which somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from pmo_analytics.quality.findings import as_text, faults
from pmo_analytics.quality.keys import is_blank
from pmo_analytics.schemas.changes import Change
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.dependencies import Dependency
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE
from pmo_analytics.schemas.tasks import Task
from pmo_analytics.schemas.words import COLOURS

Tables = Mapping[str, pd.DataFrame]

#: A table and a column of it.
Field = tuple[str, str]

ACTIVE, COMPLETE, CANCELLED = "active", "complete", "cancelled"
RISK_OVER = ("closed", "occurred")
ISSUE_OVER = ("resolved", "closed")

#: Reported ETC may differ from EAC less AC by this share of EAC (rule E4).
ETC_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``find`` gives the faults of the tables.

    It is run only where every field of ``needs`` and, if any are named, one field of ``any_of`` holds a value
    somewhere, and where ``table`` has rows of at least ``periods`` periods. Otherwise it is NOT RUN, which is
    not the same as finding nothing.

    ``applies`` marks the rows of ``table`` that the rule can judge, for the score; ``None``: the rows in which all
    ``needs`` and, if any are named, one of ``any_of`` are filled, as far as they are columns of ``table``.
    """

    code: str
    table: str
    find: Callable[[Tables], pd.DataFrame]
    needs: tuple[Field, ...]
    any_of: tuple[Field, ...] = ()
    periods: int = 1
    applies: Callable[[Tables], pd.Series] | None = None


def missing(rows: pd.DataFrame, column: str) -> pd.Series:
    """Where nothing stands and nothing says why: a cell with a reason has its finding already."""
    return rows[column].isna() & rows[reason_of(column)].isna()


def within(
    code: str,
    table_name: str,
    column: str,
    when: Callable[[pd.DataFrame], pd.Series],
    *,
    needs: tuple[str, ...] = (),
    any_of: tuple[str, ...] = (),
    detail: Callable[[pd.DataFrame], pd.Series] | None = None,
    of: Callable[[pd.DataFrame], pd.Series] | None = None,
) -> Rule:
    """A rule on the rows of one table: a fault at ``column`` wherever ``when`` is true.

    ``needs`` and ``any_of`` are columns of that table; ``column`` itself is always needed. ``of`` marks the rows
    that are judged, where these are not simply those with all columns filled.
    """

    def find(tables: Tables) -> pd.DataFrame:
        rows = tables[table_name]
        rows = rows[when(rows)]
        told = detail(rows) if detail else ""
        return faults(code, rows, table_name=table_name, column=column, value=rows[column], detail=told)

    needed = tuple((table_name, name) for name in dict.fromkeys((column, *needs)))
    either = tuple((table_name, name) for name in any_of)
    judged = None if of is None else lambda tables: of(tables[table_name])
    return Rule(code, table_name, find, needed, either, applies=judged)


def in_order(table_name: str, start: str, finish: str) -> Rule:
    """A fault at ``finish`` where it is before ``start``."""
    return within(
        "START_AFTER_FINISH",
        table_name,
        finish,
        lambda rows: rows[start] > rows[finish],
        needs=(start,),
        detail=lambda rows: as_text(rows[start]),
    )


def not_ahead(table_name: str, column: str) -> Rule:
    """A fault at a date that has happened, yet is after the period of the row."""
    return within("ACTUAL_IN_FUTURE", table_name, column, lambda rows: rows[column] > rows[Project.period])


def _complete(rows: pd.DataFrame) -> pd.Series:
    return rows[Project.status] == COMPLETE


def _complete_without_finish(rows: pd.DataFrame) -> pd.Series:
    return _complete(rows) & missing(rows, Project.actual_finish)


def _ahead(rows: pd.DataFrame) -> pd.Series:
    over = rows[Milestone.status].isin((COMPLETE, CANCELLED)) | ~missing(rows, Milestone.actual_date)
    return rows[Milestone.forecast_date].notna() & ~over


def _forecast_has_passed(rows: pd.DataFrame) -> pd.Series:
    return (rows[Milestone.forecast_date] < rows[Milestone.period]) & _ahead(rows)


def _eac_below_ac(rows: pd.DataFrame) -> pd.Series:
    return rows[Status.eac_reported] < rows[Status.ac]


def _etc_does_not_fit(rows: pd.DataFrame) -> pd.Series:
    # An EAC below AC is told by its own rule, and no ETC could fit it.
    gap = (rows[Status.etc_reported] - (rows[Status.eac_reported] - rows[Status.ac])).abs()
    allowed = ETC_TOLERANCE * rows[Status.eac_reported].abs().clip(lower=1)
    return (gap > allowed) & ~_eac_below_ac(rows)


def _earned_for_nothing(rows: pd.DataFrame) -> pd.Series:
    return (rows[Status.ev] > 0) & (rows[Status.ac] == 0)


def _worse_than_green(rows: pd.DataFrame) -> pd.Series:
    return rows[Status.rag_overall].isin(COLOURS[1:])


def _no_path(rows: pd.DataFrame) -> pd.Series:
    untold = pd.Series(False, index=rows.index)
    for column in (Status.narrative, Status.path_to_green):
        blank = is_blank(rows[column])
        untold |= blank & (~blank).groupby(rows[SOURCE].fillna("")).transform("any")
    return _worse_than_green(rows) & untold


def risk_open(rows: pd.DataFrame) -> pd.Series:
    """Where a risk is still open: neither its status nor a day says that it is over."""
    return ~rows[Risk.status].isin(RISK_OVER) & missing(rows, Risk.closed)


def _issue_open(rows: pd.DataFrame) -> pd.Series:
    return ~rows[Issue.status].isin(ISSUE_OVER) & missing(rows, Issue.closed)


def _open_until(
    state: Callable[[pd.DataFrame], pd.Series], column: str
) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: state(rows) & rows[column].notna()


def _past_proximity(rows: pd.DataFrame) -> pd.Series:
    return risk_open(rows) & (rows[Risk.proximity_date] < rows[Risk.period])


def _overdue(rows: pd.DataFrame) -> pd.Series:
    return _issue_open(rows) & (rows[Issue.due] < rows[Issue.period])


def _without_owner(rows: pd.DataFrame) -> pd.Series:
    return _issue_open(rows) & is_blank(rows[Issue.owner])


#: Every rule within a table.
WITHIN = (
    in_order("projects", Project.baseline_start, Project.baseline_finish),
    in_order("projects", Project.forecast_start, Project.forecast_finish),
    in_order("projects", Project.actual_start, Project.actual_finish),
    in_order("risks", Risk.opened, Risk.closed),
    in_order("issues", Issue.opened, Issue.closed),
    in_order("decisions", Decision.requested_date, Decision.decision_date),
    in_order("decisions", Decision.decision_date, Decision.condition_closed),
    in_order("changes", Change.raised, Change.decided),
    in_order("tasks", Task.baseline_start, Task.baseline_finish),
    in_order("tasks", Task.forecast_start, Task.forecast_finish),
    in_order("tasks", Task.actual_start, Task.actual_finish),
    not_ahead("projects", Project.actual_start),
    not_ahead("projects", Project.actual_finish),
    not_ahead("milestones", Milestone.actual_date),
    not_ahead("risks", Risk.closed),
    not_ahead("issues", Issue.closed),
    not_ahead("decisions", Decision.decision_date),
    not_ahead("decisions", Decision.condition_closed),
    not_ahead("changes", Change.decided),
    not_ahead("dependencies", Dependency.delivered_date),
    not_ahead("tasks", Task.actual_start),
    not_ahead("tasks", Task.actual_finish),
    within(
        "MISSING_ACTUAL_FINISH",
        "projects",
        Project.actual_finish,
        _complete_without_finish,
        needs=(Project.status,),
        of=_complete,
    ),
    within(
        "OVERDUE_FORECAST",
        "milestones",
        Milestone.forecast_date,
        _forecast_has_passed,
        any_of=(Milestone.actual_date, Milestone.status),
        of=_ahead,
    ),
    within(
        "EAC_BELOW_AC",
        "status",
        Status.eac_reported,
        _eac_below_ac,
        needs=(Status.ac,),
        detail=lambda rows: as_text(rows[Status.ac]),
    ),
    within(
        "ETC_NOT_EAC_LESS_AC",
        "status",
        Status.etc_reported,
        _etc_does_not_fit,
        needs=(Status.eac_reported, Status.ac),
        detail=lambda rows: as_text(rows[Status.eac_reported] - rows[Status.ac]),
    ),
    within("EV_WITHOUT_COST", "status", Status.ev, _earned_for_nothing, needs=(Status.ac,)),
    within(
        "RAG_WITHOUT_PATH",
        "status",
        Status.rag_overall,
        _no_path,
        any_of=(Status.narrative, Status.path_to_green),
        of=_worse_than_green,
    ),
    within(
        "RISK_PAST_PROXIMITY",
        "risks",
        Risk.proximity_date,
        _past_proximity,
        any_of=(Risk.status, Risk.closed),
        of=_open_until(risk_open, Risk.proximity_date),
    ),
    within(
        "ISSUE_OVERDUE",
        "issues",
        Issue.due,
        _overdue,
        any_of=(Issue.status, Issue.closed),
        of=_open_until(_issue_open, Issue.due),
    ),
    within(
        "ISSUE_WITHOUT_OWNER",
        "issues",
        Issue.owner,
        _without_owner,
        any_of=(Issue.status, Issue.closed),
        of=_issue_open,
    ),
)
