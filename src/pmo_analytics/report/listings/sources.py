"""Sources: the files, and what was understood of each sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import WRAPPED, Field, Listing
from pmo_analytics.report.wording import some_words

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
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


def files(contents: Contents) -> Listing:
    """One row per file: what was read, accepted, quarantined and empty, or why it was refused."""
    return Listing(names.FILES, _made_by(contents), FILES, _files(contents.files))


def sources(contents: Contents) -> Listing:
    """One row per sheet that was read: what it was taken for."""
    return Listing(names.SOURCES, _made_by(contents), SOURCES, _sources(contents.sources))


def _made_by(contents: Contents) -> str:
    return f"Rule set {contents.rule_set}, hash {contents.rule_set_hash}; pmo-analytics {contents.library}."


def _files(files: tuple[FileResult, ...]) -> pd.DataFrame:
    rows = [
        {
            "path": file.path,
            "status": file.status if file.counted == "rows" else f"{file.status} ({file.counted})",
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
            "unmapped": some_words(source.unmapped),
        }
        for source in sources
    ]
    return pd.DataFrame(rows, columns=[field.name for field in SOURCES], dtype="object")
