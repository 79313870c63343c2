"""Calendars: which days a reporting period has where it is no month."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import MAY_BE_EMPTY, Date, Kind, Text, field


class CalendarPeriod(pa.DataFrameModel):
    """One row per calendar and reporting period."""

    calendar_id: Text = field(
        Kind.TEXT, "Calendar ID", "Identifier of the calendar; empty: the only one", key=MAY_BE_EMPTY
    )
    start: Date = field(Kind.DATE, "Period start", "First day of the reporting period", key=True)
    end: Date = field(Kind.DATE, "Period end", "Last day of the reporting period")
    name: Text = field(Kind.TEXT, "Period name", "What the reporting period is called, such as P3")
    fiscal_year: Text = field(Kind.TEXT, "Fiscal year", "Fiscal year that it belongs to")
