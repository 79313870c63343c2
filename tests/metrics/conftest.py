"""A made-up portfolio with every awkward row, and the same on every engine."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from metrics.governance_tables import GOVERNANCE, RIGHTS

AS_OF = "2026-06-30"
MAY, JUNE = pd.Timestamp("2026-05-31"), pd.Timestamp("2026-06-30")

# project, programme, department, currency, bac in the list, whole-life cost, base start, base finish, forecast,
# actual, status
PROJECTS = [
    ("P01", "RAIL", "North", "GBP", 900.0, 2000.0, "2026-01-01", "2026-12-31", "2027-01-30", None, "active"),
    ("P02", "RAIL", "North", "GBP", None, 500.0, "2026-01-01", "2026-06-30", None, "2026-06-20", "complete"),
    ("P03", "RAIL", "South", "GBP", None, None, None, None, "2026-12-01", None, "active"),
    ("P04", "ROAD", "South", "GBP", 300.0, 400.0, "2026-03-01", "2026-03-01", "2026-04-01", None, "active"),
    ("P05", "ROAD", "South", "GBP", None, 250.0, "2026-03-01", None, "2026-04-01", None, "on_hold"),
    ("P06", "ROAD", "North", "GBP", 100.0, None, None, None, None, None, None),
    ("P07", None, "North", "GBP", 50.0, 80.0, "2026-01-01", "2026-10-01", "2026-09-01", None, "active"),
    ("P08", None, "South", "GBP", None, None, None, None, None, None, "proposed"),
    ("P09", "PORT", "West", "EUR", None, 700.0, "2026-01-01", "2026-11-30", "2027-03-30", None, "active"),
    ("P10", "PORT", "West", "GBP", 60.0, 90.0, "2026-01-01", "2026-11-30", None, None, "active"),
    ("P11", "PORT", None, None, 10.0, 20.0, "2026-06-01", "2026-05-01", "2026-07-01", None, "active"),
]
# project, pv, ev, ac, bac, reported eac, reason of ac
STATUS = [
    ("P01", 500.0, 450.0, 550.0, 1000.0, 1200.0, None),
    ("P02", 200.0, 200.0, 180.0, 200.0, 180.0, None),
    ("P03", 100.0, 60.0, 110.0, None, 150.0, None),
    ("P04", 0.0, 0.0, 0.0, 300.0, 300.0, None),
    ("P05", 50.0, 40.0, 0.0, 120.0, 110.0, None),
    ("P06", 80.0, 70.0, None, None, None, "withheld"),
    ("P07", 40.0, None, 30.0, None, 45.0, None),
    ("P09", 300.0, 320.0, 310.0, 600.0, 590.0, None),
    ("P10", 55.0, 40.0, 70.0, 60.0, 65.0, None),
    ("P12", 10.0, 9.0, 12.0, 0.0, 5.0, None),
]
MILESTONES = [
    ("M1", "P01", "gate", "2026-05-01", "2026-06-15", None, "in_progress"),
    ("M2", "P01", "key", "2026-07-01", "2026-07-20", None, "not_started"),
    ("M3", "P01", "key", "2026-02-01", "2026-02-10", "2026-02-20", "complete"),
    ("M4", "P02", "gate", None, "2026-08-15", None, None),
    ("M5", "P03", "key", "2026-04-01", None, None, "in_progress"),
    ("M6", "P04", "key", "2026-04-01", "2026-05-01", None, "cancelled"),
    ("M7", "RAIL", "gate", "2026-09-01", "2026-09-20", None, "not_started"),
    ("M8", "P07", None, "2026-06-30", "2026-06-30", None, "missed"),
    ("M9", "P07", "key", "2026-06-10", "2026-06-09", "2026-06-09", "complete"),
    ("M10", "P10", "gate", "2026-02-01", None, "2026-02-11", "complete"),
    ("M11", "P10", "gate", "2026-04-01", None, "2026-04-06", "complete"),
    ("M12", "P10", "gate", "2026-05-01", None, "2026-05-21", "complete"),
    ("M13", "P10", "key", "2026-04-15", None, "2026-06-15", "complete"),
]
RISKS = [
    ("R1", "P01", "threat", 0.5, 4, 5, 60.0, 90.0, 180.0, "open", None, None),
    ("R2", "P01", "opportunity", 0.2, 3, 4, None, 100.0, None, "escalated", None, None),
    ("R3", "P01", "threat", 0.9, 5, 5, None, 500.0, None, "closed", "2026-05-05", None),
    ("R4", "P02", "threat", None, 2, 2, None, 10.0, None, None, None, None),
    ("R5", "P03", None, 0.1, None, 3, None, 70.0, None, None, None, None),
    ("R6", "P04", "threat", 0.3, 2, 3, None, 20.0, None, None, "2026-04-04", None),
    ("R7", "RAIL", "threat", 0.4, 3, 5, None, 1000.0, None, "open", None, None),
    ("R8", "P09", "threat", 0.5, 2, 5, None, 40.0, None, "open", None, None),
    ("R9", "P10", "threat", 0.5, 2, 5, None, 40.0, None, "open", None, "USD"),
    ("R11", "P03", "threat", 0.4, 2, 2, None, 30.0, None, "occurred", None, None),
    ("R12", "P03", "threat", 0.1, 2, 2, None, 30.0, None, "closed", "2026-06-01", None),
    ("R10", "GONE", "threat", 0.5, 1, 1, None, 40.0, None, "open", None, "GBP"),
]
ISSUES = [
    ("I1", "P01", "2026-06-01", "2026-06-15", None, "open"),
    ("I2", "P01", "2026-05-01", "2026-07-15", None, "in_progress"),
    ("I3", "P01", "2026-04-01", "2026-04-15", "2026-05-01", "closed"),
    ("I4", "P02", None, None, None, "open"),
    ("I5", "P04", "2026-01-01", "2026-02-01", None, "resolved"),
    ("I7", "P03", "2026-05-20", "2026-06-30", "2026-06-20", "closed"),
    ("I6", "P07", "2026-06-20", "2026-06-30", None, None),
]
DECISIONS = [
    ("D1", "P01", "2026-05-01", "2026-05-20", "2026-05-31", "approve", 100.0),
    ("D2", "P01", "2026-06-10", "2026-06-20", None, "pending", 250.0),
    ("D3", "P02", "2026-06-01", "2026-07-20", None, None, None),
    ("D4", "P03", "2026-06-01", None, None, "reject", 10.0),
    ("D5", "RAIL", "2026-06-01", "2026-07-01", None, "pending", 1000.0),
    ("D6", "P04", "2026-06-01", "2026-06-15", "2026-06-10", "approve", None),
]
# task, project, summary, baseline finish, actual finish, complete, duration, float, critical
TASKS = [
    ("T0", "P01", True, "2026-12-31", None, 0.5, 200.0, 0.0, True),
    ("T1", "P01", False, "2026-03-31", "2026-03-31", 1.0, 50.0, None, True),
    ("T2", "P01", False, "2026-06-10", "2026-06-20", 1.0, 40.0, None, False),
    ("T3", "P01", False, "2026-06-20", "2026-06-18", None, 10.0, None, False),
    ("T4", "P01", False, "2026-06-25", None, 0.5, 60.0, -8.0, True),
    ("T5", "P01", False, None, None, 0.0, 50.0, 2.0, True),
    ("T6", "P01", False, "2026-09-30", None, None, 20.0, 30.0, False),
    ("T1", "P02", False, "2026-05-31", "2026-06-01", 1.0, 20.0, None, True),
    ("T1", "P03", False, None, None, 0.1, 20.0, 5.0, None),
    ("T1", "P04", False, "2026-07-31", None, 0.0, 20.0, 5.0, False),
    ("T1", "P05", True, "2026-07-31", None, 0.0, 20.0, 5.0, False),
]
#: What earlier reports of P02 foresaw: month, reported EAC, finish.
EARLIER = [
    ("2026-02-28", 200.0, "2026-06-10"),
    ("2026-03-31", 220.0, "2026-06-30"),
    ("2026-04-30", 190.0, "2026-06-20"),
]

#: Further cells, by table, row and column.
FURTHER = {
    "projects": {
        "P01": {"contingency_budget": 100.0},
        "P04": {"contingency_budget": 30.0},
        "P07": {"contingency_budget": 10.0},
        "P10": {"contingency_budget": 0.0},
    },
    "status": {
        "P01": {
            "etc_reported": 600.0,
            "budget_fy": 400.0,
            "forecast_fy": 440.0,
            "contingency_used": 60.0,
            "contingency_remaining": 40.0,
        },
        "P02": {"budget_fy": 0.0, "forecast_fy": 10.0, "contingency_remaining": 5.0},
        "P04": {"etc_reported": 290.0, "contingency_used": 0.0, "contingency_remaining": 30.0},
        "P07": {"contingency_used": 1.0},
        "P10": {"contingency_used": 1.0, "contingency_remaining": 0.0, "etc_reported": 5.0},
    },
    "risks": {
        "R1": {
            "prob_inherent": 0.8,
            "cost_of_response": 10.0,
            "last_reviewed": "2026-06-15",
            "action_due": "2026-06-20",
            "proximity_date": "2026-06-25",
        },
        "R2": {"prob_inherent": 0.1, "cost_of_response": 1.0, "last_reviewed": "2026-01-15"},
        "R3": {"last_reviewed": "2026-05-01", "action_due": "2026-05-01", "proximity_date": "2026-05-01"},
        "R7": {"prob_inherent": 0.5, "cost_of_response": 0.0, "proximity_date": "2027-06-30"},
        "R8": {"prob_inherent": 0.6, "cost_of_response": 0.0},
        "R9": {"prob_inherent": 0.5, "cost_of_response": 0.0, "proximity_date": "2026-07-30"},
    },
    "issues": {
        "I1": {"escalation_level": "programme"},
        "I2": {"escalation_level": "project"},
        "I3": {"escalation_level": "epmo"},
    },
    "tasks": {
        "T1": {"baseline_start": "2026-01-01", "bac": 200.0},
        "T2": {"baseline_start": "2026-05-01", "bac": 100.0},
        "T3": {"baseline_start": "2026-06-01", "bac": 100.0},
        "T4": {"baseline_start": "2026-05-22", "bac": 100.0},
    },
    **RIGHTS,
}

CHANGES = [
    ("C1", "P01", "2026-05-01", "2026-05-21", "approved", 50.0),
    ("C2", "P01", "2026-06-10", None, "submitted", 30.0),
    ("C3", "P01", "2026-04-01", "2026-04-11", "rejected", 99.0),
    ("C4", "P01", "2026-06-05", "2026-06-15", "approved", -10.0),
    ("C5", "P02", "2026-06-01", None, None, 5.0),
    ("C6", "P04", None, "2026-06-01", "approved", None),
    ("C7", "RAIL", "2026-06-01", None, "deferred", 1000.0),
]
DEPENDENCIES = [
    ("X1", "P01", "2026-06-15", "2026-06-20", "2026-06-10", "delivered"),
    ("X2", "P01", "2026-06-20", "2026-07-10", None, "agreed"),
    ("X3", "P01", "2026-08-01", "2026-07-15", None, "proposed"),
    ("X4", "P02", None, None, None, "at_risk"),
    ("X5", "P03", "2026-06-01", None, None, "delivered"),
    ("X6", "P04", None, None, None, None),
]
BENEFITS = [
    ("B1", "P01", "2026-04-30", "cashable", 100.0, 90.0, 90.0, "2026-06-01"),
    ("B1", "P01", "2026-06-30", "cashable", 100.0, 80.0, 60.0, None),
    ("B1", "P01", "2026-09-30", "cashable", 200.0, 150.0, None, None),
    ("B2", "P01", "2026-05-31", "non_cashable", 10.0, 9.0, 12.0, None),
    ("B2", "P01", "2026-07-31", "economic", 10.0, 8.0, None, None),
    ("B3", "P01", "2026-06-30", "disbenefit", -4.0, -4.0, -5.0, None),
    ("B4", "P02", "2026-05-31", "cashable", 0.0, 0.0, 0.0, None),
    ("B5", "P03", "2026-05-31", None, 5.0, 5.0, 5.0, None),
    ("B6", "P04", "2026-05-31", "economic", 0.0, 0.0, 0.0, None),
]
# project, first month and month after month of its planned curve; P05 falls, P07 has no earned value, P12 begins later
CURVES = [
    ("P01", "2026-01-31", [50, 150, 250, 350, 420, 500, 600, 700, 800, 900, 950, 1000]),
    ("P02", "2026-01-31", [50, 100, 150, 200, 200, 200, 200]),
    ("P03", "2026-04-30", [20, 20, 100, 100, 140]),
    ("P04", "2026-03-31", [0, 0, 100, 200, 300]),
    ("P05", "2026-04-30", [10, 50, 30, 120]),
    ("P07", "2026-04-30", [10, 20, 40, 50]),
    ("P09", "2026-01-31", [50, 100, 150, 200, 250, 300, 400, 500, 600]),
    ("P10", "2026-01-31", [10, 20, 30, 40, 60]),
    ("P12", "2026-08-31", [5, 10]),
]


def curves() -> pd.DataFrame:
    """The planned curves: of June all of them, of May that of P01."""
    found = [
        pd.DataFrame(
            {
                "project_id": project,
                "for_period": pd.date_range(first, periods=len(pv), freq="ME").as_unit("us"),
                "period": period,
                "pv_cum": [float(value) for value in pv],
            }
        )
        for period, listed in ((MAY, CURVES[:1]), (JUNE, CURVES))
        for project, first, pv in listed
    ]
    return pd.concat(found, ignore_index=True)


def _of_may(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows as they were in May: less spent, less expected, the finish ten days sooner."""
    for column, share in (("ac", 0.8), ("eac_reported", 0.9)):
        if column in frame:
            frame[column] = frame[column] * share
    if "forecast_finish" in frame:
        frame["forecast_finish"] = frame["forecast_finish"] - pd.Timedelta(days=10)
    return frame


