"""The names of the sheets, in the order in which they stand."""

from __future__ import annotations

SUMMARY = "Summary"
MATRIX = "RAG matrix"
REASONS = "RAG reasons"
PROJECTS = "Projects"
GROUPS = "Programmes"
TRENDS = "Trends"
MILESTONES = "Milestones"
RISKS = "Risks"
ISSUES = "Issues"
EXPOSURE = "Exposure"
DECISIONS = "Decisions"
QUALITY = "Data quality"
QUARANTINE = "Quarantine"
SOURCES = "Sources"
DEFINITIONS = "Definitions"
