"""What comes in: a Portfolio or a mapping of frames of any engine, made alike for the measures.

Dates become day numbers, numbers floats, words text; what is absent becomes a null of its type. After this
door nothing depends on the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw
import pandas as pd

from pmo_analytics.errors import InvalidTable
from pmo_analytics.metrics.calendar import as_day, day_number, month_end
from pmo_analytics.metrics.catalogue import DERIVED, LOOKUPS, MEASURES, SPINE_TABLES, sources_of
from pmo_analytics.metrics.engine import carried
from pmo_analytics.metrics.expressions import no_number, no_word, number, where
from pmo_analytics.metrics.measure import AS_OF, MONTH_START, PERIOD_DAY, SPINE
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.schemas.columns import Kind, reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.tables import table, tables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from pmo_analytics.schemas.tables import Column

#: A narwhals frame, eager or lazy.
Frame: TypeAlias = Any

#: The tables that measures read.
READ = tuple(
    name for name in tables() if any(home == name for m in MEASURES.values() for home, _ in sources_of(m))
)

#: The kinds of column that hold text.
TEXT = (Kind.TEXT, Kind.WORD, Kind.COLOUR)
_DATES = (Kind.DATE, Kind.PERIOD)
#: The columns that hold month-ends; they stay dates, to group by.
PERIODS = frozenset(c.name for t in tables().values() for c in t.columns.values() if c.kind is Kind.PERIOD)


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """The prepared tables of one call, the day they are seen from, and which of them came, with rows or without.

    ``frames`` has no register that did not come. ``home`` says whether the caller's frames are pandas, which
    are computed on another engine and brought home.
    """

    frames: Mapping[str, Frame]
    as_of: dt.date
    delivered: frozenset[str]
    derive_headline: bool
    home: bool

    @property
    def as_of_day(self) -> float:
        """The day number of ``as_of``."""
        return float(self.as_of.toordinal())

    @property
    def last_period_day(self) -> float:
        """The day number of the latest period that may be used."""
        return float(month_end(self.as_of).toordinal())


def read_inputs(
    source: Portfolio | Mapping[str, Any] | Inputs,
    as_of: object | None = None,
    *,
    words_of: str | None = None,
) -> Inputs:
    """The tables of a Portfolio, or of a mapping from table name to frame, prepared for the measures.

    Of the register ``words_of`` every column with text or months is prepared, to group by. What is prepared already
    comes back as it is, so that who asks for several things prepares once.
    Raises ``UnknownName`` for a table that does not exist, and ``InvalidTable`` for a mapping without tables
    or without ``as_of``, a frame without the column that its rows belong to, or tables prepared for another day.
    """
    if isinstance(source, Inputs):
        if as_of is not None and as_day(as_of) != source.as_of:
            raise InvalidTable(f"the tables were prepared for {source.as_of}, not for {as_day(as_of)}.")
        return source
    if isinstance(source, Portfolio):
        day = as_day(source.as_of if as_of is None else as_of)
        came = frozenset(source.delivered)
        return _prepared(source.tables, day, came, derive_headline=False, words_of=words_of)
    if as_of is None:
        raise InvalidTable("a mapping of tables has no as-of day of its own; pass as_of='YYYY-MM-DD'.")
    if not source:
        raise InvalidTable("the mapping holds no table; pass at least 'status' or 'projects'.")
    return _prepared(source, as_day(as_of), frozenset(source), derive_headline=True, words_of=words_of)


def _prepared(
    source: Mapping[str, Any],
    day: dt.date,
    delivered: frozenset[str],
    *,
    derive_headline: bool,
    words_of: str | None,
) -> Inputs:
    for name in source:
        table(name)
    native = {name: nw.from_native(frame) for name, frame in source.items()}
    some = next(iter(native.values()))
    came = frozenset(name for name in native if name in delivered or _holds_rows(native[name]))
    frames = {}
    for name in READ:
        if name in came or name in SPINE_TABLES:
            raw = native[name] if name in came else some.head(0)
            frames[name] = carried(_typed(name, raw, name in came, day, words=name == words_of))
    home = isinstance(nw.to_native(some), pd.DataFrame)
    return Inputs(frames, day, came, derive_headline, home)


def _holds_rows(frame: Frame) -> bool:
    return not isinstance(frame, nw.DataFrame) or len(frame) > 0


@cache
def columns_read(name: str, *, words: bool = False) -> tuple[str, ...]:
    """The columns of a table that some measure, group or context needs, keys first; ``words``: all to group by."""
    wanted = table(name)
    in_spine = name in SPINE_TABLES
    behind = {column for m in MEASURES.values() for home, column in sources_of(m) if home == name}
    behind |= _matched_on(name)
    if not in_spine:
        behind |= {wanted.entity, Risk.currency}
        behind |= {column for one in DERIVED.values() if one.table == name for column in one.inputs}
    if words or in_spine:
        behind |= {column.name for column in wanted.columns.values() if column.kind in TEXT}
        behind |= {name for name in wanted.columns if name in PERIODS}
    whole_key = in_spine or any(lookup.table == name and lookup.pairs_with for lookup in LOOKUPS.values())
    keys = [key for key in wanted.key if whole_key or key == Project.period]
    return tuple(dict.fromkeys([*keys, *(c for c in wanted.columns if c in behind)]))


def _matched_on(name: str) -> set[str]:
    """The columns by which rows of a table are told something, or tell it."""
    told = [lookup for lookup in LOOKUPS.values() if name in homes_of(lookup.table)]
    here = {column for lookup in told for column in (*(one for one, _ in lookup.on), *lookup.pairs_with)}
    return here | {other for lookup in LOOKUPS.values() for _, other in lookup.on if lookup.of == name}


def homes_of(name: str) -> tuple[str, ...]:
    """The tables that rows come from: two of the spine, else the table itself."""
    return SPINE_TABLES if name == SPINE else (name,)


def _typed(name: str, raw: Frame, came: bool, day: dt.date, *, words: bool) -> Frame:
    declared = table(name).columns
    present = set(raw.collect_schema().names()) if came else set()
    owner = _owner(name, present) if came and table(name).entity else table(name).entity
    columns = []
    for column in columns_read(name, words=words):
        here = owner if column == table(name).entity else column
        columns.append(_cell(here, declared[column], here in present, day).alias(column))
        if declared[column].reasoned:
            reason = reason_of(column)
            columns.append((nw.col(reason).cast(nw.String) if reason in present else no_word()).alias(reason))
    typed = raw.with_columns(*columns).select(*prepared_columns(name, words=words))
    if not table(name).has_period:
        return typed
    return typed.with_columns(day_number(nw.col(Project.period)).alias(PERIOD_DAY))


def prepared_columns(name: str, *, words: bool = False) -> tuple[str, ...]:
    """The columns of a prepared table: those read, each with its reason beside it where it can have one."""
    declared = table(name).columns
    pairs = ((c, reason_of(c)) if declared[c].reasoned else (c,) for c in columns_read(name, words=words))
    return tuple(column for pair in pairs for column in pair)


def _owner(name: str, present: set[str]) -> str:
    wanted = table(name).entity
    for column in (wanted, Project.project_id):
        if column in present:
            return column
    raise InvalidTable(f"table {name!r} has no column {wanted!r}, so its rows belong to nothing; add it.")


def _cell(column: str, declared: Column, here: bool, day: dt.date) -> nw.Expr:
    kind = declared.kind
    if kind is Kind.PERIOD:
        default = month_end(day) if declared.key and not declared.optional else None
        period = nw.col(column) if here else nw.lit(default)
        return period.cast(nw.Datetime("us"))
    if kind in TEXT:
        return nw.col(column).cast(nw.String) if here else no_word()
    if not here:
        return no_number()
    if kind in _DATES:
        return day_number(nw.col(column).cast(nw.Datetime("us")))
    value = nw.col(column).cast(nw.Float64)
    return where(value.is_finite(), value)


def seen_from(inputs: Inputs, *, by_period: bool) -> nw.Expr:
    """The day number that a row is seen from: ``as_of``; by period its end, but never past ``as_of``."""
    as_of = number(inputs.as_of_day)
    return nw.min_horizontal(nw.col(PERIOD_DAY), as_of) if by_period else as_of


def seen_rows(rows: Frame, inputs: Inputs, *, by_period: bool) -> Frame:
    """The rows of a register with the day that each is seen from and the first day of its month."""
    first = nw.col(PERIOD_DAY) - nw.col(Project.period).dt.day().cast(nw.Float64) + 1
    return rows.with_columns(seen_from(inputs, by_period=by_period).alias(AS_OF), first.alias(MONTH_START))


def up_to(frame: Frame, inputs: Inputs, *, by_period: bool) -> Frame:
    """The rows of periods up to ``as_of``: of all of them, or of the latest alone."""
    past = frame.filter(nw.col(PERIOD_DAY) <= inputs.last_period_day)
    if by_period:
        return past
    latest = "__latest"
    return (
        past.with_columns(nw.col(PERIOD_DAY).max().alias(latest))
        .filter(nw.col(PERIOD_DAY) == nw.col(latest))
        .drop(latest)
    )
