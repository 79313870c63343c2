"""Rows: the cells of the rows of a table, and which rows are no data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.layout.blocks import filled_cells
from pmo_analytics.loading.layout.headings import normalise_heading
from pmo_analytics.loading.layout.ragged import ragged_rows
from pmo_analytics.loading.layout.set_aside import set_aside_codes
from pmo_analytics.loading.layout.shifting import shifted_rows
from pmo_analytics.loading.layout.totals import amount_columns, disagreeing, label_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.layouts import Layout, Month


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows below a header: raw cells and kinds (index: row in the sheet), and what is no data.

    Columns are positions in the sheet, of those alone that have a heading or a cell. ``fills`` and ``formats``
    are those of the sheet for these cells, by index label and column position. ``carried`` are the places of cells
    that got the value of the merged range that they belong to. ``shifts`` says of shifted rows by how many columns,
    ``short`` of rows that end early how many fields they lack. ``totals`` are the figures of totals that disagree
    with the rows that they sum up, ``once`` the places of empty cells whose merged range holds an amount
    of another row.
    """

    raw: pd.DataFrame
    kinds: pd.DataFrame
    set_aside: pd.Series
    n_read: int
    n_empty: int
    fills: Mapping[tuple[int, int], str]
    formats: Mapping[tuple[int, int], str]
    carried: tuple[tuple[int, int], ...] = ()
    shifts: pd.Series = field(default_factory=lambda: pd.Series(dtype="Int64"))
    short: pd.Series = field(default_factory=lambda: pd.Series(dtype="int64"))
    totals: pd.DataFrame = field(default_factory=pd.DataFrame)
    once: tuple[tuple[int, int], ...] = ()


def rows_below(sheet: RawSheet, layout: Layout, *, without_hidden: bool = False) -> Rows:
    """The rows below the header of a layout, without empty ones.

    ``set_aside`` gives the code of the finding for rows that are totals, repeated headers or footnotes, and
    null for data rows. ``without_hidden`` sets hidden rows aside too.
    """
    start = layout.header_row
    stop = sheet.n_rows if layout.last_row is None else layout.last_row
    filled = filled_cells(sheet, layout.positions)[start:stop]
    kept = np.flatnonzero(filled.any(axis=1)) + start
    raw, kinds = _cells(sheet, kept, _positions(layout, filled))
    carried, once = _carry_merged(sheet, raw, kinds, layout)
    texts = _stripped(raw)
    filled_texts = (texts != "") | kinds.isin(["e", "f"])
    some_text = filled_texts.any(axis=1)
    if not some_text.all():
        raw, kinds, texts, filled_texts = (one[some_text] for one in (raw, kinds, texts, filled_texts))
    codes = set_aside_codes(texts, kinds, filled_texts, layout)
    totals = disagreeing(texts, kinds, codes == "SUBTOTAL_ROW", layout)
    shifts = shifted_rows(raw, kinds, layout)
    codes = codes.mask(shifts.notna() & codes.isna(), "SHIFTED_ROW")
    ragged, missing = ragged_rows(sheet, raw, kinds, layout)
    codes = codes.mask(ragged & codes.isna(), "RAGGED_ROW")
    if without_hidden:
        hidden = pd.Series(raw.index.isin([row + 1 for row in sheet.hidden_rows]), index=raw.index)
        codes = codes.mask(hidden & codes.isna(), "HIDDEN_ROW")
    if layout.month is not None:
        codes, said = _of_month(codes, filled_texts, layout.month, texts)
        raw, kinds, codes = raw[said], kinds[said], codes[said]
    return Rows(
        raw,
        kinds,
        codes,
        n_read=stop - start,
        n_empty=stop - start - len(raw),
        fills=_facts(sheet.fills, layout, stop),
        formats=_facts(sheet.formats, layout, stop),
        carried=carried,
        shifts=shifts.dropna(),
        short=missing[(missing > 0) & codes.isna()],
        totals=totals,
        once=once,
    )


