"""Extracting: from a table found in a sheet to typed frames, faults and raw cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.loading.cells.currencies import CODES, may_mean
from pmo_analytics.loading.cells.durations import plain_days
from pmo_analytics.loading.cells.looks import looks_of
from pmo_analytics.loading.cells.parsing import parse_cells
from pmo_analytics.loading.item_ids import with_item_ids
from pmo_analytics.loading.ranges import gather_ranges, ranges_of
from pmo_analytics.loading.sources import amount_faults, heading_at
from pmo_analytics.loading.units import unit_of
from pmo_analytics.quality.findings import DETAIL, faults, gather
from pmo_analytics.schemas.columns import DTYPES, Kind, reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.results import Finding, RawCell, empty_result
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.loading.cells.parsing import Dialect, Parsed, Unit
    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.loading.layout.rows import Rows
    from pmo_analytics.schemas.settings import Settings
    from pmo_analytics.schemas.source import Source
    from pmo_analytics.schemas.tables import Column

_POSITION = "position"


@dataclass(frozen=True, slots=True)
class Extract:
    """What one table of a sheet gave: typed frames, faults, sparse raw cells, and the count of its rows.

    ``ranges`` are the cells that state several values. ``period`` is the month that the sheet as a whole is for,
    if anything names one.
    """

    source: Source
    tables: Mapping[str, pd.DataFrame]
    faults: pd.DataFrame
    cells: pd.DataFrame
    rows: Rows
    layout: Layout
    period: pd.Timestamp | None
    ranges: pd.DataFrame


def extract(
    rows: Rows,
    layout: Layout,
    source: Source,
    period: pd.Timestamp | None,
    settings: Settings,
    *,
    date_1904: bool = False,
) -> Extract:
    """The typed frames of the tables that a sheet feeds, with every fault of their cells.

    Rows that are no data (totals, repeated headers, footnotes) become faults and raw cells only. ``period``
    fills tables whose sheet has no period column, ``date_1904`` is said by the workbook.
    """
    dialect = replace(layout.dialect, date_1904=date_1904)
    ranges: list[pd.DataFrame] = []
    data = rows.set_aside.isna()
    frames: dict[str, pd.DataFrame] = {}
    found = [_set_aside_faults(rows, layout, source), amount_faults(rows, layout, source)]
    found.append(_carried_faults(rows, layout, source))
    differing = pd.DataFrame(False, index=rows.raw.index, columns=rows.raw.columns)
    for name in source.tables:
        reading = _read_table(rows, layout, source, name, dialect)
        _settle_currency(reading, name, layout.profile.currency or settings.currency)
        ranges += reading.ranges
        frame = _completed(reading.frame, name, layout, source, period)
        frames[name] = frame
        told = ((column, part) for column, part in reading.faults.items() if len(part))
        found += [_cell_faults(part, frame, name, column) for column, part in told]
        for position, mask in reading.differing.items():
            differing.loc[mask.index, position] |= mask
    given = rows.raw[data].notna().any()
    unnamed = [at for at in layout.positions if not layout.headings[at] and given.get(at, False)]
    found += [_unnamed_faults(rows.raw.loc[data, [at]], heading_at(layout, at), source) for at in unnamed]
    for position in (*layout.matching.extras, *layout.matching.doubled, *unnamed):
        differing[position] = True
    differing.loc[~data] = True
    cells = raw_cells(rows, layout, source, differing)
    return Extract(source, frames, _once(gather(found)), cells, rows, layout, period, gather_ranges(ranges))


def _completed(
    frame: pd.DataFrame, name: str, layout: Layout, source: Source, period: pd.Timestamp | None
) -> pd.DataFrame:
    """The frame with every column of its table, and what the sheet as a whole says of its rows."""
    entity = table(name).entity
    if entity and source.project is not None and (name, entity) not in layout.matching.fields:
        frame[entity] = source.project
    if period is not None and table(name).has_period and (name, Status.period) not in layout.matching.fields:
        frame[Status.period] = period
    frame = with_item_ids(frame, name)
    frame = frame.reindex(columns=list(table(name).dtypes())).astype(table(name).dtypes())
    if name == "status":
        frame[Status.rag_scale] = layout.profile.scale_of(frame[Status.period])
    return frame


@dataclass(slots=True)
class _Reading:
    frame: pd.DataFrame
    faults: dict[str, pd.DataFrame]
    differing: dict[int, pd.Series]
    ranges: list[pd.DataFrame]
    currencies: dict[str, tuple[pd.Series, str | None]]


def _read_table(rows: Rows, layout: Layout, source: Source, name: str, dialect: Dialect) -> _Reading:
    data = rows.set_aside.isna()
    raw, kinds = rows.raw[data], rows.kinds[data]
    at = layout.matching.columns_of(name)
    coloured = {at for one in source.tables for at in _coloured(layout, one)}
    looks = looks_of(rows.fills, rows.formats, raw.index, positions=at.values(), coloured=coloured)
    frame = pd.DataFrame({SOURCE: source.key, SOURCE_ROW: raw.index.to_series()}, index=raw.index)
    reading = _Reading(frame, {}, {}, [], {})
    for column_name, position in at.items():
        column = table(name).columns[column_name]
        unit = unit_of(column, layout, position)
        cells = plain_days(raw[position]) if column.unit == "days" else raw[position]
        parsed = parse_cells(cells, kinds[position], column, dialect, unit, looks=looks[position])
        frame[column_name] = parsed.values
        if column.reasoned:
            frame[reason_of(column_name)] = parsed.reasons
        if column.kind is Kind.MONEY:
            nothing = pd.Series(index=raw.index, dtype="str")
            named = nothing if parsed.currencies is None else parsed.currencies
            reading.currencies[column_name] = (named, unit.currency)
        if parsed.ends is not None and len(parsed.ends):
            reading.ranges.append(ranges_of(parsed.ends, frame, name, column_name))
        reading.faults[column_name] = parsed.faults
        reading.differing[position] = _differs(raw[position], kinds[position], parsed, column, unit)
    if Project.project_name in frame and Project.project_id not in frame and name == "projects":
        frame[Project.project_id] = frame[Project.project_name]
    return reading


def _coloured(layout: Layout, name: str) -> list[int]:
    """The positions of the columns of a table that hold colours."""
    columns = table(name).columns
    return [at for one, at in layout.matching.columns_of(name).items() if columns[one].kind is Kind.COLOUR]


def _settle_currency(reading: _Reading, name: str, default: str | None) -> None:
    """Give each row its currency, and empty amounts that name another one than the row or their heading.

    A cell names a currency by a sign in its text, or by its number format. A sign that several currencies share
    ($, kr) names none of them, and rules out every other.
    """
    if Status.currency not in table(name).columns:
        return
    frame = reading.frame
    row = frame.get(Status.currency, pd.Series(pd.NA, index=frame.index, dtype="str"))
    for named, headed in reading.currencies.values():
        row = row.fillna(named.where(named.isin(CODES)))
        row = row.fillna(headed) if headed in CODES else row
    row = row.fillna(default) if default else row
    frame[Status.currency] = row.str.upper()
    for column, (named, headed) in reading.currencies.items():
        stated = named.fillna(headed) if headed else named
        expected = frame[Status.currency].mask(_agree(stated, frame[Status.currency]), headed)
        other = stated.notna() & expected.notna() & ~_agree(stated, expected) & frame[column].notna()
        if other.any():
            conflict = pd.DataFrame(
                {
                    _POSITION: frame.index[other],
                    Finding.code: "CURRENCY_CONFLICT",
                    Finding.value: stated[other],
                    DETAIL: expected[other],
                }
            )
            reading.faults[column] = pd.concat([reading.faults[column], conflict], ignore_index=True)
            frame[column] = frame[column].mask(other)
            frame[reason_of(column)] = frame[reason_of(column)].mask(other, "unreadable")


def _agree(stated: pd.Series, expected: pd.Series) -> pd.Series:
    """Where two names of currencies can mean the same: a code and itself, or a sign that it shares with others."""
    alike = [
        isinstance(one, str) and isinstance(other, str) and bool(may_mean(one) & may_mean(other))
        for one, other in zip(stated, expected, strict=True)
    ]
    return pd.Series(alike, index=stated.index, dtype=bool)


def _differs(raw: pd.Series, kinds: pd.Series, parsed: Parsed, column: Column, unit: Unit) -> pd.Series:
    """Where what stands in the cell is not what was made of it."""
    present = raw.notna() | kinds.isin(["e", "f"])
    if DTYPES[column.kind] == "str":
        return present & (raw.astype("str") != parsed.values)
    counted = kinds.eq("n") & (column.kind in (Kind.DATE, Kind.PERIOD))
    retyped = kinds.eq("t") | counted | (column.kind is Kind.MONEY and unit.scale != 1)
    return present & (retyped | parsed.values.isna())


def _cell_faults(part: pd.DataFrame, frame: pd.DataFrame, name: str, column: str) -> pd.DataFrame:
    told = []
    for code, group in part.groupby(Finding.code):
        rows = frame.loc[group[_POSITION]]
        told.append(
            faults(
                str(code),
                rows,
                table_name=name,
                column=column,
                value=group[Finding.value].set_axis(rows.index),
                detail=group[DETAIL].set_axis(rows.index),
            )
        )
    return gather(told)


def _set_aside_faults(rows: Rows, layout: Layout, source: Source) -> pd.DataFrame:
    told = []
    aside = rows.set_aside.dropna()
    for code, group in aside.groupby(aside):
        frame = pd.DataFrame({SOURCE: source.key, SOURCE_ROW: group.index.to_series()}, index=group.index)
        shift = rows.shifts.reindex(group.index)
        side = (shift > 0).map({True: "to the right", False: "to the left"})
        words = shift.abs().astype("str") + " columns " + side
        detail = words if code == "SHIFTED_ROW" else ""
        told.append(faults(str(code), frame, table_name=layout.matching.row_kind.tables[0], detail=detail))
    return gather(told)


def _carried_faults(rows: Rows, layout: Layout, source: Source) -> pd.DataFrame:
    """One fault for each column in which merged cells were read as standing in each of their rows."""
    told = []
    for position in dict.fromkeys(at for _, at in rows.carried):
        first = min(row for row, at in rows.carried if at == position)
        many = sum(at == position for _, at in rows.carried)
        row = pd.DataFrame({SOURCE: [source.key], SOURCE_ROW: [first]})
        column = heading_at(layout, position)
        told.append(faults("MERGED_CELLS", row, table_name="", column=column, value=f"{many:,}"))
    return gather(told)


def _unnamed_faults(values: pd.DataFrame, heading: str, source: Source) -> pd.DataFrame:
    first = values.dropna().index[:1]
    row = pd.DataFrame({SOURCE: source.key, SOURCE_ROW: first.to_series()}, index=first)
    return faults("BLANK_HEADING", row, table_name="", column=heading)


def _once(found: pd.DataFrame) -> pd.DataFrame:
    """One fault per cell, also where a shared heading feeds two tables."""
    return found.drop_duplicates([Finding.code, Finding.column, SOURCE, SOURCE_ROW], ignore_index=True)


def cells_with_rows(extracted: Extract, whole_rows: pd.Series) -> pd.DataFrame:
    """The raw cells of an extract, with every cell of the rows named: those that are kept out of the tables."""
    raw = extracted.rows.raw
    wanted = pd.DataFrame(False, index=raw.index, columns=raw.columns)
    wanted.loc[raw.index.isin(whole_rows)] = True
    if not wanted.any(axis=None):
        return extracted.cells
    rest = extracted.cells[~extracted.cells[RawCell.source_row].isin(whole_rows)]
    whole = raw_cells(extracted.rows, extracted.layout, extracted.source, wanted)
    return pd.concat([rest, whole], ignore_index=True)


def raw_cells(rows: Rows, layout: Layout, source: Source, wanted: pd.DataFrame) -> pd.DataFrame:
    """The cells marked, as text: one row per cell with a value."""
    headings = {at: heading_at(layout, at) for at in range(len(layout.headings))}
    long: Any = rows.raw.where(wanted).stack()
    long = long.rename(RawCell.raw)
    long.index.names = [RawCell.source_row, _POSITION]
    cells: pd.DataFrame = long.dropna().reset_index()
    if cells.empty:
        return empty_result(RawCell)
    marks = rows.kinds.stack()
    at = pd.MultiIndex.from_frame(cells[[RawCell.source_row, _POSITION]])
    cells[RawCell.kind] = marks.reindex(at).to_numpy()
    cells[RawCell.source] = source.key
    cells[RawCell.heading] = cells[_POSITION].map(headings)
    shape = empty_result(RawCell)
    return cells[list(shape.columns)].astype(shape.dtypes.to_dict())
