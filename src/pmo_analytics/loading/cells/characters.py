"""Characters that look like others, and those that nobody can see or print."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

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


def find_lookalikes(text: str) -> str:
    """The first letter of the text that looks like a Latin one and is not, in words; empty where there is none.

    A text that also has letters of that script without a Latin look is in that script, and is let be.

    >>> find_lookalikes("Gr\\u0435en"), find_lookalikes("\\u0437\\u0435\\u043b\\u0451\\u043d\\u044b\\u0439")
    ('the е in it is CYRILLIC SMALL LETTER IE, not e', '')
    """
    found = None if text.isascii() else _LOOKALIKE.search(text)
    if found is None or _OTHER_SCRIPT.search(_LOOKALIKE.sub("", text)):
        return ""
    return f"the {found[0]} in it is {unicodedata.name(found[0])}, not {LOOKALIKES[found[0]]}"


def has_latin(text: str) -> bool:
    """Whether the text has a Latin letter.

    >>> has_latin("P1"), has_latin("007")
    (True, False)
    """
    return _LATIN.search(text) is not None


def without_controls(text: str) -> tuple[str, bool]:
    """The text without characters that cannot be printed, and whether there were any.

    Control characters are removed, except tab and line break; half a surrogate pair becomes U+FFFD.

    >>> without_controls("P\\x001"), without_controls("a\\nb")
    (('P1', True), ('a\\nb', False))
    """
    if not _CONTROL.search(text):
        return text, False
    return _CONTROL.sub("", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")), True
