"""The amounts of a project: what was planned, earned, spent and expected, month by month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sheets import MONTHS, day, month_of

if TYPE_CHECKING:
    import random

#: How far EV and AC stray from their smooth curves, and how much of the BAC an unfinished project can earn.
NOISE = 0.004
UNFINISHED = 0.985
#: The months between which cpi, spi and over move evenly, by position.
TURNS = (0, 6, 11)
#: The month in which the fiscal year begins: that of the authority, and that of the harbour company.
FISCAL_START = {"HARBOUR": 1}
AUTHORITY_START = 4


@dataclass(frozen=True)
class Baseline:
    """A baseline in force: the planned value grows from what was earned before to the BAC.

    ``earned`` and ``spent`` stand at its start: a new baseline begins where the project is.
    """

    start: dt.date
    finish: dt.date
    bac: float
    earned: float = 0.0
    spent: float = 0.0

    def planned(self, at: dt.date) -> float:
        """Planned value to that day: slow at both ends, fast in the middle."""
        share = min(max((at - self.start) / (self.finish - self.start), 0.0), 1.0)
        return self.earned + (self.bac - self.earned) * share * share * (3 - 2 * share)


@dataclass(frozen=True)
class Amounts:
    """The amounts of one report, in millions, cumulative but for those of the fiscal year."""

    bac: float
    pv: float
    ev: float
    ac: float
    eac: float
    year_budget: float
    year_forecast: float


def months_of(project: dict[str, Any]) -> tuple[dt.date, ...]:
    """The months in which a project is listed."""
    first = project.get("first_month", month_of(MONTHS[0]))
    return tuple(end for end in MONTHS if month_of(end) >= first)[: len(project["rag"])]


def state_in(project: dict[str, Any], end: dt.date) -> dict[str, Any]:
    """The project as it is called, placed and budgeted in a month."""
    state = project | {"finish": project["dates"][1], "baseline_version": 1}
    for change in project.get("changes", ()):
        if change["from"] <= month_of(end):
            state |= change
    return state


def is_rebaselined(project: dict[str, Any], end: dt.date) -> bool:
    """Whether a new baseline takes force in that month."""
    changes = project.get("changes", ())
    return any("baseline_version" in change and change["from"] == month_of(end) for change in changes)


def amounts_of(project: dict[str, Any], rng: random.Random) -> list[Amounts]:
    """The amounts of every month of a project; earned value and cost only grow."""
    start, finish = (day(text) for text in project["dates"])
    baseline = opening = Baseline(start, finish, project["bac"])
    months = months_of(project)
    found: list[Amounts] = []
    ev = ac = 0.0
    for at, end in enumerate(months):
        if is_rebaselined(project, end):
            baseline = new_baseline(state_in(project, end), months[at - 1], ac)
            ev, ac = baseline.earned, baseline.spent
        if end.month == year_start(project):
            opening = baseline
        complete = project.get("ends") == "Complete" and end == months[-1]
        stray = [1 + rng.gauss(0, NOISE) for _ in ("ev", "ac")]
        ev = baseline.bac if complete else max(_earned(project, baseline, end, stray[0]), ev)
        spent = baseline.spent + (ev - baseline.earned) / _between(project["cpi"], end) * stray[1]
        ac = max(round(spent, 3), ac)
        eac = max(round(baseline.bac * (1 + _between(project["over"], end)), 2), ac)
        year = _year_budget(project, opening, end)
        pace = _between(project["spi"], end) / _between(project["cpi"], end)
        found.append(
            Amounts(
                bac=baseline.bac,
                pv=round(baseline.planned(end), 3),
                ev=ev,
                ac=ac,
                eac=ac if complete else eac,
                year_budget=year,
                year_forecast=round(year * pace, 2),
            )
        )
    return found


def new_baseline(state: dict[str, Any], before: dt.date, spent: float) -> Baseline:
    """A new baseline writes off the variances: what was spent counts as earned."""
    spent = state.get("spent", spent)
    return Baseline(before, day(state["finish"]), state["bac"], earned=spent, spent=spent)


def _earned(project: dict[str, Any], baseline: Baseline, end: dt.date, stray: float) -> float:
    progress = (baseline.planned(end) - baseline.earned) * _between(project["spi"], end) * stray
    return round(min(baseline.earned + progress, baseline.bac * UNFINISHED), 3)


def year_start(project: dict[str, Any]) -> int:
    """The month in which the fiscal year of a project begins."""
    return FISCAL_START.get(project["programme"], AUTHORITY_START)


def _year_budget(project: dict[str, Any], opening: Baseline, end: dt.date) -> float:
    """What the baseline that opened the fiscal year planned for it."""
    begin = year_start(project)
    opened = dt.date(end.year - (end.month < begin), begin, 1) - dt.timedelta(days=1)
    closed = dt.date(opened.year + 1, opened.month, opened.day)
    return round(opening.planned(closed) - opening.planned(opened), 2)


def _between(figures: list[float], end: dt.date) -> float:
    """A figure that moves evenly from turn to turn."""
    at = MONTHS.index(end)
    leg = 0 if at < TURNS[1] else 1
    share = (at - TURNS[leg]) / (TURNS[leg + 1] - TURNS[leg])
    return figures[leg] + (figures[leg + 1] - figures[leg]) * share
