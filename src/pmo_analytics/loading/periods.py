"""Periods: which month a table describes, and how that is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.loading.cells.dates import MONTHS
from pmo_analytics.loading.cells.parsing import Dialect, parse_cells
from pmo_analytics.loading.origins import labelled_cell, named_groups
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.layouts import Layout

#: Above a header, only a cell that says so names the period: a print date does not.
_LABEL = re.compile(
    r"^\s*(?:reporting |report |status )?(?:period|month|as at|as of)\s*:?\s*(.+?)\s*$", re.IGNORECASE
)
_MONTH = re.compile(r"\s*(?:[A-Za-z]{3,9}[\s-]\d{4}|\d{4}-\d{2})\s*")


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
        return pd.Timestamp(text).normalize().as_unit("us")
    except (ValueError, TypeError):
        raise ConfigurationError(
            f"{what} is {text!r}; write a month such as 2026-06 or a day such as 2026-06-30."
        ) from None


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
    name and the file name as the profile reads them, a cell above the header behind a label of the profile, a
    single month named above the header, the profile's constant, the as-of date.
    """
    if layout.month is not None:
        return FoundPeriod(layout.month.period, f"taken from {layout.month.origin}")
    if given is not None:
        return FoundPeriod(given, "given by the caller")
    profile = layout.profile
    for group, where in named_groups(path, sheet, profile.period):
        named = _of_group(group, profile.month)
        if named is not None:
            return FoundPeriod(named, where)
    label = labelled_cell(sheet, layout, profile.period.labels)
    named = _read_month(label.text, profile.date_order) if label.text else None
    if named is not None:
        return FoundPeriod(named, label.origin)
    above = _from_preamble(sheet, layout) if sheet is not None else None
    if above is not None:
        return FoundPeriod(above, "taken from the cells above the header")
    if profile.period.constant:
        return FoundPeriod(month_end(profile.period.constant), "stated by the profile")
    if as_of is not None:
        return FoundPeriod(as_of + pd.offsets.MonthEnd(0), "taken from the as-of date")
    return FoundPeriod(None, "not found")


def _of_group(group: Mapping[str, str], month: int | None) -> pd.Timestamp | None:
    """The month that the named parts of a pattern give: year and month, or the two years of a fiscal one."""
    if "start_year" in group:
        year = int(group["start_year"]) + 1
        if int(group["end_year"]) % 100 != year % 100:
            return None
        return month_end(f"{year}-{month or 3:02d}")
    if "year" not in group:
        return None
    written = group.get("month", "")
    number = MONTHS.get(written.casefold()) or (int(written) if written.isdigit() else month)
    return month_end(f"{group['year']}-{number:02d}") if number else None


def _read_month(text: str, date_order: str | None) -> pd.Timestamp | None:
    cell = pd.Series([text], dtype=object)
    column = table("status").columns[Status.period]
    parsed = parse_cells(cell, pd.Series(["t"], dtype=object), column, Dialect(date_order=date_order))
    return parsed.values.iloc[0] if parsed.values.notna().all() else None


def _from_preamble(sheet: RawSheet, layout: Layout) -> pd.Timestamp | None:
    """The month named in the titles of the table, else in what stands above every table of the sheet."""
    stop = (layout.first_header_row or layout.header_row) - 1
    own = _month_in(sheet, range(layout.title_row - 1, stop), layout.positions)
    if own is not None or layout.number == 1:
        return own
    return _month_in(sheet, range(layout.preamble), range(len(sheet.columns)))


def _month_in(sheet: RawSheet, rows: range, columns: range) -> pd.Timestamp | None:
    cells = [sheet.columns[at][row] for at in columns for row in rows]
    texts = pd.Series([value for value in cells if isinstance(value, str)], dtype=object)
    if texts.empty:
        return None
    labelled = texts.str.extract(_LABEL, expand=False)
    months = labelled.fillna(texts.where(texts.str.fullmatch(_MONTH).fillna(value=False))).dropna()
    if months.empty:
        return None
    kinds = pd.Series("t", index=months.index, dtype=object)
    parsed = parse_cells(months.astype(object), kinds, table("status").columns[Status.period], Dialect())
    found = parsed.values.dropna()
    return found.iloc[0] if found.nunique() == 1 else None
