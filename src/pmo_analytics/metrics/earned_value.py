"""Earned value: performance to date."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.expressions import flag, given, nonzero, one_of, present, where
from pmo_analytics.metrics.measure import (
    SPINE,
    Aggregate,
    Better,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    rows,
    total,
    why,
)
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

SOURCE = "DAU, Earned Value Management Gold Card"

PV, EV, AC, BAC = (nw.col(name) for name in (Status.pv, Status.ev, Status.ac, Status.bac))
_EV_AC = (Status.ev, Status.ac)
_EV_PV = (Status.ev, Status.pv)

_complete = one_of(nw.col(Project.status), ["complete"]) | ((BAC > 0) & (EV >= BAC))


def spine_measure(name: str, inputs: tuple[str, ...], row: nw.Expr) -> Measure:
    """A sum over projects that have all the inputs."""
    return Measure(name, SPINE, inputs, present(row, *(nw.col(column) for column in inputs)))


MEASURES = (
    spine_measure(Status.pv, (Status.pv,), PV),
    spine_measure(Status.ev, (Status.ev,), EV),
    spine_measure(Status.ac, (Status.ac,), AC),
    spine_measure(Status.bac, (Status.bac,), BAC),
    spine_measure("cost_variance", _EV_AC, formulas.cost_variance(EV, AC)),
    spine_measure("ev_with_ac", _EV_AC, EV),
    spine_measure("ac_with_ev", _EV_AC, AC),
    spine_measure("schedule_variance", _EV_PV, formulas.schedule_variance(EV, PV)),
    spine_measure("ev_with_pv", _EV_PV, EV),
    spine_measure("pv_with_ev", _EV_PV, PV),
    Measure(
        "all_complete",
        SPINE,
        (*_EV_PV, Status.bac, Project.status),
        where(given(EV, PV), flag(_complete, given(EV))),
        Aggregate.MIN,
    ),
    spine_measure("ev_with_ac_and_pv", (Status.ev, Status.ac, Status.pv), EV),
)


_unbudgeted = (rows(Status.bac) < 1) & (why(Status.bac) == 0)
_work = (rows(Status.ev) > 0) | (rows(Status.eac_reported) > 0)
#: What needs a budget at completion is undefined where there is work but none for any of it, and nothing says why.
NO_BUDGET = (_unbudgeted & _work, Reason.NO_BASELINE)


def sum_of_money(
    name: str,
    title: str,
    formula: str,
    measure: str,
    *,
    better: Better,
    needs_budget: bool = True,
    source: str = SOURCE,
) -> Metric:
    """A metric that is the sum of one measure of money; ``needs_budget`` makes it NO_BASELINE without BAC."""
    conditions = (NO_BUDGET,) if needs_budget else ()
    return Metric(
        name, title, formula, Unit.MONEY, better, RollUp.SUM, source, (measure,), total(measure), conditions
    )


def ratio_of_sums(
    name: str,
    title: str,
    formula: str,
    *,
    unit: Unit,
    better: Better,
    measures: tuple[str, ...],
    value: nw.Expr,
    undefined: tuple[tuple[nw.Expr, Reason], ...],
) -> Metric:
    """A metric that divides one sum by another."""
    return Metric(
        name, title, formula, unit, better, RollUp.RATIO, SOURCE, measures, value, undefined=undefined
    )


METRICS = (
    sum_of_money(
        Status.pv, "Planned value", "Σ PV to date", Status.pv, better=Better.NONE, needs_budget=False
    ),
    sum_of_money(
        Status.ev, "Earned value", "Σ EV to date", Status.ev, better=Better.HIGHER, needs_budget=False
    ),
    sum_of_money(Status.ac, "Actual cost", "Σ AC to date", Status.ac, better=Better.NONE, needs_budget=False),
    sum_of_money(Status.bac, "Budget at completion", "Σ BAC", Status.bac, better=Better.NONE),
    sum_of_money(
        "cv",
        "Cost variance",
        "Σ (EV − AC) of projects with both",
        "cost_variance",
        better=Better.HIGHER,
        needs_budget=False,
    ),
    sum_of_money(
        "sv",
        "Schedule variance",
        "Σ (EV − PV) of projects with both",
        "schedule_variance",
        better=Better.HIGHER,
        needs_budget=False,
    ),
    ratio_of_sums(
        "cv_pct",
        "Cost variance, share of EV",
        "Σ CV ÷ Σ EV of projects with EV and AC",
        unit=Unit.FRACTION,
        better=Better.HIGHER,
        measures=("cost_variance", "ev_with_ac"),
        value=formulas.share(total("cost_variance"), nonzero(total("ev_with_ac"))),
        undefined=((total("ev_with_ac") == 0, Reason.NOT_STARTED),),
    ),
    ratio_of_sums(
        "sv_pct",
        "Schedule variance, share of PV",
        "Σ SV ÷ Σ PV of projects with EV and PV",
        unit=Unit.FRACTION,
        better=Better.HIGHER,
        measures=("schedule_variance", "pv_with_ev"),
        value=formulas.share(total("schedule_variance"), nonzero(total("pv_with_ev"))),
        undefined=((total("pv_with_ev") == 0, Reason.NOT_STARTED),),
    ),
    ratio_of_sums(
        "cpi",
        "Cost performance index",
        "Σ EV ÷ Σ AC of projects with both",
        unit=Unit.RATIO,
        better=Better.HIGHER,
        measures=("ev_with_ac", "ac_with_ev"),
        value=formulas.cost_performance_index(total("ev_with_ac"), nonzero(total("ac_with_ev"))),
        undefined=(
            ((total("ac_with_ev") == 0) & (total("ev_with_ac") == 0), Reason.NOT_STARTED),
            (total("ac_with_ev") == 0, Reason.NO_COST),
            (total("ac_with_ev") < 0, Reason.INVALID_INPUT),
        ),
    ),
    ratio_of_sums(
        "spi",
        "Schedule performance index",
        "Σ EV ÷ Σ PV of projects with both; undefined once all of them are complete",
        unit=Unit.RATIO,
        better=Better.HIGHER,
        measures=("ev_with_pv", "pv_with_ev", "all_complete"),
        value=formulas.schedule_performance_index(total("ev_with_pv"), nonzero(total("pv_with_ev"))),
        undefined=(
            (total("all_complete") > 0, Reason.COMPLETE),
            (total("pv_with_ev") == 0, Reason.NOT_STARTED),
            (total("pv_with_ev") < 0, Reason.INVALID_INPUT),
        ),
    ),
    Metric(
        "cpi_spi",
        "Combined index",
        "CPI × SPI of the group",
        Unit.RATIO,
        Better.HIGHER,
        RollUp.RATIO,
        SOURCE,
        ("ev_with_ac_and_pv", "ev_with_ac", "ac_with_ev", "ev_with_pv", "pv_with_ev"),
        formulas.combined_index(nw.col("cpi"), nw.col("spi")),
        follows=("cpi", "spi"),
    ),
)
