"""Registers: the rows of milestones, risks, tasks and the like, each brought to the group that it counts for."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.metrics import earned_schedule
from pmo_analytics.metrics.calendar import day_number
from pmo_analytics.metrics.catalogue import MEASURES
from pmo_analytics.metrics.expressions import first_true, flag, given, no_number, no_word, number, where, word
from pmo_analytics.metrics.inputs import READ, Frame, Inputs, columns_read, seen_rows, up_to
from pmo_analytics.metrics.lookups import looked_up
from pmo_analytics.metrics.measure import CALENDAR, CURRENCY, PERIOD_DAY, RATES, delivered_column
from pmo_analytics.metrics.spine import LEVELS, NO_VALUE
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The tables beside the spine that measures count rows of.
REGISTERS = tuple(name for name in READ if any(m.table == name for m in MEASURES.values()))

#: The register of planned curves.
CURVES = earned_schedule.TABLE

#: The registers whose rows stand alone; a curve is read as a whole.
ITEM_REGISTERS = tuple(name for name in REGISTERS if name != CURVES)

_MATCHED = "__matched"
_PROJECT_CURRENCY, _PROJECT_CALENDAR = "__project_currency", "__project_calendar"
_PROJECT_RATES = "__project_rates"


def register(inputs: Inputs, name: str, spine: Frame, by: Sequence[str], keys: dict[str, str]) -> Frame:
    """The rows of a register of the current period (by period: of all), with the keys of their groups.

    A row counts for the project that it names. For the whole portfolio every row counts; by programme or
    portfolio alone, a row that names the programme or portfolio itself counts for it.
    """
    by_period = Project.period in by
    rows = own_rows(inputs, name, spine, by_period=by_period)
    groups = [column for column in by if column != Project.period]
    rows = rows.join(
        _projects(spine, name, groups, keys, by_period=by_period),
        on=[table(name).entity, *([Project.period] if by_period else [])],
        how="left",
    )
    rows = _assigned(rows, name, groups, keys)
    if by_period:
        rows = rows.with_columns(nw.col(Project.period).alias(keys[Project.period]))
    return rows.with_columns(
        _currency(name).alias(CURRENCY),
        # the fiscal years of a row are those of its project
        nw.col(_PROJECT_CALENDAR).fill_null(NO_VALUE).alias(CALENDAR),
        nw.col(_PROJECT_RATES).alias(RATES),
    )


def own_rows(inputs: Inputs, name: str, spine: Frame, *, by_period: bool) -> Frame:
    """The rows of a register as measures read them: with the day seen from and what other tables tell of them.

    Rows without a period of their own stand in every period of the projects, each seen from its end.
    """
    rows = inputs.frames[name]
    if table(name).has_period:
        rows = up_to(rows, inputs, by_period=by_period)
    else:
        rows = rows.join(_periods(spine, by_period=by_period), how="cross")
    rows = seen_rows(rows, inputs, by_period=by_period)
    return looked_up(rows, name, inputs, by_period=by_period)


def _periods(spine: Frame, *, by_period: bool) -> Frame:
    both = spine.select(Project.period, day_number(nw.col(Project.period)).alias(PERIOD_DAY))
    return both.unique() if by_period else both.select(nw.all().max())


def _projects(
    spine: Frame, name: str, groups: Sequence[str], keys: dict[str, str], *, by_period: bool
) -> Frame:
    return spine.select(
        nw.col(Project.project_id).alias(table(name).entity),
        *([nw.col(Project.period)] if by_period else []),
        *(nw.col(keys[column]) for column in groups),
        nw.col(Project.currency).alias(_PROJECT_CURRENCY),
        nw.col(Project.calendar_id).alias(_PROJECT_CALENDAR),
        nw.col(Project.rate_set).alias(_PROJECT_RATES),
        number(1).alias(_MATCHED),
    )


def _assigned(rows: Frame, name: str, groups: Sequence[str], keys: dict[str, str]) -> Frame:
    if not groups:
        return rows
    matched = nw.col(_MATCHED) > 0
    if len(groups) == 1 and groups[0] in LEVELS:
        key = keys[groups[0]]
        own = first_true([(matched, nw.col(key))], nw.col(table(name).entity))
        return rows.with_columns(own.alias(key)).filter(given(nw.col(key)))
    return rows.filter(matched)


def _currency(name: str) -> nw.Expr:
    """The currency of a row with an amount: its own, else that of its project; a row without money has none."""
    columns = table(name).columns
    amounts = [nw.col(c) for c in columns_read(name) if columns[c].kind is Kind.MONEY]
    if not amounts:
        return no_word()
    own = [nw.col(Project.currency)] if Project.currency in columns else []
    code = nw.coalesce(*own, nw.col(_PROJECT_CURRENCY), word(NO_VALUE))
    return where(given(nw.coalesce(*amounts)), code)


def arrivals(inputs: Inputs, names: Sequence[str], spine: Frame, *, period: str | None) -> Frame:
    """Whether registers that came hold a row up to the as-of day, or none at all, a column each: one row.

    With ``period``, the name that the column of periods gets, a row for each period that has rows of one. A register
    without periods came for every one of them.
    """
    dated = [name for name in names if table(name).has_period]
    timeless = [number(1).alias(delivered_column(name)) for name in names if name not in dated]
    if period is None:
        some = reduce(_crossed, [_some(inputs, name) for name in dated], _periods(spine, by_period=False))
        return some.select(*map(nw.col, map(delivered_column, dated)), *timeless)
    months = [_periods(spine, by_period=True).select(Project.period, *_marks(dated, None))]
    months += [inputs.frames[name].select(Project.period, *_marks(dated, name)) for name in dated]
    marked = (
        nw.concat(months).group_by(Project.period).agg(*(nw.col(delivered_column(n)).max() for n in dated))
    )
    columns = [nw.col(Project.period).alias(period), *map(nw.col, map(delivered_column, dated))]
    return marked.select(*columns, *timeless)


def _crossed(left: Frame, right: Frame) -> Frame:
    return left.join(right, how="cross")


def _marks(names: Sequence[str], marked: str | None) -> list[nw.Expr]:
    """A column for each register: 1 for the one that is marked, null for the others."""
    return [(number(1) if name == marked else no_number()).alias(delivered_column(name)) for name in names]


def _some(inputs: Inputs, name: str) -> Frame:
    """Whether a register came with a row up to the as-of day, or with none at all; one row."""
    column, seen = delivered_column(name), f"{name}__seen"
    counted = inputs.frames[name].select(
        nw.len().cast(nw.Float64).alias(column),
        (nw.col(PERIOD_DAY) <= inputs.last_period_day).cast(nw.Float64).sum().alias(seen),
    )
    known = flag((nw.col(column) == 0) | (nw.col(seen) > 0), given(nw.col(column)))
    return counted.select(known.alias(column))
