"""Rules within the tables that not every office keeps: actions, baselines, authority, calendars, dependencies."""

from __future__ import annotations

import pandas as pd

from pmo_analytics.quality.findings import as_text
from pmo_analytics.quality.keys import match_key
from pmo_analytics.quality.rules import in_order, not_ahead, within
from pmo_analytics.schemas.actions import Action
from pmo_analytics.schemas.assumptions import Assumption
from pmo_analytics.schemas.baselines import Baseline
from pmo_analytics.schemas.calendars import CalendarPeriod
from pmo_analytics.schemas.changes import Change
from pmo_analytics.schemas.dependencies import Dependency
from pmo_analytics.schemas.fx_rates import FxRate
from pmo_analytics.schemas.gates import Authority
from pmo_analytics.schemas.lessons import Lesson
from pmo_analytics.schemas.submissions import Submission


def _of_itself(rows: pd.DataFrame) -> pd.Series:
    return match_key(rows[Dependency.from_project]) == match_key(rows[Dependency.entity_id])


def _no_rate(rows: pd.DataFrame) -> pd.Series:
    return rows[FxRate.rate] == 0


#: Every rule within these tables.
GOVERNANCE = (
    in_order("changes", Change.submitted, Change.decided),
    in_order("changes", Change.decided, Change.implemented),
    in_order("actions", Action.raised, Action.closed),
    in_order("assumptions", Assumption.raised, Assumption.validated),
    in_order("baselines", Baseline.start, Baseline.finish),
    in_order("submissions", Submission.received, Submission.returned),
    in_order("submissions", Submission.received, Submission.accepted),
    in_order("calendar", CalendarPeriod.start, CalendarPeriod.end),
    not_ahead("changes", Change.implemented),
    not_ahead("actions", Action.closed),
    not_ahead("assumptions", Assumption.validated),
    not_ahead("lessons", Lesson.reviewed),
    not_ahead("lessons", Lesson.captured),
    in_order("lessons", Lesson.captured, Lesson.reviewed),
    within(
        "SELF_DEPENDENCY", "dependencies", Dependency.from_project, _of_itself, needs=(Dependency.entity_id,)
    ),
    within(
        "AMOUNTS_OUT_OF_ORDER",
        "approval_matrix",
        Authority.amount_to,
        lambda rows: rows[Authority.amount_from] > rows[Authority.amount_to],
        needs=(Authority.amount_from,),
        detail=lambda rows: as_text(rows[Authority.amount_from]),
    ),
    within("RATE_IS_ZERO", "fx_rates", FxRate.rate, _no_rate),
)
