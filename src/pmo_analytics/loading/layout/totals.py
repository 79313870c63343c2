"""Totals: which rows sum up others, by their label or by their amounts, and whether their figures agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells.amounts import read_money
from pmo_analytics.loading.layout.registers import item_name
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

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

#: Words that as identifier or name are the label of a total: of nothing else, and of a name as well.
TOTAL_WORDS = (
    *("sum", "sums", "sum total", "all projects", "company total", "group total", "grand sum"),
    *("gesamt", "summe", "gesamtsumme", "zwischensumme", "insgesamt", "alle projekte", "summe gesamt"),
    *("somme", "total général", "sous-total", "tous les projets", "somme totale"),
    *("suma", "total general", "todos los proyectos", "suma total", "subtotal"),
)
MAYBE_TOTAL_WORDS = (
    "portfolio",
    "overall",
    "all",
    "portefeuille",
    "ensemble",
    "portafolio",
    "cartera",
    "alle",
)

_FIGURE = re.compile(r"^[-+(]?[£€$]?\s*[\d.,'’\s]+%?\)?$")

#: Sums of published figures are rounded; where only the figures speak for a total they must be equal.
_CLOSE, _EQUAL = 0.005, 1e-6
#: An amount that alone speaks for a total must be the sum of so many rows, several amounts of two.
_ENOUGH_ROWS = 3
#: So many totals of a table are compared with the rows beside them.
_MOST_TOTALS = 1000


def total_rows(texts: pd.DataFrame, kinds: pd.DataFrame, filled: pd.DataFrame, layout: Layout) -> pd.Series:
    """Whether each row is a total: by its label where it has no key of its own, or by its amounts alone.

    A label that may also be a name (``Total Transformation``, ``Portfolio``) makes a total only where an amount is
    the sum of rows above. Without any such label a row is one that lacks the texts that the others have, and whose
    amounts are, in every column, the sums of the rows above it: all, or those since the last total.
    """
    labelled = _labelled(texts, kinds, layout) | _worded(texts, kinds, filled, layout)
    return labelled | _by_amounts(texts, kinds, filled, layout, labelled)


def disagreeing(texts: pd.DataFrame, kinds: pd.DataFrame, totals: pd.Series, layout: Layout) -> pd.DataFrame:
    """The figures of totals that are the sum of no rows beside them: by row table, column, stated figure and sum.

    Rows beside a total are those from it to any other total, or to an end of the table. The sum told is that of the
    rows since the total before; where there are none, of all above; else of all below.
    Nothing is compared where the rows are in several currencies, and no total with rows whose figure cannot be read.
    """
    told = [pd.DataFrame({"table": [], "column": [], "stated": [], "sum": []})]
    one = totals.any() and not _several_currencies(texts, totals, layout)
    for (name, column), at in _amount_fields(texts, layout) if one else ():
        numbers = _numbers(texts[at], kinds[at], layout)
        stated = numbers[totals & numbers.notna()][:_MOST_TOTALS]
        sums = _sums_beside(numbers, totals, stated.index)
        gaps = np.abs(sums - stated.to_numpy()[:, None])
        off = np.nanmin(gaps, axis=1, initial=np.inf) > stated.abs().clip(lower=1.0) * _CLOSE
        off &= ~np.isnan(sums).all(axis=1)
        unread = (numbers.isna() & (texts[at] != "")).astype("float64")
        lost = _sums_beside(unread, totals, stated.index)
        off &= (_own(lost, sums) == 0) & (_own(lost, lost) == 0)
        own = _own(sums, sums)
        told.append(pd.DataFrame({"table": name, "column": column, "stated": stated[off], "sum": own[off]}))
    filled = [part for part in told if len(part)]
    return pd.concat(filled) if filled else told[0]


def _sums_beside(numbers: pd.Series, totals: pd.Series, rows: pd.Index) -> NDArray[np.float64]:
    """For each of the totals the sums from it to every other one and to both ends; null where nothing is summed."""
    plain = numbers.mask(totals)
    so_far = np.stack([plain.fillna(0.0).cumsum(), plain.notna().cumsum()])
    mine = so_far[:, numbers.index.get_indexer(rows)]
    ends = np.concatenate([np.zeros((2, 1)), mine, so_far[:, -1:]], axis=1)
    after = np.arange(ends.shape[1]) > np.arange(1, len(rows) + 1)[:, None]
    sums, counts = (mine[:, :, None] - ends[:, None, :]) * np.where(after, -1.0, 1.0)
    return np.where(counts > 0, sums, np.nan)


def _own(values: NDArray[np.float64], sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each total the value of the rows that it most likely sums up: the first that ``sums`` has."""
    without, alone = np.isnan(np.diagonal(sums)), np.isnan(sums[:, 0])
    beyond = np.where(alone, values[:, -1], values[:, 0])
    own: NDArray[np.float64] = np.where(without, beyond, np.diagonal(values))
    return own


