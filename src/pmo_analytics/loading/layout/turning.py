"""Turning: sheets whose fields stand in rows and whose records stand in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pmo_analytics.loading.cells.parsing import parse_cells
from pmo_analytics.loading.files.raw_sheet import RawSheet
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.loading.layout.blocks import Block
    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.loading.layout.rows import Rows

#: A sheet of more rows is not tried: a list of fields is not that long.
MOST_ROWS = 400

#: The labels of the fields stand in one of so many first columns.
LABEL_COLUMNS = 6

#: This share of its typed cells must be readable for a sheet to be taken as turned over.
READABLE = 0.5

_TYPED = frozenset({Kind.DATE, Kind.MONEY, Kind.FRACTION, Kind.NUMBER, Kind.FLAG, Kind.COLOUR})


def turned(sheet: RawSheet) -> RawSheet:
    """The sheet with rows as columns and columns as rows.

    >>> turned(RawSheet("S", False, (["id", "P1"], ["cost", 5.0]), ("tt", "tn"), 2)).columns
    (['id', 'cost'], ['P1', 5.0])
    """
    marks = [np.frombuffer(kinds.encode("ascii"), dtype=np.uint8) for kinds in sheet.kinds]
    across = np.stack(marks, axis=1) if marks else np.zeros((0, 0), dtype=np.uint8)
    return RawSheet(
        name=sheet.name,
        hidden=sheet.hidden,
        columns=tuple(list(row) for row in zip(*sheet.columns, strict=True)),
        kinds=tuple(bytes(row).decode("ascii") for row in across),
        n_rows=len(sheet.columns),
        merged=tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merged),
        hidden_rows=sheet.hidden_columns,
        hidden_columns=sheet.hidden_rows,
        fills={(column, row): fill for (row, column), fill in sheet.fills.items()},
        formats={(column, row): form for (row, column), form in sheet.formats.items()},
    )


def is_turned(upright: list[Block], over: Block) -> bool:
    """Whether the sheet is better understood turned over."""
    best = max((block.header.rank for block in upright), default=(False, 0))
    return over.header.rank > best


def holds_records(rows: Rows, layout: Layout) -> bool:
    """Whether typed fields hold what their columns ask for; a list of definitions does not."""
    dialect = layout.dialect.with_an_order()
    data = rows.set_aside.isna()
    there = read = 0
    for (name, column_name), at in layout.matching.fields.items():
        column = table(name).columns[column_name]
        if column.kind in _TYPED and at in rows.raw:
            cells = rows.raw[at][data]
            parsed = parse_cells(cells, rows.kinds[at][data], column, dialect)
            there += int(cells.notna().sum())
            read += int(parsed.values.notna().sum())
    return read > 0 and read >= there * READABLE
