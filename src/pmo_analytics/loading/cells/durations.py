"""Durations written with their unit: ``5 days``; other units are left as they are, for they depend on a calendar."""

from __future__ import annotations

import pandas as pd

from pmo_analytics.loading.cells.forms import by_distinct

#: A number of days, also an estimated one (``5 days?``), as planning tools write it.
_DAYS = r"^\s*([+-]?\d+(?:[.,]\d+)?)\s*d(?:ays?)?\??\s*$"


def plain_days(cells: pd.Series) -> pd.Series:
    """The cells with texts such as ``5 days`` or ``0.5d`` as numbers; every other cell as it is.

    Weeks, hours and elapsed days stay texts: how many working days they are is for the calendar to say.

    >>> plain_days(pd.Series(["5 days", "0.5d?", "2 wks", 3, None], dtype=object)).tolist()
    [5.0, 0.5, '2 wks', 3, None]
    """
    texts = cells[cells.map(type).isin([str])].astype(object)
    if texts.empty:
        return cells
    (days,) = by_distinct(texts, _read)
    found = days.dropna()
    changed = cells.astype(object).copy()
    changed.loc[found.index] = found.astype(object)
    return changed


def _read(texts: pd.Series) -> tuple[pd.Series, ...]:
    figures = texts.str.extract(_DAYS, expand=False).str.replace(",", ".", regex=False)
    return (figures.astype("float64"),)
