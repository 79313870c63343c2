"""Characters that look like others, and those that nobody can see or print."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What one cell of Excel can hold; a longer text cannot go back into a workbook.
LONGEST_TEXT = 32_767

_CYRILLIC = ("АВЕКМНОРСТХУІЈЅԌавеорсухіјѕԁһԛԝ", "ABEKMHOPCTXYIJSGaBeopcyxijsdhqw")
_GREEK = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορικ", "ABEZHIKMNOPTYXavopik")
#: Cyrillic and Greek letters that look like a Latin one, and which (after Unicode's list of confusables).
LOOKALIKES: Mapping[str, str] = MappingProxyType(
    dict(zip(*_CYRILLIC, strict=True)) | dict(zip(*_GREEK, strict=True))
)

_LATIN = re.compile("[A-Za-z]")
_LOOKALIKE = re.compile("[" + "".join(LOOKALIKES) + "]")
#: A letter of another script that looks like none of ours: such a text is simply in another language.
_OTHER_SCRIPT = re.compile("[\u0370-\u052f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def find_lookalikes(text: pd.Series) -> pd.Series:
    """The letters of each text that look like Latin ones and are not, in words; empty where there is none.

    A text that also has letters of that script without a Latin look is in that script, and is let be.

    >>> find_lookalikes(pd.Series(["Gr\u0435en", "Green", "\u0437\u0435\u043b\u0451\u043d\u044b\u0439"])).tolist()
    ['the е in it is CYRILLIC SMALL LETTER IE, not e', '', '']
    """
    found = text.str.findall(_LOOKALIKE).where(~_mine(text), None)
    return found.map(_in_words, na_action="ignore").astype(object).fillna("")


def has_latin(text: pd.Series) -> bool:
    """Whether any of the texts has a Latin letter.

    >>> has_latin(pd.Series(["007", "P1"]))
    True
    """
    return bool(text.str.contains(_LATIN).any())


def without_controls(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The texts without characters that cannot be printed, and where there were any.

    Control characters are removed, except tab and line break; half a surrogate pair becomes U+FFFD.

    >>> [found.tolist() for found in without_controls(pd.Series(["P\\x001", "a\\nb"], dtype=object))]
    [['P1', 'a\\nb'], [True, False]]
    """
    had = text.str.contains(_CONTROL).astype("boolean").fillna(value=False).astype(bool)
    if not had.any():
        return text, had
    cleaned = text.where(~had, text.map(_printable, na_action="ignore")).astype(object)
    return cleaned, had


def _mine(text: pd.Series) -> pd.Series:
    rest = text.str.replace(_LOOKALIKE, "", regex=True)
    return rest.str.contains(_OTHER_SCRIPT).astype("boolean").fillna(value=True).astype(bool)


def _in_words(letters: list[str]) -> str:
    if not letters:
        return ""
    letter = letters[0]
    return f"the {letter} in it is {unicodedata.name(letter)}, not {LOOKALIKES[letter]}"


def _printable(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROL.sub("", whole)
