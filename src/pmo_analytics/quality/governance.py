"""Rules within the tables that not every office keeps: actions, authority, baselines, entities and the like."""

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
from pmo_analytics.schemas.entities import Entity
from pmo_analytics.schemas.fx_rates import FxRate
from pmo_analytics.schemas.gates import Authority
from pmo_analytics.schemas.lessons import Lesson
from pmo_analytics.schemas.submissions import Submission

_ENTITY, _PARENT, _KIND, _ROW, _BEFORE = "__entity", "__parent", "__kind", "__row", "__before"


def _of_itself(rows: pd.DataFrame) -> pd.Series:
    return match_key(rows[Dependency.from_project]) == match_key(rows[Dependency.entity_id])


def _no_rate(rows: pd.DataFrame) -> pd.Series:
    return rows[FxRate.rate] == 0


def _own_parent(rows: pd.DataFrame) -> pd.Series:
    return match_key(rows[Entity.parent_id]) == match_key(rows[Entity.entity_id])


def _overlaps(rows: pd.DataFrame) -> pd.Series:
    """Where a membership begins no later than the last day of one that began before it, in another parent of the kind.

    One without a last day is not judged, since the next one may end it; nor is a parent that is not listed.
    """
    entity, parent = (match_key(rows[column]) for column in (Entity.entity_id, Entity.parent_id))
    kinds = rows.assign(**{_ENTITY: entity}).drop_duplicates(_ENTITY).set_index(_ENTITY)[Entity.kind]
    stated = pd.DataFrame({_ENTITY: entity, _PARENT: parent, _KIND: parent.map(kinds), _ROW: rows.index})
    stated = stated.join(rows[[Entity.valid_from, Entity.valid_to]]).dropna(subset=[_PARENT, _KIND])
    pairs = stated.merge(stated, on=[_ENTITY, _KIND], suffixes=("", _BEFORE))
    begun, ended = pairs[f"{Entity.valid_from}{_BEFORE}"], pairs[f"{Entity.valid_to}{_BEFORE}"]
    earlier = begun.isna() | (begun < pairs[Entity.valid_from])
    found = earlier & (pairs[Entity.valid_from] <= ended) & (pairs[_PARENT] != pairs[f"{_PARENT}{_BEFORE}"])
    return rows.index.to_series().isin(pairs.loc[found, _ROW])


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
    in_order("entities", Entity.valid_from, Entity.valid_to),
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
    within("OWN_PARENT", "entities", Entity.parent_id, _own_parent),
    within(
        "MEMBERSHIPS_OVERLAP",
        "entities",
        Entity.valid_from,
        _overlaps,
        needs=(Entity.parent_id, Entity.valid_to),
        detail=lambda rows: as_text(rows[Entity.parent_id]),
        of=lambda rows: rows[Entity.parent_id].notna() & rows[Entity.valid_from].notna(),
    ),
    within("RATE_IS_ZERO", "fx_rates", FxRate.rate, _no_rate),
)
