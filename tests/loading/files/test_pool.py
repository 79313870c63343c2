"""Reading processes: used again, replaced when worn or dead, blamed for their own file only, and all gone at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pmo_analytics import errors
from pmo_analytics.loading.files import launching, pool
from pmo_analytics.loading.files.reading import read_book, read_books
from pmo_analytics.schemas.limits import Limits

ONE = Limits(processes=1)
#: A process that answers with the number of files it has read, unless the file's name says what else it does.
PROGRAM = """
import json, os, pickle, sys, time
def say(message):
    os.write(1, pickle.dumps(message))
say({"ready": True})
for served, line in enumerate(sys.stdin, 1):
    name = os.fsdecode(bytes.fromhex(json.loads(line)["path"]))
    if "deadly" in name or ("innocent" in name and served > 1):
        os._exit(7)
    if "slow" in name:
        time.sleep(60)
    told = {"code": "EMPTY_FILE", "message": str(served), "sheet": None, "cell": None}
    full = "full" in name and served > 1
    say({"error": told, "peak": (1 << 40) * ("grown" in name), "out_of_memory": full})
"""

Starter = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that a test starts; after it, not one of them may be alive."""
    processes: list[subprocess.Popen[bytes]] = []
    real = pool.start

    def start() -> subprocess.Popen[bytes]:
        processes.append(real())
        return processes[-1]

    monkeypatch.setattr(pool, "start", start)
    yield processes
    assert [process.pid for process in processes if process.returncode is None] == []


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    processes: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        command = [sys.executable, "-I", "-S", "-c", PROGRAM]
        processes.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe))
        return processes[-1]

    monkeypatch.setattr(pool, "start", start)
    return processes


def told(names: list[str], limits: Limits = ONE) -> list[str]:
    """What the pretended process said of each file: its own count of files, or the error."""
    results = read_books([Path(name) for name in names], limits)
    return [
        result.message.split()[0] if isinstance(result, errors.EmptyFile) else type(result).__name__
        for result in results
    ]


@pytest.mark.parametrize(
    ("names", "said", "processes"),
    [
        (["a", "b", "c"], ["1", "2", "3"], 1),
        (["a", "deadly", "c", "d"], ["1", "ReaderFailed", "1", "2"], 3),
        (["deadly", "b"], ["ReaderFailed", "1"], 2),
        (["a", "innocent", "c"], ["1", "1", "2"], 2),
        (["a", "full", "c"], ["1", "1", "2"], 2),
        (["a", "grown", "c"], ["1", "2", "1"], 2),
    ],
    ids=["used again", "deadly", "deadly first", "innocent", "out of memory", "grown"],
)
def test_which_process_reads_which_file(
    pretended: list[subprocess.Popen[bytes]], names: list[str], said: list[str], processes: int
) -> None:
    assert told(names) == said
    assert len(pretended) == processes
    assert all(process.returncode is not None for process in pretended)


def test_a_slow_file_is_not_tried_twice(pretended: list[subprocess.Popen[bytes]]) -> None:
    assert told(["a", "slow", "c"], Limits(seconds=0.5, processes=1)) == ["1", "FileTooLarge", "1"]
    assert len(pretended) == 2


def test_a_process_serves_so_many_files_only(
    pretended: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "FILES_OF_A_PROCESS", 2)
    assert told(list("abcde")) == ["1", "2", "1", "2", "1"]


