"""Small sheets as tables of text: one line a row, cells divided by a bar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmo_analytics.loading.files.raw_sheet import sheet_of_rows
from pmo_analytics.loading.layout.finding import find_layouts, rows_below
from pmo_analytics.loading.layout.profiles import profiles_for

if TYPE_CHECKING:
    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.finding import Layout, Rows


def sheet(*lines: str | list[object], name: str | None = "S", **facts: Any) -> RawSheet:
    rows = [list(line.split("|")) if isinstance(line, str) else line for line in lines]
    return replace(sheet_of_rows(name, rows), **facts)  # type: ignore[arg-type]


def layouts(found: RawSheet) -> tuple[Layout, ...]:
    return find_layouts(found, profiles_for(None))


def rows_of(found: RawSheet) -> list[Rows]:
    return [rows_below(found, layout) for layout in layouts(found)]
