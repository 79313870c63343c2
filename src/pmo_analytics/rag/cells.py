"""Cells: the addresses and contents behind a metric of a project."""

from __future__ import annotations

from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.catalogue import SPINE_TABLES
from pmo_analytics.metrics.lineage import inputs
from pmo_analytics.quality.findings import as_text
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.results import Origin, RawCell
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio

#: How many cells are written out; the others are counted.
SHOWN = 6

_FIELD, _VALUE = "field", "value"
_EMPTY = "empty"


def cells_of(portfolio: Portfolio, metric: str, project_id: str) -> str:
    """The cells that a metric of a project came from, with their contents; empty where nothing is known.

    ``"status-2026-06.xlsx [Status] F12 = 4.2; …"``: the first six, then how many more. The content is the raw
    text of the cell where that is kept, else the value as understood, else why it is empty.
    """
    parts: list[pd.DataFrame] = []
    settled: set[str] = set()
    for name, column in inputs(metric):
        if not table(name).entity:
            continue  # a rule of the organisation belongs to no project
        if name in SPINE_TABLES and column in settled:
            continue  # the other table of the spine gave the value, so this one does not count
        rows = _rows(portfolio, name, column, project_id)
        settled |= {column} if (rows[_VALUE] != _EMPTY).any() else set()
        parts.append(rows)
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({_FIELD: []})
    shown = found.head(SHOWN)
    texts = [_text(portfolio, *cell) for cell in shown.itertuples(index=False, name=None)]
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "; ".join([*texts, *more])


def _rows(portfolio: Portfolio, name: str, column: str, project_id: str) -> pd.DataFrame:
    """The rows of one input, those of the project now; an empty value only where its cell is known."""
    known, frame = table(name), portfolio.tables[name]
    keep = frame[known.entity] == project_id
    if known.has_period:
        keep &= frame[Milestone.period] == _current(portfolio, name)
    rows = frame[keep]
    rows = _where_from(portfolio.origins, name, column, rows)
    value = as_text(rows[column])
    if reason_of(column) in rows:
        empty = rows[reason_of(column)].fillna("")
        value = value.where(value != "", empty)
    found = pd.DataFrame(
        {
            _FIELD: f"{name}.{column}",
            SOURCE: rows[SOURCE].fillna(""),
            SOURCE_ROW: rows[SOURCE_ROW],
            _VALUE: pd.Series(value, index=rows.index).where(value != "", _EMPTY),
        }
    )
    addresses = {f"{source.key}|{field}" for source in portfolio.sources for field in source.addresses}
    has_cell = (found[SOURCE] + "|" + found[_FIELD]).isin(addresses)
    return found[has_cell | (found[_VALUE] != _EMPTY)]


def _where_from(origins: pd.DataFrame, name: str, column: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the provenance of one column: a cell may come from another file than its row."""
    moved = origins[(origins[Origin.table] == name) & (origins[Origin.column] == column)]
    if moved.empty:
        return rows
    here = pd.MultiIndex.from_frame(rows[[SOURCE, SOURCE_ROW]].astype({SOURCE_ROW: "float64"}))
    there = moved.set_index([Origin.source, Origin.source_row])[[Origin.from_source, Origin.from_row]]
    there = there.reindex(here).set_axis(rows.index)
    return rows.assign(
        **{
            SOURCE: there[Origin.from_source].fillna(rows[SOURCE]),
            SOURCE_ROW: there[Origin.from_row].astype("Int64").fillna(rows[SOURCE_ROW]),
        }
    )


def _current(portfolio: Portfolio, name: str) -> pd.Timestamp | None:
    """The period that figures look at: that of the portfolio, or the latest one of a register up to it."""
    if name in SPINE_TABLES:
        return portfolio.period
    periods = portfolio.tables[name][Milestone.period]
    latest: pd.Timestamp = periods[periods <= portfolio.as_of + pd.offsets.MonthEnd(0)].max()
    return latest


def _text(portfolio: Portfolio, field: str, key: str, row: int, value: str) -> str:
    if key not in {source.key for source in portfolio.sources}:
        return f"{field} = {value}"
    source = portfolio.source(key)
    name, column = field.split(".")
    where = [PurePath(PureWindowsPath(source.path).name).name]
    where += [f"[{source.sheet}]"] if source.sheet else []
    if pd.notna(row):
        where.append(source.cell(name, column, int(row)))
        value = _raw(portfolio.cells, key, int(row), source.headings.get(field, "")) or value
    return f"{' '.join(where)} = {value}"


def _raw(cells: pd.DataFrame, key: str, row: int, heading: str) -> str:
    same = (cells[RawCell.source] == key) & (cells[RawCell.source_row] == row)
    found = cells.loc[same & (cells[RawCell.heading] == heading), RawCell.raw]
    return str(found.iloc[0]) if heading and len(found) else ""
