"""Financials: what is committed, and how much of what was spent is capital."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics.counts import ratio_of, sum_of
from pmo_analytics.metrics.expressions import first_true, given, number, one_of, present, where
from pmo_analytics.metrics.measure import Better, Measure
from pmo_analytics.schemas.financials import Financial

TABLE = "financials"

_amount, _kind, _type = nw.col(Financial.amount), nw.col(Financial.kind), nw.col(Financial.cost_type)
_actual = one_of(_kind, ["actual"])
_typed = where(_actual & given(_type), _amount)
_TYPED = (Financial.amount, Financial.kind, Financial.cost_type)

MEASURES = (
    Measure(
        "committed", TABLE, (Financial.amount, Financial.kind), where(one_of(_kind, ["commitment"]), _amount)
    ),
    Measure("actual_typed", TABLE, _TYPED, _typed),
    Measure(
        "actual_capital",
        TABLE,
        _TYPED,
        first_true([(one_of(_type, ["capital"]), _typed)], present(number(0), _typed)),
    ),
)

METRICS = (
    sum_of("committed", "Committed", "Σ amounts that are contracted and not yet spent", better=Better.NONE),
    ratio_of(
        "actual_capital_pct",
        "Capital share of spending",
        "Σ actual capital amounts ÷ Σ actual amounts that say whether they are capital or revenue",
        part="actual_capital",
        whole="actual_typed",
        better=Better.NONE,
    ),
)
