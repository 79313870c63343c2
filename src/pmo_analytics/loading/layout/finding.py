"""Layout: where in a sheet the table begins, what its rows are, and which rows are no data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.layout.detecting import KNOWN_HEADINGS, Reading, near_readings, read_headings
from pmo_analytics.loading.layout.headings import Matching
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.profiles import Profile

#: How far down a header row is looked for.
HEADER_ROWS = 40

_TOTAL = re.compile(r"^\s*(grand|sub|overall|portfolio)?[\s-]*totals?\b", re.IGNORECASE)
_NOTE = re.compile(r"^\s*([*†‡]|notes?\b|source\b|footnote\b)", re.IGNORECASE)
#: A single cell with this many words or more is a sentence, not an identifier.
_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """A table found in a sheet: profile, header row (counted from 1), headings and what they mean.

    ``near`` are other readings of the same headings that come near this one.
    """

    profile: Profile
    matching: Matching
    header_row: int
    headings: tuple[str, ...]
    near: tuple[Reading, ...] = ()


def find_layout(sheet: RawSheet, profiles: Sequence[Profile]) -> Layout | None:
    """The table of a sheet: the row whose headings are best understood by one of the profiles.

    ``None`` where no row among the first has the key of a table and at least two known headings. At equal
    scores the earlier profile and the earlier row win.
    """
    best: Layout | None = None
    rank: tuple[bool, int] = (False, 0)
    for at in range(min(sheet.n_rows, HEADER_ROWS)):
        headings = tuple(_text(column[at]) for column in sheet.columns)
        readings = read_headings(headings, profiles)
        if readings and readings[0].rank > rank:
            first, rank = readings[0], readings[0].rank
            best = Layout(first.profile, first.matching, at + 1, headings, near_readings(readings))
    return best


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows below a header: raw cells and kinds (index: row in the sheet), and what is no data.

    ``fills`` and ``formats`` are those of the sheet for these cells, by index label and column position.
    """

    raw: pd.DataFrame
    kinds: pd.DataFrame
    set_aside: pd.Series
    n_read: int
    n_empty: int
    fills: Mapping[tuple[int, int], str]
    formats: Mapping[tuple[int, int], str]


def rows_below(sheet: RawSheet, layout: Layout) -> Rows:
    """The rows below the header of a layout, without empty ones.

    ``set_aside`` gives the code of the finding for rows that are totals, repeated headers or footnotes, and
    null for data rows.
    """
    start = layout.header_row
    index = pd.RangeIndex(start + 1, sheet.n_rows + 1)
    raw = pd.DataFrame(
        {at: pd.Series(column[start:], index=index, dtype=object) for at, column in enumerate(sheet.columns)},
        index=index,
    )
    kinds = pd.DataFrame(
        {at: np.array(list(marks[start:]), dtype=object) for at, marks in enumerate(sheet.kinds)}, index=index
    )
    texts = _stripped(raw)
    filled = (texts != "") | kinds.isin(["e", "f"])
    kept = filled.any(axis=1)
    set_aside = _set_aside(texts[kept], filled[kept], layout)
    return Rows(
        raw[kept],
        kinds[kept],
        set_aside,
        n_read=len(index),
        n_empty=int((~kept).sum()),
        fills=_below(sheet.fills, start),
        formats=_below(sheet.formats, start),
    )


def _below(facts: Mapping[tuple[int, int], str], start: int) -> Mapping[tuple[int, int], str]:
    return {(row + 1, column): fact for (row, column), fact in facts.items() if row >= start}


def _stripped(raw: pd.DataFrame) -> pd.DataFrame:
    text = raw.astype("str").where(raw.notna(), "")
    return pd.DataFrame({at: text[at].astype("str").str.strip() for at in text}, index=raw.index)


def _set_aside(texts: pd.DataFrame, filled: pd.DataFrame, layout: Layout) -> pd.Series:
    identifier = layout.matching.fields.get(
        (layout.matching.row_kind.tables[0], table(layout.matching.row_kind.tables[0]).key[0])
    )
    known = sorted(set(layout.matching.fields.values()))
    same = pd.DataFrame({at: texts[at].str.casefold() == layout.headings[at].casefold() for at in known})
    repeated = same.sum(axis=1) >= max(KNOWN_HEADINGS, len(known) // 2)
    total = texts.apply(lambda column: column.str.match(_TOTAL)).any(axis=1)
    key = texts[identifier] if identifier is not None else pd.Series("", index=texts.index, dtype="str")
    total &= (key == "") | key.str.match(_TOTAL)
    alone = (filled.sum(axis=1) == 1) & (len(known) > KNOWN_HEADINGS)
    only = texts.where(filled, "").apply(lambda column: column).sum(axis=1) if len(texts) else key
    only = only.astype("str")
    note = alone & (only.str.match(_NOTE) | (only.str.count(r"\s+") >= _SENTENCE - 1))
    codes = pd.Series(pd.NA, index=texts.index, dtype="str")
    return codes.mask(note, "FOOTNOTE_ROW").mask(total, "SUBTOTAL_ROW").mask(repeated, "REPEATED_HEADER")
