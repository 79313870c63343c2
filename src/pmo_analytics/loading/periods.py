"""Periods: which month a table describes, and how that is known."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.loading.cells.dates import MONTHS, full_year
from pmo_analytics.loading.cells.parsing import parse_cells
from pmo_analytics.loading.layout.profiles import shipped_profiles
from pmo_analytics.loading.month_names import months_named, names_a_day
from pmo_analytics.loading.origins import FILE_NAME, SHEET_NAME, labelled_cell, named_groups
from pmo_analytics.loading.quarters import quarter_end
from pmo_analytics.schemas.fiscal_years import DEFAULT_FISCAL_YEAR, MONTHS_OF_YEAR
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.schemas.fiscal_years import FiscalYear

#: Above a header, a cell that says so names the period; a title may, a print date does not.
_PRINTED = re.compile(
    r"\b(?:printed|print date|created|generated|exported|extracted|updated|saved)\b", re.IGNORECASE
)


@cache
def _label(labels: tuple[str, ...]) -> re.Pattern[str]:
    """What stands behind one of the labels in a title, up to the next bar, dot or comma."""
    words = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})\s*:?\s*([^|·;,()]*[^|·;,()\s])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period and the words that say where it came from; ``None`` where nothing names one."""

    period: pd.Timestamp | None
    origin: str


def month_end(text: str | pd.Timestamp) -> pd.Timestamp:
    """The last day of the month that the text names: a month such as 2026-06, or any day of it.

    >>> month_end("2026-06")
    Timestamp('2026-06-30 00:00:00')
    """
    return _moment(text, "period") + pd.offsets.MonthEnd(0)


def day(text: str | pd.Timestamp) -> pd.Timestamp:
    """The day that the text names in ISO form; a month means its last day."""
    moment = _moment(text, "as_of")
    whole_month = isinstance(text, str) and len(text.strip()) == len("2026-06")
    return moment + pd.offsets.MonthEnd(0) if whole_month else moment


def _moment(text: str | pd.Timestamp, what: str) -> pd.Timestamp:
    try:
        if isinstance(text, str):
            form = "%Y-%m" if len(text.strip()) == len("2026-06") else "%Y-%m-%d"
            return pd.to_datetime(text.strip(), format=form).as_unit("us")
        if isinstance(text, dt.date | np.datetime64) and not pd.isna(text):
            return pd.Timestamp(text).tz_localize(None).normalize().as_unit("us")
    except (ValueError, TypeError):
        pass
    raise ConfigurationError(
        f"{what} is {text!r}; write a month such as '2026-06' or a day such as '2026-06-30'."
    )


def find_period(
    path: str,
    sheet: RawSheet | None,
    layout: Layout,
    *,
    given: pd.Timestamp | None,
    as_of: pd.Timestamp | None,
) -> FoundPeriod:
    """The period of a table without a period column.

    In this order: the heading of the month where months stand across, the period given by the caller, the sheet
    name and the file name as the profile reads them, else the only month that one of them names, a cell above the
    header behind a label of the profile, a single month named above the header, the profile's constant, the as-of
    date. A name with several months names none, and the origin says so.
    """
    if layout.month is not None:
        return FoundPeriod(layout.month.period, f"taken from {layout.month.origin}")
    if given is not None:
        return FoundPeriod(given, "given by the caller")
    profile = layout.profile
    for group, where in named_groups(path, sheet, profile.period):
        named = _of_group(group, profile.month, layout.dialect.fiscal_year)
        if named is not None:
            return FoundPeriod(named, where)
    by_name = _by_names(path, sheet)
    if by_name.period is not None:
        return by_name
    above = _above(sheet, layout)
    if above.period is not None:
        return above
    if profile.period.constant:
        return FoundPeriod(month_end(profile.period.constant), "stated by the profile")
    if as_of is not None:
        return FoundPeriod(as_of + pd.offsets.MonthEnd(0), "taken from the as-of date")
    return FoundPeriod(None, by_name.origin or "not found")


def _by_names(path: str, sheet: RawSheet | None) -> FoundPeriod:
    """The only month that the name of the sheet names, else the only one of the file name."""
    several = ""
    for text, where in (((sheet.name or "") if sheet else "", SHEET_NAME), (PurePath(path).name, FILE_NAME)):
        months = months_named(text)
        if len(months) == 1:
            return FoundPeriod(months[0], where)
        if months and not several:
            named = ", ".join(f"{month:%Y-%m}" for month in months)
            several = f"not found: {where.removeprefix('taken from ')} has several months ({named})"
    return FoundPeriod(None, several)


def _above(sheet: RawSheet | None, layout: Layout) -> FoundPeriod:
    """What stands above the header: a cell behind a label of the profile, else a single month named there."""
    label = labelled_cell(sheet, layout, layout.profile.period.labels)
    named = _read_month(label.text, layout) if label.text else None
    if named is not None:
        return FoundPeriod(named, label.origin)
    above = _from_preamble(sheet, layout) if sheet is not None else None
    return FoundPeriod(above, "taken from the cells above the header")


def _of_group(group: Mapping[str, str], month: int | None, fiscal_year: FiscalYear) -> pd.Timestamp | None:
    """The month that the named parts of a pattern give: year and month, a quarter, the two years of a fiscal one."""
    if group.get("quarter") or group.get("fy"):
        return quarter_end(group, fiscal_year)
    if "start_year" in group:
        # A stated month lies in the second year, whenever the organisation's own years begin.
        years = DEFAULT_FISCAL_YEAR if month else fiscal_year
        last = years.last_day(full_year(group["start_year"]), group["end_year"], MONTHS_OF_YEAR)
        return None if last is None else month_end(f"{last.year}-{month or last.month:02d}")
    if "year" not in group:
        return None
    written = group.get("month", "")
    number = MONTHS.get(written.casefold()) or (int(written) if written.isdigit() else month)
    return month_end(f"{group['year']}-{number:02d}") if number else None


def _read_month(text: str, layout: Layout) -> pd.Timestamp | None:
    cell = pd.Series([text], dtype=object)
    column = table("status").columns[Status.period]
    parsed = parse_cells(cell, pd.Series(["t"], dtype=object), column, layout.dialect)
    return parsed.values.iloc[0] if parsed.values.notna().all() else None


def _from_preamble(sheet: RawSheet, layout: Layout) -> pd.Timestamp | None:
    """The month named in the titles of the table, else in what stands above every table of the sheet."""
    stop = (layout.first_header_row or layout.header_row) - 1
    own = _month_in(sheet, range(layout.title_row - 1, stop), layout)
    if own is not None or layout.number == 1:
        return own
    return _month_in(sheet, range(layout.preamble), layout, columns=range(len(sheet.columns)))


def _month_in(
    sheet: RawSheet, rows: range, layout: Layout, *, columns: range | None = None
) -> pd.Timestamp | None:
    """The only month in these cells: that behind a label, else that of a title. Two different ones are none."""
    cells = [sheet.columns[at][row] for at in columns or layout.positions for row in rows]
    texts = [cell for cell in cells if isinstance(cell, str)]
    label = _label(layout.profile.period.labels or shipped_profiles()["generic"].period.labels)
    labelled = [said for text in texts for said in label.findall(text)]
    months = {month for text in labelled if (month := _read_month(text, layout)) is not None}
    if not months:
        titles = [text for text in texts if not names_a_day(text) and not _PRINTED.search(text)]
        months = {month for text in titles for month in months_named(text)}
    return months.pop() if len(months) == 1 else None
