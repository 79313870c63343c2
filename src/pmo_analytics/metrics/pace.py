"""Pace: how fast money is spent, how long the budget lasts at that, and how the forecasts have moved.

These figures look back over up to three earlier reports of the same project (:data:`LOOK_BACK`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.calendar import month_number
from pmo_analytics.metrics.counts import PRACTICE
from pmo_analytics.metrics.expressions import nonzero, present, same_currency, where
from pmo_analytics.metrics.measure import (
    AS_OF,
    SPINE,
    Aggregate,
    Better,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    total,
)
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.metrics.inputs import Frame

#: How many reports of a project are looked back over; where there are fewer, all of them.
LOOK_BACK = 3
#: Days of a month, on average over four hundred years.
DAYS_OF_MONTH = 365.2425 / 12

_AC_MONTH, _AC_BEFORE, _AC_MONTH_BEFORE = "__ac_month", "__ac_before", "__ac_month_before"
_EAC_BEFORE, _FINISH_BEFORE = "__eac_before", "__finish_before"
#: What is looked up in the earliest of the reports looked back over that says it.
_BEFORE = {Status.ac: _AC_BEFORE, _AC_MONTH: _AC_MONTH_BEFORE, Status.eac_reported: _EAC_BEFORE}


def look_back(rows: Frame) -> Frame:
    """The rows of the spine with what earlier reports of the same project said; null for its first one."""
    # a report without AC has no month of it, so that an amount and its month come from the same report
    month = present(month_number(nw.col(Project.period)), nw.col(Status.ac))
    rows = rows.with_columns(month.alias(_AC_MONTH))
    before = [
        nw.coalesce(*(earlier_amount(column, steps) for steps in range(LOOK_BACK, 0, -1))).alias(name)
        for column, name in _BEFORE.items()
    ]
    return rows.with_columns(*before, earlier(Status.forecast_finish, 1).alias(_FINISH_BEFORE))


def earlier(column: str, steps: int) -> nw.Expr:
    """What the report of the same project so many before this one says."""
    return nw.col(column).shift(steps).over(Project.project_id, order_by=[Project.period])


def earlier_amount(column: str, steps: int) -> nw.Expr:
    """What the report so many before this one says, where it is in the same currency."""
    same = same_currency(earlier(Project.currency, steps), nw.col(Project.currency))
    return where(same, earlier(column, steps))


_ac, _eac, _bac = nw.col(Status.ac), nw.col(Status.eac_reported), nw.col(Status.bac)
_finish = nw.col(Status.forecast_finish)
_eac_before = nw.col(_EAC_BEFORE)
_burn = formulas.burn_rate(_ac, nw.col(_AC_BEFORE), nonzero(nw.col(_AC_MONTH) - nw.col(_AC_MONTH_BEFORE)))
_left = (_finish - nw.col(AS_OF)) / DAYS_OF_MONTH
_required = (_eac - _ac) / where(_left > 0, _left)
_moved = formulas.slip(_finish, nw.col(_FINISH_BEFORE))

MEASURES = (
    Measure("burn", SPINE, (Status.ac,), _burn),
    Measure("burn_of_budgeted", SPINE, (Status.ac, Status.bac), present(_burn, _bac)),
    Measure("budget_left", SPINE, (Status.ac, Status.bac), present(_bac - _ac, _burn)),
    Measure(
        "burn_required",
        SPINE,
        (Status.eac_reported, Status.ac, Status.forecast_finish),
        present(_required, _burn),
    ),
    Measure(
        "burn_of_required",
        SPINE,
        (Status.eac_reported, Status.ac, Status.forecast_finish),
        present(_burn, _required),
    ),
    Measure("eac_drift", SPINE, (Status.eac_reported, Status.bac), present(_eac - _eac_before, _bac)),
    Measure("bac_of_drift", SPINE, (Status.eac_reported, Status.bac), present(_bac, _eac, _eac_before)),
    Measure("finish_moved", SPINE, (Status.forecast_finish,), _moved, Aggregate.MEDIAN),
)

_no_burn = (total("burn_of_budgeted") <= 0, Reason.NOT_APPLICABLE)
_spent = (total("budget_left") <= 0, Reason.BUDGET_EXHAUSTED)

METRICS = (
    Metric(
        "burn_rate",
        "Burn rate",
        "(AC − AC of up to three reports before) ÷ months between, money per month",
        Unit.MONEY,
        Better.NONE,
        RollUp.SUM,
        PRACTICE,
        ("burn",),
        total("burn"),
    ),
    Metric(
        "run_out_months",
        "Months until the budget runs out",
        "(BAC − AC) ÷ burn rate",
        Unit.MONTHS,
        Better.HIGHER,
        RollUp.NONE,
        PRACTICE,
        ("budget_left", "burn_of_budgeted"),
        total("budget_left") / nonzero(total("burn_of_budgeted")),
        (_spent, _no_burn),
    ),
    Metric(
        "burn_required_ratio",
        "Required burn against burn rate",
        "Σ (EAC reported − AC) ÷ months to the forecast finish, over Σ burn rate of the same projects",
        Unit.RATIO,
        Better.NONE,
        RollUp.RATIO,
        PRACTICE,
        ("burn_required", "burn_of_required"),
        formulas.share(total("burn_required"), nonzero(total("burn_of_required"))),
        ((total("burn_of_required") <= 0, Reason.NOT_APPLICABLE),),
    ),
    Metric(
        "eac_drift_pct",
        "Drift of the reported estimate",
        "Σ (EAC reported − EAC of up to three reports before) ÷ Σ BAC of projects with all three",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.RATIO,
        PRACTICE,
        ("eac_drift", "bac_of_drift"),
        formulas.share(total("eac_drift"), nonzero(total("bac_of_drift"))),
        ((total("bac_of_drift") == 0, Reason.NO_BASELINE),),
    ),
    Metric(
        "finish_moved_median_days",
        "Movement of the forecast finish",
        "Median of forecast finish − forecast finish of the report before, calendar days",
        Unit.DAYS,
        Better.LOWER,
        RollUp.DISTRIBUTION,
        PRACTICE,
        ("finish_moved",),
        total("finish_moved"),
    ),
)
