"""Assembling: from the extracts of all files to one Portfolio."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import MonthUnknown
from pmo_analytics.loading.carrying import carry_forward
from pmo_analytics.loading.combining import BESIDE, combine
from pmo_analytics.loading.contradicting import published_faults
from pmo_analytics.loading.crosswalk import as_written, change_faults, own_ids, take_names, translate
from pmo_analytics.loading.deriving import derive
from pmo_analytics.loading.extracting import cells_with_rows
from pmo_analytics.loading.membership import entity_tree, with_membership
from pmo_analytics.loading.sources import heading_at
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.quality.checking import check
from pmo_analytics.quality.doubled_rows import split_keys
from pmo_analytics.quality.findings import as_text, describe, faults, gather
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.results import Finding, Quarantined, RawCell, empty_result
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table, tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.loading.combining import Combined
    from pmo_analytics.loading.crosswalk import Parts
    from pmo_analytics.loading.extracting import Extract
    from pmo_analytics.schemas.settings import Settings
    from pmo_analytics.schemas.source import Source

#: Kinds of findings whose rows are kept out of every count.
QUARANTINE = (
    "MISSING_KEY",
    "MISSING_PERIOD",
    "DUPLICATE_KEY",
    "SUBTOTAL_ROW",
    "STATISTIC_ROW",
    "SECTION_ROW",
    "REPEATED_HEADER",
    "FOOTNOTE_ROW",
    "STRAY_CELL",
    "NO_MONTH",
    "UNKNOWN_MEASURE",
    "HIDDEN_ROW",
    "SHIFTED_ROW",
    "RAGGED_ROW",
)


def assemble(
    extracts: Sequence[Extract],
    settings: Settings,
    *,
    as_of: pd.Timestamp | None,
    sheet_faults: pd.DataFrame,
    sheet_sources: Sequence[Source] = (),
) -> Portfolio:
    """One Portfolio of all extracts: keys settled, ids unified, bounds and rules checked, findings told."""
    sources = [extract.source for extract in extracts]
    delivered = {name: [e.tables[name] for e in extracts if name in e.tables] for name in tables()}
    contents = {extract.source.key: _as_delivered(extract) for extract in extracts}
    parts, changes = _own_names(delivered, sources, settings, contents)
    joined = {name: _join(name, frames, sources, settings, contents) for name, frames in parts.items()}
    found = [sheet_faults, *(extract.faults for extract in extracts), change_faults(changes)]
    found += [_once(gather(one.faults for one in joined.values()))]
    found += [_repeated(joined, sources), _missing_columns(extracts)]
    frames = own_ids({name: one.rows for name, one in joined.items()})
    frames, derived = derive(_completed(frames, settings))
    checked = check(frames)
    found += [derived, checked.faults, published_faults(extracts, checked.tables)]
    every = _told_once(gather(found))
    raw = _raw_cells(extracts, every, as_written(changes, sources))
    latest = as_of if as_of is not None else _latest(checked.tables, extracts)
    return Portfolio(
        tables=dict(checked.tables)
        | {"entities": entity_tree(checked.tables), "status": carry_forward(checked.tables)},
        as_of=latest,
        delivered=frozenset(name for name, frames in delivered.items() if frames),
        settings=settings,
        findings=describe(every, [*sources, *sheet_sources]),
        quarantine=_quarantine(every, sources, raw),
        cells=raw,
        ranges=pd.concat([extract.ranges for extract in extracts], ignore_index=True),
        origins=pd.concat([one.origins for one in joined.values()], ignore_index=True),
        sources=tuple(sources),
        not_run=checked.not_run,
        as_of_origin="given" if as_of is not None else f"the latest period found, {latest:%Y-%m}",
    )


def _completed(frames: Mapping[str, pd.DataFrame], settings: Settings) -> dict[str, pd.DataFrame]:
    """The tables with the headline colours and with what the tree of entities says of projects, columns in order."""
    projects, status = frames["projects"], frames["status"]
    whole = {
        **frames,
        "status": _headline(status, settings),
        "projects": with_membership(projects, frames["entities"]),
    }
    return {name: frame[list(table(name).dtypes())] for name, frame in whole.items()}


def _as_delivered(extract: Extract) -> pd.DataFrame:
    """The cells of the rows of a source under their headings."""
    headings = [heading_at(extract.layout, int(at)) for at in extract.rows.raw.columns]
    return extract.rows.raw.set_axis(headings, axis=1)


def _own_names(
    parts: Parts, sources: Sequence[Source], settings: Settings, contents: Mapping[str, pd.DataFrame]
) -> tuple[Parts, pd.DataFrame]:
    """The frames with the ids that the project list uses, and the ids that were replaced."""
    crosswalk = _join("identities", parts["identities"], sources, settings, contents).rows
    parts, mapped = translate(parts, crosswalk, sources)
    parts, named = take_names(parts, sources)
    return parts, pd.concat([mapped, named], ignore_index=True)


def _raw_cells(extracts: Sequence[Extract], found: pd.DataFrame, replaced: pd.DataFrame) -> pd.DataFrame:
    """The raw cells of all extracts; of a row kept out every cell, since it stands nowhere else."""
    kept_out = found[found[Finding.code].isin(QUARANTINE) & found[SOURCE_ROW].notna()]
    rows = kept_out.groupby(SOURCE)[SOURCE_ROW]
    of_source = {str(key): group.astype("int64") for key, group in rows}
    nothing = pd.Series(dtype="int64")
    parts = [cells_with_rows(extract, of_source.get(extract.source.key, nothing)) for extract in extracts]
    filled = [part for part in (*parts, replaced) if len(part)]
    if not filled:
        return empty_result(RawCell)
    whole = pd.concat(filled, ignore_index=True)
    return whole.drop_duplicates([RawCell.source, RawCell.source_row, RawCell.heading], ignore_index=True)


def _join(
    name: str,
    parts: Sequence[pd.DataFrame],
    sources: Sequence[Source],
    settings: Settings,
    contents: Mapping[str, pd.DataFrame],
) -> Combined:
    """The rows of all parts, each key once: doubled ones within a source are kept out, others combined.

    ``contents`` are the rows of each source as delivered.
    """
    split = [split_keys(part, name, contents=contents[part[SOURCE].iloc[0]]) for part in parts if len(part)]
    whole = [accepted for accepted, _ in split] or [table(name).empty()]
    combined = combine(pd.concat(whole, ignore_index=True), name, sources, settings)
    return replace(combined, faults=gather([*(told for _, told in split), combined.faults]))


def _once(found: pd.DataFrame) -> pd.DataFrame:
    """A conflict is told once, though its cell feeds two tables."""
    again = found.duplicated([Finding.code, Finding.column, SOURCE, SOURCE_ROW])
    return found[~again | (found[Finding.code].isin(QUARANTINE))].reset_index(drop=True)


def _repeated(joined: Mapping[str, Combined], sources: Sequence[Source]) -> pd.DataFrame:
    """One fault for each source that has rows of which nothing is new: how many, and who says the same."""
    idle = pd.concat([one.idle for one in joined.values()], ignore_index=True).drop_duplicates()
    # The rows of the measures of one table say the same of their project: they are no second delivery.
    own, other = (
        idle[column].astype("str").str.replace(_MONTH_OF_KEY, "", regex=True) for column in (SOURCE, BESIDE)
    )
    idle = idle[own != other]
    if idle.empty:
        return gather([])
    speaking = pd.concat([one.spoken for one in joined.values()], ignore_index=True)
    places = pd.MultiIndex.from_frame(idle[[SOURCE, SOURCE_ROW]])
    silent = idle[~places.isin(pd.MultiIndex.from_frame(speaking))]
    names = {source.key: PurePath(PureWindowsPath(source.path).name).name for source in sources}
    others = (
        silent[BESIDE].map(names).groupby(silent[SOURCE]).unique().map(lambda said: ", ".join(sorted(said)))
    )
    told = pd.DataFrame({SOURCE: others.index, SOURCE_ROW: pd.NA}, index=others.index)
    count = silent.drop_duplicates([SOURCE, SOURCE_ROW]).groupby(SOURCE).size()
    return faults("REPEATED_ROWS", told, table_name="", value=as_text(count), detail=others.astype("str"))


def _missing_columns(extracts: Sequence[Extract]) -> pd.DataFrame:
    """One fault for each needed column that no source of a table has.

    What projects and their reports share, such as the budget, counts for both where one of them has it.
    """
    told = []
    everywhere = [extract.source for extract in extracts]
    for name, t in tables().items():
        sources = [extract.source for extract in extracts if name in extract.tables]
        for column in t.columns.values() if sources else ():
            shared = name in PROJECT_TABLES and not column.key
            givers = PROJECT_TABLES if shared else (name,)
            wanted = {f"{giver}.{column.name}" for giver in givers}
            present = any(wanted & source.addresses.keys() for source in everywhere)
            if column.required and not present:
                row = pd.DataFrame({SOURCE: [sources[0].key], SOURCE_ROW: [pd.NA]})
                told.append(faults("MISSING_COLUMN", row, table_name=name, column=column.name))
    return gather(told)


def _headline(status: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The headline colour: the first rating column that has one, and why there is none."""
    colour = pd.Series(pd.NA, index=status.index, dtype="str")
    reason = pd.Series(pd.NA, index=status.index, dtype="str")
    for name in settings.rating_order:
        colour = colour.fillna(status[name])
        reason = reason.fillna(status[reason_of(name)])
    return status.assign(
        **{Status.rag_reported: colour, reason_of(Status.rag_reported): reason.where(colour.isna())}
    )


