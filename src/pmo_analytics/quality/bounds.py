"""Bounds: what a single cell may hold, as the models of the tables declare it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pandera.errors import SchemaErrorReason, SchemaErrors

from pmo_analytics.errors import InvalidTable
from pmo_analytics.quality.findings import as_text, faults, gather, row_key
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Why an emptied cell is null.
UNREADABLE = "unreadable"


def check_bounds(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One ``OUT_OF_RANGE`` fault per cell outside the bounds of its column; nulls are no faults.

    The detail says the bounds in words: ``0 to 1``, ``at least 0``, ``one of green, amber``. Tables are
    typed already: nothing is converted, and a missing column, another dtype or an empty key raises
    ``InvalidTable``.

    >>> from pmo_analytics.schemas.tables import table
    >>> rows = table("status").empty().reindex([0]).assign(pct_complete=1.5)
    >>> rows = rows.assign(project_id="P1", period=pd.Timestamp("2026-06-30"))
    >>> check_bounds({"status": rows})[["column", "value", "detail"]].values.tolist()
    [['pct_complete', '1.5', '0 to 1']]
    """
    return gather(part for name, frame in tables.items() for part in _outside(frame, name))


def empty_cells(tables: Mapping[str, pd.DataFrame], found: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """New tables in which the cells of the faults given are null, with the reason ``unreadable`` beside them.

    A cell is found by table, column, key, source and row. Keys are never emptied, and rows never leave.

    >>> from pmo_analytics.schemas.tables import table
    >>> rows = table("status").empty().reindex([0]).assign(pct_complete=1.5)
    >>> rows = rows.assign(project_id="P1", period=pd.Timestamp("2026-06-30"))
    >>> mended = empty_cells({"status": rows}, check_bounds({"status": rows}))["status"]
    >>> mended["pct_complete"].isna().all(), mended["pct_complete_reason"].item()
    (np.True_, 'unreadable')
    """
    return {name: _emptied(frame, name, found) for name, frame in tables.items()}


def _outside(frame: pd.DataFrame, table_name: str) -> list[pd.DataFrame]:
    rows = frame.reset_index(drop=True)
    try:
        table(table_name).model.to_schema().validate(rows, lazy=True)
    except SchemaErrors as errors:
        return [_cells(error, rows, table_name) for error in errors.schema_errors]
    return []


def _cells(error: Any, rows: pd.DataFrame, table_name: str) -> pd.DataFrame:
    if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK:
        raise InvalidTable(_mistyped(error, table_name))
    column = str(error.schema.name)
    faulty = rows.loc[error.failure_cases["index"].astype("int64")]
    return faults(
        "OUT_OF_RANGE",
        faulty,
        table_name=table_name,
        column=column,
        value=faulty[column],
        detail=_in_words(error.schema.checks),
    )


def _mistyped(error: Any, table_name: str) -> str:
    advice = "Load it with load() or from_frames(), which type every column."
    if error.reason_code is SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
        return f"table {table_name}: column {error.failure_cases} is missing. {advice}"
    column = str(error.schema.name)
    if error.reason_code is SchemaErrorReason.SERIES_CONTAINS_NULLS:
        return f"table {table_name}: column {column} is part of the key and has empty cells. {advice}"
    expected = table(table_name).dtypes()[column]
    return f"table {table_name}: column {column} is not of the dtype {expected}. {advice}"


def _in_words(checks: list[Any]) -> str:
    bounds: dict[str, Any] = {}
    for check in checks:
        bounds |= check.statistics
    allowed, least, most = (bounds.get(key) for key in ("allowed_values", "min_value", "max_value"))
    if allowed:
        return "one of " + ", ".join(allowed)
    if least is not None and most is not None:
        return f"{least} to {most}"
    return f"at least {least}" if least is not None else f"at most {most}"


def _emptied(frame: pd.DataFrame, table_name: str, found: pd.DataFrame) -> pd.DataFrame:
    rows = frame.copy(deep=False)
    faulty = found[found[Finding.table] == table_name]
    if faulty.empty:
        return rows
    here = _place(row_key(rows, table_name), rows[SOURCE], rows[SOURCE_ROW])
    place = _place(faulty[Finding.key], faulty[SOURCE], faulty[SOURCE_ROW])
    columns = table(table_name).columns
    for name in faulty[Finding.column].unique():
        if name not in columns or columns[name].key:
            continue
        hit = here.isin(place[faulty[Finding.column] == name])
        rows[name] = rows[name].mask(hit)
        if columns[name].reasoned:
            rows[reason_of(name)] = rows[reason_of(name)].mask(hit, UNREADABLE)
    return rows


def _place(key: pd.Series, source: pd.Series, row: pd.Series) -> pd.Series:
    text = as_text(row)
    return key.fillna("") + "\n" + source.fillna("") + "\n" + text