def _positions(layout: Layout, filled: NDArray[np.bool_]) -> list[int]:
    """The columns with a heading or a cell, without those of other months."""
    return [
        at
        for at, some in zip(layout.positions, filled.sum(axis=0) > 0, strict=True)
        if (some or layout.headings[at]) and not _of_other_month(layout, at)
    ]


def _of_other_month(layout: Layout, position: int) -> bool:
    month = layout.month
    return month is not None and not month.first and position in set(month.every) - set(month.positions)


def _of_month(
    codes: pd.Series, filled: pd.DataFrame, month: Month, texts: pd.DataFrame
) -> tuple[pd.Series, pd.Series]:
    """The rows that say something about a month; what is no data, or of no month or measure, is told with the first."""
    said = filled[list(month.positions)].any(axis=1)
    unknown = pd.Series(False, index=codes.index)
    if month.rows is not None:
        names = texts[month.rows.at].map(normalise_heading)
        said &= names == month.rows.text
        unknown = ~names.isin(month.rows.known)
    if not month.tells:
        return codes, said & codes.isna()
    silent = ~filled[list(month.every)].any(axis=1)
    codes = codes.mask(silent & codes.isna(), "NO_MONTH").mask(unknown & codes.isna(), "UNKNOWN_MEASURE")
    return codes, said | codes.notna()


def _cells(
    sheet: RawSheet, kept: NDArray[np.intp], positions: Sequence[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    index = pd.Index(kept + 1, dtype="int64")
    whole = len(kept) > 0 and len(kept) == kept[-1] - kept[0] + 1
    values: dict[int, pd.Series] = {}
    marks: dict[int, pd.Series] = {}
    letters = np.array([chr(code) for code in range(128)], dtype=object)
    for at in positions:
        column = sheet.columns[at]
        cells = column[kept[0] : kept[-1] + 1] if whole else [column[row] for row in kept.tolist()]
        values[at] = pd.Series(cells, index=index, dtype=object)
        codes = np.frombuffer(sheet.kinds[at].encode("ascii"), dtype=np.uint8)
        marks[at] = pd.Series(letters[codes[kept]], index=index, dtype=object)
    return pd.DataFrame(values, index=index), pd.DataFrame(marks, index=index)


def _carry_merged(
    sheet: RawSheet, raw: pd.DataFrame, kinds: pd.DataFrame, layout: Layout
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Write the value of a merged range into its cells below, in rows that hold something else.

    Amounts go only into rows of the same project or item: in each of several they would count again. These places
    are those given second.
    """
    carried: list[tuple[int, int]] = []
    once: list[tuple[int, int]] = []
    amounts = set(amount_columns(raw, layout))
    ranges = [
        one for one in sheet.merged if one[0] + 1 in raw.index and one[1] in raw.columns and one[0] < one[2]
    ]
    for top, left, bottom, _ in sorted(ranges, key=lambda one: one[1] in amounts):
        below = pd.Series((raw.index > top + 1) & (raw.index <= bottom + 1), index=raw.index)
        empty = below & raw[left].isna()
        if left in amounts and pd.notna(raw[left][top + 1]):
            labels = label_columns(raw, layout)[:1]
            same = (raw[labels] == raw.loc[top + 1, labels]).all(axis=1)
            once += [(int(row), left) for row in raw.index[empty & ~same]]
            empty &= same
        raw[left] = raw[left].mask(empty, raw[left][top + 1])
        kinds[left] = kinds[left].mask(empty, kinds[left][top + 1])
        carried += [(int(row), left) for row in raw.index[empty]]
    return tuple(carried), tuple(once)


def _facts(facts: Mapping[tuple[int, int], str], layout: Layout, stop: int) -> Mapping[tuple[int, int], str]:
    return {
        (row + 1, column): fact
        for (row, column), fact in facts.items()
        if layout.header_row <= row < stop and column in layout.positions
    }


def _stripped(raw: pd.DataFrame) -> pd.DataFrame:
    text = raw.astype("str").where(raw.notna(), "")
    return pd.DataFrame({at: text[at].astype("str").str.strip() for at in text}, index=raw.index)
