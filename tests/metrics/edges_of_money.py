"""Edges of what is measured in money on the spine: earned value, estimates, budgets, contingency, pace."""

from __future__ import annotations

from metrics.edges import Edge, edge, listed, rows_of, status

EARNED_VALUE: list[Edge] = [
    # complete by the word though 60 of 100 are earned; by earned value at 100 of 100, and not yet at 99
    edge(
        "complete by its status",
        status(pv=90.0, ev=60.0, ac=50.0, bac=100.0) | listed(status="complete"),
        spi="COMPLETE",
    ),
    edge("all is earned", status(pv=90.0, ev=100.0, ac=50.0, bac=100.0), spi="COMPLETE"),
    edge("nearly all is earned", status(pv=90.0, ev=99.0, ac=50.0, bac=100.0), spi=1.1, cpi=99 / 50),
    # nothing of nothing is not complete: 0 ÷ 10
    edge("without a budget", status(pv=10.0, ev=0.0, ac=5.0, bac=0.0), spi=0, tcpi_bac="NO_BASELINE"),
    edge("a budget of one", status(pv=2.0, ev=1.0, ac=1.0, bac=1.0), spi="COMPLETE"),
    # one complete (100 ÷ 90) and one not (60 ÷ 100): the group is not complete, 160 ÷ 190
    edge(
        "one of two is complete",
        status(pv=90.0, ev=100.0, bac=100.0),
        status(pv=100.0, ev=60.0, bac=200.0),
        spi=160 / 190,
    ),
    # 1 against 1: no variance and indices of one
    edge(
        "everything is one",
        status(pv=1.0, ev=1.0, ac=1.0, bac=2.0, eac_reported=3.0),
        cv_pct=0,
        sv_pct=0,
        cpi=1,
        spi=1,
        cpi_spi=1,
        tcpi_eac=0.5,
    ),
    edge("half a cost", status(pv=0.5, ev=1.0, ac=0.5, bac=9.0), cpi=2, spi=2, sv_pct=1),
    edge("nothing planned", status(pv=0.0, ev=0.0, ac=1.0, bac=10.0), spi="NOT_STARTED", cpi=0),
    edge("nothing spent", status(pv=5.0, ev=1.0, ac=0.0, bac=10.0), cpi="NO_COST", cpi_spi="NO_COST"),
    edge("a cost paid back", status(pv=5.0, ev=4.0, ac=-1.0, bac=10.0), cpi="INVALID_INPUT"),
    edge("a plan taken back", status(pv=-5.0, ev=4.0, ac=1.0, bac=10.0), spi="INVALID_INPUT"),
    edge("below a plan of nothing", status(pv=-0.5, ev=4.0, ac=-0.5, bac=10.0), spi="INVALID_INPUT"),
]

WITHOUT_BUDGET: list[Edge] = [
    edge("only earned value", status(ev=5.0), bac="NO_BASELINE", eac_cpi="NO_BASELINE"),
    edge("only an estimate", status(eac_reported=5.0), bac="NO_BASELINE", overspend="NO_BASELINE"),
    edge("only a cost", status(ac=5.0), bac="NO_DATA", eac_cpi="NO_DATA"),
    # there is a budget: what lacks is the cost
    edge("a budget and no cost", status(ev=5.0, bac=10.0), eac_cpi="NO_DATA", pct_spent="NO_DATA"),
    # 30² + 10² over 40², in percent; its inverse
    edge(
        "budgets of three to one",
        status(bac=30.0),
        status(bac=10.0),
        budget_hhi=6250,
        budget_effective_projects=1.6,
    ),
    edge("a stale budget", status(ev=5.0, bac_reason="stale"), bac="STALE"),
    edge("a withheld budget", status(ev=5.0, bac_reason="withheld"), bac="EXEMPT"),
    edge("an unreadable budget", status(ev=5.0, bac_reason="unreadable"), bac="INVALID_INPUT"),
    edge("budgets in conflict", status(ev=5.0, bac_reason="conflict"), bac="INVALID_INPUT"),
    edge(
        "no budget at all",
        status(pv=4.0, ev=5.0, ac=6.0, eac_reported=7.0, etc_reported=1.0, contingency_used=1.0)
        | listed(contingency_budget=2.0),
        pct_complete="NO_BASELINE",
        pct_scheduled="NO_BASELINE",
        pct_spent="NO_BASELINE",
        vac_pct="NO_BASELINE",
        tcpi_bac="NO_BASELINE",
        tcpi_eac="NO_BASELINE",
        overspend_pct="NO_BASELINE",
        contingency_drawdown="NO_BASELINE",
        eac_below_range_pct="NO_BASELINE",
        eac_cpi_of_sums="NO_BASELINE",
        eac_bottom_up=7,
    ),
    edge(
        "a budget of nothing",
        status(pv=0.0, ev=0.0, ac=5.0, bac=0.0, eac_reported=7.0),
        vac_pct="NO_BASELINE",
        tcpi_bac="NO_BASELINE",
        tcpi_eac="NO_BASELINE",
        overspend_pct="NO_BASELINE",
        pct_complete="NO_BASELINE",
        pct_scheduled="NO_BASELINE",
        pct_spent="NO_BASELINE",
    ),
    # (1 − 0.5) ÷ (1 − 0.5); EAC at CPI 1 ÷ (0.5 ÷ 0.5) is the budget; 3 reported, (1 − 0.5) ÷ (3 − 0.5)
    edge(
        "a budget of just one",
        status(pv=0.5, ev=0.5, ac=0.5, bac=1.0, eac_reported=3.0, budget_fy=1.0, forecast_fy=2.0),
        vac_pct=0,
        tcpi_bac=1,
        tcpi_eac=0.2,
        overspend_pct=2,
        overspend_fy_pct=1,
        pct_complete=0.5,
        pct_scheduled=0.5,
        pct_spent=0.5,
        budget_hhi=10_000,
        budget_effective_projects=1,
    ),
]

