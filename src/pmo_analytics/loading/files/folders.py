"""Folders: which files of a delivery are looked at, and which are passed over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pmo_analytics.errors import FileLocked, FileMissing

ENDINGS = frozenset(
    {
        *(".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".csv", ".tsv", ".tab"),
        *(".mpp", ".mpx", ".xer", ".fods", ".slk", ".dif", ".numbers", ".dbf", ".wk1", ".123"),
    }
)
"""Files of a folder with these endings are looked at; the unreadable are refused by name, not passed over."""
TEXT_ENDING = ".txt"
"""Such a file of a folder is looked at where its first lines are parted alike: others are letters and notes."""
_PARTING, _PEEK = ("\t", ";", "|", ","), 4096


def found_files(paths: Iterable[str | Path]) -> list[Path]:
    """The files to read, in the order given and each once; a folder gives its files, and those of its folders.

    Of a folder, files with one of `ENDINGS` count, and text files (.txt) that are parted into fields; hidden files
    and folders and Excel's lock files (``~$…``) do not. Raises FileMissing for a path that is not there and for a
    folder without such files.

    >>> found_files([])
    []
    """
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        for file in _files_of(path):
            found.setdefault(os.path.abspath(file), file)  # noqa: PTH100 - resolve() would follow links
    return list(found.values())


def passed_over(paths: Iterable[str | Path]) -> list[dict[str, str]]:
    """The files of the folders given that are not read, each with the reason; hidden files are not named.

    >>> passed_over([])
    []
    """
    told = []
    for folder in map(Path, paths):
        for file in sorted(_walked(folder)) if folder.is_dir() else ():
            why = _why_not(file)
            if why:
                told.append({"path": str(file), "why": why})
    return told


def _files_of(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            path.stat()
            return [path]
        files = sorted(file for file in _walked(path) if not _why_not(file))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(str(path), "there is no such file or folder.") from error
    except OSError as error:
        raise FileLocked(str(path), f"it cannot be looked into ({error.strerror}).") from error
    if not files:
        raise FileMissing(str(path), "the folder and its folders have no file that could be read.")
    return files


def _walked(folder: Path) -> Iterator[Path]:
    """Every file of a folder and of the folders in it, without hidden ones; links to folders are not followed."""

    def fail(error: OSError) -> None:
        raise error

    for where, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where, name) for name in names if not name.startswith("."))


def _why_not(file: Path) -> str:
    """Why a file of a folder is not read; nothing where it is."""
    ending = file.suffix.casefold()
    if file.name.startswith("~$"):
        return "a lock file of Excel"
    if ending in ENDINGS and file.is_file():
        return ""
    if ending == TEXT_ENDING:
        return "" if _is_parted(file) else "a text without fields"
    return f"no file of data by its ending {ending or '(none)'}; name the file itself to have it read"


def _is_parted(file: Path) -> bool:
    """Whether the first two lines of a text have the same number of the same sign that parts fields."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_PEEK).replace(b"\0", b"").decode("latin-1")
    except OSError:
        return True  # reading it says why it cannot be read
    lines = [line for line in text.splitlines() if line.strip()][:2]
    if len(lines) < len(("heading", "row")):
        return False
    return any(lines[0].count(sign) == lines[1].count(sign) > 0 for sign in _PARTING)
