"""Amounts that do not belong together: a row that breaks the rule, and one that just does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pmo_analytics.quality.amounts import STOCKS

Found = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.parametrize(
    ("name", "entity", "amount"),
    [
        ("risks", "entity_id", "impact_cost_ml"),
        ("decisions", "entity_id", "amount"),
        ("status", "project_id", "ac"),
    ],
)
def test_mixed_currency(found: Found, name: str, entity: str, amount: str) -> None:
    rows = [
        {entity: "p1", amount: 1.0, "currency": "EUR"},
        {entity: "P2", amount: 1.0, "currency": "GBP"},
        {entity: "P3", "currency": "EUR"},
        {entity: "P4", amount: 1.0},
        {entity: "PROGRAMME", amount: 1.0, "currency": "EUR"},
    ]
    projects = [{"project_id": f"P{n}", "currency": "GBP"} for n in (1, 2, 3, 4)]
    assert found("MIXED_CURRENCY", projects=projects, **{name: rows}) == [(name, "currency", 2, "EUR", "GBP")]


def test_mixed_price_basis(found: Found) -> None:
    def listed(basis: str | None, **more: Any) -> dict[str, Any]:
        return {"wlc_budget": 1.0, "currency": "GBP", "price_basis": basis} | more

    projects = [
        listed("real", project_id="P1"),
        listed("nominal", project_id="P2"),
        listed("real", project_id="P3"),
        # not in the sum: another currency, another month, no amount, no basis
        listed("nominal", project_id="P4", currency="EUR"),
        listed("nominal", project_id="P5", period="2026-05-31"),
        listed("nominal", project_id="P6", wlc_budget=None),
        listed(None, project_id="P7"),
    ]
    told = [("projects", "price_basis", 3, "nominal", "most of its month has real")]
    assert found("MIXED_PRICE_BASIS", projects=projects) == told
    # as many of each: the first in the alphabet stands
    assert [row[3] for row in found("MIXED_PRICE_BASIS", projects=projects[:2])] == ["real"]
    assert found("MIXED_PRICE_BASIS", projects=projects[2:]) == []


def test_price_basis_of_a_report_and_its_project(found: Found) -> None:
    projects = [
        {"project_id": "P1", "wlc_budget": 1.0, "price_basis": "real"},
        {"project_id": "P2", "wlc_budget": 1.0, "price_basis": "real"},
    ]
    status = [
        {"project_id": "p1", "ac": 1.0, "price_basis": "nominal"},
        {"project_id": "P2", "ac": 1.0, "price_basis": "real"},
        {"project_id": "P3", "ac": 1.0, "price_basis": "real"},
    ]
    assert found("MIXED_PRICE_BASIS", projects=projects, status=status) == [
        ("status", "price_basis", 2, "nominal", "its project has real")
    ]
    alone = [row | {"project_id": f"X{at}"} for at, row in enumerate(status)]
    assert found("MIXED_PRICE_BASIS", status=alone) == [
        ("status", "price_basis", 2, "nominal", "most of its month has real")
    ]


@pytest.mark.parametrize(("name", "column"), STOCKS)
@pytest.mark.parametrize(
    ("before", "now", "detail"),
    [
        (5.0, 5e6, "about 1,000,000 times 5 of the period before"),
        (5.0, 6e3, "about 1,000 times 5 of the period before"),
        (6e6, 5.0, "about a 1,000,000th of 6000000 of the period before"),
        (5.0, 7e3, None),
        (5.0, 500.0, None),
        (0.0, 5e6, None),
        (None, 5e6, None),
    ],
)
def test_magnitude_jump(
    found: Found, name: str, column: str, before: float | None, now: float, detail: str | None
) -> None:
    rows = [
        {"project_id": "P1", "period": "2026-06-30", column: now},
        {"project_id": "p1", "period": "2026-04-30", column: before},
        {"project_id": "P1", "period": "2026-05-31"},
        {"project_id": "P2", "period": "2026-05-31", column: 5e9},
    ]
    told = found("MAGNITUDE_JUMP", **{name: rows})
    assert told == ([(name, column, 2, f"{now:.0f}", detail)] if detail else [])


def files(small: float, large: float, count: int) -> list[dict[str, Any]]:
    return [
        {"project_id": f"{source}{n}", "source": source, "wlc_budget": amount * n}
        for source, amount in (("a", small), ("b", large))
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("small", "large", "count", "found_one"),
    [
        (5.0, 5e6, 5, True),
        (5.0, 1.5e7, 5, True),
        (5.0, 5e6, 4, False),
        (5.0, 1e6, 5, False),
        (5.0, 5e3, 5, False),
    ],
)
def test_magnitude_between_files(
    found: Found, small: float, large: float, count: int, found_one: bool
) -> None:
    told = found("MAGNITUDE_BETWEEN_FILES", projects=files(small, large, count))
    assert [fault[:4] for fault in told] == ([("projects", "wlc_budget", 2, "5")] if found_one else [])


def test_files_of_two_months_are_not_held_against_each_other(found: Found) -> None:
    rows = files(5.0, 5e6, 5)
    moved = [row | ({"period": "2026-05-31"} if row["source"] == "b" else {}) for row in rows]
    assert found("MAGNITUDE_BETWEEN_FILES", projects=moved) == []


@pytest.mark.parametrize(
    ("budget", "forecast", "detail"),
    [
        (2_175_000_000.0, 2_175_000.0, "about a 1,000th of 2175000000, the budget"),
        (5.1, 5_310_000.0, "about 1,000,000 times 5.1, the budget"),
        (1000.0, 900.0, ""),
        (1000.0, 5000.0, ""),
        (0.0, 5000.0, ""),
        (None, 5000.0, ""),
    ],
)
@pytest.mark.parametrize("place", ["status", "bac", "wlc_budget"])
def test_a_forecast_of_another_magnitude_than_the_budget(
    found: Found, place: str, budget: float | None, forecast: float, detail: str
) -> None:
    status: dict[str, Any] = {"project_id": "P1", "eac_reported": forecast}
    project: dict[str, Any] = {"project_id": "P1"}
    (status if place == "status" else project)["bac" if place == "status" else place] = budget
    told = found("MAGNITUDE_IN_ROW", status=[status], projects=[project])
    assert [fault[4] for fault in told] == ([detail] if detail else [])
