"""What the project list says a project's amounts are in, month by month."""

from __future__ import annotations

import pandas as pd
import pytest

from pmo_analytics.quality.listed_currencies import listed_currency

LIST = pd.DataFrame(
    {
        "project_id": ["A", "A", "A", "B"],
        "period": pd.to_datetime(["2026-02-28", "2026-03-31", "2026-05-31", "2026-05-31"]),
        "currency": ["GBP", None, " eur", None],
    }
)


@pytest.mark.parametrize(
    ("project", "month", "code"),
    [
        ("A", "2026-01-31", "GBP"),
        ("A", "2026-02-28", "GBP"),
        ("a ", "2026-04-30", "GBP"),
        ("A", "2026-05-31", "EUR"),
        ("A", "2026-06-30", "EUR"),
        ("B", "2026-05-31", None),
        ("C", "2026-05-31", None),
    ],
)
def test_the_last_one_named_counts_else_the_first_to_come(project: str, month: str, code: str | None) -> None:
    found = listed_currency(
        pd.Series([project], index=[7]), pd.Series([pd.Timestamp(month)], index=[7]), LIST
    )
    assert found.index.tolist() == [7]
    assert found.astype("object").where(found.notna(), None).tolist() == [code]
