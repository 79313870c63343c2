"""The reading process: requests on its input, one answer on its output for each, until its input ends.

A request is a line of JSON: the path (the bytes of its name in hexadecimal, so that no encoding is between the
two processes) and the limits. What it says is a row of pickles of builtin types and dates only: ``{"ready":
True}`` once, ``{"sheet": name}`` before a sheet is read, so that the parent can name the one at which the process
died, and for each request ``{"book": …}`` or ``{"error": {code, message, sheet, cell}}``, with the ``peak`` of
its memory and perhaps that it ran ``out_of_memory``. Nothing heavy is
imported: the process lives as long as one call of the library, and a new one is started after a bad file.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import signal
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from pmo_analytics.loading.files.archive import ZipLimits
from pmo_analytics.loading.files.bounding import limit_memory, limit_processor, peak_memory
from pmo_analytics.loading.files.raw_sheet import RawSheet, Refused
from pmo_analytics.loading.files.sniffing import sniff

MEGABYTE = 1 << 20
_LONGEST_PATH = 248  # from here on Windows may refuse the plain form


def main() -> None:
    """Answer requests until the input ends; whatever happens, an answer is a book or an error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when this process ends
    requests: SimpleQueue[bytes] = SimpleQueue()
    source, answers = _own_pipes()
    threading.Thread(target=_listen, args=(source, requests), daemon=True).start()

    def say(message: dict[str, object]) -> None:
        pickle.dump(message, answers, protocol=5)
        answers.flush()

    say({"ready": True})
    memory = 0
    while True:
        request = json.loads(requests.get())
        if request["memory_mb"] != memory:
            memory = request["memory_mb"]
            limit_memory(memory * MEGABYTE)
        limit_processor(request["seconds"])
        say({**answer(request, say), "peak": peak_memory()})


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent; a library that reads its input or prints must not spoil them."""
    source, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return source, answers


def _listen(source: BinaryIO, requests: SimpleQueue[bytes]) -> None:
    """Hand on each line; where the parent is gone this process ends, also in the middle of a file."""
    for line in source:
        requests.put(line)
    os._exit(0)


def answer(request: dict[str, object], say: Callable[[dict[str, object]], None]) -> dict[str, object]:
    """The book of the request's path, within the request's limits, or the error; `say` is told the sheets."""
    sheets: list[str | None] = [None]

    def reading(sheet: str) -> None:
        sheets.append(sheet)
        say({"sheet": sheet})

    try:
        return {"book": _book(request, reading)}
    except MemoryError:
        message = "reading it takes more memory than the limit allows."
        return {**_refusal("FILE_TOO_LARGE", message, sheet=sheets[-1]), "out_of_memory": True}
    except Refused as refused:
        return _refusal(
            refused.code, refused.message, sheet=refused.sheet, cell=refused.cell, advice=refused.advice
        )
    except BaseException as error:  # noqa: BLE001 - calamine's PanicException is no Exception; a crash is an answer
        return _refusal("READER_FAILED", _crash(error), sheet=sheets[-1])


def _crash(error: BaseException) -> str:
    """What is said of a crash: of the parser's own only that, since its words are of no use to anybody else."""
    if type(error).__name__ == "PanicException":
        return "the parser of workbooks gave up on its content, which is damaged or of an unknown kind."
    return f"the reader failed with {type(error).__name__}: {error}."


def _refusal(
    code: str,
    message: str,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    advice: str | None = None,
) -> dict[str, object]:
    return {"error": {"code": code, "message": message, "sheet": sheet, "cell": cell, "advice": advice}}


def _book(request: dict[str, object], reading: Callable[[str], None]) -> dict[str, object]:
    """The book of the request's path, within the request's limits."""
    path = os.fsdecode(bytes.fromhex(str(request["path"])))
    if os.name == "nt":
        path = long_path(path)
    limits = ZipLimits(
        unzipped=int(str(request["unzipped_mb"])) * MEGABYTE,
        ratio=float(str(request["ratio"])),
        entries=int(str(request["entries"])),
    )
    data = file_bytes(path, limits.unzipped)
    password = request.get("password")
    book = read_bytes(data, limits, None if password is None else str(password), reading)
    book["digest"] = hashlib.sha256(data).hexdigest()
    return book


def long_path(path: str) -> str:
    """The absolute path in the form in which Windows takes any length of it.

    >>> long_path("C:/status.xlsx")
    'C:/status.xlsx'
    """
    if len(path) < _LONGEST_PATH or path.startswith("\\\\?\\"):
        return path
    path = path.replace("/", "\\")
    return f"\\\\?\\UNC{path[1:]}" if path.startswith("\\\\") else f"\\\\?\\{path}"


def file_bytes(path: str, limit: int) -> bytes:
    """The bytes of a file; raises Refused where it is missing, locked, no regular file or too large."""
    try:
        about = Path(path).stat()
        if not stat.S_ISREG(about.st_mode):
            raise Refused("UNKNOWN_FORMAT", "it is not a regular file.")
        if about.st_size > limit:
            raise Refused("FILE_TOO_LARGE", f"it has {about.st_size:,} bytes (limit {limit:,}).")
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused("FILE_MISSING", "there is no such file.") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused("FILE_LOCKED", f"the operating system does not let it be read ({reason}).") from error


def read_bytes(
    data: bytes,
    limits: ZipLimits,
    password: str | None = None,
    reading: Callable[[str], object] = lambda _: None,
) -> dict[str, object]:
    """The book of a file's bytes as builtin types, without its digest; `reading` is told each sheet."""
    encoding: str | None = None
    delimiter: str | None = None
    date_1904 = False
    sheets: tuple[RawSheet, ...]
    if sniff(data) == "text":
        from pmo_analytics.loading.files.text_reader import read_text

        text = read_text(data)
        sheets, kind, notes = (text.sheet,), "csv", text.notes
        encoding, delimiter = text.encoding, text.delimiter
    else:
        from pmo_analytics.loading.files.workbook_reader import read_workbook

        book = read_workbook(data, limits, password=password, reading=reading)
        sheets, kind, notes, date_1904 = book.sheets, book.format, book.notes, book.date_1904
    if not any(sheet.n_rows for sheet in sheets):
        raise Refused("EMPTY_FILE", "no cell has a value.")
    return {
        "format": kind,
        "encoding": encoding,
        "delimiter": delimiter,
        "date_1904": date_1904,
        "notes": list(notes),
        "sheets": [_plain(sheet) for sheet in sheets],
    }


def _plain(sheet: RawSheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "columns": list(sheet.columns),
        "kinds": list(sheet.kinds),
        "n_rows": sheet.n_rows,
        "merged": list(sheet.merged),
        "hidden_rows": list(sheet.hidden_rows),
        "hidden_columns": list(sheet.hidden_columns),
        "fills": dict(sheet.fills),
        "formats": dict(sheet.formats),
        "widths": list(sheet.widths),
        "odd_rows": list(sheet.odd_rows),
    }
