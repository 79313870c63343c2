"""The three sentences of the first page, written from the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.charts.house import states_of
from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.registers import CURVES
from pmo_analytics.metrics.risks import HIGH
from pmo_analytics.rag.columns import RAG_AGREEMENT
from pmo_analytics.rag.comparing import OPTIMISTIC, UNKNOWN, WATERMELON
from pmo_analytics.report.briefing import AMOUNTS, METRIC, NOW, USED
from pmo_analytics.report.listings import names
from pmo_analytics.report.registers import DECISION_LOG, OVERDUE, SLIP, STATE
from pmo_analytics.report.wording import (
    CARRIED_WORDS,
    NOT_AVAILABLE,
    amount_words,
    colour_words,
    counted,
    currencies_of,
    figure_words,
)
from pmo_analytics.schemas.paints import STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

#: What lies ahead: the metric, what it counts, and in what state.
_AHEAD = (
    ("milestones_overdue", "milestone", "overdue"),
    ("open_high_risks", "risk", f"open with a score of {HIGH:g} or more"),
    ("issues_overdue", "issue", "overdue"),
)

#: What a register is called in a sentence where its name does not speak for itself.
_WORDS = {CURVES: "planned curves"}


def sentences(contents: Contents) -> tuple[str, str, str]:
    """What a board member should remember: where the projects stand, what they cost, what comes next."""
    return _colours(contents), _money(contents), _outlook(contents)


def reporting_sentence(contents: Contents) -> str:
    """How many projects reported, how many were carried forward with their share of budget, how many neither."""
    told = contents.briefing.reporting
    said = f"{told.reported} of {counted(told.listed, 'project')} reported"
    if told.carried:
        shares = told.carried_share.dropna()
        listed = [f"{share:.1%} of the {code} budget" for code, share in shares.items()]
        said += f"; {told.carried} carried forward" + (f" ({_and(listed)})" if listed else "")
    return said + (f"; {told.silent} gave no report" if told.silent else "") + "."


def month_sentence(contents: Contents) -> str:
    """The month, and the day that figures refer to."""
    month = f"{contents.period:%B %Y}" if contents.period is not None else "No period"
    return f"{month}, figures as of {contents.as_of:%d %B %Y}"


def stamp_words(contents: Contents) -> str:
    """Whether the report is a draft, or who signed it off."""
    return "DRAFT" if contents.signed_off is None else f"Signed off: {contents.signed_off}"


def foot_sentence(contents: Contents) -> str:
    """Which rule set coloured the report, and what its marks mean."""
    marks = f"{CARRIED_WORDS} " if contents.briefing.reporting.carried else ""
    return (
        f"Rule set {contents.rule_set}. {_rates(contents)}{marks}"
        f"{NOT_AVAILABLE}: not defined, {names.PROJECTS} says why; {names.DEFINITIONS} says how each figure is made."
    )


def _rates(contents: Contents) -> str:
    if contents.rate_set is None:
        return ""
    return (
        f"Amounts converted to {', '.join(contents.currency)} by the exchange rates {contents.rate_set!r}. "
    )


def _colours(contents: Contents) -> str:
    projects = contents.projects
    if projects.empty:
        return "There are no projects in the period."
    counts = states_of(projects[Status.rag_reported]).value_counts()
    listed = [f"{counts[state]} {colour_words(state)}" for state in STATES if counts.get(state)]
    agreement = projects[RAG_AGREEMENT].value_counts()
    return (
        f"Of {counted(len(projects), 'project')} {_and(listed)}{_moved(contents)}; {_challenge(agreement)}."
    )


def _challenge(agreement: pd.Series) -> str:
    """In how many projects the computed colour is worse than the reported one, of those that have both."""
    both = int(agreement.drop(UNKNOWN, errors="ignore").sum())
    if not both:
        return "no project has both a reported and a computed colour"
    worse = int(agreement.get(OPTIMISTIC, 0) + agreement.get(WATERMELON, 0))
    watermelons = int(agreement.get(WATERMELON, 0))
    said = f"the figures point to a worse colour than reported in {worse} of the {both} that have both"
    return said + (f", {watermelons} of them reported green and computed red" if watermelons else "")


def _moved(contents: Contents) -> str:
    moved = contents.moved
    if moved is None or contents.previous is None:
        return ""
    month = f"{contents.previous:%B %Y}"
    if moved.matched == moved.not_comparable:
        return f"; no colour can be compared with {month}"
    open_ = f" and {moved.not_comparable} cannot be compared" if moved.not_comparable else ""
    joint = "," if open_ else " and"
    return f"; since {month} {moved.improved} improved{joint} {moved.worsened} worsened{open_}"


def _money(contents: Contents) -> str:
    amounts = contents.briefing.amounts
    if amounts.empty:
        return "No budget is known."
    indices = contents.by_period[contents.by_period[Project.period] == contents.period]
    indices = indices.set_index(currencies_of(indices))
    parts = [
        f"{_of_currency(str(code), rows)}; CPI {figure_words(indices['cpi'][code])}, "
        f"SPI {figure_words(indices['spi'][code])}"
        for code, rows in amounts.groupby(Project.currency, sort=False)
    ]
    return f"{'. '.join(parts)}."


def _of_currency(code: str, rows: pd.DataFrame) -> str:
    figures = rows.set_index(METRIC)
    approved, forecast, over = (figures[NOW][name] for name in AMOUNTS)
    has_budget, has_forecast, has_both = (int(figures[USED][name]) for name in AMOUNTS)
    whole = counted(int(figures[PROJECTS].iloc[-1]), "project")
    said = [f"{amount_words(approved)} approved for {has_budget} of {whole}"]
    said[0] = f"no budget is known of {whole}" if pd.isna(approved) else said[0]
    said.append(
        f"{amount_words(forecast)} forecast for {has_forecast}" if has_forecast else "no forecast is known"
    )
    if has_both:
        side = "above" if over > 0 else "below"
        difference = f"{amount_words(abs(over))} {side} budget" if over else "exactly on budget"
        said.append(f"{difference} in the {has_both} that have both")
    elif has_budget and has_forecast:
        said.append("no project has both")
    return f"{code[:1].upper()}{code[1:]}: {'; '.join(said)}"


def _outlook(contents: Contents) -> str:
    decisions = contents.briefing.decisions
    overdue = int((decisions[STATE] == OVERDUE).sum())
    whole = contents.totals.iloc[0]
    counts = [_count_of(whole[name], noun, words) for name, noun, words in _AHEAD]
    asked = f"{counted(len(decisions), 'decision')} requested" if len(decisions) else "no decision requested"
    if DECISION_LOG not in contents.delivered:
        asked = "no decision log was delivered"
    if overdue:
        asked += f", {overdue} past the day by which it was needed"
    older = [
        f"{_WORDS.get(name, name)} of {counted(number, 'project')} stand in an older delivery only and are not counted"
        for name, number in contents.left_out.items()
        if number
    ]
    return f"{'; '.join([_gates(contents), *counts, asked, *older])}."


def _gates(contents: Contents) -> str:
    if contents.milestones.empty:
        return "Gates in the next 90 days: not known"
    gates = contents.briefing.gates
    late = int((gates[SLIP] > 0).sum())
    return f"{counted(len(gates), 'gate')} in the next 90 days" + (
        f", {late} later than planned" if late else ""
    )


def _count_of(value: float, noun: str, words: str) -> str:
    return f"{noun}s {words}: not known" if pd.isna(value) else f"{counted(int(value), noun)} {words}"


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