def label_columns(texts: pd.DataFrame, layout: Layout) -> list[int]:
    """The columns that say which project or item a row is: identifier and name."""
    first = layout.matching.row_kind.tables[0]
    fields = layout.matching.fields
    names = (table(first).key[0], Project.project_name, item_name(fields, first) or "", Status.project_id)
    found = [fields[first, name] for name in dict.fromkeys(names) if (first, name) in fields]
    return [at for at in dict.fromkeys(found) if at in texts]


def amount_columns(texts: pd.DataFrame, layout: Layout) -> list[int]:
    """The columns that hold amounts of money."""
    return list(dict.fromkeys(at for _, at in _amount_fields(texts, layout)))


def _amount_fields(texts: pd.DataFrame, layout: Layout) -> list[tuple[tuple[str, str], int]]:
    fields = layout.matching.fields.items()
    return [
        ((name, column), at)
        for (name, column), at in fields
        if at in texts and table(name).columns[column].kind is Kind.MONEY
    ]


def _numbers(texts: pd.Series, kinds: pd.Series, layout: Layout) -> pd.Series:
    """The figures of a column: numbers as they are, texts by the decimal mark of the export."""
    decimal = layout.dialect.decimal
    plain = kinds == "n"
    numbers = pd.to_numeric(texts.where(plain), errors="coerce").astype("float64")
    written = texts[~plain & (texts != "")]
    if written.empty:
        return numbers
    read = {text: read_money(text, decimal=decimal)[0] for text in written.unique()}
    numbers[written.index] = written.map(read).astype("float64")
    return numbers


def _several_currencies(texts: pd.DataFrame, totals: pd.Series, layout: Layout) -> bool:
    columns = {
        at for (_, name), at in layout.matching.fields.items() if name == Status.currency and at in texts
    }
    return any(texts[at][~totals & (texts[at] != "")].nunique() > 1 for at in columns)


def _labelled(texts: pd.DataFrame, kinds: pd.DataFrame, layout: Layout) -> pd.Series:
    """Rows with the word total in a text, and without a key of their own."""
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
    name = fields.get((first, item_name(fields, first) or Project.project_name))
    named = pd.Series(False, index=texts.index)
    if identifier is None and name is not None:
        named = (texts[name] != "") & ~labelled[name]
    return candidates & ~own & ~named & (plain | _any_sum(texts, kinds, candidates, layout))


def _said(texts: pd.Series) -> bool:
    """Whether the word can stand in any of the texts; most columns are done with by this."""
    return "total" in "\n".join(texts).casefold()


def _worded(texts: pd.DataFrame, kinds: pd.DataFrame, filled: pd.DataFrame, layout: Layout) -> pd.Series:
    """Rows whose identifier or name is another word for a total, and the other of the two says nothing else."""
    labels = label_columns(texts, layout)
    none = pd.Series(False, index=texts.index)
    if not labels:
        return none
    plain = texts[labels].apply(lambda one: one.str.casefold().str.rstrip(" :"))
    surely = plain.isin(TOTAL_WORDS)
    maybe = plain.isin(MAYBE_TOTAL_WORDS)
    candidates = (surely | maybe).any(axis=1)
    if not candidates.any():
        return none
    named = (~(surely | maybe) & (texts[labels] != "")).any(axis=1)
    texts_only = _other_texts(texts, filled, layout, candidates) <= maybe.sum(axis=1)
    numbered = _has_amount(texts, filled, layout)
    sums = _any_sum(texts, kinds, candidates, layout)
    found: pd.Series = candidates & (sums | (~named & (surely.any(axis=1) | (texts_only & numbered))))
    return found


