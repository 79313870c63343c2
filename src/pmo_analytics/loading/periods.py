"""Periods: which month a table describes, and how that is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.loading.cells.parsing import Dialect, parse_cells
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.finding import Layout

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

    In this order: the period given by the caller, the file name as the profile reads it, a single month named
    above the header, the as-of date.
    """
    if given is not None:
        return FoundPeriod(given, "given by the caller")
    from_name = _from_file_name(PurePath(path).name, layout)
    if from_name is not None:
        return FoundPeriod(from_name, "taken from the file name")
    label = _from_preamble(sheet, layout) if sheet is not None else None
    if label is not None:
        return FoundPeriod(label, "taken from the cells above the header")
    if as_of is not None:
        return FoundPeriod(as_of + pd.offsets.MonthEnd(0), "taken from the as-of date")
    return FoundPeriod(None, "not found")


def _from_file_name(name: str, layout: Layout) -> pd.Timestamp | None:
    pattern = layout.profile.file_name
    found = pattern.search(name) if pattern is not None else None
    if found is None:
        return None
    parts = found.groupdict()
    if "start_year" in parts:
        year = int(parts["start_year"]) + 1
        if int(parts["end_year"]) != year % 100:
            return None
        return month_end(f"{year}-{layout.profile.month or 3:02d}")
    return month_end(f"{parts['year']}-{parts['month']}")


def _from_preamble(sheet: RawSheet, layout: Layout) -> pd.Timestamp | None:
    above = layout.header_row - 1
    texts = pd.Series(
        [value for column in sheet.columns for value in column[:above] if isinstance(value, str)],
        dtype=object,
    )
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
