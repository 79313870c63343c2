"""Profiles: what a row of a kind of export is, what its headings mean, and where project and period come from."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.loading.layout.cell_maps import MappedCell, mapped_cells, read_cell_map
from pmo_analytics.loading.layout.profile_books import read_profile_book
from pmo_analytics.loading.layout.profile_checks import (
    ORIGIN_KEYS,
    check_groups,
    check_headings,
    read_spellings,
)
from pmo_analytics.loading.layout.published import Published, read_published
from pmo_analytics.loading.layout.sheet_choice import EVERY_SHEET, SheetChoice, sheet_choice
from pmo_analytics.schemas.settings import DATE_ORDERS
from pmo_analytics.schemas.tables import table
from pmo_analytics.schemas.words import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = frozenset(
    {
        "name",
        "title",
        "needs",
        "extras",
        "date_order",
        "decimal",
        "currency",
        "project",
        "period",
        "sheets",
        "scale",
        "words",
    }
    | {"units", "row", "headings", "published", "cell", "cells"}
)
#: What a row of a form is where its profile does not say: the form of one project.
_FORM_ROW = {"is": "project", "tables": ["projects", "status"]}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the project or the period of a table comes from when no column says it.

    ``given`` is what the caller says; then the sheet name, the file name, a cell above the header that stands
    behind or below one of the ``labels``, and the ``constant``, in this order. The patterns have named groups.
    """

    given: str | None = None
    sheet_name: re.Pattern[str] | None = None
    file_name: re.Pattern[str] | None = None
    labels: tuple[str, ...] = ()
    constant: str | None = None

    @property
    def stated(self) -> bool:
        """Whether it names any place at all."""
        return any((self.given, self.sheet_name, self.file_name, self.labels, self.constant))


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class RowKind:
    """What a row of a sheet can be, the tables that such a row feeds, and which project it belongs to.

    ``needs`` are columns of the first table: where none of them has a heading a row is something else.
    """

    is_: str
    tables: tuple[str, ...]
    project: Origin = NOWHERE
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Profile:
    """One kind of export: what its rows are, what its headings mean, where its project and period come from.

    ``needs`` are the headings that it is known by: of each group at least one must stand in the header row,
    else the sheet is none of its kind; such a profile lists the words for a field best first. ``extras`` are
    headings that it knows and has no field for. ``units`` gives for ``table.column`` the unit of amounts whose
    heading states none. ``spellings`` gives for a closed list further spellings and the word that each means.
    ``cells`` are the cells of a form, which has no table at all. ``published`` are figures that follow from others.
    ``sheets`` are those that are read. ``own`` says
    that somebody wrote the profile for this export: its headings go before the names and titles of the tables.
    """

    name: str
    title: str
    rows: tuple[RowKind, ...]
    headings: Mapping[str, Mapping[str, tuple[str, ...]]]
    needs: tuple[tuple[str, ...], ...] = ()
    ranked: bool = False
    extras: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    date_order: str | None = None
    decimal: str | None = None
    currency: str | None = None
    period: Origin = NOWHERE
    month: int | None = None
    scales: tuple[tuple[str, pd.Timestamp | None], ...] = ()
    withheld: tuple[str, ...] = ()
    not_reported: tuple[str, ...] = field(default=())
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    cells: tuple[MappedCell, ...] = ()
    published: tuple[Published, ...] = ()
    sheets: SheetChoice = EVERY_SHEET
    own: bool = False

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


def profiles_for(wanted: str | Path | None, *, project: str | None = None) -> tuple[Profile, ...]:
    """The profiles to try: the one wanted, by name or by path of a TOML file or a workbook, or all that are shipped.

    Of a profile that is asked for no needed heading is demanded. A ``.csv`` is the map of a form whose keys the
    generic profile has to know. ``project`` is the project that tables without a project column belong to. Raises
    ``UnknownName`` for a name that is not shipped, ``ConfigurationError`` for an unusable file.
    """
    if wanted is None:
        chosen = tuple(shipped_profiles().values())
    elif str(wanted).lower().endswith((".toml", ".xlsx")):
        chosen = (replace(_read(Path(wanted)), needs=(), own=True),)
    elif str(wanted).lower().endswith(".csv"):
        cells = read_cell_map(Path(wanted))
        chosen = (replace(shipped_profiles()["generic"], name=Path(wanted).stem, cells=cells, needs=()),)
    elif str(wanted) in shipped_profiles():
        chosen = (replace(shipped_profiles()[str(wanted)], needs=()),)
    else:
        raise UnknownName("profile", str(wanted), shipped_profiles())
    return tuple(_belonging(profile, project) for profile in chosen) if project else chosen


def _belonging(profile: Profile, project: str) -> Profile:
    rows = tuple(replace(row, project=replace(row.project, given=project)) for row in profile.rows)
    return replace(profile, rows=rows)


