"""Shapes: what the values of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.forms import written
from pmo_analytics.loading.cells.parsing import Dialect, parse_cells
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.schemas.tables import Column

#: The share of the cells of a column that must read as a kind for the column to be of that shape.
SHARE = 0.8
#: Of a column of a few different words this share has to read as colours: the rest are an office's own.
LEAST_COLOURS, MOST_COLOURS = 0.4, 10
#: The share of different values by which a column tells its rows apart: a row may stand twice.
DIFFERENT = 0.85
#: Two of them are the fewest that can be told apart.
FEWEST = 2
#: Texts longer than this are prose and no name; a word of a list has at most so many letters.
LONGEST_NAME, LONGEST_WORD = 80, 30

COLOURS, DATES, AMOUNTS, CODES, NAMES, WORDS, TEXTS = (
    "colours",
    "dates",
    "amounts",
    "codes, each once",
    "texts, each once",
    "a few words",
    "texts",
)

#: What shapes fit a kind of column; amounts are numbers of any kind.
_FITTING = {
    Kind.COLOUR: {COLOURS},
    Kind.DATE: {DATES},
    Kind.PERIOD: {DATES},
    Kind.MONEY: {AMOUNTS},
    Kind.FRACTION: {AMOUNTS},
    Kind.NUMBER: {AMOUNTS},
    Kind.WORD: {WORDS, COLOURS},
    Kind.FLAG: {WORDS},
    Kind.TEXT: {NAMES, WORDS, TEXTS, CODES},
}
#: One column of each kind to read the cells as, the most telling first.
_READ_AS = (
    (COLOURS, "status", "rag_overall"),
    (DATES, "projects", "baseline_finish"),
    (DATES, "status", "period"),
    (AMOUNTS, "status", "ac"),
)
#: A mark of a footnote behind a value: K24-0046 1), HMV/24/012*.
_FOOTNOTE = re.compile(r"\s*(?:\*+|[¹²³†‡]|\s\d\))$")
_CODE = re.compile(r"[A-Za-z]{1,8}[-/_. ]?[\w/.\-]*\d[A-Za-z]?", re.ASCII)
_LEADING_ZERO = re.compile(r"0\d+")


def shape_of(values: pd.Series, kinds: pd.Series, painted: float = 0.0) -> str:
    """The shape of the values of a column, or nothing where it is empty; ``painted`` is the share of cells
    that are filled with the paint of a colour.

    >>> shape_of(pd.Series(["000417", "000023"], dtype=object), pd.Series(["t", "t"]))
    'codes, each once'
    """
    filled = values[values.notna()]
    if painted >= SHARE or filled.empty:
        return COLOURS if painted >= SHARE else ""
    texts = written(filled.to_numpy(dtype=object))
    stripped = pd.Series([_FOOTNOTE.sub("", text.strip()) for text in texts], dtype="str")
    coded = _codes(stripped, kinds[filled.index])
    if coded == "zero":
        return CODES if _apart(stripped) else TEXTS
    for shape, name, column in _READ_AS:
        least = LEAST_COLOURS if shape == COLOURS and stripped.nunique() <= MOST_COLOURS else SHARE
        if _reads_as(filled, kinds[filled.index], table(name).columns[column], least):
            return shape
    if coded and _apart(stripped):
        return CODES
    return _of_texts(stripped)


def fits(shape: str, column: Column) -> bool:
    """Whether values of a shape can be those of a column."""
    return shape in _FITTING[column.kind]


def strange_words(values: pd.Series, kinds: pd.Series, column: Column) -> tuple[str, ...]:
    """The values of a column of colours or of words of a closed list that are none of them."""
    if column.kind not in (Kind.WORD, Kind.COLOUR):
        return ()
    filled = values[values.notna()].astype("str").astype(object)
    read = parse_cells(filled, kinds[filled.index], column, Dialect()).values
    return tuple(dict.fromkeys(text.strip() for text in filled[read.isna()]))


def _codes(texts: pd.Series, kinds: pd.Series) -> str:
    zero = texts.str.fullmatch(_LEADING_ZERO).fillna(value=False) & kinds.eq("t").to_numpy()
    digits = texts.str.fullmatch(r"\d+").fillna(value=False)
    if zero.any() and digits.mean() >= SHARE and texts[digits].str.len().nunique() == 1:
        return "zero"
    return "coded" if texts.str.fullmatch(_CODE).fillna(value=False).mean() >= SHARE else ""


def _apart(texts: pd.Series) -> bool:
    return len(texts) >= FEWEST and texts.nunique() / len(texts) >= DIFFERENT


def _of_texts(texts: pd.Series) -> str:
    length = texts.str.len()
    if _apart(texts) and length.mean() <= LONGEST_NAME:
        return NAMES
    return WORDS if texts.nunique() <= max(len(texts) / 2, 3) and length.max() <= LONGEST_WORD else TEXTS


def _reads_as(values: pd.Series, kinds: pd.Series, column: Column, least: float) -> bool:
    dialects = (Dialect(date_order="DMY"), Dialect(date_order="MDY", decimal=","))
    read = (parse_cells(values, kinds, column, dialect).values for dialect in dialects)
    return any(values.notna().mean() >= least for values in read)
