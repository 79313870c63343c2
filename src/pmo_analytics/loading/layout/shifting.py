"""Shifted rows: cells that fit the headings only some columns further on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.parsing import parse_cells
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.schemas.tables import Column

#: Kinds whose cells cannot be mistaken for one another's.
_TYPED = frozenset({Kind.DATE, Kind.PERIOD, Kind.MONEY, Kind.FRACTION, Kind.NUMBER, Kind.FLAG, Kind.COLOUR})

#: Rows are tried at this many columns to either side. There so many typed cells must fit and this share of them,
#: of which no more than the other share fits as they stand: real cells are not all readable.
FURTHEST = 10
ENOUGH_CELLS = 2
FITS, FITS_NOT = 0.75, 0.5


def shifted_rows(raw: pd.DataFrame, kinds: pd.DataFrame, layout: Layout) -> pd.Series:
    """For each row by how many columns its cells stand to the right of their headings; null where they do not.

    Only rows are tried whose first cell is empty or that reach beyond the last heading. A row is shifted where
    its typed cells do not fit their columns as they stand, and do after one shift.
    """
    found = pd.Series(pd.NA, index=raw.index, dtype="Int64")
    columns = _typed_columns(layout)
    suspects = _suspects(raw, layout)
    if not suspects.any() or len(columns) < ENOUGH_CELLS:
        return found
    raw, kinds = raw[suspects], kinds[suspects]
    as_they_stand, _ = _fit(raw, kinds, columns, 0, layout)
    misfit = as_they_stand <= FITS_NOT
    if not misfit.any():
        return found
    raw, kinds = raw[misfit], kinds[misfit]
    for shift in (*range(1, FURTHEST + 1), *range(-1, -FURTHEST - 1, -1)):
        share, fitting = _fit(raw, kinds, columns, shift, layout)
        here = (share >= FITS) & (fitting >= ENOUGH_CELLS)
        rows = here.index[here & found.reindex(here.index).isna()]
        found[rows] = shift
    return found


def _typed_columns(layout: Layout) -> dict[int, Column]:
    fields = layout.matching.fields
    columns = {at: table(name).columns[column] for (name, column), at in fields.items()}
    return {at: column for at, column in columns.items() if column.kind in _TYPED}


def _suspects(raw: pd.DataFrame, layout: Layout) -> pd.Series:
    headed = [at for at in layout.positions if layout.headings[at]]
    beyond = [at for at in layout.positions if at > headed[-1] and at in raw]
    first = raw[headed[0]].isna()
    return first | raw[beyond].notna().any(axis=1)


def _fit(
    raw: pd.DataFrame, kinds: pd.DataFrame, columns: Mapping[int, Column], shift: int, layout: Layout
) -> tuple[pd.Series, pd.Series]:
    """The share of typed cells that can be read when taken from ``shift`` columns further on, and their number."""
    dialect = layout.dialect.with_an_order()
    there = pd.Series(0, index=raw.index)
    read = pd.Series(0, index=raw.index)
    for at, column in columns.items():
        if at + shift not in raw:
            continue
        cells, marks = raw[at + shift], kinds[at + shift]
        there += cells.notna().astype("int64")
        read += parse_cells(cells, marks, column, dialect).values.notna().astype("int64")
    return (read / there.where(there > 0)).fillna(1.0), read
