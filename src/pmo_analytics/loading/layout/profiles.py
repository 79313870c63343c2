"""Profiles: how the headings of a kind of export name our columns; data, one TOML file each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.schemas.settings import DATE_ORDERS
from pmo_analytics.schemas.tables import table
from pmo_analytics.schemas.words import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = frozenset({"name", "title", "date_order", "currency", "period", "scale", "words", "row", "headings"})


@dataclass(frozen=True, slots=True)
class RowKind:
    """What a row of a sheet can be, and the tables that such a row feeds."""

    is_: str
    tables: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Profile:
    """One kind of export: what its rows are, what its headings mean, where its period comes from."""

    name: str
    title: str
    rows: tuple[RowKind, ...]
    headings: Mapping[str, Mapping[str, tuple[str, ...]]]
    date_order: str | None = None
    currency: str | None = None
    file_name: re.Pattern[str] | None = None
    month: int | None = None
    scales: tuple[tuple[str, pd.Timestamp | None], ...] = ()
    withheld: tuple[str, ...] = ()
    not_reported: tuple[str, ...] = field(default=())

    def scale_of(self, periods: pd.Series) -> pd.Series:
        """The rating scale in force in each period; null where the profile states none."""
        scale = pd.Series(pd.NA, index=periods.index, dtype="str")
        for name, until in reversed(self.scales):
            scale = scale.mask(periods <= until if until is not None else periods.notna(), name)
        return scale


@cache
def shipped_profiles() -> Mapping[str, Profile]:
    """The profiles that come with the library, by name; ``generic`` first."""
    folder = files("pmo_analytics.loading").joinpath("exports")
    found = [
        _profile(tomllib.loads(entry.read_text(encoding="utf-8")), entry.name)
        for entry in sorted(folder.iterdir(), key=lambda entry: (entry.name != "generic.toml", entry.name))
        if entry.name.endswith(".toml")
    ]
    return MappingProxyType({profile.name: profile for profile in found})


def profiles_for(wanted: str | Path | None) -> tuple[Profile, ...]:
    """The profiles to try: the one wanted, by name or by path of a TOML file, or all that are shipped.

    Raises ``UnknownName`` for a name that is not shipped, ``ConfigurationError`` for an unusable file.
    """
    if wanted is None:
        return tuple(shipped_profiles().values())
    if str(wanted).endswith(".toml"):
        return (_read(Path(wanted)),)
    if str(wanted) not in shipped_profiles():
        raise UnknownName("profile", str(wanted), shipped_profiles())
    return (shipped_profiles()[str(wanted)],)


def _read(path: Path) -> Profile:
    try:
        return _profile(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read as a profile: {error}") from error


def _profile(raw: dict[str, Any], where: str) -> Profile:
    for key in raw:
        if key not in _KEYS:
            raise UnknownName(f"key in profile {where}", key, _KEYS)
    if not raw.get("name") or not raw.get("row"):
        raise ConfigurationError(f"{where}: a profile needs a name and at least one [[row]].")
    if raw.get("date_order") is not None and raw["date_order"] not in DATE_ORDERS:
        raise UnknownName(f"date order in profile {where}", raw["date_order"], DATE_ORDERS)
    period, words = raw.get("period", {}), raw.get("words", {})
    return Profile(
        name=raw["name"],
        title=raw.get("title", raw["name"]),
        rows=tuple(_row(entry, where) for entry in raw["row"]),
        headings=_headings(raw.get("headings", {})),
        date_order=raw.get("date_order"),
        currency=raw.get("currency"),
        file_name=_pattern(period.get("file_name"), where),
        month=period.get("month"),
        scales=tuple(_scale(entry) for entry in raw.get("scale", ())),
        withheld=tuple(words.get("withheld", ())),
        not_reported=tuple(words.get("not_reported", ())),
    )


def _row(entry: dict[str, Any], where: str) -> RowKind:
    try:
        return RowKind(entry["is"], tuple(table(name).name for name in entry["tables"]))
    except KeyError as missing:
        raise ConfigurationError(f"{where}: a [[row]] needs the key {missing}.") from None


def _headings(raw: dict[str, dict[str, list[str]]]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    for name, aliases in raw.items():
        for column in aliases:
            if column not in table(name).columns:
                raise UnknownName(f"column of {name}", column, table(name).columns)
    return MappingProxyType(
        {name: MappingProxyType({c: tuple(a) for c, a in aliases.items()}) for name, aliases in raw.items()}
    )


def _pattern(text: str | None, where: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text) if text else None
    except re.error as error:
        raise ConfigurationError(f"{where}: period.file_name is no regular expression: {error}") from None


def _scale(entry: dict[str, Any]) -> tuple[str, pd.Timestamp | None]:
    if entry["name"] not in word_list("scale"):
        raise UnknownName("scale", entry["name"], word_list("scale"))
    until = entry.get("until")
    return entry["name"], pd.Timestamp(until) if isinstance(until, date) else None
