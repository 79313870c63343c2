"""Edges of decisions, changes, dependencies and benefits."""

from __future__ import annotations

from typing import Any

from metrics.edges import TODAY, TOMORROW, YESTERDAY, Edge, edge, listed, rows_of, status


def decisions(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("decisions", *rows), **expected)


DECISIONS: list[Edge] = [
    decisions("needed today", {"needed_by": TODAY}, decisions_overdue=0, decisions_late_pct=0),
    decisions("needed yesterday", {"needed_by": YESTERDAY}, decisions_overdue=1, decisions_late_pct=1),
    decisions("needed tomorrow", {"needed_by": TOMORROW}, decisions_overdue=0, decisions_late_pct=0),
    decisions(
        "taken on the day",
        {"needed_by": YESTERDAY, "decision_date": YESTERDAY},
        decisions_overdue=0,
        decisions_late_pct=0,
        decisions_pending=0,
    ),
    decisions(
        "taken a day late",
        {"needed_by": YESTERDAY, "decision_date": TODAY},
        decisions_overdue=0,
        decisions_late_pct=1,
    ),
    decisions("pending by its word", {"decision": "pending"}, decisions_pending=1),
    decisions("taken by its word", {"decision": "approve", "needed_by": YESTERDAY}, decisions_pending=0),
    decisions(
        "one taken and one that says nothing",
        {"decision": "approve"},
        {},
        decisions_overdue=0,
        decisions_pending=1,
    ),
    edge(
        "four decisions, three of them known",
        rows_of("decisions", {"decision": "approve"}, {"decision": "approve"}, {}),
        rows_of("decisions", {"needed_by": TODAY}),
        decisions_overdue=0,
        decisions_overdue_n_used=3,
        decisions_late_pct_n_used=1,
    ),
    # pending for 5, 10 and 29 days, with amounts of 1, 2 and 4; one of 8 is taken after 20
    decisions(
        "three wait",
        {"requested_date": "2026-06-25", "amount": 1.0},
        {"requested_date": "2026-06-20", "amount": 2.0},
        {"requested_date": "2026-06-01", "amount": 4.0},
        {"requested_date": "2026-05-01", "decision_date": "2026-05-21", "amount": 8.0},
        decision_latency_median_days=15,
        decision_wait_max_days=29,
        decision_amount_pending=7,
    ),
]


def changes(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("changes", *rows), **expected)


CHANGES: list[Edge] = [
    *(
        changes(
            f"a change {word}",
            {"status": word, "raised": "2026-06-10", "cost_impact": 7.0},
            changes_pending=1,
            change_time_median_days=20,
            change_cost_pending=7,
            change_approval_rate="NOT_APPLICABLE",
            change_cost_approved=0,
        )
        for word in ("submitted", "deferred")
    ),
    changes("a change decided by its day", {"status": "submitted", "decided": TODAY}, changes_pending=0),
    changes("a change with a day alone", {"decided": TODAY, "raised": YESTERDAY}, change_time_median_days=1),
    changes("a change rejected", {"status": "rejected", "cost_impact": 7.0}, change_approval_rate=0),
    # taken after 5, 10 and 20 days
    changes(
        "three changes approved",
        {"status": "approved", "raised": "2026-06-01", "decided": "2026-06-06"},
        {"status": "approved", "raised": "2026-06-01", "decided": "2026-06-11"},
        {"status": "approved", "raised": "2026-06-01", "decided": "2026-06-21"},
        change_time_median_days=10,
        change_approval_rate=1,
        changes_raised=3,
        changes_pending=0,
    ),
    edge(
        "a change on a budget of one",
        status(bac=1.0) | rows_of("changes", {"status": "approved", "cost_impact": 0.5}),
        change_cost_approved_pct=0.5,
    ),
    edge(
        "a change on a budget of nothing",
        status(bac=0.0) | rows_of("changes", {"status": "approved", "cost_impact": 0.5}),
        change_cost_approved_pct="NO_BASELINE",
    ),
    changes(
        "a change without a budget",
        {"status": "approved", "cost_impact": 0.5},
        change_cost_approved_pct="NO_BASELINE",
    ),
    edge(
        "no change and no budget", listed(sponsor="A"), change_cost_approved_pct="NO_DATA", changes_pending=0
    ),
]


def dependencies(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("dependencies", *rows), **expected)


