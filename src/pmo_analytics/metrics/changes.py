"""Changes: what has been asked for, how long it takes to decide, and what the approved changes cost."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import (
    PRACTICE,
    count_of,
    days_of,
    in_month,
    known_empty,
    known_none,
    known_total,
    share_of,
)
from pmo_analytics.metrics.expressions import (
    first_true,
    flag,
    given,
    no_number,
    nonzero,
    one_of,
    where,
)
from pmo_analytics.metrics.measure import (
    AS_OF,
    Aggregate,
    Better,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    rows,
    total,
)
from pmo_analytics.schemas.changes import Change

TABLE = "changes"

_as_of = nw.col(AS_OF)
_raised, _decided, _cost = nw.col(Change.raised), nw.col(Change.decided), nw.col(Change.cost_impact)
_status = nw.col(Change.status)
_approved, _rejected = one_of(_status, ["approved"]), one_of(_status, ["rejected"])
_waits = one_of(_status, ["submitted", "deferred"]) & ~given(_decided)
_known = given(_status) | given(_decided)
_settled_day = first_true([(given(_decided), _decided), (_waits, _as_of)], no_number())
_STATE = (Change.status, Change.decided)
_COST = (Change.cost_impact, Change.status)

MEASURES = (
    Measure("changes_pending", TABLE, _STATE, where(_known, flag(_waits, ~_waits))),
    Measure("changes_raised", TABLE, (Change.raised,), in_month(_raised)),
    Measure(
        "change_time",
        TABLE,
        (Change.raised, *_STATE),
        formulas.slip(_settled_day, _raised),
        Aggregate.MEDIAN,
    ),
    Measure("changes_approved", TABLE, (Change.status,), flag(_approved, given(_status))),
    Measure(
        "changes_judged",
        TABLE,
        (Change.status,),
        flag(_approved | _rejected, given(_status)),
    ),
    Measure("change_cost_approved", TABLE, _COST, where(_approved, _cost)),
    Measure("change_cost_pending", TABLE, _COST, where(_waits, _cost)),
)

_none_pending = known_none(TABLE, "changes_pending")
_none_approved = known_none(TABLE, "changes_approved")
_empty = known_empty(TABLE)


def _cost_of(name: str, title: str, formula: str, *, none: nw.Expr, of: str) -> Metric:
    value = known_total(name, none)
    return Metric(name, title, formula, Unit.MONEY, Better.LOWER, RollUp.SUM, PRACTICE, (name, of), value)


METRICS = (
    count_of(
        "changes_pending",
        "Changes pending",
        "Count of change requests submitted or deferred and without a day of decision",
        none=_none_pending,
        of="changes_pending",
        better=Better.NONE,
    ),
    count_of(
        "changes_raised",
        "Changes raised in the month",
        "Count of change requests raised in the month of the log, up to the as-of day",
        none=_empty,
        of="changes_pending",
        better=Better.NONE,
    ),
    days_of(
        "change_time_median_days",
        "Median time to decide a change",
        "Median of day decided, else as-of day − day raised; pending ones count with their wait so far",
        "change_time",
        of="changes_pending",
        none=_empty,
    ),
    share_of(
        "change_approval_rate",
        "Approved changes",
        "Changes approved ÷ changes approved or rejected",
        part="changes_approved",
        whole="changes_judged",
        none=_empty,
        better=Better.NONE,
    ),
    _cost_of(
        "change_cost_approved",
        "Cost of approved changes",
        "Σ cost impact of approved changes; negative: they save",
        none=_none_approved,
        of="changes_approved",
    ),
    _cost_of(
        "change_cost_pending",
        "Cost of pending changes",
        "Σ cost impact of change requests submitted or deferred",
        none=_none_pending,
        of="changes_pending",
    ),
    Metric(
        "change_cost_approved_pct",
        "Cost of approved changes, share of budget",
        "Σ cost impact of approved changes ÷ Σ BAC of the group",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.RECOMPUTED,
        PRACTICE,
        ("change_cost_approved", "changes_approved", "bac"),
        formulas.share(
            known_total("change_cost_approved", _none_approved),
            nonzero(total("bac")),
        ),
        (
            ((rows("bac") < 1) & (rows("changes_approved") > 0), Reason.NO_BASELINE),
            (total("bac") == 0, Reason.NO_BASELINE),
        ),
    ),
)
