"""Durations written with their unit: ``5 days``; other units are left as they are, for they depend on a calendar."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from pmo_analytics.loading.cells.forms import read_each

#: A number of days, also an estimated one (``5 days?``), as planning tools write it.
_DAYS = re.compile(r"\s*([+-]?\d+(?:[.,]\d+)?)\s*d(?:ays?)?\??\s*")


def plain_days(cells: pd.Series) -> pd.Series:
    """The cells with texts such as ``5 days`` or ``0.5d`` as numbers; every other cell as it is.

    Weeks, hours and elapsed days stay texts: how many working days they are is for the calendar to say.

    >>> plain_days(pd.Series(["5 days", "0.5d?", "2 wks", 3, None], dtype=object)).tolist()
    [5.0, 0.5, '2 wks', 3, None]
    """
    texts = cells.map(type).isin([str]).to_numpy()
    if not texts.any():
        return cells
    changed = cells.astype(object).copy()
    changed[texts] = read_each(cells[texts].to_numpy(dtype=object), lambda text: (_read(text),))[0]
    return changed


def _read(text: str) -> Any:
    found = _DAYS.fullmatch(text)
    return float(found[1].replace(",", ".")) if found else text
