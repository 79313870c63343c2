"""The spine: one row per project and period, from the project lists and the status reports together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.metrics.catalogue import SPINE_TABLES
from pmo_analytics.metrics.expressions import first_true, given, number, where
from pmo_analytics.metrics.inputs import (
    Frame,
    Inputs,
    columns_read,
    prepared_columns,
    seen_from,
    up_to,
)
from pmo_analytics.metrics.lookups import looked_up
from pmo_analytics.metrics.measure import AS_OF, CALENDAR, CURRENCY, PERIOD_DAY, RATES, SPINE
from pmo_analytics.metrics.pace import look_back
from pmo_analytics.metrics.steadiness import look_back_for_forecasts, look_back_for_movements
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import OF_FISCAL_YEAR, Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

KEYS = [Project.project_id, Project.period]

#: Levels above projects: their own register rows count for them, beside those of their projects.
LEVELS = (Project.programme_id, Project.portfolio_id)

#: The weight of a project in coverage, and which column it comes from as a position in BASES.
WEIGHT = "__weight"
BASIS = "__basis"
BASES = ("count", str(Project.wlc_budget), str(Project.bac))

#: Stands for "none given" in keys, because a null joins to nothing.
NO_VALUE = "\ue000"


def spine(inputs: Inputs, *, by_period: bool, as_now: bool = False) -> Frame:
    """One row per project and period of both tables; only the latest period up to ``as_of`` unless by period.

    A column that both tables hold is taken from the status report, else from the project list. Each row
    carries the day it is seen from, its weight in coverage and its currency. ``as_now``: every row has the programme
    and the portfolio of the latest row of its project.
    """
    dated = [inputs.frames[name] for name in ("projects", "status")]
    keys = nw.concat([frame.select(*KEYS, PERIOD_DAY) for frame in dated]).unique(KEYS)
    listed, reported = (frame.drop(PERIOD_DAY) for frame in dated)
    shared = [c for c in prepared_columns("status") if c in prepared_columns("projects") and c not in KEYS]
    listed = listed.rename({column: _listed(column) for column in shared})
    rows = keys.join(listed, on=KEYS, how="left").join(reported, on=KEYS, how="left")
    rows = rows.with_columns(*(nw.coalesce(nw.col(c), nw.col(_listed(c))).alias(c) for c in shared))
    past = up_to(rows.drop(*(_listed(column) for column in shared)), inputs, by_period=True)
    rows = look_back_for_forecasts(look_back_for_movements(look_back(past)))
    rows = up_to(rows, inputs, by_period=by_period)
    if as_now:
        rows = _moved(rows)
    rows = rows.with_columns(
        seen_from(inputs, by_period=by_period).alias(AS_OF),
        _common(_money(), Project.currency).alias(CURRENCY),
        _common(_money(), Project.rate_set).alias(RATES),
        _common(OF_FISCAL_YEAR, Project.calendar_id).alias(CALENDAR),
    )
    if inputs.derive_headline:
        rows = rows.with_columns(_headline().alias(Status.rag_reported))
    return looked_up(_weighed(rows), SPINE, inputs, by_period=by_period)


def _moved(rows: Frame) -> Frame:
    latest = "__latest"
    last = rows.with_columns(nw.col(Project.period).max().over(Project.project_id).alias(latest))
    last = last.filter(nw.col(Project.period) == nw.col(latest))
    return rows.drop(*LEVELS).join(
        last.select(Project.project_id, *LEVELS), on=Project.project_id, how="left"
    )


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
    names = (
        c for name in SPINE_TABLES for c in columns_read(name) if table(name).columns[c].kind is Kind.MONEY
    )
    return list(dict.fromkeys(names))


def _common(amounts: Iterable[str], column: str) -> nw.Expr:
    """The currency, or calendar, of a row with such amounts, NO_VALUE where it names none; else null."""
    some = nw.coalesce(*(nw.col(amount) for amount in amounts))
    return where(given(some), nw.col(column).fill_null(NO_VALUE))


def _weighed(rows: Frame) -> Frame:
    bac, wlc = nw.col(Project.bac), nw.col(Project.wlc_budget)
    by_bac, by_wlc = "__with_bac", "__with_wlc"
    rows = rows.with_columns(bac.count().alias(by_bac), wlc.count().alias(by_wlc))
    has_bac, has_wlc = nw.col(by_bac) > 0, nw.col(by_wlc) > 0
    weight = first_true([(has_bac, bac), (has_wlc, wlc)], number(1))
    basis = first_true([(has_bac, number(2)), (has_wlc, number(1))], number(0))
    return rows.with_columns(weight.fill_null(0.0).alias(WEIGHT), basis.alias(BASIS)).drop(by_bac, by_wlc)
