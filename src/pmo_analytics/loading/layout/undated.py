"""Undated columns: what a table with months across says of its projects without a month beside it.

A colour or a forecast that stands once beside twelve months of cost is that of the report, not of every month.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from pmo_analytics.loading.layout.layouts import Layout


def undated_in(layouts: Sequence[Layout], period: pd.Timestamp | None) -> tuple[Layout, ...]:
    """The layouts of one table with the columns of its status that have no month in that of the report alone.

    That is ``period`` where the table has this month, else its last one. Which columns they are is told with the
    first layout. Layouts without months are returned as they are.
    """
    months = [layout.month for layout in layouts if layout.month is not None]
    undated = _undated(layouts[0]) if months else {}
    if not undated:
        return tuple(layouts)
    periods = sorted({month.period for month in months})
    own = period if period in periods else periods[-1]
    settled = [
        _with(layout, undated) if _is_of(layout, own) else _without(layout, undated) for layout in layouts
    ]
    names = ", ".join(layouts[0].headings[at] for at in undated.values())
    told = ("UNDATED_COLUMNS", layouts[0].headings[next(iter(undated.values()))], f"{names}; {own:%Y-%m}")
    return replace(settled[0], told=(*settled[0].told, told)), *settled[1:]


def _undated(layout: Layout) -> dict[tuple[str, str], int]:
    """The fields of the status that stand in no column of a month: all but the key and the currency."""
    shared = {*table("status").key, Status.currency}
    every = set(layout.month.every) if layout.month else set()
    fields = layout.matching.fields.items()
    return {
        field: at
        for field, at in fields
        if field[0] == "status" and field[1] not in shared and at not in every
    }


def _is_of(layout: Layout, period: pd.Timestamp) -> bool:
    month = layout.month
    return month is not None and month.period == period and (month.rows is None or month.rows.number == 1)


def _with(layout: Layout, undated: dict[tuple[str, str], int]) -> Layout:
    if layout.month is None:
        return layout
    at = tuple(dict.fromkeys(undated.values()))
    month = replace(layout.month, positions=(*layout.month.positions, *at), every=(*layout.month.every, *at))
    return replace(layout, month=month)


def _without(layout: Layout, undated: dict[tuple[str, str], int]) -> Layout:
    if layout.month is None:
        return layout
    fields = {field: at for field, at in layout.matching.fields.items() if field not in undated}
    month = replace(layout.month, every=(*layout.month.every, *dict.fromkeys(undated.values())))
    return replace(layout, month=month, matching=replace(layout.matching, fields=MappingProxyType(fields)))
