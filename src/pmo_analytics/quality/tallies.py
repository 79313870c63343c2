"""Tallies: of each project and month which checks applied to it, how often, and how many failed.

What failed are the findings; what applied is counted from the tables: the rows that a rule can judge, the cells that
are filled, the reports that are due. A check that is only known where it failed (two deliveries that differ) applied
there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pmo_analytics.quality.cell_kinds import CELL_KINDS
from pmo_analytics.quality.checking import RULES, complete, hindrance
from pmo_analytics.quality.dimensions import IN_TIME, NEEDED, READABLE, REPORT, SEVERITY_WEIGHT
from pmo_analytics.quality.findings import row_key
from pmo_analytics.quality.following import MENDED
from pmo_analytics.quality.keys import match_key
from pmo_analytics.quality.kinds import ERROR, KINDS, WARNING
from pmo_analytics.quality.links import beside
from pmo_analytics.quality.punctuality import own_reports
from pmo_analytics.quality.reports import shared_columns
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.scores import ProjectQuality
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table
from pmo_analytics.schemas.tables import tables as all_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmo_analytics.quality.dimensions import Count
    from pmo_analytics.quality.rules import Rule, Tables
    from pmo_analytics.schemas.tables import Column

#: The project as it matches; with the month it is the key of a tally.
ID = "id"
KEYS = [ID, str(Project.period)]
CHECK, DIMENSION, APPLIED = "check", "dimension", "applied"
#: Failed checks by severity; weights of what applied and of what failed.
ERRORS, WARNINGS, WEIGHT, LOST = "errors", "warnings", "weight", "lost"

#: The tables whose rows have a month and belong to a project, or may.
DATED = tuple(name for name, t in all_tables().items() if t.has_period and t.entity)
_CELL_CODES = frozenset(kind.code for kind in CELL_KINDS)
#: Why a cell is null though something stands in it, or somebody is not to see it: it is not missing.
_SAID = ("unreadable", "conflict")
_WITHHELD = "withheld"


def tally(tables: Tables, findings: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """One row per project (as it matches), month and check: dimension, how often it applied, what failed.

    ``reports`` is what ``punctuality`` says. Columns: id, period, check, dimension, applied, errors, warnings,
    weight, lost; the last two are the same counts with the weights of the severities.
    """
    here = complete(tables)
    status = here["status"]
    here["status"] = status[status[Status.carried_from].isna()].reset_index(drop=True)
    failed = failures(findings)
    in_cell = failed[Finding.code].isin(_CELL_CODES)
    places = {name: _placed(name, here[name]) for name in DATED}
    parts = [
        _rules(here, places, failed[~in_cell]),
        *_cells(here, places, failed[in_cell]),
        *_of_reports(reports),
    ]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def failures(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings that count in a score, with the project and the month that they are about."""
    weighing = {code for code, kind in KINDS.items() if kind.dimension and SEVERITY_WEIGHT[kind.severity]}
    rows = findings[findings[Finding.code].isin(weighing) & (findings[Finding.status] != MENDED)]
    month = rows[Finding.key].str.extract(r"(?:^|/)(\d{4}-\d{2})$", expand=False)
    days = pd.to_datetime(month, format="%Y-%m", errors="coerce") + pd.offsets.MonthEnd(0)
    return rows.assign(
        **{
            ID: match_key(rows[Finding.entity_id]),
            KEYS[1]: days.astype("datetime64[us]"),
            DIMENSION: rows[Finding.code].map({code: kind.dimension for code, kind in KINDS.items()}),
        }
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """One table of those that count, with the project and month of each row as a number, -1 for none."""

    name: str
    rows: pd.DataFrame
    numbers: np.ndarray
    keys: pd.Index

    def counted(self, amount: pd.Series) -> pd.Series:
        """The sum of an amount by project and month."""
        known = self.numbers >= 0
        sums = np.bincount(
            self.numbers[known], weights=amount.to_numpy(dtype="float64")[known], minlength=len(self.keys)
        )
        return pd.Series(sums, index=self.keys)


def _placed(name: str, rows: pd.DataFrame) -> _Placed:
    keys = pd.DataFrame({ID: match_key(rows[table(name).entity]), KEYS[1]: rows[Project.period]})
    groups = keys.groupby(KEYS)
    numbers = groups.ngroup().fillna(-1).astype("int64")  # pandas numbers a row without a project NaN
    return _Placed(name, rows, numbers.to_numpy(), groups.size().index)


def _rules(here: Tables, places: dict[str, _Placed], failed: pd.DataFrame) -> pd.DataFrame:
    applied: list[pd.Series] = []
    for rule in RULES:
        if rule.table in places and not hindrance(rule, here):
            judged = rule.applies(here) if rule.applies else _filled(rule, here)
            applied.append(_of_check(places[rule.table].counted(judged), rule.code))
    every = [place.counted(pd.Series(1.0, index=place.rows.index)) for place in places.values()]
    misses = failed.groupby([*KEYS, Finding.code]).size().rename_axis([*KEYS, CHECK])
    # A second row with a key is kept out of the tables: it was checked too.
    again = misses[misses.index.get_level_values(CHECK) == "DUPLICATE_KEY"]
    counts = pd.concat([*applied, *(_of_check(one, "DUPLICATE_KEY") for one in every), again])
    both = pd.DataFrame({APPLIED: counts.groupby(level=[0, 1, 2]).sum(), LOST: misses}).fillna(0.0)
    both = both.assign(**{APPLIED: both.max(axis=1)}).rename_axis([*KEYS, CHECK]).reset_index()
    severity = both[CHECK].map({code: kind.severity for code, kind in KINDS.items()})
    weight = severity.map(dict(SEVERITY_WEIGHT))
    columns: dict[str, Any] = {
        DIMENSION: both[CHECK].map({code: kind.dimension for code, kind in KINDS.items()}),
        ERRORS: both[LOST].where(severity == ERROR, 0.0),
        WARNINGS: both[LOST].where(severity == WARNING, 0.0),
        WEIGHT: both[APPLIED] * weight,
        LOST: both[LOST] * weight,
    }
    return _shaped(both.assign(**columns))


def _of_check(counts: pd.Series, code: str) -> pd.Series:
    found: pd.Series = pd.concat({code: counts[counts > 0]}, names=[CHECK]).reorder_levels([*KEYS, CHECK])
    return found


def _filled(rule: Rule, here: Tables) -> pd.Series:
    rows = here[rule.table]
    needs = [column for name, column in rule.needs if name == rule.table]
    either = [column for name, column in rule.any_of if name == rule.table]
    judged = rows[needs].notna().all(axis=1)
    return judged & rows[either].notna().any(axis=1) if either else judged


def _cells(here: Tables, places: dict[str, _Placed], failed: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Of each cell whether it can be read; of each that is needed whether anything stands there."""
    ranked = failed.assign(order=failed[Finding.severity].ne(ERROR)).sort_values("order", kind="stable")
    once = ranked.drop_duplicates([Finding.table, Finding.key, Finding.column])
    for name, place in places.items():
        told = once[once[Finding.table] == name]
        reports = place if name != "status" else _placed(name, own_reports(place.rows))
        yield _readable(place, told)
        yield _needed(here, reports, told)


def _readable(place: _Placed, told: pd.DataFrame) -> pd.DataFrame:
    own = [column.name for column in _columns(place.name) if not column.key]
    filled = place.rows[own].notna().sum(axis=1)
    for column in told[Finding.column].unique():
        if column in own:
            filled = filled + (_is_told(place, column, told) & place.rows[column].isna()).astype("int64")
    errors, warnings = (
        told[told[Finding.severity] == severity].groupby(KEYS).size() for severity in (ERROR, WARNING)
    )
    # A cell of a row that is kept out stands in no table, and was checked too.
    misses = errors.add(warnings, fill_value=0)
    applied = pd.concat([place.counted(filled), misses], axis=1).max(axis=1)
    return _of_count(READABLE, applied, errors=errors, warnings=warnings)


def _needed(here: Tables, place: _Placed, told: pd.DataFrame) -> pd.DataFrame:
    rows = place.rows
    applied, missing = pd.Series(0, index=rows.index), pd.Series(0, index=rows.index)
    for column in _columns(place.name):
        if column.required and not column.key:
            value = _with_other(rows, here, place.name, column.name)
            reason = rows[reason_of(column.name)] if column.reasoned else pd.Series(pd.NA, index=rows.index)
            seen = value.notna() | ~reason.isin([_WITHHELD])
            empty = value.isna() & ~reason.isin(_SAID) & ~_is_told(place, column.name, told)
            applied, missing = applied + seen.astype("int64"), missing + (seen & empty).astype("int64")
    return _of_count(NEEDED, place.counted(applied), warnings=place.counted(missing))


def _with_other(rows: pd.DataFrame, here: Tables, name: str, column: str) -> pd.Series:
    """The value of a column, else that of the project list beside the report."""
    value = rows[column]
    if name != "status" or column not in shared_columns() or value.notna().all():
        return value
    return value.where(value.notna(), beside(rows, here["projects"], column))


def _of_reports(reports: pd.DataFrame) -> Iterator[pd.DataFrame]:
    due = reports[reports[ProjectQuality.owes]]
    gone = ~due[ProjectQuality.reported]
    yield _of_count(REPORT, pd.Series(1, index=due.index), errors=gone.set_axis(due.index).astype("int64"))
    known = due[due[ProjectQuality.in_time].notna()]
    late = (~known[ProjectQuality.in_time]).astype("int64")
    yield _of_count(IN_TIME, pd.Series(1, index=known.index), warnings=late)
    # Of a report that is missing every needed cell is, but those that the project list has as well.
    listed = set(shared_columns())
    needed = sum(c.required and not c.key and c.name not in listed for c in _columns("status"))
    missing = pd.Series(needed, index=due.index[gone.to_numpy()])
    yield _of_count(NEEDED, missing, warnings=missing)


def _of_count(
    count: Count,
    applied: pd.Series,
    *,
    errors: pd.Series | None = None,
    warnings: pd.Series | None = None,
) -> pd.DataFrame:
    nothing = pd.Series(dtype="float64")
    frame = pd.DataFrame({APPLIED: applied})
    for name, part in ((ERRORS, errors), (WARNINGS, warnings)):
        frame[name] = (nothing if part is None else part).reindex(frame.index)
    frame = frame.fillna(0)
    lost = frame[ERRORS] * SEVERITY_WEIGHT[ERROR] + frame[WARNINGS] * SEVERITY_WEIGHT[WARNING]
    columns: dict[str, Any] = {
        CHECK: count.name,
        DIMENSION: count.dimension,
        WEIGHT: frame[APPLIED] * SEVERITY_WEIGHT[count.severity],
        LOST: lost,
    }
    return _shaped(frame.assign(**columns).rename_axis(KEYS).reset_index())


def _shaped(tallied: pd.DataFrame) -> pd.DataFrame:
    columns = [*KEYS, CHECK, DIMENSION, APPLIED, ERRORS, WARNINGS, WEIGHT, LOST]
    return tallied.loc[tallied[APPLIED] > 0, columns]


def _columns(name: str) -> list[Column]:
    return [column for column in table(name).columns.values() if not column.derived]


def _is_told(place: _Placed, column: str, told: pd.DataFrame) -> pd.Series:
    """Where a finding speaks of the cell already."""
    keys = told.loc[told[Finding.column] == column, Finding.key]
    if keys.empty:
        return pd.Series(False, index=place.rows.index)
    return row_key(place.rows, place.name).isin(keys)
