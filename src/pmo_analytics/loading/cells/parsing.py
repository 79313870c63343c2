"""From the cells of one column to typed values, reasons for nulls, and faults.

Every cell that is not blank ends as a value or as exactly one fault. First the cells are sorted by form,
then the reader of the column's kind takes each form; texts are read once per distinct text.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import amounts, dates, wording
from pmo_analytics.loading.cells.amounts import Unit, read_unit
from pmo_analytics.loading.cells.forms import FAULTY, Cells, Form, as_floats, by_distinct, sort_cells, written
from pmo_analytics.quality.findings import DETAIL
from pmo_analytics.schemas.columns import DTYPES, Kind
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.words import word_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmo_analytics.schemas.tables import Column

__all__ = ["POSITION", "Dialect", "Parsed", "Unit", "parse_cells", "read_unit"]

#: The column of the faults that holds the cell's index label.
POSITION = "position"

_PLAIN = Unit()
_UNREADABLE = MappingProxyType(
    {
        Kind.DATE: "UNREADABLE_DATE",
        Kind.PERIOD: "UNREADABLE_DATE",
        Kind.MONEY: "UNREADABLE_MONEY",
        Kind.NUMBER: "UNREADABLE_NUMBER",
        Kind.FRACTION: "UNREADABLE_PERCENT",
        Kind.FLAG: "UNREADABLE_FLAG",
        Kind.COLOUR: "UNKNOWN_COLOUR",
        Kind.WORD: "UNKNOWN_WORD",
    }
)
_AMBIGUOUS = MappingProxyType(
    {Kind.DATE: "AMBIGUOUS_DATE", Kind.PERIOD: "AMBIGUOUS_DATE", Kind.FRACTION: "AMBIGUOUS_PERCENT"}
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an organisation writes: order of dates, decimal mark, and its own words for missing values.

    ``withheld`` and ``not_reported`` are regular expressions that are matched at the start of the trimmed
    text, case ignored; they are added to those that are always known.
    """

    date_order: str | None = None
    decimal: str = "."
    withheld: tuple[str, ...] = ()
    not_reported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of a column of cells.

    ``values`` has the dtype of the column's kind and the index of the input, ``reasons`` says why a value is
    null (a word of the list ``null_reason``), ``faults`` has one row per cell that could not be read or
    holds no value on purpose, ``currencies`` the ISO code that a money cell names.
    """

    values: pd.Series
    reasons: pd.Series
    faults: pd.DataFrame
    currencies: pd.Series | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    values: pd.Series
    ambiguous: pd.Series | None = None
    currencies: pd.Series | None = None


def parse_cells(
    raw: pd.Series, kinds: pd.Series, column: Column, dialect: Dialect, unit: Unit = _PLAIN
) -> Parsed:
    """The typed values of a column's cells, with reasons and faults.

    ``raw`` holds Python objects as the reader delivers them, ``kinds`` one character per cell: ``t`` text,
    ``n`` number, ``d`` date, ``b`` truth, ``e`` error, ``f`` formula never calculated, or blank. Amounts of
    money are multiplied by the unit's factor, except texts that bring their own. Words for withheld or
    missing values count in every kind except text and keys. Raises ``ConfigurationError`` for a word of the
    dialect that is no regular expression; no cell raises.

    >>> from pmo_analytics.schemas.tables import table
    >>> raw = pd.Series(["£1.2m", "Exempt", 7, None], dtype=object)
    >>> parsed = parse_cells(raw, pd.Series(["t", "t", "n", ""]), table("status").columns["ac"], Dialect())
    >>> parsed.values.tolist(), parsed.faults["code"].tolist()
    ([1200000.0, nan, 7.0, nan], ['WITHHELD'])
    """
    null_words = column.kind != Kind.TEXT and not column.key
    cells = sort_cells(
        raw,
        kinds,
        withheld=wording.WITHHELD + dialect.withheld if null_words else (),
        not_reported=wording.NOT_REPORTED + dialect.not_reported if null_words else (),
    )
    reading = _READERS[column.kind](cells, column, dialect, unit)
    codes = _codes(cells, reading, column.kind)
    currencies = reading.currencies
    return Parsed(
        values=reading.values.astype(DTYPES[column.kind]).set_axis(raw.index),  # type: ignore[call-overload]
        reasons=_reasons(codes).set_axis(raw.index),
        faults=_faults(cells, codes, raw.index, column),
        currencies=None if currencies is None else currencies.astype("str").set_axis(raw.index),
    )


def _codes(cells: Cells, reading: _Reading, kind: Kind) -> pd.Series:
    codes = cells.forms.where(cells.forms.isin(FAULTY)).astype(object)
    lost = reading.values.isna() & codes.isna() & (cells.forms != Form.BLANK)
    if reading.ambiguous is not None:
        codes = codes.mask(lost & reading.ambiguous, _AMBIGUOUS[kind])
        lost &= ~reading.ambiguous
    return codes.mask(lost, _UNREADABLE.get(kind, Form.ERROR))


def _reasons(codes: pd.Series) -> pd.Series:
    known = dict.fromkeys(codes.dropna().unique(), "unreadable")
    known |= {Form.WITHHELD: "withheld", Form.NOT_REPORTED: "not_reported"}
    return codes.map(known).astype("str")


def _faults(cells: Cells, codes: pd.Series, labels: pd.Index, column: Column) -> pd.DataFrame:
    found = codes.notna()
    wrong = codes[found].astype("str")
    allowed = ", ".join(word_list(column.words)) if column.words else ""
    plain = pd.Series("", index=wrong.index, dtype="str")
    faults = {
        POSITION: labels[found.to_numpy()],
        Finding.code: wrong.to_numpy(),
        Finding.value: written(cells.raw[found]).to_numpy(),
        DETAIL: plain.mask(wrong == _UNREADABLE[Kind.WORD], allowed).to_numpy(),
    }
    return pd.DataFrame(faults).astype({Finding.code: "str", Finding.value: "str", DETAIL: "str"})


def _read_text(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> _Reading:  # noqa: ARG001
    live = ~cells.forms.isin((*FAULTY, Form.BLANK))
    return _Reading(written(cells.content).where(live))


def _read_words(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> _Reading:
    name = column.words
    if name is None:
        return _read_text(cells, column, dialect, unit)
    values = cells.nothing("object")
    for form in (Form.TEXT, Form.NUMBER):
        some = written(cells.of(form))
        (values.loc[some.index],) = by_distinct(some, lambda text: (wording.read_words(text, name),))
    return _Reading(values)


def _read_flags(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> _Reading:  # noqa: ARG001
    values = cells.nothing("boolean")
    truths = cells.of(Form.TRUTH)
    values.loc[truths.index] = truths.astype(bool)
    for form in (Form.TEXT, Form.NUMBER):
        some = written(cells.of(form))
        (values.loc[some.index],) = by_distinct(some, lambda text: (wording.read_flags(text),))
    return _Reading(values)


def _read_dates(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> _Reading:  # noqa: ARG001
    monthly = column.kind == Kind.PERIOD
    read = dates.read_periods if monthly else dates.read_days
    values = cells.nothing("datetime64[us]")
    ambiguous = pd.Series(False, index=values.index, dtype=bool)
    days = cells.of(Form.DAY)
    year, month, day = (days.map(attrgetter(part)).astype("float64") for part in ("year", "month", "day"))
    built = dates.build_days(year, month, day)
    values.loc[days.index] = dates.month_ends(built) if monthly else built
    texts = cells.of(Form.TEXT)
    values.loc[texts.index], ambiguous.loc[texts.index] = by_distinct(
        texts, lambda text: read(text, dialect.date_order)
    )
    return _Reading(values, ambiguous)


def _read_money(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> _Reading:  # noqa: ARG001
    values = _plain_numbers(cells) * unit.scale
    currencies = cells.nothing("object")
    texts = cells.of(Form.TEXT)
    values.loc[texts.index], currencies.loc[texts.index] = by_distinct(
        texts, lambda text: amounts.read_money(text, decimal=dialect.decimal, scale=unit.scale)
    )
    return _Reading(values.where(np.isfinite(values)), currencies=currencies)


def _read_numbers(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> _Reading:  # noqa: ARG001
    values = _plain_numbers(cells)
    texts = cells.of(Form.TEXT)
    (values.loc[texts.index],) = by_distinct(
        texts, lambda text: (amounts.read_numbers(text, decimal=dialect.decimal),)
    )
    return _Reading(values)


def _read_fractions(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> _Reading:  # noqa: ARG001
    values = _plain_numbers(cells)
    explicit = pd.Series(False, index=values.index, dtype=bool)
    texts = cells.of(Form.TEXT)
    values.loc[texts.index], explicit.loc[texts.index] = by_distinct(
        texts, lambda text: amounts.read_percents(text, decimal=dialect.decimal)
    )
    return _Reading(*amounts.settle_fractions(values, explicit))


def _plain_numbers(cells: Cells) -> pd.Series:
    values = cells.nothing("float64")
    numbers = as_floats(cells.of(Form.NUMBER))
    values.loc[numbers.index] = numbers.where(np.isfinite(numbers))
    return values


_READERS: Mapping[Kind, Callable[[Cells, Column, Dialect, Unit], _Reading]] = MappingProxyType(
    {
        Kind.TEXT: _read_text,
        Kind.WORD: _read_words,
        Kind.COLOUR: _read_words,
        Kind.DATE: _read_dates,
        Kind.PERIOD: _read_dates,
        Kind.MONEY: _read_money,
        Kind.NUMBER: _read_numbers,
        Kind.FRACTION: _read_fractions,
        Kind.FLAG: _read_flags,
    }
)
