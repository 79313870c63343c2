"""Roll-ups: invariants over the whole catalogue, groups, periods, currencies, coverage, colours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from made_up_governance import governance
from pmo_analytics.errors import UnknownName
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.measure import RollUp, Unit
from pmo_analytics.metrics.measuring import measure
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.rollups import count_colours, roll_up, weigh_colours
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

AS_OF = "2026-06-30"
JUNE = pd.Timestamp(AS_OF)


def status(*rows: dict[str, Any], period: str = AS_OF) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).assign(period=pd.Timestamp(period))


def made_up() -> dict[str, pd.DataFrame]:
    """Twelve projects in four departments, every figure there, registers that name projects only."""
    rng = np.random.default_rng(7)
    ids = [f"P{n:02d}" for n in range(12)]
    bac = rng.uniform(100, 1000, 12)
    start, finish = pd.Timestamp("2026-01-01"), pd.Timestamp("2026-12-31")
    days = pd.to_timedelta(rng.integers(-20, 90, 12), unit="D")
    projects = pd.DataFrame(
        {
            "project_id": ids,
            "department": [["A", "B", "C", None][n % 4] for n in range(12)],
            "currency": "GBP",
            "wlc_budget": bac * 2,
            "baseline_start": start,
            "baseline_finish": finish,
            "forecast_finish": finish + days,
            "actual_finish": [JUNE, None] * 6,
            "period": JUNE,
        }
    )
    reports = pd.DataFrame(
        {
            "project_id": ids,
            "period": JUNE,
            "bac": bac,
            "pv": bac * 0.5,
            "ev": bac * rng.uniform(0.2, 0.8, 12),
            "ac": bac * rng.uniform(0.2, 0.8, 12),
            "eac_reported": bac * 1.1,
            "currency": "GBP",
        }
    )
    owners = ids * 2
    risks = pd.DataFrame(
        {
            "risk_id": [f"R{n}" for n in range(24)],
            "entity_id": owners,
            "period": JUNE,
            "kind": ["threat", "threat", "opportunity"] * 8,
            "prob_residual": rng.uniform(0.1, 0.9, 24),
            "p_score": rng.integers(1, 6, 24).astype(float),
            "i_score": rng.integers(1, 6, 24).astype(float),
            "impact_cost_ml": rng.uniform(1, 50, 24),
            "status": ["open", "open", "closed"] * 8,
        }
    )
    dates = pd.to_timedelta(rng.integers(-60, 100, 24), unit="D") + JUNE
    milestones = pd.DataFrame(
        {
            "milestone_id": [f"M{n}" for n in range(24)],
            "entity_id": owners,
            "period": JUNE,
            "type": ["gate", "key"] * 12,
            "baseline_date": dates,
            "forecast_date": dates + pd.to_timedelta(rng.integers(-5, 30, 24), unit="D"),
            "actual_date": [JUNE, None, None] * 8,
            "gate_code": "G1",
        }
    )
    issues = pd.DataFrame(
        {
            "issue_id": [f"I{n}" for n in range(24)],
            "entity_id": owners,
            "period": JUNE,
            "opened": JUNE - pd.to_timedelta(rng.integers(1, 200, 24), unit="D"),
            "due": dates,
        }
    )
    made = {
        "projects": projects,
        "status": reports,
        "milestones": milestones,
        "risks": risks,
        "issues": issues,
    }
    made = further(rng, made)
    return with_earlier_months(made | governance(rng, ids, made["status"]["bac"]))


def with_earlier_months(made: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with a May in which less was spent, less expected, and the finish sooner; and forecasts of March."""
    march, may = JUNE - pd.offsets.MonthEnd(3), JUNE - pd.offsets.MonthEnd(1)
    projects, reports = made["projects"], made["status"]
    sooner = projects["forecast_finish"] - pd.Timedelta(days=9)
    projects_before = projects.drop(columns="actual_finish").assign(period=may, forecast_finish=sooner)
    earliest = projects_before.assign(period=march, forecast_finish=sooner - pd.Timedelta(days=30))
    before = reports.assign(period=may, ac=reports["ac"] * 0.7, eac_reported=reports["eac_reported"] * 0.9)
    first = before.drop(columns="ac").assign(period=march, eac_reported=reports["eac_reported"] * 0.7)
    return made | {
        "projects": pd.concat([earliest, projects_before, projects]),
        "status": pd.concat([first, before, reports]),
    }


