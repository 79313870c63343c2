"""Ragged rows: records of delimited text with more or fewer fields than the header."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.parsing import POSITION, parse_cells
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.layouts import Layout

#: So many records of one width, and this share of all, set the width of a table whose header is narrower.
ENOUGH_ROWS = 2
MOST_OF_THEM = 0.5

#: Findings of cells that hold something else than their heading says.
_MISFIT = ("UNREADABLE", "UNKNOWN")


def ragged_rows(
    sheet: RawSheet, raw: pd.DataFrame, kinds: pd.DataFrame, layout: Layout
) -> tuple[pd.Series, pd.Series]:
    """Which rows cannot be trusted for the number of their fields, and how many fields are missing in the others.

    A row with cells beyond the width of the table has a delimiter too many, and nobody knows where. A row that
    ends early may have left out blanks, as some programs do; it is not trusted where a cell does not fit its
    heading or a quotation mark broke the rules.
    """
    nobody = pd.Series(False, index=raw.index, dtype=bool)
    missing = pd.Series(0, index=raw.index, dtype="int64")
    if (
        not sheet.widths
        or raw.empty
        or layout.first_column > 0
        or layout.last_column not in (None, len(sheet.columns))
    ):
        return nobody, missing
    own = pd.Series([sheet.widths[row - 1] for row in raw.index], index=raw.index, dtype="int64")
    width = _width(own, sheet.widths[layout.header_row - 1])
    beyond = [at for at in layout.positions if at in raw and at >= width]
    too_long = raw[beyond].notna().any(axis=1)
    missing = (width - own).clip(lower=0)
    short = missing > 0
    odd = pd.Series(raw.index.isin([row + 1 for row in sheet.odd_rows]), index=raw.index, dtype=bool)
    misfit = nobody.copy()
    if short.any():
        misfit |= _misfits(raw[short], kinds[short], layout).reindex(raw.index, fill_value=False)
    out = too_long | (short & (odd | misfit))
    return out, missing.mask(out, 0)


def _width(own: pd.Series, header: int) -> int:
    """The fields of a whole row: those of the header, or more where most rows have more."""
    commonest, times = Counter(own.tolist()).most_common(1)[0]
    agreed = times >= ENOUGH_ROWS and times >= MOST_OF_THEM * len(own)
    return max(header, commonest) if agreed else header


def _misfits(raw: pd.DataFrame, kinds: pd.DataFrame, layout: Layout) -> pd.Series:
    """Which rows have a cell that cannot be what its heading says."""
    found = pd.Series(False, index=raw.index, dtype=bool)
    for (name, column), at in layout.matching.fields.items():
        if at in raw:
            told = parse_cells(raw[at], kinds[at], table(name).columns[column], layout.dialect).faults
            codes = told[Finding.code].str.startswith(_MISFIT)
            found.loc[told.loc[codes, POSITION]] = True
    return found
