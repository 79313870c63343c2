"""Workbooks of every kind: values by python-calamine, and beside them the facts that it does not tell."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import python_calamine as calamine

from pmo_analytics.loading.files.archive import ZipLimits
from pmo_analytics.loading.files.biff import is_encrypted, workbook_stream
from pmo_analytics.loading.files.compound import MAGIC as COMPOUND_MAGIC
from pmo_analytics.loading.files.compound import Compound
from pmo_analytics.loading.files.decrypting import REMOVE, decrypted
from pmo_analytics.loading.files.facts import FactFinder, with_facts
from pmo_analytics.loading.files.ods_facts import OdsFacts
from pmo_analytics.loading.files.package import Package
from pmo_analytics.loading.files.raw_sheet import RawSheet, Refused, sheet_of_rows
from pmo_analytics.loading.files.sniffing import compound_kind
from pmo_analytics.loading.files.xls_facts import XlsFacts
from pmo_analytics.loading.files.xlsb_facts import XlsbFacts
from pmo_analytics.loading.files.xlsx_facts import XlsxFacts

NOTE = "READING_NOTE"

_FINDERS: dict[str, Callable[[Package], FactFinder]] = {"xlsx": XlsxFacts, "xlsb": XlsbFacts, "ods": OdsFacts}
_NOT_UNDERSTOOD = ("Unrecognized", "Expecting", "not found in archive")


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """A workbook: what it is, its sheets, sentences about them, and whether its days count from 1904."""

    format: str
    sheets: tuple[RawSheet, ...]
    notes: tuple[tuple[str, str], ...] = ()
    date_1904: bool = False


def read_workbook(
    data: bytes,
    limits: ZipLimits,
    *,
    password: str | None = None,
    reading: Callable[[str], object] = lambda _: None,
) -> WorkbookFile:
    """The worksheets of a workbook in its own order; charts, macros and dialogs are left out.

    `reading` is told the name of each sheet before it is read. Raises Refused with DAMAGED_FILE, HOSTILE_FILE,
    FILE_TOO_LARGE, PASSWORD_PROTECTED, WRONG_PASSWORD, READER_FAILED or UNKNOWN_FORMAT. A hostile workbook can
    end the process or exceed its memory: call it in a process of its own.
    """
    data, opened = _opened(data, limits, password)
    kind = opened.kind if isinstance(opened, Package) else "xls"
    finder = _finder(opened)
    book = _book(opened.archive if isinstance(opened, Package) else data)
    sheets, notes, left_out = [], [], []
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            left_out.append(about.name)
            continue
        reading(about.name)
        rows, merged = _rows(book, about.name)
        facts = finder.facts(about.name, rows)
        facts.merged += merged
        hidden = about.visible != calamine.SheetVisibleEnum.Visible
        sheets.append(with_facts(sheet_of_rows(about.name, rows, hidden=hidden, marks=facts.marks), facts))
        notes += [(NOTE, f"sheet {about.name!r} {told}") for told in facts.notes]
    if left_out:
        names = ", ".join(map(repr, left_out))
        notes.append((NOTE, f"without cells, and left out: {names} (charts, macros or dialogs)"))
    return WorkbookFile(kind, tuple(sheets), tuple(notes), finder.date_1904)


def _finder(opened: Package | Compound) -> FactFinder:
    """What finds the facts of a workbook beside its values."""
    if isinstance(opened, Compound):
        return XlsFacts(opened)
    return _FINDERS[opened.kind](opened)


def _opened(data: bytes, limits: ZipLimits, password: str | None) -> tuple[bytes, Package | Compound]:
    """The bytes of the workbook behind its password, and their container, checked."""
    if not data.startswith(COMPOUND_MAGIC):
        return data, Package(data, limits)
    compound = Compound(data)
    if compound_kind(compound) == "xls" and not is_encrypted(workbook_stream(compound)):
        return data, compound
    data = decrypted(data, password)
    return data, Compound(data) if data.startswith(COMPOUND_MAGIC) else Package(data, limits)


def _book(data: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise Refused("PASSWORD_PROTECTED", "the workbook is encrypted.", advice=REMOVE) from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError) as error:
        raise _unreadable("the workbook", error) from error


def _rows(
    book: calamine.CalamineWorkbook, name: str
) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
    """The rows of a sheet from its first row and column on, and its merged ranges where the reader tells them."""
    try:
        sheet = book.get_sheet_by_name(name)
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        return sheet.to_python(skip_empty_area=False), merged  # type: ignore[return-value]
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError) as error:
        raise _unreadable("the sheet", error, sheet=name) from error


def _unreadable(what: str, error: Exception, sheet: str | None = None) -> Refused:
    """The refusal of what the parser does not understand, which need not be damaged."""
    told = str(error).rstrip(".")
    if any(word in told for word in _NOT_UNDERSTOOD):
        return Refused(
            "READER_FAILED", f"{what} has parts that the reader does not know: {told}.", sheet=sheet
        )
    return Refused("DAMAGED_FILE", f"{what} cannot be read: {told}.", sheet=sheet)
