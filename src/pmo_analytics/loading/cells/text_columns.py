"""Columns of texts, words of closed lists, and yes or no."""

from __future__ import annotations

import re
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
from pmo_analytics.loading.cells.footnotes import without_footnote
from pmo_analytics.loading.cells.formats import padded
from pmo_analytics.loading.cells.forms import (
    FAULTY,
    Cells,
    Form,
    as_floats,
    as_objects,
    read_each,
    whole_characters,
    written,
)
from pmo_analytics.loading.cells.reading import Reading, no_codes, no_details
from pmo_analytics.schemas.words import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.loading.cells.currencies import Unit
    from pmo_analytics.loading.cells.dialect import Dialect
    from pmo_analytics.schemas.tables import Column

#: A spreadsheet keeps 15 digits of a number; from here on the last ones are not those that were entered.
FIRST_LOSSY_NUMBER = 1e15
#: How a spreadsheet shows a long number when it writes it as text: its digits are gone.
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}")
#: How the names of columns end that hold identifiers.
_IDENTIFIER = "_id"


def read_text_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """The texts of a column, as people see them.

    A number with a format of zeros keeps them: 7 shown as 007 is 007. A number of 16 digits or more has lost
    some of them and is no text. Characters that cannot be printed are removed, with a note; in identifiers,
    marks of footnotes are noted and removed, letters that look like others are noted and left.
    """
    others = ~cells.have(*FAULTY, Form.BLANK, Form.TEXT)
    values = no_codes(len(cells))
    values[others] = written(cells.content[others])
    codes, details = no_codes(len(cells)), no_details(len(cells))
    texts, numbers = cells.places(Form.TEXT), cells.places(Form.NUMBER)
    if texts.size:
        values[texts], unprintable, long = read_each(cells.content[texts], _printed)
        codes[texts[unprintable.astype(bool)]] = "UNPRINTABLE_CHARACTERS"
        codes[texts[long.astype(bool)]] = "LONG_TEXT"
        values[texts[unprintable.astype(bool) & (values[texts] == "")]] = None
    shaped = numbers[cells.looks.formats[numbers] != ""]
    shown = map(padded, values[shaped], cells.looks.formats[shaped])
    values[shaped] = as_objects(shown)
    if column.key or column.name.endswith(_IDENTIFIER):
        _drop_footnotes(values, codes, details)
        _tell_lookalikes(values, codes, details)
        lossy = _lossy(cells, texts, numbers)
        values[lossy] = None
        codes[lossy] = "LONG_NUMERIC_ID"
    return Reading(values, codes, details)


def read_word_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:
    """The words of a closed list; of a spelling that nobody knows, what might be wrong with it.

    A word of the list is that word, also where it would stand for no value in another column: none, not applicable.
    """
    name = column.words
    if name is None:
        return read_text_column(cells, column, dialect, unit)
    values = no_codes(len(cells))
    details = np.full(len(cells), _allowed(name), dtype=object)
    more = dialect.spellings.get(name, {})
    some = np.flatnonzero(cells.have(Form.TEXT, Form.NUMBER, Form.WITHHELD, Form.NOT_REPORTED))
    if some.size:
        values[some], details[some] = read_each(
            written(cells.content[some]), lambda text: _read_word(text, name, more)
        )
    return Reading(values, details=details)


def read_flag_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """Yes or no, as true or false."""
    values = no_codes(len(cells))
    truths = cells.places(Form.TRUTH)
    values[truths] = cells.content[truths].astype(bool)
    some = np.flatnonzero(cells.have(Form.TEXT, Form.NUMBER))
    if some.size:
        (values[some],) = read_each(written(cells.content[some]), lambda text: (wording.read_flag(text),))
    return Reading(values)


def _printed(text: str) -> tuple[str, bool, bool]:
    """The text without what cannot be printed, whether there was any, and whether it is too long for a cell."""
    plain, unprintable = without_controls(text)
    plain = whole_characters(plain)
    return plain, unprintable, len(plain) > LONGEST_TEXT


def _read_word(text: str, name: str, more: Mapping[str, str]) -> tuple[str | None, str]:
    word = wording.read_word(text, name, more)
    lookalikes = "" if word else find_lookalikes(text)
    separator = ": " if name == wording.COLOUR_LIST else "; "
    return word, _allowed(name) + separator + lookalikes if lookalikes else _allowed(name)


def _allowed(name: str) -> str:
    """The words of a list; those of the colours stand in the sentence of their finding."""
    return "" if name == wording.COLOUR_LIST else ", ".join(word_list(name))


def _drop_footnotes(values: np.ndarray, codes: np.ndarray, details: np.ndarray) -> None:
    """Take the marks of footnotes from the ends of identifiers, and note them."""
    given = np.flatnonzero(pd.notna(values))
    if given.size:
        values[given], marks = read_each(values[given], without_footnote)
        marked = given[marks != ""]
        codes[marked], details[marked] = "FOOTNOTE_MARK", marks[marks != ""]


def _tell_lookalikes(values: np.ndarray, codes: np.ndarray, details: np.ndarray) -> None:
    """Note the letters that look like others; in a column without a Latin letter they are its script."""
    given = np.flatnonzero(pd.notna(values))
    if not given.size:
        return
    lookalikes, latin = read_each(values[given], lambda text: (find_lookalikes(text), has_latin(text)))
    if latin.any():
        told = lookalikes != ""
        codes[given[told]], details[given[told]] = "CONFUSABLE_CHARACTERS", lookalikes[told]


def _lossy(cells: Cells, texts: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Where an identifier is a number that has lost digits. Whole numbers of Python have all of theirs."""
    lossy = np.zeros(len(cells), dtype=bool)
    inexact = numbers[[isinstance(number, float | np.floating) for number in cells.content[numbers]]]
    lossy[inexact] = np.abs(as_floats(cells.content[inexact])) >= FIRST_LOSSY_NUMBER
    lossy[texts] = [_SCIENTIFIC.fullmatch(text) is not None for text in cells.content[texts]]
    return lossy
