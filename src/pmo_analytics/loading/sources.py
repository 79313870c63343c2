"""Sources: the record of a table found in a sheet, and what is to be said about its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.layout.headings import SHARED
from pmo_analytics.loading.layout.registers import ITEM_NAMES
from pmo_analytics.loading.layout.suggesting import suggest_field
from pmo_analytics.loading.origins import NOTHING
from pmo_analytics.quality.findings import faults, gather
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.source import Source, column_letter
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table
from pmo_analytics.schemas.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.loading.layout.rows import Rows
    from pmo_analytics.loading.origins import Found
    from pmo_analytics.loading.periods import FoundPeriod

#: Of more rows that end early only the first is told: then it is the way in which the export is written.
MOST_SHORT_ROWS = 20


def describe_source(
    key: str,
    layout: Layout,
    *,
    path: str,
    sheet: str | None,
    digest: str,
    found: FoundPeriod,
    project: Found = NOTHING,
    letters: Sequence[str] | None = None,
) -> Source:
    """The source record of a table found in a sheet; ``letters`` are the addresses of its columns, A, B, …"""
    in_column = any(column == Status.period for _, column in layout.matching.fields)
    needs_project = not _names_project(layout)
    upright = layout.orientation == "rows"
    named = letters or [column_letter(at) if upright else str(at + 1) for at in range(len(layout.headings))]
    fields = {f"{name}.{column}": at for (name, column), at in layout.matching.fields.items()}
    extras = {heading_at(layout, at): at for at in layout.positions if at not in fields.values()}
    return Source(
        key=key,
        path=path,
        sheet=sheet,
        digest=digest,
        profile=layout.profile.name,
        row_is=layout.matching.row_kind.is_,
        tables=fed_tables(layout),
        header_row=layout.header_row,
        period=None if in_column or found.period is None else f"{found.period:%Y-%m}",
        period_origin="a column of the table" if in_column else found.origin,
        orientation=layout.orientation,
        addresses={field: named[at] for field, at in (extras | fields).items()},
        headings={field: layout.headings[at] for field, at in fields.items()},
        unmapped=tuple(layout.headings[at] for at in layout.matching.unknown),
        project=project.text or None if needs_project else None,
        project_origin=project.origin if needs_project else "a column of the table",
        understood=layout.matching.score,
        known_extras=len(layout.matching.known),
        n_headings=layout.matching.n_headings,
        near=tuple(str(reading) for reading in layout.near),
    )


def _names_project(layout: Layout) -> bool:
    first = layout.matching.row_kind.tables[0]
    return (first, table(first).entity) in layout.matching.fields


def heading_at(layout: Layout, position: int) -> str:
    """The heading of a sheet column; one without a heading goes by its letter, a doubled one bears it."""
    heading = layout.headings[position]
    upright = layout.orientation == "rows"
    letter = f"column {column_letter(position)}" if upright else f"row {position + 1}"
    again = heading in layout.headings[layout.first_column : position]
    return f"{heading} ({letter})" if heading and again else heading or letter


def fed_tables(layout: Layout) -> tuple[str, ...]:
    """The tables that a sheet feeds: the first of its kind, and others of which it has more than the key."""
    first, *others = layout.matching.row_kind.tables
    more = [name for name in others if set(layout.matching.columns_of(name)) - SHARED]
    only_status = more and not set(layout.matching.columns_of(first)) - SHARED
    return tuple(more) if only_status else (first, *more)


def heading_faults(layout: Layout, source: Source) -> pd.DataFrame:
    """What is to be said about the headings: nobody knows them, or two stand for one field."""
    row = pd.DataFrame({SOURCE: [source.key], SOURCE_ROW: [layout.header_row]})
    told = [
        faults(
            "UNMAPPED_COLUMN",
            row,
            table_name="",
            column=heading_at(layout, at),
            detail=_did_you_mean(layout.headings[at], layout),
        )
        for at in layout.matching.unknown
    ]
    told += [
        faults("DUPLICATE_HEADING", row, table_name="", column=heading_at(layout, at), detail=field)
        for at, field in layout.matching.doubled.items()
    ]
    told += [
        faults(code, row, table_name="", column=heading, detail=detail)
        for code, heading, detail in layout.told
    ]
    return gather([*told, *_provisional_ids(layout, source, row)])


def short_faults(rows: Rows, source: Source) -> pd.DataFrame:
    """One fault for each row that ends early; where that is a habit of the export, one for the first of them."""
    told = rows.short if len(rows.short) <= MOST_SHORT_ROWS else rows.short[:1]
    frame = pd.DataFrame({SOURCE: source.key, SOURCE_ROW: told.index.to_series()}, index=told.index)
    if frame.empty:
        return gather([])
    many = f" (and {len(rows.short) - 1:,} rows more)" if len(told) < len(rows.short) else ""
    value = told.astype("str")
    return faults("SHORT_ROW", frame, table_name="", value=value, detail=many)


def amount_faults(rows: Rows, layout: Layout, source: Source) -> pd.DataFrame:
    """One fault for each figure of a total that is not the sum of its rows, and for each cell of a merged amount."""
    told = [
        faults(
            "TOTAL_DISAGREES",
            pd.DataFrame({SOURCE: source.key, SOURCE_ROW: part.index.to_series()}, index=part.index),
            table_name=str(name),
            column=str(column),
            value=part["stated"].map("{:,.2f}".format),
            detail=part["sum"].map("{:,.2f}".format),
        )
        for (name, column), part in (rows.totals.groupby(["table", "column"]) if len(rows.totals) else ())
    ]
    for row, at in rows.once:
        place = pd.DataFrame({SOURCE: [source.key], SOURCE_ROW: [row]})
        name, column = next(field for field, position in layout.matching.fields.items() if position == at)
        told.append(faults("MERGED_AMOUNT", place, table_name=name, column=column))
    return gather(told)


def _did_you_mean(heading: str, layout: Layout) -> str:
    found = suggest_field(heading, layout.profile, layout.matching.row_kind)
    if found is None:
        return ""
    if found.other_unit:
        return f" (it states another unit than that of {found.field})"
    return f" (did you mean {found.heading!r}, {found.field}?)"


def _provisional_ids(layout: Layout, source: Source, row: pd.DataFrame) -> list[pd.DataFrame]:
    """What stands in for the identifiers that have no column."""
    first = layout.matching.row_kind.tables[0]
    standing_in = {
        "projects": (Project.project_id, "the name"),
        "tasks": (Task.task_id, "the row of the sheet"),
    }
    standing_in |= {name: (table(name).key[0], "project and name of the item") for name in ITEM_NAMES}
    if first not in standing_in or first not in source.tables:
        return []
    column, words = standing_in[first]
    if (first, column) in layout.matching.fields or (column == Project.project_id and source.project):
        return []
    return [faults("PROVISIONAL_ID", row, table_name="", column=column, detail=words)]
