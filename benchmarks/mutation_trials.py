"""Trials: the tests that can kill a mutant, run on it in a process of its own.

A process is forked for each mutant (POSIX only) from a parent that has imported the libraries, so that a trial takes
seconds where a fresh process would take ten more. Nothing of ``pmo_analytics.metrics`` is imported in the parent:
a metric is made when its file is imported, and the child has to import the mutated one.
"""

from __future__ import annotations

import gc
import importlib
import importlib.machinery
import importlib.util
import itertools
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from mutants import Mutant, mutated
from mutation_killers import PACKAGE

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator, Sequence
    from types import CodeType

ROOT = Path(__file__).resolve().parents[1]
METRICS = ROOT / "src" / "pmo_analytics" / "metrics"

#: What the parent imports, so that no child has to.
LIBRARIES = (
    "pandas",
    "polars",
    "narwhals",
    "pandera",
    "pytest",
    "hypothesis",
    "duckdb",
    "pmo_analytics.schemas.tables",
    "pmo_analytics.loading.load",
)
#: The first failure ends it; the same order for every mutant; the parent has imported hypothesis before pytest could.
OPTIONS = (
    *("-x", "-q", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning", "--rootdir", str(ROOT)),
)


def prepare() -> None:
    """Import what every child needs; the mutated package must not come with it."""
    # two processes at a time leave no processor for further threads
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    os.chdir(ROOT)
    for name in LIBRARIES:
        importlib.import_module(name)
    home = Path(sys.modules["pmo_analytics"].__file__ or "").resolve()
    if not home.is_relative_to(ROOT):
        sys.exit(f"pmo_analytics comes from {home.parent}, not from {ROOT}: set PYTHONPATH to its src.")
    early = [name for name in sys.modules if name.startswith(PACKAGE)]
    if early:
        sys.exit(f"{early[0]} is imported before it is mutated, so no mutant of it would be tried.")
    gc.freeze()


class _MutantLoader(importlib.machinery.SourceFileLoader):
    """Loads a module from a tree in place of its file."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self.tree = tree
        self.loaded = False

    def get_code(self, fullname: str) -> CodeType:
        """The code of the tree; nothing is read from or written to a cache."""
        self.loaded = True
        return compile(self.tree, self.get_filename(fullname), "exec")


class _MutantFinder:
    """Finds the mutated module, and no other."""

    def __init__(self, loader: _MutantLoader) -> None:
        self.loader = loader

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """What to load the mutated module with; ``None`` leaves every other to those who come next."""
        if name != self.loader.name:
            return None
        return importlib.util.spec_from_file_location(name, self.loader.path, loader=self.loader)


class _Watcher:
    """A plugin that keeps the name of the first test, or file of tests, that failed."""

    def __init__(self) -> None:
        self.failed = ""

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Called for each phase of each test."""
        if report.failed:
            self.failed = self.failed or report.nodeid

    pytest_collectreport = pytest_runtest_logreport


def _tried(file: str, mutant: Mutant | None, killers: Iterable[str]) -> dict[str, Any]:
    """What became of a mutant: outcome, the test that killed it, and the seconds of each killer."""
    import hypothesis
    import pytest

    # the same examples for every mutant, and nothing remembered of the one before
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None)
    hypothesis.settings.load_profile("mutants")
    path = METRICS / file
    loader = _MutantLoader(f"{PACKAGE}.{path.stem}", str(path), mutated(path, mutant))
    sys.meta_path.insert(0, _MutantFinder(loader))  # type: ignore[arg-type]
    spent: dict[str, float] = {}
    for killer in killers:
        watcher, begun = _Watcher(), time.monotonic()
        code = pytest.main([*OPTIONS, *killer.split()], plugins=[watcher])
        spent[killer] = round(time.monotonic() - begun, 2)
        if code != pytest.ExitCode.OK:
            by = watcher.failed or f"{killer} (exit code {int(code)})"
            return {"outcome": "killed", "by": by, "spent": spent}
    by = "" if loader.loaded else "no test has imported the file"
    return {"outcome": "survived", "by": by, "spent": spent}


@dataclass(slots=True)
class Trial:
    """A child at work on a mutant: its process, what it says through its pipe, and what it prints."""

    file: str
    mutant: Mutant | None
    killers: Sequence[str]
    limit: float
    pid: int = 0
    says: int = 0
    begun: float = 0.0
    prints: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def start(self) -> None:
        """Fork the child, in a process group of its own so that what it starts ends with it."""
        self.says, answer = os.pipe()
        self.begun = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            self._be_the_child(answer)
        os.close(answer)

    def _be_the_child(self, answer: int) -> None:
        status = 1
        try:
            os.setpgid(0, 0)
            for stream in (1, 2):
                os.dup2(self.prints.fileno(), stream)
            gc.disable()  # a child does not live long enough to need it
            told = _tried(self.file, self.mutant, self.killers)
            os.write(answer, json.dumps(told).encode())
            status = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(status)

    def result(self) -> dict[str, Any] | None:
        """What became of the mutant; ``None`` while the child is at work."""
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        late = time.monotonic() - self.begun > self.limit
        if not ended and not late:
            return None
        _end_group(self.pid)
        if not ended:
            os.waitpid(self.pid, 0)
        with os.fdopen(self.says) as pipe:
            said = pipe.read()
        seconds = round(time.monotonic() - self.begun, 1)
        if late and not said:
            return {"outcome": "timed out", "by": f"{self.limit:.0f} s", "seconds": seconds}
        if not said:
            return {"outcome": "crashed", "by": f"status {status}", "seconds": seconds}
        return {**json.loads(said), "seconds": seconds}

    def printed(self) -> str:
        """What the tests of the child printed."""
        self.prints.seek(0)
        return self.prints.read().decode(errors="replace")


def _end_group(pid: int) -> None:
    """End a child and the processes that it started, where there still are any."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def results(trials: Iterable[Trial], processes: int) -> Iterator[tuple[Trial, dict[str, Any]]]:
    """Every trial with what became of it, as they end, so many at a time."""
    waiting, running = iter(trials), list[Trial]()
    while True:
        for trial in itertools.islice(waiting, processes - len(running)):
            trial.start()
            running.append(trial)
        if not running:
            return
        for trial in list(running):
            found = trial.result()
            if found is not None:
                running.remove(trial)
                yield trial, found
                trial.prints.close()
        time.sleep(0.02)
