"""Gates and reviews: a row that breaks the rule, and one that just does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Found = Callable[..., list[tuple[Any, ...]]]


def stages(before: str | None, now: str) -> list[dict[str, Any]]:
    return [
        {"project_id": "P1", "period": "2026-05-31", "lifecycle_stage": before},
        {"project_id": "p1", "period": "2026-06-30", "lifecycle_stage": now},
    ]


@pytest.mark.parametrize(
    ("before", "now", "decisions", "hit"),
    [
        ("fbc", "delivery", [("P1", "G3", "approve")], False),
        ("fbc", "delivery", [("p1 ", "Gate 3", "approve_with_conditions")], False),
        ("fbc", "delivery", [("P1", "FBC", "approve")], False),
        ("fbc", "delivery", [("P1", "3", "pending"), ("P1", "3", "approve")], False),
        ("fbc", "delivery", [("P1", "3", "reject")], True),
        ("fbc", "delivery", [("P1", "3", None)], True),
        ("fbc", "delivery", [("P2", "3", "approve")], True),
        ("fbc", "delivery", [("P2", "2", "approve")], False),
        ("delivery", "delivery", [("P2", "3", "approve")], False),
        (None, "delivery", [("P2", "3", "approve")], False),
        ("delivery", "delivery", [("P1", "3", "pending")], True),
        ("delivery", "delivery", [("P1", "G3R", "pending")], False),
        ("sobc", "obc", [("P1", "1", "defer")], True),
        ("obc", "fbc", [("P1", "G2", "stop")], True),
        ("idea", "on_hold", [("P1", "1", "stop")], False),
    ],
)
def test_stage_without_approval(
    found: Found, before: str | None, now: str, decisions: Any, hit: bool
) -> None:
    log = [
        {"entity_id": entity, "gate_code": gate, "decision": said, "requested_date": "2026-06-30"}
        for entity, gate, said in decisions
    ]
    told = found("STAGE_WITHOUT_APPROVAL", projects=stages(before, now), decisions=log)
    assert [fault[1:4] for fault in told] == ([("lifecycle_stage", 3, now)] if hit else [])


def test_of_a_move_before_the_log_begins_nothing_is_said(found: Found) -> None:
    log = [{"entity_id": "P2", "gate_code": "3", "decision": "approve", "requested_date": "2026-07-01"}]
    assert found("STAGE_WITHOUT_APPROVAL", projects=stages("fbc", "delivery"), decisions=log) == []


@pytest.mark.parametrize(
    ("risk", "tier", "hit"),
    [
        ({"last_reviewed": "2026-05-25"}, "1", True),
        ({"last_reviewed": "2026-05-26"}, "1", False),
        ({"last_reviewed": "2026-05-25"}, "Tier 1", True),
        ({"last_reviewed": "2026-05-25"}, "10", False),
        ({"last_reviewed": "2026-05-25"}, "2", False),
        ({"last_reviewed": "2026-05-25", "status": "closed"}, "1", False),
        ({"last_reviewed": "2026-05-25", "entity_id": "P2"}, "1", False),
    ],
)
def test_risk_not_reviewed(found: Found, risk: dict[str, Any], tier: str, hit: bool) -> None:
    told = found(
        "RISK_NOT_REVIEWED", projects=[{"project_id": "P1", "tier": tier}], risks=[{"entity_id": "P1"} | risk]
    )
    assert told == ([("risks", "last_reviewed", 2, "2026-05-25", "")] if hit else [])
