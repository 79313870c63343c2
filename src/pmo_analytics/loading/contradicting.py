"""Contradicting: figures that an export publishes, recomputed from the columns that they follow from.

A published variance is kept as an extra and never used: its sign and its base change from year to year. What the
export says beside it shows whether it can be believed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.parsing import Unit, parse_cells, read_unit
from pmo_analytics.loading.layout.headings import means
from pmo_analytics.loading.layout.published import CHANGE, DAYS, PERCENT, RELATIVE
from pmo_analytics.loading.sources import heading_at
from pmo_analytics.quality.findings import as_text, faults, gather
from pmo_analytics.quality.likeness import in_time
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pmo_analytics.loading.extracting import Extract
    from pmo_analytics.loading.layout.published import Published

#: What adding up floats does.
_ROUNDING = 1e-9
_PUBLISHED, _RECOMPUTED = "published", "recomputed"


def published_faults(extracts: Sequence[Extract], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A fault for each published figure that does not follow from its row, and how many do, of each column.

    ``tables`` are the checked tables: a cell that could not be read or is in conflict cannot be compared.
    """
    return gather(told for extract in extracts for told in _of_extract(extract, tables))


def _of_extract(extract: Extract, tables: Mapping[str, pd.DataFrame]) -> Iterator[pd.DataFrame]:
    layout, source = extract.layout, extract.source
    for one in layout.profile.published:
        found = [at for at in layout.positions if means(layout.headings[at], one.heading)]
        wanted = {field.partition(".")[0] for field in one.fields}
        if not found or not wanted <= set(source.tables):
            continue
        rows = tables[one.table][tables[one.table][SOURCE] == source.key]
        beside = _recomputed(one, rows, tables)
        published = (
            _read(extract, found[0], one).reindex(rows[SOURCE_ROW].astype("int64")).set_axis(rows.index)
        )
        both = published.notna() & beside[_RECOMPUTED].notna()
        apart = (published - beside[_RECOMPUTED]).abs()
        differs = both & (apart > one.tolerance * _scale(one) + _ROUNDING * published.abs())
        heading = heading_at(layout, found[0])
        # The figure as it stands in the cell, and what follows from the cells beside it.
        raw = extract.rows.raw[found[0]].reindex(rows.loc[differs, SOURCE_ROW].astype("int64"))
        yield faults(
            "PUBLISHED_VARIANCE_DIFFERS",
            rows[differs],
            table_name=one.table,
            column=heading,
            value=raw.set_axis(rows.index[differs]).astype("str"),
            detail=_in_words(one, extract, rows[differs], beside[differs], published[differs]),
        )
        yield _counts(extract, heading, both, differs)


def _counts(extract: Extract, heading: str, both: pd.Series, differs: pd.Series) -> pd.DataFrame:
    row = pd.DataFrame({SOURCE: [extract.source.key], SOURCE_ROW: [extract.layout.header_row]})
    agree, differ = int((both & ~differs).sum()), int(differs.sum())
    told = f"{agree:,} rows agree, {differ:,} differ, {len(both) - agree - differ:,} cannot be compared"
    return faults("PUBLISHED_COMPARED", row, table_name="", column=heading, value=told)


def _scale(one: Published) -> float:
    """What a published figure of 1 is, in the unit of the recomputed one."""
    return 1.0 if one.unit in ("", DAYS, PERCENT) else float(read_unit(one.unit).scale)


def _read(extract: Extract, at: int, one: Published) -> pd.Series:
    """The published figures by row of the sheet; what is no figure is null: it is an extra and has no finding."""
    data = extract.rows.set_aside.isna()
    raw, kinds = extract.rows.raw.loc[data, at], extract.rows.kinds.loc[data, at]
    if one.unit == PERCENT:
        raw = raw.map(lambda cell: cell.replace("%", "") if isinstance(cell, str) else cell)
    money = table("status").columns[Status.ac]
    dated = one.unit in (DAYS, PERCENT)
    column = replace(money, kind=Kind.NUMBER) if dated else money
    unit = Unit() if dated or not one.unit else read_unit(one.unit)
    values = parse_cells(raw, kinds, column, extract.layout.dialect, unit).values
    return values.set_axis(values.index.astype("int64"))


def _recomputed(one: Published, rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """For each row the figure that follows, beside the values that it follows from."""
    if one.kind == CHANGE:
        beside = _with_before(one, rows, tables)
    else:
        beside = pd.DataFrame({field: _values(field, rows, tables) for field in one.fields}, index=rows.index)
    first, second = beside.iloc[:, 0], beside.iloc[:, 1]
    gap = (first - second).dt.days.astype("float64") if one.unit == DAYS else first - second
    if one.kind == RELATIVE:
        base = beside[one.relative_to]
        gap = 100 * gap / base.where(base != 0)
    return beside.assign(**{_RECOMPUTED: gap})


def _values(field: str, rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """The values of a field in the rows of the same sheet."""
    name, _, column = field.partition(".")
    there = tables[name]
    at = pd.MultiIndex.from_frame(there[[SOURCE, SOURCE_ROW]])
    known = there[column].set_axis(at)[~at.duplicated()]
    return known.reindex(pd.MultiIndex.from_frame(rows[[SOURCE, SOURCE_ROW]])).set_axis(rows.index)


def _with_before(one: Published, rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The value of a field, and in the row of the same project in the period before: with the row it stands in."""
    column = one.of[0].partition(".")[2]
    timed = in_time(tables[one.table])
    before = timed.groupby(Project.project_id)[[column, SOURCE_ROW]].shift()
    return pd.DataFrame({one.of[0]: rows[column], "before": before[column].reindex(rows.index)}).assign(
        **{SOURCE_ROW: before[SOURCE_ROW].reindex(rows.index)}
    )


def _in_words(
    one: Published, extract: Extract, rows: pd.DataFrame, beside: pd.DataFrame, published: pd.Series
) -> pd.Series:
    """What follows, from which values in which cells: ``-2 = 10 (S7) less 12 (T7)``."""
    gap = beside[_RECOMPUTED]
    sign = (published.abs() - gap.abs()).abs() <= one.tolerance * _scale(one) + _ROUNDING * published.abs()
    first = _placed(beside[one.of[0]], one.of[0], rows[SOURCE_ROW], extract)
    if one.kind == CHANGE:
        second = _placed(beside["before"], one.of[0], beside[SOURCE_ROW], extract) + " the period before"
    else:
        second = _placed(beside[one.of[1]], one.of[1], rows[SOURCE_ROW], extract)
    told = as_text((gap / _scale(one)).round(4)) + ("%" if one.unit == PERCENT else "")
    told = told + (f" {DAYS}" if one.unit == DAYS else "") + " = " + first + " less " + second
    if one.relative_to:
        told = told + ", by " + _placed(beside[one.relative_to], one.relative_to, rows[SOURCE_ROW], extract)
    return told + sign.map({True: "; only the sign differs", False: ""})


def _placed(values: pd.Series, field: str, at: pd.Series, extract: Extract) -> pd.Series:
    """A value with its cell in the sheet."""
    letter = extract.source.addresses.get(field, "")
    number = at.astype("Int64").astype("str")
    cell = number + letter if extract.source.orientation == "columns" else letter + number
    return as_text(values) + " (" + cell + ")"
