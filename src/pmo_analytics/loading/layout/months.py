"""Months across: columns that each stand for a month, a quarter or a year of one measure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from pmo_analytics.loading.cells.dates import MONTHS, full_year
from pmo_analytics.loading.layout.headings import known_words, match_headings
from pmo_analytics.loading.layout.layouts import Month
from pmo_analytics.schemas.fiscal_years import (
    CALENDAR_YEAR,
    DEFAULT_FISCAL_YEAR,
    END,
    MONTHS_OF_QUARTER,
    FiscalYear,
)
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.loading.layout.profiles import Profile

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
_FISCAL = r"(?P<fy>FY\s*)(?P<from>(?:20)?\d\d)(?:\s*[-/]\s*(?P<to>(?:20)?\d\d))?"
_SPAN = r"(?P<from>20\d\d)\s*[-/]\s*(?P<to>(?:20)?(?:1[3-9]|[2-9]\d))"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])", re.IGNORECASE)


#: The ways to write a span of time in a heading, most exact first; each has named parts.
_FORMS = (
    _form(rf"Q(?P<quarter>[1-4])\s*[-/,]?\s*(?:{_FISCAL})"),
    _form(rf"(?:{_FISCAL})\s*[-/,]?\s*Q(?P<quarter>[1-4])"),
    _form(rf"Q(?P<quarter>[1-4])\s*[-/,]?\s*(?:{_SPAN})"),
    _form(rf"Q(?P<quarter>[1-4])\s*[-/,']?\s*{_YEAR}"),
    _form(rf"{_YEAR}\s*[-/]?\s*Q(?P<quarter>[1-4])"),
    _form(_FISCAL),
    _form(_SPAN),
    _form(r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?:-\d\d(?:[ T]00:00:00)?)?"),
    _form(rf"(?P<name>{_NAMES})\.?\s*[-/,']?\s*{_YEAR}"),
    _form(r"(?P<year>20\d\d)"),
)

#: A longer text is no heading of a month.
LONGEST = 80

#: So many columns of one measure make months across.
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A column of one month: its last day, how that was read, and the column of the status table that it holds.

    ``named`` is the text that names the measure where the heading does not: it can also name the unit. ``doubtful``
    says that the heading can be two different fiscal years, and that it was read as the earlier of them.
    """

    period: pd.Timestamp
    origin: str
    measure: str
    named: str = ""
    doubtful: bool = False


class Span(NamedTuple):
    """A span of time in a heading: its last day, how it was read, what else the heading says.

    ``doubtful`` says that it can be two different fiscal years.
    """

    period: pd.Timestamp
    how: str
    rest: str
    doubtful: bool = False

    def origin(self, heading: str) -> str:
        """The words that say where the month came from."""
        return f"the heading {heading}" + (f" ({self.how})" if self.how else "")


@lru_cache(maxsize=8192)
def read_span(heading: str, fiscal_year: FiscalYear = DEFAULT_FISCAL_YEAR) -> Span | None:
    """The month, quarter or year that a heading names; none where it names none.

    A quarter or year counts as its last month. One that says ``FY`` or spans two years is fiscal, else it is of the
    calendar. ``FY26`` is doubtful unless the fiscal year says by which of its years it is called.

    >>> found = read_span("AC Q2 FY22-23")
    >>> f"{found.period:%Y-%m-%d}", found.how, found.rest, found.doubtful
    ('2022-09-30', 'the fiscal year begins in month 4', 'AC', False)
    """
    for form in _FORMS if len(heading) <= LONGEST else ():
        found = form.search(heading)
        if found is None:
            continue
        parts = {name: part for name, part in found.groupdict().items() if part}
        last = _last_month(parts, fiscal_year.named_by_default(END))
        if last is None:
            return None
        fiscal = "from" in parts
        how = f"the fiscal year begins in month {fiscal_year.start}" if fiscal else ""
        if not fiscal and not parts.keys() & {"month", "name"}:
            how = "of the calendar year"
        rest = " ".join((heading[: found.start()] + " " + heading[found.end() :]).split())
        doubtful = fiscal and fiscal_year.is_doubtful(parts.get("to"))
        return Span(last, how, rest.strip(" -–:/,"), doubtful)
    return None


def _last_month(parts: Mapping[str, str], fiscal_year: FiscalYear) -> pd.Timestamp | None:
    month = MONTHS_OF_QUARTER * int(parts.get("quarter", 4))
    if "from" in parts:
        last = fiscal_year.last_day(full_year(parts["from"]), parts.get("to"), month)
    else:
        month = int(parts.get("month", month)) if "name" not in parts else MONTHS[parts["name"].casefold()]
        last = CALENDAR_YEAR.last_day(full_year(parts["year"]), None, month)
    return None if last is None else pd.Timestamp(last).as_unit("us")


@lru_cache(maxsize=8192)
def measure_named(text: str, profiles: tuple[Profile, ...]) -> str:
    """The column of the status table that a text names in a profile; empty where none does.

    A profile that is known by headings of its own, which are not looked for here, says nothing of other tables.

    >>> from pmo_analytics.loading.layout.profiles import profiles_for
    >>> measure_named("Actual Cost (£m)", profiles_for("generic")), measure_named("Bridge", profiles_for("generic"))
    ('ac', '')
    """
    if not known_words(profiles).know(text):
        return ""
    for profile in profiles:
        for row_kind in profile.rows if not profile.needs else ():
            if "status" not in row_kind.tables:
                continue
            found = match_headings([text], profile, replace(row_kind, tables=("status",))).fields
            named = [column for _, column in found if column not in table("status").key]
            if named:
                return named[0]
    return ""