ESTIMATES: list[Edge] = [
    # more than all is earned: what it cost is what it costs
    edge(
        "more than all is earned",
        status(pv=90.0, ev=110.0, ac=70.0, bac=100.0, eac_reported=80.0),
        eac_atypical=70,
        eac_cpi=70,
        eac_cpi_spi=70,
        eac_weighted=70,
        eac_composite=70,
        eac_lowest=70,
        eac_below_range=0,
        tcpi_bac="COMPLETE",
        tcpi_eac="COMPLETE",
    ),
    # at 100 of 100 earned: no more to do, though the indices are 100 ÷ 120 and 100 ÷ 90
    edge(
        "just all is earned",
        status(pv=90.0, ev=100.0, ac=80.0, bac=100.0, eac_reported=90.0),
        eac_composite=80,
        tcpi_bac="COMPLETE",
        tcpi_eac="COMPLETE",
    ),
    # no index without something earned, spent and planned: 50 + 100 − 0; 0 + 100 − 40; 50 + 100 − 40
    edge(
        "nothing is earned",
        status(pv=40.0, ev=0.0, ac=50.0, bac=100.0),
        eac_cpi=150,
        eac_cpi_spi=150,
        eac_weighted=150,
        eac_composite=150,
        eac_cpi_of_sums="NOT_STARTED",
    ),
    edge(
        "nothing is spent",
        status(pv=50.0, ev=40.0, ac=0.0, bac=100.0),
        eac_cpi=60,
        eac_cpi_spi=60,
        eac_weighted=60,
        eac_cpi_of_sums="NO_COST",
    ),
    edge(
        "nothing is planned yet",
        status(pv=0.0, ev=40.0, ac=50.0, bac=100.0),
        eac_cpi=125,
        eac_cpi_spi=110,
        eac_weighted=110,
        eac_composite=110,
    ),
    edge("a cost was paid back", status(pv=50.0, ev=40.0, ac=-5.0, bac=100.0), eac_cpi=55, eac_cpi_spi=55),
    # CPI 1 ÷ 2, SPI 1 ÷ 4: 10 ÷ 0.5; 2 + 9 ÷ 0.125; CPI 2, SPI 1 ÷ 4: 10 ÷ 2; 1 + 8 ÷ 0.5; CPI 1 ÷ 4, SPI 2: 8 + 8 ÷ 0.5
    edge("one is earned", status(pv=4.0, ev=1.0, ac=2.0, bac=10.0), eac_cpi=20, eac_cpi_spi=74),
    edge("one is spent", status(pv=8.0, ev=2.0, ac=1.0, bac=10.0), eac_cpi=5, eac_cpi_spi=17),
    edge("one is planned", status(pv=1.0, ev=2.0, ac=8.0, bac=10.0), eac_cpi=40, eac_cpi_spi=24),
    edge("the budget is spent", status(ev=50.0, ac=100.0, bac=100.0), tcpi_bac="BUDGET_EXHAUSTED"),
    edge(
        "the estimate is spent",
        status(ev=50.0, ac=60.0, bac=100.0, eac_reported=60.0),
        tcpi_eac="INVALID_INPUT",
        tcpi_bac=50 / 40,
    ),
    # all estimates are AC: 0, and 1 of which half is reported
    edge(
        "done at no cost",
        status(pv=10.0, ev=10.0, ac=0.0, bac=10.0, eac_reported=5.0),
        eac_below_range_pct="NOT_STARTED",
    ),
    edge(
        "done at a cost of one",
        status(pv=10.0, ev=10.0, ac=1.0, bac=10.0, eac_reported=0.5),
        eac_below_range=0.5,
        eac_below_range_pct=0.5,
        eac_cpi_of_sums=1,
    ),
    # 10 × 2 ÷ 1
    edge("a group's CPI of one half", status(ev=1.0, ac=2.0, bac=10.0), eac_cpi_of_sums=20),
]

