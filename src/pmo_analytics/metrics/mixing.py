"""Mixing: amounts in several currencies, or of fiscal years of several calendars, are never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.metrics.catalogue import fiscal_tables, money_tables
from pmo_analytics.metrics.expressions import first_true, given, where, word
from pmo_analytics.metrics.measure import (
    CALENDAR,
    CURRENCY,
    RATES,
    SPINE,
    Aggregate,
    Reason,
    end_column,
    rows_column,
)
from pmo_analytics.metrics.spine import NO_VALUE
from pmo_analytics.schemas.financials import Financial

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pmo_analytics.metrics.measure import Metric

_ENDS = (Aggregate.MIN, Aggregate.MAX)
_REASONS = ((CURRENCY, Reason.MIXED_CURRENCY), (CALENDAR, Reason.MIXED_CALENDAR))
_SAID = (CURRENCY, CALENDAR, RATES)


def ends(table: str) -> list[nw.Expr]:
    """The first and the last currency, calendar and set of rates of the rows of a group."""
    return [getattr(nw.col(of), end)().alias(end_column(of, table, end)) for of in _SAID for end in _ENDS]


def end_columns(table: str) -> list[str]:
    """The names of the columns of :func:`ends`."""
    return [end_column(of, table, end) for of in _SAID for end in _ENDS]


def mixed_columns(metrics: Iterable[Metric], by: Sequence[str], tables: Sequence[str]) -> dict[str, nw.Expr]:
    """Whether the rows that metrics add up differ in what must be the same, by the name of the column that says it.

    ``tables`` are those of the groups. Amounts of a register stand beside those of the projects, where they have any.
    """
    found = ((of, _tables(of, metric, by, tables)) for metric in metrics for of, _ in _REASONS)
    return {_name(of, wanted): _differ(of, wanted) for of, wanted in found if wanted}


def mixed_cases(metric: Metric, by: Sequence[str], tables: Sequence[str]) -> list[tuple[nw.Expr, nw.Expr]]:
    """When a metric is undefined because it would add up what must not be added, and with which reason."""
    some = nw.col(rows_column(metric.measures[0])) > 0
    found = ((_tables(of, metric, by, tables), of, reason) for of, reason in _REASONS)
    return [(nw.col(_name(of, wanted)) & some, word(reason)) for wanted, of, reason in found if wanted]


def said_by_all(of: str, tables: Sequence[str]) -> nw.Expr:
    """The currency or set of rates of a group: that of its projects, else of its other rows; null for several.

    Of ``tables`` the one of the projects comes first.
    """
    firsts, lasts = ([nw.col(end_column(of, name, end)) for name in tables] for end in _ENDS)
    own, *others = [where((a == b) & ~(a == NO_VALUE), a) for a, b in zip(firsts, lasts, strict=True)]
    if not others:
        return own
    low, high = nw.min_horizontal(*firsts), nw.max_horizontal(*lasts)
    alike = where((low == high) & ~(low == NO_VALUE), low)
    return first_true([(given(firsts[0]), own)], alike)


def _tables(of: str, metric: Metric, by: Sequence[str], tables: Sequence[str]) -> tuple[str, ...]:
    money = money_tables(metric)
    if of == CURRENCY:
        return tuple(dict.fromkeys([SPINE, *money])) if money and SPINE in tables else money
    # years of one name in two calendars are not the same months
    return money if Financial.fiscal_year in by and SPINE not in tables else fiscal_tables(metric)


def _name(of: str, tables: Sequence[str]) -> str:
    return "__".join([f"mixed{of}", *tables])


def _differ(of: str, tables: Sequence[str]) -> nw.Expr:
    lowest, highest = ([nw.col(end_column(of, name, end)) for name in tables] for end in _ENDS)
    first, *others = [given(low, high) & (low < high) for low in lowest for high in highest]
    for other in others:
        first = first | other
    return first
