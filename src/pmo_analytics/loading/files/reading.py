"""Reading files safely: every file in a process of its own, with a time and a memory limit.

The library that parses workbooks can end the whole process on a hostile file. Here it ends a child, and the
caller gets one typed error that names the file, while the other files of a delivery still load.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import io
import json
import os
import pickle
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmo_analytics.errors import FILE_ERRORS, FileError, FileLocked, FileMissing, FileTooLarge, ReaderFailed
from pmo_analytics.loading.files.raw_sheet import RawBook, RawSheet

WORKER = "pmo_analytics.loading.files.worker"
ENDINGS = frozenset({".xlsx", ".xlsm", ".csv", ".tsv", ".xls", ".xlsb", ".ods", ".mpp"})
"""Files of a folder with these endings are looked at; the unreadable are refused by name, not passed over."""

_READING = "reading sheet: "
_OUT_OF_MEMORY = ("memory allocation of", "MemoryError", "out of memory")
_SIGKILL = -9


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: seconds, megabytes, megabytes unzipped, compression, parts of a zip."""

    seconds: float = 60.0
    memory_mb: int = 4096
    unzipped_mb: int = 1024
    ratio: float = 200
    entries: int = 2000


LIMITS = Limits()


def read_book(path: Path, limits: Limits = LIMITS) -> RawBook:
    """The cells of one .xlsx, .xlsm or delimited file, judged by its content and read in a child process.

    Raises the subclass of FileError that fits, with the path in its message; a child that dies or takes too
    long is one of them.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "status.csv"
    ...     _ = file.write_text("id,name\\nP1,Bridge\\n")
    ...     read_book(file).sheets[0].columns
    (['id', 'P1'], ['name', 'Bridge'])
    """
    request = json.dumps({"path": str(path), **dataclasses.asdict(limits)}).encode("ascii")
    try:
        done = subprocess.run(  # noqa: S603 - the package's own module, and the path goes by its input
            [sys.executable, "-P", "-m", WORKER],
            input=request,
            capture_output=True,
            timeout=limits.seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        message = f"reading took longer than {limits.seconds:g} seconds."
        raise FileTooLarge(str(path), message, sheet=_sheet(expired.stderr)) from expired
    except OSError as error:
        raise ReaderFailed(str(path), f"the reading process cannot be started ({error}).") from error
    return _book(path, done)


def read_books(paths: Sequence[Path], limits: Limits = LIMITS) -> list[RawBook | FileError]:
    """The book or the error of each path, in the order given; a few files are read at the same time.

    >>> read_books([])
    []
    """

    def outcome(path: Path) -> RawBook | FileError:
        try:
            return read_book(path, limits)
        except FileError as error:
            return error

    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        return list(pool.map(outcome, paths))


def found_files(paths: Iterable[str | Path]) -> list[Path]:
    """The files to read, in the order given and each once; a folder gives its own files sorted by name.

    Of a folder, files with one of `ENDINGS` count; hidden files, Excel's lock files (``~$…``) and subfolders
    do not. Raises FileMissing for a path that is not there and for a folder without such files.

    >>> found_files([])
    []
    """
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        for file in _files_of(path):
            found.setdefault(os.path.abspath(file), file)  # noqa: PTH100 - resolve() would follow links
    return list(found.values())


def _files_of(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            path.stat()
            return [path]
        files = sorted(file for file in path.iterdir() if _is_wanted(file))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(str(path), "there is no such file or folder.") from error
    except OSError as error:
        raise FileLocked(str(path), f"it cannot be looked into ({error.strerror}).") from error
    if not files:
        raise FileMissing(str(path), "the folder has no file that could be read.")
    return files


def _is_wanted(file: Path) -> bool:
    return not file.name.startswith((".", "~$")) and file.suffix.casefold() in ENDINGS and file.is_file()


def _environment() -> dict[str, str]:
    """The child's environment: the standard library first, then this package and the reader of workbooks.

    The working folder and a script's folder are left out on purpose: a file `types.py` there must not stand
    in for the module of that name.
    """
    standard = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")]
    standard += [path for path in sys.path if Path(path).name == "lib-dynload"]
    own = [str(Path(__file__).resolve().parents[3])]
    reader = importlib.util.find_spec("python_calamine")
    if reader is not None and reader.origin is not None:
        own.append(str(Path(reader.origin).resolve().parents[1]))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys([*standard, *own]))}


def _book(path: Path, done: subprocess.CompletedProcess[bytes]) -> RawBook:
    """The book in the child's answer, or the error that its answer or its death stands for."""
    answer = _answer(done.stdout) if done.returncode == 0 else None
    if answer is None:
        raise _death(path, done)
    if "error" in answer:
        error = answer["error"]
        kind = FILE_ERRORS.get(error["code"], ReaderFailed)
        raise kind(str(path), error["message"], sheet=error["sheet"], cell=error["cell"])
    book = answer["book"]
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
        )
        for sheet in book.pop("sheets")
    )
    return RawBook(
        path=str(path), sheets=sheets, notes=tuple((code, told) for code, told in book.pop("notes")), **book
    )


def _death(path: Path, done: subprocess.CompletedProcess[bytes]) -> FileError:
    """The error for a child that ended without an answer."""
    said = done.stderr.decode("utf-8", "replace")
    sheet = _sheet(done.stderr)
    if done.returncode == _SIGKILL or any(words in said for words in _OUT_OF_MEMORY):
        return FileTooLarge(str(path), "reading it takes more memory than the limit allows.", sheet=sheet)
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith(_READING)]
    last = f": {lines[-1][:200]}" if lines else ""
    message = f"the reading process ended with code {done.returncode} and no answer{last}."
    return ReaderFailed(str(path), message, sheet=sheet)


def _sheet(said: bytes | None) -> str | None:
    """The sheet that the child named last."""
    lines = [
        line for line in (said or b"").decode("utf-8", "replace").splitlines() if line.startswith(_READING)
    ]
    try:
        return str(json.loads(lines[-1].removeprefix(_READING))) if lines else None
    except json.JSONDecodeError:  # the child died in the middle of its line
        return None


class _PlainUnpickler(pickle.Unpickler):
    """Lets builtin containers and dates through and nothing else: a broken child must not run code here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in {"date", "datetime", "time", "timedelta"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"unexpected type {module}.{name}")


def _answer(output: bytes) -> dict[str, Any] | None:
    """The child's answer, or None where there is none or it is cut."""
    try:
        answer = _PlainUnpickler(io.BytesIO(output)).load()
    except (pickle.UnpicklingError, EOFError, IndexError, ValueError):
        return None
    return answer if isinstance(answer, dict) and ("book" in answer) != ("error" in answer) else None
