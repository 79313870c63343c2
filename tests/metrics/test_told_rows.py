"""What rows are told by other tables: who may decide, which baseline was first, what was approved, as it was then."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo

AS_OF = "2026-06-30"
MAY, JUNE = pd.Timestamp("2026-05-31"), pd.Timestamp("2026-06-30")
PROJECTS = pd.DataFrame(
    {"project_id": ["P1", "P2"], "tier": ["1", "2"], "currency": ["GBP", "EUR"], "period": JUNE, "bac": 1.0}
)
MATRIX = pd.DataFrame(
    [
        ("budget", None, "Board A", None, None, 500.0, None),
        ("budget", None, "Board B", None, 500.01, None, None),
        ("change", "1", "Board A", "Chair", None, None, None),
        ("change", "2", "Board B", None, None, None, None),
        ("closure", None, "Board A", None, None, None, "USD"),
    ],
    columns=["kind", "tier", "required_board", "required_role", "amount_from", "amount_to", "currency"],
).astype({"tier": "str", "required_role": "str", "currency": "str"})
DECIDED = {"period": JUNE, "decision": "approve", "decision_date": pd.Timestamp("2026-06-10")}


def decision(**cells: object) -> pd.DataFrame:
    row = {"decision_id": "D1", "entity_id": "P1", "currency": "GBP", "decider_role": None, "gate_code": None}
    frame = pd.DataFrame([{**row, **DECIDED, **cells}])
    return frame.astype({"decider_role": "str", "gate_code": "str"})


def figure(name: str, **tables: pd.DataFrame) -> object:
    measured = pmo.measure({"projects": PROJECTS, **tables}, as_of=AS_OF).iloc[0]
    return measured[f"{name}_reason"] if pd.isna(measured[name]) else measured[name]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"kind": "budget", "board": "board a ", "amount": 500.0}, 1),
        ({"kind": "budget", "board": "Board A", "amount": 501.0}, 0),
        ({"kind": "budget", "board": "Board B", "amount": 501.0}, 1),
        ({"kind": "budget", "board": None, "amount": 1.0}, 0),
        # neither limit can be told without the amount: no rule applies
        ({"kind": "budget", "board": "Board A", "amount": None}, "NO_DATA"),
        ({"kind": "change", "board": "Board A", "decider_role": "chair"}, 1),
        ({"kind": "change", "board": "Board A", "decider_role": "Secretary"}, 0),
        ({"kind": "change", "board": "Board B", "entity_id": "P2"}, "NOT_APPLICABLE"),
        ({"kind": "closure", "board": "Board A"}, "NO_DATA"),
        ({"kind": "exception", "board": "Board A"}, "NO_DATA"),
        (
            {
                "kind": "budget",
                "board": "Board B",
                "amount": 1.0,
                "decision": "pending",
                "decision_date": None,
            },
            "NO_DATA",
        ),
    ],
)
def test_a_rule_of_the_matrix_says_who_may_decide(cells: dict[str, object], expected: object) -> None:
    frame = decision(**cells).astype({"board": "str", "decision_date": "datetime64[us]"})
    if "amount" in frame:
        frame = frame.astype({"amount": "float64"})
    found = figure("decisions_by_right_pct", decisions=frame, approval_matrix=MATRIX)
    assert found == expected


@pytest.mark.parametrize(("board", "expected"), [("Gate board", 1), ("Board A", 0)])
def test_at_a_gate_its_board_decides(board: str, expected: float) -> None:
    gates = pd.DataFrame({"gate_code": ["G1"], "required_board": ["Gate board"]})
    frame = decision(kind="stage_gate", board=board, gate_code="g1")
    assert figure("decisions_by_right_pct", decisions=frame, gates=gates) == expected


@pytest.mark.parametrize(
    ("board", "code", "expected"),
    [("Board A", "G1", 1), ("Board A", "G2", 0), ("Gate board", "G2", 0)],
)
def test_where_gate_and_matrix_ask_both_must_allow(board: str, code: str, expected: float) -> None:
    gates = pd.DataFrame({"gate_code": ["G1", "G2"], "required_board": ["Board A", "Gate board"]})
    frame = decision(kind="change", board=board, gate_code=code, decider_role="chair")
    found = figure("decisions_by_right_pct", decisions=frame, gates=gates, approval_matrix=MATRIX)
    assert found == expected


@pytest.mark.parametrize(
    ("passed", "decided", "word", "expected"),
    [
        ("2026-06-10", "2026-06-10", "approve", 1),
        ("2026-06-20", "2026-06-10", "approve_with_conditions", 1),
        ("2026-06-20", "2026-06-10", "reject", 0),
        ("2026-06-20", "2026-06-21", "approve", 0),
        ("2026-01-01", "2026-06-10", "approve", "NO_DATA"),
    ],
)
def test_a_gate_is_passed_by_decision_or_not(passed: str, decided: str, word: str, expected: object) -> None:
    milestones = pd.DataFrame(
        {
            "milestone_id": ["M1"],
            "entity_id": ["P1"],
            "period": [JUNE],
            "gate_code": ["G1"],
            "actual_date": [pd.Timestamp(passed)],
        }
    )
    frame = decision(
        decision=word,
        decision_date=pd.Timestamp(decided),
        requested_date=pd.Timestamp("2026-06-01"),
        gate_code=" g1",
        board="X",
    )
    assert figure("gate_compliance_pct", milestones=milestones, decisions=frame) == expected
    assert figure("gate_compliance_pct", milestones=milestones) == "NO_DATA"


def test_counts_of_projects_in_two_currencies_are_counts() -> None:
    flows = pd.DataFrame(
        {
            "project_id": ["P1", "P2"],
            "kind": "cost",
            "for_period": pd.Timestamp("2026-12-31"),
            "amount": 5.0,
            "currency": ["GBP", "EUR"],
        }
    )
    cases = pd.DataFrame(
        {
            "project_id": ["P1", "P2"],
            "version": "1",
            "approved_date": pd.Timestamp("2026-01-31"),
            "discount_rate": 0.0,
        }
    )
    tables = {"projects": PROJECTS, "cashflows": flows, "business_cases": cases}
    whole = pmo.roll_up(tables, as_of=AS_OF).iloc[0]
    assert whole["projects_not_justified"] == 2
    assert whole["npv_to_come_reason"] == "MIXED_CURRENCY"


def test_rules_without_a_month_hold_in_every_month_as_they_were_then() -> None:
    projects = pd.concat([PROJECTS.assign(period=MAY), PROJECTS])
    compliance = pd.DataFrame(
        {
            "project_id": "P1",
            "standard_id": "S1",
            "assessed_date": pd.to_datetime(["2026-04-01", "2026-06-15"]),
            "result": ["not_met", "met"],
        }
    )
    found = pmo.measure_by_period({"projects": projects, "standards_compliance": compliance}, as_of=AS_OF)
    first = found[found["project_id"] == "P1"]
    assert first["standards_met_pct"].tolist() == [0, 1]
    assert first["standards_not_met"].tolist() == [1, 0]


def test_why_an_input_is_missing_is_said_of_its_own_table() -> None:
    """Both logs have a column *closed*; only that of the actions could not be read."""
    log = {"entity_id": ["P1"], "period": [JUNE], "closed": pd.Series([pd.NaT], dtype="datetime64[us]")}
    risks = pd.DataFrame({**log, "risk_id": ["R1"], "closed_reason": [None]}).astype({"closed_reason": "str"})
    issues = pd.DataFrame({**log, "issue_id": ["I1"], "closed_reason": ["unreadable"], "opened": [pd.NaT]})
    measured = pmo.measure({"projects": PROJECTS, "risks": risks, "issues": issues}, as_of=AS_OF).iloc[0]
    assert measured["issue_age_median_days_reason"] == "INVALID_INPUT"
    assert measured["risk_brier_score_reason"] != "INVALID_INPUT"


def test_flows_of_one_project_in_two_currencies_are_never_added() -> None:
    flows = pd.DataFrame(
        {
            "project_id": "P1",
            "kind": ["cost", "benefit"],
            "for_period": pd.Timestamp("2026-12-31"),
            "amount": 5.0,
            "currency": ["EUR", "GBP"],
        }
    )
    case = {"project_id": ["P1"], "version": ["1"], "approved_date": [pd.Timestamp("2026-01-31")]}
    cases = pd.DataFrame({**case, "discount_rate": [0.0]})
    for name in ("npv", "npv_to_come", "bcr"):
        assert figure(name, cashflows=flows, business_cases=cases) == "NO_DATA"
        assert figure(name, cashflows=flows.assign(currency="GBP"), business_cases=cases) != "NO_DATA"


def test_a_flow_of_tomorrow_is_to_come() -> None:
    flow = {"project_id": ["P1"], "kind": ["benefit"], "for_period": [JUNE], "amount": [5.0]}
    flows = pd.DataFrame({**flow, "currency": ["GBP"]})
    case = {"project_id": ["P1"], "version": ["1"], "approved_date": [pd.Timestamp("2026-01-31")]}
    tables = {"cashflows": flows, "business_cases": pd.DataFrame({**case, "discount_rate": [0.1]})}
    for day, worth in (("2026-06-29", 5.0), ("2026-06-30", None)):
        found = pmo.measure({"projects": PROJECTS, **tables}, as_of=day, metrics=["npv_to_come"])
        told = found["npv_to_come"].astype("object").where(found["npv_to_come"].notna(), None)
        assert told.tolist()[0] == worth


def test_a_baseline_that_is_approved_later_does_not_count_yet() -> None:
    versions = {"project_id": "P1", "version": [1.0, 2.0, 3.0]}
    days = pd.to_datetime(["2025-01-31", None, "2026-12-31"])
    baselines = pd.DataFrame(versions).assign(approved_date=days)
    assert figure("rebaselines", baselines=baselines) == 1


def test_a_table_that_did_not_come_tells_nothing() -> None:
    flow = {
        "project_id": ["P1"],
        "option": ["A"],
        "kind": "benefit",
        "for_period": [pd.Timestamp("2026-12-31")],
    }
    assert figure("npv_to_come", cashflows=pd.DataFrame({**flow, "amount": [5.0]})) == "NO_DATA"
