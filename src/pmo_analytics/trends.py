"""Trends: how the colours and the amounts of a portfolio moved between two periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import InvalidTable, UnknownName
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.currencies import convert
from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.measure import RollUp, Unit
from pmo_analytics.metrics.measuring import measure
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

_A, _B = "__a", "__b"
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


def amount_movement(
    a: Portfolio, b: Portfolio, metric: str, *, currency: str | None = None, rate_set: str | None = None
) -> pd.DataFrame:
    """How a total of money moved from portfolio ``a`` to portfolio ``b``, line by line, the exchange effect apart.

    Columns: line, amount, projects. ``before`` is the total of ``a``; ``left`` what the projects had that have an
    amount in ``a`` alone (negative), ``joined`` those in ``b`` alone, ``changed`` the movement of those in both, all at
    the rates of the month of ``a``; ``exchange`` what the rates of the month of ``b`` make of its total; ``after`` is
    the total of ``b``. before + left + joined + changed + exchange = after. ``metric`` is a sum of money such as
    ``bac``, ``currency`` and ``rate_set`` are those of :func:`pmo_analytics.convert`; without ``currency``
    amounts stand as they are and the exchange effect is 0. Raises ``UnknownName`` for another metric,
    ``InvalidTable`` for several currencies without ``currency=``, and what ``convert`` raises.

    >>> from pmo_analytics.portfolio import Portfolio
    >>> def of(month, bac):
    ...     row = {"project_id": ["P1"], "period": pd.to_datetime([month]), "bac": [bac], "currency": ["GBP"]}
    ...     return Portfolio({"projects": pd.DataFrame(row)}, pd.Timestamp(month))
    >>> amount_movement(of("2026-05-31", 100.0), of("2026-06-30", 130.0), "bac")["amount"].tolist()
    [100.0, 0.0, 0.0, 30.0, 0.0, 130.0]
    """
    sums = [m.name for m in CATALOGUE.values() if m.unit is Unit.MONEY and m.roll_up is RollUp.SUM]
    if metric not in sums:
        raise UnknownName("sum of money", metric, sums)
    later = b
    if currency is None and rate_set is not None:
        raise InvalidTable("rate_set= says how to convert; say into what with currency=.")
    if currency is not None:
        a, b, later = (
            convert(a, currency, rate_set=rate_set),
            convert(b, currency, rate_set=rate_set, month=a.period, rates=a["fx_rates"]),
            convert(b, currency, rate_set=rate_set),
        )
    before, after, actual = (_amounts(of, metric) for of in (a, b, later))
    stated = pd.concat([before, after, actual])[Project.currency].fillna("no currency")
    if stated.nunique() > 1:
        listed = ", ".join(sorted(stated.unique()))
        raise InvalidTable(f"{metric} is in {listed}; pass currency= and, of several sets, rate_set=.")
    both = pd.concat([before[metric].rename(_A), after[metric].rename(_B)], axis=1)
    return _lines(both[_A], both[_B], actual[metric].sum())


def _lines(first: pd.Series, second: pd.Series, after: float) -> pd.DataFrame:
    """The movement line by line, of amounts at the same rates and the last total at its own."""
    gone, came = second.isna() & first.notna(), first.isna() & second.notna()
    kept = first.notna() & second.notna()
    lines = [
        ("before", first.sum(), first.count()),
        (LEFT, 0.0 - first[gone].sum(), gone.sum()),
        (JOINED, second[came].sum(), came.sum()),
        ("changed", (second - first)[kept].sum(), kept.sum()),
        ("exchange", after - second.sum(), second.count()),
        ("after", after, second.count()),
    ]
    return pd.DataFrame(lines, columns=["line", "amount", PROJECTS]).astype(
        {"amount": float, PROJECTS: "int64"}
    )


def _amounts(portfolio: Portfolio, metric: str) -> pd.DataFrame:
    measured = measure(portfolio, metrics=[metric]).set_index(Project.project_id)
    wanted: pd.DataFrame = measured[[metric, Project.currency]].dropna(subset=metric)
    return wanted


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
