"""Exposure: what the registers hold, counted: risks by probability and impact, issues by severity, slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.charts.risk_heat_map import grid_steps
from pmo_analytics.report.registers import DONE, OPEN, OVERDUE, SLIP, STATE
from pmo_analytics.report.wording import NONE_GIVEN
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.words import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The steps of the scales of probability and impact, lowest first.
STEPS = (1, 2, 3, 4, 5)
OPPORTUNITY = "opportunity"
THREATS, OPPORTUNITIES = "threats", "opportunities"
BAND, MILESTONES = "band", "milestones"
NO_DATES = "no baseline or no forecast"
#: Slips in days, by the words for them: more than the first, up to the second.
SLIP_BANDS: Mapping[str, tuple[float, float]] = {
    "early or on time": (float("-inf"), 0),
    "1 to 30 days late": (0, 30),
    "31 to 90 days late": (30, 90),
    "over 90 days late": (90, float("inf")),
}


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """The tables of the sheet; frozen.

    ``grid`` counts open threats, probability (highest first) down, impact across; ``unscored`` those that
    have no such pair. ``categories``: threats and opportunities open, by category. ``severities``: open
    issues that are not overdue and those that are, by severity. ``slips``: milestones by band of slip, their
    sum is every milestone.
    """

    grid: pd.DataFrame
    unscored: int
    categories: pd.DataFrame
    severities: pd.DataFrame
    slips: pd.DataFrame


def expose(milestones: pd.DataFrame, risks: pd.DataFrame, issues: pd.DataFrame) -> Exposure:
    """The counts over registers as :mod:`pmo_analytics.report.registers` gives them."""
    opened = risks[risks[STATE] == OPEN]
    threats = opened[opened[Risk.kind].ne(OPPORTUNITY).fillna(True).astype("bool")]
    grid = _grid(threats)
    return Exposure(
        grid=grid,
        unscored=len(threats) - int(grid.to_numpy().sum()),
        categories=_categories(opened),
        severities=_severities(issues),
        slips=_slips(milestones[SLIP]),
    )


def _grid(threats: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(grid_steps(threats[Risk.p_score]), grid_steps(threats[Risk.i_score]))
    steps = [float(step) for step in STEPS]
    return counts.reindex(index=steps[::-1], columns=steps, fill_value=0).astype("int64")


def _categories(opened: pd.DataFrame) -> pd.DataFrame:
    named = opened[Risk.category].astype("object").fillna(NONE_GIVEN)
    kind = opened[Risk.kind].astype("object").eq(OPPORTUNITY).map({True: OPPORTUNITIES, False: THREATS})
    counts = pd.crosstab(named, kind).reindex(columns=[THREATS, OPPORTUNITIES], fill_value=0)
    ordered = counts.sort_values([THREATS, OPPORTUNITIES], ascending=False, kind="stable")
    return ordered.rename_axis(Risk.category).reset_index()


def _severities(issues: pd.DataFrame) -> pd.DataFrame:
    waiting = issues[issues[STATE] != DONE]
    named = waiting[Issue.severity].astype("object").fillna(NONE_GIVEN)
    counts = pd.crosstab(named, waiting[STATE].astype("object"))
    order = [*word_list("issue_severity"), NONE_GIVEN]
    counts = counts.reindex(index=order, columns=[OPEN, OVERDUE], fill_value=0)
    return counts.rename_axis(Issue.severity).reset_index()


def _slips(slip: pd.Series) -> pd.DataFrame:
    days = slip.astype("float64")
    counts = {words: int(((days > low) & (days <= high)).sum()) for words, (low, high) in SLIP_BANDS.items()}
    counts[NO_DATES] = int(days.isna().sum())
    return pd.DataFrame({BAND: list(counts), MILESTONES: list(counts.values())})
