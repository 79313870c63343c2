"""Reading files safely: in processes of their own, with a time and a memory limit, several at a time.

The library that parses workbooks can end the whole process on a hostile file. Here it ends a child, and the
caller gets one typed error that names the file, while the other files of a delivery still load.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from pmo_analytics.errors import FILE_ERRORS, FileError, FileTooLarge, ReaderFailed
from pmo_analytics.loading.files.bounding import MEMORY_EXIT
from pmo_analytics.loading.files.launching import CannotStart
from pmo_analytics.loading.files.pool import Outcome, Pool, last_line
from pmo_analytics.loading.files.raw_sheet import RawBook, RawSheet
from pmo_analytics.schemas.limits import DEFAULT_LIMITS, Limits

Progress = Callable[[int, int, str], object]
"""Told, after each file, how many are done, of how many, and the path of the last one."""

_OUT_OF_MEMORY = ("memory allocation of", "MemoryError", "out of memory")
_MEMORY_CODES = (-9, MEMORY_EXIT)  # the first is how Linux ends a process when the machine has no memory left
_PROCESSOR_TIME_CODE = -24


def read_book(path: Path, limits: Limits = DEFAULT_LIMITS, *, password: str | None = None) -> RawBook:
    """The cells of one workbook or delimited file, judged by its content and read in a child process.

    Workbooks are .xlsx, .xlsm, .xlsb, .xls and .ods; ``password`` opens those that are encrypted.

    Raises the subclass of FileError that fits, with the path in its message; a child that dies or takes too
    long is one of them.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "status.csv"
    ...     _ = file.write_text("id,name\\nP1,Bridge\\n")
    ...     read_book(file).sheets[0].columns
    (['id', 'P1'], ['name', 'Bridge'])
    """
    (book,) = read_books([path], limits, password=password)
    if isinstance(book, FileError):
        raise book
    return book


def read_books(
    paths: Sequence[Path],
    limits: Limits = DEFAULT_LIMITS,
    *,
    progress: Progress | None = None,
    password: str | None = None,
) -> list[RawBook | FileError]:
    """The book or the error of each path, in the order given; several files are read at the same time.

    A child reads many files; one that dies is blamed on the file it was reading, and the next file gets a new
    one. `progress` is called here, in the calling thread, as files are done. No child outlives the call.

    >>> read_books([])
    []
    """
    if not paths:
        return []
    several = min(limits.processes, _processors(), len(paths))
    threads = ThreadPoolExecutor(several, thread_name_prefix="pmo-reading")
    pool = Pool(limits, password)
    try:
        futures = [threads.submit(_outcome, pool, path, limits) for path in paths]
        _tell(futures, paths, progress)
        return [future.result() for future in futures]
    finally:
        pool.close()
        threads.shutdown(cancel_futures=True)


def _processors() -> int:
    """The processors that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # where the system can bind a process to some of them
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _tell(
    futures: Sequence[Future[RawBook | FileError]], paths: Sequence[Path], progress: Progress | None
) -> None:
    names = {future: str(path) for future, path in zip(futures, paths, strict=True)}
    for done, future in enumerate(as_completed(futures), 1):
        future.result()
        if progress:
            progress(done, len(futures), names[future])


def _outcome(pool: Pool, path: Path, limits: Limits) -> RawBook | FileError:
    """The book in the child's answer, or the error that its answer or its death stands for."""
    try:
        outcome = pool.read(path)
    except CannotStart as error:
        return ReaderFailed(str(path), f"the reading process cannot be started: {error}.")
    if outcome.answer is None:
        return _death(path, outcome, limits)
    if "error" in outcome.answer:
        told = outcome.answer["error"]
        kind = FILE_ERRORS.get(told["code"], ReaderFailed)
        return kind(
            str(path), told["message"], sheet=told["sheet"], cell=told["cell"], advice=told.get("advice")
        )
    return _book(path, outcome.answer["book"])


def _book(path: Path, book: dict[str, Any]) -> RawBook:
    sheets = tuple(
        RawSheet(
            name=sheet["name"],
            hidden=sheet["hidden"],
            columns=tuple(sheet["columns"]),
            kinds=tuple(sheet["kinds"]),
            n_rows=sheet["n_rows"],
            merged=tuple(sheet["merged"]),
            hidden_rows=tuple(sheet["hidden_rows"]),
            hidden_columns=tuple(sheet["hidden_columns"]),
            fills=sheet["fills"],
            formats=sheet["formats"],
            widths=tuple(sheet["widths"]),
            odd_rows=tuple(sheet["odd_rows"]),
        )
        for sheet in book.pop("sheets")
    )
    return RawBook(
        path=str(path), sheets=sheets, notes=tuple((code, told) for code, told in book.pop("notes")), **book
    )


def _death(path: Path, outcome: Outcome, limits: Limits) -> FileError:
    """The error for a child that ended, or was ended, without an answer."""
    if outcome.code in (None, _PROCESSOR_TIME_CODE):
        message = f"reading took longer than {limits.seconds:g} seconds."
        return FileTooLarge(str(path), message, sheet=outcome.sheet)
    if outcome.code in _MEMORY_CODES or any(words in outcome.said for words in _OUT_OF_MEMORY):
        message = "reading it takes more memory than the limit allows."
        return FileTooLarge(str(path), message, sheet=outcome.sheet)
    last = last_line(outcome.said)
    message = f"the reading process ended with code {outcome.code} and no answer{': ' * bool(last)}{last}."
    return ReaderFailed(str(path), message, sheet=outcome.sheet)