def month_columns(
    headings: Sequence[str], names: Iterable[str], profiles: Sequence[Profile], fiscal_year: FiscalYear
) -> dict[int, MonthColumn]:
    """The columns that stand for months of a measure, by position; empty where fewer than two do.

    The measure is what the heading says beside the month; where it says nothing else, the first of ``names``
    (the titles above the table, the name of the sheet) that is a measure.
    """
    spans = {at: span for at, text in enumerate(headings) if (span := read_span(text, fiscal_year))}
    if len(spans) < _SEVERAL:
        return {}
    known = tuple(profiles)
    name = next((name for name in names if measure_named(name, known)), "")
    columns: dict[int, MonthColumn] = {}
    for at, span in spans.items():
        bare = not any(map(str.isalnum, span.rest))
        measure = measure_named(name if bare else span.rest, known)
        if measure:
            named = name if bare else ""
            columns[at] = MonthColumn(span.period, span.origin(headings[at]), measure, named, span.doubtful)
    periods: dict[str, set[pd.Timestamp]] = {}
    for one in columns.values():
        periods.setdefault(one.measure, set()).add(one.period)
    return {at: one for at, one in columns.items() if len(periods[one.measure]) >= _SEVERAL}


def bare_months(headings: Sequence[str], fiscal_year: FiscalYear) -> dict[int, MonthColumn]:
    """The columns whose headings say a month and nothing else: months of no measure yet.

    Empty where fewer than two do, or where other months have words beside them.
    """
    spans = {at: span for at, text in enumerate(headings) if (span := read_span(text, fiscal_year))}
    if len({span.period for span in spans.values()}) < _SEVERAL:
        return {}
    if any(any(map(str.isalnum, span.rest)) for span in spans.values()):
        return {}
    return {
        at: MonthColumn(span.period, span.origin(headings[at]), "", doubtful=span.doubtful)
        for at, span in spans.items()
    }


def without_months(headings: Sequence[str], columns: Mapping[int, MonthColumn]) -> tuple[str, ...]:
    """The headings with one column per measure in place of all its months, headed by the name of the measure."""
    plain = list(headings)
    seen: set[str] = set()
    for at, one in columns.items():
        plain[at] = "" if one.measure in seen else one.measure
        seen.add(one.measure)
    return tuple(plain)


def without_doubtful(
    layout: Layout, columns: Mapping[int, MonthColumn]
) -> tuple[Layout, dict[int, MonthColumn]]:
    """The layout and its months without those that can be two different fiscal years: each is kept, and told."""
    doubtful = [at for at, one in columns.items() if one.doubtful]
    if not doubtful:
        return layout, dict(columns)
    fields = {field: at for field, at in layout.matching.fields.items() if at not in doubtful}
    matching = replace(
        layout.matching,
        fields=MappingProxyType(fields),
        extras=(*layout.matching.extras, *doubtful),
        known=layout.matching.known.union(doubtful),
    )
    told = (*layout.told, *(("AMBIGUOUS_HEADING", layout.headings[at], "") for at in doubtful))
    sure = {at: one for at, one in columns.items() if not one.doubtful}
    return replace(layout, matching=matching, told=told), sure


def per_month(layout: Layout, columns: Mapping[int, MonthColumn]) -> tuple[Layout, ...]:
    """One layout for each month, earliest first: the columns that all share, and those of the month."""
    shared = {field: at for field, at in layout.matching.fields.items() if at not in columns}
    headings = tuple(
        f"{columns[at].named} {text}" if at in columns and columns[at].named else text
        for at, text in enumerate(layout.headings)
    )
    layouts: list[Layout] = []
    for period in sorted({one.period for one in columns.values()}):
        fields, doubled = dict(shared), {}
        own = [at for at, one in columns.items() if one.period == period]
        for at in own:
            field = ("status", columns[at].measure)
            if field in fields:
                doubled[at] = ".".join(field)
            else:
                fields[field] = at
        first = not layouts
        matching = replace(
            layout.matching,
            fields=MappingProxyType(fields),
            doubled=MappingProxyType(doubled | (dict(layout.matching.doubled) if first else {})),
            extras=layout.matching.extras if first else (),
        )
        month = Month(period, columns[own[0]].origin, tuple(own), first, tuple(columns))
        told = layout.told if first else ()
        layouts.append(replace(layout, matching=matching, headings=headings, month=month, told=told))
    return _told(layouts, columns)


def _told(layouts: list[Layout], columns: Mapping[int, MonthColumn]) -> tuple[Layout, ...]:
    first, *others = layouts
    periods = [one.month.period for one in layouts if one.month]
    words = (
        f"{len(periods)} months, {periods[0]:%Y-%m} to {periods[-1]:%Y-%m}; {columns[min(columns)].origin}"
    )
    told = (*first.told, ("MONTHS_ACROSS", first.headings[min(columns)], words))
    return replace(first, told=told), *others
