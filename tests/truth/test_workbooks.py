"""Every fault of workbooks, with the settings of the country and with none: no cell is silently wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from truth.running import locale_named, verdicts


@pytest.mark.parametrize(("form", "locale"), [("openpyxl", "en-GB"), ("xlsxwriter", "de-DE")])
def test_no_cell_is_silently_wrong(tmp_path: Path, form: str, locale: str) -> None:
    found = verdicts(form, locale_named(locale), tmp_path)
    assert [(one.fault, one.settings, one.score.wrong) for one in found if one.score.wrong] == []
    assert sum(one.score.counts["right"] for one in found) > 1000
