"""Published figures: which headings of an export follow from its other columns, and how, as records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

#: How a published figure follows from the fields that it is made of.
DIFFERENCE, RELATIVE, CHANGE = "difference", "relative_difference", "change"
#: How many fields each takes.
KINDS = {DIFFERENCE: 2, RELATIVE: 2, CHANGE: 1}
#: Units that are no amount: days, and percent points.
DAYS, PERCENT = "days", "%"

_KEYS = ("heading", "kind", "of", "relative_to", "unit", "tolerance")
_FIGURES = (Kind.MONEY, Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True, slots=True)
class Published:
    """One figure that an export states and that follows from its fields, each written ``table.column``.

    ``difference``: the first of ``of`` less the second, of dates in days; ``relative_difference``: the same by
    ``relative_to``; ``change``: the field of ``of`` less its value in the period before. ``unit`` is that of the
    published column: ``days``, ``%`` (percent points, whether or not the cell says so), or a unit of amounts such as
    ``($ M)``. Figures that are no more than ``tolerance`` apart, in that unit, are the same.
    """

    heading: str
    kind: str
    of: tuple[str, ...]
    relative_to: str | None = None
    unit: str = ""
    tolerance: float = 0.0

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that it needs."""
        return (*self.of, self.relative_to) if self.relative_to else self.of

    @property
    def table(self) -> str:
        """The table whose rows are compared."""
        return self.of[0].partition(".")[0]


def read_published(entry: dict[str, Any], where: str) -> Published:
    """The record of one ``[[published]]`` of a profile; ``where`` names the profile.

    Raises ``UnknownName`` for a key, kind or field that does not exist, ``ConfigurationError`` for one that lacks
    something or says something impossible.
    """
    for key in entry:
        if key not in _KEYS:
            raise UnknownName(f"key of [[published]] in profile {where}", key, _KEYS)
    for key in ("heading", "kind", "of"):
        if not entry.get(key):
            raise ConfigurationError(f"{where}: a [[published]] needs the key '{key}'.")
    if entry["kind"] not in KINDS:
        raise UnknownName(f"kind of [[published]] in profile {where}", str(entry["kind"]), KINDS)
    one = Published(
        heading=entry["heading"],
        kind=entry["kind"],
        of=tuple(entry["of"]),
        relative_to=entry.get("relative_to"),
        unit=entry.get("unit", ""),
        tolerance=float(entry.get("tolerance", 0.0)),
    )
    _check(one, where)
    return one


def _check(one: Published, where: str) -> None:
    told = f"{where}: the [[published]] {one.heading!r}"
    if len(one.of) != KINDS[one.kind]:
        raise ConfigurationError(f"{told} is a {one.kind}, which is made of {KINDS[one.kind]} fields.")
    if (one.kind == RELATIVE) != (one.relative_to is not None):
        raise ConfigurationError(f"{told}: relative_to belongs to a {RELATIVE}, and to nothing else.")
    if one.tolerance < 0:
        raise ConfigurationError(f"{told}: tolerance is {one.tolerance:g}; it must not be below 0.")
    kinds = set()
    for field in one.fields:
        name, _, column = field.partition(".")
        if column not in table(name).columns:
            raise UnknownName(
                f"column of {name} in [[published]] of profile {where}", column, table(name).columns
            )
        kinds.add(table(name).columns[column].kind)
    if len(kinds) > 1 or not kinds <= set(_FIGURES):
        raise ConfigurationError(f"{told}: its fields must all be amounts, all numbers or all dates.")
    if (Kind.DATE in kinds) != (one.unit == DAYS):
        raise ConfigurationError(
            f"{told}: differences of dates, and of nothing else, have the unit '{DAYS}'."
        )
