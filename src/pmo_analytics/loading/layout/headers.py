"""Headers: which rows of a sheet are headings, over how many rows, and how a profile understands them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.currencies import is_unit
from pmo_analytics.loading.layout.detecting import (
    ENOUGH_HEADINGS,
    KNOWN_HEADINGS,
    KNOWN_SHARE,
    near_readings,
    read_headings,
)
from pmo_analytics.loading.layout.heading_units import says_no_unit, says_unit, unit_in_brackets
from pmo_analytics.loading.layout.headings import known_words, normalise_heading
from pmo_analytics.loading.layout.measures import measures_below
from pmo_analytics.loading.layout.months import month_columns, read_span, without_months
from pmo_analytics.schemas.fiscal_years import DEFAULT_FISCAL_YEAR
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.loading.files.raw_sheet import RawSheet
    from pmo_analytics.loading.layout.detecting import Reading
    from pmo_analytics.loading.layout.headings import Matching
    from pmo_analytics.loading.layout.measures import Measures
    from pmo_analytics.loading.layout.months import MonthColumn
    from pmo_analytics.loading.layout.profiles import Profile
    from pmo_analytics.schemas.fiscal_years import FiscalYear

#: A header has at most this many rows, and so many above it can be its titles.
DEEPEST = 3
TITLES = 5
#: A row of more cells is no title.
WIDEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Header:
    """Heading rows, counted from 0 and both included, and how they are understood."""

    first: int
    last: int
    headings: tuple[str, ...]
    profile: Profile
    matching: Matching
    groups: tuple[tuple[str, str, str], ...] = ()
    near: tuple[Reading, ...] = ()
    months: Mapping[int, MonthColumn] = field(default_factory=dict)
    measures: Measures | None = None

    @property
    def rank(self) -> tuple[bool, int]:
        """Headers in order: first those whose profile is known by its own headings, then by headings known."""
        return self.matching.signed is True, self.matching.score

    @property
    def score(self) -> int:
        """How many sheet columns are understood."""
        return self.matching.score


def cell_text(value: object) -> str:
    """A heading cell as text; nothing for an empty one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def row_texts(sheet: RawSheet, row: int, columns: range) -> tuple[str, ...]:
    """The texts of a row, as wide as the sheet, empty outside of the columns given."""
    return tuple(cell_text(column[row]) if at in columns else "" for at, column in enumerate(sheet.columns))


def header_at(
    sheet: RawSheet,
    row: int,
    columns: range,
    profiles: Sequence[Profile],
    fiscal_year: FiscalYear = DEFAULT_FISCAL_YEAR,
) -> Header | None:
    """The header that begins in a row, over one to three rows: the depth that is understood best.

    Below a heading of its own a second row joins it only where more is understood then, or where it holds
    nothing but units.
    """
    best: Header | None = None
    rows: list[tuple[str, ...]] = []
    words, hits, filled = known_words(tuple(profiles)), 0, 0
    for last in range(row, min(row + DEEPEST, sheet.n_rows)):
        texts = row_texts(sheet, last, columns)
        if not any(texts):
            break
        rows.append(_spread_groups(sheet, row, last, texts))
        filled += sum(map(bool, texts))
        hits += sum(words.know(text) or read_span(text, fiscal_year) is not None for text in texts if text)
        if hits < min(ENOUGH_HEADINGS, max(KNOWN_HEADINGS, filled * KNOWN_SHARE / DEEPEST)):
            continue
        units = last > row and _only_units(texts)
        headings, groups = _joined(_csv_groups(rows), profiles) if last > row else (rows[0], ())
        names = (*_texts_above(sheet, row, columns), sheet.name or "")
        told = measures_below(sheet, last, headings, names, profiles, fiscal_year=fiscal_year)
        measures, months = told or (None, month_columns(headings, names, profiles, fiscal_year))
        readings = read_headings(without_months(headings, months), profiles)
        if months and (not readings or not _spreads(readings[0])):
            readings, months, measures = read_headings(headings, profiles), {}, None
        if not readings:
            continue
        first = readings[0]
        if best is None or _is_better(best, first, units=units, months=bool(months)):
            near = near_readings(readings)
            best = Header(row, last, headings, first.profile, first.matching, groups, near, months, measures)
    return best


