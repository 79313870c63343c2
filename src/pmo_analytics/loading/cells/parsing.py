"""From the cells of one column to typed values, reasons for nulls, and faults.

Every cell that is not blank ends as a value or as exactly one fault. First the cells are sorted by form,
then the reader of the column's kind takes each form; texts are read once per distinct text.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import wording
from pmo_analytics.loading.cells.amount_columns import (
    read_fraction_column,
    read_money_column,
    read_number_column,
)
from pmo_analytics.loading.cells.colour_columns import read_colour_column
from pmo_analytics.loading.cells.currencies import Unit, read_unit
from pmo_analytics.loading.cells.date_columns import read_date_column
from pmo_analytics.loading.cells.dialect import Dialect
from pmo_analytics.loading.cells.forms import FAULTY, FORMS, Form, sort_cells, written
from pmo_analytics.loading.cells.reading import UNREADABLE, no_codes, no_details
from pmo_analytics.loading.cells.text_columns import read_flag_column, read_text_column, read_word_column
from pmo_analytics.quality.findings import DETAIL
from pmo_analytics.schemas.columns import DTYPES, Kind
from pmo_analytics.schemas.results import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmo_analytics.loading.cells.forms import Cells
    from pmo_analytics.loading.cells.looks import Looks
    from pmo_analytics.loading.cells.reading import Reading
    from pmo_analytics.schemas.tables import Column

__all__ = ["POSITION", "Dialect", "Parsed", "Unit", "parse_cells", "read_unit"]

#: The column of the faults that holds the cell's index label.
POSITION = "position"

_PLAIN = Unit()
_REASONS = MappingProxyType({Form.WITHHELD: "withheld", Form.NOT_REPORTED: "not_reported"})
_READERS: Mapping[Kind, Callable[[Cells, Column, Dialect, Unit], Reading]] = MappingProxyType(
    {
        Kind.TEXT: read_text_column,
        Kind.WORD: read_word_column,
        Kind.COLOUR: read_colour_column,
        Kind.DATE: read_date_column,
        Kind.PERIOD: read_date_column,
        Kind.MONEY: read_money_column,
        Kind.NUMBER: read_number_column,
        Kind.FRACTION: read_fraction_column,
        Kind.FLAG: read_flag_column,
    }
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of a column of cells.

    ``values`` has the dtype of the column's kind and the index of the input, ``reasons`` says why a value is
    null (a word of the list ``null_reason``), ``faults`` has one row per cell that could not be read or
    holds no value on purpose, and notes on values of which something is to be known. ``currencies`` has the ISO
    code that a money cell or its format names, ``ends`` the low, middle and high value of the cells that state
    several, and those only.
    """

    values: pd.Series
    reasons: pd.Series
    faults: pd.DataFrame
    currencies: pd.Series | None = None
    ends: pd.DataFrame | None = None


def parse_cells(
    raw: pd.Series,
    kinds: pd.Series,
    column: Column,
    dialect: Dialect,
    unit: Unit = _PLAIN,
    *,
    looks: Looks | None = None,
) -> Parsed:
    """The typed values of a column's cells, with reasons and faults.

    ``raw`` holds Python objects as the reader delivers them, ``kinds`` one character per cell: ``t`` text,
    ``n`` number, ``d`` date, ``b`` truth, ``e`` error, ``f`` formula never calculated, or blank. Amounts of
    money are multiplied by the unit's factor, except texts that bring their own. Words for withheld or
    missing values count in every kind except text and keys, where they are no words of the column's list.
    ``looks`` are the formats and fills of the cells: a format can say currency, percentage or leading zeros, a
    fill can be a colour. Raises ``ConfigurationError`` for a word of the dialect that is no regular expression; no
    cell raises.

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
        looks=looks,
    )
    reading = _READERS[column.kind](cells, column, dialect, unit)
    values = pd.Series(reading.values, index=raw.index, dtype=DTYPES[column.kind])
    null = values.isna().to_numpy()
    codes = _codes(cells, reading, column.kind, null=null)
    currencies, ends = reading.currencies, reading.ends
    return Parsed(
        values=values,
        reasons=_reasons(codes, null, raw.index),
        faults=_faults(cells, codes, reading.details, raw.index),
        currencies=None if currencies is None else pd.Series(currencies, index=raw.index, dtype="str"),
        ends=None if ends is None else ends.set_axis(raw.index[ends.index]),
    )


def _codes(cells: Cells, reading: Reading, kind: Kind, *, null: np.ndarray) -> np.ndarray:
    """What is to be said of each cell: that it holds no value for a reason, what its reader says, or unreadable."""
    codes = no_codes(len(cells)) if reading.codes is None else reading.codes
    lost = null & ~cells.have(Form.BLANK)
    if lost.any():
        faulty = lost & cells.have(*FAULTY)
        codes[faulty] = FORMS[cells.forms[faulty]]
        codes[lost & pd.isna(codes)] = UNREADABLE.get(kind, Form.ERROR)
    return codes


def _reasons(codes: np.ndarray, null: np.ndarray, labels: pd.Index) -> pd.Series:
    told = null & pd.notna(codes)
    reasons = no_codes(len(codes))
    reasons[told] = [_REASONS.get(code, "unreadable") for code in codes[told]]
    return pd.Series(reasons, index=labels, dtype="str")


def _faults(cells: Cells, codes: np.ndarray, details: np.ndarray | None, labels: pd.Index) -> pd.DataFrame:
    found = np.flatnonzero(pd.notna(codes))
    if not found.size:
        return _no_faults(labels)
    wrong = codes[found]
    told = no_details(len(found)) if details is None else details[found].copy()
    told[np.isin(wrong, FAULTY)] = ""
    return pd.DataFrame(
        {
            POSITION: labels[found],
            Finding.code: pd.array(wrong, dtype="str"),
            Finding.value: pd.array(written(cells.raw[found]), dtype="str"),
            DETAIL: pd.array(told, dtype="str"),
        }
    )


def _no_faults(labels: pd.Index) -> pd.DataFrame:
    nothing = pd.array([], dtype="str")
    return pd.DataFrame(
        {POSITION: labels[:0], Finding.code: nothing, Finding.value: nothing, DETAIL: nothing}
    )
