"""Headings: which column of a sheet is which field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.currencies import without_unit
from pmo_analytics.loading.layout.heading_units import states_other_unit
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table, tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.loading.layout.profiles import Profile, RowKind
    from pmo_analytics.schemas.tables import Column

#: Fields that every table of a row shares; any other heading feeds one table only, the last that knows it.
SHARED = frozenset({Status.project_id, Status.period, Status.currency, Status.price_basis})


@dataclass(frozen=True, slots=True)
class Matching:
    """Which sheet column feeds which field.

    ``fields`` maps (table, column) to the position of the sheet column; ``doubled`` maps the position of a
    further column for a known field to that field; ``extras`` are the positions of all other headings, and
    ``known`` those of them that the profile knows to be extras. ``signed`` says whether the headings are there
    that the profile is known by; ``None`` where it names none.
    """

    row_kind: RowKind
    fields: Mapping[tuple[str, str], int]
    doubled: Mapping[int, str]
    extras: tuple[int, ...]
    signed: bool | None = None
    known: frozenset[int] = frozenset()

    @property
    def score(self) -> int:
        """How many sheet columns are understood."""
        return len(set(self.fields.values()))

    @property
    def unknown(self) -> tuple[int, ...]:
        """The positions of headings that nobody knows."""
        return tuple(at for at in self.extras if at not in self.known)

    @property
    def n_headings(self) -> int:
        """How many sheet columns have a heading."""
        return self.score + len(self.doubled) + len(self.extras)

    def columns_of(self, table_name: str) -> dict[str, int]:
        """The columns found for a table, with their positions."""
        return {column: at for (name, column), at in self.fields.items() if name == table_name}


@lru_cache(maxsize=8192)
def normalise_heading(text: str) -> str:
    """The heading as it is compared: lower case, without brackets, signs and repeated blanks; letters of any script.

    >>> normalise_heading("TOTAL  Baseline Whole Life Costs (£m)")
    'total baseline whole life costs'
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", plain.replace("(s)", "s"))
    plain = re.sub(r"\(.*$", " ", plain, flags=re.DOTALL).replace("%", " % ")
    return " ".join(re.sub(r"[^\w%]+|_+", " ", plain).split())


def match_headings(headings: Sequence[str], profile: Profile, row_kind: RowKind) -> Matching:
    """The fields that headings stand for, if a row is what ``row_kind`` says.

    Exact spelling goes before the normalised one, a prefix only serves where the profile writes it with
    ``*``, and the word ``year`` stands for a fiscal year such as 2023/24. Two columns for one field: the first
    counts, in a profile that lists its words best first the better one.
    """
    aliases = _aliases(profile, row_kind)
    fields: dict[tuple[str, str], int] = {}
    better: dict[tuple[str, str], int] = {}
    doubled: dict[int, str] = {}
    extras: list[int] = []
    known: set[int] = set()
    for position, heading in enumerate(headings):
        if not heading.strip():
            continue
        found = aliases.find(heading)
        if found is None:
            extras.append(position)
            known |= {position} if aliases.is_extra(heading) else set()
            continue
        rank = aliases.rank(heading, found[0])
        if found[0] in fields and profile.ranked:
            worse = position
            if rank < better[found[0]]:
                worse = fields[found[0]]
                fields |= dict.fromkeys(found, position)
                better[found[0]] = rank
            extras.append(worse)
            known.add(worse)
        elif found[0] in fields:
            doubled[position] = ".".join(found[0])
        else:
            fields |= dict.fromkeys(found, position)
            better[found[0]] = rank
    signed = _signed(headings, profile) if profile.needs else None
    return Matching(
        row_kind,
        MappingProxyType(fields),
        MappingProxyType(doubled),
        tuple(sorted(extras)),
        signed,
        frozenset(known),
    )