CONTINGENCY: list[Edge] = [
    # (0.5 ÷ 1) ÷ (1 ÷ 1)
    edge(
        "a contingency of one",
        status(ev=1.0, bac=1.0, contingency_used=0.5) | listed(contingency_budget=1.0),
        contingency_drawdown=0.5,
    ),
    edge(
        "contingency without a budget",
        status(ev=5.0, bac=0.0, contingency_used=1.0) | listed(contingency_budget=10.0),
        contingency_drawdown="NO_BASELINE",
    ),
    edge(
        "contingency before the start",
        status(ev=0.0, bac=10.0, contingency_used=1.0) | listed(contingency_budget=10.0),
        contingency_drawdown="NOT_STARTED",
    ),
    # 3 ÷ (0.5 × 2)
    edge(
        "threats of one",
        status(contingency_remaining=3.0)
        | rows_of("risks", {"status": "open", "prob_residual": 0.5, "impact_cost_ml": 2.0}),
        contingency_coverage=3,
    ),
    # EAC 1.5 ÷ 1 less 1 is an ETC of 0.5; 1 ÷ 0.5
    edge(
        "half a unit is left to spend",
        status(ev=1.0, ac=1.0, bac=1.5)
        | rows_of("risks", {"status": "open", "prob_residual": 0.5, "impact_cost_ml": 2.0}),
        etc=0.5,
        risk_emv_share_of_etc=2,
    ),
    edge(
        "one unit is left to spend",
        status(ev=1.0, ac=1.0, bac=2.0)
        | rows_of("risks", {"status": "open", "prob_residual": 0.5, "impact_cost_ml": 2.0}),
        etc=1,
        risk_emv_share_of_etc=1,
    ),
    edge(
        "nothing is left to spend",
        status(ev=2.0, ac=1.0, bac=2.0)
        | rows_of("risks", {"status": "open", "prob_residual": 0.5, "impact_cost_ml": 2.0}),
        etc=0,
        risk_emv_share_of_etc="COMPLETE",
    ),
]

MAY = "2026-05-31"


def two_reports(before: dict[str, float], now: dict[str, float], **more: str) -> dict[str, list[dict]]:
    """The reports of May and June, with the forecast finish of each."""
    finishes = {"finish_before": None, "finish": None} | more
    return {
        "status": [
            {"period": MAY, "forecast_finish": finishes["finish_before"]} | before,
            {"period": "2026-06-30", "forecast_finish": finishes["finish"]} | now,
        ]
    }


PACE: list[Edge] = [
    # one a month, one left: one month; 15 days to go are 15 ÷ 30.436875 months for the 3 that are left of 8
    edge(
        "one a month",
        two_reports({"ac": 4.0}, {"ac": 5.0, "bac": 6.0, "eac_reported": 8.0}, finish="2026-07-15"),
        burn_rate=1,
        run_out_months=1,
        burn_required_ratio=3 / (15 / (365.2425 / 12)),
    ),
    edge(
        "money came back",
        two_reports({"ac": 9.0}, {"ac": 5.0, "bac": 6.0, "eac_reported": 8.0}, finish="2026-07-15"),
        burn_rate=-4,
        run_out_months="NOT_APPLICABLE",
        burn_required_ratio="NOT_APPLICABLE",
    ),
    edge(
        "nothing was spent in the month",
        two_reports({"ac": 5.0}, {"ac": 5.0, "bac": 6.0, "eac_reported": 8.0}, finish="2026-07-15"),
        burn_required_ratio="NOT_APPLICABLE",
    ),
    edge(
        "the finish is today",
        two_reports({"ac": 4.0}, {"ac": 5.0, "bac": 6.0, "eac_reported": 8.0}, finish="2026-06-30"),
        burn_required_ratio="NO_DATA",
    ),
    # 31 days to go of one, none of the other: (8 − 5) ÷ months to go ÷ 1
    edge(
        "the finish of one of two is today",
        two_reports({"ac": 4.0}, {"ac": 5.0, "eac_reported": 8.0}, finish="2026-07-31"),
        two_reports({"ac": 4.0}, {"ac": 5.0, "eac_reported": 8.0}, finish="2026-06-30"),
        burn_required_ratio=3 / (31 / (365.2425 / 12)),
    ),
    edge(
        "the estimate drifts on a budget of one",
        two_reports({"eac_reported": 4.0}, {"eac_reported": 5.0, "bac": 1.0}),
        eac_drift_pct=1,
    ),
    edge(
        "the estimate drifts without a budget",
        two_reports({"eac_reported": 4.0}, {"eac_reported": 5.0, "bac": 0.0}),
        eac_drift_pct="NO_BASELINE",
    ),
    # moved by 0, 10 and 31 days
    edge(
        "three finishes have moved",
        two_reports({}, {}, finish_before="2026-12-01", finish="2026-12-01"),
        two_reports({}, {}, finish_before="2026-12-01", finish="2026-12-11"),
        two_reports({}, {}, finish_before="2026-12-01", finish="2027-01-01"),
        finish_moved_median_days=10,
    ),
]

EDGES = [*EARNED_VALUE, *WITHOUT_BUDGET, *ESTIMATES, *CONTINGENCY, *PACE]
