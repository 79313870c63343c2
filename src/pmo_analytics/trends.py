"""Trends: how the colours of a portfolio moved between two periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.words import FIVE_TO_THREE, SEVERITY

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio

BEFORE, AFTER, CATEGORY = "before", "after", "category"

JOINED, LEFT = "joined", "left"
IMPROVED, WORSENED, SAME, NOT_COMPARABLE = "improved", "worsened", "same", "not_comparable"
#: What can become of a project that is in both periods; the counts add up to ``matched``.
MATCHED = (IMPROVED, WORSENED, SAME, NOT_COMPARABLE)

_FROM, _TO = "__scale_before", "__scale_after"


@dataclass(frozen=True, eq=False)
class Movement:
    """How reported colours moved from one period to another.

    ``matched = improved + worsened + same + not_comparable``; the first portfolio has ``matched + left``
    projects, the second ``matched + joined``. ``across_scale_break`` says whether any matched project was
    rated on another scale before, so that its colours are compared on the three-point one. ``table`` has one
    row per project: project_id, before, after (colours as stored), category.
    """

    matched: int
    joined: int
    left: int
    improved: int
    worsened: int
    same: int
    not_comparable: int
    across_scale_break: bool
    table: pd.DataFrame


def movement(a: Portfolio, b: Portfolio) -> Movement:
    """How the reported colours moved from portfolio ``a`` to portfolio ``b``, each in its own period.

    Projects are matched by their identifier as stored. A matched project without a colour of its own in either
    period, none or one carried forward, is ``not_comparable``. Where its two scales differ both colours are
    read on the three-point scale; a scale that is not known is taken to be the same as the other. Raises
    nothing: two empty portfolios give zeros.

    >>> from pmo_analytics.portfolio import Portfolio
    >>> def of(colour):
    ...     row = {"project_id": ["P1"], "period": pd.to_datetime(["2026-06-30"]), "rag_reported": [colour]}
    ...     return Portfolio({"status": pd.DataFrame(row).assign(rag_scale=None)}, pd.Timestamp("2026-06-30"))
    >>> movement(of("amber"), of("red")).worsened
    1
    """
    both = _colours(a, BEFORE, _FROM).join(_colours(b, AFTER, _TO), how="outer").sort_index()
    matched = both.index.isin(a.project_ids) & both.index.isin(b.project_ids)
    broken = both[_FROM].notna() & both[_TO].notna() & (both[_FROM] != both[_TO])
    step = _severity(both[AFTER], broken) - _severity(both[BEFORE], broken)
    category = pd.Series(NOT_COMPARABLE, index=both.index, dtype="str")
    category = category.mask(step < 0, IMPROVED).mask(step > 0, WORSENED).mask(step == 0, SAME)
    category = category.mask(~both.index.isin(a.project_ids), JOINED)
    category = category.mask(~both.index.isin(b.project_ids), LEFT)
    counts = category.value_counts()
    table = both[[BEFORE, AFTER]].assign(**{CATEGORY: category})
    return Movement(
        matched=int(matched.sum()),
        **{name: int(counts.get(name, 0)) for name in (JOINED, LEFT, *MATCHED)},
        across_scale_break=bool((broken & matched).any()),
        table=table.rename_axis(Project.project_id).reset_index(),
    )


def _colours(portfolio: Portfolio, colour: str, scale: str) -> pd.DataFrame:
    """The reported colour and its scale, by project, of every project of the current period."""
    status = portfolio.tables["status"]
    current = status[status[Status.period] == portfolio.period].set_index(Status.project_id)
    # A colour carried forward is no news: it can neither have moved nor have stayed.
    own = current[current[Status.carried_from].isna()] if Status.carried_from in current else current
    wanted = own[[Status.rag_reported, Status.rag_scale]].astype("str")
    wanted = wanted.reindex(pd.Index(portfolio.project_ids, dtype="str"))
    return wanted.rename(columns={Status.rag_reported: colour, Status.rag_scale: scale})


def _severity(colours: pd.Series, broken: pd.Series) -> pd.Series:
    mapped = colours.where(~broken, colours.map(dict(FIVE_TO_THREE)))
    return mapped.map(dict(SEVERITY)).astype("float64")
