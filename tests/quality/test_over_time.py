"""Rules between periods, each with a row that breaks it and one that just does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Found = Callable[..., list[tuple[Any, ...]]]
MONTHS = ("2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30")


def series(project: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Reports of one project in consecutive months, the latest first, as exports often are."""
    dated = [{"project_id": project, "period": month} | row for month, row in zip(MONTHS, rows, strict=False)]
    return dated[::-1]


def test_name_changed(found: Found) -> None:
    names = ("North line", "north  LINE", "Northern line", "North line")
    rows = series("P1", *({"project_name": name} for name in names))
    rows += series("P2", {"project_name": "South"}, {}, {"project_name": "South"})
    told = found("NAME_CHANGED", projects=rows)
    # May is the second row of the table, which stands in row 3; going back to the first name is no news
    assert told == [("projects", "project_name", 3, "Northern line", "North line")]


@pytest.mark.parametrize("column", ["pv", "ev", "ac"])
def test_cumulative_fell(found: Found, column: str) -> None:
    rows = [
        *series("A", {column: 50.0}, {column: 40.0}, {column: 40.0}),  # rows 2 to 4, April is row 3
        *series("B", {column: 50.0}, {column: 40.0, "rebaselined": True}, {column: 45.0}),  # 5 to 7
        *series("C", {column: 50.0}, {}, {column: 49.0}),  # 8 to 10, May is row 8
        *series("D", {column: 10.0}),  # starts lower than C ended
        *series("E", {column: 50.0}, {column: 40.0, "rebaselined": False}),  # 12 and 13, April is row 12
    ]
    assert found("CUMULATIVE_FELL", status=rows) == [
        ("status", column, 3, "40", "50"),
        ("status", column, 8, "49", "50"),
        ("status", column, 12, "40", "50"),
    ]


def test_cost_without_ev(found: Found) -> None:
    spent, idle = {"ac": 5.0, "ev": 0.0}, {"ac": 0.0, "ev": 0.0}
    rows = [
        *series("A", spent, spent),  # rows 2 and 3
        *series("B", idle, spent),  # 4 and 5
        *series("C", {"ac": 5.0, "ev": 1.0}, spent),
        *series("D", spent),
        *series("E", {"ac": 5.0}, spent),
        *series("F", spent, idle),
    ]
    assert [fault[1:4] for fault in found("COST_WITHOUT_EV", status=rows)] == [("ac", 2, "5"), ("ac", 4, "5")]


def test_copied_forward(found: Found) -> None:
    same = {"narrative": "All is well", "pv": 1.0, "ev": 1.0, "ac": 1.0, "forecast_finish": "2027-01-01"}
    rows = [
        *series("A", same, same, same, same),  # rows 2 to 5
        *series("B", same, same),
        *series("C", same, same, same | {"ac": 2.0}, same),
        *series("D", *([same | {"narrative": None}] * 4)),
        *series("E", same, same, same | {"narrative": "New"}),
        *series("F", *([same | {"ac": None}] * 3)),  # rows 19 to 21
        *series("G", same, same, same | {"forecast_finish": "2027-01-02"}),
    ]
    assert [(row, detail) for _, _, row, _, detail in found("COPIED_FORWARD", status=rows)] == [
        (2, "3"),
        (3, "2"),
        (19, "2"),
    ]
