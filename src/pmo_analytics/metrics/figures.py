"""From aggregated measures to figures: values, reasons, rows used and coverage of every metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.metrics.catalogue import CATALOGUE, MEASURES, money_tables
from pmo_analytics.metrics.expressions import first_true, given, no_number, no_word, number, where, word
from pmo_analytics.metrics.inputs import PERIODS, Frame
from pmo_analytics.metrics.measure import (
    CURRENCY,
    RATES,
    SPINE,
    WHY,
    Aggregate,
    Measure,
    Metric,
    Reason,
    RollUp,
    end_column,
    rank_column,
    rows_column,
    table_rows_column,
    total_column,
    weight_column,
    why_column,
)
from pmo_analytics.metrics.mixing import end_columns, mixed_cases, mixed_columns, said_by_all
from pmo_analytics.metrics.registers import REGISTERS
from pmo_analytics.metrics.spine import BASES, BASIS, NO_VALUE, WEIGHT
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

#: Columns of a roll-up that no metric names.
PROJECTS = "projects"
COVERAGE_WEIGHT = "coverage_weight"

#: The column of a roll-up of a register that counts its rows.
ITEMS = "items"

_WHOLE = "__whole"


def n_used_of(metric: str) -> str:
    """The name of the column that counts what a metric used.

    >>> n_used_of("cpi")
    'cpi_n_used'
    """
    return f"{metric}_n_used"


def coverage_of(metric: str) -> str:
    """The name of the column with the share of weight that a metric covers.

    >>> coverage_of("cpi")
    'cpi_coverage'
    """
    return f"{metric}_coverage"


def restored_key(column: str, key: str) -> nw.Expr:
    """The value of a group that its key stands for; null for the group of rows without one."""
    value = nw.col(key)
    return value if column in PERIODS else where(~(value == NO_VALUE), value)


def formed(
    groups: Frame, keys: Mapping[str, nw.Expr], absent: Collection[str], names: Sequence[str]
) -> Frame:
    """The metrics named, of groups whose measures are aggregated: after the keys, the columns of a roll-up.

    A metric of ``absent`` registers alone has no data.
    """
    tables = tables_asked(names, absent)
    measures = [name for name, measure in MEASURES.items() if measure.table in tables]
    asked = [metric for metric in _with_followed(names) if not _unknown(metric, absent)]
    settled = groups.with_columns(*_settled(groups, measures, tables))
    settled = settled.with_columns(
        _whole().alias(_WHOLE), *_shared(asked, (), tables), *_followed(asked, absent)
    )
    columns = [nw.col(table_rows_column(SPINE)).cast(nw.Int64).alias(PROJECTS), *_said(keys, tables)]
    columns += _columns(absent, names)
    return _with_metrics(settled, asked, (), tables).select(*_keyed(keys), *columns)


def _keyed(keys: Mapping[str, nw.Expr]) -> list[nw.Expr]:
    return [key.alias(column) for column, key in keys.items()]


def _said(keys: Mapping[str, nw.Expr], tables: Sequence[str]) -> list[nw.Expr]:
    """The currency of the amounts of a group, and the set of rates that they were converted by."""
    said = {Project.currency: CURRENCY, Project.rate_set: RATES}
    return [said_by_all(of, tables).alias(column) for column, of in said.items() if column not in keys]


def _with_followed(names: Sequence[str]) -> list[Metric]:
    """The metrics named and those that they follow, in the order of the catalogue."""
    followed = {name for wanted in names for name in CATALOGUE[wanted].follows}
    return [metric for name, metric in CATALOGUE.items() if name in followed or name in names]


def _followed(asked: Iterable[Metric], absent: Collection[str]) -> list[nw.Expr]:
    """What has no data and is followed by a metric that is asked: its figure and its reason."""
    names = dict.fromkeys(name for metric in asked for name in metric.follows)
    unknown = [name for name in names if _unknown(CATALOGUE[name], absent)]
    reasons = (word(Reason.NO_DATA).alias(reason_of(name)) for name in unknown)
    return [*(no_number().alias(name) for name in unknown), *reasons]


def tables_asked(names: Sequence[str], absent: Collection[str]) -> tuple[str, ...]:
    """The spine and the registers that the metrics named read; not what metrics of absent ones alone read."""
    asked = (metric for metric in _with_followed(names) if not _unknown(metric, absent))
    read = {MEASURES[measure].table for metric in asked for measure in metric.measures}
    return (SPINE, *(name for name in REGISTERS if name in read))


def formed_of(groups: Frame, keys: Mapping[str, nw.Expr], name: str, names: Sequence[str]) -> Frame:
    """The metrics named, of one register over groups of its rows: after the keys, value, reason and rows used."""
    metrics = [metric for metric in metrics_of(name) if metric.name in names]
    by = tuple(keys)
    counted = [measure for measure, record in MEASURES.items() if record.table == name]
    settled = groups.with_columns(*_settled(groups, counted, (name,))).with_columns(
        *_shared(metrics, by, (name,))
    )
    columns = [nw.col(table_rows_column(name)).cast(nw.Int64).alias(ITEMS)]
    if any(money_tables(metric) for metric in metrics):
        columns += _said(keys, (name,))
    for metric in metrics:
        columns += _figure(metric)
    return _with_metrics(settled, metrics, by, (name,)).select(*_keyed(keys), *columns)


def metrics_of(name: str) -> list[Metric]:
    """The metrics that are made of one register alone and can be formed over any of its rows."""
    return [
        metric
        for metric in CATALOGUE.values()
        if metric.roll_up is not RollUp.NONE
        and not metric.follows
        and all(MEASURES[measure].table == name for measure in metric.measures)
    ]


def _settled(groups: Frame, measures: Collection[str], tables: Sequence[str]) -> list[nw.Expr]:
    present = set(groups.collect_schema().names())
    registers = [name for name in tables if name != SPINE]
    counts = [*map(rows_column, measures), *map(table_rows_column, registers)]
    ends = [column for name in tables for column in end_columns(name) if column in present]
    records = [MEASURES[name] for name in measures]
    sums = [measure.name for measure in records if measure.aggregate is Aggregate.SUM]
    return [
        nw.col(*counts).fill_null(0).cast(nw.Int64),
        nw.col(*ends).cast(nw.String),
        # a sum of nothing is 0 on every engine; the other aggregates of nothing are null
        *(where(nw.col(rows_column(m)) > 0, nw.col(total_column(m))).alias(total_column(m)) for m in sums),
        *(_why(measure, present).alias(why_column(measure.name)) for measure in records),
    ]


def _shared(metrics: Iterable[Metric], by: Sequence[str], tables: Sequence[str]) -> list[nw.Expr]:
    """What several metrics ask: whether currencies or calendars are mixed, and why inputs are missing."""
    wanted = list(metrics)
    missing = {_missing_column(m): _missing(m) for m in wanted}
    shared = mixed_columns(wanted, by, tables) | missing
    return [expression.alias(name) for name, expression in shared.items()]


def _missing_column(metric: Metric) -> str:
    counted = MEASURES[metric.measures[0]]
    return "__".join(["missing", counted.table, *counted.inputs])


def _missing(metric: Metric) -> nw.Expr:
    rank = nw.col(why_column(metric.measures[0]))
    told = [(i, reason) for i, reason in enumerate(WHY) if reason not in (None, Reason.NO_DATA)]
    return first_true([(rank == number(i), word(str(reason))) for i, reason in told], word(Reason.NO_DATA))


def _why(measure: Measure, present: set[str]) -> nw.Expr:
    names = (rank_column(measure.table, column) for column in measure.inputs)
    ranks = [nw.col(name).fill_null(0.0) for name in names if name in present]
    if not ranks:
        return number(0)
    return nw.max_horizontal(*ranks) if len(ranks) > 1 else ranks[0]


def _with_metrics(groups: Frame, asked: Iterable[Metric], by: Sequence[str], tables: Sequence[str]) -> Frame:
    asked = list(asked)
    alone = [metric for metric in asked if not metric.follows]
    followers = [metric for metric in asked if metric.follows]
    for wave in filter(None, (alone, followers)):
        names = [m.name for m in wave]
        groups = groups.with_columns(*(m.value.cast(nw.Float64).alias(m.name) for m in wave))
        groups = groups.with_columns(*(where(nw.col(n).is_finite(), nw.col(n)).alias(n) for n in names))
        groups = groups.with_columns(*(_reason(m, by, tables).alias(reason_of(m.name)) for m in wave))
        groups = groups.with_columns(
            *(where(nw.col(reason_of(n)).is_null(), nw.col(n)).alias(n) for n in names)
        )
    return groups


def _unknown(metric: Metric, absent: Collection[str]) -> bool:
    """Whether all that a metric counts did not come, and nothing else is said of it first."""
    alone = metric.roll_up is not RollUp.NONE and not metric.follows
    return alone and all(MEASURES[name].table in absent for name in metric.measures)


def _reason(metric: Metric, by: Sequence[str], tables: Sequence[str]) -> nw.Expr:
    cases = mixed_cases(metric, by, tables)
    if metric.roll_up is RollUp.NONE:
        cases.append((nw.col(table_rows_column(SPINE)) > 1, word(Reason.NOT_APPLICABLE)))
    for followed in metric.follows:
        reason = nw.col(reason_of(followed))
        cases.append((given(reason), reason))
    cases += [(condition, word(reason)) for condition, reason in metric.undefined]
    cases.append((nw.col(metric.name).is_null(), nw.col(_missing_column(metric))))
    return first_true(cases, no_word())


def _whole() -> nw.Expr:
    """The weight that shares of a group are of; null where there is none or it is in several currencies."""
    first, last = (nw.col(end_column(CURRENCY, SPINE, end)) for end in (Aggregate.MIN, Aggregate.MAX))
    comparable = (nw.col(BASIS) == 0) | (first == last)
    return where(comparable & (nw.col(WEIGHT) > 0), nw.col(WEIGHT))


def _coverage(metric: Metric) -> nw.Expr:
    counted = MEASURES[metric.measures[0]]
    if counted.table != SPINE:
        return no_number()
    return nw.col(weight_column(counted.name)).fill_null(0.0) / nw.col(_WHOLE)


def _columns(absent: Collection[str], names: Sequence[str]) -> list[nw.Expr]:
    columns: list[nw.Expr] = []
    for metric in (CATALOGUE[name] for name in names):
        if _unknown(metric, absent):
            columns += _no_figure(metric)
        else:
            columns += [*_figure(metric), _coverage(metric).alias(coverage_of(metric.name))]
    basis = first_true([(nw.col(BASIS) == number(i), word(BASES[i])) for i in (2, 1)], word(BASES[0]))
    return [*columns, basis.cast(nw.String).alias(COVERAGE_WEIGHT)]


def _no_figure(metric: Metric) -> list[nw.Expr]:
    return [
        no_number().alias(metric.name),
        word(Reason.NO_DATA).alias(reason_of(metric.name)),
        number(0).cast(nw.Int64).alias(n_used_of(metric.name)),
        no_number().alias(coverage_of(metric.name)),
    ]


def _figure(metric: Metric) -> list[nw.Expr]:
    return [
        nw.col(metric.name),
        nw.col(reason_of(metric.name)).cast(nw.String),
        nw.col(rows_column(metric.measures[0])).alias(n_used_of(metric.name)),
    ]
