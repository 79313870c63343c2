"""The decision log: what boards decided, and what waits for them."""

from __future__ import annotations

from typing import Any

from sheets import Row, Sheet, day

DECISIONS = "decisions-2026-06.xlsx"


def decision_sheet(story: dict[str, Any]) -> Sheet:
    """The log as it stands at the end of June; amounts in the currency of each row."""
    preamble = [f"{story['organisation']}: decision log", "As at: 2026-06", f"Contact: {story['contact']}"]
    entries = enumerate(story["decisions"]["rows"], start=1)
    return Sheet(DECISIONS, "Decisions", preamble, [_row(number, entry) for number, entry in entries])


def _row(number: int, entry: list[Any]) -> Row:
    entity, what, kind, gate, board, requested, needed, decided, decision, who, amount, currency, cost = entry
    return {
        "Decision ID": f"D-{number:03d}",
        "Project ID": entity,
        "Decision Requested": what,
        "Decision Kind": kind,
        "Gate": gate or None,
        "Board": board,
        "Requested": day(requested),
        "Needed By": day(needed),
        "Decided": day(decided) if decided else None,
        "Decision": decision,
        "Decided By": who or None,
        "Amount (m)": amount or None,
        "Currency": currency,
        "Cost of Waiting": cost,
    }
