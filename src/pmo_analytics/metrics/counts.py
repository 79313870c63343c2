"""Metrics in the shapes that recur: counts of rows and shares of them, days, sums and ratios of sums."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.expressions import flag, given, nonzero, number, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    MONTH_START,
    PERIOD_DAY,
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

PRACTICE = "general practice"


def known_none(table: str, counted: str) -> nw.Expr:
    """Whether a register came and holds no row that ``counted`` counts: nothing, and known to be nothing."""
    return known_empty(table) | (delivered(table) & (total(counted) == 0))


def known_empty(table: str) -> nw.Expr:
    """Whether a register came and holds no row at all."""
    return delivered(table) & (table_rows(table) < 1)


def known_total(measure: str, none: nw.Expr) -> nw.Expr:
    """The total of a measure; 0 where no row took part and ``none`` says that there is none to take part."""
    return nw.coalesce(total(measure), where(none, number(0)))


def overdue(opened: nw.Expr, settled: nw.Expr, due: nw.Expr) -> nw.Expr:
    """1 for an open row due before the as-of day, 0 for a settled one or one due later, null where it has no day."""
    return flag(opened & (due < nw.col(AS_OF)), settled | given(due))


def in_month(day: nw.Expr) -> nw.Expr:
    """1 for a day in the month of its register, up to the as-of day, 0 for another one, null for none."""
    start, end = nw.col(MONTH_START), nw.min_horizontal(nw.col(PERIOD_DAY), nw.col(AS_OF))
    return flag((day >= start) & (day <= end), given(day))


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
    measures = tuple(dict.fromkeys((measure, of)))
    value = known_total(measure, none)
    return Metric(measure, title, formula, Unit.COUNT, better, RollUp.SUM, source, measures, value)


def days_of(
    name: str,
    title: str,
    formula: str,
    measure: str,
    *,
    of: str,
    none: nw.Expr,
    roll_up: RollUp = RollUp.DISTRIBUTION,
) -> Metric:
    """A metric of days, of which fewer are better; does not apply where ``none`` (no row of ``of``) holds."""
    return Metric(
        name,
        title,
        formula,
        Unit.DAYS,
        Better.LOWER,
        roll_up,
        PRACTICE,
        (measure, of),
        total(measure),
        (((rows(measure) < 1) & none, Reason.NOT_APPLICABLE),),
    )


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


def sum_of(
    measure: str,
    title: str,
    formula: str,
    *,
    better: Better,
    unit: Unit = Unit.MONEY,
    source: str = PRACTICE,
) -> Metric:
    """A metric that adds up a measure of its name; nothing to add lacks data."""
    return Metric(measure, title, formula, unit, better, RollUp.SUM, source, (measure,), total(measure))


def ratio_of(
    name: str,
    title: str,
    formula: str,
    *,
    part: str,
    whole: str,
    better: Better,
    unit: Unit = Unit.FRACTION,
    source: str = PRACTICE,
    nothing: Reason = Reason.NOT_APPLICABLE,
) -> Metric:
    """A metric that divides one sum by another; where that is 0 or below it is undefined, ``nothing`` says why.

    Both measures take the same rows, so that what the whole counts is what the figure covers.
    """
    value = formulas.share(total(part), nonzero(total(whole)))
    undefined = (((rows(whole) > 0) & (total(whole) <= 0), nothing),)
    return Metric(name, title, formula, unit, better, RollUp.RATIO, source, (whole, part), value, undefined)
