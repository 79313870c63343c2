"""Counts of the rows of a register, and shares of such counts, as metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.expressions import first_true, nonzero, number
from pmo_analytics.metrics.measure import (
    Better,
    Metric,
    Reason,
    RollUp,
    Unit,
    delivered,
    rows,
    table_rows,
    total,
)

if TYPE_CHECKING:
    import narwhals as nw

PRACTICE = "general practice"


def known_none(table: str, counted: str) -> nw.Expr:
    """Whether a register came and holds no row that ``counted`` counts: nothing, and known to be nothing."""
    return known_empty(table) | (delivered(table) & (total(counted) == 0))


def known_empty(table: str) -> nw.Expr:
    """Whether a register came and holds no row at all."""
    return delivered(table) & (table_rows(table) < 1)


def count_of(
    measure: str,
    title: str,
    formula: str,
    *,
    none: nw.Expr,
    of: str,
    better: Better = Better.LOWER,
    source: str = PRACTICE,
) -> Metric:
    """A metric that counts rows; 0 where ``none`` (no row that the measure ``of`` counts) is known to hold."""
    value = first_true([(rows(measure) > 0, total(measure)), (none, number(0))], total(measure))
    measures = tuple(dict.fromkeys((measure, of)))
    return Metric(measure, title, formula, Unit.COUNT, better, RollUp.SUM, source, measures, value)


def share_of(
    name: str,
    title: str,
    formula: str,
    *,
    part: str,
    whole: str,
    none: nw.Expr,
    better: Better = Better.LOWER,
    source: str = PRACTICE,
    undefined: tuple[tuple[nw.Expr, Reason], ...] = (),
) -> Metric:
    """A metric that divides one count by another of the same register; does not apply where there is none.

    ``undefined`` lists conditions that come first. Both measures must know their answer in the same rows, so
    that the share is one of like by like.
    """
    return Metric(
        name,
        title,
        formula,
        Unit.FRACTION,
        better,
        RollUp.SHARE,
        source,
        (part, whole),
        formulas.share(total(part), nonzero(total(whole))),
        (
            *undefined,
            (total(whole) == 0, Reason.NOT_APPLICABLE),
            ((rows(part) < 1) & none, Reason.NOT_APPLICABLE),
        ),
    )
