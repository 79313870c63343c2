"""The tables that the library itself makes: findings, quarantined rows, raw cells."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from pmo_analytics.schemas.columns import DTYPES, Kind, Number, Text, Word, column


class Finding(pa.DataFrameModel):
    """One row per fault, with its address; ``id`` stays the same from month to month."""

    id: Text = column(Kind.TEXT, "Finding", "Identity: code, table, key and column, not the cell")
    severity: Word = column(Kind.WORD, "Severity", "error, warning or info", words="severity")
    code: Text = column(Kind.TEXT, "Code", "Kind of fault")
    table: Text = column(Kind.TEXT, "Table", "Table of the row")
    column: Text = column(Kind.TEXT, "Column", "Column of the cell, or its heading")
    key: Text = column(Kind.TEXT, "Key", "Key of the row")
    entity_id: Text = column(Kind.TEXT, "Entity ID", "Project or other entity concerned")
    file: Text = column(Kind.TEXT, "File", "File of the cell")
    sheet: Text = column(Kind.TEXT, "Sheet", "Sheet of the cell")
    cell: Text = column(Kind.TEXT, "Cell", "Address of the cell")
    value: Text = column(Kind.TEXT, "Value", "What stands there, as text")
    message: Text = column(Kind.TEXT, "What is wrong", "The fault in words, and what to do")


class Quarantined(pa.DataFrameModel):
    """One row per row kept out of every count; its raw values stay with it."""

    severity: Word = column(
        Kind.WORD, "Severity", "error, or info for rows that are no data", words="severity"
    )
    code: Text = column(Kind.TEXT, "Code", "Kind of fault")
    table: Text = column(Kind.TEXT, "Table", "Table it was meant for")
    file: Text = column(Kind.TEXT, "File", "File of the row")
    sheet: Text = column(Kind.TEXT, "Sheet", "Sheet of the row")
    row: Number = column(Kind.NUMBER, "Row", "Row in the sheet", unit="row")
    message: Text = column(Kind.TEXT, "Why", "Why it was kept out, and what to do")
    raw: Text = column(Kind.TEXT, "Raw values", "The row as it stands in the file")


class RawCell(pa.DataFrameModel):
    """One row per cell whose raw text differs from what was made of it."""

    source: Text = column(Kind.TEXT, "Source", "Key of the source")
    source_row: Number = column(Kind.NUMBER, "Source row", "Row in the sheet", unit="row")
    heading: Text = column(Kind.TEXT, "Heading", "Heading as written")
    raw: Text = column(Kind.TEXT, "Raw", "Content as text")
    kind: Text = column(Kind.TEXT, "Cell kind", "How the cell is stored")


def empty_result(model: Any) -> pd.DataFrame:
    """A typed frame of a result model, without rows."""
    declared = model.to_schema().columns
    return pd.DataFrame(
        {name: pd.Series(dtype=DTYPES[field.metadata["kind"]]) for name, field in declared.items()}
    )
