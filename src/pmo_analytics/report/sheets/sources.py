"""Sources: the files, what was understood of each, and what coloured the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.report.format import set_up_page
from pmo_analytics.report.grid import set_widths, write_table
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import WRAPPED, Field

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page
    from pmo_analytics.schemas.source import FileResult, Source

_SHORT_HASH = 12
FILES = (
    Field("path", "File", WRAPPED, 50),
    Field("status", "Status", width=16),
    Field("read", "Rows read", "count", 11),
    Field("accepted", "Accepted", "count", 11),
    Field("quarantined", "Quarantined", "count", 12),
    Field("empty", "Empty", "count", 11),
    Field("error", "Why refused", WRAPPED, 24),
)
SOURCES = (
    Field("path", "File", WRAPPED, 50),
    Field("sheet", "Sheet", WRAPPED, 16),
    Field("row_is", "A row is a", width=11),
    Field("tables", "Tables", WRAPPED, 16),
    Field("header_row", "Header row", "count", 12),
    Field("period", "Period", width=11),
    Field("period_origin", "Period found in", WRAPPED, 24),
    Field("profile", "Profile", width=12),
    Field("digest", "SHA-256 begins", width=16),
    Field("unmapped", "Headings not used", WRAPPED, 50),
)


def write(page: Page, contents: Contents) -> None:
    """Writes the sheet: rule set and library, the files with their row counts, then every sheet read."""
    set_widths(page, SOURCES)
    page.text(0, 0, names.SOURCES, page.formats.title)
    page.text(1, 0, f"Rule set {contents.rule_set}, hash {contents.rule_set_hash}", page.formats.plain)
    page.text(2, 0, f"pmo-analytics {contents.library}", page.formats.plain)
    page.text(4, 0, "Files", page.formats.section)
    row = write_table(page, _files(contents.files), FILES, top=5, table="Files") + 1
    page.text(row, 0, "Sheets and tables", page.formats.section)
    write_table(page, _sources(contents.sources), SOURCES, top=row + 1, table="Sources")
    page.sheet.freeze_panes(1, 0)
    set_up_page(page.sheet, header_row=None)


def _files(files: tuple[FileResult, ...]) -> pd.DataFrame:
    rows = [
        {
            "path": file.path,
            "status": file.status,
            "read": file.read,
            "accepted": file.accepted,
            "quarantined": file.quarantined,
            "empty": file.empty,
            "error": file.error["message"] if file.error else "",
        }
        for file in files
    ]
    return pd.DataFrame(rows, columns=[field.name for field in FILES], dtype="object")


def _sources(sources: tuple[Source, ...]) -> pd.DataFrame:
    rows = [
        {
            "path": source.path,
            "sheet": source.sheet or "",
            "row_is": source.row_is,
            "tables": ", ".join(source.tables),
            "header_row": source.header_row,
            "period": source.period or "",
            "period_origin": source.period_origin,
            "profile": source.profile,
            "digest": source.digest[:_SHORT_HASH],
            "unmapped": ", ".join(source.unmapped),
        }
        for source in sources
    ]
    return pd.DataFrame(rows, columns=[field.name for field in SOURCES], dtype="object")
