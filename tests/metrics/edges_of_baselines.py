"""Edges of baselines: how far from the first plan, where there is none, and which version is the last approved."""

from __future__ import annotations

from typing import Any

from metrics.edges import TODAY, TOMORROW, Edge, Rows, edge, listed, rows_of, status


def baselines(*rows: dict[str, Any]) -> Rows:
    return rows_of("baselines", *rows)


#: The first plan ends on 1 June and costs 100, the second on 10 June and 200.
FIRST = {"version": 1.0, "finish": "2026-06-01", "bac": 100.0}
SECOND = {"version": 2.0, "finish": "2026-06-10", "bac": 200.0}
DUE = listed(forecast_finish="2026-06-15")


def gate(key: str, first: str | None, date: str | None, version: float = 1.0, **more: Any) -> Rows:
    """A milestone, the date that a version of its baseline gave it and the one that is expected now."""
    told = rows_of("milestone_baselines", {"milestone_id": key, "version": version, "baseline_date": first})
    return told | rows_of("milestones", {"milestone_id": key, "forecast_date": date} | more)


BASELINES: list[Edge] = [
    edge("two weeks after the first plan", DUE | baselines(SECOND, FIRST), finish_slip_original_days=14),
    edge(
        "finished on the first plan",
        listed(forecast_finish="2026-06-15", actual_finish="2026-06-01") | baselines(FIRST, SECOND),
        finish_slip_original_days=0,
    ),
    edge(
        "a second plan alone", DUE | baselines(SECOND), finish_slip_original_days="NO_BASELINE", rebaselines=1
    ),
    edge(
        "a first plan and no forecast", baselines(FIRST), finish_slip_original_days="NO_DATA", rebaselines=0
    ),
    edge(
        "neither a plan nor a forecast",
        status(pv=1.0),
        finish_slip_original_days="NO_DATA",
        overspend_original="NO_DATA",
        overspend_original_pct="NO_DATA",
        rebaselines="NO_DATA",
    ),
    edge(
        "an estimate and its first budget",
        status(eac_reported=120.0) | baselines(FIRST, SECOND),
        overspend_original=20,
        overspend_original_pct=0.2,
    ),
    edge(
        "a first budget of nothing",
        status(eac_reported=120.0) | baselines(FIRST | {"bac": 0.0}),
        overspend_original=120,
        overspend_original_pct="NO_BASELINE",
    ),
    edge(
        "an estimate and a second budget",
        status(eac_reported=120.0) | baselines(SECOND),
        overspend_original="NO_BASELINE",
        overspend_original_pct="NO_BASELINE",
    ),
    *(
        edge(
            f"a first budget in {currency}",
            listed(currency="GBP") | status(eac_reported=120.0) | baselines(FIRST | {"currency": currency}),
            overspend_original=told,
            overspend_original_pct=share,
        )
        for currency, told, share in (("GBP", 20, 0.2), ("EUR", "NO_BASELINE", "NO_BASELINE"))
    ),
    edge("a third plan of today", baselines(FIRST, {"version": 3.0, "approved_date": TODAY}), rebaselines=2),
    edge(
        "a third plan of tomorrow",
        baselines(FIRST, SECOND, {"version": 3.0, "approved_date": TOMORROW}),
        rebaselines=1,
    ),
    # 14 and 9 days; 20 and 60 over budgets of 100 and 300; one is without an estimate, one without a first plan
    edge(
        "four projects were planned",
        DUE | status(eac_reported=120.0) | baselines(FIRST),
        listed(forecast_finish="2026-06-10")
        | status(eac_reported=360.0)
        | baselines(FIRST | {"bac": 300.0}, SECOND),
        baselines(FIRST | {"bac": 999.0}),
        status(eac_reported=999.0) | baselines(SECOND),
        finish_slip_original_days=14,
        overspend_original=80,
        overspend_original_pct=0.2,
        rebaselines=2,
    ),
    edge(
        "a gate after its first plan",
        gate("first", "2026-06-01", "2026-06-15"),
        milestone_slip_original_worst_days=14,
    ),
    edge(
        "a gate reached on its first plan",
        gate("reached", "2026-06-01", "2026-06-15", actual_date="2026-06-01"),
        milestone_slip_original_worst_days=0,
    ),
    *(
        edge(what, rows, milestone_slip_original_worst_days="NO_BASELINE")
        for what, rows in (
            ("a gate with a second plan alone", gate("second", "2026-06-01", "2026-06-15", 2.0)),
            ("a gate without a day in its first plan", gate("undated", None, "2026-06-15")),
            (
                "a gate called off after its first plan",
                gate("off", "2026-06-01", "2026-06-15", status="cancelled"),
            ),
        )
    ),
    edge(
        "gates of two projects after their first plan",
        gate("early", "2026-06-01", "2026-06-15"),
        gate("late", "2026-06-01", "2026-06-30"),
        milestone_slip_original_worst_days=29,
    ),
]

EDGES = BASELINES
