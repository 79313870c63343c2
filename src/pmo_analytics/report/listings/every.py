"""Every listing of a report, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.listings import (
    definitions,
    further,
    groups,
    matrix,
    names,
    projects,
    quality,
    reasons,
    registers,
    sources,
)
from pmo_analytics.report.listings.declared import declared
from pmo_analytics.report.registers import AS_DELIVERED, BENEFIT_REGISTER, CHANGE_LOG, DEPENDENCY_LOG

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

#: Listings of registers that are left out where the register did not come.
FURTHER: Mapping[str, tuple[str, Callable[[Contents], Listing]]] = {
    names.CHANGES: (CHANGE_LOG, further.changes),
    names.DEPENDENCIES: (DEPENDENCY_LOG, further.dependencies),
    names.BENEFITS: (BENEFIT_REGISTER, further.benefits),
}

#: Listings of the other tables, which stand at the end and are left out in the same way.
DELIVERED: Mapping[str, tuple[str, Callable[[Contents], Listing]]] = {
    names.title_of(name): (name, declared(name)) for name in AS_DELIVERED
}


def listings(contents: Contents) -> dict[str, Listing]:
    """Every listing of the contents, by name."""
    came = {
        name: made for name, (table, made) in {**FURTHER, **DELIVERED}.items() if table in contents.further
    }
    return {name: made(contents) for name, made in {**LISTINGS, **came}.items()}
