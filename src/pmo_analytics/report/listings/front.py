"""The tables of the first page: decisions requested, projects to watch, gates ahead, who joined and left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.rag.columns import RAG_COMPUTED
from pmo_analytics.report.briefing import BEFORE, CHANGE, METRIC, NOW, USED, VIEW, WHEN
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.fields import labelled
from pmo_analytics.report.listings.listing import COLOUR, DATE, WRAPPED, Field, Listing
from pmo_analytics.report.listings.notes import COMPUTED_NOTE, REPORTED_NOTE, with_notes
from pmo_analytics.report.moving import WHAT
from pmo_analytics.report.registers import DECISION_LOG, ENTITY_NAME, SLIP
from pmo_analytics.report.watching import FROM_START, PATH, SINCE, WHY
from pmo_analytics.report.wording import money_words
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

DECISIONS, WATCH = "Decisions requested", "Projects to watch"
GATES, MOVES = "Gates in the next 90 days", "Joined, finished, stopped"
STANDING, MONEY = "Projects and budget by colour", "Approved and forecast"
AMOUNT_WORDS = {"bac": "Approved", "eac_reported": "Forecast", "overspend": "Difference"}
_MONEY, _SINCE = "amount_words", "since_words"
_LABEL, _UNIT, _USED = "label", "unit", "used_words"
_WIDE = 24

_DECISIONS = (
    Field(ENTITY_NAME, "Project", WRAPPED, link=names.DECISIONS, link_from=Decision.decision_id),
    Field(Decision.title, "Decision", WRAPPED, 36),
    Field(_MONEY, "Money", WRAPPED, 16),
    Field(Decision.board, "Who decides", WRAPPED),
    Field(Decision.needed_by, "By when", DATE),
    Field(Decision.consequence, "What waiting costs", WRAPPED, 40),
)
_WATCH = (
    Field(Project.project_name, "Project", WRAPPED, link=names.PROJECTS, link_from=Project.project_id),
    Field(Status.rag_reported, "Reported", COLOUR, note_from=REPORTED_NOTE),
    Field(RAG_COMPUTED, "→\u00a0Computed", COLOUR, 14, note_from=COMPUTED_NOTE),
    Field(_SINCE, "Since", WRAPPED, 16),
    Field(WHY, "Why", WRAPPED, 44),
    Field(PATH, "Path (owner, date)", WRAPPED, 36),
)
_GATES = (
    Field(Milestone.name, "Gate", WRAPPED, link=names.MILESTONES, link_from=Milestone.milestone_id),
    Field(ENTITY_NAME, "Project", WRAPPED, link=names.PROJECTS, link_from=Milestone.entity_id),
    Field(Milestone.baseline_date, "Was", DATE),
    Field(Milestone.forecast_date, "Now", DATE),
    Field(SLIP, "Slip (days)", "days"),
)
_MOVES = (
    Field(Project.project_name, "Project", WRAPPED, link=names.PROJECTS, link_from=Project.project_id),
    Field(WHAT, "What", WRAPPED),
)


def front(contents: Contents) -> dict[str, Listing]:
    """The four tables by name; their line says what is so where they are empty."""
    briefing = contents.briefing
    plan = "No gate is due." if len(contents.milestones) else "No milestone plan was delivered."
    log = "No decision requested." if DECISION_LOG in contents.delivered else "No decision log was delivered."
    none = "None." if contents.previous is not None else "No period before to compare with."
    coloured = contents.projects[[Status.rag_reported, RAG_COMPUTED]].notna().to_numpy().any()
    rated = "No rated project is amber or red." if coloured else "No project is rated."
    made = (
        Listing(DECISIONS, log, _DECISIONS, _decisions(briefing.decisions)),
        Listing(WATCH, rated, _WATCH, _watched(contents), whole=briefing.watched),
        Listing(GATES, plan, _GATES, briefing.gates),
        Listing(MOVES, none, _MOVES, briefing.moves),
    )
    return {listing.name: listing for listing in made}


def standing(contents: Contents) -> Listing:
    """Projects and budget by colour, now and in the period before, as one table."""
    briefing, whens = contents.briefing, when_words(contents)
    views = briefing.counts[VIEW].str.capitalize() + " " + briefing.counts[WHEN].map(whens)
    counts = briefing.counts.assign(**{_LABEL: views}).assign(**{_UNIT: str(Unit.COUNT)})
    budgets = "Budget " + briefing.money[Project.currency] + " " + briefing.money[WHEN].map(whens)
    money = briefing.money.assign(**{_LABEL: budgets}).assign(**{_UNIT: str(Unit.MONEY)})
    known = counts[(counts[WHEN] == NOW) | (contents.previous is not None)]
    rows = pd.concat([known, money], ignore_index=True)
    shown = [state for state in STATES if len(PAINTS[state].letter) == 1 or rows[state].fillna(1).any()]
    colours = [Field(state, PAINTS[state].label, unit_from=_UNIT) for state in shown]
    fields = (Field(_LABEL, "", width=_WIDE), *colours, Field(PROJECTS, "All", unit_from=_UNIT))
    told = "Budget: of the projects that have one, by their reported colour."
    return Listing(standing_title(contents), told, fields, rows, note=told)


def standing_title(contents: Contents) -> str:
    """The title of the table of colours; it says how many of the projects are carried forward."""
    carried = contents.briefing.reporting.carried
    return f"{STANDING} ({carried} carried forward)" if carried else STANDING


def amounts(contents: Contents) -> Listing:
    """Approved, forecast and difference per currency, now and in the period before, as one table."""
    whens, rows = when_words(contents), contents.briefing.amounts
    used = rows[USED].astype("int64").astype("str") + " of " + rows[PROJECTS].astype("int64").astype("str")
    shown = rows.assign(
        **{_LABEL: rows[METRIC].map(AMOUNT_WORDS) + " " + rows[Project.currency], _USED: used}
    )
    fields = (
        Field(_LABEL, "", width=_WIDE),
        Field(NOW, whens[NOW], Unit.MONEY),
        Field(BEFORE, whens[BEFORE], Unit.MONEY),
        Field(CHANGE, "Like for like", Unit.MONEY),
        Field(_USED, "Projects with the figure"),
    )
    told = (
        "Difference: of the projects that have both. Like for like: of those that reported it in both months."
    )
    return Listing(MONEY, told, fields, shown, note=told)


def when_words(contents: Contents) -> dict[str, str]:
    """The two months that are compared, in words."""
    before = f"{contents.previous:%b %Y}" if contents.previous is not None else "last month"
    now = f"{contents.period:%b %Y}" if contents.period is not None else "now"
    return {NOW: now, BEFORE: before}


def _decisions(decisions: pd.DataFrame) -> pd.DataFrame:
    pairs = zip(decisions[Decision.amount], decisions[Decision.currency], strict=True)
    return decisions.assign(**{_MONEY: [money_words(*pair) for pair in pairs]})


def _watched(contents: Contents) -> pd.DataFrame:
    """The projects to watch with their labels and the notes that say why."""
    watch = contents.briefing.watch
    noted = with_notes(contents, contents.projects).set_index(Project.project_id)
    ids = watch[Project.project_id]
    notes = {name: ids.map(noted[name]) for name in (REPORTED_NOTE, COMPUTED_NOTE)}
    month = watch[SINCE].map("{:%b %Y}".format, na_action="ignore").astype("object")
    since = month.mask(watch[FROM_START].astype("bool"), "first report, " + month)
    return labelled(watch, Status.rag_reported, RAG_COMPUTED).assign(**notes, **{_SINCE: since})