def made(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.csv" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"id,name\nP{number},Bridge\n", encoding="utf-8")
    return paths


def test_many_files_take_few_processes(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    seen: list[tuple[int, int, str]] = []
    paths = made(tmp_path, 30)
    books = read_books(paths, Limits(processes=2), progress=lambda *told: seen.append(told))
    assert [book.sheets[0].columns[0][1] for book in books] == [f"P{number}" for number in range(30)]
    assert 1 <= len(started) <= 2
    assert [told[:2] for told in seen] == [(done, 30) for done in range(1, 31)]
    assert {told[2] for told in seen} == {str(path) for path in paths}


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_an_interrupted_call_leaves_no_process(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], error: type[BaseException]
) -> None:
    def interrupt(done: int, total: int, name: str) -> None:
        raise error

    with pytest.raises(error):
        read_books(made(tmp_path, 200), Limits(processes=2), progress=interrupt)
    assert len(started) <= 2


def test_a_closed_pool_starts_nothing(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    with pool.Pool(ONE) as readers:
        assert readers.read(*made(tmp_path, 1)).answer
    with pytest.raises(pool.Closed):
        readers.read(tmp_path / "0.csv")
    assert len(started) == 1


@pytest.mark.parametrize(
    "busy", ["", "import time; worker.file_bytes = lambda *_: time.sleep(60); "], ids=["idle", "busy"]
)
def test_without_its_parent_the_process_ends(busy: str) -> None:
    home = str(Path(launching.__file__).resolve().parents[3])
    program = (
        f"import sys; sys.path.append({home!r}); import pmo_analytics.loading.files.worker as worker; "
        f"{busy}worker.main()"
    )
    command = [sys.executable, "-I", "-S", "-c", program]
    request = (
        b'{"path": "2f61", "seconds": 60, "memory_mb": 4096, "unzipped_mb": 1, "ratio": 1, "entries": 1}\n'
    )
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        process.stdin.write(request)
        process.stdin.flush()
        if busy:
            time.sleep(0.3)
        process.stdin.close()
        assert process.wait(timeout=20) == 0


@pytest.mark.parametrize(
    "name", ["Überblick – été 日本.csv", 'it\'s "100%" $HOME;x.csv', os.fsdecode(b"\xff.csv")]
)
def test_names_of_files_arrive_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"id,b\n1,2\n")
    assert read_book(path).sheets[0].n_rows == 2
    path.unlink()
    with pytest.raises(errors.FileMissing):
        read_book(path)


def test_a_relative_path_is_that_of_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, 1)
    monkeypatch.chdir(tmp_path)
    assert read_book(Path("0.csv")).path == "0.csv"


def nothing_at(folder: Path) -> dict[str, object]:
    return {"executable": "", "exec_prefix": str(folder)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (lambda _: {"frozen": True}, "frozen program"),
        (nothing_at, "no Python is found"),
        (lambda folder: {**nothing_at(folder), "executable": None}, "sys.executable is None"),
        (lambda folder: {**nothing_at(folder), "executable": "/usr/bin/env"}, "no Python is found"),
        (lambda folder: {"executable": str(folder / "python")}, "Exec format|ermission"),
    ],
    ids=["frozen", "empty", "none", "another program", "not executable"],
)
def test_where_no_python_can_be_started(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changes: Callable[[Path], dict[str, object]],
    words: str,
) -> None:
    (tmp_path / "python").write_bytes(b"")
    for name, value in changes(tmp_path).items():
        monkeypatch.setattr(sys, name, value, raising=False)
    results = read_books([tmp_path / "a.csv", tmp_path / "b.csv"], ONE)
    assert [type(result) for result in results] == [errors.ReaderFailed] * 2
    with pytest.raises(errors.ReaderFailed, match=words):
        raise results[0]


@pytest.mark.parametrize(
    ("executable", "beside", "chosen"),
    [
        ("bin/pythonw.exe", "bin/python.exe", "bin/python.exe"),
        ("bin/pythonw3.11.exe", "bin/python3.11.exe", "bin/python3.11.exe"),
        ("bin/pythonw.exe", None, "bin/pythonw.exe"),
        ("bin/QGIS.exe", "python.exe", "python.exe"),
        ("bin/embedding", "bin/python3", "bin/python3"),
    ],
)
def test_which_python_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executable: str, beside: str | None, chosen: str
) -> None:
    (tmp_path / "bin").mkdir()
    for name in filter(None, (executable, beside)):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(sys, "executable", str(tmp_path / executable))
    monkeypatch.setattr(sys, "exec_prefix", str(tmp_path))
    assert launching.python() == str(tmp_path / chosen)


def test_a_process_that_is_no_reader_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launching, "_BOOT", "raise SystemExit('no reader here')")
    with pytest.raises(errors.ReaderFailed, match="cannot be started: it ended with code 1: no reader here"):
        read_book(tmp_path / "a.csv")
