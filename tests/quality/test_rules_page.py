"""The page about the rules of data quality is made from their records."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_analytics.quality.cell_kinds import CELL_KINDS
from pmo_analytics.quality.checking import RULES
from pmo_analytics.quality.dimensions import CAPPING_RULES, COUNTS, DIMENSIONS
from pmo_analytics.quality.kinds import INFO, KINDS, FindingKind
from pmo_analytics.quality.rule_kinds import RULE_KINDS
from pmo_analytics.quality.rules_page import quality_rules_page


def test_the_page_is_current(root: Path) -> None:
    assert (root / "docs" / "quality_rules.md").read_text("utf-8") == quality_rules_page()


@pytest.mark.parametrize("kind", [*CELL_KINDS, *RULE_KINDS], ids=lambda kind: kind.code)
def test_what_is_wrong_with_data_counts_in_a_dimension(kind: FindingKind) -> None:
    if kind.severity != INFO:
        assert kind.dimension in {one.name for one in DIMENSIONS}


def test_there_is_no_other_dimension() -> None:
    assert {kind.dimension for kind in KINDS.values()} == {"", *(one.name for one in DIMENSIONS)}


def test_every_rule_counts() -> None:
    assert not {rule.code for rule in RULES if not KINDS[rule.code].dimension}


def test_each_capping_rule_has_a_kind() -> None:
    assert set(CAPPING_RULES) <= {kind.rule for kind in KINDS.values()}
    assert {count.dimension for count in COUNTS} <= {one.name for one in DIMENSIONS}
