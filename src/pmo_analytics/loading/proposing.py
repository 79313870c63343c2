"""Proposing: which field a heading may mean, by its words and the shape of its values; said to people, never used."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pmo_analytics.loading.layout.heading_units import states_other_unit
from pmo_analytics.loading.layout.headings import known_forms
from pmo_analytics.loading.layout.suggesting import suggest_field
from pmo_analytics.loading.shapes import AMOUNTS, CODES, COLOURS, NAMES, fits
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pmo_analytics.loading.layout.profiles import Profile, RowKind
    from pmo_analytics.schemas.tables import Column

#: Of a known heading of one word with fewer letters nothing is concluded when it stands within another heading.
SHORTEST = 4
#: A heading that resembles a known one letter by letter goes before all that have words in common.
ALIKE_WEIGHT = 1000.0


class Seen(NamedTuple):
    """A column whose heading nobody knows: heading, group above it, shape of the values, whether all are different."""

    at: int
    heading: str
    group: str
    shape: str
    unique: bool


class Proposal(NamedTuple):
    """A field that a column may be, as ``table.column``, and why."""

    field: str
    why: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words that must all stand in a heading, or in part in the group above it."""

    text: str
    grouped: bool

    def letters(self, words: tuple[str, ...], group: tuple[str, ...]) -> float:
        """How many letters of it stand in a heading; words of the group above count where they may."""
        return _letters(self.text, words, group if self.grouped else ())


