"""Projects: one row per project with its colours and main figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.measure import Reason
from pmo_analytics.rag.columns import RAG_AGREEMENT, RAG_COMPUTED, RAG_COMPUTED_FROM
from pmo_analytics.report.format import COLOUR, WRAPPED, set_up_page
from pmo_analytics.report.grid import Field, set_widths, write_table
from pmo_analytics.report.sheets.fields import metric_field, metric_heading
from pmo_analytics.report.wording import AGREEMENT_WORDS, NOT_AVAILABLE, REASON_WORDS
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

NAME = "Projects"
FIGURES = (
    "bac",
    "pv",
    "ev",
    "ac",
    "eac_cpi",
    "vac",
    "cpi",
    "spi",
    "pct_complete",
    "wlc_budget",
    "finish_slip_days",
    "milestones_overdue",
    "open_high_risks",
    "issues_overdue",
)
HEADER_ROW = 2
_FIGURE_WIDTH = 10
_WHY = "why_not_available"


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: a line that explains it, then the table with filter and frozen header."""
    fields = _fields(contents)
    set_widths(page, fields)
    page.text(0, 0, NAME, page.formats.title)
    page.text(
        1,
        0,
        f"{NOT_AVAILABLE}: the figure is not defined; the last column says why. X Not rated: no colour can be told.",
        page.formats.note,
    )
    projects = contents.projects
    agreement = projects[RAG_AGREEMENT].map(dict(AGREEMENT_WORDS)).astype("str")
    shown = projects.assign(**{RAG_AGREEMENT: agreement, _WHY: _why(contents)})
    write_table(page, shown, fields, top=HEADER_ROW, filtered=True)
    page.sheet.freeze_panes(HEADER_ROW + 1, 2)
    set_up_page(page.sheet, header_row=HEADER_ROW)


def _fields(contents: Contents) -> list[Field]:
    currency = [Field(Project.currency, "Currency", width=9)] if len(contents.currency) > 1 else []
    return [
        Field(Project.project_id, "Project ID", WRAPPED, 15),
        Field(Project.project_name, "Project name", WRAPPED, 27),
        Field(Project.programme_id, "Programme", WRAPPED, 12),
        Field(Project.department, "Department", WRAPPED, 17),
        Field(Status.rag_reported, "Reported colour", COLOUR, 13),
        Field(RAG_COMPUTED, "Computed colour", COLOUR, 13),
        Field(RAG_AGREEMENT, "Reported against computed", WRAPPED, 18),
        Field(RAG_COMPUTED_FROM, "Dimensions rated", width=12),
        *currency,
        *(metric_field(name, contents, width=_FIGURE_WIDTH) for name in FIGURES),
        Field(_WHY, "Why not available", WRAPPED, 30),
    ]


def _why(contents: Contents) -> pd.Series:
    """For every project its undefined figures, gathered by reason: "no data: PV, EV; complete: SPI"."""
    projects = contents.projects
    text = pd.Series("", index=projects.index, dtype="str")
    for code in Reason:
        listed = pd.Series("", index=projects.index, dtype="str")
        for name in FIGURES:
            heading = metric_heading(name, contents).split(" (")[0]
            named = listed.where(listed == "", listed + ", ") + heading
            listed = listed.where(~(projects[reason_of(name)] == code).astype("bool"), named)
        part = text.where(text == "", text + "; ") + f"{REASON_WORDS[code]}: " + listed
        text = text.where(listed == "", part)
    return text
