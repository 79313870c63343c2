"""Rows that are no data: totals, repeated headers, footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.layout.detecting import KNOWN_HEADINGS
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.loading.layout.layouts import Layout

#: A label that can be nothing but that of a total, and one that can also be a name: ``Total Transformation``.
_TOTAL = re.compile(
    r"^\s*(?:(?:grand|sub|overall|portfolio|programme|program)[\s-]*)?totals?"
    r"\s*(?:[:(].*|(?:for|of|in|over|excluding|including)\b.*)?$",
    re.IGNORECASE,
)
_NAMED_TOTAL = re.compile(
    r"^\s*(?:(?:grand|sub|overall)[\s-]*)?totals?\b.*$|^.*\b(?:sub[\s-]*)?totals?\s*:?\s*$", re.IGNORECASE
)
_NOTE = re.compile(r"^\s*([*†‡]|notes?\b|source\b|footnote\b)", re.IGNORECASE)
#: A single cell with this many words or more is a sentence, not an identifier.
_SENTENCE = 4
#: Sums of published figures are rounded.
_CLOSE = 0.005
#: A lone cell so many blank rows below the last one is none of the table.
_FAR = 1000


def set_aside_codes(texts: pd.DataFrame, filled: pd.DataFrame, layout: Layout) -> pd.Series:
    """For each row the code of the finding that says why it is no data; null for data."""
    known = sorted(set(layout.matching.fields.values()) & set(texts.columns))
    codes = pd.Series(pd.NA, index=texts.index, dtype="str")
    if texts.empty:
        return codes
    n_filled = filled.sum(axis=1)
    alone = n_filled == 1
    only = pd.Series("", index=texts.index, dtype="str")
    only[alone] = texts[alone].to_numpy(dtype=object)[filled[alone].to_numpy()]
    below = pd.Series(np.cumsum((n_filled > 1).to_numpy()[::-1])[::-1] == 0, index=texts.index)
    sentence = only.str.count(r"\s+") >= _SENTENCE - 1
    note = alone & (len(known) > KNOWN_HEADINGS) & (only.str.match(_NOTE) | (sentence & below))
    gap = pd.Series(np.diff(texts.index.to_numpy(), prepend=layout.header_row), index=texts.index)
    stray = alone & (gap > _FAR)
    return (
        codes.mask(note, "FOOTNOTE_ROW")
        .mask(_totals(texts, layout), "SUBTOTAL_ROW")
        .mask(stray, "STRAY_CELL")
        .mask(_repeated(texts, layout, known), "REPEATED_HEADER")
    )


def _repeated(texts: pd.DataFrame, layout: Layout, known: list[int]) -> pd.Series:
    headings = {at: _comparable(layout.headings[at]) for at in known}
    same = pd.DataFrame({at: texts[at].str.casefold() == headings[at] for at in known}, index=texts.index)
    return same.sum(axis=1) >= max(KNOWN_HEADINGS, len(known) // 2)


def _comparable(heading: str) -> str:
    return heading.casefold()


def _totals(texts: pd.DataFrame, layout: Layout) -> pd.Series:
    """Rows whose label is that of a total and that have no key of their own.

    A label that may also be a name (Total Transformation) makes a total only where an amount of the row is the
    sum of rows above it.
    """
    named_total = {
        at: [bool(_NAMED_TOTAL.match(text)) for text in texts[at]] for at in texts if _said(texts[at])
    }
    if not named_total:
        return pd.Series(False, index=texts.index)
    labelled = pd.DataFrame(named_total, index=texts.index).reindex(columns=texts.columns, fill_value=False)
    candidates = labelled.any(axis=1)
    plain = pd.DataFrame({at: texts[at][candidates].str.match(_TOTAL) for at in texts}).any(axis=1)
    plain = plain.reindex(texts.index, fill_value=False)
    first = layout.matching.row_kind.tables[0]
    fields = layout.matching.fields
    identifier = fields.get((first, table(first).key[0]))
    own = pd.Series(False, index=texts.index)
    if identifier is not None:
        own = (texts[identifier] != "") & ~labelled[identifier]
    name = fields.get((first, Project.project_name))
    named = pd.Series(False, index=texts.index)
    if identifier is None and name is not None:
        named = (texts[name] != "") & ~labelled[name]
    sums = _sums(texts, candidates)
    return candidates & ~own & ~named & (plain | sums)


def _said(texts: pd.Series) -> bool:
    """Whether the word can stand in any of the texts; most columns are done with by this."""
    return "total" in "\n".join(texts).casefold()


def _sums(texts: pd.DataFrame, candidates: pd.Series) -> pd.Series:
    """Where one of the numbers of a candidate is the sum of the rows above, all or those since the last one."""
    found = pd.Series(False, index=texts.index)
    part = candidates.cumsum() - candidates.astype("int64")
    for at in texts:
        numbers = pd.to_numeric(texts[at].str.replace(r"[£€$,\s]", "", regex=True), errors="coerce")
        stated = numbers[candidates & numbers.notna()]
        if stated.empty:
            continue
        plain = numbers.mask(candidates).fillna(0.0)
        counted = numbers.mask(candidates).notna()
        for sums, counts in (
            (plain.cumsum(), counted.cumsum()),
            (plain.groupby(part).cumsum(), counted.groupby(part).cumsum()),
        ):
            equal = (sums - numbers).abs() <= numbers.abs() * _CLOSE
            found |= candidates & numbers.notna() & (numbers != 0) & equal & (counts > 1)
    return found
