"""Reading works wherever Python runs: in a notebook, from a script on stdin, in a thread, without streams; and what
Windows lacks stands behind a question for the platform only."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pmo_analytics.loading.files import bounding, reading, windows_job, worker
from pmo_analytics.loading.files.reading import read_books

FILES = Path(reading.__file__).parent
HOME = str(FILES.parents[2])
READ = (
    "from pathlib import Path\n"
    "from pmo_analytics.loading.files.reading import read_books\n"
    "said = [book.sheets[0].columns[0][1] for book in read_books([Path('a.csv'), Path('b.csv')])]\n"
)
ANSWER = ["P1", "P2"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, and modules that would stand in for those of the standard library and of the reader."""
    (tmp_path / "a.csv").write_bytes(b"id,b\nP1,2\n")
    (tmp_path / "b.csv").write_bytes(b"id,b\nP2,2\n")
    for name in ("csv", "pickle", "queue", "python_calamine", "pmo_analytics", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')\n", encoding="utf-8")
    return tmp_path


def answers(text: str) -> list[str]:
    return [] if not text.strip() else json.loads(text.strip().splitlines()[-1])


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_in_a_notebook(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = folder / "jupyter" / "kernels" / "of-the-tests"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    record = {"argv": command, "display_name": "of the tests", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(record), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
    monkeypatch.setenv("PYTHONPATH", HOME)
    source = f"import os; os.chdir({str(folder)!r})\n{READ}print(__import__('json').dumps(said))"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, kernel_name=kernel.name, timeout=120).execute()
    assert [answers(output.text) for output in notebook.cells[0].outputs] == [ANSWER]


SAY = "import json, os; os.write(keep, json.dumps(said).encode())\n"
PLACES = {
    "a script on stdin": f"keep = 1\n{READ}{SAY}",
    "a thread": (
        "import threading\nkeep = 1\nsaid = []\n"
        "def work():\n    global said\n"
        + "".join(f"    {line}\n" for line in READ.splitlines())
        + "thread = threading.Thread(target=work)\nthread.start()\nthread.join()\n"
        + SAY
    ),
    "streams closed": f"import os\nkeep = os.dup(1)\nfor number in (0, 1, 2): os.close(number)\n{READ}{SAY}",
    "streams that are none": f"import sys\nkeep = 1\nsys.stdin = sys.stdout = sys.stderr = None\n{READ}{SAY}",
    "streams that are no files": (
        f"import io, sys\nkeep = 1\nsys.stdin, sys.stdout, sys.stderr = io.StringIO(), io.StringIO(), io.StringIO()\n{READ}{SAY}"
    ),
    "an asynchronous loop": (
        "import asyncio\nkeep = 1\nsaid = []\n"
        "async def work():\n    global said\n"
        + "".join(f"    {line}\n" for line in READ.splitlines())
        + f"asyncio.run(work())\n{SAY}"
    ),
}


@pytest.mark.parametrize("program", PLACES.values(), ids=PLACES)
def test_from_a_program_without_a_file(folder: Path, program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-"],
        input=program.encode(),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": HOME, "PYTHONWARNINGS": "error"},
        capture_output=True,
        check=False,
    )
    assert (answers(done.stdout.decode()), done.stderr) == (ANSWER, b"")


def test_several_threads_at_once(folder: Path) -> None:
    found: list[int] = []

    def work() -> None:
        found.extend(book.sheets[0].n_rows for book in read_books([folder / "a.csv", folder / "b.csv"]))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 8


#: What Windows lacks.
POSIX_MODULES = {"resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "posix"}
POSIX_NAMES = {
    "fork",
    "forkpty",
    "killpg",
    "setsid",
    "set_blocking",
    "mkfifo",
    "getuid",
    "SIGKILL",
    "SIGALRM",
    "alarm",
}
#: What would fork, or run the caller's own program again.
NEVER = {"multiprocessing", "select", "selectors"}


class Unguarded(ast.NodeVisitor):
    """What Windows lacks, used where no question for the platform stands before it in the same function."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._asked = [False]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._asked.append(False)
        self.generic_visit(node)
        self._asked.pop()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr == "platform":
            self._asked[-1] = True
        if node.attr in POSIX_NAMES and not self._asked[-1]:
            self.found.append(node.attr)
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._import(alias.name.partition(".")[0])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._import((node.module or "").partition(".")[0])

    def _import(self, name: str) -> None:
        if name in NEVER or (name in POSIX_MODULES and not self._asked[-1]):
            self.found.append(name)


def unguarded(program: str) -> list[str]:
    visitor = Unguarded()
    visitor.visit(ast.parse(program))
    return visitor.found


@pytest.mark.parametrize("path", sorted(FILES.parents[1].rglob("*.py")), ids=lambda path: path.name)
def test_what_windows_lacks_is_asked_for_first(path: Path) -> None:
    assert unguarded(path.read_text(encoding="utf-8")) == []


def test_the_check_for_windows_can_fail() -> None:
    asked = "import sys\ndef f():\n    if sys.platform == 'win32': return\n    import resource\n"
    assert unguarded(asked) == []
    assert unguarded("import resource") == ["resource"]
    assert unguarded(f"{asked}def g():\n    import os\n    os.fork()") == ["fork"]
    assert unguarded("import sys\nif sys.platform: import multiprocessing") == ["multiprocessing"]


def test_the_record_of_windows_limits_has_its_size() -> None:
    """144 bytes in a process of 64 bits, its memory limit at 112: the documented layout of the record."""
    pytest.importorskip("ctypes")
    record = windows_job.ExtendedLimits
    assert (windows_job.ctypes.sizeof(record), record.process_memory.offset, record.flags.offset) == (
        144,
        112,
        16,
    )


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("C:\\exports\\status.xlsx", "C:\\exports\\status.xlsx"),
        ("C:\\" + "a" * 260 + ".xlsx", "\\\\?\\C:\\" + "a" * 260 + ".xlsx"),
        ("\\\\server\\share\\" + "a" * 260, "\\\\?\\UNC\\server\\share\\" + "a" * 260),
        ("\\\\?\\C:\\" + "a" * 260, "\\\\?\\C:\\" + "a" * 260),
    ],
)
def test_long_paths_of_windows(path: str, asked: str) -> None:
    assert worker.long_path(path) == asked


@pytest.mark.parametrize(
    ("number", "words"),
    [(32, "used by another process"), (33, "locked a portion"), (5, "Access is denied")],
)
def test_a_file_open_in_excel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def locked(self: Path) -> bytes:
        raise PermissionError(13, f"The process cannot access the file: {words}", str(self), number)

    path = tmp_path / "open.xlsx"
    path.write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(worker.Refused) as caught:
        worker.file_bytes(str(path), 100)
    assert (caught.value.code, words in caught.value.message) == ("FILE_LOCKED", True)


def test_where_the_address_space_cannot_be_bounded_memory_is_watched() -> None:
    """What macOS does, tried here by refusing the limit that it refuses."""
    program = (
        f"import sys; sys.path.append({HOME!r})\n"
        "from pmo_analytics.loading.files import bounding\n"
        "bounding._limit_address_space = lambda size: False\n"
        "bounding.limit_memory(60 << 20)\n"
        "kept = []\n"
        "for _ in range(4000): kept.append(bytes(1 << 20)); kept[-1] = kept[-1] + b'x'\n"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, check=False)
    assert done.returncode == bounding.MEMORY_EXIT
