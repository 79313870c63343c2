"""Lookups: what rows are told by another table, whose rows have the same key; and what they are given before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.metrics.catalogue import DERIVED, LOOKUPS
from pmo_analytics.metrics.expressions import compared, given, no_number, no_word, number, where
from pmo_analytics.metrics.inputs import TEXT, homes_of, up_to
from pmo_analytics.metrics.measure import AS_OF, Aggregate, there_column, told_column
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.metrics.inputs import Frame, Inputs
    from pmo_analytics.metrics.measure import Lookup

_MATCHED, _USED = "__matched_{}", "__used_{}"


def looked_up(rows: Frame, name: str, inputs: Inputs, *, by_period: bool) -> Frame:
    """The rows of a table, or of the spine, with its derived columns and a column for each of its lookups.

    A table that did not come tells nothing. Of one with periods the rows of the same period count; where only the
    latest is looked at, its latest. What a table without periods says is seen from ``as_of``.
    """
    wanted = [lookup.name for lookup in LOOKUPS.values() if lookup.table == name]
    return _told(_given(rows, name), wanted, inputs, by_period=by_period)


def tables_that_tell(name: str) -> tuple[str, ...]:
    """The tables that tell the rows of a table something, also by way of others."""
    told = [lookup for lookup in LOOKUPS.values() if lookup.table == name]
    found: dict[str, None] = {}
    while told:
        lookup = told.pop()
        found[lookup.of] = None
        told += [LOOKUPS[further] for further in lookup.lookups]
    return tuple(found)


def _given(rows: Frame, name: str) -> Frame:
    """The rows with the columns derived for their table, one after the other, since one may need another."""
    for derived in DERIVED.values():
        if derived.table == name:
            rows = rows.with_columns(derived.row.alias(derived.name))
    return rows


def _told(rows: Frame, names: Sequence[str], inputs: Inputs, *, by_period: bool) -> Frame:
    wanted = [LOOKUPS[name] for name in names]
    absent = [lookup for lookup in wanted if lookup.of not in inputs.frames]
    if absent:
        rows = rows.with_columns(*(_nothing(lookup).alias(told_column(lookup.name)) for lookup in absent))
    present = [lookup for lookup in wanted if lookup not in absent]
    alone = [lookup for lookup in present if not lookup.pairs_with]
    for of, on in dict.fromkeys((lookup.of, lookup.on) for lookup in alone):
        together = [lookup for lookup in alone if (lookup.of, lookup.on) == (of, on)]
        rows = _beside(rows, _telling(together, inputs, by_period=by_period), together, by_period=by_period)
    # judged last, since a pair may ask for what the row is told by others
    for lookup in (lookup for lookup in present if lookup.pairs_with):
        rows = _paired(rows, lookup, inputs)
    return rows


def _nothing(lookup: Lookup) -> nw.Expr:
    return no_word() if lookup.is_word else no_number()


def _telling(lookups: Sequence[Lookup], inputs: Inputs, *, by_period: bool) -> Frame:
    """One row per key of the table that tells, with what it says."""
    of, on = lookups[0].of, lookups[0].on
    there = inputs.frames[of]
    if table(of).has_period:
        there = up_to(there, inputs, by_period=by_period)
    there = _given(there.with_columns(number(inputs.as_of_day).alias(AS_OF)), of)
    needed = dict.fromkeys(name for lookup in lookups for name in lookup.lookups)
    there = _told(there, list(needed), inputs, by_period=by_period)
    there = there.with_columns(
        *(lookup.row.alias(told_column(lookup.name)) for lookup in lookups),
        *(_matched(of, other).alias(_MATCHED.format(at)) for at, (_, other) in enumerate(on)),
    )
    keys = [_MATCHED.format(at) for at in range(len(on))]
    if by_period and table(of).has_period:
        keys.append(Project.period)
    there = there.filter(given(*map(nw.col, keys)))
    sums = [told_column(lookup.name) for lookup in lookups if lookup.aggregate is Aggregate.SUM]
    told = there.group_by(*keys).agg(
        *(getattr(nw.col(told_column(lookup.name)), lookup.aggregate)() for lookup in lookups),
        *(nw.col(column).count().alias(_USED.format(column)) for column in sums),
    )
    used = (where(nw.col(_USED.format(column)) > 0, nw.col(column)).alias(column) for column in sums)
    return told.with_columns(*used).drop(*map(_USED.format, sums)) if sums else told


def _beside(rows: Frame, told: Frame, lookups: Sequence[Lookup], *, by_period: bool) -> Frame:
    on, of = lookups[0].on, lookups[0].of
    keys = [_MATCHED.format(at) for at in range(len(on))]
    rows = rows.with_columns(
        *(_matched(lookups[0].table, here).alias(key) for key, (here, _) in zip(keys, on, strict=True))
    )
    months = [Project.period] if by_period and table(of).has_period else []
    return rows.join(told, on=[*keys, *months], how="left").drop(*keys)


def _paired(rows: Frame, lookup: Lookup, inputs: Inputs) -> Frame:
    """The rows told by every row of a table with the same key, each judged beside the row that it tells."""
    column = told_column(lookup.name)
    keys = [_MATCHED.format(at) for at in range(len(lookup.on))]
    own = list(table(lookup.table).key)
    here = rows.select(
        *(nw.col(c) for c in dict.fromkeys([*own, *lookup.pairs_with])),
        *(_matched(lookup.table, one).alias(key) for key, (one, _) in zip(keys, lookup.on, strict=True)),
    )
    there = inputs.frames[lookup.of].select(
        *(nw.col(c).alias(there_column(c)) for c in lookup.inputs),
        *(_matched(lookup.of, other).alias(key) for key, (_, other) in zip(keys, lookup.on, strict=True)),
    )
    pairs = here.join(there, on=keys, how="inner").with_columns(lookup.row.alias(column))
    judged = pairs.group_by(*own).agg(getattr(nw.col(column), lookup.aggregate)())
    return rows.join(judged, on=own, how="left")


def _matched(name: str, column: str) -> nw.Expr:
    """The form in which a key is compared: words without case and without blanks around them."""
    homes = [home for home in homes_of(name) if column in table(home).columns]
    if table(homes[0]).columns[column].kind in TEXT:
        return compared(nw.col(column))
    return nw.col(column)
