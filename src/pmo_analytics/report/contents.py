"""What a report says, computed once: sheets and pages only render it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.charts.dates import project_dates
from pmo_analytics.charts.s_curve import FIGURES as CURVES
from pmo_analytics.metrics.data_quality import score_quality
from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.inputs import read_inputs
from pmo_analytics.metrics.measuring import measure, measure_by_period
from pmo_analytics.rag.rating import rate
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.report import registers
from pmo_analytics.report.briefing import AMOUNTS, Briefing, brief
from pmo_analytics.report.exposure import Exposure, expose
from pmo_analytics.report.listings.groups import FIGURES as GROUPED
from pmo_analytics.report.missing import with_metrics
from pmo_analytics.report.reasons import deciding_reasons
from pmo_analytics.report.wording import SEVERAL, currencies_of
from pmo_analytics.rollups import count_colours, roll_up
from pmo_analytics.schemas.projects import Project
from pmo_analytics.trends import movement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pmo_analytics.metrics.inputs import Inputs
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
#: The figures of every month.
MONTHLY = tuple(dict.fromkeys([*CURVES, *AMOUNTS, "cpi", "spi"]))

#: The parts that the first page is written from.
_BRIEFED = ("history", "by_period", "reasons", "milestones", "decisions", "moved", "previous")


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """Everything that a report shows; frozen.

    ``colours`` is one row of counts, ``totals`` one row of the whole portfolio with the figures of :data:`TOTALS`;
    ``currencies`` (only where there are several), ``departments`` and ``programmes`` are roll-ups of those of
    ``GROUPED`` with the counts of colours beside them; ``projects`` is the rated table, ``reasons`` one row per
    project and dimension. ``history`` is the rated table of every period, ``by_period`` the roll-up of
    :data:`MONTHLY` by currency and period, ``colours_by_period`` the counts of colours of each, ``dates`` the project
    list with its dates. The registers are those of the latest delivery, row by row, ``exposure`` what they hold,
    counted; ``briefing`` is the first page.
    ``moved`` compares with the period before, if there is one. ``left_out`` counts the projects whose rows of a
    register stand in an older delivery only. ``further`` has, by table, the registers that not everybody keeps.
    ``quality`` has the data-quality score of every project.
    ``signed_off`` says by whom and when; ``None``: a draft.
    """

    title: str
    period: pd.Timestamp | None
    as_of: pd.Timestamp
    as_of_origin: str
    library: str
    rule_set: str
    rule_set_hash: str
    currency: tuple[str, ...]
    rate_set: str | None
    colours: pd.DataFrame
    totals: pd.DataFrame
    currencies: pd.DataFrame
    departments: pd.DataFrame
    programmes: pd.DataFrame
    projects: pd.DataFrame
    reasons: pd.DataFrame
    history: pd.DataFrame
    by_period: pd.DataFrame
    colours_by_period: pd.DataFrame
    dates: pd.DataFrame
    milestones: pd.DataFrame
    risks: pd.DataFrame
    issues: pd.DataFrame
    decisions: pd.DataFrame
    further: Mapping[str, pd.DataFrame]
    exposure: Exposure
    briefing: Briefing
    previous: pd.Timestamp | None
    moved: Movement | None
    left_out: Mapping[str, int]
    delivered: frozenset[str]
    signed_off: str | None
    leavers: tuple[str, ...]
    quality: pd.DataFrame
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    sources: tuple[Source, ...]
    files: tuple[FileResult, ...]


def contents(
    portfolio: Portfolio,
    *,
    rules: str | Path | RuleSet | None = None,
    title: str | None = None,
    signed_off: str | None = None,
) -> Contents:
    """What a report on the portfolio says: figures, colours, reasons, findings and sources.

    ``rules`` is a rule set or the path of one, ``None`` the default; ``title`` is by default the name of the
    portfolio in the settings; ``signed_off`` says by whom and when, and ``None`` makes the report a draft.
    Every figure is that of ``measure``, ``rate``, ``roll_up`` and ``count_colours``. Raises what these raise,
    for rules that say something impossible.
    """
    rule_set = load_rules(rules)
    inputs = read_inputs(portfolio)
    rated = rate(measure(inputs), rules=rule_set)
    parts = _over_time(portfolio, inputs, rule_set) | _registers(portfolio)
    parts |= {"reasons": deciding_reasons(rated, rule_set)}
    return Contents(
        **_origin(portfolio, rule_set),
        **_grouped(inputs, rated),
        **parts,
        title=title or portfolio.settings.portfolio or DEFAULT_TITLE,
        projects=rated,
        briefing=brief(portfolio, rated, **{name: parts[name] for name in _BRIEFED}),
        signed_off=signed_off,
    )


def _origin(portfolio: Portfolio, rule_set: RuleSet) -> dict[str, Any]:
    """What the report is about and made from."""
    return {
        "period": portfolio.period,
        "as_of": portfolio.as_of,
        "as_of_origin": portfolio.as_of_origin,
        "library": _library(),
        "rule_set": rule_set.label,
        "rule_set_hash": rule_set.hash,
        "rate_set": _rate_set(portfolio),
        "leavers": portfolio.leavers,
        "quality": score_quality(portfolio),
        "findings": with_metrics(portfolio.findings),
        "quarantine": portfolio.quarantine,
        "sources": portfolio.sources,
        "files": portfolio.files,
    }


def _rate_set(portfolio: Portfolio) -> str | None:
    """The set of exchange rates that the amounts were converted by; ``None`` where they stand as reported."""
    named = (
        portfolio.tables[name].get(Project.rate_set, pd.Series(dtype="str"))
        for name in ("projects", "status")
    )
    sets = pd.concat(list(named)).dropna()
    return None if sets.empty else ", ".join(sets.unique())


def _grouped(inputs: Inputs, rated: pd.DataFrame) -> dict[str, Any]:
    """The figures and colours of the whole and of its groups."""
    currency = tuple(sorted(rated[Project.currency].dropna().unique()))
    return {
        "currency": currency,
        "colours": count_colours(rated),
        "totals": roll_up(inputs, metrics=TOTALS),
        "currencies": _groups(inputs, rated, Project.currency) if len(currency) > 1 else pd.DataFrame(),
        "departments": _groups(inputs, rated, Project.department),
        "programmes": _groups(inputs, rated, Project.programme_id),
    }


def _over_time(portfolio: Portfolio, inputs: Inputs, rule_set: RuleSet) -> dict[str, Any]:
    """Every period, and what moved since the one before."""
    history = rate(measure_by_period(inputs), rules=rule_set)
    previous = portfolio.periods[-2] if len(portfolio.periods) > 1 else None
    return {
        "history": history,
        "by_period": roll_up(inputs, by=[Project.currency, Project.period], metrics=MONTHLY),
        "colours_by_period": count_colours(history, by=Project.period),
        "previous": previous,
        "moved": movement(portfolio.at(previous), portfolio) if previous is not None else None,
    }


def _registers(portfolio: Portfolio) -> dict[str, Any]:
    """The dates of the projects, and the registers of the latest delivery with what they hold."""
    plan, risks, issues = (
        read(portfolio) for read in (registers.milestones, registers.risks, registers.issues)
    )
    return {
        "dates": project_dates(portfolio),
        "milestones": plan,
        "risks": risks,
        "issues": issues,
        "decisions": registers.decisions(portfolio),
        "further": registers.further(portfolio),
        "left_out": registers.left_out(portfolio),
        "delivered": portfolio.delivered,
        "exposure": expose(plan, risks, issues),
    }


def _groups(inputs: Inputs, rated: pd.DataFrame, by: str) -> pd.DataFrame:
    """The roll-up by a column, with the counts of colours of the same groups, and what their amounts are in."""
    counts = count_colours(rated, by=by).drop(columns=PROJECTS)
    figures: pd.DataFrame = roll_up(inputs, by=by, metrics=GROUPED)
    if by == Project.currency:
        return figures.merge(counts, on=by, how="left")
    found = figures.drop(columns=Project.currency).merge(counts, on=by, how="left")
    codes = rated.assign(**{Project.currency: currencies_of(rated)}).groupby(by, dropna=False)[
        Project.currency
    ]
    currency = codes.first().where(codes.nunique() == 1, SEVERAL)
    return found.merge(currency.reset_index(), on=by, how="left")


def _library() -> str:
    try:
        return version("pmo-analytics")
    except PackageNotFoundError:
        # The code runs from a folder that was never installed, so no version is on record.
        return "not installed"
