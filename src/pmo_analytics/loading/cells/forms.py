"""The cells of a column, sorted by form: text, number, day, truth, or no value at all.

Columns of a portfolio are short and their texts repeat. So a text is read alone, by a plain function, and each
distinct text of a column once; what concerns whole columns works on arrays.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import wording
from pmo_analytics.loading.cells.dates import REMEMBERED
from pmo_analytics.loading.cells.looks import Looks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


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
#: The forms in their order; an array of forms holds their places in it.
FORMS = np.array(list(Form), dtype=object)
_PLACE = MappingProxyType({form: place for place, form in enumerate(Form)})
_FORM_OF_KIND = MappingProxyType({"e": Form.ERROR, "f": Form.UNCALCULATED})
_FORM_OF_TYPE = (
    ((bool, np.bool_), Form.TRUTH),
    ((str,), Form.TEXT),
    ((int, float, np.integer, np.floating, Decimal), Form.NUMBER),
    ((dt.date,), Form.DAY),
)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column, as arrays: as delivered, their forms, with the texts cleaned, and their looks."""

    raw: np.ndarray
    forms: np.ndarray
    content: np.ndarray
    looks: Looks

    def __len__(self) -> int:
        return len(self.raw)

    def have(self, *forms: Form) -> np.ndarray:
        """Where the cells have one of the forms."""
        return np.isin(self.forms, [_PLACE[form] for form in forms])

    def places(self, form: Form) -> np.ndarray:
        """The places of the cells of that form."""
        return np.flatnonzero(self.forms == _PLACE[form])


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
    object does. A text that begins with one of the expressions holds no value. ``looks`` are as many as ``raw``.

    >>> raw = pd.Series(["Exempt", 1.0, None, " "], dtype=object)
    >>> cells = sort_cells(raw, pd.Series(["t", "n", "", "t"]), withheld=("exempt",))
    >>> [str(form) for form in FORMS[cells.forms]]
    ['WITHHELD', 'number', 'blank', 'blank']
    """
    delivered = raw.to_numpy(dtype=object)
    types = list(map(type, delivered))
    place_of = {one: _PLACE[form_of(one)] for one in set(types)}
    forms = np.fromiter((place_of[one] for one in types), dtype=np.int8, count=len(types))
    forms[pd.isna(delivered)] = _PLACE[Form.BLANK]
    content = delivered.copy()
    texts = np.flatnonzero(forms == _PLACE[Form.TEXT])
    if texts.size:
        content[texts], forms[texts] = read_each(
            content[texts], lambda text: _sort_text(text, withheld, not_reported)
        )
    marks = kinds.to_numpy(dtype=object)
    for mark, form in _FORM_OF_KIND.items():
        forms[marks == mark] = _PLACE[form]
    return Cells(delivered, forms, content, Looks.plain(len(delivered)) if looks is None else looks)


def read_each(values: np.ndarray, read: Callable[[Any], tuple[Any, ...]]) -> tuple[np.ndarray, ...]:
    """What ``read`` makes of the values, asked once per distinct one: an array for each member of its answer.

    There must be a value: without one nobody knows how many members an answer has.

    >>> upper, size = read_each(np.array(["a", "b", "a"], dtype=object), lambda text: (text.upper(), len(text)))
    >>> upper.tolist(), size.tolist()
    (['A', 'B', 'A'], [1, 1, 1])
    """
    at, distinct = pd.factorize(values)
    answers = zip(*map(read, distinct), strict=True)
    return tuple(as_objects(answer).take(at) for answer in answers)


def as_objects(values: Iterable[Any]) -> np.ndarray:
    """The values as an array of objects.

    >>> as_objects(["a", None]).tolist()
    ['a', None]
    """
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def form_of(one: type) -> Form:
    """The form of the values of a type.

    >>> form_of(bool).value, form_of(int).value, form_of(dt.timedelta).value
    ('truth', 'number', 'other')
    """
    return next((form for types, form in _FORM_OF_TYPE if issubclass(one, types)), Form.OTHER)


def written(cells: np.ndarray) -> np.ndarray:
    """The cells as people write them; an empty text for a null.

    >>> written(np.array([12.0, True, dt.date(2026, 6, 30), None], dtype=object)).tolist()
    ['12', 'TRUE', '2026-06-30', '']
    """
    forms = {one: form_of(one) for one in set(map(type, cells))}
    texts = as_objects(_as_written(value, forms[type(value)]) for value in cells)
    texts[pd.isna(cells)] = ""
    return texts


def whole_characters(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair: that is no character, and a typed column cannot hold it.

    >>> whole_characters("P\\ud8001")
    'P�1'
    """
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_floats(numbers: np.ndarray) -> np.ndarray:
    """The numbers as floats; infinite where one is too large.

    >>> as_floats(np.array([1, 2.5, 10**400], dtype=object)).tolist()
    [1.0, 2.5, inf]
    """
    try:
        return numbers.astype("float64")
    except (OverflowError, ValueError):
        return np.array(list(map(_as_float, numbers)), dtype="float64")


@lru_cache(maxsize=REMEMBERED)
def _sort_text(text: str, withheld: tuple[str, ...], not_reported: tuple[str, ...]) -> tuple[str, int]:
    text = wording.clean(text)
    if not text:
        form = Form.BLANK
    elif wording.begins_with(text, (wording.ERROR_TEXT,)):
        form = Form.ERROR
    elif wording.begins_with(text, withheld):
        form = Form.WITHHELD
    elif wording.begins_with(text, not_reported):
        form = Form.NOT_REPORTED
    else:
        form = Form.TEXT
    return text, _PLACE[form]


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except (OverflowError, ValueError):
        return float("inf")


def _as_written(value: Any, form: Form) -> str:
    if form == Form.NUMBER:
        return wording.written_number(value)
    if form == Form.DAY:
        return wording.written_day(value)
    if form == Form.TRUTH:
        return str(bool(value)).upper()
    return whole_characters(str(value))
