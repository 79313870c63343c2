"""``pmo check`` where nothing could be judged: it says so, what to do, and still prints its record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from pmo_analytics.cli import app

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = "Kuerzel;Vorhaben\nV1;Bridge\n"
UNDATED = "Project ID,RAG\nP1,Green\n"


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    (tmp_path / "minutes.docx").write_bytes(b"x")
    return tmp_path


def test_a_refused_file_has_a_next_step_and_no_findings_are_claimed(delivery: Path) -> None:
    (delivery / "a.csv").write_text(UNKNOWN, "utf-8")
    told = CliRunner().invoke(app, ["check", str(delivery)])
    assert told.exit_code == 2
    assert "pmo profile init FILE -o office.toml" in told.stdout
    assert "Nothing was checked: no file could be read" in told.stdout
    assert "No findings" not in told.stdout
    assert "minutes.docx: passed over, no file of data by its ending .docx" in told.stdout


def test_an_unknown_month_is_in_the_record(delivery: Path) -> None:
    (delivery / "a.csv").write_text(UNDATED, "utf-8")
    told = CliRunner().invoke(app, ["check", str(delivery), "--format", "json"])
    assert told.exit_code == 2
    record = json.loads(told.stdout)
    assert record["error"]["code"] == "MONTH_UNKNOWN"
    assert "a.csv (status)" in record["error"]["message"]
    assert [one["tables"] for one in record["understood"]] == [["status"]]
    assert [one["why"].split(";")[0] for one in record["passed_over"]] == [
        "no file of data by its ending .docx"
    ]
    words = CliRunner().invoke(app, ["check", str(delivery)])
    assert "Nothing was checked: no month is known" in words.stdout


def test_one_refused_file_of_several_leaves_the_record(delivery: Path) -> None:
    (delivery / "a-2026-06.csv").write_text(UNDATED, "utf-8")
    (delivery / "b.csv").write_text(UNKNOWN, "utf-8")
    told = CliRunner().invoke(app, ["check", str(delivery), "--format", "json"])
    assert told.exit_code == 2
    assert [file["status"] for file in json.loads(told.stdout)["files"]] == ["loaded", "refused"]
