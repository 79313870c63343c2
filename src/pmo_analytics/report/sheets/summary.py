"""Summary: what a board has to know and to decide, on one landscape page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.rag.columns import RAG_COMPUTED
from pmo_analytics.report.format import COLOUR, DATE, LINE_HEIGHT, SECTION_HEIGHT, TITLE_HEIGHT, fit_one_page
from pmo_analytics.report.grid import lines_of
from pmo_analytics.report.moving import WHAT
from pmo_analytics.report.registers import ENTITY_NAME, SLIP
from pmo_analytics.report.sentences import reporting_sentence, sentences
from pmo_analytics.report.sheets import names, standing
from pmo_analytics.report.sheets.blocks import Block, Slot, write_block
from pmo_analytics.report.sheets.fields import labelled
from pmo_analytics.report.sheets.notes import COMPUTED_NOTE, REPORTED_NOTE, with_notes
from pmo_analytics.report.watching import FROM_START, MOST, PATH, SINCE, WHY
from pmo_analytics.report.wording import CARRIED_WORDS, money_words, shortened
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

#: The page: columns A to L, rows 1 to 40.
LAST_COLUMN, LAST_ROW = 11, 39
_WIDTH, _TITLE_LENGTH = 16, 90
_STAMP = 8
#: The first row of the sentences, and about how many characters stand on a line of the whole width.
_SENTENCES, _LINE = 3, 210
_MONEY = "amount_words"
_SINCE = "since_words"

DECISIONS = Block("Decisions requested", top=6, most=4, lines=2, none="No decision requested.")
WATCH = Block("Projects to watch", top=24, most=MOST, lines=3, none="No project is amber or red.")
GATES = Block("Gates in the next 90 days", top=31, most=5, lines=1, none="No gate is due.")
MOVES = Block("Joined, finished, stopped", top=31, most=5, lines=1, none="None.")
_DECISIONS = (
    Slot(ENTITY_NAME, "Project", 0, 1, link=names.DECISIONS, link_from=Decision.decision_id),
    Slot(Decision.title, "Decision", 2, 4),
    Slot(_MONEY, "Money", 5, 5),
    Slot(Decision.board, "Who decides", 6, 7),
    Slot(Decision.needed_by, "By when", 8, 8, DATE),
    Slot(Decision.consequence, "What waiting costs", 9, 11),
)
_WATCH = (
    Slot(Project.project_name, "Project", 0, 1, link=names.PROJECTS, link_from=Project.project_id),
    Slot(Status.rag_reported, "Reported", 2, 2, COLOUR, note_from=REPORTED_NOTE),
    Slot(RAG_COMPUTED, "→ Computed", 3, 3, COLOUR, note_from=COMPUTED_NOTE),
    Slot(_SINCE, "Since", 4, 4),
    Slot(WHY, "Why", 5, 8),
    Slot(PATH, "Path (owner, date)", 9, 11),
)
_GATES = (
    Slot(Milestone.name, "Gate", 0, 1, link=names.MILESTONES, link_from=Milestone.milestone_id),
    Slot(ENTITY_NAME, "Project", 2, 3, link=names.PROJECTS, link_from=Milestone.entity_id),
    Slot(Milestone.baseline_date, "Was", 4, 4, DATE),
    Slot(Milestone.forecast_date, "Now", 5, 5, DATE),
    Slot(SLIP, "Slip (days)", 6, 6, "days"),
)
_MOVES = (
    Slot(Project.project_name, "Project", 8, 9, link=names.PROJECTS, link_from=Project.project_id),
    Slot(WHAT, "What", 10, 11),
)


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: heading, sentences, decisions, colours and money, projects, gates, rule set."""
    page.sheet.set_column(0, LAST_COLUMN, _WIDTH)
    fit_one_page(page.sheet, LAST_ROW, LAST_COLUMN)
    for row in (DECISIONS.top, standing.TOP, WATCH.top, GATES.top, LAST_ROW):
        page.sheet.set_row(row, SECTION_HEIGHT)
    _heading(page, contents)
    briefing = contents.briefing
    write_block(page, DECISIONS, _DECISIONS, _decisions(briefing.decisions))
    standing.write(page, contents)
    write_block(page, WATCH, _WATCH, _watched(contents))
    write_block(page, GATES, _GATES, briefing.gates)
    write_block(page, MOVES, _MOVES, briefing.moves)
    page.span(LAST_ROW, (0, LAST_COLUMN), _foot(contents), page.formats.note)


def _heading(page: Page, contents: Contents) -> None:
    month = f"{contents.period:%B %Y}" if contents.period is not None else "no period"
    page.sheet.set_row(0, TITLE_HEIGHT)
    page.span(0, (0, _STAMP - 1), shortened(contents.title, _TITLE_LENGTH), page.formats.title)
    stamp = "DRAFT" if contents.signed_off is None else f"Signed off: {contents.signed_off}"
    page.span(0, (_STAMP, LAST_COLUMN), shortened(stamp, _TITLE_LENGTH // 2), page.formats.stamp)
    told = f"{month}, figures as of {contents.as_of:%d %B %Y}"
    page.span(1, (0, LAST_COLUMN), told, page.formats.section)
    page.span(2, (0, LAST_COLUMN), reporting_sentence(contents), page.formats.plain)
    for row, sentence in enumerate(sentences(contents), start=_SENTENCES):
        page.sheet.set_row(row, LINE_HEIGHT * lines_of(sentence, _LINE) + 2)
        page.span(row, (0, LAST_COLUMN), f"• {sentence}", page.formats.prose)


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


def _foot(contents: Contents) -> str:
    marks = f"{CARRIED_WORDS} " if contents.briefing.reporting.carried else ""
    return (
        f"Rule set {contents.rule_set}. {marks}n/a: not defined, the sheet {names.PROJECTS} says why; "
        f"the sheet {names.DEFINITIONS} says how each figure is made."
    )
