"""Scores: how sound the data of a project are in a month (GQ01), beside the punctuality of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.quality.dimensions import CAP, CAPPING_RULES, DIMENSIONS
from pmo_analytics.quality.keys import match_key
from pmo_analytics.quality.kinds import ERROR, KINDS
from pmo_analytics.quality.links import beside
from pmo_analytics.quality.punctuality import punctuality
from pmo_analytics.quality.tallies import (
    APPLIED,
    DIMENSION,
    ERRORS,
    ID,
    KEYS,
    LOST,
    WARNINGS,
    WEIGHT,
    failures,
    tally,
)
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.reasons import Reason
from pmo_analytics.schemas.results import Finding, empty_result
from pmo_analytics.schemas.scores import ProjectQuality
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.quality.rules import Tables


def score_projects(
    tables: Tables,
    findings: pd.DataFrame,
    *,
    periods: Sequence[pd.Timestamp],
    reports_due: int | None = None,
) -> pd.DataFrame:
    """One row per project and month of ``periods``: the columns of ``ProjectQuality``, by month and project.

    ``findings`` are those of the tables: what failed; ``reports_due`` is the working day of the settings.
    """
    spine = _spine(tables, periods)
    if spine.empty:
        return empty_result(ProjectQuality)
    at = pd.MultiIndex.from_frame(spine[KEYS])
    reports = punctuality(at, tables, reports_due)
    counted = tally(tables, findings, reports)
    counted = counted[pd.MultiIndex.from_frame(counted[KEYS]).isin(at)]
    scored = _scored(counted, at).join(reports).join(_caps(findings).rename(ProjectQuality.capped_by))
    capped = scored[ProjectQuality.capped_by].fillna("")
    score = scored[ProjectQuality.quality_score]
    columns: dict[str, Any] = {
        Project.project_id: spine[Project.project_id].to_numpy(),
        Project.period: spine[Project.period].to_numpy(),
        ProjectQuality.quality_score: score.where(capped == "", score.clip(upper=CAP)),
        ProjectQuality.quality_score_reason: score.isna().map({True: str(Reason.NOT_APPLICABLE)}),
        ProjectQuality.capped_by: capped,
        **_weights(spine, tables),
    }
    rows = scored.assign(**columns)
    shape = empty_result(ProjectQuality).dtypes.to_dict()
    return rows[list(shape)].reset_index(drop=True).astype(shape)


def _spine(tables: Tables, periods: Sequence[pd.Timestamp]) -> pd.DataFrame:
    """The projects of each month, with the id as it is stored and as it matches."""
    keys = [Project.project_id, Project.period]
    status = tables["status"]
    parts = [tables["projects"][keys], status.loc[status[Status.carried_from].isna(), keys]]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[rows[Project.period].isin(list(periods))]
    rows = rows.assign(**{ID: match_key(rows[Project.project_id])}).drop_duplicates(KEYS)
    return rows.sort_values([KEYS[1], ID], kind="stable", ignore_index=True)


def _scored(counted: pd.DataFrame, at: pd.MultiIndex) -> pd.DataFrame:
    """Of each project and month the share of passed checks by dimension, and the score."""
    names = [dimension.name for dimension in DIMENSIONS]
    sums = counted.groupby([*KEYS, DIMENSION])[[WEIGHT, LOST]].sum()
    passed = (1 - sums[LOST] / sums[WEIGHT]).unstack(DIMENSION).reindex(index=at, columns=names)
    weights = pd.Series({dimension.name: dimension.weight for dimension in DIMENSIONS})
    judged = passed.notna().mul(weights, axis=1).sum(axis=1)
    total = passed.mul(weights, axis=1).sum(axis=1, min_count=1)
    counts = counted.groupby(KEYS)[[APPLIED, ERRORS, WARNINGS]].sum().reindex(at).fillna(0)
    return passed.astype("float64").assign(
        **{
            ProjectQuality.quality_score: 100 * total / judged.where(judged > 0),
            ProjectQuality.weight_judged: judged,
            ProjectQuality.checks: counts[APPLIED],
            ProjectQuality.failed_errors: counts[ERRORS],
            ProjectQuality.failed_warnings: counts[WARNINGS],
        }
    )


def _caps(findings: pd.DataFrame) -> pd.Series:
    """The kinds of findings that cap a score, by project and month."""
    capping = [k.code for k in KINDS.values() if k.rule in CAPPING_RULES and k.severity == ERROR]
    rows = failures(findings[findings[Finding.code].isin(capping)]).drop_duplicates([*KEYS, Finding.code])
    rows = rows.sort_values([*KEYS, Finding.code], kind="stable")
    return rows.groupby(KEYS)[Finding.code].agg(", ".join)


def _weights(spine: pd.DataFrame, tables: Tables) -> dict[str, Any]:
    """The budgets by which scores are weighted, and their currency: of the report, else of the list.

    Of a project that did not report it is the last report, carried forward: silence makes no project lighter.
    """
    reports, listed = tables["status"], tables["projects"]
    bac = beside(spine, reports, Status.bac).fillna(beside(spine, listed, Project.bac))
    whole = beside(spine, listed, Project.wlc_budget)
    currency = beside(spine, reports, Status.currency).fillna(beside(spine, listed, Project.currency))
    named = (ProjectQuality.bac, ProjectQuality.wlc_budget, ProjectQuality.currency)
    return {name: values.to_numpy() for name, values in zip(named, (bac, whole, currency), strict=True)}
