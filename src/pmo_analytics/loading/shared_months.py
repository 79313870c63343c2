"""Shared months: the month of a register that names none, taken from the tables delivered with it.

Lists of projects and of their status take no other table's month: one of last month may lie beside this month's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.periods import FoundPeriod
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_analytics.loading.extracting import Extract


_LISTS = ("projects", "status")


def lacks_month(extracts: Iterable[Extract]) -> bool:
    """Whether one of the registers needs a month and has neither a column for it nor one of its own."""
    return any(_lacks(extract, name) for extract in extracts for name in extract.tables)


def only_month(extracts: Iterable[Extract], where: str) -> FoundPeriod | None:
    """The month that all tables with a month share, and in words where it stands; none where there are several."""
    months: set[pd.Timestamp] = set()
    for extract in extracts:
        months |= {extract.period} if extract.period is not None else set()
        for frame in extract.tables.values():
            months |= set(frame[Status.period].dropna()) if Status.period in frame else set()
    return FoundPeriod(pd.Timestamp(months.pop()), f"taken from {where}") if len(months) == 1 else None


def _lacks(extract: Extract, name: str) -> bool:
    if name in _LISTS:
        return False
    fields = extract.layout.matching.fields
    return extract.period is None and Status.period in table(name).key and (name, Status.period) not in fields
