"""The parts of the first page, on small portfolios whose answers are known."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report import registers
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.exposure import SLIP_BANDS, expose
from pmo_analytics.report.sentences import reporting_sentence, sentences
from pmo_analytics.report.watching import to_watch

from .conftest import AS_OF, EARLIER, project, status, typed

MARCH = pd.Timestamp("2026-03-31")


def _of(projects: list[dict[str, Any]], statuses: list[dict[str, Any]], **more: Any) -> Portfolio:
    tables = {"projects": typed("projects", projects), "status": typed("status", statuses)}
    tables |= {name: typed(name, rows) for name, rows in more.items()}
    return Portfolio(tables=tables, as_of=AS_OF, delivered=frozenset(tables))


def _both(number: int, then: dict[str, Any], now: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """A project in May and June with what is said of it."""
    return (
        [project(number, period=EARLIER), project(number)],
        [status(number, period=EARLIER, **then), status(number, **now)],
    )


def _join(*parts: tuple[list[Any], list[Any]]) -> Portfolio:
    return _of([row for rows, _ in parts for row in rows], [row for _, rows in parts for row in rows])


@pytest.fixture(scope="module")
def story() -> Contents:
    """One turns red, one is carried forward, one is silent, one joins, one finishes, one stops."""
    red = {"rag_overall": "red", "rag_reported": "red"}
    silent = dict.fromkeys(
        ("rag_overall", "rag_reported", "rag_scale", "pv", "ev", "ac", "bac", "forecast_finish", "currency")
    )
    return contents(
        _of(
            [
                *(project(n, period=EARLIER) for n in (1, 2, 3)),
                *(project(n) for n in (1, 2, 3, 4)),
                project(5, period=EARLIER, status="complete"),
                project(6, period=EARLIER, status="cancelled"),
            ],
            [
                *(status(n, period=EARLIER) for n in (1, 2, 5, 6)),
                status(1, **red, eac_reported=4.5e6, path_to_green="Re-plan", path_owner="A. Quill"),
                status(2, carried_from="2026-05"),
                status(3, **silent),
                status(4, eac_reported=3.5e6),
            ],
        )
    )


def test_reported_carried_and_silent_add_up(story: Contents) -> None:
    told = story.briefing.reporting
    assert (told.listed, told.reported, told.carried, told.silent) == (4, 2, 1, 1)
    assert told.carried_share.to_dict() == {"GBP": pytest.approx(1 / 3)}
    assert reporting_sentence(story) == (
        "2 of 4 projects reported; 1 carried forward (33.3% of the GBP budget); nothing is known of 1."
    )


def test_counts_add_up_to_the_projects_of_the_month(story: Contents) -> None:
    counts = story.briefing.counts.set_index(["view", "when"])
    assert counts.loc[("reported", "now"), ["green", "red", "unknown"]].tolist() == [2, 1, 1]
    assert counts.loc[("reported", "before"), ["green", "unknown"]].tolist() == [4, 1]
    colours = ["green", "amber_green", "amber", "amber_red", "red", "unknown"]
    assert (counts[colours].sum(axis=1) == counts["projects"]).all()


def test_money_tells_nothing_known_from_nought(story: Contents) -> None:
    money = story.briefing.money.set_index(["currency", "when"])
    now = money.loc[("GBP", "now")]
    assert (now["green"], now["amber"], now["red"]) == (8e6, 0.0, 4e6)
    assert pd.isna(now["unknown"])


def test_amounts_now_before_and_like_for_like(story: Contents) -> None:
    amounts = story.briefing.amounts.set_index("metric")
    assert amounts.loc["bac", ["now", "before", "change"]].tolist() == [12e6, 16e6, 0.0]
    assert amounts.loc["overspend", ["now", "used", "projects"]].tolist() == [0.0, 2, 4]
    assert pd.isna(amounts.loc["overspend", "change"])


def test_who_joined_and_what_became_of_the_others(story: Contents) -> None:
    moves = story.briefing.moves.set_index("project_id")["what"].to_dict()
    assert moves == {"P004": "joined", "P005": "finished", "P006": "stopped"}


def test_a_merger_says_into_what() -> None:
    merged = {"source_id": "p005", "relation": "merged_into", "project_id": "P001", "period": AS_OF}
    made = _of(
        [project(1, period=EARLIER), project(1), project(5, period=EARLIER)],
        [status(1, period=EARLIER), status(1), status(5, period=EARLIER)],
        identities=[merged],
    )
    assert contents(made).briefing.moves["what"].tolist() == ["merged into P001"]


def test_the_red_one_is_watched_since_when_and_with_its_path(story: Contents) -> None:
    row = story.briefing.watch.set_index("project_id").loc["P001"]
    assert (row["rag_reported"], row["path"]) == ("red", "Re-plan (A. Quill)")
    assert row["why"]


def test_since_is_the_start_of_the_unbroken_run() -> None:
    bad = {"ac": 2e6}
    rows = [(MARCH, bad), (pd.Timestamp("2026-04-30"), {}), (EARLIER, bad), (AS_OF, bad)]
    made = _of(
        [project(1, period=period) for period, _ in rows],
        [status(1, period=period, **figures) for period, figures in rows],
    )
    watch = contents(made).briefing.watch
    assert watch["since"].tolist() == [EARLIER]
    assert watch["from_start"].tolist() == [False]
    assert watch["path"].tolist() == ["no path given"]


def test_worst_then_widest_gap_then_largest_budget_are_watched() -> None:
    rated = pd.DataFrame(
        {
            "project_id": list("abcdefg"),
            "project_name": list("abcdefg"),
            "rag_reported": ["green", "red", "amber", "green", None, "amber", "green"],
            "rag_computed": ["green", "red", "red", "red", None, "amber", "amber"],
            "carried_from": None,
            "bac": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        }
    )
    history = rated.assign(period=AS_OF)
    reasons = pd.DataFrame(columns=["project_id", "dimension", "colour", "sentence"], dtype="str")
    watch = to_watch(_of([], []), rated, history, reasons)
    assert watch["project_id"].tolist() == ["d", "c", "b", "g", "f"]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"needed_by": EARLIER}, "overdue"),
        ({"needed_by": AS_OF}, "waiting"),
        ({"needed_by": None}, "waiting"),
        ({"needed_by": EARLIER, "decision": "pending"}, "overdue"),
        ({"needed_by": EARLIER, "decision": "approve"}, "done"),
        ({"needed_by": EARLIER, "decision_date": AS_OF}, "done"),
    ],
)
def test_states_of_a_decision(row: dict[str, Any], state: str) -> None:
    made = _of(
        [project(1)],
        [status(1)],
        decisions=[{"decision_id": "D1", "entity_id": "P001", "period": AS_OF, **row}],
    )
    assert registers.decisions(made)["state"].tolist() == [state]


def test_exposure_counts_every_row_once() -> None:
    risk = {"entity_id": "P001", "period": AS_OF, "status": "open", "kind": "threat"}
    scores = [(5, 5), (5, 5), (1, 2), (None, 3), (2.5, 2)]
    rows = [risk | {"risk_id": f"R{at}", "p_score": p, "i_score": i} for at, (p, i) in enumerate(scores)]
    rows += [risk | {"risk_id": "O1", "kind": "opportunity", "p_score": 3, "i_score": 3}]
    rows += [risk | {"risk_id": "C1", "status": "closed", "p_score": 3, "i_score": 3}]
    days = [0, -3, 1, 30, 31, 91, None]
    base = pd.Timestamp("2026-07-01")
    plan = [
        {
            "milestone_id": f"M{at}",
            "entity_id": "P001",
            "period": AS_OF,
            "baseline_date": base,
            "forecast_date": None if day is None else base + pd.Timedelta(days=day),
        }
        for at, day in enumerate(days)
    ]
    made = _of([project(1)], [status(1)], risks=rows, milestones=plan)
    exposure = expose(registers.milestones(made), registers.risks(made), registers.issues(made))
    assert exposure.grid.loc[5, 5] == 2
    assert exposure.grid.loc[1, 2] == 1
    assert (int(exposure.grid.to_numpy().sum()), exposure.unscored) == (3, 2)
    assert exposure.categories[["threats", "opportunities"]].sum().tolist() == [5, 1]
    assert exposure.slips["milestones"].tolist() == [2, 2, 1, 1, 1]
    assert len(exposure.slips) == len(SLIP_BANDS) + 1


def test_sentences_say_what_is_not_known(empty: Portfolio) -> None:
    said = sentences(contents(empty))
    assert said[0] == "There are no projects in the period."
    assert said[1] == "No budget is known."
    assert said[2].startswith("Gates in the next 90 days: not known; milestones overdue: not known")
    assert "no decision requested" in said[2]
