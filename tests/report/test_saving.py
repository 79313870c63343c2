from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pmo_analytics.errors import ReportError
from pmo_analytics.report.saving import check_target, save


def test_content_replaces_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"old")
    assert save(target, b"new") == target
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (OSError(28, "No space left on device"), ReportError),
        (PermissionError(13, "Access is denied"), ReportError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    failure: BaseException,
    expected: type[BaseException],
) -> None:
    def fail(*_: Any) -> None:
        raise failure

    target = tmp_path / "out.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(expected) as raised:
        save(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]
    if expected is ReportError:
        assert str(target) in str(raised.value)
        assert "close it" in str(raised.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out.xls", "must end in .xlsx"),
        ("out", "must end in .xlsx"),
        ("missing/out.xlsx", "does not exist"),
        ("folder.xlsx", "this is a folder"),
    ],
)
def test_impossible_targets_are_refused_with_advice(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(ReportError, match=words):
        check_target(tmp_path / name, suffix=".xlsx")


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    assert check_target(str(tmp_path / "OUT.XLSX"), suffix=".xlsx") == tmp_path / "OUT.XLSX"
