"""How the reading process is started: which Python, with which folders, and nothing of the caller's own."""

from __future__ import annotations

import importlib.machinery
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

#: Paths come as arguments, since an isolated Python (``-I``) looks at neither PYTHONPATH nor the working folder.
_BOOT = "import sys; sys.path += sys.argv[1:]; from pmo_analytics.loading.files.worker import main; main()"
_SITE_FOLDERS = ("site-packages", "dist-packages")
#: Packages that the reading process may import, so that one lying elsewhere (an editable install) is found.
_READERS = ("python_calamine", "openpyxl", "msoffcrypto", "olefile", "cryptography", "cffi")


class CannotStart(Exception):
    """There is no Python that could read a file; the text says why."""


def start() -> subprocess.Popen[bytes]:
    """A new reading process with pipes on all three of its streams; raises CannotStart.

    It is isolated (``-I``), does without the site module (``-S``, which can cost more than everything else) and
    finds the standard library first: a file ``types.py`` in the working folder or beside a script must not stand
    in for the module of that name.
    """
    flags = ["-I", "-S", "-X", "utf8", *(["-B"] if sys.dont_write_bytecode else [])]
    try:
        return subprocess.Popen(  # noqa: S603 - this Python and the package's own module; paths of files go by its input
            [python(), *flags, "-c", _BOOT, *folders()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows only,
        )
    except (OSError, ValueError) as error:
        raise CannotStart(str(error)) from error


def python() -> str:
    """The Python to start: the console one beside ``pythonw.exe``; raises CannotStart inside a frozen program.

    A program that embeds Python can be its own ``sys.executable``: it is not started a second time, but a Python
    of the same installation.
    """
    if getattr(sys, "frozen", False):
        raise CannotStart("this is a frozen program without a Python of its own to start")
    for candidate in _candidates():
        if candidate.is_file():
            return str(candidate)
    raise CannotStart(f"no Python is found (sys.executable is {sys.executable!r})")


def _candidates() -> Iterator[Path]:
    # On Windows the Python of a virtual environment only starts the real one, and would outlive it when ended.
    own = (sys.platform == "win32" and getattr(sys, "_base_executable", None)) or sys.executable
    if own and "py" in Path(own).stem.casefold():
        path = Path(own)
        if path.stem.casefold().startswith("pythonw"):
            yield path.with_name(path.name[:6] + path.name[7:])
        yield path
    prefix = Path(sys.exec_prefix)
    yield prefix / "python.exe"
    yield prefix / "bin" / "python3"


def folders() -> list[str]:
    """Where the reading process finds this package and the readers of workbooks, after its standard library."""
    own = str(Path(__file__).resolve().parents[3])
    installed = [sysconfig.get_path("platlib"), sysconfig.get_path("purelib")]
    installed += [path for path in sys.path if Path(path).name in _SITE_FOLDERS]
    elsewhere = [path for path in sys.path if path and Path(path).is_absolute()]
    found = [
        str(Path(spec.origin).parents[1])
        for name in _READERS
        if (spec := importlib.machinery.PathFinder.find_spec(name, [*installed, *elsewhere]))
        if spec.origin and Path(spec.origin).name.startswith("__init__.")
    ]
    return [os.path.abspath(path) for path in dict.fromkeys([own, *installed, *found])]  # noqa: PTH100
