"""Estimates: what earned value says about the cost at completion, and what is left to do."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.earned_value import (
    AC,
    BAC,
    EV,
    NO_BUDGET,
    PV,
    ratio_of_sums,
    spine_measure,
    sum_of_money,
)
from pmo_analytics.metrics.expressions import first_true, nonzero, where
from pmo_analytics.metrics.measure import Better, Reason, Unit, total
from pmo_analytics.schemas.status import Status

EAC_REPORTED = nw.col(Status.eac_reported)
_BAC_EV = (Status.bac, Status.ev)
_BAC_EV_AC = (*_BAC_EV, Status.ac)
_BAC_EV_AC_PV = (*_BAC_EV_AC, Status.pv)
_BAC_EV_AC_EAC = (*_BAC_EV_AC, Status.eac_reported)

_all_earned = EV >= BAC
ATYPICAL = formulas.estimate_at_completion_atypical(BAC, EV, AC)
CPI = formulas.cost_performance_index(nonzero(EV), nonzero(AC))
SPI = formulas.schedule_performance_index(nonzero(EV), nonzero(PV))
INDEXED = (EV > 0) & (AC > 0) & (PV > 0)
_eac_atypical = first_true([(_all_earned, AC)], ATYPICAL)
_eac_cpi = first_true(
    [(_all_earned, AC), ((EV > 0) & (AC > 0), formulas.estimate_at_completion_cpi(BAC, CPI))], ATYPICAL
)
_eac_cpi_spi = first_true(
    [
        (_all_earned, AC),
        (
            INDEXED,
            formulas.estimate_at_completion_cpi_spi(BAC, EV, AC, CPI, SPI),
        ),
    ],
    ATYPICAL,
)

#: The estimates of one project at budget, at CPI and at CPI × SPI.
ESTIMATES = (_eac_atypical, _eac_cpi, _eac_cpi_spi)

MEASURES = (
    spine_measure("eac_atypical", _BAC_EV_AC, _eac_atypical),
    spine_measure("eac_cpi", _BAC_EV_AC, _eac_cpi),
    spine_measure("eac_cpi_spi", _BAC_EV_AC_PV, _eac_cpi_spi),
    spine_measure("etc", _BAC_EV_AC, formulas.estimate_to_complete(_eac_cpi, AC)),
    spine_measure("vac", _BAC_EV_AC, formulas.variance_at_completion(BAC, _eac_cpi)),
    spine_measure("bac_with_ev_and_ac", _BAC_EV_AC, BAC),
    spine_measure("ev_with_bac_and_ac", _BAC_EV_AC, EV),
    spine_measure("ac_with_bac_and_ev", _BAC_EV_AC, AC),
    spine_measure("bac_with_reported", _BAC_EV_AC_EAC, BAC),
    spine_measure("ev_with_reported", _BAC_EV_AC_EAC, EV),
    spine_measure("ac_with_reported", _BAC_EV_AC_EAC, AC),
    spine_measure("reported_with_bac_ev_ac", _BAC_EV_AC_EAC, EAC_REPORTED),
    spine_measure("ev_with_bac", _BAC_EV, EV),
    spine_measure("bac_with_ev", _BAC_EV, BAC),
    spine_measure("pv_with_bac", (Status.bac, Status.pv), PV),
    spine_measure("bac_with_pv", (Status.bac, Status.pv), BAC),
    spine_measure("ac_with_bac", (Status.bac, Status.ac), AC),
    spine_measure("bac_with_ac", (Status.bac, Status.ac), BAC),
)


_bac, _ev, _ac = total("bac_with_ev_and_ac"), total("ev_with_bac_and_ac"), total("ac_with_bac_and_ev")
_bac_r, _ev_r, _ac_r = total("bac_with_reported"), total("ev_with_reported"), total("ac_with_reported")
_eac_r = total("reported_with_bac_ev_ac")

METRICS = (
    sum_of_money(
        "eac_atypical",
        "EAC, rest at budget",
        "Σ of AC + (BAC − EV) per project; AC where complete",
        "eac_atypical",
        better=Better.LOWER,
    ),
    sum_of_money(
        "eac_cpi",
        "EAC, rest at CPI",
        "Σ of BAC ÷ CPI per project; rest at budget where CPI is undefined, AC where complete",
        "eac_cpi",
        better=Better.LOWER,
    ),
    sum_of_money(
        "eac_cpi_spi",
        "EAC, rest at CPI × SPI",
        "Σ of AC + (BAC − EV) ÷ (CPI × SPI) per project; rest at budget where an index is undefined, "
        "AC where complete",
        "eac_cpi_spi",
        better=Better.LOWER,
    ),
    sum_of_money(
        "etc", "Estimate to complete", "Σ of EAC (CPI) − AC per project", "etc", better=Better.LOWER
    ),
    sum_of_money(
        "vac", "Variance at completion", "Σ of BAC − EAC (CPI) per project", "vac", better=Better.HIGHER
    ),
    ratio_of_sums(
        "vac_pct",
        "Variance at completion, share of BAC",
        "Σ VAC ÷ Σ BAC of the same projects",
        unit=Unit.FRACTION,
        better=Better.HIGHER,
        measures=("vac", "bac_with_ev_and_ac"),
        value=formulas.share(total("vac"), nonzero(_bac)),
        undefined=(NO_BUDGET, (_bac == 0, Reason.NO_BASELINE)),
    ),
    ratio_of_sums(
        "tcpi_bac",
        "To-complete index against BAC",
        "(Σ BAC − Σ EV) ÷ (Σ BAC − Σ AC) of projects with all three",
        unit=Unit.RATIO,
        better=Better.LOWER,
        measures=("bac_with_ev_and_ac", "ev_with_bac_and_ac", "ac_with_bac_and_ev"),
        value=formulas.to_complete_performance_index(_bac, _ev, _ac, target=where(_bac > _ac, _bac)),
        undefined=(
            NO_BUDGET,
            (_bac == 0, Reason.NO_BASELINE),
            (_ev >= _bac, Reason.COMPLETE),
            (_ac >= _bac, Reason.BUDGET_EXHAUSTED),
        ),
    ),
    ratio_of_sums(
        "tcpi_eac",
        "To-complete index against the reported EAC",
        "(Σ BAC − Σ EV) ÷ (Σ reported EAC − Σ AC) of projects with all four",
        unit=Unit.RATIO,
        better=Better.LOWER,
        measures=(
            "reported_with_bac_ev_ac",
            "bac_with_reported",
            "ev_with_reported",
            "ac_with_reported",
        ),
        value=formulas.to_complete_performance_index(
            _bac_r, _ev_r, _ac_r, target=where(_eac_r > _ac_r, _eac_r)
        ),
        undefined=(
            NO_BUDGET,
            (_bac_r == 0, Reason.NO_BASELINE),
            (_ev_r >= _bac_r, Reason.COMPLETE),
            (_eac_r <= _ac_r, Reason.INVALID_INPUT),
        ),
    ),
    *(
        ratio_of_sums(
            name,
            title,
            f"Σ {part} ÷ Σ BAC of projects with both",
            unit=Unit.FRACTION,
            better=better,
            measures=measures,
            value=formulas.share(total(measures[0]), nonzero(total(measures[1]))),
            undefined=(NO_BUDGET, (total(measures[1]) == 0, Reason.NO_BASELINE)),
        )
        for name, title, part, measures, better in (
            ("pct_complete", "Complete", "EV", ("ev_with_bac", "bac_with_ev"), Better.HIGHER),
            ("pct_scheduled", "Scheduled", "PV", ("pv_with_bac", "bac_with_pv"), Better.NONE),
            ("pct_spent", "Spent", "AC", ("ac_with_bac", "bac_with_ac"), Better.NONE),
        )
    ),
)
