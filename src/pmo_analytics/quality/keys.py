"""Keys: when two identifiers are the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import pandas as pd

from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

# The format characters of Unicode (category Cf): nobody sees them, and they make two ids out of one.
# Written out because a search through all of Unicode would slow every import; a test compares the two.
_FORMAT_RANGES = (
    *((0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891)),
    *((0x8E2, 0x8E2), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064)),
    *((0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x110BD, 0x110BD), (0x110CD, 0x110CD)),
    *((0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F)),
)
# Compiled patterns, so that the same engine reads them whatever lies behind the text column.
_FORMAT = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _FORMAT_RANGES) + "]")
#: Hyphens and dashes that programs put in the place of the one on the keyboard.
_DASH = re.compile("[\u2010-\u2015\u2212]")
_BLANKS = re.compile(r"\s+")


def match_key(ids: pd.Series) -> pd.Series:
    """The form in which identifiers are compared; two ids are the same when these are equal.

    Characters that cannot be seen are removed, then NFKC, every dash a hyphen, lower case, single blanks inside,
    none around.
    Nulls stay null. Never shown to people: the id as written is.

    >>> match_key(pd.Series(["  P\u00a01 ", "p \u200b 1"])).tolist()
    ['p 1', 'p 1']
    """
    return ids.astype("str").map(_compared, na_action="ignore").astype("str")


@lru_cache(maxsize=100_000)
def _compared(one: str) -> str:
    plain = one if one.isascii() else _DASH.sub("-", unicodedata.normalize("NFKC", _FORMAT.sub("", one)))
    return _BLANKS.sub(" ", plain.casefold()).strip()


def is_blank(text: pd.Series) -> pd.Series:
    """Whether nothing can be read there: null, or only blanks and unseen characters.

    >>> is_blank(pd.Series(["a", " ", None])).tolist()
    [False, True, True]
    """
    return match_key(text).fillna("") == ""


def comparable(rows: pd.DataFrame, table_name: str) -> pd.DataFrame:
    """The key of each row in the form in which keys are compared: ids as they match, periods as they are.

    What is left open in a key compares as such: two rows that leave the same open are the same row.
    """
    columns = table(table_name).columns
    parts = {
        name: rows[name] if columns[name].kind is Kind.PERIOD else match_key(rows[name]).fillna("")
        for name in table(table_name).key
    }
    return pd.DataFrame(parts, index=rows.index)