def _has_amount(texts: pd.DataFrame, filled: pd.DataFrame, layout: Layout) -> pd.Series:
    return filled[[at for _, at in _amount_fields(texts, layout)]].any(axis=1)


def _other_texts(texts: pd.DataFrame, filled: pd.DataFrame, layout: Layout, rows: pd.Series) -> pd.Series:
    """How many cells of each row are no amounts and no figures of extra columns; only for the rows asked for."""
    amounts = {at for _, at in _amount_fields(texts, layout)}
    known = set(layout.matching.fields.values())
    count = pd.Series(0, index=texts.index)
    for at in filled:
        if at not in amounts:
            there = filled[at] & rows
            count += (
                there if at in known else there & ~texts[at].where(there, "").str.match(_FIGURE)
            ).astype("int64")
    return count


def _by_amounts(
    texts: pd.DataFrame, kinds: pd.DataFrame, filled: pd.DataFrame, layout: Layout, totals: pd.Series
) -> pd.Series:
    """Rows that lack the texts of the others, and whose every amount is the sum of rows above."""
    amounts = [at for _, at in _amount_fields(texts, layout)]
    known = [at for at in set(layout.matching.fields.values()) & set(texts.columns) if at not in amounts]
    said = filled[known].sum(axis=1)
    suspects = ~totals & (said <= 1) & (said < said.median()) & filled[amounts].any(axis=1)
    if suspects.any():
        suspects &= _other_texts(texts, filled, layout, suspects) <= 1
    if not suspects.any():
        return suspects
    summed = pd.Series(0, index=texts.index)
    rows_summed = pd.Series(0, index=texts.index)
    for at in dict.fromkeys(amounts):
        numbers = _numbers(texts[at], kinds[at], layout)
        equal = pd.Series(False, index=texts.index)
        for sums, counts in _bases(numbers, totals | suspects):
            here = (counts > 1) & ((sums - numbers).abs() <= numbers.abs() * _EQUAL) & (numbers != 0)
            equal |= here
            rows_summed = rows_summed.where(~here, counts.where(counts > rows_summed, rows_summed))
        suspects &= equal | ~filled[at] | (numbers == 0)
        summed += equal.astype("int64")
    return suspects & ((summed > 1) | ((summed == 1) & (rows_summed >= _ENOUGH_ROWS)))


def _bases(numbers: pd.Series, totals: pd.Series) -> Iterator[tuple[pd.Series, pd.Series]]:
    """For each row the sum and the number of the figures above it: all, and those since the last total."""
    part = totals.cumsum() - totals.astype("int64")
    plain = numbers.mask(totals).fillna(0.0)
    counted = numbers.mask(totals).notna()
    yield plain.cumsum(), counted.cumsum()
    yield plain.groupby(part).cumsum(), counted.groupby(part).cumsum()


def _any_sum(texts: pd.DataFrame, kinds: pd.DataFrame, candidates: pd.Series, layout: Layout) -> pd.Series:
    """Where one of the numbers of a candidate is the sum of the rows above, all or those since the last one."""
    found = pd.Series(False, index=texts.index)
    if not candidates.any():
        return found
    for at in texts:
        if _numbers(texts[at][candidates], kinds[at][candidates], layout).isna().all():
            continue
        numbers = _numbers(texts[at], kinds[at], layout)
        for sums, counts in _bases(numbers, candidates):
            equal = (sums - numbers).abs() <= numbers.abs() * _CLOSE
            found |= candidates & numbers.notna() & (numbers != 0) & equal & (counts > 1)
    return found
