"""RAG reasons: the rule, the figure and the threshold behind every computed colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.rag.reasons import DIMENSION, FIGURE, RULE, SENTENCE, THRESHOLD
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.fields import labelled
from pmo_analytics.report.listings.listing import COLOUR as COLOURED
from pmo_analytics.report.listings.listing import WRAPPED, Field, Listing
from pmo_analytics.report.reasons import COLOUR, UNIT
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

FIELDS = (
    Field(Project.project_id, "Project ID", WRAPPED, 15, link=names.PROJECTS),
    Field(Project.project_name, "Project name", WRAPPED, 34),
    Field(DIMENSION, "Dimension", width=13),
    Field(COLOUR, "Computed colour", COLOURED, 16, note_from=SENTENCE),
    Field(FIGURE, "Figure", width=12, unit_from=UNIT),
    Field(THRESHOLD, "Threshold", width=12, unit_from=UNIT),
    Field(SENTENCE, "Why", WRAPPED, 70),
    Field(RULE, "Rule", width=26),
)


def reasons(contents: Contents) -> Listing:
    """One row per project and dimension, the overall colour first."""
    told = f"Rule set {contents.rule_set}. Dimensions without a rule in this set are left out."
    months = contents.projects.set_index(Project.project_id)[Status.carried_from]
    carried = contents.reasons.assign(
        **{Status.carried_from: contents.reasons[Project.project_id].map(months)}
    )
    shown = labelled(carried, COLOUR)
    return Listing(names.REASONS, told, FIELDS, shown)
