"""Keys: when two identifiers are the same, and which rows have one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import pandas as pd

from pmo_analytics.quality.findings import as_text, faults, gather
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

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


def split_keys(frame: pd.DataFrame, table_name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that can be kept, numbered from 0, and one fault for each row that cannot.

    A row without an id is ``MISSING_KEY``, without a period ``MISSING_PERIOD``; a row whose key stands in an
    earlier row is ``DUPLICATE_KEY``, and the first one counts. A row has one fault, the first of these.

    >>> rows = pd.DataFrame({"entity_id": ["RAIL", "rail ", None], "source": "s1", "source_row": [2, 3, 4]})
    >>> kept, found = split_keys(rows, "entities")
    >>> kept["entity_id"].tolist(), found["code"].tolist(), found["detail"].tolist()
    (['RAIL'], ['MISSING_KEY', 'DUPLICATE_KEY'], ['', 'first in row 2 of the same source'])
    """
    rows = frame.reset_index(drop=True)
    missing, rows = _without_key(rows, table_name)
    key = comparable(rows, table_name)
    again = key.duplicated()
    found = _doubled(rows, key, again, table_name)
    return rows[~again].reset_index(drop=True), gather([*missing, found])


def _without_key(rows: pd.DataFrame, table_name: str) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    parts = []
    for name in table(table_name).key:
        is_period = table(table_name).columns[name].kind is Kind.PERIOD
        empty = rows[name].isna() if is_period else is_blank(rows[name])
        code = "MISSING_PERIOD" if is_period else "MISSING_KEY"
        parts.append(faults(code, rows[empty], table_name=table_name, column=name))
        rows = rows[~empty]
    return parts, rows


def comparable(rows: pd.DataFrame, table_name: str) -> pd.DataFrame:
    """The key of each row in the form in which keys are compared: ids as they match, periods as they are."""
    columns = table(table_name).columns
    parts = {
        name: rows[name] if columns[name].kind is Kind.PERIOD else match_key(rows[name])
        for name in table(table_name).key
    }
    return pd.DataFrame(parts, index=rows.index)


def _doubled(rows: pd.DataFrame, key: pd.DataFrame, again: pd.Series, table_name: str) -> pd.DataFrame:
    names = list(key.columns)
    first = rows.index.to_series().groupby([key[name] for name in names]).transform("first")[again]
    origin = rows.loc[first].set_axis(first.index)
    doubled = rows[again]
    detail = "first in row " + as_text(origin[SOURCE_ROW])
    same = origin[SOURCE].fillna("") == doubled[SOURCE].fillna("")
    detail = detail + same.map({True: " of the same source", False: " of another source"}).astype("str")
    return faults(
        "DUPLICATE_KEY",
        doubled,
        table_name=table_name,
        column=names[0],
        value=doubled[names[0]],
        detail=detail,
    )