DEPENDENCIES: list[Edge] = [
    dependencies("agreed", {"status": "agreed"}, dependencies_open=1, dependencies_unagreed=0),
    dependencies("proposed", {"status": "proposed"}, dependencies_open=1, dependencies_unagreed=1),
    dependencies(
        "delivered by its word", {"status": "delivered"}, dependencies_open=0, dependencies_unagreed=0
    ),
    dependencies("delivered by its day", {"delivered_date": TODAY}, dependencies_open=0),
    dependencies(
        "delivered though proposed", {"status": "proposed", "delivered_date": TODAY}, dependencies_unagreed=0
    ),
    dependencies(
        "one delivered and one that says nothing",
        {"status": "delivered"},
        {},
        dependencies_unagreed=0,
        dependencies_at_risk=0,
        dependencies_open=1,
    ),
    dependencies(
        "forecast before the need",
        {"need_by": TODAY, "forecast_date": YESTERDAY},
        dependencies_at_risk=0,
        dependency_delay_worst_days=-1,
    ),
    # the one that is needed tomorrow does not count yet
    dependencies(
        "delivered before the need",
        {"need_by": YESTERDAY, "delivered_date": YESTERDAY},
        {"need_by": TOMORROW, "delivered_date": YESTERDAY},
        dependency_hit_rate=1,
    ),
    dependencies(
        "forecast on the day of need",
        {"need_by": TODAY, "forecast_date": TODAY},
        dependencies_at_risk=0,
        dependency_delay_worst_days=0,
    ),
    dependencies(
        "forecast a day after the need",
        {"need_by": TODAY, "forecast_date": TOMORROW},
        {"need_by": TODAY, "forecast_date": YESTERDAY},
        {"need_by": TODAY, "forecast_date": YESTERDAY},
        dependencies_at_risk=1,
        dependency_delay_worst_days=1,
    ),
    dependencies(
        "needed today and delivered", {"need_by": TODAY, "delivered_date": TODAY}, dependency_hit_rate=1
    ),
    dependencies(
        "delivered too late", {"need_by": YESTERDAY, "delivered_date": TODAY}, dependency_hit_rate=0
    ),
    dependencies(
        "delivery needed yesterday", {"need_by": YESTERDAY, "status": "agreed"}, dependency_hit_rate=0
    ),
    dependencies("delivery needed tomorrow", {"need_by": TOMORROW}, dependency_hit_rate="NOT_APPLICABLE"),
    dependencies("no day of need", {"delivered_date": TODAY}, dependency_hit_rate="NO_DATA"),
    edge(
        "four dependencies, three of them known",
        rows_of("dependencies", {"status": "delivered"}, {"status": "delivered"}, {}),
        rows_of("dependencies", {"status": "agreed", "need_by": TODAY, "forecast_date": TODAY}),
        dependencies_at_risk=0,
        dependencies_at_risk_n_used=3,
        dependencies_unagreed_n_used=3,
        dependencies_open_n_used=4,
    ),
    edge(
        "one in time and one on a day that nobody noted",
        rows_of("dependencies", {"need_by": YESTERDAY, "status": "delivered"}),
        rows_of("dependencies", {"need_by": YESTERDAY, "delivered_date": YESTERDAY}),
        dependency_hit_rate=1,
        dependency_hit_rate_n_used=1,
    ),
    dependencies(
        "delivered on a day that nobody noted",
        {"need_by": YESTERDAY, "status": "delivered"},
        {"need_by": YESTERDAY, "delivered_date": YESTERDAY},
        {"need_by": YESTERDAY, "status": "agreed"},
        dependency_hit_rate=0.5,
    ),
]


def benefits(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("benefits", *rows), **expected)


def benefit(kind: str, planned: float | None, realised: float | None, **more: Any) -> dict[str, Any]:
    return {"type": kind, "for_period": TODAY, "planned": planned, "realised": realised} | more


BENEFITS: list[Edge] = [
    benefits(
        "benefits of one",
        benefit("cashable", 1.0, 0.5),
        benefit("non_cashable", 1.0, 0.25, verified_date=TODAY),
        benefit("disbenefit", -1.0, -3.0),
        benefit_realised_cashable=0.5,
        benefit_realisation_cashable=0.5,
        benefit_achievement_cashable=0.5,
        benefit_unverified_cashable_pct=1,
        benefit_realised_non_cashable=0.25,
        benefit_realisation_non_cashable=0.25,
        benefit_unverified_non_cashable_pct=0,
        disbenefit_realised=-3,
    ),
    benefits("one is realised", benefit("cashable", 2.0, 1.0), benefit_unverified_cashable_pct=1),
    benefits(
        "realised before its month",
        benefit("cashable", 2.0, 1.0, for_period="2026-07-31", forecast=3.0),
        benefit_realised_cashable="NO_DATA",
        benefit_achievement_cashable=1.5,
    ),
    # of rows with both: 1 ÷ 2, though 5 were realised that nobody had planned
    benefits(
        "realised beyond the plan",
        benefit("economic", 2.0, 1.0),
        benefit("economic", None, 5.0),
        benefit("economic", 9.0, None),
        benefit_realised_non_cashable=6,
        benefit_realisation_non_cashable=0.5,
        benefit_achievement_non_cashable=0.5,
    ),
]

#: Of what is missing, the most telling reason counts for the group.
MISSING: list[Edge] = [
    edge(
        "one has no cost and one withholds it",
        {"status": [{"pv": 1.0}]},
        {"status": [{"ac_reason": "withheld"}]},
        ac="EXEMPT",
    ),
    edge(
        "one has no cost and of one it cannot be read",
        {"status": [{"pv": 1.0}]},
        {"status": [{"ac_reason": "unreadable"}]},
        {"status": [{"pv": 1.0}]},
        ac="INVALID_INPUT",
    ),
]


EDGES = [*MISSING, *DECISIONS, *CHANGES, *DEPENDENCIES, *BENEFITS]
