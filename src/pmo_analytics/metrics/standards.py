"""Standards: how far projects are run as they are to be run."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import PRACTICE, count_of, known_empty, known_none
from pmo_analytics.metrics.expressions import (
    first_true,
    flag,
    given,
    no_number,
    nonzero,
    number,
    one_of,
    where,
)
from pmo_analytics.metrics.measure import (
    AS_OF,
    Better,
    Derived,
    Lookup,
    Measure,
    Metric,
    Reason,
    RollUp,
    Unit,
    rows,
    told,
    total,
)
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.standards import Standard, StandardCompliance

TABLE = "standards_compliance"

#: What a result is worth.
SCORES = (("met", 1.0), ("partly", 0.5), ("not_met", 0.0))

#: The day of a row's assessment, and of the last one of its project and standard that was made by the as-of day.
ASSESSED, LAST_ASSESSED = "__assessed", "__last_assessed"

_as_of = nw.col(AS_OF)
_result = nw.col(StandardCompliance.result)
_expiry = nw.col(StandardCompliance.waiver_expiry)
_day = nw.col(StandardCompliance.assessed_date)

DERIVED = (
    Derived(
        ASSESSED,
        TABLE,
        (StandardCompliance.assessed_date,),
        first_true([(_day.is_null(), number(0)), (_day <= _as_of, _day)], no_number()),
    ),
    Derived(
        LAST_ASSESSED,
        TABLE,
        (StandardCompliance.project_id, StandardCompliance.standard_id),
        nw.col(ASSESSED).max().over(Project.project_id, StandardCompliance.standard_id, Project.period),
    ),
)
LOOKUPS = (
    Lookup(
        "standard_weight",
        TABLE,
        "standards",
        ((StandardCompliance.standard_id, Standard.standard_id),),
        (Standard.weight,),
        nw.col(Standard.weight),
    ),
)

_latest = nw.col(ASSESSED) == nw.col(LAST_ASSESSED)
_met = one_of(_result, ["met"])
_waived = given(nw.col(StandardCompliance.waiver_ref)) & (_expiry.is_null() | (_expiry >= _as_of))
_judged = one_of(_result, [word for word, _ in SCORES])
_counts = _latest & _judged & (_met | ~_waived)
_failed = _counts & one_of(_result, ["not_met"])
_score = first_true([(one_of(_result, [word]), number(score)) for word, score in SCORES], no_number())
_weight = told("standard_weight").fill_null(1.0)
_RESULT = (
    StandardCompliance.result,
    StandardCompliance.assessed_date,
    StandardCompliance.waiver_ref,
    StandardCompliance.waiver_expiry,
)
_WEIGHT = ("standard_weight",)

MEASURES = (
    Measure("standards_score", TABLE, _RESULT, where(_counts, _score * _weight), lookups=_WEIGHT),
    Measure("standards_weight", TABLE, _RESULT, where(_counts, _weight), lookups=_WEIGHT),
    Measure(
        "standards_not_met",
        TABLE,
        _RESULT,
        where(
            _latest & given(_result),
            flag(_failed, ~_failed),
        ),
    ),
    Measure(
        "waivers_expired",
        TABLE,
        _RESULT,
        where(
            _latest & given(_result),
            flag(~_met & (_expiry < _as_of), _met | _expiry.is_null() | (_expiry >= _as_of)),
        ),
    ),
)

_none = known_none(TABLE, "standards_not_met")
_empty = known_empty(TABLE)

METRICS = (
    Metric(
        "standards_met_pct",
        "Standards met",
        "Σ weight × (met 1, partly 0.5, not met 0) ÷ Σ weight of standards that apply, as last assessed; "
        "without those waived",
        Unit.FRACTION,
        Better.HIGHER,
        RollUp.RATIO,
        PRACTICE,
        ("standards_score", "standards_weight", "standards_not_met"),
        formulas.share(total("standards_score"), nonzero(total("standards_weight"))),
        (
            (total("standards_weight") == 0, Reason.NOT_APPLICABLE),
            (
                (rows("standards_weight") < 1) & (_empty | (rows("standards_not_met") > 0)),
                Reason.NOT_APPLICABLE,
            ),
        ),
    ),
    count_of(
        "standards_not_met",
        "Standards not met",
        "Count of standards not met as last assessed, without those waived",
        none=_none,
        of="standards_not_met",
    ),
    count_of(
        "waivers_expired",
        "Waivers run out",
        "Count of standards not met in full whose waiver ended before the as-of day",
        none=_none,
        of="standards_not_met",
    ),
)
