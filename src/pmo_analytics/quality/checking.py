"""Checking: all bounds and rules over the tables of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.quality.amounts import AMOUNTS
from pmo_analytics.quality.bounds import check_bounds, empty_cells
from pmo_analytics.quality.findings import gather
from pmo_analytics.quality.gates import GATES
from pmo_analytics.quality.governance import GOVERNANCE
from pmo_analytics.quality.keys import is_blank
from pmo_analytics.quality.likeness import LIKE
from pmo_analytics.quality.links import BETWEEN
from pmo_analytics.quality.over_time import OVER_TIME
from pmo_analytics.quality.rules import WITHIN, Field, Rule, Tables
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table
from pmo_analytics.schemas.tables import tables as all_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Every rule, in the order in which they are run; a code may have several records.
RULES = WITHIN + BETWEEN + OVER_TIME + LIKE + AMOUNTS + GATES + GOVERNANCE


@dataclass(frozen=True, eq=False)
class RuleRun:
    """What the rules found, and which could not be run: code and why, in words."""

    faults: pd.DataFrame
    not_run: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Checked:
    """The tables with the cells outside their bounds emptied, all faults, and the rules that were not run."""

    tables: Mapping[str, pd.DataFrame]
    faults: pd.DataFrame
    not_run: tuple[tuple[str, str], ...]


def check(tables: Mapping[str, pd.DataFrame]) -> Checked:
    """The tables checked: bounds first, then the rules on what is left, so that a fault is told once.

    ``tables`` are typed frames whose rows have keys (see :func:`~pmo_analytics.quality.keys.split_keys`).
    No row leaves: a cell outside its bounds becomes null, with a fault; what rules find stays as it is.
    Raises ``InvalidTable`` for frames that are not typed, ``UnknownName`` for a table that is not known.

    >>> from pmo_analytics.schemas.tables import table
    >>> rows = table("status").empty().reindex([0]).assign(ev=5.0, ac=0.0, pv=-1.0)
    >>> rows = rows.assign(project_id="P1", period=pd.Timestamp("2026-06-30"))
    >>> check({"status": rows}).faults[["code", "column"]].values.tolist()
    [['OUT_OF_RANGE', 'pv'], ['EV_WITHOUT_COST', 'ev']]
    """
    outside = check_bounds(tables)
    emptied = empty_cells(tables, outside)
    run = run_rules(emptied)
    return Checked(emptied, gather([outside, run.faults]), run.not_run)


def run_rules(tables: Mapping[str, pd.DataFrame], rules: Iterable[Rule] = RULES) -> RuleRun:
    """The faults of every rule that can be run, and the code and reason of those that cannot.

    A rule is not run where its table has no rows, too few periods, or nothing in a column that it needs.

    >>> run_rules({}).not_run[0]
    ('START_AFTER_FINISH', 'no rows of projects')
    """
    whole = complete(tables)
    found, not_run = [], []
    for rule in rules:
        why = hindrance(rule, whole)
        if why:
            not_run.append((rule.code, why))
        else:
            found.append(rule.find(whole))
    return RuleRun(gather(found), tuple(not_run))


def complete(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every table with every column, rows numbered from 0; those not given are empty."""
    for name in tables:
        table(name)
    return {name: _typed(tables.get(name), name) for name in all_tables()}


def _typed(frame: pd.DataFrame | None, table_name: str) -> pd.DataFrame:
    if frame is None:
        return table(table_name).empty()
    rows = frame.reset_index(drop=True)
    absent = {name: dtype for name, dtype in table(table_name).dtypes().items() if name not in rows}
    return rows.assign(**{name: pd.Series(index=rows.index, dtype=dtype) for name, dtype in absent.items()})


def hindrance(rule: Rule, tables: Tables) -> str:
    """Why a rule cannot be run on these complete tables; empty where it can."""
    rows = tables[rule.table]
    if rows.empty:
        return f"no rows of {rule.table}"
    empty = [field for field in rule.needs if not _has_value(field, tables)]
    if empty:
        return f"no value in {_named(empty)}"
    if rule.any_of and not any(_has_value(field, tables) for field in rule.any_of):
        return f"no value in {_named(rule.any_of)}"
    periods = rows[Project.period].nunique() if table(rule.table).has_period else 1
    if periods < rule.periods:
        return f"{rule.table} has {periods} of the {rule.periods} periods that it takes"
    return ""


def _has_value(field: Field, tables: Tables) -> bool:
    values = tables[field[0]][field[1]]
    filled = ~is_blank(values) if isinstance(values.dtype, pd.StringDtype) else values.notna()
    return bool(filled.any())


def _named(fields: Iterable[Field]) -> str:
    return " or ".join(f"{table_name}.{column}" for table_name, column in fields)
