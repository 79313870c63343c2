"""Loading: from paths to a Portfolio."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.errors import FileError, NoTableFound, NothingLoaded
from pmo_analytics.loading.accounting import SheetLines, account
from pmo_analytics.loading.arguments import listed_paths, settings_of
from pmo_analytics.loading.assembling import assemble
from pmo_analytics.loading.corrections.applying import apply_corrections
from pmo_analytics.loading.corrections.telling import correction_faults, correction_sources, with_corrections
from pmo_analytics.loading.extracting import Extract, extract
from pmo_analytics.loading.files.folders import found_files
from pmo_analytics.loading.files.reading import Progress, read_books
from pmo_analytics.loading.forms import FormRead, Moments, account_form, is_form, read_form
from pmo_analytics.loading.layout.finding import find_layouts, rows_below, standing
from pmo_analytics.loading.layout.headings import ids_by_name
from pmo_analytics.loading.layout.profiles import profiles_for
from pmo_analytics.loading.layout.undated import undated_in
from pmo_analytics.loading.origins import find_project
from pmo_analytics.loading.periods import day, find_period, month_end
from pmo_analytics.loading.shared_months import lacks_month, only_month
from pmo_analytics.loading.sheet_faults import (
    hidden_faults,
    may_hold_tables,
    note,
    unused_faults,
    unused_source,
)
from pmo_analytics.loading.sources import describe_source, heading_faults, short_faults
from pmo_analytics.loading.units import unit_faults
from pmo_analytics.quality.findings import gather
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.settings import Settings
from pmo_analytics.schemas.source import FileResult, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pmo_analytics.loading.files.raw_sheet import RawBook, RawSheet
    from pmo_analytics.loading.layout.layouts import Layout
    from pmo_analytics.loading.layout.profiles import Profile
    from pmo_analytics.loading.periods import FoundPeriod
    from pmo_analytics.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class _Options:
    profiles: tuple[Profile, ...]
    settings: Settings
    period: pd.Timestamp | None
    as_of: pd.Timestamp | None
    shared: FoundPeriod | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What one readable file gave."""

    path: str
    lines: tuple[SheetLines, ...]
    faults: pd.DataFrame
    unused: tuple[Source, ...]

    @property
    def extracts(self) -> tuple[Extract, ...]:
        """The tables of all its sheets."""
        return tuple(extract for sheet in self.lines for extract in sheet.extracts)


def load(
    paths: str | Path | Iterable[str | Path],
    *,
    as_of: str | pd.Timestamp | None = None,
    period: str | pd.Timestamp | None = None,
    profile: str | Path | None = None,
    project: str | None = None,
    config: str | Path | Settings | None = None,
    progress: Progress | None = None,
    password: str | None = None,
) -> Portfolio:
    """A Portfolio of every table found in the files and folders given.

    Each sheet is searched for a header row that a profile understands; without ``profile`` the one that
    understands most headings is taken. The period of a table comes from its column, ``period``, the sheet name, the
    file name, a label or title above the header, the profile, ``as_of``, or the only month of the other tables, in
    this order. ``as_of`` defaults to the latest period found.
    ``project`` is the project of tables that name none: the plan of one project, its risks.
    ``config`` is a ``pmo.toml`` or a ``Settings``. ``progress`` is called with the number of files read, the number
    of all and the path of the last one, after each.
    ``password`` opens encrypted workbooks; that needs the extra ``encrypted``.

    A correction workbook (see ``write_corrections``) is known by its content: its mended rows take the place of
    those in the originals given with it, and each is a finding.

    A file that cannot be read does not stop the others: it stands in ``portfolio.files`` with its error.
    Raises ``NothingLoaded`` where no file could be read, ``UnknownName`` for a profile or setting nobody
    knows, ``ConfigurationError`` for a period or day that is none, for paths that are none, and for a config that is
    neither a path nor ``Settings``.

    >>> import pmo_analytics as pmo
    >>> portfolio = pmo.load(pmo.sample_data())
    >>> len(portfolio.project_ids)
    36
    """
    listed = listed_paths(paths)
    options = _Options(
        profiles=profiles_for(profile, project=project),
        settings=settings_of(config),
        period=month_end(period) if period is not None else None,
        as_of=day(as_of) if as_of is not None else None,
    )
    files, missing = _list_files(listed)
    books, corrections = apply_corrections(
        read_books(files, options.settings.limits, progress=progress, password=password)
    )
    outcomes = _with_shared_months(
        [_read_file(book, Path(book.path), options, n) for n, book in enumerate(books)], books, options
    )
    read = [outcome for outcome in outcomes if not isinstance(outcome, FileError)]
    errors = [*missing, *(outcome for outcome in outcomes if isinstance(outcome, FileError))]
    if not read:
        raise NothingLoaded([*errors, *corrections.unusable()])
    portfolio = assemble(
        [part for one in read for part in one.extracts],
        options.settings,
        as_of=options.as_of,
        sheet_faults=gather([*(one.faults for one in read), correction_faults(corrections)]),
        sheet_sources=[*(sheet for one in read for sheet in one.unused), *correction_sources(corrections)],
    )
    portfolio = replace(portfolio, files=_results(read, errors, portfolio))
    return with_corrections(portfolio, corrections)


