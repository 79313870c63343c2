"""Units of amounts: what a heading says, the group above it, the profile, or a title above the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.currencies import one_currency
from pmo_analytics.loading.cells.parsing import Unit, read_unit
from pmo_analytics.quality.findings import faults, gather
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

if TYPE_CHECKING:
    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.schemas.source import Source
    from pmo_analytics.schemas.tables import Column


def unit_of(column: Column, layout: Layout, position: int) -> Unit:
    """The unit of the amounts of a column, from the first that states one.

    They are heading, group above the heading, profile, and, where none of these says anything, the title of the table.
    """
    if column.kind is not Kind.MONEY:
        return Unit()
    own, group = _said(layout, position)
    said = Unit(
        own.scale if own != Unit() else group.scale,
        one_currency(own.currency, group.currency) or own.currency,
    )
    stated = layout.profile.units.get(f"{column.table}.{column.name}")
    if said.scale == 1 and stated is not None:
        return read_unit(stated)
    return read_unit(layout.title_unit) if said == Unit() else said


def unit_faults(layout: Layout, source: Source) -> pd.DataFrame:
    """One fault where amounts take the unit of a title, and one for each heading that differs from what is above it.

    That is its group, or a title with a scale over a heading that names a currency alone.
    """
    row = pd.DataFrame({SOURCE: [source.key], SOURCE_ROW: [layout.header_row]})
    told, untold = [], []
    for (name, column), at in layout.matching.fields.items():
        money = name in source.tables and table(name).columns[column].kind is Kind.MONEY
        own, group = _said(layout, at) if money else (Unit(), Unit())
        if own != Unit() and group != Unit() and _differ(own, group):
            told.append(_conflict(row, name, column, layout.headings[at], _group(layout, at)))
        if not money or f"{name}.{column}" in layout.profile.units:
            continue
        if own == group == Unit():
            untold.append(layout.headings[at])
        elif own.scale == group.scale == 1 != read_unit(layout.title_unit).scale:
            told.append(_conflict(row, name, column, layout.headings[at], layout.title_unit))
    if layout.title_unit and untold:
        detail = ", ".join(dict.fromkeys(untold))
        told.append(faults("UNIT_FROM_TITLE", row, table_name="", value=layout.title_unit, detail=detail))
    return gather(told)


def _conflict(row: pd.DataFrame, name: str, column: str, heading: str, above: str) -> pd.DataFrame:
    return faults("UNIT_CONFLICT", row, table_name=name, column=column, value=heading, detail=above)


def _said(layout: Layout, position: int) -> tuple[Unit, Unit]:
    """What the heading says, and the group above it."""
    return read_unit(layout.headings[position]), read_unit(_group(layout, position))


def _group(layout: Layout, position: int) -> str:
    groups = {heading: group for code, heading, group in layout.told if code == "GROUP_HEADING"}
    return groups.get(layout.headings[position], "")


def _differ(own: Unit, group: Unit) -> bool:
    named = own.currency is not None and group.currency is not None
    return own.scale != group.scale or (named and one_currency(own.currency, group.currency) is None)
