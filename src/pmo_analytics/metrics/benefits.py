"""Benefits: how much of what was planned has been realised, and how much is expected in all.

Cashable and other benefits are never added: each has figures of its own. Disbenefits stand apart from both.
"""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics.calendar import day_number
from pmo_analytics.metrics.counts import ratio_of, sum_of
from pmo_analytics.metrics.expressions import (
    first_true,
    given,
    no_number,
    number,
    one_of,
    present,
    where,
)
from pmo_analytics.metrics.measure import (
    PERIOD_DAY,
    Better,
    Measure,
    Metric,
)
from pmo_analytics.schemas.benefits import CASHABLE, DISBENEFIT, Benefit

TABLE = "benefits"

_due = day_number(nw.col(Benefit.for_period)) <= nw.col(PERIOD_DAY)
_planned, _forecast, _realised = (nw.col(c) for c in (Benefit.planned, Benefit.forecast, Benefit.realised))
_type = nw.col(Benefit.type)
_verified = given(nw.col(Benefit.verified_date))
_expected = first_true([(_due & given(_realised), _realised), (~_due, _forecast)], no_number())

#: The kinds of benefit that have figures: ending of the name, word in the title, rows.
KINDS = (
    ("cashable", "cashable", one_of(_type, [CASHABLE])),
    ("non_cashable", "non-cashable", one_of(_type, ["non_cashable", "economic"])),
)


def _measures(kind: str, rows_of: nw.Expr) -> tuple[Measure, ...]:
    to_date = (Benefit.planned, Benefit.realised, Benefit.type, Benefit.for_period)
    in_all = (Benefit.planned, Benefit.forecast, Benefit.realised, Benefit.type, Benefit.for_period)
    unverified = (Benefit.realised, Benefit.type, Benefit.for_period, Benefit.verified_date)
    both = rows_of & _due & given(_planned)
    return (
        Measure(f"benefit_realised_{kind}", TABLE, to_date, where(rows_of & _due, _realised)),
        Measure(f"benefit_planned_{kind}", TABLE, to_date, where(both, present(_planned, _realised))),
        Measure(f"benefit_realised_of_plan_{kind}", TABLE, to_date, where(both, _realised)),
        Measure(f"benefit_expected_{kind}", TABLE, in_all, where(rows_of, present(_expected, _planned))),
        Measure(
            f"benefit_planned_in_all_{kind}", TABLE, in_all, where(rows_of, present(_planned, _expected))
        ),
        Measure(
            f"benefit_unverified_{kind}",
            TABLE,
            unverified,
            where(rows_of & _due, first_true([(_verified, present(number(0), _realised))], _realised)),
        ),
    )


MEASURES = (
    *(measure for kind, _, rows_of in KINDS for measure in _measures(kind, rows_of)),
    Measure(
        "disbenefit_realised",
        TABLE,
        (Benefit.realised, Benefit.type, Benefit.for_period),
        where(one_of(_type, [DISBENEFIT]) & _due, _realised),
    ),
)


def _metrics(kind: str, word: str) -> tuple[Metric, ...]:
    return (
        sum_of(
            f"benefit_realised_{kind}",
            f"Realised {word} benefits",
            f"Σ realised {word} benefits of months up to that of the register",
            better=Better.HIGHER,
        ),
        ratio_of(
            f"benefit_realisation_{kind}",
            f"Realisation of {word} benefits",
            f"Σ realised ÷ Σ planned {word} benefits of months up to that of the register, of rows with both",
            part=f"benefit_realised_of_plan_{kind}",
            whole=f"benefit_planned_{kind}",
            better=Better.HIGHER,
        ),
        ratio_of(
            f"benefit_achievement_{kind}",
            f"Expected {word} benefits, share of plan",
            f"Σ (realised to date, forecast after it) ÷ Σ planned {word} benefits of the same rows",
            part=f"benefit_expected_{kind}",
            whole=f"benefit_planned_in_all_{kind}",
            better=Better.HIGHER,
        ),
        ratio_of(
            f"benefit_unverified_{kind}_pct",
            f"Unverified {word} benefits",
            f"Σ realised {word} benefits to date that finance has not signed ÷ Σ realised to date",
            part=f"benefit_unverified_{kind}",
            whole=f"benefit_realised_{kind}",
            better=Better.LOWER,
        ),
    )


METRICS = (
    *(metric for kind, word, _ in KINDS for metric in _metrics(kind, word)),
    sum_of(
        "disbenefit_realised",
        "Realised disbenefits",
        "Σ realised disbenefits of months up to that of the register, negative",
        better=Better.HIGHER,
    ),
)
