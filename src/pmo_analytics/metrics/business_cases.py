"""Business cases: what projects were approved to be worth, what they are worth now, and whether to go on.

The flows of the preferred option are discounted at the rate of the case, whole years at a time: those of the first
twelve months count in full.
"""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.calendar import day_number, month_number
from pmo_analytics.metrics.counts import ratio_of, sum_of
from pmo_analytics.metrics.expressions import (
    number,
    one_of,
    present,
    same_currency,
    same_word,
    where,
)
from pmo_analytics.metrics.measure import (
    AS_OF,
    SPINE,
    Aggregate,
    Better,
    Derived,
    Lookup,
    Measure,
    Reason,
    Unit,
    told,
)
from pmo_analytics.schemas.business_cases import BENEFIT, COST, BusinessCase, Cashflow
from pmo_analytics.schemas.projects import Project

SOURCE = "HM Treasury, The Green Book: present values of costs and benefits"
CASES, FLOWS = "business_cases", "cashflows"
YEAR_DAYS = 365.2425

#: The day a case was approved, if by the as-of day; the last such day of its project.
APPROVED, LAST_APPROVED = "__approved", "__last_approved"
#: The month of a flow as a number, and the first month of its project.
FLOW_MONTH, FIRST_MONTH = "__flow_month", "__first_month"

_day = nw.col(BusinessCase.approved_date)
_project = Cashflow.project_id

DERIVED = (
    Derived(APPROVED, CASES, (BusinessCase.approved_date,), where(_day <= nw.col(AS_OF), _day)),
    Derived(LAST_APPROVED, CASES, (_project,), nw.col(APPROVED).max().over(_project)),
    Derived(FLOW_MONTH, FLOWS, (Cashflow.for_period,), month_number(nw.col(Cashflow.for_period))),
    Derived(FIRST_MONTH, FLOWS, (_project,), nw.col(FLOW_MONTH).min().over(_project)),
)


def _approved(name: str, table: str, column: str, *, is_word: bool = False) -> Lookup:
    row = where(nw.col(APPROVED) == nw.col(LAST_APPROVED), nw.col(column))
    on = ((Project.project_id, BusinessCase.project_id),)
    return Lookup(name, table, CASES, on, (column, BusinessCase.approved_date), row, is_word=is_word)


_preferred = nw.col(Cashflow.option).is_null() | same_word(nw.col(Cashflow.option), told("case_option"))
_since_start = ((nw.col(FLOW_MONTH) - nw.col(FIRST_MONTH)) / 12).floor()
_days_ahead = day_number(nw.col(Cashflow.for_period)) - nw.col(AS_OF)
# whole years, the day that ends one counted in it, so that the flow of the same month every year is a year further on
_ahead = where(_days_ahead > 0, ((_days_ahead - 1) / YEAR_DAYS).floor())
_FLOW = (Cashflow.amount, Cashflow.kind, Cashflow.option, Cashflow.for_period)


def _flows(name: str, kind: str, years: nw.Expr) -> Lookup:
    amount = formulas.present_value(nw.col(Cashflow.amount), told("case_rate"), years)
    return Lookup(
        name,
        SPINE,
        FLOWS,
        ((Project.project_id, Cashflow.project_id),),
        _FLOW,
        where(_preferred & one_of(nw.col(Cashflow.kind), [kind]), amount),
        Aggregate.SUM,
        lookups=("case_rate", "case_option"),
    )


LOOKUPS = (
    _approved("case_rate", FLOWS, BusinessCase.discount_rate),
    _approved("case_option", FLOWS, BusinessCase.preferred_option, is_word=True),
    _approved("case_benefits", SPINE, BusinessCase.pv_benefits),
    _approved("case_costs", SPINE, BusinessCase.pv_costs),
    _approved("case_currency", SPINE, BusinessCase.currency, is_word=True),
    _flows("flow_benefits", BENEFIT, _since_start),
    _flows("flow_costs", COST, _since_start),
    _flows("benefits_to_come", BENEFIT, _ahead),
    _flows("costs_to_come", COST, _ahead),
    *(
        Lookup(
            name,
            SPINE,
            FLOWS,
            ((Project.project_id, Cashflow.project_id),),
            (Cashflow.currency,),
            nw.col(Cashflow.currency),
            end,
            is_word=True,
        )
        for name, end in (("flow_currency_first", Aggregate.MIN), ("flow_currency_last", Aggregate.MAX))
    ),
)