def _list_files(paths: Sequence[str | Path]) -> tuple[list[Path], list[FileError]]:
    files: list[Path] = []
    missing: list[FileError] = []
    for path in paths:
        try:
            files += found_files([path])
        except FileError as error:
            missing.append(error)
    # Sorted, so that which of two files is the first is no matter of the order in which they are named.
    return sorted(set(files)), missing


def _with_shared_months(
    outcomes: list[_Read | FormRead | FileError], books: Sequence[RawBook | FileError], options: _Options
) -> list[_Read | FormRead | FileError]:
    """The same, with the month of the other tables of its file, else of all files, where a table names none."""
    read = [one for one in outcomes if not isinstance(one, FileError)]
    of_all = only_month((part for one in read for part in one.extracts), "the other files")
    for number, one in enumerate(outcomes):
        if isinstance(one, _Read) and lacks_month(one.extracts):
            shared = only_month(one.extracts, "the other tables of the file") or of_all
            if shared is not None:
                again = replace(options, shared=shared)
                outcomes[number] = _read_file(books[number], Path(one.path), again, number)
    return outcomes


def _read_file(
    book: RawBook | FileError, path: Path, options: _Options, number: int
) -> _Read | FormRead | FileError:
    if isinstance(book, FileError):
        return book
    profile = options.profiles[0]
    if is_form(book, profile):
        return _read_form(book, profile, options, number)
    lines: list[SheetLines] = []
    told: list[pd.DataFrame] = []
    unused: list[Source] = []
    for order, sheet in _visible_first(book):
        key = f"{number + 1}.{order + 1}"
        layouts = _layouts(book.path, sheet, options)
        read = [
            _read_table(key + layout.suffix, book, standing(sheet, layout), layout, options)
            for layout in layouts
        ]
        turned = any(layout.orientation == "columns" for layout in layouts)
        n_lines = len(sheet.columns) if turned else sheet.n_rows
        lines.append(SheetLines(sheet.name or "", n_lines, tuple(extracted for extracted, _ in read)))
        told += [about for _, about in read]
        if read:
            told += hidden_faults(sheet, read[0][0].source.key, options.settings)
        elif sheet.n_rows:
            unused.append(unused_source(key, book, sheet))
            told += unused_faults(sheet, key, profile.sheets, options.settings)
    sources = [extract.source.key for sheet in lines for extract in sheet.extracts]
    if not sources:
        return NoTableFound(str(path), _no_table(book, profile))
    told += [note(code, sources[0], words) for code, words in book.notes]
    return _Read(book.path, tuple(lines), gather(told), tuple(unused))