@cache
def _data() -> Mapping[str, Any]:
    text = files("pmo_analytics.loading").joinpath("proposals.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def folded(text: str) -> tuple[str, ...]:
    """The words of a heading without accents, signs and capitals.

    >>> folded("Maßnahmen-Nr. (€)")
    ('massnahmen', 'nr')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+|%", plain))


def row_kind_of(sheet: str | None, profile: Profile) -> RowKind:
    """What a row of a sheet may be, by the words of its name; else the first that the profile knows.

    >>> from pmo_analytics.loading.layout.profiles import shipped_profiles
    >>> row_kind_of("Risiken", shipped_profiles()["generic"]).is_
    'risk'
    """
    words = folded(sheet or "")
    for kind, patterns in _data()["rows"].items():
        found = [row for row in profile.rows if row.is_ == kind]
        if found and any(_letters(pattern, words, ()) for pattern in patterns):
            return found[0]
    return profile.rows[0]


def propose(
    seen: Sequence[Seen], profile: Profile, row_kind: RowKind, taken: set[str]
) -> dict[int, Proposal]:
    """The proposals by position: each field for one column, each column one field, the strongest first.

    A proposal rests on words of the heading that the shape of the values does not contradict. By shape alone the
    identifier (codes, each once), the name (texts, each once) and one column of colours are proposed.
    """
    ranked = sorted(_by_words(seen, profile, row_kind), key=lambda one: one[0], reverse=True)
    found: dict[int, Proposal] = {}
    used = set(taken)
    _identify(seen, row_kind, found, used)
    for _, at, proposal in ranked:
        if at not in found and proposal.field not in used:
            found[at] = proposal
            used.add(proposal.field)
    _by_shape(seen, row_kind, found, used)
    return found


def _identify(seen: Sequence[Seen], row_kind: RowKind, found: dict[int, Proposal], used: set[str]) -> None:
    """The column of the key: codes of which each stands once, else a number or text that its heading calls a number."""
    first = table(row_kind.tables[0])
    key = f"{first.name}.{first.key[0] if first.name != 'tasks' else first.key[1]}"
    if key in used:
        return
    named = {one.at for one in seen if _says_identifier(one)}
    coded = sorted((one for one in seen if one.shape == CODES), key=lambda one: one.at not in named)
    called = [one for one in seen if one.at in named and one.unique and one.shape in (AMOUNTS, NAMES)]
    against = [one for one in called if _is_against(folded(one.heading))]
    for one in (*coded, *(other for other in called if other not in against)):
        why = (
            "codes, of which each stands once" if one.shape == CODES else "is called a number, and is unique"
        )
        found[one.at] = Proposal(key, why)
        used.add(key)
        return


def _says_identifier(one: Seen) -> bool:
    return any(_letters(word, folded(one.heading), ()) for word in _data()["identifier"]["words"])


def _by_shape(seen: Sequence[Seen], row_kind: RowKind, found: dict[int, Proposal], used: set[str]) -> None:
    first = table(row_kind.tables[0])
    name = next((n for n in (Project.project_name, "title", "name") if n in first.columns), None)
    wanted = [(f"{first.name}.{name}", NAMES, "texts, of which each stands once")] if name else []
    if "status" in row_kind.tables and not any("rag_" in field for field in used):
        wanted.append((f"status.{Status.rag_overall}", COLOURS, "the only column that reads as colours"))
    for field, shape, why in wanted:
        free = [one for one in seen if one.at not in found and one.shape == shape and not _is_prose(one)]
        if field in used or not free or (shape == COLOURS and len(free) > 1):
            continue
        found[free[0].at] = Proposal(field, why)
        used.add(field)


def _is_prose(one: Seen) -> bool:
    return _is_against(folded(one.heading))


def _by_words(
    seen: Sequence[Seen], profile: Profile, row_kind: RowKind
) -> Iterator[tuple[tuple[float, float], int, Proposal]]:
    """Every field for which words of a heading speak and whose kind the values fit, with its strength."""
    patterns = _patterns(profile, row_kind)
    for one in seen:
        alike = suggest_field(one.heading, profile, row_kind)
        if alike is not None and not alike.other_unit:
            why = Proposal(alike.field, f"resembles {alike.heading!r}")
            yield (ALIKE_WEIGHT, alike.likeness), one.at, why
        words, group = folded(one.heading), folded(one.group)
        if not one.shape or _is_against(words) or _is_against(group):
            continue
        length = sum(map(len, words)) or 1
        for column, listed in patterns:
            if not fits(one.shape, column) or states_other_unit(one.heading, column):
                continue
            letters, text = max((pattern.letters(words, group), pattern.text) for pattern in listed)
            if letters:
                said = " ".join(word.strip("*=") for word in text.split())
                proposal = Proposal(f"{column.table}.{column.name}", f"has the words {said!r}")
                yield (letters, letters / length), one.at, proposal


def _patterns(profile: Profile, row_kind: RowKind) -> list[tuple[Column, list[_Pattern]]]:
    """The patterns of each field of a kind of row: those of the data, and the headings that are known."""
    known: dict[str, list[str]] = {}
    for form, fields in known_forms(profile, row_kind).items():
        words = folded(form)
        whole = " ".join(f"={word}" for word in words)
        if words and (len(words) > 1 or len(words[0]) >= SHORTEST):
            known.setdefault(".".join(fields[-1]), []).append(whole)
    found = []
    for name in row_kind.tables:
        listed = _data()["fields"].get(name, {})
        for column in table(name).columns.values():
            own = [_Pattern(text, grouped=True) for text in listed.get(column.name, ())]
            own += [_Pattern(text, grouped=False) for text in known.get(f"{name}.{column.name}", ())]
            if own and not column.derived and column.kind is not Kind.FLAG:
                found.append((column, own))
    return found


def _is_against(words: tuple[str, ...]) -> bool:
    return any(_letters(pattern, words, ()) for pattern in _data()["against"])


def _letters(pattern: str, words: tuple[str, ...], group: tuple[str, ...]) -> float:
    """How many letters of a pattern stand in a heading; 0 where a word is missing, or none is the heading's own."""
    own = total = 0.0
    for wanted in pattern.split():
        bare = wanted.lstrip("*=")
        if any(_stands(wanted, bare, word) for word in words):
            own, total = own + 1, total + len(bare)
        elif any(_stands(wanted, bare, word) for word in group):
            total += len(bare) / 2
        else:
            return 0.0
    return total if own else 0.0


def _stands(wanted: str, bare: str, word: str) -> bool:
    if wanted.startswith("="):
        return word == bare
    return bare in word if wanted.startswith("*") else word.startswith(bare)