def further(rng: np.random.Generator, made: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with contingency, the fiscal year, responses to risks, decisions and the tasks of plans."""
    bac, ids = made["status"]["bac"], made["projects"]["project_id"]
    finish = JUNE + pd.to_timedelta(rng.integers(-40, 40, 24), unit="D")
    return made | {
        "projects": made["projects"].assign(contingency_budget=bac * 0.1),
        "status": made["status"].assign(
            etc_reported=bac * 0.6,
            budget_fy=bac * 0.3,
            forecast_fy=bac * rng.uniform(0.2, 0.4, 12),
            contingency_used=bac * rng.uniform(0, 0.1, 12),
            contingency_remaining=bac * 0.05,
        ),
        "risks": made["risks"].assign(
            prob_inherent=0.95,
            cost_of_response=rng.uniform(1, 5, 24),
            last_reviewed=finish,
            action_due=finish,
            proximity_date=JUNE + pd.to_timedelta(rng.integers(-40, 300, 24), unit="D"),
        ),
        "issues": made["issues"].assign(escalation_level=["project", "programme"] * 12),
        "decisions": pd.DataFrame(
            {
                "decision_id": [f"D{n}" for n in range(24)],
                "entity_id": [*ids] * 2,
                "period": JUNE,
                "requested_date": JUNE - pd.to_timedelta(rng.integers(10, 90, 24), unit="D"),
                "needed_by": finish,
                "decision": ["pending", "approve", "pending"] * 8,
                "decision_date": [None, JUNE - pd.Timedelta(days=5), None] * 8,
                "amount": rng.uniform(1, 50, 24),
                "gate_code": "G1",
                "board": ["Board", "Board", "Other"] * 8,
                "data_period": pd.Timestamp("2026-03-31"),
                "condition_due": pd.Timestamp("2026-06-15"),
            }
        ),
        "changes": pd.DataFrame(
            {
                "cr_id": [f"C{n}" for n in range(24)],
                "entity_id": [*ids] * 2,
                "period": JUNE,
                "raised": JUNE - pd.to_timedelta(rng.integers(10, 90, 24), unit="D"),
                "decided": [JUNE - pd.Timedelta(days=4)] * 12 + [None] * 12,
                "status": ["approved"] * 12 + ["submitted"] * 12,
                "cost_impact": rng.uniform(-5, 50, 24),
            }
        ),
        "dependencies": pd.DataFrame(
            {
                "dep_id": [f"X{n}" for n in range(24)],
                "entity_id": [*ids] * 2,
                "period": JUNE,
                "need_by": finish,
                "forecast_date": finish + pd.to_timedelta(rng.integers(-9, 9, 24), unit="D"),
                "status": ["agreed", "proposed"] * 12,
            }
        ),
        "benefits": pd.DataFrame(
            {
                "benefit_id": [f"B{n}" for n in range(36)],
                "for_period": JUNE,
                "entity_id": [*ids] * 3,
                "period": JUNE,
                "type": ["cashable"] * 12 + ["economic"] * 12 + ["disbenefit"] * 12,
                "planned": rng.uniform(10, 50, 36),
                "realised": rng.uniform(10, 50, 36),
            }
        ),
        "evm_periods": pd.DataFrame(
            {
                "project_id": [project for project in ids for _ in range(12)],
                "for_period": [*pd.date_range("2026-01-31", periods=12, freq="ME").as_unit("us")] * 12,
                "period": JUNE,
                "pv_cum": [budget * month / 12 for budget in bac for month in range(1, 13)],
            }
        ),
        "tasks": pd.DataFrame(
            {
                "project_id": [*ids] * 2,
                "task_id": [f"T{n}" for n in range(24)],
                "period": JUNE,
                "baseline_finish": finish,
                "actual_finish": [JUNE - pd.Timedelta(days=8), None] * 12,
                "baseline_start": pd.Timestamp("2026-02-01"),
                "bac": rng.uniform(10, 50, 24),
                "pct_complete": [1.0, 0.2] * 12,
            }
        ),
    }


ADDED = [name for name, metric in CATALOGUE.items() if metric.roll_up is RollUp.SUM]
WORST = [name for name, metric in CATALOGUE.items() if metric.roll_up is RollUp.WORST]


@pytest.fixture(scope="module")
def parts() -> pd.DataFrame:
    return roll_up(made_up(), by="department", as_of=AS_OF)


@pytest.fixture(scope="module")
def whole() -> pd.DataFrame:
    return roll_up(made_up(), as_of=AS_OF)


def test_the_made_up_portfolio_feeds_every_metric(whole: pd.DataFrame) -> None:
    alone = [name for name, metric in CATALOGUE.items() if metric.roll_up is RollUp.NONE]
    assert [name for name in CATALOGUE if whole[name].isna().item()] == alone


@pytest.mark.parametrize("name", ADDED)
def test_parts_add_up_to_the_whole(name: str, parts: pd.DataFrame, whole: pd.DataFrame) -> None:
    assert parts[name].sum() == pytest.approx(whole[name].item())
    assert parts[f"{name}_n_used"].sum() == whole[f"{name}_n_used"].item()


@pytest.mark.parametrize("name", WORST)
def test_the_worst_part_is_the_whole(name: str, parts: pd.DataFrame, whole: pd.DataFrame) -> None:
    assert parts[name].max() == pytest.approx(whole[name].item(), rel=1e-12)


def test_one_project_is_itself() -> None:
    alone = roll_up(made_up(), by="project_id", as_of=AS_OF)
    measured = measure(made_up(), as_of=AS_OF)
    for name in CATALOGUE:
        for column in (name, f"{name}_reason"):
            pd.testing.assert_series_equal(alone[column], measured[column])


def test_the_estimate_of_a_group_is_the_sum_of_its_projects(whole: pd.DataFrame) -> None:
    assert whole["eac_cpi"].item() == pytest.approx(measure(made_up(), as_of=AS_OF)["eac_cpi"].sum())
    assert whole["eac_cpi"].item() != pytest.approx(whole["bac"].item() / whole["cpi"].item())


def test_another_unit_of_money_changes_amounts_only(whole: pd.DataFrame) -> None:
    scaled = {}
    for name, frame in made_up().items():
        money = [c.name for c in table(name).columns.values() if c.kind is Kind.MONEY and c.name in frame]
        scaled[name] = frame.assign(**{column: frame[column] * 1000 for column in money})
    larger = roll_up(scaled, as_of=AS_OF)
    for name, metric in CATALOGUE.items():
        factor = 1000 if metric.unit is Unit.MONEY else 1
        assert larger[name].item() == pytest.approx(whole[name].item() * factor, nan_ok=True), name


def test_a_project_without_earned_value_changes_coverage_only() -> None:
    earned = {"project_id": "A", "pv": 50.0, "ev": 40.0, "ac": 50.0, "bac": 100.0}
    before = roll_up({"status": status(earned)}, as_of=AS_OF)
    after = roll_up({"status": status(earned, {"project_id": "B", "bac": 300.0})}, as_of=AS_OF)
    for name in (
        "cpi",
        "spi",
        "cv",
        "sv",
        "eac_cpi",
        "tcpi_bac",
        "pct_complete",
        "eac_lowest",
        "eac_weighted",
    ):
        assert after[name].item() == pytest.approx(before[name].item())
        assert (before[f"{name}_coverage"].item(), after[f"{name}_coverage"].item()) == (1.0, 0.25)
        assert after[f"{name}_n_used"].item() == 1
    assert after["projects"].item() == 2
    assert after["coverage_weight"].item() == "bac"


@pytest.mark.parametrize(
    ("column", "weight", "covered"),
    [("bac", "bac", 0.25), ("wlc_budget", "wlc_budget", 0.25), ("sponsor", "count", 0.5)],
)
def test_coverage_says_what_weighs(column: str, weight: str, covered: float) -> None:
    listed = status(
        {"project_id": "A", column: 100.0 if weight != "count" else "x"},
        {"project_id": "B", column: 300.0 if weight != "count" else "y"},
    )
    tables = {"projects": listed, "status": status({"project_id": "A", "ev": 1.0})}
    rolled = roll_up(tables, as_of=AS_OF)
    assert rolled["coverage_weight"].item() == weight
    assert rolled["ev_coverage"].item() == covered


def test_projects_without_a_group_form_one(parts: pd.DataFrame) -> None:
    assert parts["department"].iloc[:3].to_list() == ["A", "B", "C"]
    assert pd.isna(parts["department"].iloc[3])
    assert parts["projects"].to_list() == [3, 3, 3, 3]


def two_currencies() -> dict[str, pd.DataFrame]:
    return {
        "status": status(
            {"project_id": "A", "ev": 1.0, "ac": 2.0, "pv": 1.0, "bac": 9.0, "currency": "GBP"},
            {"project_id": "B", "ev": 3.0, "ac": 4.0, "pv": 3.0, "bac": 8.0, "currency": "EUR"},
            {"project_id": "C", "currency": None},
        )
    }


def test_currencies_are_never_added() -> None:
    rolled = roll_up(two_currencies(), as_of=AS_OF)
    for name in ("pv", "ev", "ac", "bac", "cv", "cpi", "spi", "cpi_spi", "eac_cpi", "vac_pct"):
        assert pd.isna(rolled[name].item()), name
        assert rolled[f"{name}_reason"].item() == "MIXED_CURRENCY", name
    assert pd.isna(rolled["cpi_coverage"].item())


def test_totals_by_currency() -> None:
    rolled = roll_up(two_currencies(), by="currency", as_of=AS_OF)
    assert rolled["ev"].iloc[:2].to_list() == [3.0, 1.0]
    assert rolled["ev_reason"].iloc[2] == "NO_DATA"


def test_no_code_is_a_currency_of_its_own() -> None:
    tables = two_currencies()
    tables["status"]["currency"] = ["GBP", None, None]
    assert roll_up(tables, as_of=AS_OF)["ev_reason"].item() == "MIXED_CURRENCY"


def test_each_period_has_its_own_figures() -> None:
    tables = {
        "status": pd.concat(
            [
                status({"project_id": "A", "ev": 10.0, "ac": 20.0}, period="2026-05-31"),
                status({"project_id": "A", "ev": 30.0, "ac": 40.0}),
                status({"project_id": "A", "ev": 99.0, "ac": 99.0}, period="2026-07-31"),
            ]
        ),
        "risks": pd.DataFrame({"risk_id": ["R"], "entity_id": ["A"], "status": ["open"], "period": [JUNE]}),
        "milestones": pd.DataFrame(
            {
                "milestone_id": ["M", "M"],
                "entity_id": ["A", "A"],
                "forecast_date": pd.to_datetime(["2026-06-10", "2026-06-25"]),
                "period": pd.to_datetime(["2026-05-31", "2026-06-30"]),
            }
        ),
    }
    rolled = roll_up(tables, by="period", as_of="2026-06-20")
    assert rolled["cpi"].to_list() == [0.5, 0.75]
    assert rolled["risks_open_reason"].iloc[0] == "NO_DATA"
    assert rolled["risks_open"].iloc[1] == 1
    assert rolled["milestones_due_30"].to_list() == [1, 1]
    now = roll_up(tables, as_of="2026-06-20")
    assert [now[name].item() for name in ("cpi", "risks_open", "milestones_due_30")] == [0.75, 1, 1]


def level_risks() -> dict[str, pd.DataFrame]:
    return {
        "projects": status(
            {"project_id": "A", "programme_id": "RAIL", "department": "N"},
            {"project_id": "B", "programme_id": "ROAD", "department": "N"},
        ),
        "risks": pd.DataFrame(
            {
                "risk_id": ["1", "2", "3", "4"],
                "entity_id": ["A", "RAIL", "RAIL", "ELSEWHERE"],
                "status": "open",
                "period": JUNE,
            }
        ),
    }


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (None, [4]),
        ("project_id", [1, 0]),
        ("programme_id", [3, 0]),
        (["programme_id", "period"], [3, 0]),
        (["programme_id", "department"], [1, 0]),
        ("department", [1]),
        ("period", [4]),
    ],
)
def test_a_risk_of_a_programme_counts_for_the_programme(by: Any, expected: list[int]) -> None:
    assert roll_up(level_risks(), by=by, as_of=AS_OF)["risks_open"].to_list() == expected


def test_an_unknown_column_names_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="programme_id"):
        roll_up(made_up(), by="programm_id", as_of=AS_OF)


def test_nothing_at_all_is_one_row_without_figures() -> None:
    rolled = roll_up({"status": table("status").empty()}, as_of=AS_OF)
    assert rolled["projects"].item() == 0
    assert rolled[list(CATALOGUE)].isna().all(axis=None)
    assert set(rolled[[f"{name}_reason" for name in CATALOGUE]].iloc[0]) == {"NO_DATA"}
    assert rolled["coverage_weight"].item() == "count"
    assert len(roll_up({"status": table("status").empty()}, by="department", as_of=AS_OF)) == 0


def test_a_portfolio_gives_pandas_at_its_own_day() -> None:
    tables = {"status": status({"project_id": "A", "ev": 10.0, "ac": 20.0})}
    portfolio = Portfolio(tables=tables, as_of=JUNE, delivered=frozenset(tables))
    assert roll_up(portfolio)["cpi"].item() == 0.5
    assert roll_up(portfolio)["risks_open_reason"].item() == "NO_DATA"


RATED = pd.DataFrame(
    {
        "department": ["N", "N", "S", None],
        "rag_reported": ["green", "amber_red", None, "red"],
        "rag_computed": ["amber", None, "red", "red"],
    }
)


def test_colours_and_unknown_add_up_to_projects() -> None:
    counted = count_colours(RATED, by="department")
    assert counted["projects"].to_list() == [2, 1, 1]
    for kind in ("reported", "computed"):
        columns = [column for column in counted if str(column).startswith(kind)]
        assert counted[columns].sum(axis=1).to_list() == [2, 1, 1]
    whole = count_colours(RATED).iloc[0].to_dict()
    assert {name: count for name, count in whole.items() if count} == {
        "projects": 4,
        "reported_green": 1,
        "reported_amber_red": 1,
        "reported_red": 1,
        "reported_unknown": 1,
        "computed_amber": 1,
        "computed_red": 2,
        "computed_unknown": 1,
    }


def test_colours_of_nothing_are_none() -> None:
    assert count_colours(RATED.iloc[:0]).sum(axis=1).item() == 0
    assert len(count_colours(RATED.iloc[:0], by="department")) == 0


@pytest.mark.parametrize("frame", [RATED, RATED.drop(columns="rag_computed")])
def test_colours_by_an_unknown_column(frame: pd.DataFrame) -> None:
    with pytest.raises(UnknownName, match="column of the rated frame"):
        count_colours(frame, by="sponsor")


WEIGHED = pd.DataFrame(
    {
        "department": ["A", "A", "B", "B", None, "C"],
        "rag_reported": ["red", "green", "green", None, "amber", "green"],
        "rag_computed": ["red", "red", None, "green", "amber", "green"],
        "bac": [90.0, 10.0, 5.0, 5.0, 0.0, None],
        "currency": ["GBP", "GBP", "GBP", "EUR", "GBP", "USD"],
    }
)


def test_colours_are_weighed_by_budget() -> None:
    found = weigh_colours(WEIGHED, by="department")
    assert found["department"].astype("object").fillna("").tolist() == ["A", "B", "C", ""]
    assert found.loc[0, ["bac", "reported_red", "reported_green", "computed_red"]].tolist() == [
        100,
        0.9,
        0.1,
        1,
    ]
    # two currencies, no budget at all, a budget of nothing
    assert found["bac"].tolist()[:1] + found["bac"].tolist()[3:] == [100, 0]
    assert found.loc[1:, [c for c in found if "_" in c]].isna().all(axis=None)
    assert found.loc[[1, 2], "bac"].isna().all()


def test_shares_of_budget_add_up_and_agree_with_the_counts() -> None:
    sterling = WEIGHED.assign(currency="GBP")
    whole, counts = weigh_colours(sterling).iloc[0], count_colours(sterling).iloc[0]
    assert whole["bac"] == 110
    for kind in ("reported", "computed"):
        names = [name for name in whole.index if name.startswith(kind)]
        assert whole[names].sum() == pytest.approx(1)
        assert list(whole[names] > 0) == [
            bool(sterling.loc[flag, "bac"].sum() > 0)
            for flag in (_flags(sterling[f"rag_{kind}"], name.removeprefix(f"{kind}_")) for name in names)
        ]
        assert counts[names].sum() == len(sterling)


def _flags(ratings: pd.Series, colour: str) -> pd.Series:
    return ratings.isna() if colour == "unknown" else ratings == colour


def test_weighing_needs_budget_and_currency() -> None:
    with pytest.raises(UnknownName, match="bac"):
        weigh_colours(WEIGHED.drop(columns="bac"))
