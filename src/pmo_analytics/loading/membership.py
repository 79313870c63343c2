"""Membership: the tree of entities, and the programme and portfolio that it says a project belonged to in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.quality.keys import match_key
from pmo_analytics.schemas.entities import PORTFOLIO, PROGRAMME, PROJECT, Entity
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_KIND = {PROGRAMME: Project.programme_id, PORTFOLIO: Project.portfolio_id}
_CHILD, _DAY, _ROW = "__child", "__day", "__row"


def entity_tree(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The tree of entities: as delivered, else read from the columns of the latest project list."""
    if len(frames["entities"]):
        return frames["entities"]
    latest = frames["projects"].sort_values(Project.period).drop_duplicates(Project.project_id, keep="last")
    parent = latest[Project.programme_id].fillna(latest[Project.portfolio_id])
    programmes = latest.dropna(subset=Project.programme_id).drop_duplicates(Project.programme_id)
    portfolios = latest[Project.portfolio_id].dropna().drop_duplicates()
    named = {Entity.name: latest[Project.project_name]}
    whole = [
        _entities(PROJECT, latest[Project.project_id], **named, parent_id=parent),
        _entities(
            PROGRAMME,
            programmes[Project.programme_id],
            **{Entity.parent_id: programmes[Project.portfolio_id]},
        ),
        _entities(PORTFOLIO, portfolios),
    ]
    shape = table("entities").dtypes()
    return pd.concat(whole, ignore_index=True).reindex(columns=list(shape)).astype(shape)


def _entities(kind: str, ids: pd.Series, **columns: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({Entity.entity_id: ids, Entity.kind: kind, **columns})


def with_membership(projects: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """The project list with the programmes and portfolios that the tree of entities states for the months of its rows.

    What a row states itself stays. A membership holds from ``valid_from`` to ``valid_to``, judged at the end of the
    month of the row; of two that hold, the one that began later counts.
    """
    if entities[Entity.parent_id].isna().all():
        return projects
    ids, days = projects[Project.project_id], projects[Project.period]
    filled = projects.copy()
    for kind, column in _OF_KIND.items():
        stated = filled[column].fillna(_parents(ids, days, entities, kind))
        filled[column] = stated.astype(projects[column].dtype)
    above = _parents(filled[Project.programme_id], days, entities, PORTFOLIO)
    stated = filled[Project.portfolio_id].fillna(above)
    return filled.assign(**{Project.portfolio_id: stated.astype(projects[Project.portfolio_id].dtype)})


def _parents(ids: pd.Series, days: pd.Series, entities: pd.DataFrame, kind: str) -> pd.Series:
    """For each id and day the parent of that kind that holds; in the order of the ids, null for none."""
    asked = pd.DataFrame({_CHILD: match_key(ids), _DAY: days}).reset_index(drop=True)
    asked[_ROW] = asked.index
    kinds = entities.assign(**{_CHILD: match_key(entities[Entity.entity_id])}).drop_duplicates(_CHILD)
    kind_of = kinds.set_index(_CHILD)[Entity.kind]
    columns = [Entity.parent_id, Entity.valid_from, Entity.valid_to]
    stated = entities.dropna(subset=Entity.parent_id)
    of_kind = match_key(stated[Entity.parent_id]).map(kind_of) == kind
    stated = stated.assign(**{_CHILD: match_key(stated[Entity.entity_id])}).loc[of_kind, [_CHILD, *columns]]
    pairs = asked.dropna(subset=_CHILD).merge(stated, on=_CHILD)
    begun = pairs[Entity.valid_from].isna() | (pairs[Entity.valid_from] <= pairs[_DAY])
    lasts = pairs[Entity.valid_to].isna() | (pairs[Entity.valid_to] >= pairs[_DAY])
    held = pairs[begun & lasts].sort_values(Entity.valid_from, na_position="first", kind="stable")
    last = held.drop_duplicates(_ROW, keep="last").set_index(_ROW)[Entity.parent_id]
    found: pd.Series = last.reindex(asked.index).set_axis(ids.index)
    return found
