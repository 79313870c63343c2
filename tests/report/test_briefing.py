"""The parts of the first page, on small portfolios whose answers are known."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pmo_analytics.metrics.registers import REGISTERS
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.report import registers
from pmo_analytics.report.contents import Contents, contents
from pmo_analytics.report.exposure import SLIP_BANDS, expose
from pmo_analytics.report.listings.matrix import matrix
from pmo_analytics.report.sentences import reporting_sentence, sentences
from pmo_analytics.report.watching import to_watch
from pmo_analytics.schemas.tables import table

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
        "2 of 4 projects reported; 1 carried forward (33.3% of the GBP budget); 1 gave no report."
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
            "currency": "GBP",
            "bac": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        }
    )
    history = rated.assign(period=AS_OF)
    reasons = pd.DataFrame(columns=["project_id", "dimension", "colour", "sentence"], dtype="str")
    reasons = reasons.assign(hard=pd.Series(dtype="bool"))
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
    assert exposure.grid.loc[3, 2] == 1, "2.5 is drawn in the step above, as in the heat map"
    assert (int(exposure.grid.to_numpy().sum()), exposure.unscored) == (4, 1)
    assert exposure.categories[["threats", "opportunities"]].sum().tolist() == [5, 1]
    assert exposure.slips["milestones"].tolist() == [2, 2, 1, 1, 1]
    assert len(exposure.slips) == len(SLIP_BANDS) + 1


def test_sentences_say_what_is_not_known(empty: Portfolio) -> None:
    said = sentences(contents(empty))
    assert said[0] == "There are no projects in the period."
    assert said[1] == "No budget is known."
    assert said[2].startswith("Gates in the next 90 days: not known; milestones overdue: not known")
    assert "no decision log was delivered" in said[2]


def test_a_budget_counts_within_its_own_currency() -> None:
    rated = pd.DataFrame(
        {
            "project_id": ["yen", "small yen", "pound"],
            "project_name": [None, "S", "P"],
            "rag_reported": "red",
            "rag_computed": "red",
            "carried_from": None,
            "currency": ["JPY", "JPY", "GBP"],
            "bac": [6e9, 4e9, 1e6],
        }
    )
    reasons = pd.DataFrame(columns=["project_id", "dimension", "colour", "sentence"], dtype="str")
    reasons = reasons.assign(hard=pd.Series(dtype="bool"))
    watch = to_watch(_of([], []), rated, rated.assign(period=AS_OF), reasons)
    assert watch["project_id"].tolist() == ["pound", "yen", "small yen"]
    assert watch["project_name"].tolist() == ["P", "yen", "S"]


@pytest.fixture(scope="module")
def moved() -> Contents:
    """May to June: one carried, one of another currency, one red without a figure behind it, one out of budget."""
    red = {"rag_overall": "red", "rag_reported": "red"}
    made = _join(
        _both(1, {"bac": 10e6}, {"bac": 20e6, "carried_from": "2026-05"}),
        _both(2, {"bac": 10e6}, {"bac": 30e6, "currency": None}),
        _both(3, red | {"eac_reported": 3.9e6}, red | {"eac_reported": 4.1e6}),
        _both(4, {}, {"ac": 5e6, "bac": None, "eac_reported": 50e6}),
        _both(5, {}, {"ac": 5e6, "ev": 3.9e6, "pv": 3.9e6}),
    )
    late = {"entity_id": "P001", "type": "gate", "gate_code": "3", "baseline_date": EARLIER}
    plan = [
        late | {"milestone_id": "G1", "period": AS_OF, "forecast_date": EARLIER},
        late | {"milestone_id": "G2", "period": AS_OF, "forecast_date": AS_OF + pd.Timedelta(days=9)},
    ]
    tables = dict(made.tables)
    tables["projects"] = (
        tables["projects"]
        .assign(
            currency=[
                None if (row == "P002" and day == AS_OF) else "GBP"
                for row, day in zip(
                    tables["projects"]["project_id"], tables["projects"]["period"], strict=True
                )
            ]
        )
        .astype({"currency": "str"})
    )
    tables["milestones"] = typed("milestones", plan)
    tables["risks"] = typed(
        "risks",
        [
            {"risk_id": "R1", "entity_id": "P001", "period": EARLIER, "status": "open"},
            {"risk_id": "R2", "entity_id": "P002", "period": AS_OF, "status": "open"},
        ],
    )
    return contents(Portfolio(tables=tables, as_of=AS_OF, delivered=frozenset(tables)))


def test_like_for_like_leaves_out_the_carried_and_the_changed_currency(moved: Contents) -> None:
    amounts = moved.briefing.amounts.set_index(["currency", "metric"])
    assert amounts.loc[("GBP", "bac"), "change"] == 0.0
    assert amounts.loc[("GBP", "eac_reported"), "change"] == pytest.approx(2e5)
    assert pd.isna(amounts.loc[("currency not stated", "bac"), "change"])


def test_a_forecast_is_told_with_its_own_number_of_projects(moved: Contents) -> None:
    money = sentences(moved)[1]
    assert (
        "approved for 3 of 4 projects; 54.1m forecast for 2; 100,000 above budget in the 1 that have both"
        in money
    )
    assert "Currency not stated: 30.0m approved for 1 of 1 project; no forecast is known" in money


def test_what_cannot_be_compared_is_said(moved: Contents) -> None:
    assert "since May 2026 0 improved, 0 worsened and 1 cannot be compared" in sentences(moved)[0]


def test_all_carried_is_no_movement_at_all() -> None:
    made = _join(_both(1, {}, {"carried_from": "2026-05"}), _both(2, {}, {"carried_from": "2026-05"}))
    said = contents(made)
    assert "; no colour can be compared with May 2026;" in sentences(said)[0]
    assert said.briefing.amounts["change"].isna().all()


def test_without_both_colours_no_comparison_is_claimed() -> None:
    bare = dict.fromkeys(("rag_overall", "rag_reported"))
    said = sentences(contents(_of([project(1)], [status(1, **bare)])))
    assert "no project has both a reported and a computed colour" in said[0]


def test_an_overdue_gate_is_not_ahead(moved: Contents) -> None:
    assert moved.briefing.gates["milestone_id"].tolist() == ["G2"]
    assert sentences(moved)[2].startswith(
        "1 gate in the next 90 days, 1 later than planned; 1 milestone overdue"
    )


def test_registers_of_an_older_delivery_are_said_to_be_left_out(moved: Contents) -> None:
    assert {name: count for name, count in moved.left_out.items() if count} == {"risks": 1}
    assert set(moved.left_out) == {name for name in REGISTERS if table(name).has_period}
    assert "risks of 1 project stand in an older delivery only and are not counted" in sentences(moved)[2]


def test_why_follows_the_worse_colour_and_names_a_hard_rule_first(moved: Contents) -> None:
    watch = moved.briefing.watch.set_index("project_id")
    assert watch.loc["P005", "why"].startswith("the budget is spent and work is left (a hard rule); CPI")
    assert watch.loc["P003", "why"].startswith("reported red; the figures say ")
    assert watch.loc["P003", "since"] == EARLIER
    assert moved.briefing.watched >= len(watch)


def test_a_colour_carried_in_the_month_before_keeps_its_mark() -> None:
    amber = {"rag_overall": "amber", "rag_reported": "amber"}
    rows = [
        (pd.Timestamp("2026-04-30"), amber),
        (EARLIER, amber | {"carried_from": "2026-04"}),
        (AS_OF, amber),
    ]
    made = contents(
        _of(
            [project(1, period=day) for day, _ in rows], [status(1, period=day, **said) for day, said in rows]
        )
    )
    row = matrix(made).rows.iloc[0]
    assert row["colour_before"] == "A Amber (Apr 2026)"
    assert row["before_note"] == "Not reported; carried forward from Apr 2026"
    assert row["move"] == "cannot be compared"


def test_of_a_month_before_joining_no_report_is_claimed(story: Contents) -> None:
    notes = matrix(story).rows.set_index("project_id")["before_note"]
    assert (notes["P004"], notes["P001"]) == ("Not in the list of May 2026", "As reported for May 2026")
    alone = contents(_of([project(1)], [status(1)]))
    assert matrix(alone).rows["before_note"].tolist() == ["There is no period before"]
