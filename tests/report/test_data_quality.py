"""Data quality as people read it: in the check, in the workbook, on the page."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.loading.frames import from_frames
from pmo_analytics.metrics.data_quality import roll_up_quality, score_quality
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report.checking import check_record, check_text
from pmo_analytics.report.contents import contents
from pmo_analytics.report.data_quality import reporting_words, score_words
from pmo_analytics.report.listings import quality
from pmo_analytics.report.missing import with_metrics
from pmo_analytics.report.profile_draft import metrics_needing
from pmo_analytics.schemas.settings import Settings

LISTED = {
    "project_id": ["P1", "P2", "P3"],
    "project_name": ["Line", "Harbour", "Depot"],
    "department": ["Rail", "Ports", "Rail"],
    "baseline_finish": ["2027-03-31"] * 3,
    "wlc_budget": [900, 500, 300],
}
REPORTED = {
    "project_id": ["P1", "P2"],
    "pv": [40, 10],
    "ev": [40, "?"],
    "ac": [40, 10],
    "bac": [100, 300],
    "forecast_finish": ["2027-03-31"] * 2,
    "submitted_date": ["2026-07-02", "2026-07-08"],
}


def portfolio(reports_due: int | None = 3, **more: Any) -> Portfolio:
    return from_frames(
        projects=pd.DataFrame(LISTED | more),
        status=pd.DataFrame(REPORTED),
        as_of="2026-06-30",
        config=Settings(reports_due=reports_due),
    )


def test_check_says_it_in_text_and_as_json() -> None:
    made = portfolio()
    record = check_record(made)
    scored = score_quality(made).set_index("project_id")["quality_score"]
    # P1 has nothing against it; of P2 one cell cannot be read and the report is late; P3 did not report
    assert scored["P1"] == 100
    assert scored["P3"] < scored["P2"] < 100
    text = check_text(record)
    mean = (100 * scored["P1"] + 300 * scored["P2"]) / 400
    told = f"data quality {mean:.0f} of 100 (weighted by budget at completion; 2 of 3 projects)"
    assert f"{told}, the worst {scored['P3']:.0f}" in text
    assert (
        "reports in time: 1 of 3 (33%), 1 missing; days after the day due: median 2, P80 3.8, most 5" in text
    )
    assert f"lowest: P3 {scored['P3']:.0f}, P2 {scored['P2']:.0f}, P1 100" in text
    plain = json.loads(json.dumps(record["quality"], allow_nan=False))
    assert plain["portfolio"]["quality_score"] == pytest.approx(mean)
    assert [row["project_id"] for row in plain["projects"]] == ["P1", "P2", "P3"]
    assert plain["projects"][2]["in_time"] is False
    assert plain["projects"][0]["report_due"] == "2026-07-03"
    assert plain["by_currency"] == []


def test_what_is_not_known_says_why() -> None:
    text = check_text(check_record(portfolio(None, currency=["GBP", "USD", "GBP"])))
    assert "data quality not defined (several currencies), the worst" in text
    assert "in USD: data quality" in text
    assert "not known, no due day is set (reports_due in the settings); 3 due, 1 missing" in text


def test_a_portfolio_of_nobody_has_no_score() -> None:
    empty = Portfolio(tables={}, as_of=pd.Timestamp("2026-06-30"))
    record = check_record(empty)["quality"]
    assert record["portfolio"]["quality_score"] is None
    text = check_text(check_record(empty))
    assert "data quality not defined (no data)" in text
    assert "reports in time: none was due" in text


def test_workbook_and_page_list_the_lowest_first() -> None:
    made = contents(portfolio())
    listing = quality.scores(made)
    assert listing.rows["project_id"].tolist() == ["P3", "P2", "P1"]
    assert listing.rows["in_time_words"].tolist() == ["no, missing", "no", "yes"]
    for told in (listing.told, quality.findings(made).told):
        assert "Data quality " in told
        assert "Reports in time: 1 of 3 (33%), 1 missing" in told


def test_the_current_month_is_scored_or_every_one() -> None:
    ends = pd.to_datetime(["2026-05-31", "2026-06-30"])
    listed = pd.DataFrame({"project_id": "P1", "project_name": "Depot", "period": ends})
    made = from_frames(projects=listed, as_of="2026-06-30")
    assert (len(score_quality(made)), len(score_quality(made, by_period=True))) == (1, 2)


def test_groups_are_those_asked_for() -> None:
    made = portfolio()
    rolled = roll_up_quality(made, by="department").set_index("department")
    scored = score_quality(made).set_index("project_id")["quality_score"]
    assert rolled.loc["Ports", "quality_score"] == pytest.approx(scored["P2"])
    # the depot has no budget at completion and weighs nothing where others have one; it is the worst all the same
    assert rolled.loc["Rail", "quality_score"] == pytest.approx(scored["P1"])
    assert rolled.loc["Rail", "quality_worst_projects"] == "P3"


@pytest.mark.parametrize(
    ("row", "day_due", "words"),
    [
        ({"reports_due": 0.0}, True, "reports in time: none was due"),
        (
            {"reports_due": 2.0},
            True,
            "reports in time: not known, no report says when it came; 2 due, 0 missing",
        ),
        (
            {"reports_due": 3.0, "reporting_timeliness": 0.5, "reporting_timeliness_n_used": 2.0},
            True,
            "reports in time: 1 of 2 (50%), 0 missing; of 1 report it is not known",
        ),
    ],
)
def test_reporting_words(row: dict[str, Any], day_due: bool, words: str) -> None:
    nothing = {
        "reporting_timeliness": None,
        "reports_missing": 0.0,
        "reporting_timeliness_n_used": 0.0,
        "late_days_median": None,
    }
    assert reporting_words(nothing | row, day_due) == words


def test_score_words_say_what_weighs() -> None:
    row = {"quality_score": 75.0, "quality_score_n_used": 1.0, "projects": 1.0, "quality_worst": 75.0}
    assert score_words(row | {"coverage_weight": "count"}) == (
        "data quality 75 of 100 (each project once; 1 of 1 project), the worst 75"
    )


def test_a_missing_column_says_how_many_metrics_need_it() -> None:
    status = pd.DataFrame({"project_id": ["P1"], "bac": [100], "ac": [40], "pv": [40]})
    made = from_frames(status=status, as_of="2026-06-30")
    needed = metrics_needing()
    assert needed["status.ev"] > 10
    for findings in (pd.DataFrame(check_record(made)["findings"]), contents(made).findings):
        told = findings[findings["code"] == "MISSING_COLUMN"].set_index("column")["message"]
        assert told["ev"].endswith(f" {needed['status.ev']} metrics need it.")
        # the finding of the floor below does not know metrics
        assert set(made.findings["message"]).isdisjoint(told)


@pytest.mark.parametrize(
    ("column", "words"),
    [("wlc_budget", "Gone. 1 metric needs it."), ("department", "Gone. No metric needs it.")],
)
def test_one_metric_and_none(column: str, words: str) -> None:
    one = {"code": ["MISSING_COLUMN"], "table": ["projects"], "column": [column], "message": ["Gone."]}
    assert with_metrics(pd.DataFrame(one))["message"].item() == words
