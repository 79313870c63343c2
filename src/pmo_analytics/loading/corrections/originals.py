"""The files behind a portfolio, read once more, with the corrections that it was loaded with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmo_analytics.errors import CorrectionsUnusable, FileError
from pmo_analytics.loading.corrections.applying import apply_corrections
from pmo_analytics.loading.files.reading import read_books

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_analytics.loading.files.raw_sheet import RawBook
    from pmo_analytics.portfolio import Portfolio


def read_originals(
    portfolio: Portfolio, paths: Iterable[str], password: str | None = None
) -> dict[str, RawBook]:
    """The books of the files named, as the portfolio saw them, by path.

    Raises a ``FileError`` where a file is gone or cannot be read any more, ``CorrectionsUnusable`` where it has
    changed since the portfolio was loaded.
    """
    wanted = list(dict.fromkeys(paths))
    digests = {source.path: source.digest for source in portfolio.sources}
    # A file that was loaded and is the source of no table is a correction workbook.
    corrections = [one.path for one in portfolio.files if one.error is None and one.path not in digests]
    files = [Path(path) for path in (*wanted, *corrections)]
    books, _ = apply_corrections(read_books(files, portfolio.settings.limits, password=password))
    found: dict[str, RawBook] = {}
    for book in books:
        if isinstance(book, FileError):
            raise book
        if digests.get(book.path) != book.digest:
            raise CorrectionsUnusable(book.path, "it has changed since it was loaded; load it again.")
        found[book.path] = book
    return found
