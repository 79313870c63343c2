"""The reading process: one request on its input, one answer on its output, then its end.

The request is JSON (path and limits); the answer is a pickle of builtin types and dates only: either
``{"book": …}`` or ``{"error": {code, message, sheet, cell}}``. Nothing heavy is imported: the process starts
once per file. What it is reading is said on its error output, so that the parent can name the sheet at which
the process died.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from pmo_analytics.loading.files.raw_sheet import RawSheet, Refused
from pmo_analytics.loading.files.sniffing import ZipLimits, sniff

READING = "reading sheet: "
MEGABYTE = 1 << 20


def main() -> None:
    """Answer the one request; whatever happens, the answer is a book or an error."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not spoil the answer
    try:
        answer = _answer(json.load(sys.stdin))
    except MemoryError:
        answer = _refusal("FILE_TOO_LARGE", "reading it takes more memory than the limit allows.")
    except Refused as refused:
        answer = _refusal(refused.code, refused.message, refused.sheet, refused.cell)
    except BaseException as error:  # noqa: BLE001 - calamine's PanicException is no Exception; a crash is an answer
        answer = _refusal("READER_FAILED", f"the reader failed with {type(error).__name__}: {error}.")
    _write(output, answer)


def _write(output: BinaryIO, answer: dict[str, object]) -> None:
    with output:
        pickle.dump(answer, output, protocol=5)


def _refusal(code: str, message: str, sheet: str | None = None, cell: str | None = None) -> dict[str, object]:
    return {"error": {"code": code, "message": message, "sheet": sheet, "cell": cell}}


def _answer(request: dict[str, object]) -> dict[str, object]:
    """The book of the request's path, within the request's limits."""
    megabytes, unzipped = int(str(request["memory_mb"])), int(str(request["unzipped_mb"]))
    limit_memory(megabytes * MEGABYTE)
    path = str(request["path"])
    limits = ZipLimits(
        unzipped=unzipped * MEGABYTE, ratio=float(str(request["ratio"])), entries=int(str(request["entries"]))
    )
    data = file_bytes(path, limits.unzipped)
    book = read_bytes(data, path, limits)
    book["digest"] = hashlib.sha256(data).hexdigest()
    return {"book": book}


def limit_memory(size: int) -> None:
    """Bound the address space of this process and write no core file, where the system knows such limits."""
    if sys.platform == "win32":
        return
    import resource

    for kind, value in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (allowed, hard))
        except (ValueError, OSError):  # macOS refuses limits on the address space; time is still limited
            sys.stderr.write("memory is not limited on this system\n")


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


def read_bytes(data: bytes, path: str, limits: ZipLimits) -> dict[str, object]:
    """The book of a file's bytes as builtin types, without its digest."""
    encoding: str | None = None
    delimiter: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    if sniff(data, Path(path).name) == "zip":
        from pmo_analytics.loading.files.workbook_reader import read_workbook

        sheets, kind = read_workbook(data, limits, reading=_say), "xlsx"
    else:
        from pmo_analytics.loading.files.text_reader import read_text

        text = read_text(data)
        sheets, kind = (text.sheet,), "csv"
        encoding, delimiter, notes = text.encoding, text.delimiter, text.notes
    if not any(sheet.n_rows for sheet in sheets):
        raise Refused("EMPTY_FILE", "no cell has a value.")
    return {
        "format": kind,
        "encoding": encoding,
        "delimiter": delimiter,
        "notes": list(notes),
        "sheets": [_plain(sheet) for sheet in sheets],
    }


def _say(sheet: str) -> None:
    sys.stderr.write(f"{READING}{json.dumps(sheet)}\n")
    sys.stderr.flush()


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
    }


if __name__ == "__main__":
    main()
