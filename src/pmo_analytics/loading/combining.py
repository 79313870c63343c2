"""Combining: what several deliveries say about the same row, and which of them counts.

Two deliveries may state the same fact: same table, same key, same column. A blank is filled from the other one. Where
they differ, the precedence of the settings says which counts; without one an amount, a date, a colour or a
number is undefined (reason ``conflict``), and of words the first counts. *First* is the order of the sources, which is
that of their paths, never the order in which somebody named the files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.quality.doubled_rows import ROUNDING, WORDS, unlike
from pmo_analytics.quality.findings import as_text, faults, gather, places
from pmo_analytics.quality.keys import comparable
from pmo_analytics.schemas.columns import Kind, reason_of
from pmo_analytics.schemas.results import Finding, Origin, empty_result
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import PROVENANCE, SOURCE, SOURCE_ROW, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.schemas.settings import Settings
    from pmo_analytics.schemas.source import Source
    from pmo_analytics.schemas.tables import Column

#: The source that says the same as an idle row.
BESIDE = "beside"


@dataclass(frozen=True, eq=False, slots=True)
class Combined:
    """One row per key, the faults, where cells of other rows went, and which rows say something.

    ``idle`` are the rows that add nothing, with the source that says the same ``beside``; ``spoken`` the others.
    """

    rows: pd.DataFrame
    faults: pd.DataFrame
    origins: pd.DataFrame
    idle: pd.DataFrame
    spoken: pd.DataFrame


@dataclass(frozen=True, eq=False, slots=True)
class _Torn:
    """The rows whose key is stated more than once: in the order of the sources, with the group of each."""

    name: str
    rows: pd.DataFrame
    group: pd.Series
    sources: Sequence[Source]
    settings: Settings


@dataclass(frozen=True, eq=False, slots=True)
class _Settled:
    """One column settled: per group the row that counts, whether none does; per row whether it differs."""

    leader: pd.Series
    undefined: pd.Series
    differs: pd.Series
    faults: pd.DataFrame


def combine(rows: pd.DataFrame, name: str, sources: Sequence[Source], settings: Settings) -> Combined:
    """One row per key of table ``name`` from the rows of several sources, each of which has a key once.

    ``rows`` stand in the order of their sources and have typed columns and provenance. Where two of them state
    one thing differently there is a finding at the cell that does not count, which names the other cell:
    ``PRECEDENCE_APPLIED`` where the settings decide, else ``VALUE_CONFLICT``. Amounts are never mixed over
    currencies: where sources name several and no precedence decides, the amounts are undefined.
    ``origins`` says of each cell that came from another row where it stands in the files.
    """
    rows = rows.reset_index(drop=True)
    key = comparable(rows, name)
    group = key.groupby(list(key.columns), sort=False, dropna=False).ngroup()
    twice = group.duplicated(keep=False)
    if not twice.any():
        whole = rows[list(PROVENANCE)]
        return Combined(rows, gather([]), empty_result(Origin), whole.iloc[:0].assign(**{BESIDE: ""}), whole)
    torn = _Torn(name, rows[twice], group[twice], sources, settings)
    settled = _settle_all(torn)
    first = torn.rows[~torn.group.duplicated()]
    merged = first.assign(**_values(torn, settled, first))
    whole = pd.concat([rows[~twice], merged]).sort_index().astype(rows.dtypes.to_dict())
    idle = _idle(torn, settled, first)
    return Combined(
        whole.reset_index(drop=True),
        gather(one.faults for one in settled.values()),
        _origins(torn, settled, first),
        idle,
        rows.loc[rows.index.difference(idle.index), list(PROVENANCE)],
    )


def _settle_all(torn: _Torn) -> dict[str, _Settled]:
    columns = [column for column in table(torn.name).columns.values() if not column.key]
    money = [column.name for column in columns if column.kind is Kind.MONEY]
    if not money or Status.currency not in torn.rows:
        return {column.name: _settle(torn, column) for column in columns}
    named = torn.rows[Status.currency]
    priced = named.where(torn.rows[money].notna().any(axis=1))
    currency = _settle(torn, table(torn.name).columns[Status.currency], usable=priced.notna())
    standing = torn.group.map(named.reindex(currency.leader).set_axis(currency.leader.index))
    foreign = named.notna() & standing.notna() & (named != standing)
    contested = _contested(torn, priced)
    over = torn.group.map(currency.leader)
    beside = _standing_in_words(torn, Status.currency, over, standing)
    settled = {}
    for column in columns:
        if column.name == Status.currency:
            spoken = priced.notna() | torn.group.map(currency.leader).isna()
            one = _settle(torn, column, usable=named.notna() & spoken, told=False)
            settled[column.name] = replace(one, undefined=one.undefined | contested)
        elif column.kind is Kind.MONEY:
            one = _settle(torn, column, usable=torn.rows[column.name].notna() & ~foreign)
            told = _currency_faults(torn, column.name, beside, foreign, one.leader)
            settled[column.name] = _Settled(
                one.leader, one.undefined | contested, one.differs | foreign, gather([one.faults, told])
            )
        else:
            settled[column.name] = _settle(torn, column)
    return settled


def _contested(torn: _Torn, priced: pd.Series) -> pd.Series:
    """For each group whether amounts are stated in several currencies and no precedence says which counts."""
    patterns = torn.settings.precedence_of(torn.name, Status.currency)
    rank = torn.rows[SOURCE].map({s.key: _rank(s, patterns) for s in torn.sources}).fillna(len(patterns))
    rank = rank.where(priced.notna())
    best = priced.where(rank == rank.groupby(torn.group).transform("min"))
    return best.groupby(torn.group).nunique() > 1


def _settle(torn: _Torn, column: Column, *, usable: pd.Series | None = None, told: bool = True) -> _Settled:
    """Which row counts for a column in each group, and what is to be said about the others."""
    values = torn.rows[column.name]
    usable = values.notna() if usable is None else usable
    patterns = torn.settings.precedence_of(torn.name, column.name)
    rank = torn.rows[SOURCE].map({s.key: _rank(s, patterns) for s in torn.sources}).fillna(len(patterns))
    best = rank[usable].sort_values(kind="stable")
    leader = best.index.to_series().groupby(torn.group.loc[best.index]).first()
    over = torn.group.map(leader)
    standing = values.reindex(over).set_axis(values.index)
    differs = usable & over.notna() & unlike(values, standing, column.kind)
    outranked = differs & (rank > rank.reindex(over).set_axis(rank.index))
    undecided = differs & ~outranked
    undefined = (undecided if column.kind not in WORDS else undecided & False).groupby(torn.group).any()
    if column.derived or not told or not differs.any():
        return _Settled(leader, undefined, differs & (not column.derived), gather([]))
    beside = _standing_in_words(torn, column.name, over, standing)
    parts = [
        faults(
            code,
            torn.rows[hit],
            table_name=torn.name,
            column=column.name,
            value=as_text(values[hit]),
            detail=beside[hit] + _magnitude(values[hit], standing[hit], column.kind),
        )
        for code, hit in (("PRECEDENCE_APPLIED", outranked), ("VALUE_CONFLICT", undecided))
        if hit.any()
    ]
    return _Settled(leader, undefined, differs, gather(parts))


def _rank(source: Source, patterns: Sequence[str]) -> int:
    """The place of a source among the patterns: by the name of its file or of its profile."""
    name = PurePath(PureWindowsPath(source.path).name).name.casefold()
    fits = (at for at, p in enumerate(patterns) if fnmatch(name, p.casefold()) or p == source.profile)
    return next(fits, len(patterns))


def _standing_in_words(torn: _Torn, column: str, over: pd.Series, standing: pd.Series) -> pd.Series:
    """What counts, or might: the value and the place in which it stands, for people."""
    at = torn.rows.reindex(over)
    cells = at[[SOURCE, SOURCE_ROW]].assign(**{Finding.table: torn.name, Finding.column: column})
    where = places(cells.set_axis(over.index), torn.sources)
    return (as_text(standing) + " in " + where).where(over.notna(), "")


def _magnitude(values: pd.Series, standing: pd.Series, kind: Kind) -> pd.Series:
    """A word of warning where one amount is a thousand or a million times the other (rule X2)."""
    told = pd.Series("", index=values.index, dtype="str")
    if kind is not Kind.MONEY:
        return told
    pair = pd.DataFrame({"a": values.abs(), "b": standing.abs()})
    ratio = pair.max(axis=1) / pair.min(axis=1).where(pair.min(axis=1) > 0)
    for factor, words in ((1e3, "thousands"), (1e6, "millions")):
        near = (ratio / factor - 1).abs() <= ROUNDING
        told = told.mask(near, f"; {factor:,.0f} times apart: one of them may be in {words}")
    return told


def _currency_faults(
    torn: _Torn, column: str, beside: pd.Series, foreign: pd.Series, leader: pd.Series
) -> pd.DataFrame:
    """Amounts that are left out since their row names another currency, and those that name none.

    ``beside`` says which currency stands where.
    """
    amounts = torn.rows[column]
    other = foreign & amounts.notna()
    counts = torn.rows.index.isin(leader)
    silent = counts & amounts.notna() & torn.rows[Status.currency].isna() & (beside != "")
    parts = [
        faults(
            code, torn.rows[hit], table_name=torn.name, column=column, value=value[hit], detail=beside[hit]
        )
        for code, hit, value in (
            ("CURRENCY_CONFLICT", other, torn.rows[Status.currency]),
            ("CURRENCY_ASSUMED", silent, as_text(amounts)),
        )
        if hit.any()
    ]
    return gather(parts)


def _values(torn: _Torn, settled: dict[str, _Settled], first: pd.DataFrame) -> dict[str, pd.Series]:
    """The columns of the merged rows: what counts, and where nothing does, why."""
    group = torn.group.loc[first.index]
    values: dict[str, pd.Series] = {}
    for name, one in settled.items():
        stated = torn.rows[name].reindex(group.map(one.leader)).set_axis(first.index)
        none = group.map(one.undefined).fillna(False).astype("bool")
        values[name] = stated.mask(none)
        if reason_of(name) in torn.rows:
            why = torn.rows[reason_of(name)].groupby(torn.group).first()
            values[reason_of(name)] = group.map(why).mask(stated.notna()).mask(none, "conflict")
    return values


def _origins(torn: _Torn, settled: dict[str, _Settled], first: pd.DataFrame) -> pd.DataFrame:
    """The cells of merged rows that came from another row than the first."""
    group = torn.group.loc[first.index]
    parts = []
    for name, one in settled.items():
        at = group.map(one.leader.where(~one.undefined.reindex(one.leader.index).fillna(False)))
        moved = at[at.notna() & (at != at.index)]
        here, there = torn.rows.loc[moved.index], torn.rows.loc[moved.astype("int64")]
        parts.append(
            pd.DataFrame(
                {
                    Origin.table: torn.name,
                    Origin.column: name,
                    Origin.source: here[SOURCE].to_numpy(),
                    Origin.source_row: here[SOURCE_ROW].to_numpy(),
                    Origin.from_source: there[SOURCE].to_numpy(),
                    Origin.from_row: there[SOURCE_ROW].to_numpy(),
                }
            )
        )
    shape = empty_result(Origin).dtypes.to_dict()
    return pd.concat([part.astype(shape) for part in parts], ignore_index=True)


def _idle(torn: _Torn, settled: dict[str, _Settled], first: pd.DataFrame) -> pd.DataFrame:
    """The rows that say again what others say: nothing of theirs counts, and nothing differs."""
    speaks = torn.rows.index.isin(first.index)
    for one in settled.values():
        speaks |= torn.rows.index.isin(one.leader) | one.differs.to_numpy()
    beside = torn.group.map(first[SOURCE].set_axis(torn.group.loc[first.index]))
    return torn.rows[list(PROVENANCE)].assign(**{BESIDE: beside})[~speaks]
