"""Marks of footnotes behind a text: K24-0046 ¹⁾, P1*, P1 [1]."""

from __future__ import annotations

import re

#: Superscript figures also where a bracket closes them, asterisks and daggers, and a figure in square brackets behind a
#: blank: without it, it may be part of an identifier.
_MARK = re.compile(r"(?<=\S)\s*(?:[⁰¹²³⁴-⁹]+\s*[)⁾]?|⁽[⁰¹²³⁴-⁹]+⁾|[*†‡]+\)?|\s\[\d{1,2}\])\s*\Z")


def without_footnote(text: str) -> tuple[str, str]:
    """The text without the marks of footnotes at its end, and these marks.

    >>> without_footnote("K24-0046 ¹⁾"), without_footnote("A[1]")
    (('K24-0046', '¹⁾'), ('A[1]', ''))
    """
    plain = text
    while (found := _MARK.search(plain)) is not None:
        plain = plain[: found.start()]
    return plain, text[len(plain) :].strip()
