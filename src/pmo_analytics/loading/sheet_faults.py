"""Sheet faults: what is told of a sheet as a whole: hidden, left out, not recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.layout.guides import is_guide
from pmo_analytics.quality.findings import faults
from pmo_analytics.schemas.source import Source
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW

if TYPE_CHECKING:
    from pmo_analytics.loading.files.raw_sheet import RawBook, RawSheet
    from pmo_analytics.loading.layout.sheet_choice import SheetChoice
    from pmo_analytics.schemas.settings import Settings


def hidden_faults(sheet: RawSheet, key: str, settings: Settings) -> list[pd.DataFrame]:
    """What is hidden in a sheet of which tables were read, and whether it counts."""
    told = [sheet_fault("HIDDEN_SHEET", key=key)] if sheet.hidden else []
    rows = sum(row < sheet.n_rows for row in sheet.hidden_rows)
    columns = sum(column < len(sheet.columns) for column in sheet.hidden_columns)
    row = pd.DataFrame({SOURCE: [key], SOURCE_ROW: [pd.NA]})
    words = "they were set aside" if settings.hidden == "skip" else "they were read all the same"
    if rows:
        told.append(faults("HIDDEN_ROWS", row, table_name="", value=f"{rows:,}", detail=words))
    if columns:
        told.append(faults("HIDDEN_COLUMNS", row, table_name="", value=f"{columns:,}"))
    return told


def may_hold_tables(sheet: RawSheet, choice: SheetChoice, settings: Settings) -> bool:
    """Whether tables are looked for in a sheet: not where it is set aside, or says that it is a guide."""
    return not is_guide(sheet) and _why_unused(sheet, choice, settings)[0] == "SHEET_NOT_RECOGNISED"


def unused_faults(sheet: RawSheet, key: str, choice: SheetChoice, settings: Settings) -> list[pd.DataFrame]:
    """What is told of a sheet of which no table was read; nothing of a guide."""
    return [] if is_guide(sheet) else [sheet_fault(*_why_unused(sheet, choice, settings), key=key)]


def _why_unused(sheet: RawSheet, choice: SheetChoice, settings: Settings) -> tuple[str, str]:
    """The finding of a sheet of which no table was read, and what it is told besides."""
    if sheet.hidden and settings.hidden == "skip":
        return "HIDDEN_SHEET_SKIPPED", ""
    left_out = choice.left_out(sheet.name)
    return ("SHEET_LEFT_OUT", left_out) if left_out else ("SHEET_NOT_RECOGNISED", "")


def sheet_fault(code: str, detail: str = "", *, key: str) -> pd.DataFrame:
    """One fault of a sheet, without a row."""
    return faults(code, pd.DataFrame({SOURCE: [key], SOURCE_ROW: [pd.NA]}), table_name="", detail=detail)


def note(code: str, key: str, words: str) -> pd.DataFrame:
    """One fault of a file: a note of the reading process."""
    row = pd.DataFrame({SOURCE: [key], SOURCE_ROW: [pd.NA]})
    return faults(code, row, table_name="", value=pd.Series([words], index=row.index))


def unused_source(key: str, book: RawBook, sheet: RawSheet) -> Source:
    """The record of a sheet of which no table was read."""
    return Source(key, book.path, sheet.name, book.digest, "", "", (), 0, None, "")