def _read_form(book: RawBook, profile: Profile, options: _Options, number: int) -> FormRead | FileError:
    try:
        return read_form(book, profile, number, options.settings, Moments(options.period, options.as_of))
    except FileError as error:
        return error


def _no_table(book: RawBook, profile: Profile) -> str:
    left_out = [str(sheet.name) for sheet in book.sheets if profile.sheets.left_out(sheet.name)]
    if len(left_out) == len(book.sheets):
        return f"the profile leaves out every sheet that it has: {', '.join(left_out)}."
    if not profile.cells:
        return "no sheet has a header row that a profile understands."
    wanted = ", ".join(dict.fromkeys(cell.sheet for cell in profile.cells))
    has = ", ".join(str(sheet.name) for sheet in book.sheets)
    return (
        f"the profile is that of a form with the sheets {wanted}, and this file has none of them but {has}."
    )


def _layouts(path: str, sheet: RawSheet, options: _Options) -> tuple[Layout, ...]:
    if not may_hold_tables(sheet, options.profiles[0].sheets, options.settings):
        return ()
    found = find_layouts(sheet, options.profiles, options.settings)
    tables = [list(group) for _, group in groupby(found, key=attrgetter("number"))]
    return tuple(layout for table in tables for layout in _with_undated(path, sheet, table, options))


def _with_undated(path: str, sheet: RawSheet, layouts: list[Layout], options: _Options) -> tuple[Layout, ...]:
    """The layouts of a table; where months stand across, what has no month is of the report's own."""
    whole = replace(layouts[0], month=None)
    report = find_period(path, standing(sheet, whole), whole, given=options.period, as_of=options.as_of)
    return undated_in(layouts, report.period)


def _visible_first(book: RawBook) -> list[tuple[int, RawSheet]]:
    """The sheets with their places in the book, hidden ones last: where both say the same, the visible counts."""
    return sorted(enumerate(book.sheets), key=lambda placed: placed[1].hidden)


def _read_table(
    key: str, book: RawBook, sheet: RawSheet, layout: Layout, options: _Options
) -> tuple[Extract, pd.DataFrame]:
    found = find_period(book.path, sheet, layout, given=options.period, as_of=options.as_of)
    found = options.shared if found.period is None and options.shared is not None else found
    project = find_project(book.path, sheet, layout)
    if not project.text:
        fields = MappingProxyType(ids_by_name(layout.matching.fields))
        layout = replace(layout, matching=replace(layout.matching, fields=fields))
    source = describe_source(
        key,
        layout,
        path=book.path,
        sheet=sheet.name,
        digest=book.digest,
        found=found,
        project=project,
    )
    skip = options.settings.hidden == "skip"
    rows = rows_below(sheet, layout, without_hidden=skip)
    extracted = extract(rows, layout, source, found.period, options.settings, date_1904=book.date_1904)
    told = gather([heading_faults(layout, source), unit_faults(layout, source), short_faults(rows, source)])
    return _once_for_all_months(extracted), told


def _once_for_all_months(extracted: Extract) -> Extract:
    """Of a later month only the faults of its own columns: the others were told with the first."""
    month = extracted.layout.month
    if month is None or month.first:
        return extracted
    fields = extracted.layout.matching.fields
    own = {column for (_, column), at in fields.items() if at in month.positions}
    return replace(extracted, faults=extracted.faults[extracted.faults[Finding.column].isin(own)])


def _results(
    read: Sequence[_Read | FormRead], errors: Sequence[FileError], portfolio: Portfolio
) -> tuple[FileResult, ...]:
    results = [
        account_form(one, portfolio.quarantine)
        if isinstance(one, FormRead)
        else account(one.path, one.lines, portfolio.quarantine)
        for one in read
    ]
    refused = [
        FileResult(
            error.path,
            "refused",
            {"code": error.code, "message": error.message, "sheet": error.sheet, "cell": error.cell},
        )
        for error in errors
    ]
    return (*results, *refused)
