"""The engine: measures are aggregated per group, then metrics are formed of them, the same at every level.

Three steps on every engine: row expressions, elementary aggregates, and only then ratios, with every
denominator guarded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.errors import UnknownName
from pmo_analytics.metrics.catalogue import CATALOGUE, COUNTING, MEASURES
from pmo_analytics.metrics.curves import read_curves
from pmo_analytics.metrics.expressions import first_true, given, no_number, no_word, number, where
from pmo_analytics.metrics.figures import formed, formed_of, restored_key, tables_asked
from pmo_analytics.metrics.inputs import PERIODS, TEXT, Frame, Inputs, homes_of
from pmo_analytics.metrics.measure import (
    COUNTED,
    SPINE,
    WHY,
    Aggregate,
    Measure,
    Reason,
    delivered_column,
    rank_column,
    rows_column,
    table_rows_column,
    total_column,
    weight_column,
)
from pmo_analytics.metrics.mixing import end_columns, ends
from pmo_analytics.metrics.registers import CURVES, REGISTERS, arrivals, register
from pmo_analytics.metrics.spine import BASIS, NO_VALUE, WEIGHT, groupable, spine
from pmo_analytics.schemas.columns import Kind, reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

_ONE = "__one"

#: What a null reason in the data means, as a rank of WHY; any other null lacks data.
_RANK_OF = {
    "stale": WHY.index(Reason.STALE),
    "unreadable": WHY.index(Reason.INVALID_INPUT),
    "conflict": WHY.index(Reason.INVALID_INPUT),
    "withheld": WHY.index(Reason.EXEMPT),
}


def group_columns(by: str | Sequence[str] | None) -> list[str]:
    """The columns to group by, as a list; raises ``UnknownName`` for one that no project is grouped by."""
    columns = [] if by is None else [by] if isinstance(by, str) else list(by)
    for column in columns:
        if column not in groupable():
            raise UnknownName("column to group projects by", column, groupable())
    return list(dict.fromkeys(columns))


def grouped(
    inputs: Inputs, by: Sequence[str], *, metrics: Sequence[str] | None = None, as_now: bool = False
) -> tuple[Frame, Frame]:
    """The figures of every group, and the spine rows that the groups are made of.

    One row per group: the columns of ``by``, the number of projects, currency and set of rates, and for every metric,
    or for those named, its value, reason, rows used and coverage; unsorted. ``as_now``: along the tree of today, else
    of each month.
    """
    by_period = Project.period in by
    keys = {column: f"__key_{column}" for column in by}
    rows = spine(inputs, by_period=by_period, as_now=as_now)
    if keys:
        rows = rows.with_columns(*(_key(column).alias(key) for column, key in keys.items()))
    groups = _aggregated(rows, SPINE, list(keys.values()))
    names = tuple(CATALOGUE) if metrics is None else metrics
    absent = [name for name in REGISTERS if name not in inputs.frames]
    asked = tables_asked(names, absent)
    if absent:
        groups = groups.with_columns(
            *(number(0).alias(delivered_column(name)) for name in absent),
            *(column for name in absent if name in asked for column in _nothing_of(name)),
        )
    present = [name for name in REGISTERS if name not in absent]
    if present:
        months = [keys[Project.period]] if by_period else []
        groups = _beside(
            groups, arrivals(inputs, present, rows, period=months[0] if months else None), months
        )
    for name in (one for one in present if one in asked):
        own = register(inputs, name, rows, by, keys)
        if name == CURVES:
            own = read_curves(own, rows, list(keys.values()), by_period=by_period)
        groups = _beside(groups, _aggregated(own, name, list(keys.values())), list(keys.values()))
    restored = {column: restored_key(column, key) for column, key in keys.items()}
    return formed(groups, restored, absent, names), rows


def grouped_items(
    inputs: Inputs,
    name: str,
    by: Sequence[str],
    *,
    metrics: Sequence[str] | None = None,
    as_now: bool = False,
) -> Frame:
    """The figures of one register for groups of its rows, by its own columns and by those of their projects.

    One row per group: the columns of ``by``, the number of rows, and for every metric of the register alone its
    value, reason and rows used; unsorted.
    """
    by_period = Project.period in by
    keys = {column: f"__key_{column}" for column in by}
    own = [column for column in by if column in table(name).columns and column != Project.period]
    projects = spine(inputs, by_period=by_period, as_now=as_now)
    shared = {column: key for column, key in keys.items() if column not in own}
    if shared:
        projects = projects.with_columns(*(_key(column).alias(key) for column, key in shared.items()))
    rows = register(inputs, name, projects, list(shared), shared)
    if own:
        rows = rows.with_columns(*(_key(column).alias(keys[column]) for column in own))
    groups = _aggregated(rows, name, list(keys.values()))
    came = {other: number(1 if other in inputs.delivered else 0) for other in REGISTERS}
    groups = groups.with_columns(*(mark.alias(delivered_column(other)) for other, mark in came.items()))
    restored = {column: restored_key(column, key) for column, key in keys.items()}
    return formed_of(groups, restored, name, tuple(CATALOGUE) if metrics is None else metrics)


def item_columns(name: str) -> tuple[str, ...]:
    """The columns that the rows of a register can be grouped by: its own with text or months, and those of projects."""
    own = (c.name for c in table(name).columns.values() if c.kind in (*TEXT, Kind.PERIOD))
    return tuple(dict.fromkeys([*own, *groupable()]))


def _nothing_of(name: str) -> list[nw.Expr]:
    """The columns of a register that did not come."""
    measures = [measure.name for measure in MEASURES.values() if measure.table == name]
    return [
        *(no_number().alias(total_column(measure)) for measure in measures),
        *(number(0).alias(rows_column(measure)) for measure in measures),
        number(0).alias(table_rows_column(name)),
        *(no_word().alias(column) for column in end_columns(name)),
    ]


def _key(column: str) -> nw.Expr:
    return nw.col(column) if column in PERIODS else nw.col(column).fill_null(NO_VALUE)


def _beside(left: Frame, right: Frame, keys: list[str]) -> Frame:
    if keys:
        return left.join(right, on=keys, how="left")
    one = nw.lit(1).alias(_ONE)
    return left.with_columns(one).join(right.with_columns(one), on=[_ONE], how="left").drop(_ONE)


def _aggregated(rows: Frame, name: str, keys: list[str]) -> Frame:
    measures = [measure for measure in MEASURES.values() if measure.table == name]
    ranks = {rank_column(name, c): _rank(c) for m in measures for c in m.inputs if _has_reason(name, c)}
    rows = rows.with_columns(
        *(m.row.cast(nw.Float64).alias(total_column(m.name)) for m in measures),
        *(rank.alias(column) for column, rank in ranks.items()),
    )
    figures = _figures(name, measures, list(ranks))
    if name == SPINE:
        counting = [m.name for m in measures if m.name in COUNTING]
        used = (
            where(given(nw.col(total_column(m))), nw.col(WEIGHT)).alias(weight_column(m)) for m in counting
        )
        rows = rows.with_columns(*used)
        figures += [nw.col(WEIGHT, *map(weight_column, counting)).sum(), nw.col(BASIS).max()]
    if isinstance(rows, nw.DataFrame):
        rows = rows.clone()  # pandas keeps each added column in a block of its own until it is copied
    return rows.group_by(*keys).agg(*figures) if keys else rows.select(*figures)


def _figures(name: str, measures: list[Measure], ranks: list[str]) -> list[nw.Expr]:
    """The aggregates, many columns to an expression: pandas then keeps them in one block."""
    columns = {
        aggregate: [total_column(m.name) for m in measures if m.aggregate is aggregate]
        for aggregate in Aggregate
    }
    columns[Aggregate.MAX] += ranks
    wholes = {
        Aggregate.SUM: nw.Expr.sum,
        Aggregate.MIN: nw.Expr.min,
        Aggregate.MAX: nw.Expr.max,
        Aggregate.MEDIAN: nw.Expr.median,
    }
    return [
        *(wholes[aggregate](nw.col(*names)) for aggregate, names in columns.items() if names),
        nw.col(*(total_column(m.name) for m in measures)).count().name.suffix(COUNTED),
        nw.len().alias(table_rows_column(name)),
        *ends(name),
    ]


def _rank(column: str) -> nw.Expr:
    missing, reason = nw.col(column).is_null(), nw.col(reason_of(column))
    return first_true(
        [(missing & (reason == said), number(rank)) for said, rank in _RANK_OF.items()], number(0)
    )


def _has_reason(name: str, column: str) -> bool:
    declared = [tables()[home].columns for home in homes_of(name)]
    return any(column in columns and columns[column].reasoned for columns in declared)
