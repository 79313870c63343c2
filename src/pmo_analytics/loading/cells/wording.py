"""Words in cells: cleaning, closed lists, flags, and the words that stand for no value."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

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
    r"\*{2,}\Z",
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

_NO_MORE: Mapping[str, str] = MappingProxyType({})
_WORD = re.compile(r"[^\W_]+")
_ADORNMENT = re.compile(
    "\\A[\\s\u2022\u25a0\u25aa\u25b2\u25bc\u25cf\u25c6\u25c9\u2b24\u2190-\u21ff\u2b00-\u2b1a\ufe0f]+"
    "|[\\s.!\u2022\u25a0\u25aa\u25b2\u25bc\u25cf\u25c6\u25c9\u2b24\u2190-\u21ff\u2b00-\u2b1a\ufe0f]+\\Z"
)
_REMARK = re.compile(r"\A([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]\Z")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_ODD_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_BETWEEN_WORDS = re.compile(r"(?<=[^\s_\-])[\s_\-]+(?=[^\s_\-])")
_AROUND_SLASH = re.compile(r"\s*/\s*")


def clean(text: str) -> str:
    """The text without invisible characters, with plain blanks, trimmed; inner line breaks stay.

    >>> clean("\\u00a0Green\\u200b ")
    'Green'
    """
    return (text if text.isascii() else _ODD_BLANKS.sub(" ", _INVISIBLE.sub("", text))).strip()


def begins_with(text: str, patterns: Iterable[str]) -> bool:
    """Whether the text begins with one of the regular expressions, case ignored.

    Raises ``ConfigurationError`` for a pattern that is no regular expression.

    >>> begins_with("Exempt under Section 43", WITHHELD), begins_with("12", WITHHELD)
    (True, False)
    """
    return any(_compiled(pattern).match(text) for pattern in patterns)


def read_word(text: str, name: str, more: Mapping[str, str] = _NO_MORE) -> str | None:
    """The word of a closed list, as stored; none where the spelling is unknown.

    Case counts for nothing; blanks, underscores and hyphens between words are equal, and blanks around a
    slash are dropped. Of a colour, bullets and arrows around it and a remark in brackets behind it are dropped
    too, unless the remark names a colour. ``more`` are further spellings and the words that they stand for.

    >>> [read_word(text, "colour") for text in ("Amber/ Red", "● Green (on budget)", "mauve")]
    ['amber_red', 'green', None]
    """
    known = _accepted(name)
    if more:
        known = known | {_fold(spelling): word for spelling, word in more.items()}
    word = known.get(_fold(text))
    return _read_adorned(text, known) if word is None and name == COLOUR_LIST else word


def _read_adorned(text: str, known: Mapping[str, str]) -> str | None:
    """The colour with something around it that is none of its meaning."""
    bare = _ADORNMENT.sub("", text)
    if remark := _REMARK.search(bare):
        words = _WORD.findall(_fold(remark[2]))
        if any(len(word) > 1 and word in known for word in words):
            return None
        bare = remark[1]
    return known.get(_fold(bare))


def read_flag(text: str) -> bool | None:
    """Yes or no as true or false; none where it is neither.

    >>> [read_flag(text) for text in ("Yes", "n", "perhaps")]
    [True, False, None]
    """
    return FLAGS.get(text.casefold())


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


def _fold(text: str) -> str:
    return _AROUND_SLASH.sub("/", _BETWEEN_WORDS.sub(" ", text.casefold()))


@cache
def _accepted(name: str) -> dict[str, str]:
    return {_fold(spelling): word for spelling, word in spellings(name).items()}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ConfigurationError(
            f"{pattern!r} is no regular expression ({error}); correct the profile's words for missing values."
        ) from error
