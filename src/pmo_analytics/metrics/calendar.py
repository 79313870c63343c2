"""Dates as day numbers, so that differences are the same on every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd

from pmo_analytics.errors import InvalidTable

if TYPE_CHECKING:
    import datetime as dt


def day_number(date: nw.Expr) -> nw.Expr:
    """The days from 1 January of the year 1 (day 1) to a date, as a float; null where the date is null.

    ``365·y + y//4 − y//100 + y//400 + day of the year`` with y = year − 1: the proleptic Gregorian calendar,
    equal to ``datetime.date.toordinal``. Subtracting two of them gives calendar days on every engine, which
    the engines' own durations do not.

    >>> import pandas as pd
    >>> dates = nw.from_native(pd.DataFrame({"d": pd.to_datetime(["2026-06-30"])}))
    >>> int(dates.select(day_number(nw.col("d"))).item())
    739797
    """
    years = date.dt.year() - 1
    days = years * 365 + years // 4 - years // 100 + years // 400 + date.dt.ordinal_day()
    return days.cast(nw.Float64)


def month_number(date: nw.Expr) -> nw.Expr:
    """The months from year 0 to a date, as a float."""
    return (date.dt.year() * 12 + date.dt.month()).cast(nw.Float64)


def as_day(as_of: object) -> dt.date:
    """The day that a date, timestamp or text such as ``2026-06-30`` names.

    Raises ``InvalidTable`` where it names none.

    >>> as_day("2026-06-30").isoformat()
    '2026-06-30'
    """
    day = pd.to_datetime(as_of, errors="coerce")  # type: ignore[call-overload]
    if not isinstance(day, pd.Timestamp) or pd.isna(day):
        raise InvalidTable(f"as_of is {as_of!r}, which is no date; pass a date or text such as '2026-06-30'.")
    return day.date()


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of ``day``.

    >>> import datetime
    >>> month_end(datetime.date(2024, 2, 10)).isoformat()
    '2024-02-29'
    """
    return (pd.Timestamp(day) + pd.offsets.MonthEnd(0)).date()
