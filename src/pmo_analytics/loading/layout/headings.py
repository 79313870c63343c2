"""Headings: which column of a sheet is which field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.loading.layout.profiles import Profile, RowKind

#: Fields that every table of a row shares; any other heading feeds one table only, the last that knows it.
_SHARED = frozenset({Status.project_id, Status.period, Status.currency})


@dataclass(frozen=True, slots=True)
class Matching:
    """Which sheet column feeds which field.

    ``fields`` maps (table, column) to the position of the sheet column; ``doubled`` maps the position of a
    further column for a known field to that field; ``extras`` are the positions of headings nobody knows.
    """

    row_kind: RowKind
    fields: Mapping[tuple[str, str], int]
    doubled: Mapping[int, str]
    extras: tuple[int, ...]

    @property
    def score(self) -> int:
        """How many sheet columns are understood."""
        return len(set(self.fields.values()))

    def columns_of(self, table_name: str) -> dict[str, int]:
        """The columns found for a table, with their positions."""
        return {column: at for (name, column), at in self.fields.items() if name == table_name}


def normalise_heading(text: str) -> str:
    """The heading as it is compared: lower case, without brackets, signs and repeated blanks.

    >>> normalise_heading("TOTAL  Baseline Whole Life Costs (£m)")
    'total baseline whole life costs'
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", plain.replace("(s)", "s"))
    plain = re.sub(r"\(.*$", " ", plain, flags=re.DOTALL).replace("%", " % ")
    return " ".join(re.sub(r"[^0-9a-z%]+", " ", plain).split())


def match_headings(headings: Sequence[str], profile: Profile, row_kind: RowKind) -> Matching:
    """The fields that headings stand for, if a row is what ``row_kind`` says.

    Exact spelling goes before the normalised one, a prefix only serves where the profile writes it with
    ``*``. Two columns for one field: the first counts.
    """
    exact, normal, prefixes = _aliases(profile, row_kind)
    fields: dict[tuple[str, str], int] = {}
    doubled: dict[int, str] = {}
    extras: list[int] = []
    for position, heading in enumerate(headings):
        if not heading.strip():
            continue
        normalised = normalise_heading(heading)
        found = exact.get(" ".join(heading.casefold().split())) or normal.get(normalised)
        if found is None:
            found = next((f for start, f in prefixes.items() if normalised.startswith(start)), None)
        if found is None:
            extras.append(position)
        elif found[0] in fields:
            doubled[position] = ".".join(found[0])
        else:
            fields |= dict.fromkeys(found, position)
    return Matching(row_kind, MappingProxyType(fields), MappingProxyType(doubled), tuple(extras))


_Fields = tuple[tuple[str, str], ...]


@cache
def _aliases(
    profile: Profile, row_kind: RowKind
) -> tuple[dict[str, _Fields], dict[str, _Fields], dict[str, _Fields]]:
    exact: dict[str, list[tuple[str, str]]] = {}
    prefixes: dict[str, list[tuple[str, str]]] = {}
    for name in row_kind.tables:
        for column in table(name).columns.values():
            if column.derived:
                continue
            givers = row_kind.tables if column.name in _SHARED else (name,)
            own = [a for giver in givers for a in profile.headings.get(giver, {}).get(column.name, ())]
            for alias in (column.name, column.title, *own):
                if alias.endswith("*"):
                    prefixes.setdefault(normalise_heading(alias), []).append((name, column.name))
                else:
                    exact.setdefault(" ".join(alias.casefold().split()), []).append((name, column.name))
    normal: dict[str, list[tuple[str, str]]] = {}
    for alias, found in exact.items():
        normal.setdefault(normalise_heading(alias), []).extend(found)
    return _settle(exact), _settle(normal), _settle(prefixes)


def _settle(aliases: dict[str, list[tuple[str, str]]]) -> dict[str, _Fields]:
    return {
        alias: tuple(dict.fromkeys(found)) if found[0][1] in _SHARED else (found[-1],)
        for alias, found in aliases.items()
    }
