"""What load is given: something else than paths and settings is a typed error that says what to pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import ConfigurationError, MonthUnknown

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        (None, "paths is None; pass a path"),
        (5, "paths is 5; pass a path"),
        ([5], "paths has 5, which is no path"),
        ([], "paths is empty; pass a path"),
        (b"a.csv", "pass a path"),
    ],
)
def test_what_is_no_path_is_told(paths: Any, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        pmo.load(paths)


@pytest.mark.parametrize(
    ("config", "words"),
    [({}, "config is {}; pass the path"), ("", "config is ''"), ("absent.toml", "no such settings file")],
)
def test_what_is_no_settings_is_told(config: Any, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        pmo.load("a.csv", config=config)


def test_an_unknown_month_names_what_was_understood(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Project ID,RAG\nP1,Green\n", "utf-8")
    with pytest.raises(MonthUnknown, match=r"Understood were list.csv \(status\)"):
        pmo.load(path)


def test_a_budget_under_projects_is_no_missing_column_of_status(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Code,RAG,Money\nP1,Green,5\n", "utf-8")
    profile = tmp_path / "mine.toml"
    profile.write_text(
        'name = "mine"\n[[row]]\nis = "project"\ntables = ["projects", "status"]\n'
        '[headings.projects]\nproject_id = ["Code"]\nbac = ["Money"]\n'
        '[headings.status]\nrag_overall = ["RAG"]\n',
        "utf-8",
    )
    found = pmo.load(tmp_path / "list.csv", profile=profile, period="2026-06").findings
    assert "bac" not in found.loc[found["code"] == "MISSING_COLUMN", "column"].tolist()
