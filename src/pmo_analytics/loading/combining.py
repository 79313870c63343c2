"""Combining: several project lists of one period, and the forms in which ids are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.quality.findings import as_text, faults, gather
from pmo_analytics.quality.keys import match_key
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.entities import Entity
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import PROVENANCE, table, tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = [Project.project_id, Project.period]


def combine_lists(lists: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per project and period from several lists, and the conflicts between them.

    A blank is filled from the other lists. Where two lists state different amounts or dates, none of them
    counts (reason ``conflict``); where they differ in words, the first list counts. Either is a finding at
    the later cell.
    """
    key = [match_key(lists[Project.project_id]), lists[Project.period]]
    if not pd.concat(key, axis=1).duplicated().any():
        return lists, gather([])
    groups = lists.groupby(key, sort=False)
    first = groups.first()
    told = []
    for column in table("projects").columns.values():
        if column.key:
            continue
        stated = lists[column.name]
        standing = groups[column.name].transform("first")
        differs = stated.notna() & standing.notna() & (stated != standing)
        if not differs.any():
            continue
        told.append(
            faults(
                "VALUE_CONFLICT",
                lists[differs],
                table_name="projects",
                column=column.name,
                value=as_text(stated[differs]),
                detail=as_text(standing[differs]),
            )
        )
        if column.reasoned:
            torn = differs.groupby(key).any().reindex(first.index)
            first[column.name] = first[column.name].mask(torn)
            first[reason_of(column.name)] = first[reason_of(column.name)].mask(torn, "conflict")
    opening = lists.groupby(key, sort=False)[[*_KEYS, *PROVENANCE]].head(1)
    whole = first.drop(columns=[*_KEYS, *PROVENANCE], errors="ignore").reset_index(drop=True)
    for name in (*_KEYS, *PROVENANCE):
        whole[name] = opening[name].to_numpy()
    return whole.astype(table("projects").dtypes()), gather(told)


def own_ids(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The same tables with every id in the form that the project list (or the entity table) writes.

    Ids match after NFKC, folding of case and trimming; the first form found is the one kept.
    """
    projects = frames["projects"]
    listed = pd.concat(
        [
            projects[Project.project_id],
            frames["status"][Project.project_id],
            frames["entities"][Entity.entity_id],
            projects[Project.programme_id],
            projects[Project.portfolio_id],
        ],
        ignore_index=True,
    ).dropna()
    forms = listed.groupby(match_key(listed)).first()
    columns = (
        Project.project_id,
        Project.programme_id,
        Project.portfolio_id,
        Entity.entity_id,
        Entity.parent_id,
    )
    unified = {}
    for name in tables():
        frame = frames[name]
        held = [column for column in columns if column in frame]
        unified[name] = frame.assign(
            **{c: match_key(frame[c]).map(forms).astype("str").fillna(frame[c]) for c in held}
        )
    return unified
