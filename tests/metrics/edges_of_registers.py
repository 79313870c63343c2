"""Edges of risks and issues."""

from __future__ import annotations

from typing import Any

from metrics.edges import TODAY, TOMORROW, YESTERDAY, Edge, edge, rows_of

AGES = ("issues_aged_0_30", "issues_aged_31_60", "issues_aged_61_90", "issues_aged_over_90")
BANDS = ("risks_low", "risks_medium", "risks_high", "risks_very_high")


def risk(**cells: Any) -> dict[str, Any]:
    return {"status": "open"} | cells


def scored(score: float, band: str | None, high: float) -> Edge:
    """An open risk of a score: the one band that it is in, and whether it is high."""
    counts = dict.fromkeys(BANDS, 0.0) | ({band: 1} if band else {})
    rows = rows_of("risks", risk(p_score=1.0, i_score=score))
    return edge(f"a score of {score:g}", rows, open_high_risks=high, risk_score_max=score, **counts)


def risks(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("risks", *rows), **expected)


RISKS: list[Edge] = [
    scored(0.5, None, 0),
    scored(1, "risks_low", 0),
    scored(4, "risks_low", 0),
    scored(5, "risks_medium", 0),
    scored(9, "risks_medium", 0),
    scored(10, "risks_high", 1),
    scored(14, "risks_high", 1),
    scored(15, "risks_very_high", 1),
    scored(25, "risks_very_high", 1),
    scored(26, None, 1),
    risks(
        "the worst of two risks",
        risk(p_score=2.0, i_score=2.0),
        risk(p_score=4.0, i_score=5.0),
        risk(p_score=1.0, i_score=1.0),
        risk_score_max=20,
    ),
    # of a closed risk all is known: it is in no band and owes nothing; of an open one that says nothing, nothing
    risks(
        "a closed risk and one that says nothing",
        risk(status="closed", p_score=4.0, i_score=5.0),
        risk(),
        **dict.fromkeys(BANDS, 0.0),
        open_high_risks=0,
        risk_actions_overdue=0,
        risks_past_proximity=0,
        risks_open=1,
        risk_review_pct="NOT_APPLICABLE",
    ),
    risks(
        "an open risk that says nothing",
        risk(),
        **dict.fromkeys(BANDS, "NO_DATA"),
        open_high_risks="NO_DATA",
        risk_score_max="NO_DATA",
        risk_emv="NO_DATA",
        threat_emv="NO_DATA",
        risk_exposure_max="NO_DATA",
        risk_mitigation="NO_DATA",
        risk_mitigation_leverage="NO_DATA",
        risk_emv_near="NO_DATA",
        risk_actions_overdue="NO_DATA",
        risk_review_pct="NO_DATA",
        risk_occurred_pct="NOT_APPLICABLE",
    ),
    risks(
        "an opportunity scored high", risk(kind="opportunity", p_score=5.0, i_score=5.0), open_high_risks=0
    ),
    risks("closed without a day", risk(status="closed"), risks_open=0, risk_emv=0, threat_emv=0),
    risks("closed by a day alone", risk(status=None, closed=YESTERDAY), risks_open=0),
    risks("without status and day", risk(status=None), risks_open=1, risk_occurred_pct="NOT_APPLICABLE"),
    risks("escalated", risk(status="escalated"), risks_open=1),
    risks(
        "open with a closing day",
        risk(closed=YESTERDAY, prob_residual=0.5),
        risks_open=1,
        risk_occurred_pct="NOT_APPLICABLE",
    ),
    # probabilities of 0.5 and 0.25: one came true, 0.5² and 0.25² over 2
    risks(
        "two are over",
        risk(status="occurred", prob_residual=0.5),
        risk(status="closed", prob_residual=0.25),
        risk(status="open", prob_residual=1.0),
        risk_occurred_pct=0.5,
        risk_stated_probability=0.375,
        risk_brier_score=0.3125 / 2,
    ),
    # (60 + 4 × 90 + 180) ÷ 6 = 100 for one, the likely 90 where the low end lacks; at the most 180 and 90
    risks(
        "three points and one",
        risk(prob_residual=0.5, impact_cost_min=60.0, impact_cost_ml=90.0, impact_cost_max=180.0),
        risk(prob_residual=0.1, impact_cost_ml=90.0),
        risk_emv=59,
        threat_emv=59,
        risk_exposure_max=270,
    ),
    # (0.8 − 0.5) × 10 = 3 at a cost of 1
    risks(
        "a response at a cost of one",
        risk(prob_inherent=0.8, prob_residual=0.5, impact_cost_ml=10.0, cost_of_response=1.0),
        risk_mitigation=2,
        risk_mitigation_leverage=3,
    ),
    risks("an action due today", risk(action_due=TODAY), risk_actions_overdue=0),
    risks("an action due yesterday", risk(action_due=YESTERDAY), risk_actions_overdue=1),
    risks("an action due tomorrow", risk(action_due=TOMORROW), risk_actions_overdue=0),
    risks("to strike today", risk(proximity_date=TODAY), risks_past_proximity=0),
    risks("to have struck", risk(proximity_date=YESTERDAY), risks_past_proximity=1),
    risks("to strike tomorrow", risk(proximity_date=TOMORROW), risks_past_proximity=0),
    # 26 May is 35 days before 30 June
    risks("reviewed 35 days ago", risk(last_reviewed="2026-05-26"), risk_review_pct=1),
    risks("reviewed 36 days ago", risk(last_reviewed="2026-05-25"), risk_review_pct=0),
]


