"""What a report says, computed once: sheets and pages only render it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.measuring import measure
from pmo_analytics.rag.rating import rate
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.report.reasons import deciding_reasons
from pmo_analytics.rollups import count_colours, roll_up
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.trends import movement

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.rag.rule_sets import RuleSet
    from pmo_analytics.schemas.source import FileResult, Source
    from pmo_analytics.trends import Movement

DEFAULT_TITLE = "Portfolio report"
#: The figures of the whole portfolio that people are shown first, in order.
TOTALS = (
    "bac",
    "pv",
    "ev",
    "ac",
    "eac_cpi",
    "vac",
    "cpi",
    "spi",
    "wlc_budget",
    "milestones_overdue",
    "open_high_risks",
    "issues_overdue",
)


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """Everything that a report shows; frozen.

    ``reported`` counts the projects with a status row in the period. ``colours`` is one row of counts,
    ``totals`` one row of the whole portfolio; ``currencies`` (only where there are several), ``departments``
    and ``programmes`` are roll-ups with the counts of colours beside them; ``projects`` is the rated table,
    ``reasons`` one row per project and dimension. ``moved`` compares with the period before, if there is one.
    """

    title: str
    period: pd.Timestamp | None
    as_of: pd.Timestamp
    as_of_origin: str
    library: str
    rule_set: str
    rule_set_hash: str
    currency: tuple[str, ...]
    reported: int
    colours: pd.DataFrame
    totals: pd.DataFrame
    currencies: pd.DataFrame
    departments: pd.DataFrame
    programmes: pd.DataFrame
    projects: pd.DataFrame
    reasons: pd.DataFrame
    previous: pd.Timestamp | None
    moved: Movement | None
    leavers: tuple[str, ...]
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    sources: tuple[Source, ...]
    files: tuple[FileResult, ...]


def contents(
    portfolio: Portfolio, *, rules: str | Path | RuleSet | None = None, title: str | None = None
) -> Contents:
    """What a report on the portfolio says: figures, colours, reasons, findings and sources.

    ``rules`` is a rule set or the path of one, ``None`` the default. Every figure is that of ``measure``,
    ``rate``, ``roll_up`` and ``count_colours``. Raises what these raise, for rules that say something
    impossible.
    """
    rule_set = load_rules(rules)
    rated = rate(measure(portfolio), rules=rule_set)
    currency = tuple(sorted(rated[Project.currency].dropna().unique()))
    previous = portfolio.periods[-2] if len(portfolio.periods) > 1 else None
    return Contents(
        title=title or DEFAULT_TITLE,
        period=portfolio.period,
        as_of=portfolio.as_of,
        as_of_origin=portfolio.as_of_origin,
        library=_library(),
        rule_set=rule_set.label,
        rule_set_hash=rule_set.hash,
        currency=currency,
        reported=_reported(portfolio),
        colours=count_colours(rated),
        totals=roll_up(portfolio),
        currencies=_groups(portfolio, rated, Project.currency) if len(currency) > 1 else pd.DataFrame(),
        departments=_groups(portfolio, rated, Project.department),
        programmes=_groups(portfolio, rated, Project.programme_id),
        projects=rated,
        reasons=deciding_reasons(rated, rule_set),
        previous=previous,
        moved=movement(portfolio.at(previous), portfolio) if previous is not None else None,
        leavers=portfolio.leavers,
        findings=portfolio.findings,
        quarantine=portfolio.quarantine,
        sources=portfolio.sources,
        files=portfolio.files,
    )


def _reported(portfolio: Portfolio) -> int:
    status = portfolio.status
    return int(status.loc[status[Status.period] == portfolio.period, Status.project_id].nunique())


def _groups(portfolio: Portfolio, rated: pd.DataFrame, by: str) -> pd.DataFrame:
    """The roll-up by a column, with the counts of colours of the same groups."""
    counts = count_colours(rated, by=by).drop(columns=PROJECTS)
    figures: pd.DataFrame = roll_up(portfolio, by=by)
    return figures.merge(counts, on=by, how="left")


def _library() -> str:
    try:
        return version("pmo-analytics")
    except PackageNotFoundError:
        # The code runs from a folder that was never installed, so no version is on record.
        return "not installed"
