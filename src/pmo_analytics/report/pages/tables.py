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
    from collections.abc import Iterable, Mapping

    from pmo_analytics.report.pages.filters import Filters

#: The columns that say which project, programme or other entity a row is about.
_ABOUT = (Project.project_id, Risk.entity_id)

#: The least width of a column on the page for each unit of its width on a sheet.
_EM = 0.42


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A listing as the page shows it; ``anchor`` is made of numbers, never of data."""

    anchor: str
    name: Markup
    told: Markup
    head: list[Markup]
    rows: list[Markup]
    filtered: bool


def tables(
    listed: Iterable[Listing], filters: Filters, keys: Mapping[str, str], *, first: int = 0
) -> list[Table]:
    """The listings as tables; ``keys`` names the column by which the rows of a listing are found."""
    numbered = {listing.name: (at, listing) for at, listing in enumerate(listed, start=first)}
    places = {
        name: _places(at, listing.rows[keys[name]])
        for name, (at, listing) in numbered.items()
        if name in keys
    }
    return [table(listing, f"s{at}", filters, places) for at, listing in numbered.values()]


def table(
    listing: Listing, anchor: str, filters: Filters | None, places: Mapping[str, Mapping[object, str]]
) -> Table:
    """One listing as a table."""
    about = next((name for name in _ABOUT if name in listing.rows), None)
    filtered = filters is not None and about is not None
    columns = [cells(listing.rows, field, places.get(field.link or "", {})) for field in listing.fields]
    marks = (
        filters.marks(listing.rows[about])
        if filters is not None and about is not None
        else [Markup("")] * len(listing.rows)
    )
    rows = [
        Markup('<tr id="{}-{}"{}>{}</tr>').format(anchor, at, mark, Markup("").join(row))
        for at, (mark, *row) in enumerate(zip(marks, *columns, strict=True))
    ]
    return Table(anchor, html(listing.name), html(listing.told), _head(listing), rows, filtered)


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


def _places(at: int, keys: pd.Series) -> dict[object, str]:
    first = keys[~keys.duplicated()]
    return {key: f"s{at}-{row}" for row, key in zip(first.index, first, strict=True)}