_currency = nw.col(Project.currency)
_of_case = same_currency(told("case_currency"), _currency)
# two currencies among the flows of a project: the first and the last of their codes differ
_first, _last = told("flow_currency_first"), told("flow_currency_last")
_of_flows = same_currency(_first, _currency) & same_currency(_last, _currency) & same_currency(_first, _last)
_benefits, _costs = (where(_of_case, told(name)) for name in ("case_benefits", "case_costs"))
_benefits_now, _costs_now = (where(_of_flows, told(name)) for name in ("flow_benefits", "flow_costs"))
_CASE = ("case_benefits", "case_costs", "case_currency")
_FLOW_CURRENCY = ("flow_currency_first", "flow_currency_last")
_NOW = ("flow_benefits", "flow_costs", *_FLOW_CURRENCY)
_TO_COME = ("benefits_to_come", "costs_to_come", *_FLOW_CURRENCY)
# of what is still to come one side may be over: no more benefits, or nothing left to pay
_some = ~(told("benefits_to_come").is_null() & told("costs_to_come").is_null())
_to_come = told("benefits_to_come").fill_null(0.0) - told("costs_to_come").fill_null(0.0)


def _measure(name: str, row: nw.Expr, lookups: tuple[str, ...]) -> Measure:
    return Measure(name, SPINE, (Project.currency,), row, lookups=lookups)


MEASURES = (
    _measure("npv_approved", _benefits - _costs, _CASE),
    _measure("benefits_approved", present(_benefits, _costs), _CASE),
    _measure("costs_approved", present(_costs, _benefits), _CASE),
    _measure("npv", _benefits_now - _costs_now, _NOW),
    _measure("benefits_now", present(_benefits_now, _costs_now), _NOW),
    _measure("costs_now", present(_costs_now, _benefits_now), _NOW),
    _measure("npv_to_come", where(_of_flows & _some, _to_come), _TO_COME),
    _measure("npv_change", (_benefits_now - _costs_now) - (_benefits - _costs), (*_CASE, *_NOW)),
    _measure(
        "projects_not_justified",
        where(_of_flows & _some, where(_to_come <= 0, number(1)).fill_null(0.0)),
        _TO_COME,
    ),
)


METRICS = (
    sum_of(
        "npv_approved",
        "Net present value as approved",
        "Σ (PV of benefits − PV of costs) of the business case that was approved last",
        better=Better.HIGHER,
        source=SOURCE,
    ),
    ratio_of(
        "bcr_approved",
        "Benefit-cost ratio as approved",
        "Σ PV of benefits ÷ Σ PV of costs of the business case that was approved last",
        part="benefits_approved",
        whole="costs_approved",
        unit=Unit.RATIO,
        better=Better.HIGHER,
        source=SOURCE,
        nothing=Reason.NO_COST,
    ),
    sum_of(
        "npv",
        "Net present value now",
        "Σ (benefits − costs) ÷ (1 + rate of the approved case)^whole years since the first flow",
        better=Better.HIGHER,
        source=SOURCE,
    ),
    ratio_of(
        "bcr",
        "Benefit-cost ratio now",
        "Σ present value of benefits ÷ Σ present value of costs, of the cash flows",
        part="benefits_now",
        whole="costs_now",
        unit=Unit.RATIO,
        better=Better.HIGHER,
        source=SOURCE,
        nothing=Reason.NO_COST,
    ),
    sum_of(
        "npv_change",
        "Change of net present value",
        "Σ (NPV now − NPV as approved) of projects with both",
        better=Better.HIGHER,
        source=SOURCE,
    ),
    sum_of(
        "npv_to_come",
        "Net present value of what is to come",
        "Σ (benefits − costs) after the as-of day ÷ (1 + rate)^whole years from then; what is spent counts no more",
        better=Better.HIGHER,
        source=SOURCE,
    ),
    sum_of(
        "projects_not_justified",
        "Projects no longer justified",
        "Count of projects whose benefits to come are worth no more than their costs to come",
        unit=Unit.COUNT,
        better=Better.LOWER,
        source=SOURCE,
    ),
)
