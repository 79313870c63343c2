"""Every listing of a report, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.listings import (
    definitions,
    groups,
    matrix,
    names,
    projects,
    quality,
    reasons,
    registers,
    sources,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.listings.listing import Listing

LISTINGS: Mapping[str, Callable[[Contents], Listing]] = {
    names.MATRIX: matrix.matrix,
    names.REASONS: reasons.reasons,
    names.PROJECTS: projects.projects,
    names.GROUPS: groups.programmes,
    names.DEPARTMENTS: groups.departments,
    names.MILESTONES: registers.milestones,
    names.RISKS: registers.risks,
    names.ISSUES: registers.issues,
    names.DECISIONS: registers.decisions,
    names.SCORES: quality.scores,
    names.QUALITY: quality.findings,
    names.QUARANTINE: quality.quarantine,
    names.FILES: sources.files,
    names.SOURCES: sources.sources,
    names.DEFINITIONS: definitions.definitions,
}


def listings(contents: Contents) -> dict[str, Listing]:
    """Every listing of the contents, by name."""
    return {name: made(contents) for name, made in LISTINGS.items()}
