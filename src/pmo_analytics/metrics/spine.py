"""The spine: one row per project and period, from the project lists and the status reports together."""

from __future__ import annotations

import narwhals as nw

from pmo_analytics.metrics.expressions import first_true, given, number, where
from pmo_analytics.metrics.inputs import (
    READ,
    Frame,
    Inputs,
    columns_read,
    prepared_columns,
    seen_from,
    up_to,
)
from pmo_analytics.metrics.lookups import looked_up
from pmo_analytics.metrics.measure import AS_OF, PERIOD_DAY, SPINE
from pmo_analytics.metrics.pace import look_back
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

KEYS = [Project.project_id, Project.period]

#: The weight of a project in coverage, and which column it comes from as a position in BASES.
WEIGHT = "__weight"
BASIS = "__basis"
BASES = ("count", str(Project.wlc_budget), str(Project.bac))

#: The currency of a row that holds money; a row without money has none, one without a code has NO_VALUE.
CURRENCY = "__currency"

#: Stands for "none given" in keys, because a null joins to nothing.
NO_VALUE = "\ue000"


def spine(inputs: Inputs, *, by_period: bool) -> Frame:
    """One row per project and period of both tables; only the latest period up to ``as_of`` unless by period.

    A column that both tables hold is taken from the status report, else from the project list. Each row
    carries the day it is seen from, its weight in coverage and its currency.
    """
    dated = [inputs.frames[name] for name in ("projects", "status")]
    keys = nw.concat([frame.select(*KEYS, PERIOD_DAY) for frame in dated]).unique(KEYS)
    listed, reported = (frame.drop(PERIOD_DAY) for frame in dated)
    shared = [c for c in prepared_columns("status") if c in prepared_columns("projects") and c not in KEYS]
    listed = listed.rename({column: _listed(column) for column in shared})
    rows = keys.join(listed, on=KEYS, how="left").join(reported, on=KEYS, how="left")
    rows = rows.with_columns(*(nw.coalesce(nw.col(c), nw.col(_listed(c))).alias(c) for c in shared))
    rows = look_back(rows.drop(*(_listed(column) for column in shared)))
    rows = up_to(rows, inputs, by_period=by_period)
    rows = rows.with_columns(seen_from(inputs, by_period=by_period).alias(AS_OF), _currency().alias(CURRENCY))
    if inputs.derive_headline:
        rows = rows.with_columns(_headline().alias(Status.rag_reported))
    return looked_up(_weighed(rows), SPINE, inputs, by_period=by_period)


def groupable() -> tuple[str, ...]:
    """The columns that projects can be grouped by: the text columns of the spine, and the period."""
    names = [c for name in ("projects", "status") for c in columns_read(name) if _is_group(name, c)]
    return tuple(dict.fromkeys(names))


def _is_group(name: str, column: str) -> bool:
    return table(name).columns[column].kind in (Kind.TEXT, Kind.WORD, Kind.COLOUR, Kind.PERIOD)


def _listed(column: str) -> str:
    return f"{column}__listed"


def _headline() -> nw.Expr:
    ratings = (Status.rag_reported, Status.rag_independent, Status.rag_overall)
    return nw.coalesce(*(nw.col(rating) for rating in ratings))


def _money() -> list[str]:
    names = (c for name in READ[:2] for c in columns_read(name) if table(name).columns[c].kind is Kind.MONEY)
    return list(dict.fromkeys(names))


def _currency() -> nw.Expr:
    any_money = nw.coalesce(*(nw.col(column) for column in _money()))
    return where(given(any_money), nw.col(Project.currency).fill_null(NO_VALUE))


def _weighed(rows: Frame) -> Frame:
    bac, wlc = nw.col(Project.bac), nw.col(Project.wlc_budget)
    by_bac, by_wlc = "__with_bac", "__with_wlc"
    rows = rows.with_columns(bac.count().alias(by_bac), wlc.count().alias(by_wlc))
    has_bac, has_wlc = nw.col(by_bac) > 0, nw.col(by_wlc) > 0
    weight = first_true([(has_bac, bac), (has_wlc, wlc)], number(1))
    basis = first_true([(has_bac, number(2)), (has_wlc, number(1))], number(0))
    return rows.with_columns(weight.fill_null(0.0).alias(WEIGHT), basis.alias(BASIS)).drop(by_bac, by_wlc)