def _furthered(frame: pd.DataFrame, name: str, key: str) -> pd.DataFrame:
    if name not in FURTHER:
        return frame
    more = pd.DataFrame.from_dict(FURTHER[name], orient="index").rename_axis(key).reset_index()
    for column in (
        "last_reviewed",
        "action_due",
        "proximity_date",
        "data_period",
        "condition_due",
        "baseline_start",
    ):
        if column in more:
            more[column] = pd.to_datetime(more[column])
    return frame.merge(more, on=key, how="left")


def _earlier() -> dict[str, pd.DataFrame]:
    """The earlier reports of P02."""
    months, eac, finish = zip(*EARLIER, strict=True)
    of = pd.DataFrame({"project_id": "P02", "period": pd.to_datetime(list(months))})
    return {
        "status": of.assign(eac_reported=eac),
        "projects": of.assign(forecast_finish=pd.to_datetime(list(finish))),
    }


def _frame(records: list[tuple[Any, ...]], columns: str, dates: str, period: pd.Timestamp) -> pd.DataFrame:
    frame = pd.DataFrame(records, columns=columns.split()).assign(period=period)
    for date in dates.split():
        frame[date] = pd.to_datetime(frame[date])
    kinds = {
        c: "float64" for c in frame if frame[c].dtype != "str" and not str(frame[c].dtype).startswith("d")
    }
    texts = {c: "str" for c in ("currency",) if c in frame}
    return frame.astype({**kinds, **texts})