#: Tables of one subject: what one of them says of a project the other need not.
PROJECT_TABLES = ("projects", "status")
#: What the key of a source adds where it is one of several months across, or one of several measures of them.
_MONTH_OF_KEY = r"(~\d+)?@\d{4}-\d{2}$"


def _told_once(found: pd.DataFrame) -> pd.DataFrame:
    """A row kept out is told once, though it feeds two tables or stands for several months."""
    kept_out = found[Finding.code].isin(QUARANTINE) & found[SOURCE_ROW].notna()
    sheet = found[SOURCE].astype("str").str.replace(_MONTH_OF_KEY, "", regex=True)
    again = found.assign(**{SOURCE: sheet}).duplicated([Finding.code, SOURCE, SOURCE_ROW]) & kept_out
    return found[~again].reset_index(drop=True)


def _latest(frames: Mapping[str, pd.DataFrame], extracts: Sequence[Extract]) -> pd.Timestamp:
    """The latest month of projects and status, else of any table, else of the sheets: they may have no rows."""
    period = Status.period
    listed = pd.concat([frames["projects"][period], frames["status"][period]])
    if listed.isna().all():
        listed = pd.concat([f[period] for f in frames.values() if period in f])
    if listed.isna().all():
        listed = pd.Series([one.period for one in extracts], dtype="datetime64[us]")
    if listed.isna().all():
        sources = [extract.source for extract in extracts]
        raise MonthUnknown(sources, "; ".join(map(_place, sources)))
    return pd.Timestamp(listed.max())


