"""What projects contribute to objectives, and who is booked for more than one job."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo

JUNE, JULY = pd.Timestamp("2026-06-30"), pd.Timestamp("2026-07-31")


def portfolio(**tables: pd.DataFrame) -> pmo.Portfolio:
    return pmo.Portfolio({name: frame.assign(period=JUNE) for name, frame in tables.items()}, JUNE)


OBJECTIVES = pd.DataFrame(
    {
        "objective_id": ["O1", "O2", "O3"],
        "name": ["Faster", "Cheaper", "Safer"],
        "weight": [3.0, 1.0, None],
        "target": [8.0, 0.0, 5.0],
        "actual": [6.0, 1.0, None],
    }
)
PROJECTS = pd.DataFrame(
    {
        "project_id": ["P1", "P2", "P3", "P4"],
        "strategic_objective_id": ["O1", " o1", "O2", None],
        "bac": [100.0, 50.0, 200.0, 50.0],
        "currency": "GBP",
    }
)


def test_target_actual_money_and_weight_of_each_objective() -> None:
    found = pmo.roll_up_objectives(portfolio(objectives=OBJECTIVES, projects=PROJECTS.replace(" o1", "O1")))
    shown = found[
        ["objective_id", "projects", "bac", "attainment", "budget_share", "weight_share", "share_gap"]
    ]
    shown = shown.astype(object)
    assert shown.where(shown.notna(), None).to_numpy().tolist() == [
        ["O1", 2, 150.0, 0.75, 0.375, 0.75, -0.375],
        ["O2", 1, 200.0, None, 0.5, 0.25, 0.25],
        ["O3", 0, None, None, None, None, None],
        [None, 1, 50.0, None, 0.125, None, None],
    ]


def test_without_a_list_the_objectives_of_the_projects_stand_alone() -> None:
    found = pmo.roll_up_objectives(portfolio(projects=PROJECTS.replace(" o1", "O1")))
    assert found["objective_id"].tolist()[:2] == ["O1", "O2"]
    assert found["attainment"].isna().all()
    assert found["bac"].sum() == 400


def plan(*rows: tuple[str | None, str | None, str | None, pd.Timestamp | None, float]) -> pd.DataFrame:
    columns = ["named_person", "entity_id", "kind", "for_period", "demand_fte"]
    return pd.DataFrame(list(rows), columns=columns).assign(role="Engineer")


def test_people_booked_for_more_than_one_job_are_named_with_their_projects() -> None:
    found = pmo.overbooked_people(
        portfolio(
            resources=plan(
                ("Ada", "P2", "committed", JULY, 0.7),
                (" ada", "P1", "forecast", JULY, 0.6),
                ("Ada", "P3", "requested", JULY, 0.9),
                ("Ada", "P1", None, None, 1.2),
                ("Bo", "P1", "committed", JULY, 0.5),
                ("Bo", "P2", "committed", JULY, 0.5),
                (None, "P1", "committed", JULY, 9.0),
            )
        )
    )
    assert found["project_ids"].tolist() == ["P1; P2", "P1"]
    assert found["fte"].tolist() == pytest.approx([1.3, 1.2])
    assert found["for_period"].tolist() == [JULY, JUNE]
    assert found["projects"].tolist() == [2, 1]


def test_nobody_is_booked_twice_where_no_plan_came() -> None:
    assert pmo.overbooked_people(portfolio()).empty
