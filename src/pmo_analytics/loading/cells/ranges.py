"""Ranges and bands: cells that state several values, or only where the value lies.

A range has a low, a middle and a high value, each with its label; the middle one counts. A band has ends and no
value: 100 - 250 million, £5m+, < 5 million.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Value = TypeVar("Value")

#: The three values of a range, and how they are labelled.
LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "low": ("low", "lower", "min", "minimum", "optimistic"),
        "mid": ("mid", "middle", "central", "most likely", "likely", "ml", "median", "expected"),
        "high": ("high", "upper", "max", "maximum", "pessimistic"),
    }
)
ENDS = tuple(LABELS)

#: A longer text is no range.
LONGEST = 200

_ALL = "|".join(sorted((label for labels in LABELS.values() for label in labels), key=len, reverse=True))
_STARTS = re.compile(rf"\A(?:{_ALL})\s*[:=]", re.IGNORECASE)
_VALUES = MappingProxyType(
    {
        end: re.compile(
            rf"(?:\A|[,;/|\s])(?:{'|'.join(labels)})\s*[:=]\s*(.*?)[,;/|\s]*"
            rf"(?=[,;/|\s](?:{_ALL})\s*[:=]|\Z)",
            re.IGNORECASE | re.DOTALL,
        )
        for end, labels in LABELS.items()
    }
)
_BETWEEN = re.compile(
    r"\A(?:(?:between|from)\s+)?(.*?[0-9].*?)(?:\s+(?:to|and|until)\s+|\s+[-–—]\s+|\s*[–—]\s*)([^-–—].*)\Z",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"\A(.*[0-9].*?)(?<=[0-9A-Za-z%])-(?=[^-])(.*)\Z", re.IGNORECASE)
_UP_TO = re.compile(r"\A(?:<=?|≤|up to|under|below|less than|at most)\s*(.*[0-9].*)\Z", re.IGNORECASE)
_FROM = re.compile(r"\A(?:>=?|≥|over|above|more than|at least)\s*(.*[0-9].*)\Z", re.IGNORECASE)
_FROM_ON = re.compile(r"\A(.*[0-9].*?)\s*(?:\+|or more|and above|and over)\Z", re.IGNORECASE)
#: What stands behind the last figure of a band counts for the first as well: 100 - 250 million.
_TAIL = re.compile(r"[0-9](\s*[^0-9]*)\Z")
_BARE = re.compile(r"[0-9]\s*\Z")
_UNREADABLE = object()


@dataclass(frozen=True, slots=True)
class Range(Generic[Value]):
    """The values that a cell states, each ``None`` where it states none, and the finding that the cell gives."""

    low: Value | None
    mid: Value | None
    high: Value | None
    code: str


def read_range(text: str, read: Callable[[str], Value | None]) -> Range[Value] | None:
    """The low, middle and high value of a text that states several, and what is to be said of it.

    ``read`` reads a single value. ``None`` for a text that is neither range nor band, or of which a part
    cannot be read.

    >>> found = read_range("Low: 1, Mid: 2, High: 4", float)
    >>> found.low, found.mid, found.high, found.code
    (1.0, 2.0, 4.0, 'RANGE')
    >>> read_range("5 - 9", float).code, read_range("7", float)
    ('BAND', None)
    """
    if len(text) > LONGEST:
        return None
    labelled = _labelled(text)
    parts = labelled or _band(text)
    values = [None if part is None else _read_part(part, read) for part in parts]
    if _UNREADABLE in values or values.count(None) == len(values):
        return None
    low, mid, high = values
    in_order = [value for value in (low, mid, high) if value is not None]
    disordered = in_order != sorted(in_order)  # type: ignore[type-var]
    if not labelled:
        return None if disordered else Range(low, mid, high, "BAND")  # type: ignore[arg-type]
    code = "RANGE_OUT_OF_ORDER" if disordered else "RANGE" if mid is not None else "RANGE_WITHOUT_MIDDLE"
    return Range(low, mid, high, code)  # type: ignore[arg-type]


def _labelled(text: str) -> tuple[str | None, ...]:
    if not _STARTS.search(text):
        return ()
    found = tuple(_VALUES[end].search(text) for end in ENDS)
    return tuple(one[1] if one else None for one in found) if any(found) else ()


def _band(text: str) -> tuple[str | None, ...]:
    low: str | None = None
    high: str | None = None
    if between := _BETWEEN.search(text) or _HYPHEN.search(text):
        low, high = between[1], between[2]
        tail = _TAIL.search(high)
        if tail and _BARE.search(low):
            low += tail[1]
    elif only := _FROM.search(text) or _FROM_ON.search(text):
        low = only[1]
    if high is None and (most := _UP_TO.search(text)):
        high = most[1]
    return low, None, high


def _read_part(part: str, read: Callable[[str], Value | None]) -> Value | object | None:
    """The value of a part; ``None`` where it says that there is none, a mark of its own where it is unreadable."""
    part = wording.clean(part)
    if not part or wording.begins_with(part, wording.WITHHELD + wording.NOT_REPORTED):
        return None
    value = read(part)
    return _UNREADABLE if value is None else value


def stated_ends(ends: Iterable[np.ndarray], at: np.ndarray, dtype: str) -> pd.DataFrame | None:
    """The low, middle and high values of the cells that state any, by place; ``None`` where no cell does.

    >>> ends = (np.array([1.0, None], dtype=object),) * 3
    >>> stated_ends(ends, np.array([4, 7]), "float64")
       low  mid  high
    4  1.0  1.0   1.0
    """
    by_end = {end: found.astype(dtype) for end, found in zip(ENDS, ends, strict=True)}
    missing = [np.isnat(found) if found.dtype.kind == "M" else np.isnan(found) for found in by_end.values()]
    stated = ~np.logical_and.reduce(missing)
    return pd.DataFrame(by_end, index=at)[stated] if stated.any() else None
