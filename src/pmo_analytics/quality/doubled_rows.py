"""Doubled rows: which row of a source counts where several have the same key, and what they state differently.

Nobody can tell which of them is right, and the order of the rows says nothing about it. The fullest row counts, of
equally full ones the first by what it says; an amount, a date, a colour or a number that another of them states
differently is undefined in it. So the same rows in another order give the same table.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pmo_analytics.quality.findings import as_text, faults, gather
from pmo_analytics.quality.keys import comparable, is_blank, match_key
from pmo_analytics.schemas.columns import Kind, reason_of
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

#: Amounts that differ by no more than this share are the same: what adding up floats does.
ROUNDING = 1e-9
#: Kinds of columns of which one row or delivery counts where two differ; of the others none does.
WORDS = (Kind.TEXT, Kind.WORD)


def unlike(values: pd.Series, standing: pd.Series, kind: Kind) -> pd.Series:
    """Whether values of a kind say something else than those that stand beside them.

    >>> unlike(pd.Series(["Road ", "Rail"]), pd.Series(["ROAD", "Road"]), Kind.TEXT).tolist()
    [False, True]
    """
    if kind in WORDS:
        return match_key(values) != match_key(standing)
    if pd.api.types.is_float_dtype(values):
        return (values - standing).abs() > ROUNDING * np.maximum(values.abs(), standing.abs())
    return (values != standing).fillna(False).astype("bool")


def split_keys(
    frame: pd.DataFrame, table_name: str, *, contents: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that can be kept, numbered from 0, and the faults of those that cannot.

    A row without an id is ``MISSING_KEY``, without a period ``MISSING_PERIOD``; of the rows with one key all but
    one are ``DUPLICATE_KEY``. A row has one fault, the first of these. The row that counts is the fullest one, of
    equally full ones the first by content, whatever the order of the rows. Its words stay; what is no word and is
    stated differently by another row becomes null (reason ``conflict``) and is a ``VALUE_CONFLICT`` in its cell.

    ``contents`` are the cells of the rows as delivered, labelled with ``source_row``: so tables that are fed by the
    same rows choose the same ones. Without them the columns of the frame are compared.

    >>> rows = pd.DataFrame({"gate_code": ["RAIL", "rail ", None], "source": "s1", "source_row": [2, 3, 4]})
    >>> kept, found = split_keys(rows, "gates")
    >>> kept["gate_code"].tolist(), found["code"].tolist(), found["detail"].tolist()
    (['RAIL'], ['MISSING_KEY', 'DUPLICATE_KEY'], ['', 'row 2 counts, which says the same'])
    """
    rows = frame.reset_index(drop=True)
    missing, rows = _without_key(rows, table_name)
    key = comparable(rows, table_name)
    doubled = key.duplicated(keep=False)
    if not doubled.any():
        return rows.reset_index(drop=True), gather(missing)
    torn = rows[doubled]
    group = key[doubled].groupby(list(key.columns), sort=False, dropna=False).ngroup()
    cells = _contents(torn, table_name, contents)
    order = _fullest_first(cells)
    torn, cells = torn.loc[order], cells.loc[order]
    counts = torn.index.to_series().groupby(group.loc[order]).transform("first")
    told = _doubled(torn, counts, _otherwise(cells, counts), table_name)
    differing = _differing(torn, counts, table_name)
    settled, conflicts = _undefined(torn, counts, differing, table_name)
    whole = pd.concat([rows[~doubled], settled]).sort_index().astype(rows.dtypes.to_dict())
    return whole.reset_index(drop=True), gather([*missing, told, *conflicts])


def _without_key(rows: pd.DataFrame, table_name: str) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    parts = []
    for name in table(table_name).needed_key:
        is_period = table(table_name).columns[name].kind is Kind.PERIOD
        empty = rows[name].isna() if is_period else is_blank(rows[name])
        code = "MISSING_PERIOD" if is_period else "MISSING_KEY"
        parts.append(faults(code, rows[empty], table_name=table_name, column=name))
        rows = rows[~empty]
    return parts, rows


