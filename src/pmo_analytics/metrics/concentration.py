"""Concentration: how much of the budget of a group stands in few projects."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.expressions import nonzero
from pmo_analytics.metrics.measure import SPINE, Better, Measure, Metric, Reason, RollUp, Unit, total
from pmo_analytics.schemas.status import Status

SOURCE = "US Department of Justice, 2023 Merger Guidelines, 2.1"

_bac = nw.col(Status.bac)

MEASURES = (
    Measure("budget", SPINE, (Status.bac,), _bac),
    Measure("budget_squared", SPINE, (Status.bac,), _bac * _bac),
)

_nothing = (total("budget") == 0, Reason.NO_BASELINE)
_index = formulas.concentration(total("budget_squared"), nonzero(total("budget")))

METRICS = (
    Metric(
        "budget_hhi",
        "Herfindahl-Hirschman index of budgets",
        "Σ (BAC ÷ Σ BAC in percent)²; 10,000 where one project has it all",
        Unit.SCORE,
        Better.NONE,
        RollUp.RECOMPUTED,
        SOURCE,
        ("budget", "budget_squared"),
        _index * 10_000,
        (_nothing,),
    ),
    Metric(
        "budget_effective_projects",
        "Effective number of projects",
        "10,000 ÷ Herfindahl-Hirschman index: how many equal projects would be as concentrated",
        Unit.RATIO,
        Better.NONE,
        RollUp.RECOMPUTED,
        SOURCE,
        ("budget", "budget_squared"),
        1 / nonzero(_index),
        (_nothing,),
    ),
)
