"""The made-up portfolio's tables of baselines, cases, people, rules and logs, with every awkward row."""

from __future__ import annotations

from typing import Any

#: By table: the columns, those of them that are dates, and the rows.
GOVERNANCE: dict[str, tuple[str, str, list[tuple[Any, ...]]]] = {
    "baselines": (
        "project_id version finish bac currency",
        "finish",
        [
            ("P01", 1, "2026-11-30", 900.0, "GBP"),
            ("P01", 2, "2026-12-31", 1000.0, "GBP"),
            ("P02", 2, "2026-06-30", 200.0, None),
            ("P04", 1, "2026-03-01", 0.0, None),
            ("P09", 1, "2026-11-30", 500.0, "USD"),
        ],
    ),
    "milestone_baselines": (
        "milestone_id version entity_id baseline_date",
        "baseline_date",
        [
            ("M1", 1, "P01", "2026-04-01"),
            ("M1", 2, "P01", "2026-05-01"),
            ("M2", 1, "P01", "2026-07-01"),
            ("M6", 1, "P04", "2026-01-01"),
        ],
    ),
    "business_cases": (
        "project_id version approved_date discount_rate preferred_option pv_costs pv_benefits currency",
        "approved_date",
        [
            ("P01", "1", "2025-06-30", 0.5, "B", 1000.0, 1500.0, "GBP"),
            ("P01", "2", "2026-01-31", 0.1, "A ", 1100.0, 1540.0, "GBP"),
            ("P01", "3", None, 0.9, "B", 1.0, 1.0, "GBP"),
            ("P01", "4", "2026-12-31", 0.9, "B", 2.0, 1.0, "GBP"),
            ("P02", "1", "2026-01-31", 0.0, "A", 0.0, 10.0, None),
            ("P04", "1", "2026-01-31", 0.0, "A", 5.0, None, None),
            ("P09", "1", "2026-01-31", 0.0, "A", 5.0, 6.0, "GBP"),
        ],
    ),
    "cashflows": (
        "project_id option kind for_period amount currency",
        "for_period",
        [
            ("P01", "a", "cost", "2026-03-31", 500.0, "GBP"),
            ("P01", "a", "cost", "2027-03-31", 605.0, "GBP"),
            ("P01", None, "benefit", "2027-03-31", 1100.0, "GBP"),
            ("P01", "A", "benefit", "2028-03-31", 605.0, "GBP"),
            ("P01", "B", "cost", "2026-12-31", 9999.0, "GBP"),
            ("P02", "A", "cost", "2026-03-31", 0.0, None),
            ("P02", "A", "benefit", "2026-03-31", 10.0, None),
            ("P04", "A", "cost", "2026-12-31", 7.0, None),
            ("P09", "A", "benefit", "2026-12-31", 7.0, "GBP"),
        ],
    ),
    "resources": (
        "role entity_id kind named_person for_period capacity_fte availability funded_posts demand_fte is_contractor",
        "for_period",
        [
            ("Engineer", None, None, None, "2026-07-31", 4.0, 0.75, 3.0, None, None),
            ("engineer ", "P01", "committed", "Ada", "2026-07-31", None, None, None, 0.8, 1.0),
            ("Engineer", "P01", "forecast", None, "2026-07-31", None, None, None, 1.6, 0.0),
            ("Engineer", "P03", "committed", "ada", "2026-07-31", None, None, None, 0.6, None),
            ("Engineer", "P03", "committed", "ada", "2026-08-31", None, None, None, 0.9, None),
            ("Engineer", "P04", "requested", None, "2026-07-31", None, None, None, 5.0, None),
            ("Engineer", "P02", None, None, "2026-07-31", None, None, None, 1.0, 0.0),
            ("Analyst", "P01", None, None, None, 2.0, None, 1.5, None, None),
            ("Analyst", "P01", "committed", None, "2026-06-30", None, None, None, 1.0, None),
            ("Analyst", "P01", "requested", None, "2026-06-30", None, None, None, 0.5, None),
            ("Tester", "P07", None, None, None, 0.0, None, 1.0, None, None),
            ("Tester", "P07", "committed", None, None, None, None, None, 1.0, None),
            ("Pilot", "P06", "committed", None, None, None, None, None, 2.0, None),
            ("Pilot", "P09", "committed", None, None, None, None, None, 0.0, 1.0),
        ],
    ),
    "financials": (
        "entity_id kind cost_type amount currency",
        "",
        [
            ("P01", "commitment", None, 100.0, "GBP"),
            ("P01", "actual", "capital", 60.0, "GBP"),
            ("P01", "actual", "revenue", 40.0, "GBP"),
            ("P01", "actual", None, 7.0, "GBP"),
            ("P01", "forecast", "capital", 99.0, "GBP"),
            ("P02", "actual", "capital", 0.0, None),
        ],
    ),
    "approval_matrix": (
        "kind tier required_board required_role amount_from amount_to currency",
        "",
        [
            ("budget", None, "Board A", None, None, 500.0, None),
            ("budget", None, "Board B", None, 500.0, None, None),
            ("change", "1", "Board A", "Chair", None, None, None),
            ("change", "2", "Board B", None, None, None, None),
        ],
    ),
    "gates": ("gate_code required_board", "", [("G1", "Gate Board"), ("G2", None)]),
    "standards": ("standard_id weight", "", [("S1", 2.0), ("S2", 1.0), ("S3", None)]),
    "standards_compliance": (
        "project_id standard_id assessed_date result waiver_ref waiver_expiry",
        "assessed_date waiver_expiry",
        [
            ("P01", "S1", "2026-05-01", "met", None, None),
            ("P01", "S1", "2026-01-01", "not_met", None, None),
            ("P01", "S1", "2026-12-01", "not_met", None, None),
            ("P01", "S2", "2026-05-01", "not_met", None, None),
            ("P01", "S3", None, "partly", None, None),
            ("P01", "S4", "2026-05-01", "not_applicable", None, None),
            ("P01", "S5", "2026-05-01", "not_met", "W1", "2026-12-31"),
            ("P01", "S6", "2026-05-01", "partly", "W2", "2026-06-01"),
            ("P02", "S1", "2026-05-01", "not_applicable", None, None),
        ],
    ),
    "submissions": (
        "entity_id due received returned waived",
        "due received returned",
        [
            ("P01", "2026-06-20", "2026-06-25", "2026-06-26", None),
            ("P02", "2026-06-20", "2026-06-18", None, 0.0),
            ("P03", "2026-06-25", None, None, None),
            ("P04", "2026-06-20", None, None, 1.0),
            ("P05", "2026-07-05", None, None, None),
            ("P06", None, "2026-06-18", None, None),
        ],
    ),
    "actions": (
        "action_id entity_id status raised due closed",
        "raised due closed",
        [
            ("A1", "P01", "open", "2026-05-31", "2026-06-15", None),
            ("A2", "P01", "in_progress", "2026-06-20", "2026-07-31", None),
            ("A3", "P01", "closed", "2026-01-01", "2026-01-15", None),
            ("A4", "P01", None, None, None, None),
            ("A5", "P01", None, "2026-01-01", "2026-01-15", "2026-02-01"),
            ("A6", "P02", "cancelled", "2026-01-01", "2026-01-15", None),
        ],
    ),
    "assumptions": (
        "assumption_id entity_id status due validated",
        "due validated",
        [
            ("N1", "P01", "open", "2026-06-01", None),
            ("N2", "P01", "open", "2026-08-01", None),
            ("N3", "P01", "valid", "2026-06-01", None),
            ("N4", "P01", "invalid", "2026-06-01", "2026-05-01"),
            ("N5", "P01", None, "2026-06-01", "2026-05-01"),
        ],
    ),
    "lessons": (
        "lesson_id entity_id captured applied_in_project_ids",
        "captured",
        [
            ("L1", "P01", "2025-10-01", "P02"),
            ("L2", "P01", "2025-11-01", None),
            ("L3", "P01", "2026-05-01", "P03"),
            ("L4", "P01", None, "P03"),
        ],
    ),
}

#: Further cells of decisions and milestones: whose right it was, on which data, under which conditions.
RIGHTS: dict[str, dict[str, dict[str, Any]]] = {
    "decisions": {
        "D1": {
            "kind": "budget",
            "board": "board a ",
            "gate_code": "g2",
            "data_period": "2026-03-31",
            "condition_due": "2026-06-15",
        },
        "D4": {"gate_code": "G1", "board": "Board A", "data_period": "2026-05-31"},
        "D6": {"kind": "change", "board": "Board A"},
    },
    "milestones": {"M3": {"gate_code": "G2"}, "M9": {"gate_code": "G2"}},
}
