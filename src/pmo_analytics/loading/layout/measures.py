"""Measures in rows: a column that says which measure the months of a row are of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.loading.layout.headings import known_words, normalise_heading
from pmo_analytics.loading.layout.layouts import MeasureRows
from pmo_analytics.loading.layout.months import bare_months, measure_named, per_month
from pmo_analytics.schemas.fiscal_years import DEFAULT_FISCAL_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.loading.layout.months import MonthColumn
    from pmo_analytics.loading.layout.profiles import Profile
    from pmo_analytics.schemas.fiscal_years import FiscalYear

#: Headings under which measures stand; under others at least two of them must, and nothing else.
MEASURE_HEADINGS = frozenset(
    {"measure", "measures", "metric", "metrics", "line", "cost line", "value type", "figure"}
)

#: A column of more texts holds no measures.
MOST_MEASURES = 24
#: So many rows below a header are looked at.
_ROWS = 400


@dataclass(frozen=True, slots=True)
class Measures:
    """The column that names the measure of each row, and the column of the status table for each text in it.

    ``fields`` are by the normalised text, ``written`` says how that stands in the sheet.
    """

    at: int
    fields: Mapping[str, str]
    written: Mapping[str, str]


def measures_below(
    sheet: RawSheet,
    header: int,
    headings: Sequence[str],
    names: Iterable[str],
    profiles: Sequence[Profile],
    *,
    fiscal_year: FiscalYear = DEFAULT_FISCAL_YEAR,
) -> tuple[Measures, dict[int, MonthColumn]] | None:
    """The measures in the rows below a header (counted from 0) with its months; None where it has no such column.

    A text is a measure by itself, or with what the column is headed by or a title says before or behind it: Actual
    under Cost.
    """
    months = bare_months(headings, fiscal_year)
    if not months:
        return None
    known = known_words(tuple(profiles))
    around = [*names]
    for at, heading in enumerate(headings):
        if not heading or at in months:
            continue
        texts = _texts(sheet, at, header)
        called = normalise_heading(heading) in MEASURE_HEADINGS
        if not texts or len(texts) > MOST_MEASURES or (known.know(heading) and not called):
            continue
        found = _fields(texts, [heading, *around], profiles, all_or_none=not called)
        if found and (called or len(found) == len(texts) > 1):
            first = next(iter(found.values()))
            columns = {at: replace(one, measure=first) for at, one in months.items()}
            return Measures(at, MappingProxyType(found), MappingProxyType(texts)), columns
    return None


def _texts(sheet: RawSheet, at: int, header: int) -> dict[str, str]:
    """The texts of a column by their normalised form, as first written."""
    texts: dict[str, str] = {}
    for value in sheet.columns[at][header + 1 : header + 1 + _ROWS]:
        if isinstance(value, str) and normalise_heading(value):
            texts.setdefault(normalise_heading(value), value.strip())
    return texts


def _fields(
    texts: Mapping[str, str], around: Sequence[str], profiles: Sequence[Profile], *, all_or_none: bool
) -> dict[str, str]:
    """The columns of the status that texts name; nothing where all must and one does not."""
    found: dict[str, str] = {}
    for plain, text in texts.items():
        field = _field(text, around, profiles)
        if field:
            found[plain] = field
        elif all_or_none:
            return {}
    return found


def _field(text: str, around: Sequence[str], profiles: Sequence[Profile]) -> str:
    tried = (text, *(f"{text} {name}" for name in around), *(f"{name} {text}" for name in around))
    known = tuple(profiles)
    return next((field for one in tried if (field := measure_named(one, known))), "")


def per_measure(layout: Layout, months: Mapping[int, MonthColumn], measures: Measures) -> list[Layout]:
    """One layout for each measure and month: the months of the rows with its name.

    What is to be said of the table as a whole is said with the first.
    """
    found: list[Layout] = []
    texts = frozenset(measures.fields)
    for number, (text, field) in enumerate(measures.fields.items(), 1):
        named = measures.written[text]
        columns = {at: replace(one, measure=field, named=named) for at, one in months.items()}
        whole = _measured(layout, measures) if number == 1 else _silent(layout)
        rows = MeasureRows(measures.at, text, number, texts)
        for one in per_month(whole, columns):
            month = replace(one.month, rows=rows) if one.month else None
            found.append(replace(one, month=month, told=one.told if number == 1 else ()))
    return found


def _measured(layout: Layout, measures: Measures) -> Layout:
    """The layout with its column of measures known, and told."""
    words = ", ".join(f"{measures.written[text]} is {field}" for text, field in measures.fields.items())
    told = (*layout.told, ("MEASURES_IN_ROWS", layout.headings[measures.at], words))
    known = layout.matching.known | {measures.at}
    return replace(layout, told=told, matching=replace(layout.matching, known=known))


def _silent(layout: Layout) -> Layout:
    """The layout with headings of which nothing more is to be told: what has no field is kept and not told."""
    extras = (*layout.matching.extras, *layout.matching.doubled)
    matching = replace(layout.matching, doubled=MappingProxyType({}), extras=extras, known=frozenset(extras))
    return replace(layout, told=(), matching=matching)
