"""From faults to findings.

A *fault* is what a check notices: a row of ``code, table, column, key, entity_id, source, source_row, value,
detail``. A *finding* is a fault told to a person: with severity, address, sentence and a stable identity.
"""

from __future__ import annotations

from pathlib import PurePath, PureWindowsPath
from string import Formatter
from typing import TYPE_CHECKING, overload

import pandas as pd

from pmo_analytics.quality.kinds import KINDS, SEVERITIES
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.results import Finding, empty_result
from pmo_analytics.schemas.source import address_of_record, column_letter
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmo_analytics.schemas.source import Source

DETAIL = "detail"
FAULT = (
    Finding.code,
    Finding.table,
    Finding.column,
    Finding.key,
    Finding.entity_id,
    SOURCE,
    SOURCE_ROW,
    Finding.value,
    DETAIL,
)

_NO_FAULTS = pd.DataFrame({name: pd.Series(dtype="Int64" if name == SOURCE_ROW else "str") for name in FAULT})

#: From here on a float has no decimals.
_WHOLE = 1e15

#: The key of a row that has a period, without it, and the period.
_MONTH = r"(?s)^(.*?)(?:(?:^|/)(\d{4}-\d{2})?)?$"


def faults(
    code: str,
    rows: pd.DataFrame,
    *,
    table_name: str,
    column: str = "",
    value: pd.Series | str = "",
    detail: pd.Series | str = "",
) -> pd.DataFrame:
    """One fault per row given, with the key, the entity and the provenance of the row."""
    told_code = KINDS[code].code
    if rows.empty:
        return no_faults()
    entity = table(table_name).entity if table_name else ""
    found = {
        Finding.code: told_code,
        Finding.table: table_name,
        Finding.column: column,
        Finding.key: row_key(rows, table_name),
        Finding.entity_id: rows.get(entity, ""),
        SOURCE: rows.get(SOURCE, ""),
        SOURCE_ROW: rows.get(SOURCE_ROW, pd.NA),
        Finding.value: as_text(value),
        DETAIL: as_text(detail),
    }
    told = pd.DataFrame(found, index=rows.index).astype({SOURCE_ROW: "Int64"})
    return told.reset_index(drop=True)


def no_faults() -> pd.DataFrame:
    """A table of faults without rows."""
    return _NO_FAULTS.copy()


