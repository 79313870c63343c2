"""The names of the sheets and sections, in the order in which they stand."""

from __future__ import annotations

SUMMARY = "Summary"
MATRIX = "RAG matrix"
REASONS = "RAG reasons"
PROJECTS = "Projects"
GROUPS = "Programmes"
DEPARTMENTS = "Departments"
TRENDS = "Trends"
MILESTONES = "Milestones"
RISKS = "Risks"
ISSUES = "Issues"
EXPOSURE = "Exposure"
DECISIONS = "Decisions"
CHANGES = "Changes"
DEPENDENCIES = "Dependencies"
BENEFITS = "Benefits"
SCORES = "Quality scores"
QUALITY = "Data quality"
QUARANTINE = "Quarantine"
SOURCES = "Sources"
FILES = "Files"
DEFINITIONS = "Definitions"


def title_of(table: str) -> str:
    """The name under which a table stands that has no listing of its own.

    >>> title_of("business_cases")
    'Business cases'
    """
    return table.replace("_", " ").capitalize()
