"""``pmo template``: what it writes, says and reads back."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest
from typer.testing import CliRunner

from pmo_analytics.cli import app
from pmo_analytics.report.template import MONTHLY
from pmo_analytics.schemas.tables import tables

if TYPE_CHECKING:
    from pathlib import Path


def sheets_of(path: Path) -> list[str]:
    return [sheet.title for sheet in openpyxl.load_workbook(path) if sheet.sheet_state == "visible"]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], MONTHLY),
        (["--table", "risks", "--table", "gates", "--table", "risks"], ("risks", "gates")),
        (["--table", "all"], tuple(tables())),
    ],
    ids=["monthly", "asked for", "all"],
)
def test_a_sheet_per_table_behind_the_guide(
    tmp_path: Path, options: list[str], names: tuple[str, ...]
) -> None:
    out = tmp_path / "collect.xlsx"
    told = CliRunner().invoke(app, ["template", str(out), *options])
    assert (told.exit_code, told.stdout.strip()) == (0, str(out))
    assert sheets_of(out) == ["Read me", *(name.replace("_", " ").capitalize() for name in names)]


def test_last_month_is_moved_on_and_checks_clean(tmp_path: Path) -> None:
    export, out = tmp_path / "status-2026-06.csv", tmp_path / "collect.xlsx"
    export.write_text("Project ID,Project,Overall RAG,EV,AC,Currency\nP1,Bridge,Green,40,50,GBP\n", "utf-8")
    told = CliRunner().invoke(app, ["template", str(out), "--prefill", str(export)])
    assert told.exit_code == 0
    assert sheets_of(out) == ["Read me", "Projects", "Status"]
    summary = CliRunner().invoke(app, ["summary", str(out), "--format", "json"])
    assert json.loads(summary.stdout)["period"].startswith("2026-07")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--table", "risk"], "risks"),
        (["--period", "soon"], "soon"),
        (["--prefill", "nothing.csv"], "nothing.csv"),
    ],
)
def test_what_cannot_be_written_ends_in_two_and_names_it(
    tmp_path: Path, options: list[str], words: str
) -> None:
    out = tmp_path / "collect.xlsx"
    command = [
        sys.executable,
        "-c",
        "from pmo_analytics.cli import main; main()",
        "template",
        str(out),
        *options,
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (2, "")
    assert words in told.stderr
    assert "Traceback" not in told.stderr
    assert not out.exists()
