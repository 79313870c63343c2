"""Columns of dates and of periods: what their cells say, and what they prove together."""

from __future__ import annotations

from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells import dates
from pmo_analytics.loading.cells.formats import by_format
from pmo_analytics.loading.cells.forms import Cells, Form, by_distinct, written
from pmo_analytics.loading.cells.ranges import ENDS, read_ranges
from pmo_analytics.loading.cells.reading import Reading, no_codes, no_details
from pmo_analytics.loading.cells.spans import read_spans
from pmo_analytics.schemas.columns import Kind

if TYPE_CHECKING:
    from pmo_analytics.loading.cells.currencies import Unit
    from pmo_analytics.loading.cells.dialect import Dialect
    from pmo_analytics.schemas.tables import Column

_IN_WORDS = MappingProxyType({"DMY": "day first", "MDY": "month first"})


def read_date_column(cells: Cells, column: Column, dialect: Dialect, unit: Unit) -> Reading:  # noqa: ARG001
    """The days of a column, or the month-ends of a column of periods.

    A plain number is read like its text: 46055 is the serial number of a day, 20260331 a date. One whose format
    says that it is money or a percentage is none. A day that only the order of the column's other dates could
    settle stays null, and its finding says what they prove.
    """
    monthly = column.kind == Kind.PERIOD
    values = cells.nothing("datetime64[us]")
    codes, details = no_codes(values.index), no_details(values.index)
    days = cells.of(Form.DAY)
    year, month, day = (days.map(attrgetter(part)).astype("float64") for part in ("year", "month", "day"))
    built = dates.build_days(year.where(year >= dates.FIRST_STORED_YEAR), month, day)
    values.loc[days.index] = dates.month_ends(built) if monthly else built
    texts = pd.concat([cells.of(Form.TEXT), written(_plain_numbers(cells))])
    ends = pd.DataFrame({end: cells.nothing("datetime64[us]") for end in ENDS})
    found = by_distinct(texts, lambda text: _read_texts(text, dialect, monthly=monthly))
    values.loc[texts.index], codes.loc[texts.index], details.loc[texts.index] = found[:3]
    for end, part in zip(ENDS, found[3:], strict=True):
        ends.loc[texts.index, end] = part
    _tell_order(codes, details, texts, days=values, order=dialect.date_order)
    return Reading(values, codes, details, ends=ends)


def _plain_numbers(cells: Cells) -> pd.Series:
    numbers = cells.of(Form.NUMBER)
    currency, percentage = by_format(cells.looks.formats[numbers.index])
    return numbers[currency.isna() & ~percentage]


def _read_texts(text: pd.Series, dialect: Dialect, *, monthly: bool) -> tuple[pd.Series, ...]:
    """Days, codes, details and the three ends of distinct texts; the later forms only of what is left."""
    read = dates.read_periods if monthly else dates.read_days
    days, ambiguous = read(text, dialect.date_order)
    codes = no_codes(text.index).mask(ambiguous, "AMBIGUOUS_DATE")
    ends = pd.DataFrame({end: pd.Series(index=text.index, dtype="datetime64[us]") for end in ENDS})
    left = text.where(days.isna() & ~ambiguous & text.str.contains("[0-9]", regex=True).astype(bool))
    if left.notna().any():
        spans, doubtful = read_spans(left, dialect.fiscal_year_start)
        if not monthly:
            whole_months = dates.read_months(left.where(~left.str.fullmatch("[0-9]+").eq(other=True)))
            spans = spans.fillna(whole_months.where(~doubtful))
        serials = dates.read_serials(left, date_1904=dialect.date_1904)
        ranges = read_ranges(left, lambda part: dates.read_days(part, dialect.date_order)[0])
        codes = codes.mask(doubtful, "AMBIGUOUS_PERIOD").mask(spans.notna(), "DATE_FROM_PERIOD")
        codes = codes.mask(serials.notna(), "SERIAL_DATE").mask(ranges.codes.notna(), ranges.codes)
        serials = dates.month_ends(serials) if monthly else serials
        middle = ranges.ends["mid"].where(ranges.codes == "RANGE")
        days = days.fillna(spans).fillna(serials).fillna(dates.month_ends(middle) if monthly else middle)
        ends = ranges.ends
    shown = days.dt.strftime("%Y-%m-%d").astype(object).where(codes.notna() & days.notna(), "")
    details = shown.mask(codes == "AMBIGUOUS_DATE", "").astype(object)
    return days, codes, details, *(ends[end].astype("datetime64[us]") for end in ENDS)


def _tell_order(
    codes: pd.Series, details: pd.Series, texts: pd.Series, *, days: pd.Series, order: str | None
) -> None:
    """Say of ambiguous days, and of those that the declared order rules out, what the column's dates prove."""
    ambiguous = codes.index[codes == "AMBIGUOUS_DATE"]
    lost = order is not None and days[texts.index].isna().any()
    if ambiguous.empty and not lost:
        return
    (proof,) = by_distinct(texts, lambda text: (dates.prove_order(text),))
    day_first, month_first = (int((proof == one).sum()) for one in _IN_WORDS)
    if order is None and day_first and month_first:
        codes.loc[ambiguous] = "MIXED_DATE_ORDER"
        details.loc[ambiguous] = f"{day_first} day first, {month_first} month first"
    elif day_first or month_first:
        proven = "DMY" if day_first else "MDY"
        others = f"{day_first or month_first:,} other dates of this column are {_IN_WORDS[proven]}"
        details.loc[ambiguous] = f": {others} ({proven})"
    for one, words in _IN_WORDS.items():
        if order not in (None, one):
            ruled_out = (proof == one) & codes[proof.index].isna()
            details.loc[proof.index[ruled_out]] = f" in the declared order {order}; {words} it is one"
