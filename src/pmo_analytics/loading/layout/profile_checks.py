"""Profile checks: what a profile says that cannot be meant, told when it is read and not when it is used."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.schemas.tables import table
from pmo_analytics.schemas.words import word_list, word_lists

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

#: Where a profile can say that project and period come from.
ORIGIN_KEYS = ("sheet_name", "file_name", "label", "constant")
#: The named parts that a pattern may have, by what it is asked for.
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "project": ("project",),
        "period": ("year", "month", "quarter", "start_year", "end_year", "fy"),
    }
)
YEARS, SPAN = frozenset({"year", "fy", "start_year", "end_year"}), frozenset({"start_year", "end_year"})
#: Keys of ``[words]`` that are lists of texts: an amount kept back, and one not yet reported.
TEXTS = ("withheld", "not_reported")


def check_headings(raw: Mapping[str, Mapping[str, Any]], where: str) -> None:
    """Raise ``UnknownName`` for a column that a table has not, ``ConfigurationError`` for a heading of two fields."""
    for name, aliases in raw.items():
        given: dict[str, str] = {}
        for column, headings in aliases.items():
            if column not in table(name).columns:
                raise UnknownName(f"column of {name} in profile {where}", column, table(name).columns)
            if isinstance(headings, str):
                raise ConfigurationError(
                    f"{where}: {column} of [headings.{name}] is a text; write a list of headings, such as "
                    f'["{headings}"].'
                )
            for heading in headings:
                first = given.setdefault(" ".join(str(heading).split()), column)
                if first != column:
                    raise ConfigurationError(
                        f"{where}: the heading {heading!r} stands for two fields of [headings.{name}], {first} and "
                        f"{column}. A column of an export is one field of a table: take it out of one of them."
                    )


def check_groups(pattern: re.Pattern[str], what: str, key: str, where: str) -> None:
    """Raise ``UnknownName`` for a named part that nobody uses, ``ConfigurationError`` where a needed one is missing."""
    for group in pattern.groupindex:
        if group not in GROUPS[what]:
            raise UnknownName(f"named part of {what}.{key} in profile {where}", group, GROUPS[what])
    named = set(pattern.groupindex)
    enough = named & YEARS if what == "period" else named
    if not enough or len(named & SPAN) == 1:
        missing = "both start_year and end_year" if named & SPAN else " or ".join(sorted(enough_for(what)))
        raise ConfigurationError(
            f"{where}: {what}.{key} needs a named part, written (?P<name>...), for {missing}. "
            f"Known parts: {', '.join(GROUPS[what])}."
        )


def enough_for(what: str) -> frozenset[str]:
    """The named parts of which a pattern must have one: without a year there is no month."""
    return YEARS - {"end_year"} if what == "period" else frozenset(GROUPS[what])


def read_spellings(words: Mapping[str, Any], where: str) -> Mapping[str, Mapping[str, str]]:
    """Of each closed list that the profile adds to: spelling to word.

    Raises ``UnknownName`` for a list or a word that there is not, ``ConfigurationError`` for what is no list of texts.
    """
    found = {}
    for name, listed in words.items():
        if name in TEXTS:
            continue
        if name not in word_lists():
            raise UnknownName(f"word list of [words] in profile {where}", name, (*word_lists(), *TEXTS))
        if not isinstance(listed, dict):
            raise ConfigurationError(
                f"{where}: [words.{name}] is {listed!r}; write under [words.{name}] for each word its spellings, "
                f'such as {word_list(name)[0]} = ["..."].'
            )
        for word in listed:
            if word not in word_list(name):
                raise UnknownName(f"word of the list {name} in profile {where}", word, word_list(name))
        found[name] = MappingProxyType(
            {
                str(spelling): word
                for word, spelled in listed.items()
                for spelling in ([spelled] if isinstance(spelled, str) else spelled)
            }
        )
    return MappingProxyType(found)
