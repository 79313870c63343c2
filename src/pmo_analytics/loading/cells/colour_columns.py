"""Columns of colours: by their words, and where there is no word by the fill of the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.fills import FITS, UNCLEAR, colour_of
from pmo_analytics.loading.cells.forms import Cells, Form
from pmo_analytics.loading.cells.reading import Reading, no_codes
from pmo_analytics.loading.cells.text_columns import read_word_column

if TYPE_CHECKING:
    from pmo_analytics.loading.cells.currencies import Unit
    from pmo_analytics.loading.cells.dialect import Dialect
    from pmo_analytics.schemas.tables import Column

#: A text without a single letter or digit says no colour: a bullet, a dash, a blank.
_NO_WORD = r"[\W_]+"
_FITTING = [f"{word} in {paint}" for paint, words in FITS.items() for word in words]


def read_colour_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:
    """The colours of a column.

    A word counts. Where there is none, the fill does, with a note that names it; a fill that is no clear colour,
    or that runs on into cells that hold no colour, is a finding. A word and a fill that contradict each other
    are a finding as well, unless the whole column is painted in one fill: that is decoration.
    """
    words = read_word_column(cells, column, dialect, unit)
    fills, runs_on = cells.looks.fills, cells.looks.runs_on
    painted = fills.map({fill: colour_of(fill) for fill in fills.unique()}).astype(object)
    if (painted == "").all() or _is_decoration(words.values, fills):
        return words
    wordless = words.values.isna() & _without_word(cells)
    marked = painted != ""
    clear = marked & (painted != UNCLEAR)
    read = wordless & clear & ~runs_on
    unclear = wordless & marked & ~read & (clear | ~runs_on)
    fits = (words.values.astype(object) + " in " + painted).isin(_FITTING)
    contradicted = words.values.notna() & clear & ~runs_on & ~fits
    codes = no_codes(painted.index).mask(read, "COLOUR_FROM_FILL").mask(unclear, "UNCLEAR_FILL")
    codes = codes.mask(contradicted, "COLOUR_FILL_CONFLICT")
    told = ("#" + fills).mask(runs_on, "#" + fills + ", which runs on along the row")
    told = told.where(unclear, "#" + fills + " (" + painted + ")")
    details = told.where(codes.notna(), words.details)
    return Reading(words.values.where(~read, painted), codes, details)


def _without_word(cells: Cells) -> pd.Series:
    text = cells.content.where(cells.forms.isin((Form.TEXT, Form.NOT_REPORTED)))
    sign = text.astype(object).str.fullmatch(_NO_WORD).astype("boolean").fillna(value=False).astype(bool)
    return (cells.forms == Form.BLANK) | sign


def _is_decoration(words: pd.Series, fills: pd.Series) -> bool:
    """Whether one and the same fill lies under different words."""
    filled = fills != ""
    return fills[filled].nunique() == 1 and words[filled].nunique() > 1
