"""Columns of colours: by their words, and where there is no word by the fill of the cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells.fills import FITS, UNCLEAR, colour_of
from pmo_analytics.loading.cells.forms import Cells, Form, as_objects
from pmo_analytics.loading.cells.reading import Reading, no_codes, no_details
from pmo_analytics.loading.cells.text_columns import read_word_column

if TYPE_CHECKING:
    from pmo_analytics.loading.cells.currencies import Unit
    from pmo_analytics.loading.cells.dialect import Dialect
    from pmo_analytics.schemas.tables import Column

#: No fill, and the fill of paper.
NOTHING = ("", "FFFFFF")
#: A text without a single letter or digit says no colour: a bullet, a dash, a blank.
_NO_WORD = re.compile(r"[\W_]+")


def read_colour_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:
    """The colours of a column.

    A word counts. Where there is none, the fill does, with a note that names it; a fill that is no clear colour,
    or that runs on into cells that hold no colour, is a finding. A word and a fill that contradict each other
    are a finding as well, unless the whole column is painted in one fill: that is decoration.
    """
    words = read_word_column(cells, column, dialect, unit)
    fills, runs_on = cells.looks.fills, cells.looks.runs_on
    paint_of = {fill: colour_of(fill) for fill in set(fills)}
    painted = as_objects(map(paint_of.__getitem__, fills))
    marked = painted != ""
    if not marked.any() or _is_decoration(words.values, fills):
        return words
    bare = pd.isna(words.values) & _without_word(cells)
    clear = marked & (painted != UNCLEAR)
    read = bare & clear & ~runs_on
    unclear = bare & marked & ~read & (clear | ~runs_on)
    pairs = zip(words.values, painted, strict=True)
    fits = np.array([word in FITS.get(paint, ()) for word, paint in pairs], dtype=bool)
    if read.any():
        # Beside cells that are read by their fill, a grey one says something too, and nobody knows what.
        unclear |= bare & ~np.isin(fills, NOTHING) & ~marked & ~runs_on
    contradicted = pd.notna(words.values) & clear & ~runs_on & ~fits
    codes = no_codes(len(cells))
    codes[read], codes[unclear] = "COLOUR_FROM_FILL", "UNCLEAR_FILL"
    codes[contradicted] = "COLOUR_FILL_CONFLICT"
    told = pd.notna(codes)
    remark = np.where(unclear, np.where(runs_on, ", which runs on along the row", ""), _named(painted))
    before = no_details(len(cells)) if words.details is None else words.details
    details = np.where(told, "#" + fills + remark, before)
    return Reading(np.where(read, painted, words.values), codes, details)


def _named(painted: np.ndarray) -> np.ndarray:
    return np.where(painted == "", "", " (" + painted + ")")


def _without_word(cells: Cells) -> np.ndarray:
    signs = [isinstance(one, str) and _NO_WORD.fullmatch(one) is not None for one in cells.content]
    return cells.have(Form.BLANK) | (cells.have(Form.TEXT, Form.NOT_REPORTED) & signs)


def _is_decoration(words: np.ndarray, fills: np.ndarray) -> bool:
    """Whether one and the same fill lies under different words."""
    filled = fills != ""
    return len(set(fills[filled])) == 1 and len(set(words[filled]) - {None}) > 1
