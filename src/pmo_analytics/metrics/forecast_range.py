"""The forecast range: the further estimates at completion, and the reported one held against them."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import PRACTICE
from pmo_analytics.metrics.earned_value import (
    AC,
    BAC,
    EV,
    NO_BUDGET,
    spine_measure,
    sum_of_money,
)
from pmo_analytics.metrics.estimates import ATYPICAL, CPI, ESTIMATES, INDEXED, SPI
from pmo_analytics.metrics.expressions import first_true, nonzero, number
from pmo_analytics.metrics.measure import Better, Metric, Reason, RollUp, Unit, rows, total
from pmo_analytics.schemas.status import Status

SOURCE = "PM Knowledge Center, forecasting cost"

#: Weight of the CPI in the weighted estimate; the SPI has the rest.
CPI_WEIGHT = 0.8

_BAC_EV_AC_PV = (Status.bac, Status.ev, Status.ac, Status.pv)
_REPORTED = (*_BAC_EV_AC_PV, Status.eac_reported)
_ETC = nw.col(Status.etc_reported)
_EAC = nw.col(Status.eac_reported)

_weighted = first_true(
    [
        (EV >= BAC, AC),
        (INDEXED, formulas.estimate_at_completion_weighted(BAC, EV, AC, CPI, SPI, cpi_weight=CPI_WEIGHT)),
    ],
    ATYPICAL,
)
_composite = first_true([(EV >= BAC, AC), (INDEXED, formulas.composite_estimate(BAC, CPI, SPI))], ATYPICAL)
_four = (*ESTIMATES, _weighted)
_lowest = nw.min_horizontal(*_four)
_highest = nw.max_horizontal(*_four)
_below = nw.max_horizontal(_lowest - _EAC, number(0))

MEASURES = (
    spine_measure("eac_weighted", _BAC_EV_AC_PV, _weighted),
    spine_measure("eac_composite", _BAC_EV_AC_PV, _composite),
    spine_measure("eac_bottom_up", (Status.ac, Status.etc_reported), AC + _ETC),
    spine_measure("eac_lowest", _BAC_EV_AC_PV, _lowest),
    spine_measure("eac_highest", _BAC_EV_AC_PV, _highest),
    spine_measure("eac_below_range", _REPORTED, _below),
    spine_measure("eac_lowest_with_reported", _REPORTED, _lowest),
)

_bac, _ev, _ac = total("bac_with_ev_and_ac"), total("ev_with_bac_and_ac"), total("ac_with_bac_and_ev")

METRICS = (
    sum_of_money(
        "eac_weighted",
        "EAC, rest at weighted indices",
        f"Σ of AC + (BAC − EV) ÷ ({CPI_WEIGHT:g} × CPI + {1 - CPI_WEIGHT:.1g} × SPI) per project; rest at budget "
        "where an index is undefined, AC where complete",
        "eac_weighted",
        better=Better.LOWER,
        source=SOURCE,
    ),
    sum_of_money(
        "eac_composite",
        "EAC, all at CPI × SPI",
        "Σ of BAC ÷ (CPI × SPI) per project: the whole budget, not only the rest, at both indices; rest at "
        "budget where an index is undefined, AC where complete",
        "eac_composite",
        better=Better.LOWER,
        source="planningplanet.com, forum thread 512911",
    ),
    sum_of_money(
        "eac_bottom_up",
        "EAC, bottom-up",
        "Σ of AC + reported ETC per project",
        "eac_bottom_up",
        better=Better.LOWER,
        needs_budget=False,
    ),
    sum_of_money(
        "eac_lowest",
        "EAC, low end of the independent range",
        "Σ of the lowest of the estimates at budget, CPI, CPI × SPI and weighted indices per project",
        "eac_lowest",
        better=Better.LOWER,
        source=SOURCE,
    ),
    sum_of_money(
        "eac_highest",
        "EAC, high end of the independent range",
        "Σ of the highest of the estimates at budget, CPI, CPI × SPI and weighted indices per project",
        "eac_highest",
        better=Better.LOWER,
        source=SOURCE,
    ),
    sum_of_money(
        "eac_below_range",
        "Reported EAC below the independent range",
        "Σ of low end of the range − reported EAC of the projects that report less than it",
        "eac_below_range",
        better=Better.LOWER,
        source=SOURCE,
    ),
    Metric(
        "eac_below_range_pct",
        "Reported EAC below the independent range, share",
        "Σ of what is reported below the low end ÷ Σ of low ends of the same projects",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.RATIO,
        SOURCE,
        ("eac_below_range", "eac_lowest_with_reported"),
        formulas.share(total("eac_below_range"), nonzero(total("eac_lowest_with_reported"))),
        (NO_BUDGET, (total("eac_lowest_with_reported") == 0, Reason.NOT_STARTED)),
    ),
    Metric(
        "eac_cpi_of_sums",
        "EAC of the group at its CPI",
        "Σ BAC ÷ (Σ EV ÷ Σ AC) of projects with all three: a cross-check of the sum of the projects' "
        "estimates, which it differs from",
        Unit.MONEY,
        Better.LOWER,
        RollUp.RECOMPUTED,
        PRACTICE,
        ("bac_with_ev_and_ac", "ev_with_bac_and_ac", "ac_with_bac_and_ev"),
        _bac * _ac / nonzero(_ev),
        (
            NO_BUDGET,
            ((_ev == 0) & (rows("ev_with_bac_and_ac") > 0), Reason.NOT_STARTED),
            (_ac == 0, Reason.NO_COST),
        ),
    ),
    Metric(
        "tcpi_cpi_gap",
        "To-complete index less CPI",
        "To-complete index against the reported EAC − CPI of one project; more than 0.10 says that the "
        "forecast asks for more than was achieved so far",
        Unit.RATIO,
        Better.LOWER,
        RollUp.NONE,
        PRACTICE,
        ("reported_with_bac_ev_ac", "bac_with_reported", "ev_with_ac", "ac_with_ev"),
        nw.col("tcpi_eac") - nw.col("cpi"),
        follows=("tcpi_eac", "cpi"),
    ),
)
