"""From frames: a Portfolio of tables that are in memory already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd

from pmo_analytics.errors import InvalidTable
from pmo_analytics.loading.assembling import assemble
from pmo_analytics.loading.extracting import Extract, extract
from pmo_analytics.loading.files.raw_sheet import RawSheet
from pmo_analytics.loading.layout.dialects import dialect_of
from pmo_analytics.loading.layout.finding import Layout, rows_below
from pmo_analytics.loading.layout.headings import match_headings
from pmo_analytics.loading.layout.profiles import RowKind, shipped_profiles
from pmo_analytics.loading.periods import day, find_period, month_end
from pmo_analytics.loading.sources import describe_source, heading_faults
from pmo_analytics.quality.findings import gather
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.settings import Settings
from pmo_analytics.schemas.tables import table, tables

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_analytics.loading.layout.profiles import Profile
    from pmo_analytics.portfolio import Portfolio


def from_frames(
    *,
    as_of: str | pd.Timestamp | None = None,
    period: str | pd.Timestamp | None = None,
    config: str | Path | Settings | None = None,
    **given: Any,
) -> Portfolio:
    """A Portfolio of frames (pandas, Polars, DuckDB, …), read by the same strict rules as a spreadsheet.

    Frames are given by the name of their table: ``projects=``, ``status=``, ``milestones=``, ``risks=``,
    ``issues=``, ``decisions=``, ``identities=``, ``tasks=``, ``evm_periods=``, ``changes=``, ``benefits=``,
    ``dependencies=``, ``entities=``, ``resources=`` and every other table of ``pmo.data_dictionary()``. Columns
    bear its names or a known heading. A frame without a period column takes ``period``, else the month of
    ``as_of``. In findings the file is ``frame:status`` and the cell ``ac:3`` for column ``ac`` of the third
    row. Frames given are never changed.

    Raises ``InvalidTable`` where no frame is given or one lacks its key column, ``UnknownName`` for a table
    that does not exist.

    >>> import pandas as pd
    >>> import pmo_analytics as pmo
    >>> portfolio = pmo.from_frames(
    ...     status=pd.DataFrame({"project_id": ["P1"], "pv": [100], "ev": [60], "ac": [110]}),
    ...     as_of="2026-06-30",
    ... )
    >>> portfolio.project_ids
    ('P1',)
    """
    frames = {table(name).name: _local(frame) for name, frame in given.items() if frame is not None}
    if not frames:
        raise InvalidTable(f"no frame was given; pass at least one of {', '.join(tables())}.")
    settings = config if isinstance(config, Settings) else Settings.read(config) if config else Settings()
    moment = day(as_of) if as_of is not None else None
    month = month_end(period) if period is not None else None
    read = [_read(name, frame, settings, month, moment) for name, frame in frames.items()]
    return assemble(
        [one for one, _ in read], settings, as_of=moment, sheet_faults=gather([told for _, told in read])
    )


def _local(frame: Any) -> pd.DataFrame:
    if isinstance(frame, pd.DataFrame):
        return frame
    local: pd.DataFrame = nw.from_native(frame).lazy().collect().to_pandas()
    return local


def _read(
    name: str,
    frame: pd.DataFrame,
    settings: Settings,
    period: pd.Timestamp | None,
    as_of: pd.Timestamp | None,
) -> tuple[Extract, pd.DataFrame]:
    headings = tuple(str(column) for column in frame.columns)
    profile = shipped_profiles()["generic"]
    matching = match_headings(headings, profile, _row_kind(profile, name))
    for key in table(name).needed_key:
        if key != Project.period and (name, key) not in matching.fields:
            raise InvalidTable(f"frame:{name} has no column {key}; it has {', '.join(headings) or 'none'}.")
    layout = Layout(profile, matching, 0, headings, dialect=dialect_of(profile, settings))
    path = f"frame:{name}"
    found = find_period(path, None, layout, given=period, as_of=as_of)
    source = describe_source(
        f"frame.{name}",
        layout,
        path=path,
        sheet=None,
        digest="",
        found=found,
        letters=[f"{heading}:" for heading in headings],
    )
    rows = rows_below(_sheet(frame), layout)
    return extract(rows, layout, source, found.period, settings), heading_faults(layout, source)


def _row_kind(profile: Profile, name: str) -> RowKind:
    """The kind of row that a table is made of, feeding that table alone."""
    kind = next(row.is_ for row in profile.rows if name in row.tables)
    return RowKind(kind, (name,))


def _sheet(frame: pd.DataFrame) -> RawSheet:
    return RawSheet(
        name=None,
        hidden=False,
        columns=tuple(_values(frame.iloc[:, at]) for at in range(frame.shape[1])),
        kinds=tuple(_kinds(frame.iloc[:, at]) for at in range(frame.shape[1])),
        n_rows=len(frame),
    )


def _values(column: pd.Series) -> list[object]:
    values = column.astype(object)
    return values.where(column.notna(), None).tolist()


def _kinds(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        marks = np.full(len(column), "b")
    elif pd.api.types.is_numeric_dtype(column):
        marks = np.full(len(column), "n")
    elif pd.api.types.is_datetime64_any_dtype(column):
        marks = np.full(len(column), "d")
    elif pd.api.types.is_object_dtype(column):
        marks = column.map(type).map(_MARKS).fillna("d").to_numpy(dtype=str)
    else:
        marks = np.full(len(column), "t")
    return "".join(np.where(column.isna(), " ", marks))


_MARKS = {str: "t", bool: "b", np.bool_: "b", int: "n", float: "n", np.float64: "n", np.int64: "n"}
