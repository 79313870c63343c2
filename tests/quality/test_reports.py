"""Whether a status row is a report."""

from __future__ import annotations

import pandas as pd
import pytest

from pmo_analytics.quality.reports import is_report, shared_columns
from pmo_analytics.schemas.tables import table

AS_OF = pd.Timestamp("2026-06-30")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, False),
        ({"bac": 5.0, "currency": "GBP"}, False),
        ({"forecast_finish": AS_OF}, False),
        ({"price_basis": "nominal"}, False),
        ({"ev": 0.0}, True),
        ({"narrative": "Nothing happened."}, True),
        ({"rag_overall_reason": "withheld"}, True),
        ({"ev_reason": "unreadable"}, True),
        ({"ev_reason": "not_reported"}, False),
        ({"rag_reported": "green"}, False),
    ],
)
def test_a_row_is_a_report_where_a_status_cell_is_filled(cells: dict[str, object], expected: bool) -> None:
    row = table("status").empty().reindex([0]).assign(project_id="P1", period=AS_OF, **cells)
    assert is_report(row).tolist() == [expected]


def test_columns_of_both_tables_are_shared() -> None:
    assert set(shared_columns()) == {"bac", "forecast_finish", "currency", "price_basis"}
