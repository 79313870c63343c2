from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.cells_page import cells_page

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_is_what_the_parser_does(root: Path) -> None:
    assert (root / "docs" / "cells.md").read_text("utf-8") == cells_page()
