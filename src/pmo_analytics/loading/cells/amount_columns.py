"""Columns of money, numbers and percentages: what their cells say, and what they prove together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import amounts
from pmo_analytics.loading.cells.formats import by_format
from pmo_analytics.loading.cells.forms import Cells, Form, as_floats, read_each
from pmo_analytics.loading.cells.ranges import read_range, stated_ends
from pmo_analytics.loading.cells.reading import UNREADABLE, Reading, no_codes, no_details
from pmo_analytics.schemas.risks import Risk

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmo_analytics.loading.cells.currencies import Unit
    from pmo_analytics.loading.cells.dialect import Dialect
    from pmo_analytics.schemas.tables import Column

    #: Reads a text with a decimal mark: the value, and what else the text says of it.
    ReadText = Callable[[str, str], tuple[float | None, Any]]

_OTHER_MARK = MappingProxyType({".": ",", ",": "."})
#: Columns in which whole numbers up to the highest score are no percentages.
_PROBABILITIES = (Risk.prob_inherent, Risk.prob_residual)
HIGHEST_SCORE = 5
#: So many amounts make a habit.
SEVERAL = 2
_DIGIT = re.compile("[0-9]")


def read_money_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:
    """The amounts of a column in currency units, and the currency that a cell or its format names.

    A number whose format shows a percentage is no amount.
    """
    numbers = cells.places(Form.NUMBER)
    values = _finite(cells) * unit.scale
    currencies = no_codes(len(cells))
    if numbers.size:
        currencies[numbers], percentage = by_format(cells.looks.formats[numbers])
        values[numbers[percentage]] = np.nan
    by_text = _Reader(column, dialect.decimal, lambda text, mark: _money(text, mark, unit.scale))
    texts = _Texts(cells, values, by_text)
    if texts.at.size:
        currencies[texts.at] = texts.also
    values[~np.isfinite(values)] = np.nan
    _tell_thousands(cells, texts, values, dialect.decimal)
    return Reading(values, texts.codes, texts.details, currencies, texts.ends)


def read_number_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """The plain numbers of a column."""
    values = _finite(cells)
    texts = _Texts(cells, values, _Reader(column, dialect.decimal, _number))
    return Reading(values, texts.codes, texts.details, ends=texts.ends)


def read_fraction_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """The fractions of a column of percentages.

    A percent sign in the text or in the format of a number says that the number is a fraction; of the others the
    column has to show whether they are fractions or points.
    """
    values = _finite(cells)
    explicit = np.zeros(len(cells), dtype=bool)
    numbers = cells.places(Form.NUMBER)
    if numbers.size:
        explicit[numbers] = by_format(cells.looks.formats[numbers])[1]
    texts = _Texts(cells, values, _Reader(column, dialect.decimal, _percent))
    if texts.at.size:
        explicit[texts.at] = texts.also.astype(bool)
    settled, ambiguous = amounts.settle_fractions(values, explicit)
    texts.codes[ambiguous] = "AMBIGUOUS_PERCENT"
    if column.name in _PROBABILITIES and _are_scores(values[~explicit]):
        scores = ~explicit & (values > 0)
        texts.codes[scores] = "MAY_BE_SCORE"
        settled = np.where(scores, np.nan, settled)
    return Reading(settled, texts.codes, texts.details, ends=texts.ends)


@dataclass(frozen=True, slots=True)
class _Reader:
    """How the texts of a column are read: for which column, with which decimal mark, and by what."""

    column: Column
    decimal: str
    read: ReadText

    def value(self, text: str) -> float | None:
        """The value of a text."""
        return self.read(text, self.decimal)[0]

    def ends_of(self, text: str) -> tuple[Any, ...]:
        """Code, low, middle and high value of a text that states several."""
        found = read_range(text, self.value)
        return (None,) * 4 if found is None else (found.code, found.low, found.mid, found.high)


class _Texts:
    """The texts of a column read into its values: what else they say, codes and details of all cells, the ends."""

    def __init__(self, cells: Cells, values: np.ndarray, reader: _Reader) -> None:
        self.at = cells.places(Form.TEXT)
        self.also = no_codes(len(self.at))
        self.codes, self.details = no_codes(len(cells)), no_details(len(cells))
        self.ends: pd.DataFrame | None = None
        if not self.at.size:
            return
        texts = cells.content[self.at]
        found, self.also = read_each(texts, lambda text: reader.read(text, reader.decimal))
        values[self.at] = found.astype("float64")
        pairs = zip(found, texts, strict=True)
        left = np.array([value is None and bool(_DIGIT.search(text)) for value, text in pairs])
        if left.any():
            self._read_ranges(values, self.at[left], texts[left], reader)
            self._tell_mark(values, texts, reader)

    def _read_ranges(self, values: np.ndarray, at: np.ndarray, texts: np.ndarray, reader: _Reader) -> None:
        codes, *ends = read_each(texts, reader.ends_of)
        self.codes[at] = codes
        self.ends = stated_ends(ends, at, "float64")
        ranged = codes == "RANGE"
        values[at[ranged]] = ends[1][ranged].astype("float64")

    def _tell_mark(self, values: np.ndarray, texts: np.ndarray, reader: _Reader) -> None:
        """Say of texts that only the other decimal mark makes figures of; then none that both marks read counts.

        A column with 1.234,50 under a decimal point shows that its 1.234 may be a thousand times as much.
        """
        other = _OTHER_MARK[reader.decimal]
        (otherwise,) = read_each(texts, lambda text: reader.read(text, other)[:1])
        differently, mine = otherwise.astype("float64"), values[self.at]
        both = pd.isna(self.codes[self.at]) & ~np.isnan(differently)
        proven = both & np.isnan(mine)
        if not proven.any():
            return
        self.codes[self.at[proven]] = UNREADABLE[reader.column.kind]
        told = f", or declare decimal = '{other}' in the settings: with it this is one"
        self.details[self.at[proven]] = told
        doubtful = self.at[both & ~np.isnan(mine) & (differently != mine)]
        values[doubtful] = np.nan
        self.codes[doubtful] = "MIXED_DECIMAL_MARKS"
        self.details[doubtful] = f"{int(proven.sum()):,} with a decimal '{other}'"


def _tell_thousands(cells: Cells, texts: _Texts, values: np.ndarray, decimal: str) -> None:
    """Note amounts whose decimal mark stands before three digits in all texts of the column that have it.

    ``1.234`` and ``3.500`` may be thousands of somebody who writes a decimal comma.
    """
    marked = np.array([decimal in text for text in cells.content[texts.at]], dtype=bool)
    form = re.compile(rf"[^0-9]*[0-9]{{1,3}}{re.escape(decimal)}[0-9]{{3}}[^0-9]*")
    if marked.sum() < SEVERAL or not all(map(form.fullmatch, cells.content[texts.at[marked]])):
        return
    doubtful = texts.at[marked]
    doubtful = doubtful[~np.isnan(values[doubtful]) & pd.isna(texts.codes[doubtful])]
    texts.codes[doubtful] = "MAY_BE_THOUSANDS"
    texts.details[doubtful] = _OTHER_MARK[decimal]


def _are_scores(figures: np.ndarray) -> bool:
    """Whether plain figures are all whole numbers of a scale of five, and not all one."""
    known = figures[~np.isnan(figures)]
    return bool(known.size and (known == np.floor(known)).all() and 1 < known.max() <= HIGHEST_SCORE)


def _finite(cells: Cells) -> np.ndarray:
    values = np.full(len(cells), np.nan)
    at = cells.places(Form.NUMBER)
    numbers = as_floats(cells.content[at])
    values[at] = np.where(np.isfinite(numbers), numbers, np.nan)
    return values


def _money(text: str, mark: str, scale: float) -> tuple[float | None, str | None]:
    return amounts.read_money(text, decimal=mark, scale=scale)


def _number(text: str, mark: str) -> tuple[float | None, None]:
    return amounts.read_number(text, decimal=mark), None


def _percent(text: str, mark: str) -> tuple[float | None, bool]:
    return amounts.read_percent(text, decimal=mark)
