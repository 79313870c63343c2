"""Amounts that do not belong together: other currencies and prices (rule X1), other magnitudes (rule X2)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pmo_analytics.quality.findings import as_text, faults, gather
from pmo_analytics.quality.keys import match_key
from pmo_analytics.quality.likeness import in_time
from pmo_analytics.quality.links import beside, budget
from pmo_analytics.quality.rules import Rule, Tables
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE, table

#: Budgets and forecasts: they change, but not a thousandfold from month to month. Sums to date may.
STOCKS = (
    ("projects", Project.wlc_budget),
    ("projects", Project.bac),
    ("projects", Project.contingency_budget),
    ("projects", Project.benefits_baseline),
    ("status", Status.bac),
    ("status", Status.eac_reported),
    ("status", Status.budget_fy),
    ("status", Status.forecast_fy),
)
#: Factors that a forgotten unit makes, and how far off they may be: a budget also changes in truth.
FACTORS, SPREAD = (1e3, 1e6), 0.1
#: Two files of one month are held against each other from this many amounts on, within this much of a million.
ENOUGH, WIDE = 5, 0.5


def _mixed_currency(table_name: str) -> Rule:
    entity = table(table_name).entity
    money = [c.name for c in table(table_name).columns.values() if c.kind is Kind.MONEY]

    def both(tables: Tables) -> tuple[pd.Series, pd.Series]:
        rows = tables[table_name]
        own = rows[Project.currency].where(rows[money].notna().any(axis=1))
        return own, _currency_of(rows[entity], rows[Project.period], tables)

    def judged(tables: Tables) -> pd.Series:
        own, that = both(tables)
        return own.notna() & that.notna()

    def find(tables: Tables) -> pd.DataFrame:
        rows, (own, that) = tables[table_name], both(tables)
        hit = own.notna() & that.notna() & (own != that)
        return faults(
            "MIXED_CURRENCY",
            rows[hit],
            table_name=table_name,
            column=Project.currency,
            value=own[hit],
            detail=that[hit],
        )

    needs = ((table_name, Project.currency),)
    return Rule("MIXED_CURRENCY", table_name, find, needs, _CURRENCIES, applies=judged)


def _currency_of(ids: pd.Series, periods: pd.Series, tables: Tables) -> pd.Series:
    """The currency of a project in a period: that of the project list, else that of its report."""
    spine = [Project.project_id, Project.period, Project.currency]
    listed = pd.concat([tables["projects"][spine], tables["status"][spine]], ignore_index=True)
    listed = listed.dropna(subset=Project.currency)
    key = pd.MultiIndex.from_arrays([match_key(listed[Project.project_id]), listed[Project.period]])
    known = listed[Project.currency].set_axis(key)
    known = known[~known.index.duplicated()]
    return known.reindex(pd.MultiIndex.from_arrays([match_key(ids), periods])).set_axis(ids.index)


def _mixed_basis(table_name: str) -> Rule:
    money = [c.name for c in table(table_name).columns.values() if c.kind is Kind.MONEY]

    def both(tables: Tables) -> tuple[pd.Series, pd.Series, pd.Series]:
        """The basis of each row, that of its project, and the one that most rows of its month have."""
        rows = tables[table_name]
        own = rows[Project.price_basis].where(rows[money].notna().any(axis=1))
        project = beside(rows, tables["projects"], Project.price_basis)
        sums = [rows[Project.period], rows[Project.currency].fillna("")]
        return own, project, own.groupby(sums).transform(_most).astype("str")

    def judged(tables: Tables) -> pd.Series:
        own, project, most = both(tables)
        return own.notna() & (project.notna() | most.notna())

    def find(tables: Tables) -> pd.DataFrame:
        rows, (own, project, most) = tables[table_name], both(tables)
        against = project if table_name == "status" else most
        told = "its project has " + against if table_name == "status" else "most of its month has " + against
        told = told.fillna("most of its month has " + most)
        hit = own.notna() & (own != against.fillna(most))
        return faults(
            "MIXED_PRICE_BASIS",
            rows[hit],
            table_name=table_name,
            column=Project.price_basis,
            value=own[hit],
            detail=told[hit],
        )

    needs = ((table_name, Project.price_basis),)
    return Rule("MIXED_PRICE_BASIS", table_name, find, needs, applies=judged)


def _most(words: pd.Series) -> str | None:
    """The word that stands most often; of as many the first in the alphabet."""
    counted = words.dropna().mode()
    return None if counted.empty else str(counted.iloc[0])


def _jumped(table_name: str, column: str) -> Rule:
    def find(tables: Tables) -> pd.DataFrame:
        stated = in_time(tables[table_name]).dropna(subset=column)
        before = stated[column].groupby(stated[Project.project_id]).shift()
        factor = factor_between(stated[column], before)
        hit = factor.notna()
        rows = tables[table_name].loc[stated.index[hit]]
        was = as_text(before[hit])
        return faults(
            "MAGNITUDE_JUMP",
            rows,
            table_name=table_name,
            column=column,
            value=rows[column],
            detail=factor[hit] + " " + was + " of the period before",
        )

    def judged(tables: Tables) -> pd.Series:
        stated = in_time(tables[table_name]).dropna(subset=column)
        again = stated[Project.project_id].duplicated()
        return again.reindex(tables[table_name].index, fill_value=False)

    return Rule("MAGNITUDE_JUMP", table_name, find, ((table_name, column),), periods=2, applies=judged)


def factor_between(now: pd.Series, before: pd.Series) -> pd.Series:
    """In words, which factor of a unit lies between two amounts; null where none does.

    >>> factor_between(pd.Series([5.2e6, 5.0, 9.0]), pd.Series([5.0, 5e3, 5.0])).tolist()
    ['about 1,000,000 times', 'about a 1,000th of', nan]
    """
    power = pd.Series(np.log10(now.where(now > 0) / before.where(before > 0)), index=now.index)
    told = pd.Series(pd.NA, index=now.index, dtype="str")
    for factor in FACTORS:
        told = told.mask((power - np.log10(factor)).abs() <= SPREAD, f"about {factor:,.0f} times")
        told = told.mask((power + np.log10(factor)).abs() <= SPREAD, f"about a {factor:,.0f}th of")
    return told


def _against_budget(tables: Tables) -> tuple[pd.Series, pd.Series]:
    """The forecast of each status row, and its budget: at completion, else of the whole life."""
    rows = tables["status"]
    return rows[Status.eac_reported], budget(tables).fillna(
        beside(rows, tables["projects"], Project.wlc_budget)
    )


def _apart_in_row(tables: Tables) -> pd.DataFrame:
    forecast, planned = _against_budget(tables)
    factor = factor_between(forecast, planned)
    hit = factor.notna()
    rows = tables["status"][hit]
    return faults(
        "MAGNITUDE_IN_ROW",
        rows,
        table_name="status",
        column=Status.eac_reported,
        value=rows[Status.eac_reported],
        detail=factor[hit] + " " + as_text(planned[hit]) + ", the budget",
    )


def _between_files(tables: Tables) -> pd.DataFrame:
    return gather(_files_apart(tables["projects"], column) for column in (Project.wlc_budget, Project.bac))


def _files_apart(projects: pd.DataFrame, column: str) -> pd.DataFrame:
    """A fault at the first row of each source whose amounts are a million times as small as another's."""
    stated = projects[projects[column] > 0]
    by = [stated[Project.period], stated[SOURCE]]
    middle = stated[column].groupby(by).median()[stated.groupby(by).size() >= ENOUGH]
    largest = middle.groupby(level=0).transform("max")
    powers = pd.Series(np.log10(largest / middle), index=middle.index)
    low = middle[(powers - 6).abs() <= WIDE]
    if low.empty:
        return gather([])
    first = stated.index.to_series().groupby(by).first()
    rows = projects.loc[first.reindex(low.index)]
    told = "another file of the month, " + as_text(largest.reindex(low.index)) + " in the middle"
    return faults(
        "MAGNITUDE_BETWEEN_FILES",
        rows,
        table_name="projects",
        column=column,
        value=rows[column],
        detail=told.set_axis(rows.index),
    )


_CURRENCIES = (("projects", Project.currency), ("status", Status.currency))

#: Every rule about the currency or the magnitude of amounts.
AMOUNTS = (
    _mixed_currency("status"),
    _mixed_currency("risks"),
    _mixed_currency("decisions"),
    _mixed_basis("projects"),
    _mixed_basis("status"),
    *(_jumped(name, column) for name, column in STOCKS),
    Rule(
        "MAGNITUDE_IN_ROW",
        "status",
        _apart_in_row,
        (("status", Status.eac_reported),),
        applies=lambda tables: pd.concat(_against_budget(tables), axis=1).notna().all(axis=1),
    ),
    Rule(
        "MAGNITUDE_BETWEEN_FILES",
        "projects",
        _between_files,
        (),
        (("projects", Project.wlc_budget), ("projects", Project.bac)),
    ),
)