def _place(source: Source) -> str:
    """A source and what it feeds, for a message."""
    name = PurePath(PureWindowsPath(source.path).name).name
    sheet = f" [{source.sheet}]" if source.sheet else ""
    return f"{name}{sheet} ({', '.join(source.tables)})"


def _quarantine(found: pd.DataFrame, sources: Sequence[Source], cells: pd.DataFrame) -> pd.DataFrame:
    kept_out = found[found[Finding.code].isin(QUARANTINE) & found[SOURCE_ROW].notna()]
    if kept_out.empty:
        return empty_result(Quarantined)
    told = describe(kept_out, sources, placed=True)
    rows = told.assign(**{Quarantined.row: told[SOURCE_ROW].astype("float64")})
    text = (cells[RawCell.heading] + " = " + cells[RawCell.raw]).groupby(
        [cells[RawCell.source], cells[RawCell.source_row]]
    )
    raw = text.agg("; ".join).rename(Quarantined.raw)
    rows = rows.merge(raw, how="left", left_on=[SOURCE, Quarantined.row], right_index=True)
    rows[Quarantined.raw] = rows[Quarantined.raw].fillna("")
    shape = empty_result(Quarantined)
    return rows[list(shape.columns)].astype(shape.dtypes.to_dict()).reset_index(drop=True)
