"""Columns of texts, words of closed lists, and yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import wording
from pmo_analytics.loading.cells.characters import (
    LONGEST_TEXT,
    find_lookalikes,
    has_latin,
    without_controls,
)
from pmo_analytics.loading.cells.formats import padded
from pmo_analytics.loading.cells.forms import FAULTY, Cells, Form, as_floats, by_distinct, written
from pmo_analytics.loading.cells.reading import Reading, no_codes, no_details
from pmo_analytics.schemas.words import word_list

if TYPE_CHECKING:
    from pmo_analytics.loading.cells.currencies import Unit
    from pmo_analytics.loading.cells.dialect import Dialect
    from pmo_analytics.schemas.tables import Column

#: A spreadsheet keeps 15 digits of a number; from here on the last ones are not those that were entered.
FIRST_LOSSY_NUMBER = 1e15
#: How a spreadsheet shows a long number when it writes it as text: its digits are gone.
_SCIENTIFIC = r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}"
#: How the names of columns end that hold identifiers.
_IDENTIFIER = "_id"


def read_text_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """The texts of a column, as people see them.

    A number with a format of zeros keeps them: 7 shown as 007 is 007. A number of 16 digits or more has lost
    some of them and is no text. Characters that cannot be printed are removed, with a note; in identifiers,
    letters that look like others are noted and left.
    """
    live = ~cells.forms.isin((*FAULTY, Form.BLANK))
    values = written(cells.content).where(live)
    texts = cells.of(Form.TEXT)
    unprintable = pd.Series(False, index=values.index, dtype=bool)
    values.loc[texts.index], unprintable.loc[texts.index] = by_distinct(texts, without_controls)
    numbers = cells.of(Form.NUMBER)
    pairs = pd.MultiIndex.from_arrays([values[numbers.index], cells.looks.formats[numbers.index]])
    shown = {pair: padded(*pair) for pair in pairs.unique()}
    values.loc[numbers.index] = [shown[pair] for pair in pairs]
    codes, details = no_codes(values.index), no_details(values.index)
    codes = codes.mask(values.str.len() > LONGEST_TEXT, "LONG_TEXT")
    if column.key or column.name.endswith(_IDENTIFIER):
        lookalikes = _lookalikes_of(values)
        codes, details = codes.mask(lookalikes != "", "CONFUSABLE_CHARACTERS"), lookalikes
        lossy = _lossy(cells, numbers)
        values = values.mask(lossy)
        codes = codes.mask(lossy, "LONG_NUMERIC_ID")
    codes = codes.mask(unprintable & codes.isna(), "UNPRINTABLE_CHARACTERS")
    values = values.mask(unprintable & (values == ""))
    return Reading(values, codes, details)


def read_word_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:
    """The words of a closed list; of a spelling that nobody knows, what might be wrong with it."""
    name = column.words
    if name is None:
        return read_text_column(cells, column, dialect, unit)
    values = cells.nothing("object")
    details = pd.Series(_allowed(name), index=values.index, dtype=object)
    more = dialect.spellings.get(name)
    for form in (Form.TEXT, Form.NUMBER):
        some = written(cells.of(form))
        found = by_distinct(some, lambda text: _read_words(text, name, more))
        values.loc[some.index], details.loc[some.index] = found
    return Reading(values, details=details)


def read_flag_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """Yes or no, as true or false."""
    values = cells.nothing("boolean")
    truths = cells.of(Form.TRUTH)
    values.loc[truths.index] = truths.astype(bool)
    for form in (Form.TEXT, Form.NUMBER):
        some = written(cells.of(form))
        (values.loc[some.index],) = by_distinct(some, lambda text: (wording.read_flags(text),))
    return Reading(values)


def _read_words(text: pd.Series, name: str, more: object) -> tuple[pd.Series, pd.Series]:
    words = wording.read_words(text, name, more)  # type: ignore[arg-type]
    lookalikes = find_lookalikes(text.where(words.isna()))
    separator = ": " if name == wording.COLOUR_LIST else "; "
    return words, (_allowed(name) + separator + lookalikes).where(lookalikes != "", _allowed(name))


def _allowed(name: str) -> str:
    """The words of a list; those of the colours stand in the sentence of their finding."""
    return "" if name == wording.COLOUR_LIST else ", ".join(word_list(name))


def _lookalikes_of(values: pd.Series) -> pd.Series:
    if not has_latin(values):
        return no_details(values.index)
    (found,) = by_distinct(values.dropna().astype(object), lambda text: (find_lookalikes(text),))
    return found.reindex(values.index).fillna("").astype(object)


def _lossy(cells: Cells, numbers: pd.Series) -> pd.Series:
    """Where an identifier is a number that has lost digits. Whole numbers of Python have all of theirs."""
    lossy = pd.Series(False, index=cells.raw.index, dtype=bool)
    inexact = numbers[numbers.map(lambda number: isinstance(number, float | np.floating)).astype(bool)]
    lossy.loc[inexact.index] = as_floats(inexact).abs() >= FIRST_LOSSY_NUMBER
    texts = cells.of(Form.TEXT)
    lossy.loc[texts.index] = texts.str.fullmatch(_SCIENTIFIC).astype(bool)
    return lossy
