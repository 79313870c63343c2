"""The records that everything counted is made of: lookup, measure and metric."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import narwhals as nw

from pmo_analytics.schemas.reasons import REASON_WORDS as REASON_WORDS
from pmo_analytics.schemas.reasons import Reason as Reason

#: The rows of projects and status together: one per project and period.
SPINE = "spine"

#: What the name of a counted column ends in.
COUNTED = "__n"

#: The day number that a row is seen from; every prepared table has it.
AS_OF = "__as_of"

#: What must be the same in all rows that are added up: the currency of amounts, the calendar of fiscal years; and the
#: set of exchange rates that amounts were converted by.
CURRENCY, CALENDAR, RATES = "__currency", "__calendar", "__rates"

#: The day numbers of the last and of the first day of a row's period; every prepared register has both.
PERIOD_DAY = "__period_day"
MONTH_START = "__month_start"


class Aggregate(StrEnum):
    """How the rows of a group become one figure; a count is a sum of ones."""

    SUM = "sum"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"


class Unit(StrEnum):
    """What a figure counts in."""

    MONEY = "money"
    RATIO = "ratio"
    FRACTION = "fraction"
    FTE_MONTHS = "FTE-months"
    DAYS = "days"
    MONTHS = "months"
    COUNT = "count"
    SCORE = "score"


class Better(StrEnum):
    """Which direction is good news."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class RollUp(StrEnum):
    """How a figure of a larger group relates to those of its parts."""

    SUM = "sum"
    RATIO = "ratio of sums"
    SHARE = "share"
    RECOMPUTED = "recomputed"
    WORST = "worst"
    DISTRIBUTION = "distribution"
    NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """One row expression and one elementary aggregate of one table.

    ``row`` is null where the row does not take part, so "both present" stands inside it. ``inputs`` are the
    columns behind it; where they are null, the reasons beside them say why the measure has nothing to count.
    ``lookups`` names what it is told by other tables.
    """

    name: str
    table: str
    inputs: tuple[str, ...]
    row: nw.Expr
    aggregate: Aggregate = Aggregate.SUM
    lookups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """One figure that the rows of a table are told by another table, whose rows have the same key.

    ``on`` pairs a column of the rows with one of the other table ``of``. ``row`` is null where a row of that table
    does not take part; ``aggregate`` makes one value of several. Words are compared without case and outer blanks.
    The value stands beside the rows, :func:`told`; ``inputs`` are the columns of ``of`` behind it. ``is_word`` says
    that it is a text, ``lookups`` what the rows of ``of`` are told first. A table without a period tells every
    period the same. Where ``row`` also depends on the row that is told (an amount that lies between two limits),
    ``pairs_with`` names the columns of that row which it reads beside those of ``of``, :func:`there`.
    """

    name: str
    table: str
    of: str
    on: tuple[tuple[str, str], ...]
    inputs: tuple[str, ...]
    row: nw.Expr
    aggregate: Aggregate = Aggregate.MAX
    is_word: bool = False
    lookups: tuple[str, ...] = ()
    pairs_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """One column that is added to the rows of a table before anything is measured or told: a sum over a window, say."""

    name: str
    table: str
    inputs: tuple[str, ...]
    row: nw.Expr


@dataclass(frozen=True, slots=True, eq=False)
class Metric:
    """One figure as an expression over measures, the same for a project and for any group of projects.

    ``measures`` names the measures that the value is made of; the first is the one whose rows are counted as
    used. ``undefined`` lists conditions (over any measures) and reasons, the first that holds wins; a figure
    that is null for none of them lacks data. ``follows`` names metrics that the value is made of: it is
    undefined when they are.
    """

    name: str
    title: str
    formula: str
    unit: Unit
    better: Better
    roll_up: RollUp
    source: str
    measures: tuple[str, ...]
    value: nw.Expr
    undefined: tuple[tuple[nw.Expr, Reason], ...] = ()
    follows: tuple[str, ...] = ()


def total_column(measure: str) -> str:
    """The name of the column that holds the aggregate of a measure."""
    return f"{measure}__total"


def rows_column(measure: str) -> str:
    """The name of the column that counts the rows that a measure used."""
    return f"{total_column(measure)}{COUNTED}"


def table_rows_column(table: str) -> str:
    """The name of the column that counts the rows of a table in the group."""
    return f"{table}__rows"


def rank_column(table: str, column: str) -> str:
    """The name of the column with the rank in :data:`WHY` of what is missing in an input column of a table."""
    return f"{table}__{column}__rank"


def why_column(measure: str) -> str:
    """The name of the column that says, as a number, why a measure had nothing to use."""
    return f"{measure}__why"


def weight_column(measure: str) -> str:
    """The name of the column with the weight of the rows that a measure used."""
    return f"{measure}__weight"


def told_column(lookup: str) -> str:
    """The name of the column with what a row is told by another table."""
    return f"{lookup}__told"


def end_column(of: str, table: str, end: Aggregate) -> str:
    """The name of the column with the first or last currency, calendar or set of rates of a group's rows of a table."""
    return f"{table}{of}_{end}"


def delivered_column(table: str) -> str:
    """The name of the column that says, as 1 or 0, whether a register came."""
    return f"{table}__delivered"


def total(measure: str) -> nw.Expr:
    """The aggregate of a measure over the group; null where no row took part."""
    return nw.col(total_column(measure))


def there_column(column: str) -> str:
    """The name of a column of the table that tells, beside a row that is told."""
    return f"{column}__there"


def there(column: str) -> nw.Expr:
    """A column of the table that tells, where ``pairs_with`` puts it beside the row that is told."""
    return nw.col(there_column(column))


def told(lookup: str) -> nw.Expr:
    """What a row is told by another table; null where that says nothing about it."""
    return nw.col(told_column(lookup))


def rows(measure: str) -> nw.Expr:
    """How many rows of the group took part in a measure; never null."""
    return nw.col(rows_column(measure))


def why(measure: str) -> nw.Expr:
    """Why a measure had nothing to use, as the rank of :data:`WHY`; 0 where nothing says why."""
    return nw.col(why_column(measure))


def table_rows(table: str) -> nw.Expr:
    """How many rows of a register belong to the group; never null."""
    return nw.col(table_rows_column(table))


def delivered(table: str) -> nw.Expr:
    """Whether a register came for the period, so that no row means none."""
    return nw.col(delivered_column(table)) > 0


#: What a missing input means for the figure, from least to most telling; the position is the rank.
WHY: tuple[Reason | None, ...] = (
    None,
    Reason.NO_DATA,
    Reason.STALE,
    Reason.INVALID_INPUT,
    Reason.EXEMPT,
)
