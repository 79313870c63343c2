"""Tables of the page: listings as rows of cells, with what the filter and the links need to know of each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from pmo_analytics.report.listings.listing import Field, Listing
from pmo_analytics.report.pages.cells import cells, html
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.report.pages.filters import Filters

#: The columns that say which project, programme or other entity a row is about.
_ABOUT = (Project.project_id, Risk.entity_id, Project.programme_id)

#: Listings wider than this take the whole width of the page.
_WIDE = 100
#: The least width of a column on the page for each unit of its width on a sheet.
_EM = 0.42


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A listing as the page shows it; ``anchor`` is made of numbers, never of data."""

    anchor: str
    name: Markup
    told: Markup
    note: Markup
    head: list[Markup]
    rows: list[Markup]
    filtered: bool
    wide: bool


def table(
    listing: Listing, anchor: str, filters: Filters | None, targets: Mapping[str, Mapping[object, str]]
) -> Table:
    """One listing as a table; ``targets`` are the places that links lead to, by listing and key."""
    about = next((name for name in _ABOUT if name in listing.rows), None)
    filtered = filters is not None and about is not None
    columns = [cells(listing.rows, field, targets.get(field.link or "", {})) for field in listing.fields]
    marks = (
        filters.marks(listing.rows[about])
        if filters is not None and about is not None
        else [Markup("")] * len(listing.rows)
    )
    rows = [
        Markup('<tr id="{}-{}"{}>{}</tr>').format(anchor, at, mark, Markup("").join(row))
        for at, (mark, *row) in enumerate(zip(marks, *columns, strict=True))
    ]
    part = None
    if listing.whole is not None and listing.whole > len(listing.rows):
        part = f"{len(listing.rows)} of {listing.whole}"
    wide = sum(field.width for field in listing.fields) > _WIDE
    return Table(
        anchor,
        html(listing.name if part is None else f"{listing.name} ({part})"),
        html(listing.told),
        html(listing.note),
        head=_head(listing),
        rows=rows,
        filtered=filtered,
        wide=wide,
    )


def plain(name: str, told: str, frame: pd.DataFrame) -> Listing:
    """Any frame as a listing, each column under its own name."""
    fields = [
        Field(str(column), str(column), "ratio" if pd.api.types.is_float_dtype(frame[column]) else "text")
        for column in frame
    ]
    return Listing(name, told, fields, frame)


def _head(listing: Listing) -> list[Markup]:
    cell = Markup('<th scope="col" class="{}" style="min-width:{:.1f}em">{}</th>')
    return [
        cell.format("n" if field.is_figure else "t", field.width * _EM, html(field.heading))
        for field in listing.fields
    ]


def places(listed: Mapping[str, Listing], keys: Mapping[str, str]) -> dict[str, dict[object, str]]:
    """For every anchor's listing the anchors of its rows by key; ``keys`` names the column of the key."""
    return {
        listing.name: _rows(anchor, listing.rows[keys[listing.name]])
        for anchor, listing in listed.items()
        if listing.name in keys
    }


def _rows(anchor: str, keys: pd.Series) -> dict[object, str]:
    first = keys[~keys.duplicated()]
    return {key: f"{anchor}-{row}" for row, key in zip(first.index, first, strict=True)}
