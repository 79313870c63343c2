"""The closed word lists, and the order of the colours."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping

#: From best to worst; the position is the severity, 1 to 5.
COLOURS = ("green", "amber_green", "amber", "amber_red", "red")
SEVERITY = MappingProxyType({colour: rank for rank, colour in enumerate(COLOURS, start=1)})
LETTERS = MappingProxyType({"green": "G", "amber_green": "AG", "amber": "A", "amber_red": "AR", "red": "R"})
UNKNOWN = "unknown"
UNKNOWN_LETTER = "X"

#: The conservative reading of the five-point scale on the three-point one.
FIVE_TO_THREE = MappingProxyType(
    {"green": "green", "amber_green": "amber", "amber": "amber", "amber_red": "red", "red": "red"}
)


@cache
def _lists() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    raw = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {name: MappingProxyType({w: tuple(s) for w, s in words.items()}) for name, words in raw.items()}
    )


def word_lists() -> tuple[str, ...]:
    """The names of the closed lists, in order.

    >>> "risk_status" in word_lists()
    True
    """
    return tuple(_lists())


def word_list(name: str) -> tuple[str, ...]:
    """The words of a closed list, in order.

    >>> word_list("risk_kind")
    ('threat', 'opportunity')
    """
    return tuple(_words(name))


def spellings(name: str) -> dict[str, str]:
    """Every accepted spelling of a closed list, lower case, to the word as stored.

    >>> spellings("colour")["yellow"]
    'amber'
    """
    accepted = {word.replace("_", " "): word for word in _words(name)}
    accepted |= {word: word for word in _words(name)}
    for word, others in _words(name).items():
        accepted |= dict.fromkeys(others, word)
    return accepted


def _words(name: str) -> Mapping[str, tuple[str, ...]]:
    try:
        return _lists()[name]
    except KeyError:
        raise UnknownName("word list", name, _lists()) from None
