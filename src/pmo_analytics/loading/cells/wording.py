"""Words in cells: cleaning, closed lists, flags, and the words that stand for no value."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.schemas.words import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: How a cell begins whose value exists but is not shown. Regular expressions, case ignored.
WITHHELD = (
    r"exempt\b",
    r"section\s+[0-9]+",
    r"withheld\b",
    r"redacted\b",
    r"confidential\b",
    r"commercial(?:ly)?\s+(?:in\s+confidence|sensitive)\b",
)
#: How a cell begins where nobody has given a value. A word that could begin another one ends with ``\Z``.
NOT_REPORTED = (
    r"n\.?\s?/\s?a\b",
    r"n\.?a\.?\Z",
    r"not\s+(?:applicable|available|provided|reported|rated|known|yet\s+known)\b",
    r"(?:null|none|<na>|\(blank\))\Z",
    r"data\s+not\s+(?:provided|available)\b",
    r"to\s+be\s+(?:determined|confirmed|announced)\b",
    r"tb[dca]\b",
    r"no\s+dca\b",
    r"reset\b",
    r"[-–—]+\Z",
)
#: What a spreadsheet shows for a formula that failed; an export to text keeps it as a word.
ERROR_TEXT = r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)\Z"
FLAGS: Mapping[str, bool] = MappingProxyType(
    {"yes": True, "y": True, "true": True, "1": True, "x": True}
    | {"no": False, "n": False, "false": False, "0": False}
)

#: The list whose words are written with bullets, arrows and remarks.
COLOUR_LIST = "colour"

_ADORNMENT = re.compile(
    "\\A[\\s\u2022\u25a0\u25aa\u25b2\u25bc\u25cf\u25c6\u25c9\u2b24\u2190-\u2193\u2b06\u2b07\ufe0f]+"
    "|[\\s.!\u2022\u25a0\u25aa\u25b2\u25bc\u25cf\u25c6\u25c9\u2b24\u2190-\u2193\u2b06\u2b07\ufe0f]+\\Z"
)
_REMARK = re.compile(r"\A([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]\Z")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_ODD_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_BETWEEN_WORDS = re.compile(r"(?<=[^\s_\-])[\s_\-]+(?=[^\s_\-])")
_AROUND_SLASH = re.compile(r"\s*/\s*")


def clean(text: pd.Series) -> pd.Series:
    """The text without invisible characters, with plain blanks, trimmed; inner line breaks stay.

    >>> clean(pd.Series(["\\u00a0Green\\u200b "], dtype=object)).tolist()
    ['Green']
    """
    visible = text.str.replace(_INVISIBLE, "", regex=True)
    return visible.str.replace(_ODD_BLANKS, " ", regex=True).str.strip()


def begins_with(text: pd.Series, patterns: Iterable[str]) -> pd.Series:
    """Whether each text begins with one of the regular expressions, case ignored.

    Raises ``ConfigurationError`` for a pattern that is no regular expression.

    >>> begins_with(pd.Series(["Exempt under Section 43", "12"]), WITHHELD).tolist()
    [True, False]
    """
    found = pd.Series(False, index=text.index, dtype=bool)
    for pattern in patterns:
        found |= text.str.match(_compiled(pattern)).astype(bool)
    return found


def read_words(text: pd.Series, name: str, more: Mapping[str, str] | None = None) -> pd.Series:
    """The words of a closed list, as stored; null where the spelling is unknown.

    Case counts for nothing; blanks, underscores and hyphens between words are equal, and blanks around a
    slash are dropped. Of a colour, bullets and arrows around it and a remark in brackets behind it are dropped
    too, unless the remark names a colour. ``more`` are further spellings and the words that they stand for.

    >>> read_words(pd.Series(["Amber/ Red", "● Green (on budget)", "mauve"]), "colour").tolist()
    ['amber_red', 'green', nan]
    """
    known = _accepted(name)
    if more:
        known = known | dict(zip(_fold(pd.Series(list(more), dtype=object)), more.values(), strict=True))
    words = _fold(text).map(known)
    return words.fillna(_read_adorned(text, known)) if name == COLOUR_LIST else words


def _read_adorned(text: pd.Series, known: Mapping[str, str]) -> pd.Series:
    """The colours with something around them that is none of their meaning."""
    bare = text.str.replace(_ADORNMENT, "", regex=True)
    parts = bare.str.extract(_REMARK)
    remark = (
        _fold(parts[1])
        .str.findall(r"[^\W_]+")
        .map(lambda words: any(len(word) > 1 and word in known for word in words), na_action="ignore")
    )
    bare = bare.where(parts[0].isna(), parts[0].where(remark.astype("boolean").eq(other=False)))
    return _fold(bare).map(known)


def read_flags(text: pd.Series) -> pd.Series:
    """Yes or no as true or false; null where it is neither.

    >>> read_flags(pd.Series(["Yes", "n", "perhaps"])).tolist()
    [True, False, <NA>]
    """
    return text.str.casefold().map(dict(FLAGS)).astype("boolean")


def written_number(value: Any) -> str:
    """A number as people write it: a whole one without decimals.

    >>> written_number(12.0), written_number(12.5)
    ('12', '12.5')
    """
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(float(value))
    return str(value)


def written_day(value: dt.date) -> str:
    """A date in ISO form; with the time of day where it is not midnight.

    >>> written_day(dt.datetime(2026, 6, 30))
    '2026-06-30'
    """
    if not isinstance(value, dt.datetime) or value.time() == dt.time():
        return value.isoformat()[:10]
    return value.isoformat(sep=" ")


def _fold(text: pd.Series) -> pd.Series:
    lower = text.str.casefold().str.replace(_BETWEEN_WORDS, " ", regex=True)
    return lower.str.replace(_AROUND_SLASH, "/", regex=True)


@cache
def _accepted(name: str) -> dict[str, str]:
    known = spellings(name)
    folded = _fold(pd.Series(list(known), dtype=object))
    return dict(zip(folded, known.values(), strict=True))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ConfigurationError(
            f"{pattern!r} is no regular expression ({error}); correct the profile's words for missing values."
        ) from error
