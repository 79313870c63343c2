"""The way back: workbooks with only the rows to mend, for those who can mend them."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from pmo_analytics.errors import ReportError
from pmo_analytics.quality.keys import match_key
from pmo_analytics.report.mending import to_mend
from pmo_analytics.report.saving import save
from pmo_analytics.report.sheets.corrections import write_book
from pmo_analytics.report.workbook import OPTIONS

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.report.mending import MendBook

WHOLE, UNASSIGNED = "corrections.xlsx", "unassigned.xlsx"
#: Most characters of a person's name in the name of a file.
_SLUG = 40
_NO_SLUG = re.compile(r"[^a-z0-9]+")


def write_corrections(
    portfolio: Portfolio, folder: str | Path, *, by: str | None = None, password: str | None = None
) -> tuple[Path, ...]:
    """The paths of the correction workbooks written: the rows with an error or a warning, one sheet per table.

    A row shows the headings and values of its file, the cells at fault marked, and what is wrong beside them.
    With ``by``, a column of projects such as ``project_manager``, there is a workbook for each value, and
    ``unassigned.xlsx`` for rows of projects without one; without it ``corrections.xlsx`` holds all. Loaded
    together with the originals (``pmo.load([originals, folder])``) the mended rows take the place of theirs.

    The folder is made where it is missing. A file there that differs is never overwritten: somebody may have
    mended in it. Nothing to mend gives no file. The originals are read once more
    (``password`` opens encrypted ones). Raises ``UnknownName`` for a
    column that projects do not have, a ``FileError`` where an original is gone or has changed since it was loaded,
    ``ReportError`` where a workbook cannot be written.

    >>> import pandas as pd, pathlib, tempfile
    >>> from pmo_analytics.portfolio import Portfolio
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_corrections(Portfolio(tables={}, as_of=pd.Timestamp("2026-06-30")), folder)
    ()
    """
    if portfolio.sources and not any(source.digest for source in portfolio.sources):
        raise ReportError(
            "no file stands behind this portfolio: rows of frames are mended where they were made."
        )
    books = to_mend(portfolio, by, password)
    target = Path(folder)
    if not books:
        return ()
    contents = {target / _file_name(book, by): _bytes(book, portfolio.as_of) for book in books}
    _make(target)
    for path, content in contents.items():
        if not path.resolve().is_relative_to(target.resolve()):
            raise ReportError(f"{path}: lies outside of {target}.")
        if path.exists() and path.read_bytes() != content:
            raise ReportError(
                f"{path}: there is another correction workbook of this name, and somebody may have mended in it. "
                f"Choose another folder, or load it with the originals first and then move it away."
            )
    return tuple(save(path, content) for path, content in contents.items())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"{folder}: this folder cannot be made ({error.strerror or error}).") from error


def _file_name(book: MendBook, by: str | None) -> str:
    if by is None:
        return WHOLE
    return UNASSIGNED if book.who is None else f"{slug(book.who)}.xlsx"


def slug(name: str) -> str:
    """A name as part of a file's name on any system: plain letters, then a short hash of the whole name.

    Names that differ in case and blanks only are one, as everywhere; others never meet, whatever they look like.

    >>> slug("Zoë O'Hara"), slug("../../etc"), slug("CON")
    ('zoe-o-hara-a1aec402', 'etc-74ccf3c5', 'con-1143da2b')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    words = _NO_SLUG.sub("-", plain).strip("-")[:_SLUG].strip("-")
    key = str(match_key(pd.Series([name])).iloc[0])
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{words or 'name'}-{digest}"


def _bytes(book: MendBook, as_of: pd.Timestamp) -> bytes:
    buffer = io.BytesIO()
    try:
        workbook = xlsxwriter.Workbook(buffer, OPTIONS)
        # The day that figures refer to stands in for the clock, so that the same data give the same file.
        workbook.set_properties({"title": "Corrections", "created": as_of.to_pydatetime()})
        write_book(workbook, book, as_of)
        workbook.close()
    except (OSError, XlsxWriterException) as error:
        raise ReportError(f"the correction workbook cannot be put together: {error}") from error
    return buffer.getvalue()
