"""Ranges and bands: cells that state several values, or only where the value lies.

A range has a low, a middle and a high value, each with its label; the middle one counts. A band has ends and no
value: 100 - 250 million, £5m+, < 5 million.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


@dataclass(frozen=True, slots=True)
class Ranges:
    """The values of ranges and bands, null where a cell states none, and the finding that each cell gives."""

    ends: pd.DataFrame
    codes: pd.Series


def read_ranges(text: pd.Series, read: Callable[[pd.Series], pd.Series]) -> Ranges:
    """The low, middle and high values of texts that state several, and what is to be said of each.

    ``read`` reads the single values. Null, code and values, for a text that is neither range nor band, or of
    which a part cannot be read.

    >>> found = read_ranges(pd.Series(["Low: 1, Mid: 2, High: 4", "5 - 9", "7"], dtype=object), pd.to_numeric)
    >>> found.ends.values.tolist(), found.codes.tolist()
    ([[1.0, 2.0, 4.0], [5.0, nan, 9.0], [nan, nan, nan]], ['RANGE', 'BAND', nan])
    """
    text = text.where(text.str.len() <= LONGEST)
    labelled = _labelled(text)
    is_range = labelled.notna().any(axis=1)
    band = _band(text.where(~is_range))
    stated = is_range | band.notna().any(axis=1)
    values, sound = _read_parts(labelled.where(is_range, band)[stated], read)
    sound = sound.reindex(text.index, fill_value=False)
    values = values.reindex(text.index)
    disordered = _disordered(values)
    codes: pd.Series = pd.Series(np.nan, index=text.index, dtype=object)
    codes = codes.mask(is_range & sound, "RANGE")
    codes = codes.mask(is_range & sound & values["mid"].isna(), "RANGE_WITHOUT_MIDDLE")
    codes = codes.mask(is_range & sound & disordered, "RANGE_OUT_OF_ORDER")
    codes = codes.mask(~is_range & sound & ~disordered, "BAND")
    return Ranges(values.where(codes.notna()), codes)


def _labelled(text: pd.Series) -> pd.DataFrame:
    ranged = text.where(text.str.contains(_STARTS).astype("boolean").fillna(value=False).astype(bool))
    return pd.DataFrame({end: ranged.str.extract(_VALUES[end])[0] for end in ENDS}, dtype=object)


def _band(text: pd.Series) -> pd.DataFrame:
    between = text.str.extract(_BETWEEN)
    between = between.fillna(text.str.extract(_HYPHEN))
    tail = between[1].str.extract(_TAIL)[0].fillna("")
    bare = between[0].str.contains(r"[0-9]\s*\Z").astype("boolean").fillna(value=False).astype(bool)
    low = between[0].where(~bare, between[0] + tail)
    low = low.fillna(text.str.extract(_FROM)[0]).fillna(text.str.extract(_FROM_ON)[0])
    high = between[1].fillna(text.str.extract(_UP_TO)[0])
    nothing = pd.Series(index=text.index, dtype=object)
    return pd.DataFrame({"low": low, "mid": nothing, "high": high}, dtype=object)


def _read_parts(
    parts: pd.DataFrame, read: Callable[[pd.Series], pd.Series]
) -> tuple[pd.DataFrame, pd.Series]:
    """The values of the parts, and whether every part that states one could be read."""
    long = pd.concat([parts[end] for end in ENDS], ignore_index=True).astype(object)
    long = wording.clean(long)
    words = (*wording.WITHHELD, *wording.NOT_REPORTED, r"\Z")
    stated = long.notna() & ~wording.begins_with(long.fillna(""), words)
    found = read(long.where(stated))
    sound = found.notna() | ~stated
    n = len(parts)
    cut = {end: slice(at * n, (at + 1) * n) for at, end in enumerate(ENDS)}
    values = pd.DataFrame({end: found.iloc[here].set_axis(parts.index) for end, here in cut.items()})
    whole = pd.DataFrame({end: sound.iloc[here].set_axis(parts.index) for end, here in cut.items()})
    return values, whole.all(axis=1) & values.notna().any(axis=1)


def _disordered(values: pd.DataFrame) -> pd.Series:
    low, mid, high = (values[end] for end in ENDS)
    return (low > mid) | (mid > high) | (low > high)
