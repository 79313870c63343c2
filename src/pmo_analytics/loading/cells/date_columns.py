"""Columns of dates and of periods: what their cells say, and what they prove together."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from pmo_analytics.loading.cells import dates
from pmo_analytics.loading.cells.formats import by_format
from pmo_analytics.loading.cells.forms import Cells, Form, read_each, written
from pmo_analytics.loading.cells.ranges import read_range, stated_ends
from pmo_analytics.loading.cells.reading import Reading, no_codes, no_details
from pmo_analytics.loading.cells.spans import read_span
from pmo_analytics.schemas.columns import Kind

if TYPE_CHECKING:
    import datetime as dt

    from pmo_analytics.loading.cells.currencies import Unit
    from pmo_analytics.loading.cells.dialect import Dialect
    from pmo_analytics.schemas.fiscal_years import FiscalYear
    from pmo_analytics.schemas.tables import Column

_IN_WORDS = MappingProxyType({"DMY": "day first", "MDY": "month first"})
_DIGIT = re.compile("[0-9]")
_DIGITS = re.compile("[0-9]+")


class _Told(NamedTuple):
    """What a text says: the day, the kind of finding and its detail, and the days of a range."""

    day: dt.date | None = None
    code: str | None = None
    detail: str = ""
    low: dt.date | None = None
    mid: dt.date | None = None
    high: dt.date | None = None


def read_date_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """The days of a column, or the month-ends of a column of periods.

    A plain number is read like its text: 46055 is the serial number of a day, 20260331 a date. One whose format
    says that it is money or a percentage is none. A day that only the order of the column's other dates could
    settle stays null, and its finding says what they prove.
    """
    monthly = column.kind == Kind.PERIOD
    values = np.full(len(cells), None, dtype="datetime64[us]")
    stored = cells.places(Form.DAY)
    if stored.size:
        (days,) = read_each(cells.content[stored], lambda day: (_stored_day(day, monthly=monthly),))
        values[stored] = days.astype("datetime64[us]")
    at, texts = _written_dates(cells)
    if not at.size:
        return Reading(values)
    codes, details = no_codes(len(cells)), no_details(len(cells))
    how = (dialect.date_order, dialect.fiscal_year, dialect.date_1904, monthly)
    days, codes[at], details[at], *ends = read_each(texts, lambda text: _read_text(text, *how))
    values[at] = days.astype("datetime64[us]")
    _tell_order(codes, details, at, texts=texts, days=values, order=dialect.date_order)
    return Reading(values, codes, details, ends=stated_ends(ends, at, "datetime64[us]"))


def _written_dates(cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """The texts, and the numbers whose format says nothing else, with their places."""
    texts, numbers = cells.places(Form.TEXT), cells.places(Form.NUMBER)
    if not numbers.size:
        return texts, cells.content[texts]
    currency, percentage = by_format(cells.looks.formats[numbers])
    plain = numbers[pd.isna(currency) & ~percentage]
    both = np.concatenate([texts, plain])
    return both, np.concatenate([cells.content[texts], written(cells.content[plain])])


def _stored_day(day: dt.date, *, monthly: bool) -> dt.date | None:
    built = dates.build_day(day.year, day.month, day.day) if day.year >= dates.FIRST_STORED_YEAR else None
    return dates.last_of_month(built) if built and monthly else built


@lru_cache(maxsize=dates.REMEMBERED)
def _read_text(
    text: str, order: str | None, fiscal_year: FiscalYear, date_1904: bool, monthly: bool
) -> _Told:
    """What a text says; the later forms are tried only of what no earlier one has read."""
    day, ambiguous = (dates.read_period if monthly else dates.read_day)(text, order)
    if ambiguous:
        return _Told(None, "AMBIGUOUS_DATE")
    if day or not _DIGIT.search(text):
        return _Told(day)
    day, doubtful = read_span(text, fiscal_year)
    if doubtful:
        return _Told(None, "AMBIGUOUS_PERIOD")
    if day is None and not monthly and not _DIGITS.fullmatch(text):
        day = dates.read_month(text)
    if day:
        return _Told(day, "DATE_FROM_PERIOD", day.isoformat())
    if day := dates.read_serial(text, date_1904=date_1904):
        day = dates.last_of_month(day) if monthly else day
        return _Told(day, "SERIAL_DATE", day.isoformat())
    found = read_range(text, lambda part: dates.read_day(part, order)[0])
    if found is None:
        return _Told()
    day = found.mid if found.code == "RANGE" else None
    day = dates.last_of_month(day) if day and monthly else day
    return _Told(day, found.code, day.isoformat() if day else "", found.low, found.mid, found.high)


def _tell_order(
    codes: np.ndarray,
    details: np.ndarray,
    at: np.ndarray,
    *,
    texts: np.ndarray,
    days: np.ndarray,
    order: str | None,
) -> None:
    """Say of ambiguous days, and of those that the declared order rules out, what the column's dates prove."""
    ambiguous = np.flatnonzero(codes == "AMBIGUOUS_DATE")
    lost = order is not None and np.isnat(days[at]).any()
    if not ambiguous.size and not lost:
        return
    (proof,) = read_each(texts, lambda text: (dates.prove_order(text),))
    day_first, month_first = (int((proof == one).sum()) for one in _IN_WORDS)
    if order is None and day_first and month_first:
        codes[ambiguous] = "MIXED_DATE_ORDER"
        details[ambiguous] = f"{day_first} day first, {month_first} month first"
    elif day_first or month_first:
        proven = "DMY" if day_first else "MDY"
        others = f"{day_first or month_first:,} other dates of this column are {_IN_WORDS[proven]}"
        details[ambiguous] = f": {others} ({proven})"
    for one, words in _IN_WORDS.items():
        if order not in (None, one):
            ruled_out = at[(proof == one) & pd.isna(codes[at])]
            details[ruled_out] = f" in the declared order {order}; {words} it is one"
