"""The score can fail: a cell that is changed behind the library's back is silently wrong."""

from __future__ import annotations

from pathlib import Path

import pmo_analytics as pmo
from truth.clean import projects
from truth.running import PERIOD, locale_named, settings_of
from truth.scoring import score
from truth.writing import rows_above, write_text


def test_a_changed_cell_is_silently_wrong(tmp_path: Path) -> None:
    country, sheet = locale_named("en-GB"), projects(1)
    path = write_text(sheet, country, tmp_path / "clean.csv")
    settings = settings_of("matching", country)
    assert (
        score(pmo.load(path, period=PERIOD, config=settings), str(path), sheet, rows_above(sheet)).wrong == []
    )
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("green", "red", 1).replace("Green", "Red", 1), "utf-8")
    spoilt = score(pmo.load(path, period=PERIOD, config=settings), str(path), sheet, rows_above(sheet))
    assert len(spoilt.wrong) == 1
