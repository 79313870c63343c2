"""Projects: one row per project with its colours and main figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.measure import REASON_WORDS, Reason
from pmo_analytics.rag.columns import RAG_AGREEMENT, RAG_COMPUTED, RAG_COMPUTED_FROM
from pmo_analytics.rag.wording import month_words
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.fields import labelled, metric_field, short_heading
from pmo_analytics.report.listings.listing import COLOUR, WRAPPED, Field, Listing
from pmo_analytics.report.listings.notes import COMPUTED_NOTE, REPORTED_NOTE, with_notes
from pmo_analytics.report.wording import AGREEMENT_WORDS, NOT_AVAILABLE
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

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
    "eac_reported",
    "overspend",
    "wlc_budget",
    "finish_slip_days",
    "milestones_overdue",
    "open_high_risks",
    "issues_overdue",
)
#: Figures that follow from others of the same row, as a reader would work them out.
FORMULAS = {
    "cpi": "{ev}/{ac}",
    "spi": "{ev}/{pv}",
    "vac": "{bac}-{eac_cpi}",
    "eac_cpi": "IF({ev}>={bac},{ac},IF(AND({ev}>0,{ac}>0),{bac}/({ev}/{ac}),{ac}+{bac}-{ev}))",
    "overspend": "{eac_reported}-{bac}",
}
_FIGURE_WIDTH = 10
_WHY, _FROM = "why_not_available", "figures_from"


def projects(contents: Contents) -> Listing:
    """One row per project: colours, main figures, and why a figure is not available."""
    told = (
        f"{NOT_AVAILABLE}: the figure is not defined; the last column says why. X Not rated: no colour can be told. "
        f"Figures of a project that did not report are those of the month named, carried forward."
    )
    rows = with_notes(contents, labelled(contents.projects, Status.rag_reported, RAG_COMPUTED))
    agreement = rows[RAG_AGREEMENT].map(dict(AGREEMENT_WORDS)).astype("str")
    month = rows[Status.carried_from].map(month_words, na_action="ignore").astype("object")
    origin = ("carried forward from " + month).where(month.notna(), "")
    shown = rows.assign(**{RAG_AGREEMENT: agreement, _WHY: _why(contents), _FROM: origin})
    return Listing(names.PROJECTS, told, _fields(contents), shown, wide=True)


def _fields(contents: Contents) -> list[Field]:
    """The columns of the sheet; those for the currency and for carried figures only where they differ."""
    currency = [Field(Project.currency, "Currency", width=9)] if len(contents.currency) > 1 else []
    carried = contents.projects[Status.carried_from].notna().any()
    origin = [Field(_FROM, "Figures", WRAPPED, 16)] if carried else []
    return [
        Field(Project.project_id, "Project ID", WRAPPED, 15, link=names.REASONS),
        Field(Project.project_name, "Project name", WRAPPED, 27),
        Field(Project.programme_id, "Programme", WRAPPED, 12),
        Field(Project.department, "Department", WRAPPED, 17),
        Field(Status.rag_reported, "Reported colour", COLOUR, 14, note_from=REPORTED_NOTE),
        Field(RAG_COMPUTED, "Computed colour", COLOUR, 14, note_from=COMPUTED_NOTE),
        Field(RAG_AGREEMENT, "Reported against computed", WRAPPED, 16),
        Field(RAG_COMPUTED_FROM, "Dimensions rated", width=12),
        *origin,
        *currency,
        *(_figure(name, contents) for name in FIGURES),
        Field(_WHY, "Why not available", WRAPPED, 30),
    ]


def _figure(name: str, contents: Contents) -> Field:
    return replace(metric_field(name, contents, width=_FIGURE_WIDTH), formula=FORMULAS.get(name))


def _why(contents: Contents) -> pd.Series:
    """For every project its undefined figures, gathered by reason: "no data: PV, EV; complete: SPI"."""
    projects = contents.projects
    text = pd.Series("", index=projects.index, dtype="str")
    for code in Reason:
        listed = pd.Series("", index=projects.index, dtype="str")
        for name in FIGURES:
            named = listed.where(listed == "", listed + ", ") + short_heading(name)
            listed = listed.where(~(projects[reason_of(name)] == code).astype("bool"), named)
        part = text.where(text == "", text + "; ") + f"{REASON_WORDS[code]}: " + listed
        text = text.where(listed == "", part)
    return text
