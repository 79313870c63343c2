"""What a column is: the kinds of columns, and how a table declares one.

A table is a pandera model whose columns are declared by :func:`field`. Seen from outside, a column of a
model *is its name* (``Status.ac == "ac"``), so that names are written once, here, and checked by the type
checker wherever they are used.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import pandera.pandas as pa
from pandera.engines import pandas_engine

from pmo_analytics.schemas.words import word_list


class Kind(StrEnum):
    """The kinds of columns; each has one strict parser and one dtype."""

    TEXT = "text"
    WORD = "word"
    COLOUR = "colour"
    DATE = "date"
    PERIOD = "period"
    MONEY = "money"
    FRACTION = "fraction"
    NUMBER = "number"
    FLAG = "flag"


DTYPES: dict[Kind, str] = {
    Kind.TEXT: "str",
    Kind.WORD: "str",
    Kind.COLOUR: "str",
    Kind.DATE: "datetime64[us]",
    Kind.PERIOD: "datetime64[us]",
    Kind.MONEY: "float64",
    Kind.FRACTION: "float64",
    Kind.NUMBER: "float64",
    Kind.FLAG: "boolean",
}

UNITS: dict[Kind, str] = {
    Kind.MONEY: "currency units",
    Kind.FRACTION: "fraction 0–1",
    Kind.DATE: "date",
    Kind.PERIOD: "month-end date",
}

#: Said of a part of a key that a row may leave open; what it leaves open is then part of what it is known by.
MAY_BE_EMPTY = "may be empty"

#: Kinds whose nulls carry a reason in a column beside them.
REASONED = frozenset({Kind.MONEY, Kind.DATE, Kind.COLOUR, Kind.FRACTION, Kind.NUMBER})

if TYPE_CHECKING:
    Text: TypeAlias = str
    Word: TypeAlias = str
    Colour: TypeAlias = str
    Date: TypeAlias = str
    Period: TypeAlias = str
    Money: TypeAlias = str
    Fraction: TypeAlias = str
    Number: TypeAlias = str
    Flag: TypeAlias = str
else:
    Text = Word = Colour = str
    Date = Period = pandas_engine.DateTime
    Money = Fraction = Number = float
    Flag = pd.BooleanDtype


def field(
    kind: Kind,
    title: str,
    description: str,
    *,
    unit: str | None = None,
    words: str | None = None,
    required: bool = False,
    key: bool | str = False,
    derived: bool = False,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Any:
    """A column of a table: its kind, wording, unit and bounds.

    ``required`` means that metrics need it: its absence is one finding. ``key`` means that a row cannot be
    kept without it, ``key=MAY_BE_EMPTY`` that it is known by this part also where that is empty.
    ``derived`` columns are made by the library and have no heading. ``words`` names the
    closed list that the values come from.
    """
    dates: dict[str, Any] = {"dtype_kwargs": {"unit": "us"}} if kind in (Kind.DATE, Kind.PERIOD) else {}
    return pa.Field(
        title=title,
        description=description,
        nullable=not key or key == MAY_BE_EMPTY,
        ge=at_least,
        le=at_most,
        isin=list(word_list(words)) if words else None,
        metadata={
            "kind": kind,
            "unit": unit or UNITS.get(kind, ""),
            "words": words,
            "required": required,
            "key": bool(key),
            "optional": key == MAY_BE_EMPTY,
            "derived": derived,
        },
        **dates,
    )


def reason_of(name: str) -> str:
    """The name of the column that says why the column ``name`` is null.

    >>> reason_of("ac")
    'ac_reason'
    """
    return f"{name}_reason"
