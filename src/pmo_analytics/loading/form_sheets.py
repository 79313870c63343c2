"""Form sheets: the cells of a workbook that a map names, and what map and workbook lack of each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.files.raw_sheet import cell_name
from pmo_analytics.quality.findings import faults, gather
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pmo_analytics.loading.files.raw_sheet import RawBook, RawSheet
    from pmo_analytics.loading.layout.cell_maps import MappedCell

_EMPTY: tuple[object, str] = (None, " ")
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FormSheets:
    """A workbook as its map sees it.

    ``sheets`` are those that are read, by their name in the map; ``places`` the cells that the map names in each sheet
    of the workbook, by its place there; ``missing`` the number of cells that it names in sheets that are not there.
    """

    book: RawBook
    sheets: Mapping[str, RawSheet]
    places: Mapping[int, frozenset[_Place]]
    missing: Mapping[str, int]
    skipped: frozenset[int]

    def cell(self, mapped: MappedCell | None) -> tuple[object, str]:
        """Value and kind of a cell; an empty one where the sheet has no such cell."""
        sheet = self.sheets.get(mapped.sheet) if mapped else None
        if mapped is None or sheet is None or not _reaches(sheet, mapped.row, mapped.column):
            return _EMPTY
        return sheet.columns[mapped.column][mapped.row], sheet.kinds[mapped.column][mapped.row]

    def is_filled(self, mapped: MappedCell) -> bool:
        """Whether anything stands in a cell."""
        return self.cell(mapped)[1] != " "

    def text(self, mapped: MappedCell | None) -> str:
        """What stands in a cell as text, a whole number without decimals."""
        value, _ = self.cell(mapped)
        value = int(value) if isinstance(value, float) and value.is_integer() else value
        return "" if value is None else " ".join(str(value).split())

    def standing(self, mapped: MappedCell) -> MappedCell:
        """The cell under the name that its sheet has in the workbook."""
        sheet = self.sheets.get(mapped.sheet)
        name = sheet.name if sheet and sheet.name else mapped.sheet
        return mapped if name == mapped.sheet else replace(mapped, sheet=name)

    def fill(self, mapped: MappedCell) -> str:
        """The colour behind a cell, empty where it has none."""
        sheet = self.sheets.get(mapped.sheet)
        return sheet.fills.get((mapped.row, mapped.column), "") if sheet else ""

    def format(self, mapped: MappedCell) -> str:
        """The telling number format of a cell, empty where it has none."""
        sheet = self.sheets.get(mapped.sheet)
        return sheet.formats.get((mapped.row, mapped.column), "") if sheet else ""

    @property
    def n_named(self) -> int:
        """How many cells of the workbook the map names."""
        return sum(len(places) for places in self.places.values())

    @property
    def n_unnamed(self) -> int:
        """How many filled cells of the workbook it does not name."""
        return sum(self.unnamed(at) for at in range(len(self.book.sheets)))

    def named(self, at: int) -> int:
        """How many filled cells of a sheet the map names and are read."""
        sheet = self.book.sheets[at]
        places = () if at in self.skipped else self.places.get(at, ())
        return sum(_reaches(sheet, *place) and sheet.kinds[place[1]][place[0]] != " " for place in places)

    def unnamed(self, at: int) -> int:
        """How many filled cells of a sheet it does not name, or are not read."""
        sheet = self.book.sheets[at]
        filled = sum(len(kinds) - kinds.count(" ") for kinds in sheet.kinds)
        return filled - self.named(at)


def form_sheets(book: RawBook, cells: Iterable[MappedCell], *, skip_hidden: bool = False) -> FormSheets:
    """The sheets of a workbook under the names that a map has for them: capitals and repeated blanks do not count."""
    plain = Counter(_plain(sheet.name) for sheet in book.sheets)
    exact = {sheet.name: at for at, sheet in enumerate(book.sheets)}
    alike = {_plain(sheet.name): at for at, sheet in enumerate(book.sheets) if plain[_plain(sheet.name)] == 1}
    skipped = frozenset(at for at, sheet in enumerate(book.sheets) if sheet.hidden and skip_hidden)
    sheets: dict[str, RawSheet] = {}
    places: dict[int, set[_Place]] = defaultdict(set)
    missing: Counter[str] = Counter()
    for cell in cells:
        at = exact.get(cell.sheet, alike.get(_plain(cell.sheet)))
        if at is None:
            missing[cell.sheet] += 1
            continue
        places[at].add((cell.row, cell.column))
        if at not in skipped:
            sheets[cell.sheet] = sheets[book.sheets[at].name or ""] = book.sheets[at]
    frozen = {at: frozenset(found) for at, found in places.items()}
    return FormSheets(book, sheets, frozen, missing, skipped)


def sheet_faults(book: RawBook, form: FormSheets, keys: Sequence[str], whole: str) -> pd.DataFrame:
    """What map and workbook lack of each other: ``keys`` are the sources of the sheets, ``whole`` that of the form."""
    n_filled = sum(form.named(at) for at in range(len(book.sheets)))
    words = f"{n_filled:,} are filled and {form.n_named - n_filled:,} empty"
    has = ", ".join(str(sheet.name) for sheet in book.sheets)
    told = [_fault("FORM_FILLED", whole, _many(form.n_named), detail=words)]
    told += [
        _fault("FORM_SHEET_MISSING", whole, _many(count), column=name, detail=has)
        for name, count in form.missing.items()
    ]
    for at, key in enumerate(keys):
        told += _of_sheet(form, at, key)
    return gather(told)


def _of_sheet(form: FormSheets, at: int, key: str) -> list[pd.DataFrame]:
    sheet, places = form.book.sheets[at], form.places.get(at, frozenset())
    if at in form.skipped:
        return [_fault("HIDDEN_SHEET_SKIPPED", key, "")]
    told = [_fault("HIDDEN_SHEET", key, "")] if sheet.hidden and places else []
    filled, other = form.named(at), form.unnamed(at)
    if filled < len(places) or other:
        words = f"{filled:,} are filled, {len(places) - filled:,} empty; " if places else ""
        detail = f"{words}{_many(other, 'filled cell')} beside them" if other else words.rstrip("; ")
        told.append(_fault("FORM_SHEET", key, _many(len(places)) if places else "no cell", detail=detail))
    covered = _covered(sheet, places)
    if covered:
        words = ", ".join(f"{cell_name(*place)} by that of {cell_name(*first)}" for place, first in covered)
        told.append(_fault("FORM_CELL_COVERED", key, _many(len(covered)), detail=words))
    return told


def _covered(sheet: RawSheet, places: frozenset[_Place]) -> list[tuple[_Place, _Place]]:
    """The cells that a merged range covers, with the first cell of the range, where that is filled and not named."""
    found = []
    for top, left, bottom, right in sheet.merged:
        first = (top, left)
        if first in places or not _reaches(sheet, top, left) or sheet.kinds[left][top] == " ":
            continue
        inside = [place for place in places if top <= place[0] <= bottom and left <= place[1] <= right]
        found += [(place, first) for place in sorted(inside)]
    return found


def _reaches(sheet: RawSheet, row: int, column: int) -> bool:
    return column < len(sheet.columns) and row < sheet.n_rows


def _plain(name: str | None) -> str:
    return " ".join((name or "").casefold().split())


def _many(count: int, what: str = "cell") -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _fault(code: str, key: str, value: str, *, column: str = "", detail: str = "") -> pd.DataFrame:
    row = pd.DataFrame({SOURCE: [key], SOURCE_ROW: [pd.NA]})
    return faults(code, row, table_name="", column=column, value=value, detail=detail)
