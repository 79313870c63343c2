"""Quarters: the month in which a quarter ends, by the calendar or by the fiscal year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.dates import full_year
from pmo_analytics.schemas.fiscal_years import CALENDAR_YEAR, END, MONTHS_OF_QUARTER, START, FiscalYear

if TYPE_CHECKING:
    from collections.abc import Mapping


def quarter_end(group: Mapping[str, str], fiscal_year: FiscalYear) -> pd.Timestamp | None:
    """The last day of the quarter that the named parts of a pattern give, or of the fiscal year without a quarter.

    With ``year`` the quarter is one of the calendar; with ``fy`` (25 or 2025, the year in which it ends unless the
    fiscal year says otherwise) or ``start_year`` it is one of the fiscal year. ``None`` where the parts give none.

    >>> quarter_end({"quarter": "2", "year": "2025"}, FiscalYear(4))
    Timestamp('2025-06-30 00:00:00')
    >>> quarter_end({"quarter": "2", "fy": "25"}, FiscalYear(4))
    Timestamp('2024-09-30 00:00:00')
    """
    quarter = group.get("quarter", "") or "4"
    years = {
        "fy": fiscal_year.named_by_default(END),
        "start_year": FiscalYear(fiscal_year.start, START),
        "year": CALENDAR_YEAR,
    }
    part = next((part for part in years if group.get(part, "").isdigit()), None)
    if part is None or quarter not in ("1", "2", "3", "4"):
        return None
    last = years[part].last_day(full_year(group[part]), None, MONTHS_OF_QUARTER * int(quarter))
    return None if last is None else pd.Timestamp(last).as_unit("us")
