"""The tables that the library itself makes: findings, quarantined rows, raw cells."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pmo_analytics.schemas.columns import DTYPES, Date, Kind, Number, Text, Word, field
from pmo_analytics.schemas.markup import block, table
from pmo_analytics.schemas.words import word_list


class Finding(pa.DataFrameModel):
    """One row per fault, with its address; ``id`` stays the same from month to month."""

    id: Text = field(Kind.TEXT, "Finding", "Identity: code, table, key and column, not the cell")
    severity: Word = field(Kind.WORD, "Severity", "error, warning or info", words="severity")
    code: Text = field(Kind.TEXT, "Code", "Kind of fault")
    table: Text = field(Kind.TEXT, "Table", "Table of the row")
    column: Text = field(Kind.TEXT, "Column", "Column of the cell, or its heading")
    key: Text = field(Kind.TEXT, "Key", "Key of the row")
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project or other entity concerned")
    file: Text = field(Kind.TEXT, "File", "File of the cell")
    sheet: Text = field(Kind.TEXT, "Sheet", "Sheet of the cell")
    cell: Text = field(Kind.TEXT, "Cell", "Address of the cell")
    value: Text = field(Kind.TEXT, "Value", "What stands there, as text")
    message: Text = field(Kind.TEXT, "What is wrong", "The fault in words, and what to do")
    status: Text = field(
        Kind.TEXT, "Status", "new, repeated, mended or accepted; empty where no earlier run was given"
    )
    times: Text = field(Kind.TEXT, "Times", "In how many months it stands or was told", unit="months")
    accepted_until: Text = field(Kind.TEXT, "Accepted until", "Until when, by whom and why it is accepted")


class Quarantined(pa.DataFrameModel):
    """One row per row kept out of every count; its raw values stay with it."""

    severity: Word = field(
        Kind.WORD, "Severity", "error, or info for rows that are no data", words="severity"
    )
    code: Text = field(Kind.TEXT, "Code", "Kind of fault")
    table: Text = field(Kind.TEXT, "Table", "Table it was meant for")
    file: Text = field(Kind.TEXT, "File", "File of the row")
    sheet: Text = field(Kind.TEXT, "Sheet", "Sheet of the row")
    row: Number = field(Kind.NUMBER, "Row", "Row in the sheet", unit="row")
    message: Text = field(Kind.TEXT, "Why", "Why it was kept out, and what to do")
    raw: Text = field(Kind.TEXT, "Raw values", "The row as it stands in the file")


class Origin(pa.DataFrameModel):
    """One row per cell of a table that came from another row of the files than the rest of its row."""

    table: Text = field(Kind.TEXT, "Table", "Table of the cell")
    column: Text = field(Kind.TEXT, "Column", "Column of the cell")
    source: Text = field(Kind.TEXT, "Source", "Source of the row")
    source_row: Number = field(Kind.NUMBER, "Source row", "Row of the rest", unit="row")
    from_source: Text = field(Kind.TEXT, "From source", "Source of the cell")
    from_row: Number = field(Kind.NUMBER, "From row", "Row of the cell in its source", unit="row")


class Range(pa.DataFrameModel):
    """One row per cell that states several values: amounts in the first three columns, days in the last."""

    source: Text = field(Kind.TEXT, "Source", "Key of the source")
    source_row: Number = field(Kind.NUMBER, "Source row", "Row in the sheet", unit="row")
    table: Text = field(Kind.TEXT, "Table", "Table of the row")
    column: Text = field(Kind.TEXT, "Column", "Column of the cell")
    low: Number = field(Kind.NUMBER, "Low", "Lowest value, in the unit of the column")
    mid: Number = field(Kind.NUMBER, "Middle", "Most likely value, the one that counts")
    high: Number = field(Kind.NUMBER, "High", "Highest value")
    low_date: Date = field(Kind.DATE, "Earliest", "Earliest day")
    mid_date: Date = field(Kind.DATE, "Likely day", "Most likely day, the one that counts")
    high_date: Date = field(Kind.DATE, "Latest", "Latest day")


class RawCell(pa.DataFrameModel):
    """One row per cell whose raw text differs from what was made of it."""

    source: Text = field(Kind.TEXT, "Source", "Key of the source")
    source_row: Number = field(Kind.NUMBER, "Source row", "Row in the sheet", unit="row")
    heading: Text = field(Kind.TEXT, "Heading", "Heading as written")
    raw: Text = field(Kind.TEXT, "Raw", "Content as text")
    kind: Text = field(Kind.TEXT, "Cell kind", "How the cell is stored")


class Findings(pd.DataFrame):
    """The findings as a frame that shows itself whole, worst first, in a notebook; parts of it are plain frames."""

    #: Rows shown in a notebook; the frame itself has all of them.
    SHOWN = 100

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def _repr_html_(self) -> str:
        counts = self[Finding.severity].value_counts()
        listed = ", ".join(f"{counts.get(word, 0):,} {word}" for word in word_list("severity"))
        title = f"{len(self):,} findings: {listed}" if len(self) else "No findings"
        columns = {
            Finding.severity: "Severity",
            Finding.message: "What is wrong",
            Finding.value: "Value",
            Finding.file: "File",
            Finding.sheet: "Sheet",
            Finding.cell: "Cell",
        }
        shown = self[list(columns)].head(self.SHOWN)
        rows = shown.assign(**{Finding.file: shown[Finding.file].map(_name)}).itertuples(index=False)
        more = f"and {len(self) - self.SHOWN:,} more" if len(self) > self.SHOWN else ""
        return block(title, table(list(columns.values()), rows), more) if len(self) else block(title)


def _name(path: str) -> str:
    return PurePath(path).name


def empty_result(model: Any) -> pd.DataFrame:
    """A typed frame of a result model, without rows."""
    declared = model.to_schema().columns
    return pd.DataFrame(
        {name: pd.Series(dtype=DTYPES[field.metadata["kind"]]) for name, field in declared.items()}
    )
