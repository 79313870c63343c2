"""What the command writes where: a bar on a terminal only, JSON alone on stdout, any console's encoding."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmo_analytics import cli_loading

COMMAND = [sys.executable, "-c", "from pmo_analytics.cli import main; main()"]
HEADER = "Project ID,Project,Baseline Finish,BAC,RAG,Forecast Finish\n"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = [tmp_path / f"status-2026-0{month}.csv" for month in (5, 6)]
    for path in paths:
        path.write_text(HEADER + "P1,Łódź – tram 日本,2026-12-31,900,Green,2027-06-30\n", encoding="utf-8")
    return [str(path) for path in paths]


def on_a_terminal(command: list[str]) -> tuple[int, str, str]:
    """Exit code, stdout, and what stderr shows of a command whose error output is a terminal."""
    pty = pytest.importorskip("pty", reason="the system has no terminals of this kind")
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        assert process.stdout
        said = process.stdout.read().decode()
        shown = b""
        with contextlib.suppress(OSError):  # Linux says by an error that the other end of a terminal is gone
            while block := os.read(ours, 1 << 16):
                shown += block
    os.close(ours)
    return process.returncode, said, shown.decode()


def test_several_files_draw_a_bar_on_a_terminal_and_stdout_is_json(files: list[str]) -> None:
    code, said, shown = on_a_terminal([*COMMAND, "check", *files, "--format", "json"])
    assert code in (0, 1)
    assert "100%" in shown
    assert json.loads(said)


class Terminal(io.StringIO):
    """A stream that may be a terminal."""

    def __init__(self, shown: bool) -> None:
        super().__init__()
        self._shown = shown

    def isatty(self) -> bool:
        return self._shown


@pytest.mark.parametrize(
    ("terminal", "total", "drawn"), [(True, 3, True), (True, 1, False), (False, 3, False)]
)
def test_when_a_bar_is_drawn(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, total: int, drawn: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal(terminal))
    with contextlib.ExitStack() as shown:
        progress = cli_loading._bar(shown)
        for done in range(1, total + 1):
            if progress:
                progress(done, total, "a.csv")
    assert ("100%" in sys.stderr.getvalue()) is drawn


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_console_of_windows_can_be_written_to(files: list[str], form: str) -> None:
    encoding = "cp1252"
    command = [*COMMAND, "explain", *files, "P1", "--format", form]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode(encoding)
    said = done.stdout.decode(encoding)
    if form == "json":
        assert "Łódź – tram 日本" in json.dumps(json.loads(said), ensure_ascii=False)
