"""Registers without identifiers: read as what they are, never as a list of projects."""

from __future__ import annotations

import pytest

from pmo_analytics.loading.layout.detecting import read_headings
from pmo_analytics.loading.layout.profiles import profiles_for


@pytest.mark.parametrize(
    ("headings", "row_is"),
    [
        ("Milestone Name|Project ID|Baseline Date|Forecast Date|Owner|Status", "milestone"),
        ("Milestone|Project|Baseline|Forecast|Actual|Status", "milestone"),
        ("Project ID|Gate|Baseline|Forecast|Actual|Status", "milestone"),
        ("Issue|Project ID|Severity|Due Date|Owner|Status", "issue"),
        ("Risk|Project|Likelihood|Impact|Owner|Status", "risk"),
        ("Decision Requested|Project ID|Needed By|Decision", "decision"),
        # no more than identifier, name and status is known of the project
        ("Milestone|Project ID|Project|Status", "milestone"),
        ("Project ID|Issue|Status", "issue"),
        # a list of projects stays one: more is known of the project, or the name may be that of one
        ("Project ID|Project|RAG|Issue|Risk|Milestone", "project"),
        ("Project ID|Description|Status|Owner|Forecast Date", "project"),
        ("Project ID|Title|Status|Owner|Due Date", "project"),
        ("Project ID|Project|PM|Milestone|Baseline Finish|Forecast Finish|Status", "project"),
        # without the project an item belongs to nothing
        ("Milestone|Baseline|Forecast|Status", None),
    ],
)
def test_what_a_row_is(headings: str, row_is: str | None) -> None:
    readings = read_headings(headings.split("|"), profiles_for(None))
    assert (readings[0].matching.row_kind.is_ if readings else None) == row_is