#: Used are the two that are closed and the one with an answer; the open one that says nothing is not.
USED: list[Edge] = [
    edge(
        "four risks, three of them known",
        rows_of("risks", risk(status="closed"), risk(status="closed"), risk()),
        rows_of(
            "risks",
            risk(last_reviewed=TODAY, action_due=TODAY, proximity_date=TODAY, p_score=5.0, i_score=5.0),
        ),
        risk_review_pct=1,
        risk_review_pct_n_used=3,
        risk_actions_overdue_n_used=3,
        risks_past_proximity_n_used=3,
        open_high_risks_n_used=3,
        risks_low_n_used=3,
        risks_open_n_used=4,
    ),
    edge(
        "a threat that strikes soon, one that is over, and an opportunity",
        rows_of("risks", risk(proximity_date=TODAY, prob_residual=0.5, impact_cost_ml=10.0)),
        rows_of("risks", risk(status="closed"), risk(kind="opportunity"), risk()),
        risk_emv_near=5,
        risk_emv_near_n_used=3,
    ),
    edge(
        "four issues, three of them known",
        rows_of("issues", {"status": "closed"}, {"status": "closed"}, {}),
        rows_of("issues", {"due": TODAY, "opened": TODAY, "escalation_level": "epmo"}),
        issues_overdue_pct=0,
        issues_overdue_n_used=3,
        issues_overdue_pct_n_used=3,
        issues_escalated_pct=1,
        issues_escalated_pct_n_used=3,
        issues_aged_0_30_n_used=3,
        issues_aged_over_90_n_used=3,
    ),
]


def issues(what: str, *rows: dict[str, Any], **expected: float | str) -> Edge:
    return edge(what, rows_of("issues", *rows), **expected)


ISSUES: list[Edge] = [
    *(
        issues(f"an issue {word}", {"status": word}, issues_open=0, issues_settled="NO_DATA")
        for word in ("resolved", "closed")
    ),
    issues("an issue that is open", {"status": "open"}, issues_open=1, issues_settled=0),
    issues(
        "an issue with a closing day", {"status": "open", "closed": TODAY}, issues_open=0, issues_settled=1
    ),
    issues("an issue due today", {"due": TODAY}, issues_overdue=0, issues_overdue_pct=0),
    issues("an issue due yesterday", {"due": YESTERDAY}, issues_overdue=1, issues_overdue_pct=1),
    issues("an issue due tomorrow", {"due": TOMORROW}, issues_overdue=0, issues_overdue_pct=0),
    *(
        issues(f"{age} days old", {"opened": day}, **dict.fromkeys(AGES, 0.0) | {band: 1})
        for age, day, band in (
            (10, "2026-06-20", "issues_aged_0_30"),
            (50, "2026-05-11", "issues_aged_31_60"),
            (80, "2026-04-11", "issues_aged_61_90"),
            (99, "2026-03-23", "issues_aged_over_90"),
        )
    ),
    # 1 May is 60 days before 30 June, 30 April 61
    issues("60 days old", {"opened": "2026-05-01"}, issues_aged_31_60=1, issues_aged_61_90=0),
    issues("61 days old", {"opened": "2026-04-30"}, issues_aged_31_60=0, issues_aged_61_90=1),
    issues(
        "10, 20 and 90 days old",
        {"opened": "2026-06-20"},
        {"opened": "2026-06-10"},
        {"opened": "2026-04-01"},
        issue_age_median_days=20,
        issue_age_max_days=90,
        issues_aged_over_90=0,
    ),
    issues(
        "a closed issue and one that says nothing",
        {"status": "closed"},
        {},
        issues_overdue=0,
        issues_aged_0_30=0,
        issues_aged_31_60=0,
        issues_aged_61_90=0,
        issues_aged_over_90=0,
        issues_overdue_pct="NOT_APPLICABLE",
        issues_escalated_pct="NOT_APPLICABLE",
        issue_age_max_days="NO_DATA",
    ),
    *(
        issues(f"an issue of the {level}", {"escalation_level": level}, issues_escalated_pct=escalated)
        for level, escalated in (("team", 0), ("project", 0), ("programme", 1), ("portfolio", 1), ("epmo", 1))
    ),
    issues("opened on 1 June", {"opened": "2026-06-01"}, issues_raised=1),
    issues("opened on 31 May", {"opened": "2026-05-31"}, issues_raised=0),
    issues("opened today", {"opened": TODAY}, issues_raised=1, issue_age_max_days=0),
    issues("opened tomorrow", {"opened": TOMORROW}, issues_raised=0),
]

EDGES = [*RISKS, *USED, *ISSUES]
