"""Risks: how many are open in each band, the highest score, and what they are expected to cost."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import count_of, known_none, known_total
from pmo_analytics.metrics.expressions import (
    first_true,
    flag,
    given,
    nonzero,
    number,
    one_of,
    present,
    where,
)
from pmo_analytics.metrics.measure import (
    Aggregate,
    Better,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    total,
)
from pmo_analytics.schemas.risks import Risk

TABLE = "risks"


@dataclass(frozen=True, slots=True)
class RiskBand:
    """One band of probability × impact scores: from ``at_least`` up to, not including, ``below``."""

    name: str
    title: str
    at_least: float
    below: float


BANDS = (
    RiskBand("risks_low", "Low risks", 1, 5),
    RiskBand("risks_medium", "Medium risks", 5, 10),
    RiskBand("risks_high", "High risks", 10, 15),
    RiskBand("risks_very_high", "Very high risks", 15, 26),
)

#: From which score on an open threat counts as high.
HIGH = 10.0

_status = nw.col(Risk.status)
OPEN = one_of(_status, ["open", "escalated"]) | (_status.is_null() & nw.col(Risk.closed).is_null())
_score = formulas.risk_score(nw.col(Risk.p_score), nw.col(Risk.i_score))
OPPORTUNITY = one_of(nw.col(Risk.kind), ["opportunity"])
_low, _likely, _high = (nw.col(c) for c in (Risk.impact_cost_min, Risk.impact_cost_ml, Risk.impact_cost_max))
IMPACT = first_true([(given(_low, _likely, _high), formulas.pert_mean(_low, _likely, _high))], _likely)
_sign = first_true([(OPPORTUNITY, number(-1))], number(1))
_emv = _sign * formulas.expected_monetary_value(nw.col(Risk.prob_residual), IMPACT)
STATE = (Risk.status, Risk.closed)
_SCORED = (Risk.p_score, Risk.i_score, *STATE)
COSTED = (
    Risk.prob_residual,
    Risk.impact_cost_ml,
    Risk.impact_cost_min,
    Risk.impact_cost_max,
    Risk.kind,
    *STATE,
)


def _in_band(band: RiskBand) -> nw.Expr:
    inside = (_score >= band.at_least) & (_score < band.below)
    return flag(OPEN & inside, ~OPEN | given(_score))


_threat = OPEN & ~OPPORTUNITY

MEASURES = (
    Measure("risks_open", TABLE, STATE, flag(OPEN, ~OPEN)),
    *(Measure(band.name, TABLE, _SCORED, _in_band(band)) for band in BANDS),
    Measure("risk_score", TABLE, _SCORED, where(OPEN, _score), Aggregate.MAX),
    Measure(
        "open_high_risks",
        TABLE,
        (*_SCORED, Risk.kind),
        flag(_threat & (_score >= HIGH), ~_threat | given(_score)),
    ),
    Measure("risk_emv", TABLE, COSTED, where(OPEN, present(_emv, nw.col(Risk.prob_residual), IMPACT))),
)

#: No open risk in a register that came: nothing, and known to be nothing.
_none_open = known_none(TABLE, "risks_open")


def _count(name: str, title: str, formula: str, *, better: Better = Better.LOWER) -> Metric:
    return count_of(
        name,
        title,
        formula,
        none=_none_open,
        of="risks_open",
        better=better,
        source="default bands of this library",
    )


METRICS = (
    _count(
        "risks_open",
        "Open risks",
        "Count open or escalated; without a status, open unless a closing day is given",
        better=Better.NONE,
    ),
    *(
        _count(
            band.name,
            band.title,
            f"Count of open risks with probability × impact from {band.at_least:g} to below {band.below:g}",
        )
        for band in BANDS
    ),
    Metric(
        "risk_score_max",
        "Highest risk score",
        "Largest probability × impact of an open risk",
        Unit.SCORE,
        Better.LOWER,
        RollUp.WORST,
        "general practice",
        ("risk_score",),
        total("risk_score"),
    ),
    _count(
        "open_high_risks",
        "Open high risks",
        f"Count of open threats with probability × impact of {HIGH:g} or more; no kind counts as threat",
    ),
    Metric(
        "risk_emv",
        "Expected cost of risks",
        "Σ of probability × expected impact of open risks with both, opportunities negative; expected "
        "impact is (low + 4 × likely + high) ÷ 6 where all three are given, else the likely one",
        Unit.MONEY,
        Better.LOWER,
        RollUp.SUM,
        "TenStep, expected monetary value",
        ("risk_emv", "risks_open"),
        known_total("risk_emv", _none_open),
    ),
    Metric(
        "risk_emv_share_of_etc",
        "Expected cost of risks, share of ETC",
        "Expected cost of risks ÷ ETC of the group",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.RATIO,
        "house default",
        ("etc", "risk_emv", "risks_open"),
        formulas.share(nw.col("risk_emv"), nonzero(nw.col("etc"))),
        ((total("etc") == 0, Reason.COMPLETE),),
        follows=("etc", "risk_emv"),
    ),
)
