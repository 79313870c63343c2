"""Rows that are no data: totals, headings of sections, repeated headers, footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.layout.detecting import KNOWN_HEADINGS
from pmo_analytics.loading.layout.totals import label_columns, total_rows
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.loading.layout.layouts import Layout

_NOTE = re.compile(r"^\s*([*†‡]|notes?\b|source\b|footnote\b)", re.IGNORECASE)
#: A single cell with this many words or more is a sentence, not an identifier.
_SENTENCE = 4
#: Where the rows of a table fill so many cells, one with a single cell heads a section.
_MANY_CELLS = 4
_BARE_FIGURE = re.compile(r"^[-+(]?[\d.,\s]+%?\)?$")
#: Words that as identifier or name are the label of a figure about all rows, unless the other says something else.
STATISTIC_WORDS = (
    *("average", "averages", "avg", "mean", "median", "min", "max", "minimum", "maximum", "std dev"),
    *(
        "count",
        "project count",
        "count of projects",
        "number of projects",
        "no. of projects",
        "# of projects",
    ),
    *("durchschnitt", "mittelwert", "anzahl", "anzahl projekte", "moyenne", "nombre de projets", "promedio"),
)
#: A lone cell so many blank rows below the last one is none of the table.
_FAR = 1000


def set_aside_codes(
    texts: pd.DataFrame, kinds: pd.DataFrame, filled: pd.DataFrame, layout: Layout
) -> pd.Series:
    """For each row the code of the finding that says why it is no data; null for data."""
    known = sorted(set(layout.matching.fields.values()) & set(texts.columns))
    codes = pd.Series(pd.NA, index=texts.index, dtype="str")
    if texts.empty:
        return codes
    n_filled = filled.sum(axis=1)
    alone = n_filled == 1
    only = pd.Series("", index=texts.index, dtype="str")
    only[alone] = texts[alone].to_numpy(dtype=object)[filled[alone].to_numpy()]
    gap = pd.Series(np.diff(texts.index.to_numpy(), prepend=layout.header_row), index=texts.index)
    stray = alone & (gap > _FAR)
    return (
        codes.mask(_sections(texts, filled, layout), "SECTION_ROW")
        .mask(_statistics(texts, layout), "STATISTIC_ROW")
        .mask(_notes(texts, filled, only, layout), "FOOTNOTE_ROW")
        .mask(total_rows(texts, kinds, filled, layout), "SUBTOTAL_ROW")
        .mask(stray, "STRAY_CELL")
        .mask(_repeated(texts, layout, known), "REPEATED_HEADER")
    )


def _notes(texts: pd.DataFrame, filled: pd.DataFrame, only: pd.Series, layout: Layout) -> pd.Series:
    """Rows with a lone cell that says to be a note, or that is a sentence below the data.

    In a narrow table a lone cell may be all that is known of a project: there only a sentence as identifier is a note.
    """
    n_filled = filled.sum(axis=1)
    below = pd.Series(np.cumsum((n_filled > 1).to_numpy()[::-1])[::-1] == 0, index=texts.index)
    sentence: pd.Series = only.str.count(r"\s+") >= _SENTENCE - 1
    known = set(layout.matching.fields.values()) & set(texts.columns)
    if len(known) > KNOWN_HEADINGS or n_filled[n_filled > 1].median() > KNOWN_HEADINGS:
        return only.str.match(_NOTE) | (sentence & below)
    return sentence & below & _is_no_identifier(texts, n_filled > 1, layout)


def _statistics(texts: pd.DataFrame, layout: Layout) -> pd.Series:
    """Rows whose name says average or count without an identifier, or whose identifier does, with a figure as name."""
    first = layout.matching.row_kind.tables[0]
    identifier = layout.matching.fields.get((first, table(first).key[0]))
    labels = label_columns(texts, layout)
    plain = texts[labels].apply(lambda one: one.str.casefold().str.strip().str.rstrip(" :"))
    said = plain.isin(STATISTIC_WORDS)
    figure = plain.apply(lambda one: (one == "") | ((one.name != identifier) & one.str.match(_BARE_FIGURE)))
    found: pd.Series = said.any(axis=1) & (said | figure).all(axis=1)
    return found


def _is_no_identifier(texts: pd.DataFrame, others: pd.Series, layout: Layout) -> pd.Series:
    """Rows whose identifier is a sentence where that of no other row is."""
    first = layout.matching.row_kind.tables[0]
    identifier = layout.matching.fields.get((first, table(first).key[0]))
    if identifier not in texts:
        return pd.Series(False, index=texts.index)
    sentences: pd.Series = texts[identifier].str.count(r"\s+") >= _SENTENCE - 1
    return sentences & bool(not sentences[others].any())


def _repeated(texts: pd.DataFrame, layout: Layout, known: list[int]) -> pd.Series:
    headings = {at: layout.headings[at].casefold() for at in known}
    same = pd.DataFrame({at: texts[at].str.casefold() == headings[at] for at in known}, index=texts.index)
    return same.sum(axis=1) >= max(KNOWN_HEADINGS, len(known) // 2)


def _sections(texts: pd.DataFrame, filled: pd.DataFrame, layout: Layout) -> pd.Series:
    """Rows with a text in the first column alone, or as name alone, where the others fill many: headings of groups.

    An identifier that looks like those of the others is none, and neither is the last row: it heads nothing.
    """
    n_filled = filled.sum(axis=1)
    labels = label_columns(texts, layout)
    alone = n_filled == 1
    if not alone.any() or not n_filled[~alone].median() >= _MANY_CELLS:
        return pd.Series(False, index=texts.index)
    only = filled[sorted({*labels, *filled.columns[:1]})].any(axis=1)
    heads = pd.Series(np.cumsum((n_filled > 1).to_numpy()[::-1])[::-1] > 0, index=texts.index)
    sections = alone & only & heads
    first = layout.matching.row_kind.tables[0]
    identifier = layout.matching.fields.get((first, table(first).key[0]))
    if identifier in texts:
        shapes = texts[identifier].map(_shape)
        sections &= ~shapes.isin(set(shapes[~sections]) - {""}) | (texts[identifier] == "")
    figures: pd.Series = texts.apply(lambda one: one.str.match(_BARE_FIGURE)).any(axis=1)
    return sections & ~figures


def _shape(text: str) -> str:
    """What a text looks like: K24-0046 is A9-9, and without any digit Rail is Aaaa."""
    if any(map(str.isdigit, text)):
        return re.sub(r"[A-Za-z]+", "A", re.sub(r"\d+", "9", text))
    return re.sub(r"[^\W\d_]", lambda found: "A" if found[0].isupper() else "a", text)
