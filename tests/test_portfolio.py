"""Portfolio: periods, projects and leavers, parts of it, and the entity tree."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import UnknownName


@pytest.fixture
def portfolio() -> pmo.Portfolio:
    return pmo.from_frames(
        projects=pd.DataFrame(
            {
                "project_id": ["P1", "P2", "P3", "P1", "P2"],
                "period": ["2026-05", "2026-05", "2026-05", "2026-06", "2026-06"],
                "project_name": ["One", "Two", "Three", "One", "Two"],
                "programme_id": ["RAIL", "ROAD", "ROAD", "RAIL", "RAIL"],
                "department": ["D1", "D2", "D2", "D1", "D2"],
            }
        ),
        status=pd.DataFrame(
            {
                "project_id": ["P1", "P2", "P3", "P1", "P4"],
                "period": ["2026-05", "2026-05", "2026-05", "2026-06", "2026-06"],
                "ev": [1, 2, 3, 4, 5],
                "rag_overall": ["Green"] * 5,
            }
        ),
        risks=pd.DataFrame(
            {"risk_id": ["R1", "R2", "R3"], "entity_id": ["P1", "rail", "P3"], "title": ["a", "b", "c"]}
        ),
        period="2026-06",
    )


def test_projects_are_those_of_the_latest_period(portfolio: pmo.Portfolio) -> None:
    assert portfolio.period == pd.Timestamp("2026-06-30")
    assert portfolio.project_ids == ("P1", "P2", "P4")
    assert portfolio.leavers == ("P3",)


def test_an_earlier_day_shows_the_earlier_portfolio(portfolio: pmo.Portfolio) -> None:
    may = portfolio.at("2026-05-31")
    assert may.project_ids == ("P1", "P2", "P3")
    assert may.leavers == ()
    assert portfolio.project_ids == ("P1", "P2", "P4")
    with pytest.raises(UnknownName, match="Known: 2026-05, 2026-06"):
        portfolio.at("2025-01-31")


def test_only_keeps_what_belongs_in_each_period(portfolio: pmo.Portfolio) -> None:
    rail = portfolio.only(programme_id="RAIL")
    assert rail.project_ids == ("P1", "P2")
    assert sorted(rail.status["ev"]) == [1, 2, 4]  # the report of May is carried into June
    assert sorted(rail.risks["risk_id"]) == ["R1", "R2"]
    assert rail.as_of == portfolio.as_of
    both = portfolio.only(department=["D1", "D2"], programme_id="ROAD")
    assert set(both.projects["project_id"]) == {"P2", "P3"}


def test_only_names_the_columns_there_are(portfolio: pmo.Portfolio) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'programme_id'"):
        portfolio.only(programme="RAIL")


def test_only_of_nothing_is_an_empty_portfolio(portfolio: pmo.Portfolio) -> None:
    none = portfolio.only(programme_id="SEA")
    assert none.project_ids == ()
    assert none.period is None
    assert pmo.measure(none).empty


def test_the_tree_of_entities_comes_from_the_project_list(portfolio: pmo.Portfolio) -> None:
    tree = portfolio.entities.set_index("entity_id")
    assert tree.loc["P2", ["kind", "parent_id"]].tolist() == ["project", "RAIL"]
    assert tree.loc["RAIL", "kind"] == "programme"
    assert "entities" not in portfolio.delivered


def test_ids_take_the_form_of_the_project_list(portfolio: pmo.Portfolio) -> None:
    assert portfolio.risks.set_index("risk_id").loc["R2", "entity_id"] == "RAIL"


def test_an_absent_table_is_empty_and_typed(portfolio: pmo.Portfolio) -> None:
    assert portfolio.issues.empty
    assert "issues" not in portfolio.delivered
    assert str(portfolio.issues["due"].dtype) == "datetime64[us]"


def test_a_status_of_no_project_is_found(portfolio: pmo.Portfolio) -> None:
    told = portfolio.findings.query("code == 'UNRESOLVED_LINK'")
    assert told["value"].tolist() == ["P4"]
