"""Data quality: every finding with its cell, and every row kept out of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.quality.kinds import SEVERITIES
from pmo_analytics.report.format import WRAPPED
from pmo_analytics.report.grid import Field
from pmo_analytics.report.sheets import names
from pmo_analytics.report.sheets.listing import SECOND_LINE, write_listing
from pmo_analytics.schemas.results import Finding, Quarantined

if TYPE_CHECKING:
    import pandas as pd

    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

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


def write_findings(page: Page, contents: Contents) -> None:
    """Writes the sheet of findings, worst first."""
    told = _counted(contents.findings, Finding.severity, "findings")
    write_listing(page, contents.findings, FINDINGS, told=told, frozen=0)


def write_quarantine(page: Page, contents: Contents) -> None:
    """Writes the sheet of quarantined rows: they count in no figure."""
    told = _counted(contents.quarantine, Quarantined.severity, "rows kept out of every figure")
    write_listing(page, contents.quarantine, ROWS, told=told, frozen=0)


def write_text_note(page: Page) -> None:
    """Says on the sheet of findings how many texts of the workbook had to be changed; written last."""
    counted = page.texts
    if counted.replaced or counted.cut:
        page.text(
            SECOND_LINE,
            0,
            f"To fit into cells of this workbook, {counted.replaced:,} texts had characters replaced by U+FFFD "
            f"and {counted.cut:,} were cut (they end in an ellipsis).",
            page.formats.note,
        )


def _counted(frame: pd.DataFrame, column: str, words: str) -> str:
    counts = frame[column].value_counts()
    listed = ", ".join(f"{counts.get(severity, 0):,} {severity}" for severity in SEVERITIES)
    return f"{len(frame):,} {words}: {listed}" if len(frame) else f"No {words}"
