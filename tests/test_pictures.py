"""The pictures of the README: each made by the script, shown with words for those who cannot see it, and light."""

from __future__ import annotations

import re
import runpy

import pytest

from .conftest import ROOT

FOLDER = ROOT / "docs" / "pictures"
MADE = runpy.run_path(str(FOLDER / "make_pictures.py"))["PICTURES"]
SHOWN = dict(re.findall(r"!\[([^\]]*)\]\(docs/pictures/([^)]+)\)", (ROOT / "README.md").read_text("utf-8")))


def test_made_kept_and_shown_are_the_same() -> None:
    kept = {path.name for path in FOLDER.glob("*.png")}
    assert kept == set(MADE) == set(SHOWN.values())


def test_every_picture_is_told_in_words() -> None:
    assert [name for words, name in SHOWN.items() if len(words.split()) < 5] == []


@pytest.mark.parametrize("name", MADE)
def test_a_picture_is_a_png_that_does_not_weigh_much(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert 10_000 < len(content) < 250_000
