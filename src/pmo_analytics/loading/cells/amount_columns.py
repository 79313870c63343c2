"""Columns of money, numbers and percentages: what their cells say, and what they prove together."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import amounts
from pmo_analytics.loading.cells.formats import by_format
from pmo_analytics.loading.cells.forms import Cells, Form, as_floats, by_distinct
from pmo_analytics.loading.cells.ranges import ENDS, read_ranges
from pmo_analytics.loading.cells.reading import UNREADABLE, Reading, no_codes, no_details

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmo_analytics.loading.cells.currencies import Unit
    from pmo_analytics.loading.cells.dialect import Dialect
    from pmo_analytics.schemas.tables import Column

    #: Reads texts with a decimal mark: values, and what else the texts say of them.
    ReadTexts = Callable[[pd.Series, str], tuple[pd.Series, pd.Series]]

_OTHER_MARK = MappingProxyType({".": ",", ",": "."})


def read_money_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:
    """The amounts of a column in currency units, and the currency that a cell or its format names.

    A number whose format shows a percentage is no amount.
    """
    numbers = cells.of(Form.NUMBER)
    currency, percentage = by_format(cells.looks.formats[numbers.index])
    values = _finite(cells) * unit.scale
    values.loc[numbers.index[percentage]] = np.nan
    texts = _read_texts(cells, column, dialect, lambda text, mark: _money(text, mark, unit.scale))
    currencies = cells.nothing("object")
    currencies.loc[numbers.index] = currency
    currencies.loc[texts.also.index] = texts.also
    values.loc[texts.values.index] = texts.values
    return Reading(values.where(np.isfinite(values)), texts.codes, texts.details, currencies, texts.ends)


def read_number_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """The plain numbers of a column."""
    values = _finite(cells)
    texts = _read_texts(cells, column, dialect, _number)
    values.loc[texts.values.index] = texts.values
    return Reading(values, texts.codes, texts.details, ends=texts.ends)


def read_fraction_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """The fractions of a column of percentages.

    A percent sign in the text or in the format of a number says that the number is a fraction; of the others the
    column has to show whether they are fractions or points.
    """
    values = _finite(cells)
    explicit = pd.Series(False, index=values.index, dtype=bool)
    numbers = cells.of(Form.NUMBER)
    explicit.loc[numbers.index] = by_format(cells.looks.formats[numbers.index])[1]
    texts = _read_texts(cells, column, dialect, _percent)
    values.loc[texts.values.index] = texts.values
    explicit.loc[texts.values.index] = texts.also.astype(bool)
    settled, ambiguous = amounts.settle_fractions(values, explicit)
    return Reading(settled, texts.codes.mask(ambiguous, "AMBIGUOUS_PERCENT"), texts.details, ends=texts.ends)


class _Texts:
    """The texts of a column read: values and what else they say, codes and details of all cells, the ends."""

    def __init__(self, cells: Cells) -> None:
        self.values = pd.Series(dtype="float64")
        self.also = pd.Series(dtype=object)
        self.codes, self.details = no_codes(cells.raw.index), no_details(cells.raw.index)
        self.ends = pd.DataFrame({end: cells.nothing("float64") for end in ENDS})


def _read_texts(cells: Cells, column: Column, dialect: Dialect, read: ReadTexts) -> _Texts:
    told = _Texts(cells)
    texts = cells.of(Form.TEXT)
    told.values, told.also = by_distinct(texts, lambda text: read(text, dialect.decimal))
    left = texts[told.values.isna() & texts.str.contains("[0-9]", regex=True).astype(bool)]
    if left.empty:
        return told
    _read_ranges(told, left, lambda part: read(part, dialect.decimal)[0])
    _tell_mark(told, texts, column, dialect, read)
    return told


def _read_ranges(told: _Texts, left: pd.Series, read: Callable[[pd.Series], pd.Series]) -> None:
    def distinct(text: pd.Series) -> tuple[pd.Series, ...]:
        ranges = read_ranges(text, read)
        return ranges.codes, *(ranges.ends[end] for end in ENDS)

    codes, *ends = by_distinct(left, distinct)
    told.codes.loc[left.index] = codes
    for end, part in zip(ENDS, ends, strict=True):
        told.ends.loc[left.index, end] = part
    middle = told.ends.loc[codes.index[codes == "RANGE"], "mid"]
    told.values.loc[middle.index] = middle


def _tell_mark(told: _Texts, texts: pd.Series, column: Column, dialect: Dialect, read: ReadTexts) -> None:
    """Say of texts that only the other decimal mark makes figures of; then none that both marks read counts.

    A column with 1.234,50 under a decimal point shows that its 1.234 may be a thousand times as much.
    """
    other = _OTHER_MARK[dialect.decimal]
    lost = texts[told.values[texts.index].isna() & told.codes[texts.index].isna()]
    (proof,) = by_distinct(lost, lambda text: (read(text, other)[0],))
    proven = proof.index[proof.notna()]
    if proven.empty:
        return
    told.codes.loc[proven] = UNREADABLE[column.kind]
    told.details.loc[proven] = f", or declare decimal = '{other}' in the settings: with it this is one"
    kept = texts[told.values[texts.index].notna() & told.codes[texts.index].isna()]
    (differently,) = by_distinct(kept, lambda text: (read(text, other)[0],))
    doubtful = kept.index[differently.notna() & (differently != told.values[kept.index])]
    told.values.loc[doubtful] = np.nan
    told.codes.loc[doubtful] = "MIXED_DECIMAL_MARKS"
    told.details.loc[doubtful] = f"{len(proven):,} with a decimal '{other}'"


def _finite(cells: Cells) -> pd.Series:
    values = cells.nothing("float64")
    numbers = as_floats(cells.of(Form.NUMBER))
    values.loc[numbers.index] = numbers.where(np.isfinite(numbers))
    return values


def _money(text: pd.Series, mark: str, scale: float) -> tuple[pd.Series, pd.Series]:
    return amounts.read_money(text, decimal=mark, scale=scale)


def _number(text: pd.Series, mark: str) -> tuple[pd.Series, pd.Series]:
    values = amounts.read_numbers(text, decimal=mark)
    return values, pd.Series(None, index=text.index, dtype=object)


def _percent(text: pd.Series, mark: str) -> tuple[pd.Series, pd.Series]:
    return amounts.read_percents(text, decimal=mark)
