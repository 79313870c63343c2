"""Risk response: what responses are worth, whether they are kept up, and whether probabilities came true."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import PRACTICE, count_of, known_none, known_total, overdue, share_of
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
    AS_OF,
    Better,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    total,
)
from pmo_analytics.metrics.risks import COSTED, IMPACT, OPEN, OPPORTUNITY, STATE, TABLE
from pmo_analytics.schemas.risks import Risk

#: How old a review may be before a risk counts as not reviewed, in days: one monthly cycle and its close.
REVIEW_CYCLE = 35

#: How far ahead the near risks reach, in days.
NEAR = 90

_as_of = nw.col(AS_OF)
_threat = OPEN & ~OPPORTUNITY
_before, _after = nw.col(Risk.prob_inherent), nw.col(Risk.prob_residual)
_cost = nw.col(Risk.cost_of_response)
_worst = nw.coalesce(nw.col(Risk.impact_cost_max), nw.col(Risk.impact_cost_ml))
_emv = formulas.expected_monetary_value(_after, IMPACT)
_relief = formulas.expected_monetary_value(_before, IMPACT) - _emv
_RESPONSE = (Risk.prob_inherent, *COSTED, Risk.cost_of_response)
_due, _reviewed, _strikes = (nw.col(c) for c in (Risk.action_due, Risk.last_reviewed, Risk.proximity_date))
_occurred = one_of(nw.col(Risk.status), ["occurred"])
_closed = nw.col(Risk.status).is_null() & ~nw.col(Risk.closed).is_null()
_ended = _occurred | one_of(nw.col(Risk.status), ["closed"]) | _closed
_outcome = first_true([(_occurred, number(1))], number(0))
_ENDED = (*STATE, Risk.prob_residual)


def _of_threats(name: str, inputs: tuple[str, ...], value: nw.Expr) -> Measure:
    return Measure(name, TABLE, inputs, where(_threat, value))


MEASURES = (
    Measure("threats_open", TABLE, (Risk.kind, *STATE), flag(_threat, ~_threat)),
    _of_threats("threat_emv", COSTED, present(_emv, _after, IMPACT)),
    _of_threats("threat_exposure", COSTED[1:], _worst),
    _of_threats("risk_relief", _RESPONSE, present(_relief, _before, _after, IMPACT, _cost)),
    _of_threats("response_cost", _RESPONSE, present(_cost, _before, _after, IMPACT)),
    Measure(
        "risk_emv_near",
        TABLE,
        (Risk.proximity_date, *COSTED),
        where(_threat & (_strikes <= _as_of + NEAR), present(_emv, _after, IMPACT)),
    ),
    Measure(
        "threats_dated",
        TABLE,
        (Risk.proximity_date, *COSTED),
        flag(_threat & given(_strikes, _after, IMPACT), ~_threat),
    ),
    Measure(
        "risk_actions_overdue",
        TABLE,
        (Risk.action_due, *STATE),
        overdue(OPEN, ~OPEN, _due),
    ),
    Measure(
        "risks_past_proximity",
        TABLE,
        (Risk.proximity_date, *STATE),
        overdue(OPEN, ~OPEN, _strikes),
    ),
    Measure(
        "risks_reviewed",
        TABLE,
        (Risk.last_reviewed, *STATE),
        flag(OPEN & (_reviewed >= _as_of - REVIEW_CYCLE), ~OPEN | given(_reviewed)),
    ),
    Measure("open_with_review", TABLE, (Risk.last_reviewed, *STATE), flag(OPEN & given(_reviewed), ~OPEN)),
    Measure("risks_over", TABLE, STATE, flag(_ended, ~_ended)),
    Measure("risks_occurred", TABLE, _ENDED, present(where(_ended, _outcome), _after)),
    Measure("risks_ended", TABLE, _ENDED, present(where(_ended, number(1)), _after)),
    Measure("ended_probability", TABLE, _ENDED, where(_ended, _after)),
    Measure("forecast_error", TABLE, _ENDED, where(_ended, formulas.squared_error(_after, _outcome))),
)

_none = known_none(TABLE, "risks_open")
_no_threat = known_none(TABLE, "threats_open")


def _money(measure: str, name: str, title: str, formula: str, *, better: Better, source: str) -> Metric:
    measures, value = (measure, "threats_open"), known_total(measure, _no_threat)
    return Metric(name, title, formula, Unit.MONEY, better, RollUp.SUM, source, measures, value)


def _of_ended(name: str, title: str, formula: str, part: str, *, better: Better) -> Metric:
    value = formulas.share(total(part), nonzero(total("risks_ended")))
    return Metric(
        name,
        title,
        formula,
        Unit.FRACTION,
        better,
        RollUp.SHARE,
        PRACTICE,
        (part, "risks_ended", "risks_over"),
        value,
        ((known_none(TABLE, "risks_over"), Reason.NOT_APPLICABLE),),
    )


METRICS = (
    _money(
        "threat_emv",
        "threat_emv",
        "Expected cost of threats",
        "Σ of probability × expected impact of open threats with both; opportunities are left out",
        better=Better.LOWER,
        source="TenStep, expected monetary value",
    ),
    _money(
        "threat_exposure",
        "risk_exposure_max",
        "Maximum exposure",
        "Σ of the high cost impact, else the likely one, of open threats: what it costs if all of them happen",
        better=Better.LOWER,
        source="TenStep, expected monetary value",
    ),
    Metric(
        "risk_mitigation",
        "Worth of risk responses",
        "Σ of (inherent − residual probability) × expected impact − cost of response, of open threats with all "
        "of them",
        Unit.MONEY,
        Better.HIGHER,
        RollUp.SUM,
        PRACTICE,
        ("risk_relief", "response_cost"),
        total("risk_relief") - total("response_cost"),
        ((_no_threat, Reason.NOT_APPLICABLE),),
    ),
    Metric(
        "risk_mitigation_leverage",
        "Leverage of risk responses",
        "Σ of (inherent − residual probability) × expected impact ÷ Σ cost of response, of the same threats",
        Unit.RATIO,
        Better.HIGHER,
        RollUp.RATIO,
        PRACTICE,
        ("risk_relief", "response_cost"),
        formulas.share(total("risk_relief"), nonzero(total("response_cost"))),
        (
            (_no_threat, Reason.NOT_APPLICABLE),
            (total("response_cost") == 0, Reason.NO_COST),
        ),
    ),
    Metric(
        "risk_emv_near",
        f"Expected cost of threats that may strike in {NEAR} days",
        f"Σ of probability × expected impact of open threats with a proximity date up to {NEAR} days after the "
        "as-of day, past ones included",
        Unit.MONEY,
        Better.LOWER,
        RollUp.SUM,
        PRACTICE,
        ("threats_dated", "risk_emv_near", "threats_open"),
        known_total("risk_emv_near", (total("threats_dated") > 0) | _no_threat),
    ),
    count_of(
        "risk_actions_overdue",
        "Overdue risk actions",
        "Count of open risks whose response was due before the as-of day",
        none=_none,
        of="risks_open",
    ),
    count_of(
        "risks_past_proximity",
        "Open risks past their proximity",
        "Count of open risks that were to strike before the as-of day",
        none=_none,
        of="risks_open",
    ),
    share_of(
        "risk_review_pct",
        "Risks reviewed in the cycle",
        f"Open risks reviewed in the last {REVIEW_CYCLE} days ÷ open risks with a day of review",
        part="risks_reviewed",
        whole="open_with_review",
        none=_none,
        better=Better.HIGHER,
    ),
    _of_ended(
        "risk_occurred_pct",
        "Risks that occurred",
        "Risks that occurred ÷ risks that occurred or were closed, of those with a probability",
        "risks_occurred",
        better=Better.NONE,
    ),
    _of_ended(
        "risk_stated_probability",
        "Stated probability of ended risks",
        "Σ of probabilities ÷ count of risks that occurred or were closed; to hold against those that occurred",
        "ended_probability",
        better=Better.NONE,
    ),
    _of_ended(
        "risk_brier_score",
        "Brier score of stated probabilities",
        "Σ of (probability − outcome)² ÷ count of risks that occurred (1) or were closed (0); 0 is perfect",
        "forecast_error",
        better=Better.LOWER,
    ),
)
