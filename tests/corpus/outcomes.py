"""What becomes of each file of the corpus: the shape of what was read, or the error; and the same of what was loaded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pmo_analytics as pmo
from pmo_analytics.errors import FileError, NothingLoaded, PmoError
from pmo_analytics.loading.files.raw_sheet import RawBook, RawSheet
from pmo_analytics.loading.files.reading import Limits, read_books

#: What one file may take here. No file of the corpus needs a quarter of it.
LIMITS = Limits(seconds=20, memory_mb=1024)
PERIOD = "2026-06"
READ, LOADED = "read", "loaded"

#: Words of the machinery inside: none of them helps the owner of a file.
LEAKS = re.compile(
    r"Traceback|\b[A-Za-z]\w*(?:Error|Exception)\b|PanicException|panicked|unwrap\(|\.rs\b|index out of|NoneType"
    r"|codec can't|object has no attribute|not subscriptable|unpack requires|<class |0x[0-9a-f]{6,}|site-packages"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the ledger; everything as text.

    `reading` is ``read`` or the code of an error with `place` (sheet and cell, where known). Of what was read
    `sheets` gives rows x columns and the number of cells with a value of each sheet, a hidden one in brackets;
    `facts` counts merged ranges, hidden rows and columns, fills and number formats; `digest` stands for names,
    kinds and values of all cells. `loading` is ``loaded`` or the code of an error; `tables` counts the rows of
    each table, `rows` is above + unrecognised + accepted + quarantined + empty.
    """

    file: str
    reading: str
    place: str = ""
    format: str = ""
    sheets: str = ""
    facts: str = ""
    digest: str = ""
    loading: str = ""
    tables: str = ""
    rows: str = ""


COLUMNS = tuple(field.name for field in fields(Outcome))


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the corpus with everything that came of it."""

    path: Path
    outcome: Outcome
    book: RawBook | FileError
    portfolio: pmo.Portfolio | None
    error: PmoError | None


@cache
def cases_of(corpus: Path, folder: str) -> tuple[Case, ...]:
    """Every file of a folder of the corpus, read within `LIMITS` and loaded on its own."""
    paths = sorted(path for path in (corpus / folder).rglob("*") if path.is_file())
    return tuple(
        _case(corpus, path, book) for path, book in zip(paths, read_books(paths, LIMITS), strict=True)
    )


def _case(corpus: Path, path: Path, book: RawBook | FileError) -> Case:
    portfolio, error = loaded(path, book)
    name = path.relative_to(corpus).as_posix()
    outcome = Outcome(file=name, **_of_book(book), **_of_portfolio(portfolio, error))
    return Case(path, outcome, book, portfolio, error)


def loaded(path: Path, book: RawBook | FileError) -> tuple[pmo.Portfolio | None, PmoError | None]:
    """The portfolio of one file, or its error; the book that was read is not read again."""
    from pmo_analytics.loading import load

    def as_read(paths: Sequence[Path], *_: object, **__: object) -> list[RawBook | FileError]:
        return [book]

    with mock.patch.object(load, "read_books", as_read):
        try:
            return pmo.load(path, period=PERIOD), None
        except NothingLoaded as nothing:
            return None, nothing.errors[0]
        except PmoError as error:
            return None, error


def _of_book(book: RawBook | FileError) -> dict[str, str]:
    if isinstance(book, FileError):
        return {"reading": book.code, "place": _place(book)}
    form = " ".join(str(part) for part in (book.format, book.encoding, book.delimiter) if part is not None)
    return {
        "reading": READ,
        "format": form.replace("\t", "tab"),
        "sheets": " ".join(map(_shape, book.sheets)),
        "facts": " ".join(part for part in (_facts(book), "1904" if book.date_1904 else "") if part),
        "digest": _digest(book),
    }


def _of_portfolio(portfolio: pmo.Portfolio | None, error: PmoError | None) -> dict[str, str]:
    if portfolio is None:
        return {"loading": error.code if error else ""}
    (file,) = portfolio.files
    counts = (file.above, file.unrecognised, file.accepted, file.quarantined, file.empty)
    return {
        "loading": LOADED,
        "tables": " ".join(f"{name}={len(portfolio[name])}" for name in sorted(portfolio.delivered)),
        "rows": "+".join(map(str, counts)),
    }


def _place(error: FileError) -> str:
    return "!".join(part for part in (error.sheet, error.cell) if part)


def _shape(sheet: RawSheet) -> str:
    cells = sum(len(kinds) - kinds.count(" ") for kinds in sheet.kinds)
    shape = f"{sheet.n_rows}x{len(sheet.columns)}:{cells}"
    return f"({shape})" if sheet.hidden else shape


def _facts(book: RawBook) -> str:
    counts = {
        "merged": sum(len(sheet.merged) for sheet in book.sheets),
        "hidden": sum(len(sheet.hidden_rows) + len(sheet.hidden_columns) for sheet in book.sheets),
        "fills": sum(len(sheet.fills) for sheet in book.sheets),
        "formats": sum(len(sheet.formats) for sheet in book.sheets),
    }
    return " ".join(f"{name}={count}" for name, count in counts.items() if count)


def _digest(book: RawBook) -> str:
    whole = hashlib.sha256()
    for sheet in book.sheets:
        whole.update(repr((sheet.name, sheet.kinds)).encode("utf-8", "surrogatepass"))
        for column in sheet.columns:
            whole.update("\x1f".join(map(_written, column)).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:8]


def _written(value: Any) -> str:
    """A value as text, the same for 1 and 1.0."""
    return repr(float(value)) if type(value) is int and abs(value) < 1 << 53 else repr(value)
