from __future__ import annotations

import pandas as pd
import pytest

from charts.frames import AS_OF, marks, milestones, projects
from pmo_analytics import charts
from pmo_analytics.portfolio import Portfolio


@pytest.mark.parametrize("rows", [1, 6, 40, 700])
def test_every_project_has_a_row_and_an_end(rows: int) -> None:
    figure = charts.roadmap(projects(rows), as_of=AS_OF)
    assert marks(figure, "finish") == rows
    assert len(set(figure.data[-1].y)) == rows


def test_projects_stand_under_their_programme() -> None:
    figure = charts.roadmap(projects(6), as_of=AS_OF)
    labels = list(figure.layout.yaxis.ticktext)
    assert labels[:4] == ["<b>Bridge</b>", "Bridge", "<b>PORTS</b>", "P5"]
    assert labels[4:7] == ["<b>RAIL</b>", "Tunnel", "Quay"]
    assert labels[7] == "<b>no programme</b>"
    assert labels[-1] == "no name"


def test_slips_and_gaps_are_said_in_words() -> None:
    figure = charts.roadmap(projects(6), as_of=AS_OF)
    words = [text.strip() for text in figure.data[-1].text]
    assert words == [
        "no finish now",
        "no dates",
        "+61 d",
        "-215 d",
        "no baseline",
        "no dates",
    ]
    assert figure.layout.annotations[0].text == "no dates"


def test_every_gate_is_a_diamond_or_counted() -> None:
    plan = milestones(6)
    figure = charts.roadmap(projects(6), milestones=plan, as_of=AS_OF)
    shown = sum(len(trace.x) for trace in figure.data if trace.name.startswith("gate "))
    assert figure.layout.title.subtitle.text.startswith("Gates not drawn: 1 of no project shown here")
    assert shown + 1 == (plan["type"] == "gate").sum()
    assert charts.roadmap_table(projects(6), milestones=plan)["Gates"].sum() == shown


def test_a_gate_without_a_date_is_counted() -> None:
    plan = milestones(1).assign(forecast_date=pd.NaT)
    figure = charts.roadmap(projects(1), milestones=plan, as_of=AS_OF)
    assert figure.layout.title.subtitle.text == "Gates not drawn: 1 without a date"


def test_gates_stand_on_the_row_of_their_project() -> None:
    figure = charts.roadmap(projects(6), milestones=milestones(1), as_of=AS_OF)
    gate = next(trace for trace in figure.data if trace.name == "gate overdue")
    assert figure.layout.yaxis.ticktext[gate.y[0]] == "Tunnel"


def test_the_dates_of_a_portfolio_have_the_forecast_of_status_first() -> None:
    key = {"project_id": ["P1", "P2"], "period": pd.to_datetime(["2026-06-30"] * 2)}
    listed = projects(2).drop(columns="project_id").assign(**key)
    finish = pd.to_datetime(pd.Series(["2028-01-01", None]))
    status = pd.DataFrame({**key, "forecast_finish": finish})
    dated = charts.project_dates(Portfolio({"projects": listed, "status": status}, pd.Timestamp(AS_OF)))
    assert dated["forecast_finish"].dt.year.tolist()[0] == 2028
    assert marks(charts.roadmap(dated, as_of=AS_OF), "finish") == 2