def _read(path: Path) -> Profile:
    if path.suffix.lower() == ".xlsx":
        return _profile(read_profile_book(path), str(path), path.parent)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read as a profile: {error}") from error
    return _profile(raw, str(path), path.parent)


def _profile(raw: dict[str, Any], where: str, folder: Path = Path()) -> Profile:
    for key in raw:
        if key not in _KEYS:
            raise UnknownName(f"key in profile {where}", key, _KEYS)
    if raw.keys() & {"cell", "cells"}:
        raw = {"row": [_FORM_ROW]} | raw
    if not raw.get("name") or not raw.get("row"):
        raise ConfigurationError(f"{where}: a profile needs a name and at least one [[row]].")
    if raw.get("date_order") is not None and raw["date_order"] not in DATE_ORDERS:
        raise UnknownName(f"date order in profile {where}", raw["date_order"], DATE_ORDERS)
    if raw.get("decimal") not in (None, ".", ","):
        raise ConfigurationError(f"{where}: decimal is {raw['decimal']!r}; it must be '.' or ','.")
    period, words = raw.get("period", {}), raw.get("words", {})
    published = tuple(read_published(entry, where) for entry in raw.get("published", ()))
    return Profile(
        name=raw["name"],
        title=raw.get("title", raw["name"]),
        rows=tuple(_row(entry, raw.get("project", {}), where) for entry in raw["row"]),
        headings=_headings(raw.get("headings", {}), where),
        needs=tuple((group,) if isinstance(group, str) else tuple(group) for group in raw.get("needs", ())),
        ranked=bool(raw.get("needs")),
        extras=(*raw.get("extras", ()), *(one.heading for one in published)),
        units=_units(raw.get("units", {}), where),
        date_order=raw.get("date_order"),
        decimal=raw.get("decimal"),
        currency=raw.get("currency"),
        period=_origin(period, "period", where),
        month=period.get("month"),
        scales=tuple(_scale(entry) for entry in raw.get("scale", ())),
        withheld=tuple(words.get("withheld", ())),
        not_reported=tuple(words.get("not_reported", ())),
        spellings=read_spellings(words, where),
        published=published,
        cells=mapped_cells(raw, where, folder),
        sheets=sheet_choice(raw.get("sheets", {}), where),
    )


def _row(entry: dict[str, Any], project: dict[str, Any], where: str) -> RowKind:
    origin = _origin(entry.get("project", project), "project", where)
    try:
        fed = tuple(table(name).name for name in entry["tables"])
        kind = RowKind(entry["is"], fed, origin, tuple(entry.get("needs", ())))
    except KeyError as missing:
        raise ConfigurationError(f"{where}: a [[row]] needs the key {missing}.") from None
    for name in kind.needs:
        if name not in table(fed[0]).columns:
            raise UnknownName(f"column of {fed[0]} in needs of profile {where}", name, table(fed[0]).columns)
    return kind


def _headings(
    raw: dict[str, dict[str, list[str]]], where: str
) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    check_headings(raw, where)
    return MappingProxyType(
        {name: MappingProxyType({c: tuple(a) for c, a in aliases.items()}) for name, aliases in raw.items()}
    )


def _units(raw: dict[str, dict[str, str]], where: str) -> Mapping[str, str]:
    units = {f"{name}.{column}": unit for name, columns in raw.items() for column, unit in columns.items()}
    for field_name in units:
        name, _, column = field_name.partition(".")
        if column not in table(name).columns:
            raise UnknownName(f"column of {name} in [units] of profile {where}", column, table(name).columns)
    return MappingProxyType(units)


def _origin(raw: dict[str, Any], what: str, where: str) -> Origin:
    for key in raw:
        if key not in (*ORIGIN_KEYS, "month"):
            raise UnknownName(f"key of {what} in profile {where}", key, ORIGIN_KEYS)
    labels = raw.get("label", ())
    return Origin(
        sheet_name=_pattern(raw.get("sheet_name"), what, "sheet_name", where),
        file_name=_pattern(raw.get("file_name"), what, "file_name", where),
        labels=(labels,) if isinstance(labels, str) else tuple(labels),
        constant=raw.get("constant"),
    )


def _pattern(text: str | None, what: str, key: str, where: str) -> re.Pattern[str] | None:
    try:
        pattern = re.compile(text, re.IGNORECASE) if text else None
    except re.error as error:
        raise ConfigurationError(f"{where}: {what}.{key} is no regular expression: {error}") from None
    if pattern is not None:
        check_groups(pattern, what, key, where)
    return pattern


def _scale(entry: dict[str, Any]) -> tuple[str, pd.Timestamp | None]:
    if entry["name"] not in word_list("scale"):
        raise UnknownName("scale", entry["name"], word_list("scale"))
    until = entry.get("until")
    return entry["name"], pd.Timestamp(until) if isinstance(until, date) else None
