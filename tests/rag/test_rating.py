"""Colours: every rule at its edge, the guard, the overall rules, agreement, engines."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from pmo_analytics.errors import InvalidTable
from pmo_analytics.rag.rating import rate
from pmo_analytics.rag.reading import load_rules
from rag.frames import ENGINES, GOOD, METRICS, NOTHING, measured, rows_of

EDGES = [
    ("schedule", "SCHEDULE-SLIP-PCT", "finish_slip_pct", "amber", 0.05, 0.0501),
    ("schedule", "SCHEDULE-SLIP-PCT", "finish_slip_pct", "red", 0.15, 0.1501),
    ("schedule", "SCHEDULE-SLIP-DAYS", "finish_slip_days", "amber", 30, 31),
    ("schedule", "SCHEDULE-SLIP-DAYS", "finish_slip_days", "red", 90, 91),
    ("schedule", "SCHEDULE-SPI", "spi", "amber", 0.95, 0.9499),
    ("schedule", "SCHEDULE-SPI", "spi", "red", 0.90, 0.8999),
    ("schedule", "SCHEDULE-GATE", "gate_slip_worst_days", "amber", 14, 15),
    ("schedule", "SCHEDULE-GATE", "gate_slip_worst_days", "red", 30, 31),
    ("cost", "COST-CPI", "cpi", "amber", 0.95, 0.9499),
    ("cost", "COST-CPI", "cpi", "red", 0.90, 0.8999),
    ("cost", "COST-OVERSPEND", "overspend_pct", "amber", 0.02, 0.0201),
    ("cost", "COST-OVERSPEND", "overspend_pct", "red", 0.10, 0.1001),
    ("cost", "COST-TCPI", "tcpi_bac", "amber", 1.05, 1.0501),
    ("cost", "COST-TCPI", "tcpi_bac", "red", 1.10, 1.1001),
    ("cost", "COST-CPI-HIGH", "cpi", "amber", 1.15, 1.1501),
    ("risk", "RISK-SCORE", "risk_score_max", "amber", 14, 15),
    ("risk", "RISK-SCORE", "risk_score_max", "red", 19, 20),
    ("risk", "RISK-EMV", "risk_emv_share_of_etc", "red", 0.10, 0.1001),
]
BETTER = {"red": "amber", "amber": "green"}


def _one(**figures):
    (row,) = rows_of(rate(measured(figures)))
    return row


@pytest.mark.parametrize("engine", ENGINES)
def test_a_figure_beyond_a_limit_fires_and_one_at_it_does_not(engine):
    beyond = measured(*(GOOD | {metric: figure} for _, _, metric, _, _, figure in EDGES))
    at_limit = measured(*(GOOD | {metric: limit} for _, _, metric, _, limit, _ in EDGES))
    broken = rows_of(rate(ENGINES[engine](beyond)))
    kept = rows_of(rate(ENGINES[engine](at_limit)))
    for row, held, (dimension, rule, _, colour, limit, figure) in zip(broken, kept, EDGES, strict=True):
        named = [row[f"computed_{dimension}{part}"] for part in ("", "_rule", "_figure", "_threshold")]
        assert named == [colour, rule, figure, limit]
        # the only rule without an amber limit turns from red to green
        assert held[f"computed_{dimension}"] == ("green" if rule == "RISK-EMV" else BETTER[colour])


def test_every_limit_of_the_default_set_is_in_the_table_of_edges():
    limits = {(r.id, c, r.limit(c)) for r in load_rules().rules if r.reason is None for c in r.colours}
    assert limits == {(rule, colour, limit) for _, rule, _, colour, limit, _ in EDGES}


@pytest.mark.parametrize("figure", [0.95, 0.9500000000000001, 0.9499999999999999, 1 - 0.05])
def test_rounding_does_not_flip_a_colour(figure):
    assert _one(**GOOD | {"cpi": figure})["computed_cost"] == "green"


@pytest.mark.parametrize("figure", [31 - 1e-12, 30 + 1e-12, 30.0])
def test_rounding_at_whole_numbers(figure):
    expected = "amber" if figure > 30.5 else "green"
    assert _one(**GOOD | {"finish_slip_days": figure})["computed_schedule"] == expected


def test_the_budget_exhausted_is_red_although_all_else_is_unknown():
    row = _one(**NOTHING | {"tcpi_bac_reason": "BUDGET_EXHAUSTED"})
    assert (row["computed_cost"], row["computed_cost_rule"]) == ("red", "COST-EXHAUSTED")
    assert row["computed_cost_figure"] is None
    assert row["computed_cost_threshold"] is None
    assert (row["rag_computed"], row["rag_computed_rule"]) == ("red", "COST-EXHAUSTED")
    assert row["rag_computed_from"] == "1 of 7"


@pytest.mark.parametrize("reason", ["COMPLETE", "NO_DATA", None])
def test_another_reason_is_no_red(reason):
    row = _one(**NOTHING | {"tcpi_bac_reason": reason})
    assert row["computed_cost"] is None
    assert row["rag_computed"] is None


def test_the_worst_rule_decides_and_of_equals_the_first():
    row = _one(**GOOD | {"cpi": 0.93, "overspend_pct": 0.2, "tcpi_bac": 1.5})
    assert (row["computed_cost"], row["computed_cost_rule"]) == ("red", "COST-OVERSPEND")
    assert row["computed_cost_threshold"] == 0.10


def test_green_names_the_first_rule_with_a_figure():
    row = _one(**NOTHING | {"spi": 1.0, "gate_slip_worst_days": 0.0})
    assert (row["computed_schedule"], row["computed_schedule_rule"]) == ("green", "SCHEDULE-SPI")
    assert (row["computed_schedule_figure"], row["computed_schedule_threshold"]) == (1.0, 0.95)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_no_number_is_unknown(bad, engine):
    frame = measured(dict.fromkeys(METRICS, bad))
    (row,) = rows_of(rate(ENGINES[engine](frame)))
    assert [row[f"computed_{d}"] for d in load_rules().dimensions] == [None] * 7


@pytest.mark.parametrize(
    ("known", "colour", "rule", "of"),
    [
        ({}, None, "GUARD", "0 of 7"),
        ({"cpi": 1.0}, None, "GUARD", "1 of 7"),
        ({"cpi": 0.1}, None, "GUARD", "1 of 7"),
        ({"cpi": 1.0, "risk_score_max": 1.0}, None, "GUARD", "2 of 7"),
        ({"cpi": 1.0, "spi": 1.0}, "green", "OVERALL-GREEN", "2 of 7"),
    ],
)
def test_the_guard_needs_schedule_and_cost(known, colour, rule, of):
    row = _one(**NOTHING | known)
    assert (row["rag_computed"], row["rag_computed_rule"], row["rag_computed_from"]) == (colour, rule, of)


@pytest.mark.parametrize(
    ("broken", "colour", "rule"),
    [
        ({"cpi": 0.8}, "red", "OVERALL-CRITICAL-RED"),
        ({"spi": 0.8, "cpi": 0.8}, "red", "OVERALL-CRITICAL-RED"),
        ({"risk_score_max": 20.0}, "amber", "OVERALL-ONE-RED"),
        ({"cpi": 0.93}, "amber", "OVERALL-CRITICAL-AMBER"),
        ({"risk_score_max": 20.0, "cpi": 0.93}, "amber", "OVERALL-ONE-RED"),
        ({"risk_score_max": 15.0}, "green", "OVERALL-GREEN"),
        ({}, "green", "OVERALL-GREEN"),
    ],
)
def test_overall_rules_are_read_from_the_top(broken, colour, rule):
    row = _one(**GOOD | broken)
    assert (row["rag_computed"], row["rag_computed_rule"]) == (colour, rule)


@pytest.mark.parametrize(
    ("reported", "figures", "agreement"),
    [
        ("green", {"cpi": 0.8}, "watermelon"),
        ("amber_green", {"cpi": 0.8}, "watermelon"),
        ("amber", {"cpi": 0.8}, "optimistic"),
        ("amber_red", {"cpi": 0.8}, "optimistic"),
        ("red", {"cpi": 0.8}, "agrees"),
        ("green", {"cpi": 0.93}, "optimistic"),
        ("amber", {"cpi": 0.93}, "agrees"),
        ("red", {"cpi": 0.93}, "pessimistic"),
        ("green", {}, "agrees"),
        ("red", {}, "pessimistic"),
        (None, {}, "unknown"),
        ("green", {"spi": None, "finish_slip_pct": None, "finish_slip_days": None}, "agrees"),
        ("green", NOTHING, "unknown"),
    ],
)
def test_agreement(reported, figures, agreement):
    assert _one(**GOOD | figures | {"rag_reported": reported})["rag_agreement"] == agreement


def test_the_owners_colour_is_compared_before_the_headline():
    given = {"cpi": 0.8, "rag_reported": "red", "rag_overall": "green"}
    assert _one(**GOOD | given)["rag_agreement"] == "watermelon"


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_and_return_their_own_kind(engine, rated_world):
    given = ENGINES[engine](rated_world)
    rated = rate(given)
    assert type(rated) is type(given)
    assert rows_of(rated) == rows_of(rate(rated_world))


def test_the_world_has_the_colours_expected(rated_world):
    rated = rate(rated_world)
    assert rated["rag_computed"].fillna("none").tolist() == ["green", "red", "red", "none", "none", "amber"]
    assert rated["rule_set"].unique().tolist() == ["default 1.0"]
    assert rated["rule_set_hash"].unique().tolist() == [load_rules().hash]


def test_a_group_without_reported_colour(rated_world):
    rated = rate(rated_world.drop(columns=["project_id", "rag_reported", "rag_overall", "project_name"]))
    assert rated["rag_agreement"].unique().tolist() == ["unknown"]
    assert rated["rag_computed"].notna().sum() == 4


def test_the_input_stays_and_rating_again_changes_nothing(rated_world):
    before = rated_world.copy()
    rated = rate(rated_world)
    pd.testing.assert_frame_equal(rated_world, before)
    pd.testing.assert_frame_equal(rate(rated), rated)


def test_an_empty_frame_is_rated():
    rated = rate(measured(GOOD).head(0))
    assert len(rated) == 0
    assert "rag_computed" in rated


def test_a_missing_metric_is_named(rated_world):
    with pytest.raises(InvalidTable, match="the frame lacks cpi, tcpi_bac_reason"):
        rate(pl.from_pandas(rated_world).drop("cpi", "tcpi_bac_reason"))
