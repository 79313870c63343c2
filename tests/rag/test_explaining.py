"""Explanations: the same rule, figure and limit as rating, in a sentence, with the cells."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import ConfigurationError, InvalidTable, UnknownName
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.rag.explaining import explain
from pmo_analytics.rag.rating import rate
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.rag.reasons import reasons
from pmo_analytics.rag.wording import colour_word, figures_as_text, limit_as_text
from pmo_analytics.schemas.results import RawCell, empty_result
from pmo_analytics.schemas.source import Source
from pmo_analytics.schemas.tables import table
from rag.frames import ENGINES, GOOD, NOTHING, measured

JUNE = pd.Timestamp("2026-06-30")


@pytest.mark.parametrize(
    ("figures", "rule", "sentence", "outcome", "margin"),
    [
        ({"cpi": 0.87}, "COST-CPI", "CPI 0.87 is below 0.90: red", "red", -0.03),
        ({"cpi": 0.92}, "COST-CPI", "CPI 0.92 is below 0.95: amber", "amber", 0.02),
        ({"cpi": 0.94}, "COST-CPI", "CPI 0.94 is below 0.95: amber", "amber", -0.01),
        ({"cpi": 0.8996}, "COST-CPI", "CPI 0.8996 is below 0.90: red", "red", -0.0004),
        (
            {"finish_slip_days": 12},
            "SCHEDULE-SLIP-DAYS",
            "finish slip 12 days is within 30: green",
            "green",
            18,
        ),
        ({"finish_slip_days": 1}, "SCHEDULE-SLIP-DAYS", "finish slip 1 day is within 30: green", "green", 29),
        (
            {"finish_slip_days": -5},
            "SCHEDULE-SLIP-DAYS",
            "finish slip -5 days is within 30: green",
            "green",
            35,
        ),
        (
            {"spi": None, "spi_reason": "NO_DATA"},
            "SCHEDULE-SPI",
            "SPI is undefined (NO_DATA)",
            "unknown",
            None,
        ),
        ({"spi": None}, "SCHEDULE-SPI", "SPI is undefined (no reason given)", "unknown", None),
        (
            {"overspend_pct": 0.125},
            "COST-OVERSPEND",
            "forecast overspend 12.5% is above 10%: red",
            "red",
            -0.025,
        ),
        (
            {"cpi": 1.2},
            "COST-CPI-HIGH",
            "CPI 1.20 is above 1.15: amber (too good to be true: check the baseline)",
            "amber",
            -0.05,
        ),
        (
            {"tcpi_bac": None, "tcpi_bac_reason": "BUDGET_EXHAUSTED"},
            "COST-EXHAUSTED",
            "TCPI to budget is undefined (BUDGET_EXHAUSTED): red (the budget is spent and work is left)",
            "red",
            None,
        ),
    ],
)
def test_sentences(figures, rule, sentence, outcome, margin):
    table_ = explain(rate(measured(GOOD | figures)), "P1").table.set_index("rule")
    assert table_.loc[rule, "sentence"] == sentence
    assert table_.loc[rule, "outcome"] == outcome
    if margin is None:
        assert pd.isna(table_.loc[rule, "margin"])
    else:
        assert table_.loc[rule, "margin"] == pytest.approx(margin)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_deciding_rule_is_told_as_it_was_rated(engine, rated_world):
    rated, same = rate(rated_world), rate(ENGINES[engine](rated_world))
    for project in rated["project_id"]:
        row = rated.set_index("project_id").loc[project]
        told = explain(same, project)
        by_rule = told.table.set_index("rule")
        for dimension in ("schedule", "cost", "risk"):
            named = row[f"computed_{dimension}_rule"]
            if pd.isna(named):
                assert set(told.table.query("dimension == @dimension")["outcome"]) == {"unknown"}
                continue
            assert by_rule.loc[named, "outcome"] == row[f"computed_{dimension}"]
            for part in ("figure", "threshold"):
                expected = row[f"computed_{dimension}_{part}"]
                assert by_rule.loc[named, part] == expected or pd.isna(expected)


def test_one_row_per_dimension_and_rule(rated_world):
    told = explain(rate(rated_world), "P1").table
    columns = "dimension rule metric figure reason threshold outcome margin sentence cells"
    assert list(told) == columns.split()
    assert told["rule"].tolist() == [rule.id for rule in load_rules().rules]


def test_the_text(rated_world):
    told = str(explain(rate(rated_world.assign(project_name="Harbour")), "P2"))
    lines = told.splitlines()
    assert lines[0] == "P2 Harbour: reported Green, computed Red (watermelon)"
    assert lines[1] == (
        "  because at least 1 critical dimension is red (OVERALL-CRITICAL-RED); "
        "computed from 3 of 7 dimensions"
    )
    assert "  CPI 0.87 is below 0.90: red (0.03 beyond the limit)" in lines
    assert "scope: no rule in this set" in lines
    assert lines[-1] == f"rule set default 1.0 ({load_rules().hash})"


def test_the_text_of_an_unknown_colour(rated_world):
    lines = str(explain(rate(rated_world), "P4")).splitlines()
    assert lines[0] == "P4: reported Amber, computed unknown (unknown)"
    assert "too few of the required dimensions (schedule, cost) have a figure (GUARD)" in lines[1]


def test_what_is_carried_forward_says_so(rated_world):
    told = explain(rate(rated_world.assign(carried_from=["2026-05", *[None] * 5])), "P1")
    assert told.record()["carried_from"] == "2026-05"
    line = "  carried forward from May 2026: the project has not reported since"
    assert str(told).splitlines()[1] == line
    assert line.strip() in told._repr_html_()


@pytest.mark.parametrize("column", [{}, {"carried_from": None}])
def test_what_was_reported_is_not_called_carried(rated_world, column):
    told = explain(rate(rated_world.assign(**column)), "P2")
    assert told.record()["carried_from"] is None
    assert "carried" not in str(told) + told._repr_html_()


def test_a_carried_project_of_the_sample():
    portfolio = pmo.load(pmo.sample_data(), config=pmo.sample_settings())
    told = pmo.explain(pmo.rate(pmo.measure(portfolio)), "PRJ-024", portfolio=portfolio)
    assert "carried forward from May 2026" in str(told)


def test_other_rules_than_those_rated_with(rated_world):
    rated = rate(rated_world)
    other = replace(load_rules(), name="board", version="2")
    with pytest.raises(ConfigurationError) as caught:
        explain(rated, "P1", rules=other)
    for part in ("default 1.0", load_rules().hash, "board 2", other.hash):
        assert part in str(caught.value)


def test_an_unknown_project(rated_world):
    rated = rate(rated_world.assign(project_id=[f"PRJ-01{n}" for n in range(6)]))
    with pytest.raises(UnknownName, match="Did you mean 'PRJ-014'"):
        explain(rated, "PRJ-0l4")


@pytest.mark.parametrize("missing", ["project_id", "rule_set_hash"])
def test_a_frame_that_was_not_rated(rated_world, missing):
    with pytest.raises(InvalidTable, match=missing):
        explain(rate(rated_world).drop(columns=missing), "P1")


def test_reasons_of_many_projects_keep_their_order(rated_world):
    told = reasons(rate(rated_world))
    assert told["project_id"].drop_duplicates().tolist() == rated_world["project_id"].tolist()
    assert len(told) == 6 * len(load_rules().rules)
    assert len(reasons(rate(measured(NOTHING).head(0)))) == 0


def _frame(name, **columns):
    frame = pd.DataFrame(columns)
    return frame.reindex(columns=list(table(name).dtypes())).astype(table(name).dtypes())


def _portfolio():
    source = Source(
        "s1",
        "/exports/june/status-2026-06.xlsx",
        "Status",
        "",
        "generic",
        "project",
        ("status",),
        1,
        None,
        "",
        addresses={"status.ev": "E", "status.ac": "F", "status.pv": "G"},
        headings={"status.ev": "EV", "status.ac": "Actual cost"},
    )
    risks = replace(source, key="r1", path="raid.csv", sheet=None, addresses={"risks.p_score": "C"})
    status = _frame(
        "status",
        project_id=["P2", "P2", "P1"],
        period=[JUNE, JUNE - pd.offsets.MonthEnd(1), JUNE],
        ev=[4.2, 1.0, 2.0],
        ac=[4.75, 1.0, 2.0],
        pv=[None, 3.0, 3.0],
        pv_reason=["withheld", None, None],
        source=["s1", "s0", "s1"],
        source_row=[12, 9, 13],
    )
    cells = pd.DataFrame(
        {
            "source": ["s1"],
            "source_row": [12.0],
            "heading": ["Actual cost"],
            "raw": ["£4.75m"],
            "kind": ["text"],
        }
    )
    may = JUNE - pd.offsets.MonthEnd(1)
    register = _frame(
        "risks",
        risk_id=[f"R{n}" for n in range(9)],
        period=[may] * 9,
        entity_id=["P2"] * 8 + ["P1"],
        p_score=[float(n % 5 + 1) for n in range(9)],
        source=["r1"] * 9,
        source_row=list(range(2, 11)),
    )
    return Portfolio(
        {"status": status, "risks": register},
        JUNE,
        cells=pd.concat([empty_result(RawCell), cells]).astype(empty_result(RawCell).dtypes),
        sources=(source, risks),
    )


def test_cells_are_named_with_file_sheet_address_and_content(rated_world):
    told = explain(rate(rated_world), "P2", portfolio=_portfolio())
    cells = told.table.set_index("rule")["cells"]
    both = "status-2026-06.xlsx [Status] E12 = 4.2; status-2026-06.xlsx [Status] F12 = £4.75m"
    assert cells["COST-CPI"].startswith(both)
    assert "status-2026-06.xlsx [Status] G12 = withheld" in cells["SCHEDULE-SPI"]
    assert "2026-05" not in " ".join(cells)
    assert "raid.csv C2 = 1" in cells["RISK-SCORE"]
    assert "P1" not in cells["RISK-SCORE"]
    assert f"  Cost performance index: {both}" in str(told)


def test_more_than_six_cells_are_counted(rated_world):
    cells = explain(rate(rated_world), "P2", portfolio=_portfolio()).table.set_index("rule")["cells"]
    assert cells["RISK-SCORE"].count("; ") == 6
    assert cells["RISK-SCORE"].endswith("; and 2 more")


def test_cells_without_a_known_source(rated_world):
    bare = replace(_portfolio(), sources=())
    cells = explain(rate(rated_world), "P2", portfolio=bare).table.set_index("rule")["cells"]
    assert cells["COST-CPI"].startswith("status.ev = 4.2; status.ac = 4.75")


def test_without_a_portfolio_there_are_no_cells(rated_world):
    told = explain(rate(rated_world), "P2")
    assert set(told.table["cells"]) == {""}
    assert "\ncells\n" not in str(told)


@pytest.mark.parametrize(
    ("figure", "unit", "beside", "text"),
    [
        (0.87, Unit.RATIO, 0.9, "0.87"),
        (0.9, Unit.RATIO, 0.9, "0.90"),
        (0.89999, Unit.RATIO, 0.9, "0.899990"),
        (0.1, Unit.FRACTION, None, "10%"),
        (0.1003, Unit.FRACTION, 0.1, "10.03%"),
        (-0.0001, Unit.FRACTION, None, "0%"),
        (30.0, Unit.DAYS, None, "30 days"),
        (-1.0, Unit.DAYS, None, "-1 day"),
        (21.0, Unit.DAYS, None, "21 days"),
        (1234567.4, Unit.MONEY, None, "1,234,567 GBP"),
        (20.0, Unit.SCORE, 19.0, "20"),
        (3.0, Unit.COUNT, None, "3"),
        (None, Unit.MONEY, None, ""),
    ],
)
def test_figures_in_words(figure, unit, beside, text):
    shown = figures_as_text(pd.Series([figure], dtype="float64"), unit, beside=beside, currency="GBP")
    assert shown.tolist() == [text]


@pytest.mark.parametrize(
    ("limit", "unit", "text"),
    [
        (0.9, Unit.RATIO, "0.90"),
        (0.925, Unit.RATIO, "0.925"),
        (0.02, Unit.FRACTION, "2%"),
        (0.1, Unit.FRACTION, "10%"),
        (30.0, Unit.DAYS, "30"),
        (100000.0, Unit.MONEY, "100,000"),
    ],
)
def test_limits_in_words(limit, unit, text):
    assert limit_as_text(limit, unit) == text


@pytest.mark.parametrize(
    ("colour", "word"), [("green", "Green"), ("amber_red", "Amber/Red"), (None, "unknown"), ("", "unknown")]
)
def test_colours_in_words(colour, word):
    assert colour_word(colour) == word
