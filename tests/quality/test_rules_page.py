"""The page about the rules of data quality is made from their records."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_analytics.quality.checking import RULES
from pmo_analytics.quality.dimensions import CAPPING_RULES, COUNTS, DIMENSIONS
from pmo_analytics.quality.kinds import INFO, KINDS
from pmo_analytics.quality.rules_page import quality_rules_page

#: Errors and warnings about files and headings as a whole, and about corrections: they say nothing of a project.
OF_FILES = {
    "BLANK_HEADING",
    "CORRECTION_CONFLICT",
    "CORRECTION_WITHOUT_ORIGIN",
    "DAMAGED_TEXT",
    "DUPLICATE_HEADING",
    "FORM_CELL_COVERED",
    "FORM_SHEET_MISSING",
    "RAGGED_ROW",
    "SHIFTED_ROW",
    "SHORT_ROW",
    "STALE_CORRECTION",
    "SUSPECT_QUOTES",
}


def test_the_page_is_current(root: Path) -> None:
    assert (root / "docs" / "quality_rules.md").read_text("utf-8") == quality_rules_page()


@pytest.mark.parametrize("code", list(KINDS))
def test_every_kind_has_a_dimension_or_is_about_files(code: str) -> None:
    kind = KINDS[code]
    assert kind.dimension in ("", *(one.name for one in DIMENSIONS))
    if kind.severity != INFO:
        assert (kind.dimension == "") == (code in OF_FILES)


def test_every_rule_counts() -> None:
    assert not {rule.code for rule in RULES if not KINDS[rule.code].dimension}


def test_each_capping_rule_has_a_kind() -> None:
    assert set(CAPPING_RULES) <= {kind.rule for kind in KINDS.values()}
    assert {count.dimension for count in COUNTS} <= {one.name for one in DIMENSIONS}
