"""The portfolio in one record that any program can read: what ``pmo summary --format json`` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.inputs import read_inputs
from pmo_analytics.rollups import RATED, roll_up
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.words import COLOURS, UNKNOWN

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.report.contents import Contents

_MOVES = ("matched", "joined", "left", "improved", "worsened", "same", "not_comparable")


def summarise(portfolio: Portfolio, shown: Contents) -> dict[str, Any]:
    """The figures of a portfolio, with what a report on it says, as plain values, ready for JSON.

    Keys: ``as_of``, ``period``, ``projects``, ``reporting`` (how many of them reported, are carried forward
    from an earlier report, or are silent), ``left`` (projects of earlier periods only) and ``leavers``
    (which), ``movement`` (against the period before), ``currency``, ``rate_set`` (the exchange rates that
    amounts were converted by), ``rule_set``, ``rag`` (reported and computed, counts
    that add up to ``projects``), ``totals`` (every metric over the portfolio, null where undefined),
    ``reasons`` (why), ``coverage`` (projects used and their share), ``by`` department and programme. What is
    undefined is ``None``, never 0.
    """
    inputs = read_inputs(portfolio)
    row = roll_up(inputs).iloc[0]
    return {
        "as_of": f"{shown.as_of:%Y-%m-%d}",
        "as_of_origin": shown.as_of_origin,
        "period": f"{shown.period:%Y-%m}" if shown.period is not None else None,
        "projects": len(shown.projects),
        "reporting": _reporting(shown),
        "left": len(shown.leavers),
        "leavers": list(shown.leavers),
        "movement": _moved(shown),
        "currency": list(shown.currency),
        "rate_set": shown.rate_set,
        "rule_set": shown.rule_set,
        "rag": _colours(shown.colours.iloc[0]),
        "totals": _figures(row),
        "reasons": _reasons(row),
        "coverage": _coverage(row),
        "by": {
            Project.department: _groups(
                roll_up(inputs, by=Project.department), shown.departments, Project.department
            ),
            Project.programme_id: _groups(
                roll_up(inputs, by=Project.programme_id), shown.programmes, Project.programme_id
            ),
        },
    }


def _reporting(shown: Contents) -> dict[str, int]:
    told = shown.briefing.reporting
    return {"reported": told.reported, "carried_forward": told.carried, "silent": told.silent}


def _moved(shown: Contents) -> dict[str, Any] | None:
    """What changed since the period before; ``None`` where there is none."""
    if shown.moved is None:
        return None
    counts = {name: getattr(shown.moved, name) for name in _MOVES}
    since = f"{shown.previous:%Y-%m}"
    return {"since": since, **counts, "across_scale_break": shown.moved.across_scale_break}


def _groups(figures: pd.DataFrame, counted: pd.DataFrame, column: str) -> list[dict[str, Any]]:
    return [
        {
            column: _plain(row[column]),
            "projects": int(row["projects"]),
            "rag": _colours(colours),
            "totals": _figures(row),
            "reasons": _reasons(row),
        }
        for row, colours in zip(figures.to_dict("records"), counted.to_dict("records"), strict=True)
    ]


def _colours(row: Any) -> dict[str, dict[str, int]]:
    return {view: {colour: int(row[f"{view}_{colour}"]) for colour in (*COLOURS, UNKNOWN)} for view in RATED}


def _figures(row: Any) -> dict[str, float | None]:
    return {name: _plain(row[name]) for name in CATALOGUE}


def _reasons(row: Any) -> dict[str, str]:
    told = {name: _plain(row[f"{name}_reason"]) for name in CATALOGUE}
    return {name: reason for name, reason in told.items() if reason is not None}


def _coverage(row: Any) -> dict[str, Any]:
    shares = {
        name: {"n_used": _plain(row[f"{name}_n_used"]), "share": _plain(row[f"{name}_coverage"])}
        for name in CATALOGUE
    }
    return {"weight": _plain(row["coverage_weight"]), **shares}


def _plain(value: Any) -> Any:
    """The value as JSON knows it; null for NaN and pandas' nulls."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