def gather(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All faults in one table."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True)[list(FAULT)] if filled else no_faults()


def row_key(rows: pd.DataFrame, table_name: str) -> pd.Series:
    """The key of each row as text; the parts of a key are joined by a slash, a period is a month."""
    text = pd.Series("", index=rows.index, dtype="str")
    for name in table(table_name).key if table_name else ():
        if name in rows:
            is_period = table(table_name).columns[name].kind is Kind.PERIOD
            part = as_text(rows[name]).str.slice(0, 7) if is_period else as_text(rows[name])
            text = text.where(text == "", text + "/") + part
    # what is known by its first part alone needs no stroke behind it
    return text.str.removesuffix("/")


@overload
def as_text(values: str) -> str: ...
@overload
def as_text(values: pd.Series) -> pd.Series: ...
def as_text(values: pd.Series | str) -> pd.Series | str:
    """Values as people read them: dates in ISO form, whole amounts without decimals, nothing for null."""
    if isinstance(values, str):
        return values
    if pd.api.types.is_datetime64_any_dtype(values):
        days: pd.Series = values.dt.strftime("%Y-%m-%d")
        return days.astype("str").fillna("")
    if pd.api.types.is_float_dtype(values):
        # Rounding multiplies first: an amount near the largest of all would overflow.
        small = values.abs() < _WHOLE
        rounded = values.where(~small, values.where(small).round(6))
        plain = rounded.astype("str").str.replace(r"\.0$", "", regex=True)
        return plain.where(values.notna(), "")
    return values.astype("str").fillna("")


def describe(found: pd.DataFrame, sources: Iterable[Source], *, placed: bool = False) -> pd.DataFrame:
    """The findings of the faults given: severity, address, sentence, identity; worst first.

    With ``placed`` each keeps the key of its source and its row there.
    """
    if found.empty:
        return empty_result(Finding)
    rows = found.fillna({name: "" for name in FAULT if name != SOURCE_ROW}).reset_index(drop=True)
    rows = rows.join(_addresses(rows, sources))
    rows[Finding.severity] = rows[Finding.code].map({code: kind.severity for code, kind in KINDS.items()})
    rows[Finding.message] = _messages(rows)
    rows[Finding.id] = _identities(rows)
    rows[Finding.times] = _times(rows)
    rows[Finding.status] = rows[Finding.accepted_until] = ""
    order = rows[Finding.severity].map({severity: rank for rank, severity in enumerate(SEVERITIES)})
    by = [Finding.file, Finding.sheet, SOURCE_ROW, Finding.column]
    rows = rows.assign(order=order).sort_values(["order", *by], kind="stable", ignore_index=True)
    told = rows[list(empty_result(Finding).columns)].astype("str")
    return told.join(rows[[SOURCE, SOURCE_ROW]]) if placed else told


def places(rows: pd.DataFrame, sources: Iterable[Source]) -> pd.Series:
    """The places of cells in words, ``plan.xlsx [Status] F12``; rows have table, column, source, source_row."""
    at = _addresses(rows, sources)
    name = at[Finding.file].map(lambda path: PurePath(PureWindowsPath(path).name).name).astype("str")
    sheet = (" [" + at[Finding.sheet] + "]").where(at[Finding.sheet] != "", "")
    return name + sheet + (" " + at[Finding.cell]).where(at[Finding.cell] != "", "")


def _addresses(rows: pd.DataFrame, sources: Iterable[Source]) -> pd.DataFrame:
    listed = list(sources)
    letters = {f"{s.key}|{field}": letter for s in listed for field, letter in s.addresses.items()}
    field = rows[Finding.table] + "." + rows[Finding.column]
    letter = (rows[SOURCE] + "|" + field).map(letters).astype("str")
    by_heading = (rows[SOURCE] + "|" + rows[Finding.column]).map(letters).astype("str")
    letter = letter.fillna(by_heading).fillna("")
    sheet = rows[SOURCE].map({s.key: s.sheet or "" for s in listed}).fillna("")
    number = rows[SOURCE_ROW].astype("str").where(rows[SOURCE_ROW].notna(), "")
    whole_row = pd.Series("row ", index=rows.index) + number
    cell = (letter + number).where(letter != "", whole_row).where(number != "", "")
    turned = rows[SOURCE].map({s.key: s.orientation for s in listed}).fillna("rows")
    if (turned != "rows").any():
        forms = turned == "cells"
        own = _form_cells(rows[forms], field[forms], letters)
        cell = cell.mask(forms, own.str.replace(r"^.*!", "", regex=True).reindex(rows.index))
        sheet = sheet.mask(forms, own.str.replace(r"!?[^!]*$", "", regex=True).reindex(rows.index))
        standing = number.map({n: column_letter(int(n) - 1) for n in number.unique() if n}).astype("str")
        whole_column = pd.Series("column ", index=rows.index) + standing
        in_column = (standing + letter).where(letter != "", whole_column).where(number != "", "")
        cell = cell.mask(turned == "columns", in_column)
    return pd.DataFrame(
        {
            Finding.file: rows[SOURCE].map({s.key: s.path for s in listed}).fillna(""),
            Finding.sheet: sheet,
            Finding.cell: cell,
        }
    )


def _form_cells(rows: pd.DataFrame, field: pd.Series, letters: Mapping[str, str]) -> pd.Series:
    """The cells of a form as ``Sheet!C11``: of a field in its row, or of a heading.

    A field without a cell has the sheet alone in which its row begins.
    """
    places = zip(
        rows[SOURCE], field, rows[Finding.column], rows[SOURCE_ROW].fillna(0).astype("int64"), strict=True
    )
    found = [
        letters.get(f"{source}|{address_of_record(name, row)}")
        or (letters.get(f"{source}|{heading}") if heading else None)
        or letters.get(f"{source}|{address_of_record('', row)}", "").rpartition("!")[0] + "!"
        for source, name, heading, row in places
    ]
    return pd.Series(found, index=rows.index, dtype="str")


def _messages(rows: pd.DataFrame) -> pd.Series:
    told = pd.Series("", index=rows.index, dtype="str")
    for code, group in rows.groupby(Finding.code):
        kind = KINDS[str(code)]
        text = pd.Series("", index=group.index, dtype="str")
        for literal, name, _, _ in Formatter().parse(f"{kind.sentence}. {kind.advice}".strip()):
            text = text + literal
            if name:
                text = text + group[name].astype("str").str.slice(0, 120)
        told.loc[group.index] = text
    return told


def _identities(rows: pd.DataFrame) -> pd.Series:
    # The month is not part of what is at fault: next month's finding is the same one, told again. The latest
    # month has the plain identity, earlier ones count on from it.
    subject, month = _without_month(rows)
    name = rows[Finding.code] + "|" + rows[Finding.table] + "|" + subject + "|" + rows[Finding.column]
    name = name.where(subject != "", name + "|" + rows[Finding.sheet] + "|" + rows[Finding.value])
    digest = pd.util.hash_array(name.to_numpy(dtype=object), categorize=True)
    latest_first = name.loc[month.sort_values(ascending=False, kind="stable").index]
    again = latest_first.groupby(latest_first).cumcount().reindex(rows.index)
    suffix = ("-" + (again + 1).astype("str")).where(again > 0, "")
    return pd.Series([f"{number:016x}" for number in digest], index=rows.index).astype("str") + suffix


def _times(rows: pd.DataFrame) -> pd.Series:
    """In how many months each fault stands, in the tables that have months."""
    subject, month = rows[Finding.id].str.partition("-")[0], _without_month(rows)[1]
    return month.groupby(subject).transform("nunique").clip(lower=1).astype("str")


def _without_month(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    dated = [name for name, t in tables().items() if any(t.columns[k].kind is Kind.PERIOD for k in t.key)]
    key = rows[Finding.key]
    parts = key.str.extract(_MONTH)
    has_month = rows[Finding.table].isin(dated)
    return parts[0].where(has_month, key).fillna(""), parts[1].where(has_month).fillna("")
