"""The catalogue: every measure and every metric, by name and in order."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import UnknownName
from pmo_analytics.metrics import (
    actions,
    assumptions,
    baselines,
    benefits,
    budget,
    business_cases,
    changes,
    concentration,
    contingency,
    decision_rights,
    decisions,
    dependencies,
    earned_schedule,
    earned_value,
    estimates,
    financials,
    forecast_range,
    issues,
    lessons,
    milestones,
    pace,
    plan,
    resources,
    risk_response,
    risks,
    schedule,
    schedule_adherence,
    stages,
    standards,
    steadiness,
    submissions,
)
from pmo_analytics.metrics.measure import SPINE, WHY, Derived, Lookup, Measure, Metric, Reason, RollUp, Unit
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.status import OF_FISCAL_YEAR
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOPICS = (
    earned_value,
    estimates,
    forecast_range,
    budget,
    pace,
    steadiness,
    concentration,
    schedule,
    earned_schedule,
    plan,
    schedule_adherence,
    milestones,
    stages,
    risks,
    risk_response,
    contingency,
    issues,
    decisions,
    changes,
    dependencies,
    benefits,
    baselines,
    business_cases,
    resources,
    financials,
    decision_rights,
    standards,
    submissions,
    actions,
    assumptions,
    lessons,
)

#: Every measure by name.
MEASURES: Mapping[str, Measure] = MappingProxyType(
    {measure.name: measure for topic in _TOPICS for measure in topic.MEASURES}
)

#: What measures are told by other tables, by name.
LOOKUPS: Mapping[str, Lookup] = MappingProxyType(
    {lookup.name: lookup for topic in _TOPICS for lookup in getattr(topic, "LOOKUPS", ())}
)

#: The columns that rows are given before they are measured, by name, in order.
DERIVED: Mapping[str, Derived] = MappingProxyType(
    {derived.name: derived for topic in _TOPICS for derived in getattr(topic, "DERIVED", ())}
)

#: Every metric by name, in the order in which results have them.
CATALOGUE: Mapping[str, Metric] = MappingProxyType(
    {metric.name: metric for topic in _TOPICS for metric in topic.METRICS}
)

#: The measures whose rows count as used by some metric.
COUNTING = frozenset(metric.measures[0] for metric in CATALOGUE.values())

#: Tables that the rows of the spine come from; of a column in both, the first counts.
SPINE_TABLES = ("status", "projects")


def metric(name: str) -> Metric:
    """The metric of that name; raises ``UnknownName``.

    >>> metric("cpi").title
    'Cost performance index'
    """
    try:
        return CATALOGUE[name]
    except KeyError:
        raise UnknownName("metric", name, CATALOGUE) from None


def reasons(name: str) -> tuple[str, ...]:
    """The reason codes that a metric can be undefined with, in the order in which they are tried.

    >>> reasons("cv")
    ('MIXED_CURRENCY', 'EXEMPT', 'INVALID_INPUT', 'STALE', 'NO_DATA')
    """
    wanted = metric(name)
    codes: list[str] = [Reason.MIXED_CURRENCY] if money_tables(wanted) else []
    codes += [Reason.MIXED_CALENDAR] if fiscal_tables(wanted) else []
    codes += [Reason.NOT_APPLICABLE] if wanted.roll_up is RollUp.NONE else []
    for followed in wanted.follows:
        codes += reasons(followed)
    codes += [reason for _, reason in wanted.undefined]
    codes += [reason for reason in reversed(WHY) if reason]
    return tuple(dict.fromkeys(str(code) for code in codes))


def sources_of(measure: Measure) -> tuple[tuple[str, str], ...]:
    """The (table, column) pairs behind a measure; of the spine, each table that can hold the column."""
    homes = SPINE_TABLES if measure.table == SPINE else (measure.table,)
    own = [(home, name) for name in measure.inputs for home in homes if name in table(home).columns]
    return tuple(
        dict.fromkeys([*own, *(pair for name in measure.lookups for pair in _told_by(LOOKUPS[name]))])
    )


def _told_by(lookup: Lookup) -> list[tuple[str, str]]:
    own = [(lookup.of, name) for name in lookup.inputs]
    return own + [pair for name in lookup.lookups for pair in _told_by(LOOKUPS[name])]


def money_tables(wanted: Metric) -> tuple[str, ...]:
    """The tables, the spine as one, whose amounts of money a metric adds up; empty where none do.

    Counts, and shares of counts, add up no money, even where an amount says which rows they count.
    """
    if wanted.unit is Unit.COUNT or wanted.roll_up is RollUp.SHARE:
        return ()
    found = (
        measure.table
        for measure in (MEASURES[name] for name in wanted.measures)
        if any(table(home).columns[name].kind is Kind.MONEY for home, name in sources_of(measure))
    )
    return tuple(dict.fromkeys(found))


def fiscal_tables(wanted: Metric) -> tuple[str, ...]:
    """The spine, where a metric adds up amounts of fiscal years; else nothing."""
    measures = (MEASURES[name] for name in wanted.measures)
    return (SPINE,) if any(column in OF_FISCAL_YEAR for m in measures for column in m.inputs) else ()


def metric_catalogue() -> pd.DataFrame:
    """One row per metric: name, title, formula, unit, better, roll_up, reasons, source.

    ``formula`` is in words, ``better`` is higher, lower or none, ``reasons`` lists the codes with which the
    figure can be undefined.

    >>> metric_catalogue().set_index("name").loc["cpi", "formula"]
    'Σ EV ÷ Σ AC of projects with both'
    """
    return pd.DataFrame(
        [
            {
                "name": m.name,
                "title": m.title,
                "formula": m.formula,
                "unit": str(m.unit),
                "better": str(m.better),
                "roll_up": str(m.roll_up),
                "reasons": ", ".join(reasons(m.name)),
                "source": m.source,
            }
            for m in CATALOGUE.values()
        ]
    )
