"""The briefing: what the first page of a report says, computed from the figures below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.figures import PROJECTS, n_used_of
from pmo_analytics.quality.reports import is_report
from pmo_analytics.report.moving import moves
from pmo_analytics.report.registers import DONE, STATE, gates_ahead
from pmo_analytics.report.watching import to_watch, watched
from pmo_analytics.report.wording import currencies_of
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.paints import STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.words import UNKNOWN

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.trends import Movement

VIEW, WHEN, METRIC, NOW, BEFORE, CHANGE, USED = "view", "when", "metric", "now", "before", "change", "used"
#: The amounts on the first page: approved, forecast, and the difference of projects with both.
AMOUNTS = ("bac", "eac_reported", "overspend")


@dataclass(frozen=True, slots=True, eq=False)
class Reporting:
    """Who reported: ``listed = reported + carried + silent``; shares of BAC by currency, null if unknown."""

    listed: int
    reported: int
    carried: int
    silent: int
    carried_share: pd.Series


@dataclass(frozen=True, slots=True, eq=False)
class Briefing:
    """The tables of the first page; frozen.

    ``counts`` has one row per view (reported, computed) and period (now, before) with a column per colour;
    ``money`` the same with the BAC of those projects, per currency. ``amounts`` has one row per currency and
    amount: now, before, the change of the projects that have the figure in both periods, and the number of
    projects used.
    """

    reporting: Reporting
    decisions: pd.DataFrame
    counts: pd.DataFrame
    money: pd.DataFrame
    amounts: pd.DataFrame
    watch: pd.DataFrame
    watched: int
    gates: pd.DataFrame
    moves: pd.DataFrame


def brief(
    portfolio: Portfolio,
    rated: pd.DataFrame,
    *,
    history: pd.DataFrame,
    by_period: pd.DataFrame,
    reasons: pd.DataFrame,
    milestones: pd.DataFrame,
    decisions: pd.DataFrame,
    moved: Movement | None,
    previous: pd.Timestamp | None,
) -> Briefing:
    """The first page, from the tables that the rest of the report shows."""
    before, currencies = history[history[Project.period] == previous], _largest_first(rated)
    amounts = _amounts(by_period, portfolio.period, previous, _changes(rated, before))
    return Briefing(
        reporting=_reporting(portfolio, rated),
        decisions=decisions[decisions[STATE] != DONE].reset_index(drop=True),
        counts=_counts(rated, before),
        money=_in_order(_money(rated, before), currencies),
        amounts=_in_order(amounts, currencies),
        watch=to_watch(portfolio, rated, history, reasons),
        watched=watched(rated),
        gates=gates_ahead(milestones),
        moves=moves(portfolio, moved),
    )


def _reporting(portfolio: Portfolio, rated: pd.DataFrame) -> Reporting:
    status = portfolio.status
    current = status[status[Status.period] == portfolio.period]
    carried = int(current[Status.carried_from].notna().sum())
    reported = int(is_report(current).sum()) - carried
    currency = currencies_of(rated)
    of_carried = rated[Project.bac].where(rated[Status.carried_from].notna())
    totals = rated[Project.bac].groupby(currency).sum(min_count=1)
    share = of_carried.groupby(currency).sum(min_count=1) / totals.where(totals > 0)
    return Reporting(
        listed=len(rated),
        reported=reported,
        carried=carried,
        silent=len(rated) - reported - carried,
        carried_share=share.reindex(_largest_first(rated)),
    )


def _counts(rated: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for view, column in RATED.items():
        for when, frame in ((NOW, rated), (BEFORE, before)):
            colours = frame[column].astype("object").fillna(UNKNOWN).value_counts()
            counts = colours.reindex(list(STATES), fill_value=0).to_dict()
            rows.append({VIEW: view, WHEN: when, **counts, PROJECTS: len(frame)})
    return pd.DataFrame(rows)


def _money(rated: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The BAC of the projects of each reported colour, per currency, now and before; ``projects``: of all."""
    parts = []
    for when, frame in ((NOW, rated), (BEFORE, before)):
        keyed = frame.assign(
            **{
                Project.currency: currencies_of(frame),
                VIEW: frame[Status.rag_reported].astype("object").fillna(UNKNOWN),
            }
        )
        by = keyed.groupby([Project.currency, VIEW])[Project.bac]
        sums = by.sum(min_count=1).unstack(VIEW).reindex(columns=list(STATES)).astype("float64")
        # No project of a colour is a sum of 0; projects without a known BAC are an unknown one.
        sums = sums.where(by.size().unstack(VIEW).reindex(columns=list(STATES)).notna(), 0.0)
        whole = keyed.groupby(Project.currency)[Project.bac].sum(min_count=1)
        sums[PROJECTS], sums[WHEN] = whole, when
        parts.append(sums.reset_index())
    return pd.concat(parts, ignore_index=True)


def _amounts(
    by_period: pd.DataFrame,
    period: pd.Timestamp | None,
    previous: pd.Timestamp | None,
    changes: pd.DataFrame,
) -> pd.DataFrame:
    now = _of_period(by_period, period)
    before = _of_period(by_period, previous).reindex(now.index)
    parts = [
        pd.DataFrame(
            {
                METRIC: name,
                NOW: now[name],
                BEFORE: before[name],
                CHANGE: changes[name].reindex(now.index),
                USED: now[n_used_of(name)],
                PROJECTS: now[PROJECTS],
            }
        )
        for name in AMOUNTS
    ]
    return pd.concat(parts).rename_axis(Project.currency).reset_index()


def _changes(rated: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The change of each amount, per currency, over the projects that reported it in both periods."""
    now = rated.set_index(Project.project_id)
    then = before.set_index(Project.project_id).reindex(now.index)
    # A figure carried forward is that of another month, and a change of currency is no change of an amount.
    own = now[Status.carried_from].isna() & then[Status.carried_from].isna()
    same = own & (currencies_of(now) == currencies_of(then))
    step = (now[list(AMOUNTS)] - then[list(AMOUNTS)]).astype("float64").where(same)
    return step.groupby(currencies_of(now)).sum(min_count=1)


def _of_period(by_period: pd.DataFrame, period: pd.Timestamp | None) -> pd.DataFrame:
    rows = by_period[by_period[Project.period] == period]
    return rows.set_index(currencies_of(rows))


def _largest_first(rated: pd.DataFrame) -> list[str]:
    """The currencies, those of the most projects first: the order of the whole first page."""
    return list(
        currencies_of(rated).value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    )


def _in_order(rows: pd.DataFrame, currencies: list[str]) -> pd.DataFrame:
    """The rows by currency in that order, what is of no other currency last."""
    rank = (
        rows[Project.currency].map({code: at for at, code in enumerate(currencies)}).fillna(len(currencies))
    )
    return rows.iloc[rank.argsort(kind="stable")].reset_index(drop=True)