def ids_by_name(fields: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The fields of a project list with its status: the name stands for the identifier where it has none.

    >>> ids_by_name({("projects", "project_name"): 0, ("status", "ac"): 1})[("status", "project_id")]
    0
    """
    name = fields.get(("projects", Project.project_name))
    whole = dict(fields)
    if name is not None and (Status.project_id not in {column for _, column in fields}):
        whole |= {("status", Status.project_id): name} if any(t == "status" for t, _ in fields) else {}
    return whole


def known_forms(profile: Profile, row_kind: RowKind) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Every heading that is known for a kind of row, as it is compared, with the fields that it stands for."""
    return _aliases(profile, row_kind).whole


def _signed(headings: Sequence[str], profile: Profile) -> bool:
    """Whether of each group of headings that a profile needs at least one is there."""
    there = {form for heading in headings for form in _forms(heading)}
    return all(any(_own_form(need) in there for need in group) for group in profile.needs)


_Field = tuple[str, str]
_Fields = tuple[_Field, ...]

#: A fiscal year in a normalised heading: 2016 17, 2013 2014.
_YEAR = re.compile(r"\b20\d\d (?:20)?\d\d\b")


def _as_written(heading: str) -> str:
    return " ".join(heading.casefold().split())


def _own_form(alias: str) -> str:
    """An alias as it is compared: what it says in brackets counts, so it is taken as written."""
    return _as_written(alias) if re.search(r"[(\[]", alias) else normalise_heading(alias)


@lru_cache(maxsize=8192)
def _forms(heading: str) -> tuple[str, ...]:
    """The forms of a heading that are looked up, in this order."""
    normalised = normalise_heading(heading)
    return (_as_written(heading), normalised, _YEAR.sub("year", normalised))


def means(heading: str, alias: str) -> bool:
    """Whether a heading is one that a profile names, as headings are compared.

    >>> means("Cost Variance  ($ M)", "Cost Variance ($ M)"), means("2021/22 Variance", "year Variance")
    (True, True)
    """
    return _own_form(alias) in _forms(heading)


@dataclass(frozen=True, slots=True)
class _Aliases:
    whole: Mapping[str, _Fields]
    prefixes: Mapping[str, _Fields]
    order: Mapping[tuple[_Field, str], int]
    extras: frozenset[str]

    def find(self, heading: str) -> _Fields | None:
        """The fields that a heading stands for; ``None`` where nobody knows it."""
        forms = _forms(heading)
        found = next((self.whole[form] for form in forms if form in self.whole), None)
        if found is None and not self.is_extra(heading):
            found = next((f for start, f in self.prefixes.items() if forms[1].startswith(start)), None)
        if found is None:
            return self._amounts(heading)
        # As written somebody has said it; normalised, what its brackets say would be lost.
        other = forms[0] not in self.whole and states_other_unit(heading, _column(found[0]))
        return None if other or forms[0] in self.extras else found

    def _amounts(self, heading: str) -> _Fields | None:
        """The fields of a heading that ends with a unit of amounts; none where they hold something else."""
        rest = without_unit(heading)
        found = self.find(rest) if rest != heading and not self.is_extra(heading) else None
        amounts = found is not None and all(_column(field).kind is Kind.MONEY for field in found)
        return found if amounts else None

    def is_extra(self, heading: str) -> bool:
        """Whether the profile knows the heading and has no field for it."""
        return any(form in self.extras for form in _forms(heading))

    def rank(self, heading: str, wanted: _Field) -> int:
        """The place of the heading among the words for a field; the best is 0."""
        places = [self.order[wanted, form] for form in _forms(heading) if (wanted, form) in self.order]
        return min(places, default=len(self.order))


def _column(field: _Field) -> Column:
    return table(field[0]).columns[field[1]]


@lru_cache(maxsize=256)
def _aliases(profile: Profile, row_kind: RowKind) -> _Aliases:
    exact: dict[str, list[_Field]] = {}
    said: dict[str, list[_Field]] = {}
    prefixes: dict[str, list[_Field]] = {}
    order: dict[tuple[_Field, str], int] = {}
    for name in row_kind.tables:
        for column in table(name).columns.values():
            if column.derived:
                continue
            givers = row_kind.tables if column.name in SHARED else (name,)
            own = [a for giver in givers for a in profile.headings.get(giver, {}).get(column.name, ())]
            for place, alias in enumerate((*own, column.title, column.name)):
                if alias.endswith("*"):
                    prefixes.setdefault(normalise_heading(alias), []).append((name, column.name))
                    continue
                exact.setdefault(_as_written(alias), []).append((name, column.name))
                if profile.own and place < len(own):
                    said.setdefault(_as_written(alias), []).append((name, column.name))
                for form in (_as_written(alias), _own_form(alias)):
                    order.setdefault(((name, column.name), form), place)
    normal: dict[str, list[_Field]] = {}
    for alias, found in exact.items():
        normal.setdefault(_own_form(alias) or alias, []).extend(found)
    # What somebody wrote for this export goes before the names and titles of the tables.
    exact |= said
    normal |= {_own_form(alias) or alias: found for alias, found in said.items()}
    extras = frozenset(_own_form(alias) for alias in profile.extras)
    return _Aliases(_settle(normal) | _settle(exact), _settle(prefixes), MappingProxyType(order), extras)


@dataclass(frozen=True, slots=True, eq=False)
class KnownWords:
    """Every heading that one of several profiles knows.

    ``texts`` are normalised, ``starts`` the normalised beginnings that do for others, ``spellings`` the headings
    as people write them: to look for in a long column at little cost.
    """

    texts: frozenset[str]
    starts: tuple[str, ...]
    spellings: frozenset[str]

    @lru_cache(maxsize=50_000)  # noqa: B019 - the words of a set of profiles live as long as the profiles
    def know(self, heading: str) -> bool:
        """Whether a heading is among them, or begins like one."""
        _, text, yearly = _forms(heading)
        if text in self.texts or yearly in self.texts or text.startswith(self.starts):
            return True
        rest = without_unit(heading)
        return rest != heading and self.know(rest)


@lru_cache(maxsize=32)
def known_words(profiles: tuple[Profile, ...]) -> KnownWords:
    """The headings that the profiles know, whatever a row is."""
    texts: set[str] = set()
    starts: set[str] = set()
    for profile in profiles:
        for row_kind in profile.rows:
            aliases = _aliases(profile, row_kind)
            texts.update(map(normalise_heading, aliases.whole))
            starts.update(aliases.prefixes)
    return KnownWords(frozenset(texts - {""}), tuple(sorted(starts - {""})), _spellings(profiles))


def _spellings(profiles: Sequence[Profile]) -> frozenset[str]:
    written = [
        a for p in profiles for columns in p.headings.values() for own in columns.values() for a in own
    ]
    written += [text for t in tables().values() for c in t.columns.values() for text in (c.name, c.title)]
    forms = (str, str.lower, str.upper, str.title, str.capitalize)
    return frozenset(form(text) for text in written for form in forms)


def _settle(aliases: Mapping[str, list[_Field]]) -> dict[str, _Fields]:
    return {
        alias: tuple(dict.fromkeys(found)) if found[0][1] in SHARED else (found[-1],)
        for alias, found in aliases.items()
    }
