"""Form records: which cells of a map make one row of which table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.loading.cells.currencies import read_unit
from pmo_analytics.loading.layout.headings import SHARED, Matching, match_headings, normalise_heading
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmo_analytics.loading.layout.cell_maps import MappedCell
    from pmo_analytics.loading.layout.profiles import Profile, RowKind

#: In a profile this stands for the number in keys such as ``Milestone 7 Forecast``.
NUMBER = "#"
#: The tables of which a form holds one row.
_SINGLE = ("projects", "status")

_Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FormTable:
    """The cells of a form that make rows of one kind: a position for each field, and the cells of each row by position.

    The first table of a form also has a position for every cell that stands for no field, or for one that has a cell
    already.
    """

    row_kind: RowKind
    matching: Matching
    headings: tuple[str, ...]
    records: tuple[Mapping[int, MappedCell], ...]

    @property
    def positions(self) -> frozenset[int]:
        """The positions of its fields."""
        return frozenset(self.matching.fields.values())


@dataclass(slots=True)
class _Draft:
    fields: dict[_Field, int]
    headings: list[str]
    records: dict[str, dict[int, MappedCell]]
    doubled: dict[int, str]


@lru_cache(maxsize=32)
def form_tables(profile: Profile) -> tuple[FormTable, ...]:
    """The rows that the cells of a profile make, that of the project first.

    A key is the heading of a field of the project; with its number left out (``#`` in the profile) of another table,
    and then the keys of one sheet with the same number make one row. ``[[cell]]`` with table and field need no
    heading, and ``group`` says which of them make one row. Two cells for one field of a row: the first counts.

    Raises ``ConfigurationError`` for a table that no ``[[row]]`` feeds, a profile without projects, and amounts of one
    field in several units.
    """
    kinds = sorted(profile.rows, key=lambda kind: not set(kind.tables) & set(_SINGLE))
    if not set(kinds[0].tables) & set(_SINGLE):
        raise ConfigurationError(
            f"profile {profile.name}: a form is one project; add a [[row]] with tables = ['projects', 'status']."
        )
    drafts = [_Draft({}, [], {}, {}) for _ in kinds]
    numbered = _numbered(profile, kinds)
    for cell in profile.cells:
        found = _named(cell, kinds, profile) or _known(cell, kinds[0], profile, numbered)
        at, fields, group, heading = found or (0, (), "", cell.title)
        group = "" if kinds[at].tables[0] in _SINGLE else group
        _add(drafts, (at, fields, group, heading), cell)
    return tuple(
        _table(kind, draft, profile) for kind, draft in zip(kinds, drafts, strict=True) if draft.records
    )


_Found = tuple[int, tuple[_Field, ...], str, str]


def _named(cell: MappedCell, kinds: list[RowKind], profile: Profile) -> _Found | None:
    """What a cell stands for whose map names table and field."""
    if not cell.field:
        return None
    for at, kind in enumerate(kinds):
        if cell.table in kind.tables:
            both = [cell.table, *kind.tables] if cell.field in SHARED else [cell.table]
            named = dict.fromkeys((name, cell.field) for name in both if cell.field in table(name).columns)
            return at, tuple(named), cell.group, cell.title
    raise ConfigurationError(
        f"profile {profile.name}, {cell.where}: no [[row]] feeds the table {cell.table}; add one with "
        f"tables = ['{cell.table}']. The profile feeds {', '.join(t for k in kinds for t in k.tables)}."
    )


def _known(
    cell: MappedCell, first: RowKind, profile: Profile, numbered: Mapping[str, tuple[int, _Field]]
) -> _Found | None:
    """What a key stands for: a field of the project, else of the row that its number and its sheet make."""
    fields = tuple(match_headings([cell.heading], profile, first).fields)
    if fields:
        return 0, fields, cell.group, cell.title
    for number, form in _without_number(cell.heading):
        if form in numbered:
            at, field = numbered[form]
            start, end = number.span()
            heading = f"{cell.heading[:start]}{NUMBER}{cell.title[end:]}"
            return at, (field,), cell.group or f"{cell.sheet}|{number[0]}", heading
    return None


def _numbered(profile: Profile, kinds: list[RowKind]) -> dict[str, tuple[int, _Field]]:
    """The words of the profile that leave a number out, as they are compared, with what they stand for."""
    found: dict[str, tuple[int, _Field]] = {}
    for at, kind in enumerate(kinds):
        for name in kind.tables:
            for column, aliases in profile.headings.get(name, {}).items():
                for alias in aliases:
                    if NUMBER in alias:
                        found.setdefault(_form(alias), (at, (name, column)))
    return found


def _without_number(key: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each number of a key, and the key as it is compared without it."""
    for number in re.finditer(r"\d+", key):
        yield number, _form(key[: number.start()] + NUMBER + key[number.end() :])


def _form(text: str) -> str:
    parts = re.split(f"({NUMBER})", text)
    return " ".join(filter(None, (NUMBER if part == NUMBER else normalise_heading(part) for part in parts)))


def _add(drafts: list[_Draft], found: _Found, cell: MappedCell) -> None:
    at, fields, group, heading = found
    draft = drafts[at]
    if fields:
        position = draft.fields.get(fields[0], len(draft.headings))
        record = draft.records.setdefault(group, {})
        if position not in record:
            if position == len(draft.headings):
                draft.headings.append(heading)
                draft.fields |= dict.fromkeys(fields, position)
            record[position] = cell
            return
    host = drafts[0]
    position = len(host.headings)
    host.headings.append(cell.title)
    host.records.setdefault("", {})[position] = cell
    if fields:
        host.doubled[position] = ".".join(fields[0])


def _table(kind: RowKind, draft: _Draft, profile: Profile) -> FormTable:
    used = {*draft.fields.values(), *draft.doubled}
    extras = tuple(at for at in range(len(draft.headings)) if at not in used)
    known = {" ".join(text.casefold().split()) for text in profile.extras}
    matching = Matching(
        kind,
        MappingProxyType(draft.fields),
        MappingProxyType(draft.doubled),
        extras,
        known=frozenset(at for at in extras if draft.headings[at].casefold() in known),
    )
    records = tuple(MappingProxyType(record) for record in draft.records.values())
    found = FormTable(kind, matching, tuple(draft.headings), records)
    _refuse_units(found, profile)
    return found


def _refuse_units(found: FormTable, profile: Profile) -> None:
    """A column of amounts has one unit: a second one in another row would be read as the first."""
    for (name, column), at in found.matching.fields.items():
        units = {read_unit(record[at].title): record[at] for record in found.records if at in record}
        if len(units) > 1:
            places = ", ".join(cell.where for cell in units.values())
            raise ConfigurationError(
                f"profile {profile.name}: {name}.{column} has several units ({places}); write one unit for all of "
                "its cells."
            )
