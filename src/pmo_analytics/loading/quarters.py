"""Quarters: the month in which a quarter ends, by the calendar or by the fiscal year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS_OF_YEAR, MONTHS_OF_QUARTER = 12, 3


def quarter_end(group: Mapping[str, str], fiscal_year_start: int) -> pd.Timestamp | None:
    """The last day of the quarter that the named parts of a pattern give, or of the fiscal year without a quarter.

    With ``year`` the quarter is one of the calendar; with ``fy`` (25 or 2025, the year in which it ends) or
    ``start_year`` it is one of the fiscal year that begins in the month ``fiscal_year_start``. ``None`` where the
    parts give none.

    >>> quarter_end({"quarter": "2", "year": "2025"}, 4), quarter_end({"quarter": "2", "fy": "25"}, 4)
    (Timestamp('2025-06-30 00:00:00'), Timestamp('2024-09-30 00:00:00'))
    """
    quarter = group.get("quarter", "") or "4"
    if quarter not in ("1", "2", "3", "4"):
        return None
    if "fy" in group and group["fy"].isdigit():
        year = int(group["fy"]) % 100 + 2000 - (fiscal_year_start > 1)
        first = fiscal_year_start
    elif "start_year" in group and group["start_year"].isdigit():
        year, first = int(group["start_year"]), fiscal_year_start
    elif group.get("year", "").isdigit():
        year, first = int(group["year"]) % 100 + 2000, 1
    else:
        return None
    months = first - 1 + MONTHS_OF_QUARTER * int(quarter) - 1
    month = pd.Timestamp(year + months // MONTHS_OF_YEAR, months % MONTHS_OF_YEAR + 1, 1).as_unit("us")
    return month + pd.offsets.MonthEnd(0)
