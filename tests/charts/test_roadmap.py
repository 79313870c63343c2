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
    assert figure.layout.title.subtitle.text.startswith("1 gate belongs to no project in this chart and is")
    assert shown + 1 == (plan["type"] == "gate").sum()
    assert charts.roadmap_table(projects(6), milestones=plan)["Gates"].sum() == shown


def test_a_gate_without_a_date_is_counted() -> None:
    plan = milestones(1).assign(forecast_date=pd.NaT)
    figure = charts.roadmap(projects(1), milestones=plan, as_of=AS_OF)
    assert figure.layout.title.subtitle.text == "1 gate has no date and is not drawn"


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


def test_a_forecast_that_was_carried_forward_says_from_when() -> None:
    key = {"project_id": ["P1", "P2", "P3", "P4"], "period": pd.to_datetime([AS_OF] * 4)}
    listed = projects(4).assign(**key, forecast_finish=pd.to_datetime(pd.Series(["2027-01-31"] * 4)))
    finish = pd.to_datetime(pd.Series(["2027-01-01", None, "2027-03-01", "2027-04-01"]))
    status = pd.DataFrame(
        {**key, "forecast_finish": finish, "carried_from": ["2026-05"] * 2 + [None, "2026-05"]}
    )
    dated = charts.project_dates(Portfolio({"projects": listed, "status": status}, pd.Timestamp(AS_OF)))
    assert dated["carried_from"].fillna("").tolist() == ["2026-05", "", "", "2026-05"]
    table = charts.roadmap_table(dated).set_index("Project ID")
    # P4 is finished: its finish is from the list.
    assert table["Finish carried from"].dropna().to_dict() == {"P1": "May 2026"}
    end = charts.roadmap(dated, as_of=AS_OF).data[-1]
    assert [text.strip() for text in end.text if "May" in text] == ["+31 d (May 2026)"]
    assert sum("Finish carried from: May 2026" in hover for hover in end.customdata) == 1


def test_what_happened_goes_before_what_is_expected() -> None:
    days = {
        "actual_start": "2025-01-15",
        "forecast_start": "2025-02-15",
        "actual_finish": "2026-03-01",
        "forecast_finish": "2026-09-01",
    }
    frame = projects(1).assign(**{name: pd.Timestamp(day) for name, day in days.items()})
    assert charts.roadmap_table(frame)[["Start", "Finish"]].astype("str").iloc[0].tolist() == [
        "2025-01-15",
        "2026-03-01",
    ]
    bar = next(trace for trace in charts.roadmap(frame, as_of=AS_OF).data if trace.name == "now")
    assert list(bar.x) == ["2025-01-15", "2026-03-01", None]
