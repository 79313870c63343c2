"""Data quality of a portfolio: a score per project (GQ01) and for any group of projects, with reporting (GQ02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import UnknownName
from pmo_analytics.quality.group_scores import score_groups
from pmo_analytics.quality.scores import score_projects
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.portfolio import Portfolio


def score_quality(portfolio: Portfolio, *, by_period: bool = False) -> pd.DataFrame:
    """One row per project: how sound its data are, from 0 to 100, and whether its report came in time.

    ``quality_score`` is the weighted mean, times 100, of the dimensions that had anything to check: completeness
    0.25, validity 0.25, consistency 0.20, timeliness 0.15, uniqueness 0.05, referential integrity 0.10. Each is
    1 less the share of its applicable checks that failed, an error weighing 3 and a warning 1; ``weight_judged``
    says which part of the weights was judged. An error of the rules K1, K2 and X1 (``capped_by``) caps the score
    at 50. It is undefined (NOT_APPLICABLE) where nothing applied. ``in_time`` says whether the report came by
    ``report_due``, the working day that ``reports_due`` in the settings names; a missing report did not; it is
    unknown (NO_DATA) without that setting or the day of submission, and NOT_APPLICABLE where none was due.

    Checks and their dimensions: ``docs/quality_rules.md``. Findings about a programme or a whole file count for
    no project. With ``by_period`` every month up to ``as_of`` is scored, else the current one.

    >>> import pandas as pd
    >>> import pmo_analytics as pmo
    >>> status = pd.DataFrame({"project_id": ["A"], "pv": [9], "ev": [9], "ac": ["?"], "bac": [20]})
    >>> scored = pmo.score_quality(pmo.from_frames(status=status, as_of="2026-06-30"))
    >>> scored[["completeness", "validity", "failed_errors"]].round(2).values.tolist()
    [[0.8, 0.75, 1.0]]
    """
    periods = portfolio.periods if by_period else portfolio.periods[-1:]
    return score_projects(
        portfolio.tables,
        portfolio.findings,
        periods=periods,
        reports_due=portfolio.settings.reports_due,
    )


def roll_up_quality(
    portfolio: Portfolio, *, by: str | Sequence[str] | None = None, by_period: bool = False
) -> pd.DataFrame:
    """One row per group of projects: their data quality as one figure, the worst of them, and reports in time.

    ``quality_score`` is the mean of the projects' scores weighted by budget at completion (else by whole-life
    cost, else each once, as ``coverage_weight`` says), of ``quality_score_n_used`` projects; budgets in several
    currencies leave it undefined (MIXED_CURRENCY): group by currency. ``quality_worst`` is the lowest score and
    ``quality_worst_projects`` who has it. ``reporting_timeliness`` is reports in time by reports due, of those
    of which it is known; missing ones are late. It is undefined (NO_DATA) where no report that came says when,
    or no day is due, and NOT_APPLICABLE where none was due. ``late_days_…`` count from the due day.

    ``by`` is a text column of the project list, or a list of them; ``None`` is the whole portfolio in one row,
    undefined where it has no project. Raises ``UnknownName`` for any other column.

    >>> import pandas as pd
    >>> import pmo_analytics as pmo
    >>> status = pd.DataFrame({"project_id": ["A", "B"], "bac": [30, 10], "ac": [1, "?"]})
    >>> rolled = pmo.roll_up_quality(pmo.from_frames(status=status, as_of="2026-06-30"))
    >>> rolled[["projects", "coverage_weight", "quality_worst_projects"]].values.tolist()
    [[2.0, 'bac', 'B']]
    """
    wanted = [] if by is None else [by] if isinstance(by, str) else list(dict.fromkeys(by))
    known = [c.name for c in table("projects").columns.values() if c.kind in (Kind.TEXT, Kind.WORD)]
    for name in wanted:
        if name not in known:
            raise UnknownName("column of projects to group by", name, known)
    scored = score_quality(portfolio, by_period=by_period)
    keys = [Project.project_id, Project.period]
    columns = [name for name in wanted if name not in scored]
    beside = scored.merge(portfolio.projects[[*keys, *columns]], on=keys, how="left") if columns else scored
    return score_groups(beside, wanted)
