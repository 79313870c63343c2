"""Every fault of delimited text, with the settings of the country and with none: no cell is silently wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from truth.running import locale_named, verdicts


# The other country is run by print_truth_set.py: it differs in the order of dates alone.
@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_no_cell_is_silently_wrong(tmp_path: Path, locale: str) -> None:
    found = verdicts("csv", locale_named(locale), tmp_path)
    assert [(one.fault, one.settings, one.score.wrong) for one in found if one.score.wrong] == []
    assert sum(one.score.counts["right"] for one in found) > 1000