def _contents(torn: pd.DataFrame, table_name: str, contents: pd.DataFrame | None) -> pd.DataFrame:
    """The cells of the rows as texts, nothing where they are blank; columns bear what people call them."""
    if contents is None:
        titles = {name: column.title for name, column in table(table_name).columns.items()}
        cells = torn[[name for name in titles if name in torn]].rename(columns=titles)
    else:
        cells = contents.loc[torn[SOURCE_ROW].astype("int64")].set_axis(torn.index)
    return cells.astype(object).where(cells.notna(), "").astype("str")


def _fullest_first(cells: pd.DataFrame) -> pd.Index:
    """The labels of the rows: the fuller the earlier, of equally full ones by their text from left to right."""
    texts = cells.set_axis(range(cells.shape[1]), axis=1)
    blank = (texts == "").sum(axis=1)
    return texts.assign(blank=blank).sort_values(["blank", *texts.columns], kind="stable").index


def _otherwise(cells: pd.DataFrame, counts: pd.Series) -> pd.Series:
    """The columns in which each row says something else than the row that counts, in words."""
    named = pd.Series("", index=cells.index, dtype="str")
    for at, heading in enumerate(cells.columns):
        here = match_key(cells.iloc[:, at])
        other = (here != "") & (here != _beside(here, counts))
        named = named.where(~other, named + f", {heading}")
    return named.str.removeprefix(", ")


def _differing(torn: pd.DataFrame, counts: pd.Series, table_name: str) -> pd.DataFrame:
    """Which values are stated otherwise by the row that counts."""
    foreign = pd.Series(False, index=torn.index)
    if Status.currency in torn:
        currency, standing = torn[Status.currency], _beside(torn[Status.currency], counts)
        foreign = currency.notna() & standing.notna() & (currency != standing)
    differing = {}
    for column in table(table_name).columns.values():
        if column.key or column.derived or column.name not in torn:
            continue
        here, there = torn[column.name], _beside(torn[column.name], counts)
        other = unlike(here, there, column.kind)
        other = other | foreign if column.kind is Kind.MONEY else other
        differing[column.name] = here.notna() & there.notna() & other
    return pd.DataFrame(differing, index=torn.index).astype("bool")


def _beside(values: pd.Series, counts: pd.Series) -> pd.Series:
    return values.loc[counts].set_axis(counts.index)


def _doubled(torn: pd.DataFrame, counts: pd.Series, otherwise: pd.Series, table_name: str) -> pd.DataFrame:
    """One fault for each row that does not count: which one does, and where the two differ."""
    out = counts != counts.index
    same = _beside(torn[SOURCE], counts).fillna("") == torn[SOURCE].fillna("")
    where = (
        "row "
        + as_text(_beside(torn[SOURCE_ROW], counts))
        + same.map({True: "", False: " of another source"})
    )
    said = where + " counts, which " + ("differs in " + otherwise).where(otherwise != "", "says the same")
    doubled, column = torn[out].sort_index(), table(table_name).key[0]
    return faults(
        "DUPLICATE_KEY",
        doubled,
        table_name=table_name,
        column=column,
        value=doubled[column],
        detail=said.loc[doubled.index],
    )


def _undefined(
    torn: pd.DataFrame, counts: pd.Series, differing: pd.DataFrame, table_name: str
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The rows that count, without the values that another row states differently; and a fault for each of these."""
    settled = torn[counts == counts.index].copy()
    told = []
    for column in table(table_name).columns.values():
        if column.kind in WORDS or column.name not in differing or not differing[column.name].any():
            continue
        name, hit = column.name, differing[column.name]
        first = counts[hit].drop_duplicates()  # of several other rows the first by content
        rows = torn.loc[first]
        beside = (
            as_text(torn.loc[first.index, name]) + " in row " + as_text(torn.loc[first.index, SOURCE_ROW])
        )
        told.append(
            faults(
                "VALUE_CONFLICT",
                rows,
                table_name=table_name,
                column=name,
                value=as_text(rows[name]),
                detail=beside.set_axis(rows.index),
            )
        )
        settled.loc[rows.index, name] = None
        if column.reasoned:
            settled.loc[rows.index, reason_of(name)] = "conflict"
    return settled, told
