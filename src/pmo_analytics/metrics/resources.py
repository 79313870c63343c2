"""Resources: what projects ask for, what there is, and where one role or person is asked for more than there is.

A request that nobody has agreed to is counted apart. The shortage of one role is not made up by what another has
to spare: over-allocation is worked out per role and month, and each project answers for its part of the demand.
"""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import PRACTICE, ratio_of, sum_of
from pmo_analytics.metrics.expressions import (
    compared,
    first_true,
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
    Derived,
    Measure,
    Metric,
    RollUp,
    Unit,
    total,
)
from pmo_analytics.schemas.resources import REQUESTED, Resource

TABLE = "resources"

#: The month of the work, the role as it is compared, and what that role has and is asked for in that month.
WORK_MONTH, ROLE, ROLE_CAPACITY, ROLE_DEMAND = "__work_month", "__role", "__role_capacity", "__role_demand"
#: The person as compared, and what he or she is booked for in that month.
PERSON, PERSON_LOAD = "__person", "__person_load"
_CAPACITY, _DEMAND, _KNOWN = "__capacity", "__demand", "__capacity_known"

_firm = ~one_of(nw.col(Resource.kind), [REQUESTED])
_demand = where(_firm, nw.col(Resource.demand_fte))
_capacity = nw.col(Resource.capacity_fte) * nw.col(Resource.availability).fill_null(1.0)
_ROLE_MONTH = (ROLE, WORK_MONTH, str(Resource.period))
_PERSON_MONTH = (PERSON, WORK_MONTH, str(Resource.period))
_SUPPLY = (Resource.capacity_fte, Resource.availability)
_ASKED = (Resource.demand_fte, Resource.kind)


def _derived(name: str, row: nw.Expr, *inputs: str) -> Derived:
    return Derived(name, TABLE, inputs, row)


DERIVED = (
    _derived(
        WORK_MONTH, nw.coalesce(nw.col(Resource.for_period), nw.col(Resource.period)), Resource.for_period
    ),
    _derived(ROLE, compared(nw.col(Resource.role)), Resource.role),
    _derived(PERSON, compared(nw.col(Resource.named_person)), Resource.named_person),
    _derived(_DEMAND, _demand, *_ASKED),
    _derived(_CAPACITY, _capacity, *_SUPPLY),
    _derived(_KNOWN, nw.col(_CAPACITY).count().over(*_ROLE_MONTH)),
    _derived(ROLE_CAPACITY, where(nw.col(_KNOWN) > 0, nw.col(_CAPACITY).sum().over(*_ROLE_MONTH))),
    _derived(ROLE_DEMAND, nw.col(_DEMAND).sum().over(*_ROLE_MONTH)),
    _derived(PERSON_LOAD, where(given(nw.col(PERSON)), nw.col(_DEMAND).sum().over(*_PERSON_MONTH))),
)

_over = nw.col(ROLE_DEMAND) - nw.col(ROLE_CAPACITY)
_part = formulas.share(nw.col(_DEMAND), nonzero(nw.col(ROLE_DEMAND)))
_is_contractor = nw.col(Resource.is_contractor)
_unfunded = nw.col(Resource.capacity_fte) - nw.col(Resource.funded_posts)
_ROLE = (Resource.role, Resource.for_period, *_SUPPLY)

MEASURES = (
    Measure("resource_demand", TABLE, _ASKED, nw.col(_DEMAND)),
    Measure(
        "resource_requested",
        TABLE,
        _ASKED,
        where(one_of(nw.col(Resource.kind), [REQUESTED]), nw.col(Resource.demand_fte)),
    ),
    Measure("resource_capacity", TABLE, _SUPPLY, nw.col(_CAPACITY)),
    Measure(
        "over_allocation",
        TABLE,
        (*_ASKED, *_ROLE),
        where(
            given(nw.col(_DEMAND), nw.col(ROLE_CAPACITY)),
            first_true([(_over > 0, _over * _part)], number(0)),
        ),
    ),
    Measure(
        "contractor_demand",
        TABLE,
        (*_ASKED, Resource.is_contractor),
        present(nw.col(_DEMAND) * _is_contractor, _is_contractor),
    ),
    Measure(
        "demand_with_contract",
        TABLE,
        (*_ASKED, Resource.is_contractor),
        present(nw.col(_DEMAND), _is_contractor),
    ),
    Measure(
        "person_load",
        TABLE,
        (*_ASKED, Resource.named_person, Resource.for_period),
        present(nw.col(PERSON_LOAD), nw.col(_DEMAND)),
        Aggregate.MAX,
    ),
    Measure(
        "posts_unfunded",
        TABLE,
        (Resource.capacity_fte, Resource.funded_posts),
        first_true([(_unfunded > 0, _unfunded)], _unfunded * 0),
    ),
)


METRICS = (
    sum_of(
        "resource_demand",
        "Demand for people",
        "Σ demand of projects, month by month, without what is only requested",
        better=Better.NONE,
        unit=Unit.FTE_MONTHS,
    ),
    sum_of(
        "resource_requested",
        "Requested people",
        "Σ demand that is only requested",
        better=Better.NONE,
        unit=Unit.FTE_MONTHS,
    ),
    sum_of(
        "resource_capacity",
        "Capacity of people",
        "Σ capacity × availability",
        better=Better.NONE,
        unit=Unit.FTE_MONTHS,
    ),
    ratio_of(
        "resource_utilisation",
        "Utilisation",
        "Σ demand ÷ Σ capacity × availability of the same rows; per role and month: pmo.roll_up_items",
        part="resource_demand",
        whole="resource_capacity",
        better=Better.NONE,
    ),
    sum_of(
        "over_allocation",
        "Over-allocation",
        "Σ over roles and months of demand − capacity where positive; a project bears it by its share of the demand",
        better=Better.LOWER,
        unit=Unit.FTE_MONTHS,
    ),
    ratio_of(
        "contractor_pct",
        "Contractors",
        "Σ demand met by contractors ÷ Σ demand that says by whom it is met",
        part="contractor_demand",
        whole="demand_with_contract",
        better=Better.LOWER,
    ),
    Metric(
        "person_load_max",
        "Highest load of a named person",
        "Largest Σ demand for one person in one month, over all projects; above 1 is more than a full-time job",
        Unit.RATIO,
        Better.LOWER,
        RollUp.WORST,
        PRACTICE,
        ("person_load",),
        total("person_load"),
    ),
    sum_of(
        "posts_unfunded",
        "Unfunded posts",
        "Σ capacity − funded posts, where positive",
        better=Better.LOWER,
        unit=Unit.FTE_MONTHS,
    ),
)
