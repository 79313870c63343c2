"""Reading processes that serve many files, several at a time, and are ended with the call that needed them.

Nothing here waits on a pipe with `select` or sends a signal, and nothing is forked: a thread reads each pipe, and
a process that takes too long is ended. That works alike on Windows, in a notebook and in a script without a main
guard.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pickle
import queue
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from pmo_analytics.loading.files.launching import CannotStart, start
from pmo_analytics.schemas.limits import Limits

START_SECONDS = 60.0
"""How long a new process may take to say that it is ready, on however busy a machine."""

FILES_OF_A_PROCESS = 250
WORN_SHARE = 4
"""A process is replaced after so many files, or once it has used one part in so many of its memory limit."""

_KEPT_WORDS = 1 << 14
DYING_SECONDS = 5.0


class Closed(Exception):
    """The pool has been closed while a file was being read."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the answer, or how the process ended without one.

    `answer` is None where there is none; then `code` is the exit code, or None where the process was ended at the
    time limit, `said` the end of its error output, and `sheet` the sheet that it named last.
    """

    answer: dict[str, Any] | None
    code: int | None = None
    said: str = ""
    sheet: str | None = None

    @property
    def may_be_innocent(self) -> bool:
        """Whether the process may have died, or run out of memory, of files that it read before this one."""
        if self.answer is None:
            return self.code is not None
        return bool(self.answer.get("out_of_memory"))


class Pool:
    """Reading processes for the files of one call; ends them all when it is left, however that happens."""

    def __init__(self, limits: Limits, password: str | None = None) -> None:
        self._limits = limits
        self._password = password
        self._lock = threading.Lock()
        self._idle: list[Reader] = []
        self._alive: set[Reader] = set()
        self._closed = False
        self._refusal: CannotStart | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process; a file that is being read then raises Closed."""
        with self._lock:
            self._closed = True
            ended, self._alive, self._idle = self._alive, set(), []
        for reader in ended:
            reader.end()

    def read(self, path: Path) -> Outcome:
        """The outcome of one file; raises CannotStart, and Closed.

        A process that has served other files may die of what those left in its memory: then the file is tried
        once more in a fresh one, and that outcome counts.
        """
        reader = self._take()
        had_served = reader.served
        outcome = self._read(reader, path)
        if had_served and outcome.may_be_innocent:
            outcome = self._read(self._start(), path)
        return outcome

    def _read(self, reader: Reader, path: Path) -> Outcome:
        outcome = reader.read(path, self._limits, self._password)
        if reader.served < FILES_OF_A_PROCESS and self._is_sound(outcome.answer):
            self._give_back(reader)
        else:
            self._retire(reader)
        return outcome

    def _is_sound(self, answer: dict[str, Any] | None) -> bool:
        """Whether the process that gave the answer may read another file."""
        if answer is None or answer.get("error", {}).get("code") == "READER_FAILED":
            return False
        return int(answer["peak"]) * WORN_SHARE < self._limits.memory_mb << 20

    def _take(self) -> Reader:
        with self._lock:
            if self._idle and not self._closed:
                return self._idle.pop()
        return self._start()

    def _start(self) -> Reader:
        with self._lock:
            if self._closed:
                raise Closed
            if self._refusal:
                raise self._refusal
            reader = Reader()
            self._alive.add(reader)
        try:
            reader.await_ready()
        except CannotStart as error:
            self._refusal = error  # what did not start once is not waited for again, file by file
            self._retire(reader)
            raise
        return reader

    def _give_back(self, reader: Reader) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(reader)

    def _retire(self, reader: Reader) -> None:
        with self._lock:
            self._alive.discard(reader)
            closed = self._closed
        reader.end()
        if closed:
            raise Closed


class Reader:
    """One reading process and the two threads that listen to it."""

    def __init__(self) -> None:
        self.served = 0
        self._sheet: str | None = None
        self._words = bytearray()
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._process = start()
        self._threads = [
            threading.Thread(target=listen, args=(pipe,), daemon=True)
            for listen, pipe in (
                (self._hear, self._process.stdout),
                (self._overhear, self._process.stderr),
            )
        ]
        for thread in self._threads:
            thread.start()

    def await_ready(self) -> None:
        """Wait until the process can take a request; raises CannotStart."""
        try:
            message = self._messages.get(timeout=START_SECONDS)
        except queue.Empty:
            raise CannotStart(f"it was not ready within {START_SECONDS:g} seconds") from None
        if message is None or "ready" not in message:
            died = self._death()
            raise CannotStart(f"it ended with code {died.code}: {last_line(died.said)}")

    def read(self, path: Path, limits: Limits, password: str | None = None) -> Outcome:
        """The outcome of one file, within the time limit."""
        self.served += 1
        self._sheet = None
        self._words.clear()
        deadline = time.monotonic() + limits.seconds
        self._ask(
            {
                "path": os.fsencode(path.absolute()).hex(),
                "password": password,  # by the pipe: the words of a command are seen by everybody
                **dataclasses.asdict(limits),
            }
        )
        while True:
            try:
                message = self._messages.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                self.end()
                return Outcome(None, sheet=self._sheet)
            if message is None:
                return self._death()
            if "sheet" not in message:
                return Outcome(message)
            self._sheet = str(message["sheet"])

    def end(self) -> None:
        """End the process and wait until nothing of it is left."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError):  # what was still to be written has nobody left to read it
                _given(pipe).close()

    def _ask(self, request: dict[str, Any]) -> None:
        pipe = _given(self._process.stdin)
        try:
            pipe.write(json.dumps(request).encode("ascii") + b"\n")
            pipe.flush()
        except (OSError, ValueError):  # it died, or was ended, between two files: the other pipe tells
            return

    def _death(self) -> Outcome:
        """How the process ended; one that only stopped making sense is ended with code 0."""
        try:
            code = self._process.wait(timeout=DYING_SECONDS)
        except subprocess.TimeoutExpired:
            code = 0
        self.end()
        return Outcome(None, code, bytes(self._words).decode("utf-8", "replace"), self._sheet)

    def _hear(self, pipe: IO[bytes]) -> None:
        """Hand on what the process says, and None at its end."""
        # A cut or broken pickle can raise anything: it is the end of what can be heard.
        with contextlib.suppress(Exception):
            while isinstance(message := _PlainUnpickler(pipe).load(), dict):
                self._messages.put(message)
        self._messages.put(None)

    def _overhear(self, pipe: IO[bytes]) -> None:
        """Keep the end of the error output; it must be read, or the process would wait for it."""
        while words := os.read(pipe.fileno(), 1 << 16):
            self._words += words
            del self._words[:-_KEPT_WORDS]


def last_line(said: str) -> str:
    """The last line that says something, at most 200 characters of it.

    >>> last_line("Traceback\\nMemoryError\\n\\n")
    'MemoryError'
    """
    return next((line[:200] for line in reversed(said.splitlines()) if line.strip()), "")


def _given(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise CannotStart("it has no pipes")
    return pipe


class _PlainUnpickler(pickle.Unpickler):
    """Lets builtin containers and dates through and nothing else: a broken child must not run code here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in {"date", "datetime", "time", "timedelta"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"unexpected type {module}.{name}")