def _is_better(best: Header, reading: Reading, *, units: bool, months: bool) -> bool:
    """Whether a deeper header is understood better, or as well and says more: units, or months where none were.

    A row of units also takes fields away: those of which it says that they are measured in something else.
    """
    if units and reading.profile is best.profile:
        return True
    more = units or (months and not best.months)
    return reading.rank > best.rank or (more and reading.rank == best.rank)


def _texts_above(sheet: RawSheet, row: int, columns: range) -> list[str]:
    """The titles in the rows above, nearest first: they can name the measure of a table. A row of data is none."""
    rows = range(row - 1, max(row - 1 - TITLES, -1), -1)
    filled = ([text for text in row_texts(sheet, one, columns) if text] for one in rows)
    return [text for texts in filled if len(texts) <= WIDEST_TITLE for text in texts]


def _spreads(reading: Reading) -> bool:
    """Whether months of measures can belong to such rows: they feed status and name no period themselves."""
    fields = reading.matching.fields
    dated = any(column == Status.period for _, column in fields)
    return "status" in reading.matching.row_kind.tables and not dated


def _only_units(texts: Sequence[str]) -> bool:
    units = [_is_unit(text) for text in texts if text and not says_no_unit(text)]
    return bool(units) and all(units)


def _is_unit(text: str) -> bool:
    return is_unit(text) or says_unit(text)


def _spread_groups(sheet: RawSheet, first: int, row: int, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of a header row with those of merged cells of the header in every cell that they cover."""
    spread = list(texts)
    for top, left, bottom, right in sheet.merged:
        if first <= top <= row <= bottom and left < len(sheet.columns):
            text = cell_text(sheet.columns[left][top])
            spread[left : right + 1] = [text] * (min(right, len(spread) - 1) - left + 1)
    return tuple(spread)


def _csv_groups(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Header rows whose group headings are carried to the right, up to the next heading of the row.

    Files without merged cells show a group by its first column alone. Only a text with another heading below
    it is a group, and only blanks with a heading below them belong to it.
    """
    carried = []
    for at, texts in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else None
        current, filled = "", list(texts)
        for column, text in enumerate(texts):
            own = below[column] if below is not None else ""
            if text:
                current = text if own and own != text else ""
            elif current and own:
                filled[column] = current
            else:
                current = ""
        carried.append(tuple(filled))
    return carried


def _joined(
    rows: Sequence[tuple[str, ...]], profiles: Sequence[Profile]
) -> tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]:
    """One heading per column: the parts joined, or the lowest alone where only that is known and stands once.

    What was read without its group is told: code, heading, group.
    """
    words = known_words(tuple(profiles))
    units = rows[-1] if len(rows) > 1 and _only_units(rows[-1]) else ("",) * len(rows[-1])
    columns = list(zip(*(rows[:-1] if any(units) else rows), strict=True))
    lowest = [next((text for text in reversed(parts) if text), "") for parts in columns]
    headings: list[str] = []
    groups = []
    for parts, low, unit in zip(columns, lowest, units, strict=True):
        distinct = [text for text in dict.fromkeys(parts) if text]
        whole, group = " ".join(distinct), " ".join(distinct[:-1])
        apart = group and not words.know(whole) and words.know(low) and lowest.count(low) == 1
        if group and _is_unit(low):
            whole = _measured_in(group, low)
        elif apart:
            whole = _measured_in(low, unit_in_brackets(group))
        headings.append(_measured_in(whole, unit))
        groups += [("GROUP_HEADING", headings[-1], group)] if apart else []
    return tuple(headings), tuple(groups)


def _measured_in(heading: str, unit: str) -> str:
    """The heading with its unit in brackets, as in a heading of one row."""
    if not unit or says_no_unit(unit):
        return heading
    return f"{heading} ({unit.strip('()[] ')})" if heading else unit


def same_headings(header: Header, other: Header) -> bool:
    """Whether two headers say the same in the same columns."""
    mine, theirs = (tuple(map(normalise_heading, one.headings)) for one in (header, other))
    return mine == theirs
