"""Every fault once as text and once in a workbook, dealt out among formats, countries and settings: nothing is silently wrong.

print_truth_set.py runs every fault in every format and country, with settings and without.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from truth.faults import FAULTS
from truth.running import SHARES, Share, faults_of, locale_named, verdicts


@pytest.mark.parametrize("share", [share for shares in SHARES.values() for share in shares], ids=str)
def test_no_cell_is_silently_wrong(tmp_path: Path, share: Share) -> None:
    faults = faults_of(share)
    found = verdicts(share.form, locale_named(share.locale), tmp_path, faults, [share.settings])
    assert [(one.fault, one.score.wrong) for one in found if one.score.wrong] == []
    assert sum(one.score.counts["right"] for one in found) > 50 * len(faults)


@pytest.mark.parametrize("family", SHARES)
def test_every_fault_falls_to_one_share(family: str) -> None:
    dealt = [fault.name for share in SHARES[family] for fault in faults_of(share)]
    assert sorted(dealt) == sorted(fault.name for fault in FAULTS if family in fault.where)
