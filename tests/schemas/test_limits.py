"""Limits: read from settings, checked when they are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.schemas.limits import Limits
from pmo_analytics.schemas.settings import Settings


def test_a_settings_file_sets_some_of_them(tmp_path: Path) -> None:
    file = tmp_path / "pmo.toml"
    file.write_text("[limits]\nseconds = 2.5\nmemory_mb = 512\n", encoding="utf-8")
    assert Settings.read(file).limits == Limits(seconds=2.5, memory_mb=512)
    assert Settings().limits == Limits()


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("limits = 3", ConfigurationError, "pmo.toml: limits is 3; it must be a table"),
        ("[limits]\nsecond = 1", UnknownName, "'second'. Did you mean 'seconds'"),
        ("[limits]\nseconds = 0", ConfigurationError, "limits.seconds is 0; it must be a number above 0"),
        ("[limits]\nseconds = inf", ConfigurationError, "limits.seconds is inf"),
        ("[limits]\nseconds = nan", ConfigurationError, "limits.seconds is nan"),
        (
            "[limits]\nmemory_mb = 1.5",
            ConfigurationError,
            "limits.memory_mb is 1.5; it must be a whole number",
        ),
        ("[limits]\nentries = true", ConfigurationError, "limits.entries is True"),
        ("[limits]\nprocesses = '4'", ConfigurationError, "limits.processes is '4'"),
    ],
)
def test_impossible_limits(tmp_path: Path, text: str, error: type[Exception], words: str) -> None:
    file = tmp_path / "pmo.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=words):
        Settings.read(file)
