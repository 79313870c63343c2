"""Edges: small projects, each with the one thing that is tried, and all of them measured at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

AS_OF = "2026-06-30"
TODAY, YESTERDAY, TOMORROW = AS_OF, "2026-06-29", "2026-07-01"

#: The rows of one project: by table, the cells of each row.
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Edge:
    """What is tried, the rows of one project or of each project of a group, and the figures or reasons."""

    what: str
    rows: tuple[Rows, ...]
    expected: dict[str, float | str]


def edge(what: str, *rows: Rows, **expected: float | str) -> Edge:
    return Edge(what, rows, expected)


def status(**cells: Any) -> Rows:
    return {"status": [cells]}


def listed(**cells: Any) -> Rows:
    return {"projects": [cells]}


def rows_of(name: str, *rows: dict[str, Any]) -> Rows:
    return {name: list(rows)}


def tables_of(edges: list[Edge]) -> dict[str, pd.DataFrame]:
    """The rows of all edges; a project has the name of its edge, and so has the programme of a group."""
    found: Rows = {}
    for one in edges:
        for at, rows in enumerate(one.rows):
            project = one.what if len(one.rows) == 1 else f"{one.what} {at}"
            listed_so = {"project_id": project, "programme_id": one.what}
            for name, cells in ({"projects": [{}]} | rows).items():
                owner = listed_so if name == "projects" else _owner(name, project)
                found.setdefault(name, []).extend(owner | row for row in cells)
    return {name: _typed(name, pd.DataFrame(rows)) for name, rows in found.items()}


def _owner(name: str, project: str) -> dict[str, Any]:
    """The cell with which a row names its project; none of a table whose rows belong to nobody, gates say."""
    entity = table(name).entity
    return {entity: project} if entity else {}


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    declared = table(name).columns
    if table(name).has_period:
        frame["period"] = frame["period"].fillna(AS_OF) if "period" in frame else AS_OF
    for column in frame:
        kind = declared[column].kind if column in declared else Kind.TEXT
        if kind in (Kind.DATE, Kind.PERIOD):
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
        else:
            words = kind in (Kind.TEXT, Kind.WORD, Kind.COLOUR)
            frame[column] = frame[column].astype("str" if words else "float64")
    return frame