def tables() -> dict[str, pd.DataFrame]:
    """The made-up portfolio: June in full, and May with less of everything."""
    projects = "project_id programme_id department currency bac wlc_budget baseline_start baseline_finish "
    projects += "forecast_finish actual_finish status"
    dates = "baseline_start baseline_finish forecast_finish actual_finish"
    status = "project_id pv ev ac bac eac_reported ac_reason"
    risks = "risk_id entity_id kind prob_residual p_score i_score impact_cost_min impact_cost_ml "
    risks += "impact_cost_max status closed currency"
    made = {
        "projects": (PROJECTS, projects, dates),
        "status": (STATUS, status, ""),
        "milestones": (
            MILESTONES,
            "milestone_id entity_id type baseline_date forecast_date actual_date status",
            "baseline_date forecast_date actual_date",
        ),
        "risks": (RISKS, risks, "closed"),
        "issues": (ISSUES, "issue_id entity_id opened due closed status", "opened due closed"),
        "decisions": (
            DECISIONS,
            "decision_id entity_id requested_date needed_by decision_date decision amount",
            "requested_date needed_by decision_date",
        ),
        "changes": (CHANGES, "cr_id entity_id raised decided status cost_impact", "raised decided"),
        "dependencies": (
            DEPENDENCIES,
            "dep_id entity_id need_by forecast_date delivered_date status",
            "need_by forecast_date delivered_date",
        ),
        "benefits": (
            BENEFITS,
            "benefit_id entity_id for_period type planned forecast realised verified_date",
            "for_period verified_date",
        ),
        "tasks": (
            TASKS,
            "task_id project_id is_summary baseline_finish actual_finish pct_complete duration total_float "
            "on_critical_path",
            "baseline_finish actual_finish",
        ),
    }
    made |= {name: (rows, columns, dates) for name, (columns, dates, rows) in GOVERNANCE.items()}
    found = {
        name: pd.concat([_of_may(_frame(rows[:5], columns, dates, MAY)), _frame(rows, columns, dates, JUNE)])
        if name in ("projects", "status", "milestones", "risks")
        else _frame(rows, columns, dates, JUNE)
        for name, (rows, columns, dates) in made.items()
    }
    keys = {name: columns.split()[0] for name, (_, columns, _) in made.items()}
    found |= {name: pd.concat([frame, found[name]]) for name, frame in _earlier().items()}
    furthered = {name: _furthered(frame, name, keys[name]) for name, frame in found.items()}
    return furthered | {"evm_periods": curves()}


@pytest.fixture(scope="session")
def portfolio_tables() -> dict[str, pd.DataFrame]:
    return tables()
