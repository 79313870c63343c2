"""The cells of a column, sorted by form: text, number, day, truth, or no value at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import wording
from pmo_analytics.loading.cells.looks import Looks

if TYPE_CHECKING:
    from collections.abc import Callable


class Form(StrEnum):
    """What a cell holds. The last four hold no value for a reason, and are the codes of their faults."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TRUTH = "truth"
    OTHER = "other"
    BLANK = "blank"
    ERROR = "ERROR_CELL"
    UNCALCULATED = "NOT_CALCULATED"
    WITHHELD = "WITHHELD"
    NOT_REPORTED = "NOT_REPORTED"


FAULTY = (Form.ERROR, Form.UNCALCULATED, Form.WITHHELD, Form.NOT_REPORTED)
_FORM_OF_KIND = MappingProxyType({"e": Form.ERROR, "f": Form.UNCALCULATED})
_FORM_OF_TYPE = (
    ((bool, np.bool_), Form.TRUTH),
    ((str,), Form.TEXT),
    ((int, float, np.integer, np.floating, Decimal), Form.NUMBER),
    ((dt.date,), Form.DAY),
)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column, counted from 0: as delivered, their forms, with the texts cleaned, and their looks."""

    raw: pd.Series
    forms: pd.Series
    content: pd.Series
    looks: Looks

    def of(self, form: Form) -> pd.Series:
        """The content of the cells of that form, without the others."""
        return self.content[self.forms == form]

    def nothing(self, dtype: str) -> pd.Series:
        """A null for every cell."""
        return pd.Series(index=self.raw.index, dtype=dtype)


def sort_cells(
    raw: pd.Series,
    kinds: pd.Series,
    *,
    withheld: tuple[str, ...] = (),
    not_reported: tuple[str, ...] = (),
    looks: Looks | None = None,
) -> Cells:
    """The cells with the form of each.

    ``kinds`` decides for error cells (``e``) and formulas never calculated (``f``); else the type of the
    object does. A text that begins with one of the expressions holds no value. ``looks`` has the index of ``raw``.

    >>> raw = pd.Series(["Exempt", 1.0, None, " "], dtype=object)
    >>> sort_cells(raw, pd.Series(["t", "n", "", "t"]), withheld=("exempt",)).forms.astype(str).tolist()
    ['WITHHELD', 'number', 'blank', 'blank']
    """
    cells = raw.astype(object).reset_index(drop=True)
    types = cells.map(type).astype(object)
    forms = types.map({one: form_of(one) for one in types.unique()}).astype(object)
    forms = forms.mask(cells.isna(), Form.BLANK)
    texts = cells[forms == Form.TEXT].astype(object)
    content = cells.copy()
    (content.loc[texts.index],) = by_distinct(texts, lambda text: (wording.clean(text),))
    (forms.loc[texts.index],) = by_distinct(
        content.loc[texts.index], lambda text: (_forms_of_texts(text, withheld, not_reported),)
    )
    marked = kinds.reset_index(drop=True).astype(object).map(dict(_FORM_OF_KIND)).astype(object)
    seen = Looks.plain(cells.index) if looks is None else looks.counted()
    return Cells(cells, marked.where(marked.notna(), forms), content, seen)


def by_distinct(
    texts: pd.Series, read: Callable[[pd.Series], tuple[pd.Series, ...]]
) -> tuple[pd.Series, ...]:
    """What ``read`` makes of the texts, asked once per distinct text.

    >>> by_distinct(pd.Series(["a", "b", "a"], dtype=object), lambda text: (text.str.upper(),))[0].tolist()
    ['A', 'B', 'A']
    """
    positions, distinct = pd.factorize(texts.to_numpy(dtype=object))
    results = read(pd.Series(distinct, dtype=object))
    return tuple(result.take(positions).set_axis(texts.index) for result in results)


def form_of(one: type) -> Form:
    """The form of the values of a type.

    >>> form_of(bool).value, form_of(int).value, form_of(dt.timedelta).value
    ('truth', 'number', 'other')
    """
    return next((form for types, form in _FORM_OF_TYPE if issubclass(one, types)), Form.OTHER)


def written(cells: pd.Series) -> pd.Series:
    """The cells as people write them; an empty text for a null.

    >>> written(pd.Series([12.0, True, dt.date(2026, 6, 30), None], dtype=object)).tolist()
    ['12', 'TRUE', '2026-06-30', '']
    """
    return cells.map(_as_written, na_action="ignore").astype(object).fillna("")


def as_floats(numbers: pd.Series) -> pd.Series:
    """The numbers as floats; infinite where one is too large.

    >>> as_floats(pd.Series([1, 2.5, 10**400], dtype=object)).tolist()
    [1.0, 2.5, inf]
    """
    try:
        return numbers.astype("float64")
    except (OverflowError, ValueError):
        return numbers.map(_as_float).astype("float64")


def _forms_of_texts(text: pd.Series, withheld: tuple[str, ...], not_reported: tuple[str, ...]) -> pd.Series:
    forms = pd.Series(Form.TEXT, index=text.index, dtype=object)
    forms = forms.mask(wording.begins_with(text, not_reported), Form.NOT_REPORTED)
    forms = forms.mask(wording.begins_with(text, withheld), Form.WITHHELD)
    forms = forms.mask(wording.begins_with(text, (wording.ERROR_TEXT,)), Form.ERROR)
    return forms.mask(text == "", Form.BLANK)


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except (OverflowError, ValueError):
        return float("inf")


def _as_written(value: Any) -> str:
    form = form_of(type(value))
    if form == Form.NUMBER:
        return wording.written_number(value)
    if form == Form.DAY:
        return wording.written_day(value)
    if form == Form.TRUTH:
        return str(bool(value)).upper()
    text = str(value)
    # half a surrogate pair is no character: a typed column cannot hold it
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
