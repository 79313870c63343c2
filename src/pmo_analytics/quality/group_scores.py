"""Group scores: the scores of many projects as one figure and the worst, and how many reports came in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.reasons import Reason
from pmo_analytics.schemas.results import empty_result
from pmo_analytics.schemas.scores import GroupQuality, ProjectQuality

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What scores are weighted by: the first of these that any project has; without them each project counts once.
WEIGHTS = (ProjectQuality.bac, ProjectQuality.wlc_budget)
EACH_ONCE = "count"
#: The share of reports that come no later than the days shown beside the median and the most.
LATE_SHARE = 0.8
#: Stands for an amount that names no currency: it adds only to others of its kind.
_NO_CURRENCY = "\ue000"


def score_groups(scored: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """One row per group of scored projects and month: the columns of ``by``, then those of ``GroupQuality``.

    ``scored`` is what ``score_projects`` gave, with the columns of ``by`` beside it; projects without a value
    there form a group of their own. Without any project there is one row, undefined, if ``by`` is empty.
    """
    basis = next((name for name in WEIGHTS if (scored[name] > 0).any()), EACH_ONCE)
    weight = scored[basis].clip(lower=0).fillna(0.0) if basis != EACH_ONCE else scored[WEIGHTS[0]] * 0
    weight = weight if basis != EACH_ONCE else weight.fillna(0.0) + 1
    rows = scored.reset_index(drop=True).assign(weight=weight.to_numpy())
    keys = [*by, str(Project.period)]
    groups = rows.groupby(keys, dropna=False)
    told = pd.DataFrame({GroupQuality.projects: groups.size()})
    told = told.join([_scores(rows, keys, basis), _reporting(rows, keys)]).reset_index()
    told = told.assign(**{GroupQuality.coverage_weight: basis})
    shape = empty_result(GroupQuality).dtypes.to_dict()
    if not by and told.empty:
        return pd.DataFrame([_NOTHING], columns=list(shape)).astype(shape)
    return told[[*by, *shape]].astype(shape)


def _scores(rows: pd.DataFrame, keys: list[str], basis: str) -> pd.DataFrame:
    score = rows[ProjectQuality.quality_score]
    used = rows[score.notna() & (rows["weight"] > 0)]
    by = used.groupby(keys, dropna=False)
    lost = used.assign(product=used[ProjectQuality.quality_score] * used["weight"])
    mean = lost.groupby(keys, dropna=False)["product"].sum() / by["weight"].sum()
    codes = used.assign(code=used[ProjectQuality.currency].fillna(_NO_CURRENCY)).groupby(keys, dropna=False)
    mixed = (codes["code"].nunique() > 1) & (basis != EACH_ONCE)
    lowest = score.groupby([rows[key] for key in keys], dropna=False)
    worst = rows[score.notna() & (score == lowest.transform("min"))].groupby(keys, dropna=False)
    whole = pd.DataFrame(
        {
            GroupQuality.quality_worst: lowest.min(),
            GroupQuality.quality_score: mean.mask(mixed),
            "mixed": mixed,
            GroupQuality.quality_score_n_used: by.size(),
            GroupQuality.quality_worst_projects: worst[ProjectQuality.project_id].agg(", ".join),
        }
    )
    mixed = whole.pop("mixed").fillna(False).astype("bool")
    reason = mixed.map({True: str(Reason.MIXED_CURRENCY), False: str(Reason.NO_DATA)})
    undefined = whole[GroupQuality.quality_score].isna()
    return whole.assign(
        **{
            GroupQuality.quality_score_reason: reason.where(undefined),
            GroupQuality.quality_score_n_used: whole[GroupQuality.quality_score_n_used].fillna(0),
            GroupQuality.quality_worst_projects: whole[GroupQuality.quality_worst_projects].fillna(""),
        }
    )


def _reporting(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Reports in time by reports due: of those of which it is known, if any that came says when it came."""
    due = rows[rows[ProjectQuality.owes]]
    came, late = due[ProjectQuality.reported], due[ProjectQuality.late_days]
    facts: dict[str, Any] = {
        "owed": 1,
        "missing": ~came,
        "came": came,
        "dated": came & late.notna(),
        "known": due[ProjectQuality.in_time].notna(),
        "in_time": due[ProjectQuality.in_time].fillna(False),
    }
    counted = due.assign(**facts).groupby(keys, dropna=False)[list(facts)].sum()
    counted = counted.reindex(rows.groupby(keys, dropna=False).size().index).fillna(0).astype("float64")
    told = (counted["dated"] > 0) | (counted["came"] == 0)
    share = (counted["in_time"] / counted["known"].where(counted["known"] > 0)).where(told)
    none_due = counted["owed"] == 0
    reason = none_due.map({True: str(Reason.NOT_APPLICABLE), False: str(Reason.NO_DATA)})
    days = late.groupby([due[key] for key in keys], dropna=False)
    return counted.assign(
        **{
            GroupQuality.reporting_timeliness: share,
            GroupQuality.reporting_timeliness_reason: reason.where(share.isna()),
            GroupQuality.reporting_timeliness_n_used: counted["known"].where(share.notna(), 0),
            GroupQuality.reports_due: counted["owed"],
            GroupQuality.reports_missing: counted["missing"],
            GroupQuality.late_days_median: days.median(),
            GroupQuality.late_days_p80: days.quantile(LATE_SHARE),
            GroupQuality.late_days_max: days.max(),
        }
    )[list(_REPORTING)]


_REPORTING = (
    GroupQuality.reporting_timeliness,
    GroupQuality.reporting_timeliness_reason,
    GroupQuality.reporting_timeliness_n_used,
    GroupQuality.reports_due,
    GroupQuality.reports_missing,
    GroupQuality.late_days_median,
    GroupQuality.late_days_p80,
    GroupQuality.late_days_max,
)
#: The row of a portfolio without projects.
_NOTHING = {
    GroupQuality.projects: 0,
    GroupQuality.quality_score_reason: str(Reason.NO_DATA),
    GroupQuality.quality_score_n_used: 0,
    GroupQuality.coverage_weight: EACH_ONCE,
    GroupQuality.quality_worst_projects: "",
    GroupQuality.reporting_timeliness_reason: str(Reason.NOT_APPLICABLE),
    GroupQuality.reporting_timeliness_n_used: 0,
    GroupQuality.reports_due: 0,
    GroupQuality.reports_missing: 0,
}
