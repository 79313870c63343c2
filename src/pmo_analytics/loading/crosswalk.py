"""Crosswalk: from the ids that other systems and other times use, and from names, to the ids of projects.

The table ``identities`` says which id means which project. Of its relations ``same``, ``renamed``, ``replaced_by`` and
``moved`` say that two ids are one project, from ``valid_from`` to ``valid_to``, each compared with the month-end of
a row; a project that was merged or split is another one, so its rows keep their id. Where a row names its
project by name, the name is taken for the id if only one project bears it. Every id that is replaced is said once,
and stays as written among the raw cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from pmo_analytics.quality.findings import as_text, faults, gather
from pmo_analytics.quality.keys import match_key
from pmo_analytics.schemas.dependencies import Dependency
from pmo_analytics.schemas.entities import Entity
from pmo_analytics.schemas.identities import MEANS_THE_SAME, Identity
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.results import RawCell, empty_result
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pmo_analytics.schemas.source import Source

#: The frames of each table, one for each source that has it.
Parts: TypeAlias = "Mapping[str, Sequence[pd.DataFrame]]"

#: Columns that hold the id of a project or of another entity.
ID_COLUMNS = (
    Project.project_id,
    Project.programme_id,
    Project.portfolio_id,
    Entity.entity_id,
    Entity.parent_id,
    Dependency.from_project,
)
#: How many renamings in a row are followed: more than any project has, and an end to circles.
STEPS = 8

_TABLE, _COLUMN, _CODE, _WRITTEN, _TO = "table", "column", "code", "written", "to"
_ID, _DAY, _ROW, _SYSTEM = "__id", "__day", "__row", "__system"


def translate(
    parts: Parts, identities: pd.DataFrame, sources: Sequence[Source]
) -> tuple[Parts, pd.DataFrame]:
    """The same frames with every id that the crosswalk knows replaced, and the changes, one row per cell."""
    known = _known(identities)
    if known.empty:
        return parts, _no_changes()
    forms = known[_TO].set_axis(match_key(known[_TO]))
    forms = forms[~forms.index.duplicated()]
    systems = {source.key: source.profile for source in sources}

    def meaning(frame: pd.DataFrame, column: str) -> pd.Series:
        written = ids = match_key(frame[column])
        if not written.isin(known[_ID]).any():
            return pd.Series(index=frame.index, dtype="str")
        days = frame.get(Project.period, pd.Series(pd.NaT, index=frame.index))
        moving = pd.Series(True, index=frame.index)
        for _ in range(STEPS):
            to = match_key(_one_step(ids, days, frame[SOURCE].map(systems), known))
            moving = to.notna() & (to != ids)
            if not moving.any():
                break
            ids = to.fillna(ids)
        # What moves in a circle means nothing: it stays as it is written.
        return ids.map(forms).where((ids != written) & ~moving)

    return _replaced(parts, tables().keys() - {"identities"}, ID_COLUMNS, "ID_MAPPED", meaning)


def _known(identities: pd.DataFrame) -> pd.DataFrame:
    """The relations that make two ids one: id and its meaning as they match, first and last day, system."""
    same = identities[identities[Identity.relation].isin(MEANS_THE_SAME)]
    known = same[[Identity.valid_from, Identity.valid_to]].assign(
        **{
            _ID: match_key(same[Identity.source_id]),
            _TO: same[Identity.project_id],
            _SYSTEM: match_key(same[Identity.source_system]),
        }
    )
    return known[known[_TO].notna() & (match_key(known[_TO]) != known[_ID])]


def _one_step(ids: pd.Series, days: pd.Series, systems: pd.Series, known: pd.DataFrame) -> pd.Series:
    """What each id means on its day; null where it means nothing else, or more than one thing."""
    asked = pd.DataFrame({_ID: ids, _DAY: days, _SYSTEM: systems})
    asked = asked[asked[_ID].isin(known[_ID])].rename_axis(_ROW).reset_index()
    pairs = asked.merge(known, on=_ID, suffixes=("", "_of"))
    after = (
        pairs[Identity.valid_from].isna() | pairs[_DAY].isna() | (pairs[_DAY] >= pairs[Identity.valid_from])
    )
    before = pairs[Identity.valid_to].isna() | pairs[_DAY].isna() | (pairs[_DAY] <= pairs[Identity.valid_to])
    pairs = pairs[after & before]
    # Where two systems use one id, that of the system from which the file comes is meant.
    own = pairs[_SYSTEM] == pairs[f"{_SYSTEM}_of"]
    pairs = pairs[own | ~own.groupby(pairs[_ROW]).transform("any")]
    meanings = match_key(pairs[_TO]).groupby(pairs[_ROW])
    return pairs[meanings.transform("nunique") == 1].groupby(_ROW)[_TO].first().reindex(ids.index)


def take_names(parts: Parts, sources: Sequence[Source]) -> tuple[Parts, pd.DataFrame]:
    """The same frames with ids where a row names its project by name, and the changes, one row per cell.

    A name is taken for an id where it is no id itself and exactly one project bears it, in any period.
    """
    provisional = [s.key for s in sources if f"projects.{Project.project_id}" not in s.addresses]
    listed = [frame[~frame[SOURCE].isin(provisional)] for frame in parts.get("projects", ())]
    if not listed:
        return parts, _no_changes()
    projects = pd.concat(listed, ignore_index=True)
    ids, names = match_key(projects[Project.project_id]), match_key(projects[Project.project_name])
    bearers = ids.groupby(names)
    unique = projects[Project.project_id].groupby(names).first()[bearers.nunique() == 1]
    entities = [frame[Entity.entity_id] for frame in parts.get("entities", ())]
    groups = [projects[Project.programme_id], projects[Project.portfolio_id]]
    taken = match_key(pd.concat([ids, *groups, *entities], ignore_index=True).dropna())

    def meaning(frame: pd.DataFrame, column: str) -> pd.Series:
        asked = match_key(frame[column])
        return asked.map(unique).where(~asked.isin(taken))

    named = [name for name, t in tables().items() if name not in ("entities", "identities")]
    held = (Project.project_id, Entity.entity_id, Dependency.from_project)
    return _replaced(parts, named, held, "LINK_BY_NAME", meaning)


def _replaced(
    parts: Parts,
    names: Sequence[str] | set[str],
    columns: Sequence[str],
    code: str,
    meaning: Callable[[pd.DataFrame, str], pd.Series],
) -> tuple[Parts, pd.DataFrame]:
    """Every id replaced for which ``meaning`` has another one; the changes say what stood where."""
    changes = [_no_changes()]
    replaced: dict[str, list[pd.DataFrame]] = {}
    for name, frames in parts.items():
        replaced[name] = []
        for frame in frames:
            held = [c for c in columns if c in frame and name in names and len(frame)]
            for column in held:
                to = meaning(frame, column)
                hit = to.notna() & (to != frame[column])
                change = frame[[SOURCE, SOURCE_ROW]].assign(**{_WRITTEN: frame[column], _TO: to})[hit]
                changes.append(change.assign(**{_TABLE: name, _COLUMN: column, _CODE: code}))
                frame = frame.assign(**{column: frame[column].mask(hit, to)})
            replaced[name].append(frame)
    return replaced, pd.concat([part for part in changes if len(part)] or changes[:1], ignore_index=True)


def _no_changes() -> pd.DataFrame:
    columns = (SOURCE, SOURCE_ROW, _TABLE, _COLUMN, _CODE, _WRITTEN, _TO)
    return pd.DataFrame({name: pd.Series(dtype="Int64" if name == SOURCE_ROW else "str") for name in columns})


def change_faults(changes: pd.DataFrame) -> pd.DataFrame:
    """One fault for each id that was replaced, at the first place, with the count of the places."""
    by = [_CODE, _WRITTEN, _TO]
    cells = changes.drop_duplicates([*by, SOURCE, SOURCE_ROW])
    count = cells.groupby(by)[SOURCE].transform("size")
    first = cells.assign(count=count).drop_duplicates(by)
    told = []
    for (code, name, column), rows in first.groupby([_CODE, _TABLE, _COLUMN]):
        places = as_text(rows["count"]) + (rows["count"] > 1).map({True: " rows", False: " row"}).astype(
            "str"
        )
        one = faults(
            str(code),
            rows[[SOURCE, SOURCE_ROW]],
            table_name=str(name),
            column=str(column),
            value=rows[_WRITTEN],
            detail=rows[_TO] + " (" + places + ")",
        )
        entity = table(str(name)).entity == column
        told.append(one.assign(entity_id=rows[_TO].to_numpy()) if entity else one)
    return gather(told)


def as_written(changes: pd.DataFrame, sources: Sequence[Source]) -> pd.DataFrame:
    """The raw cells of the ids that were replaced: what stands in the file."""
    headings = {f"{s.key}|{field}": heading for s in sources for field, heading in s.headings.items()}
    field = changes[SOURCE] + "|" + changes[_TABLE] + "." + changes[_COLUMN]
    cells = pd.DataFrame(
        {
            RawCell.source: changes[SOURCE],
            RawCell.source_row: changes[SOURCE_ROW],
            RawCell.heading: field.map(headings),
            RawCell.raw: changes[_WRITTEN],
            RawCell.kind: "t",
        }
    ).dropna(subset=[RawCell.heading])
    shape = empty_result(RawCell)
    unique = cells.drop_duplicates([RawCell.source, RawCell.source_row, RawCell.heading])
    return unique.astype(shape.dtypes.to_dict())


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
    unified = {}
    for name in tables():
        frame = frames[name]
        held = [column for column in ID_COLUMNS if column in frame]
        unified[name] = frame.assign(
            **{c: match_key(frame[c]).map(forms).astype("str").fillna(frame[c]) for c in held}
        )
    return unified
