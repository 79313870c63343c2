"""Data quality: every finding with its cell, and every row kept out of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.quality.kinds import SEVERITIES
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import WRAPPED, Field, Listing
from pmo_analytics.schemas.results import Finding, Quarantined

if TYPE_CHECKING:
    import pandas as pd

    from pmo_analytics.report.contents import Contents

FINDINGS = (
    Field(Finding.severity, "Severity", width=10),
    Field(Finding.entity_id, "Project or entity", width=14, link=names.PROJECTS),
    Field(Finding.message, "What is wrong", WRAPPED, 60),
    Field(Finding.value, "Value", WRAPPED, 24),
    Field(Finding.file, "File", WRAPPED, 34),
    Field(Finding.sheet, "Sheet", WRAPPED, 16),
    Field(Finding.cell, "Cell", width=10),
    Field(Finding.table, "Table", width=12),
    Field(Finding.column, "Column", WRAPPED, 18),
    Field(Finding.key, "Key", WRAPPED, 20),
    Field(Finding.code, "Code", width=24),
    Field(Finding.id, "Finding", width=20),
)
ROWS = (
    Field(Quarantined.severity, "Severity", width=10),
    Field(Quarantined.message, "Why", WRAPPED, 50),
    Field(Quarantined.file, "File", WRAPPED, 34),
    Field(Quarantined.sheet, "Sheet", WRAPPED, 16),
    Field(Quarantined.row, "Row", "count", 8),
    Field(Quarantined.table, "Table", width=12),
    Field(Quarantined.code, "Code", width=24),
    Field(Quarantined.raw, "Raw values", WRAPPED, 80),
)


def findings(contents: Contents) -> Listing:
    """The findings, worst first."""
    told = _counted(contents.findings, Finding.severity, "findings")
    return Listing(names.QUALITY, told, FINDINGS, contents.findings, frozen=0)


def quarantine(contents: Contents) -> Listing:
    """The quarantined rows: they count in no figure."""
    told = _counted(contents.quarantine, Quarantined.severity, "rows kept out of every figure")
    return Listing(names.QUARANTINE, told, ROWS, contents.quarantine, frozen=0)


def _counted(frame: pd.DataFrame, column: str, words: str) -> str:
    counts = frame[column].value_counts()
    listed = ", ".join(f"{counts.get(severity, 0):,} {severity}" for severity in SEVERITIES)
    return f"{len(frame):,} {words}: {listed}" if len(frame) else f"No {words}"
