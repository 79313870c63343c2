"""Limits: what reading one file may take. A file beyond them is refused by name, the others go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from pmo_analytics.errors import ConfigurationError, UnknownName


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take, and how many files are read at the same time; frozen, from ``[limits]``.

    ``seconds`` and ``memory_mb`` (megabytes of 2**20 bytes) bound the process that reads the file; ``unzipped_mb``,
    ``ratio`` (size unzipped to size zipped, of one part) and ``entries`` bound the zip archive that a workbook is,
    before anything parses it; ``unzipped_mb`` also bounds the file itself. ``processes`` files are read at once, or
    as many as the machine has processors where these are fewer. Raises ``ConfigurationError`` for anything but a
    positive number.

    >>> Limits(seconds=5).memory_mb
    4096
    """

    seconds: float = 60.0
    memory_mb: int = 4096
    unzipped_mb: int = 1024
    ratio: float = 200.0
    entries: int = 2000
    processes: int = 4

    def __post_init__(self) -> None:
        for field in fields(self):
            value: Any = getattr(self, field.name)
            whole = field.name not in ("seconds", "ratio")
            fits = type(value) is int or (type(value) is float and not whole)
            if not fits or not 0 < value < float("inf"):
                number = "a whole number" if whole else "a number"
                raise ConfigurationError(f"limits.{field.name} is {value!r}; it must be {number} above 0.")

    @classmethod
    def of(cls, given: object) -> Self:
        """The limits given, or those of a table that names some of them.

        Raises ``UnknownName`` for a name that no limit has, ``ConfigurationError`` for what is no table.

        >>> Limits.of({"seconds": 5}).seconds
        5
        """
        if isinstance(given, cls):
            return given
        if not isinstance(given, Mapping):
            raise ConfigurationError(f"limits is {given!r}; it must be a table of numbers.")
        known = [field.name for field in fields(cls)]
        for name in given:
            if name not in known:
                raise UnknownName("name in limits", name, known)
        return cls(**given)


DEFAULT_LIMITS = Limits()
