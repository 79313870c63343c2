"""RAG reasons: the rule, the figure and the threshold behind every computed colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.rag.reasons import DIMENSION, FIGURE, RULE, SENTENCE, THRESHOLD
from pmo_analytics.report.format import COLOUR as COLOURED
from pmo_analytics.report.format import WRAPPED, set_up_page
from pmo_analytics.report.grid import Field, set_widths, write_table
from pmo_analytics.report.reasons import COLOUR, UNIT
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

NAME = "RAG reasons"
HEADER_ROW = 2
FIELDS = (
    Field(Project.project_id, "Project ID", WRAPPED, 15),
    Field(Project.project_name, "Project name", WRAPPED, 34),
    Field(DIMENSION, "Dimension", width=13),
    Field(COLOUR, "Computed colour", COLOURED, 16),
    Field(FIGURE, "Figure", width=12, unit_from=UNIT),
    Field(THRESHOLD, "Threshold", width=12, unit_from=UNIT),
    Field(SENTENCE, "Why", WRAPPED, 70),
    Field(RULE, "Rule", width=26),
)


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: one row per project and dimension, the overall colour first."""
    set_widths(page, FIELDS)
    page.text(0, 0, NAME, page.formats.title)
    page.text(
        1,
        0,
        f"Rule set {contents.rule_set}. Dimensions without a rule in this set are left out.",
        page.formats.note,
    )
    write_table(page, contents.reasons, FIELDS, top=HEADER_ROW, filtered=True)
    page.sheet.freeze_panes(HEADER_ROW + 1, 2)
    set_up_page(page.sheet, header_row=HEADER_ROW)
