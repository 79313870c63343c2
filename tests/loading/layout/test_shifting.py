"""Shifted rows: cells under the wrong headings are kept out, never read."""

from __future__ import annotations

import pytest

from loading.layout.sheets import rows_of, sheet

HEAD = "Project ID|Project|Baseline Start|Baseline Finish|PV"


@pytest.mark.parametrize(
    ("row", "shift"),
    [
        ("P1|A|2026-01-31|2026-02-28|5", None),
        ("||P1|A|2026-01-31|2026-02-28|5", 2),
        ("|P1|A|2026-01-31|2026-02-28|5", 1),
        ("P1|A|North|West|2026-01-31|2026-02-28|5", 2),  # a delimiter inside a text
        ("|A|2026-01-31|2026-02-28|5", None),  # a missing key is no shift
        ("P1|A|2026-01-31|2026-02-28|5|left over", None),
        ("P1|A|soon|later|much|left over", None),  # nothing fits anywhere
        ("|A|||", None),
    ],
)
def test_rows_that_fit_only_further_on(row: str, shift: int | None) -> None:
    (rows,) = rows_of(sheet(HEAD, "P0|Z|2026-01-31|2026-02-28|1", row))
    assert dict(rows.shifts) == ({} if shift is None else {3: shift})
    assert (rows.set_aside[3] == "SHIFTED_ROW") is (shift is not None)
