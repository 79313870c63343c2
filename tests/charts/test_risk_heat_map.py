from __future__ import annotations

import re

import pandas as pd
import pytest

from charts.frames import risks
from pmo_analytics import charts, items
from pmo_analytics.charts.risk_heat_map import grid_steps
from pmo_analytics.metrics.risks import BANDS
from pmo_analytics.portfolio import Portfolio


def counted(figure: object) -> tuple[int, int]:
    texts = figure.data[-1].text  # type: ignore[attr-defined]
    threats = sum(int(re.sub(r"<br>.*|</?b>", "", text)) for text in texts)
    others = sum(int(found) for text in texts for found in re.findall(r"\+(\d+) opp\.", text))
    return threats, others


@pytest.mark.parametrize("rows", [1, 6, 40, 2_000])
def test_the_counts_add_up_to_the_rows(rows: int) -> None:
    figure = charts.risk_heat_map(risks(rows))
    said = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?= )", figure.layout.title.subtitle.text)]
    assert sum(said) == rows
    assert counted(figure) == tuple(said[:2])
    table = charts.risk_heat_map_table(risks(rows))
    assert (
        table["Counted as"]
        .value_counts()
        .reindex(["open threat", "open opportunity", "not open"], fill_value=0)
        .tolist()
        == said
    )


def cell(figure: object, impact: float, probability: float) -> tuple[str, str]:
    trace = figure.data[-1]  # type: ignore[attr-defined]
    return next(
        (text, hover)
        for x, y, text, hover in zip(trace.x, trace.y, trace.text, trace.customdata, strict=True)
        if (x, y) == (impact, probability)
    )


def test_a_cell_has_threats_opportunities_and_identifiers() -> None:
    figure = charts.risk_heat_map(risks(6))
    text, hover = cell(figure, 5, 4)
    assert text == "<b>1</b><br>+1 opp."
    assert "open threats: 1: R1" in hover
    assert "open opportunities: 1: R5" in hover


def test_halves_go_upwards_and_what_has_no_score_stands_in_the_lane() -> None:
    figure = charts.risk_heat_map(risks(6))
    assert cell(figure, 3, 3)[0] == "<b>1</b>"
    text, hover = cell(figure, 6.4, 3)
    assert text == "<b>2</b>"
    assert hover.startswith("not scored<br>open threats: 2: R3, no id")


def test_a_score_off_the_scale_is_not_scored() -> None:
    table = charts.risk_heat_map_table(risks(4))
    assert table["Band"].tolist() == ["Very high risks", "Medium risks", "not scored", "not scored"]


def test_long_lists_of_identifiers_are_counted() -> None:
    _, hover = cell(charts.risk_heat_map(risks(2_000)), 5, 4)
    assert "and 314 more" in hover


def test_nothing_open_is_a_grid_of_zeros() -> None:
    figure = charts.risk_heat_map(risks(6).assign(risks_open=0.0))
    assert set(figure.data[-1].text) == {"0"}
    assert figure.layout.title.subtitle.text.endswith("6 not open and not drawn")


def test_scores_are_rounded_for_their_cell_only() -> None:
    frame = risks(1).assign(p_score=4.5, i_score=2.0)
    table = charts.risk_heat_map_table(frame)
    assert table[["Probability, 1–5", "Impact, 1–5", "Score"]].iloc[0].tolist() == [4.5, 2.0, 9.0]
    assert table["Band"].tolist() == ["Medium risks"]
    assert cell(charts.risk_heat_map(frame), 2, 5)[0] == "<b>1</b>"


def test_score_and_band_are_those_of_the_metrics() -> None:
    steps = [1.0, 1.5, 2.5, 3.3, 4.5, 5.0]
    pairs = [(p, i) for p in steps for i in steps]
    frame = (
        risks(1)
        .loc[[0] * len(pairs)]
        .assign(
            risk_id=[f"R{n}" for n in range(len(pairs))],
            p_score=[p for p, _ in pairs],
            i_score=[i for _, i in pairs],
            period=pd.Timestamp("2026-06-30"),
            status="open",
        )
    )
    counted = items(
        Portfolio({"risks": frame.drop(columns="risks_open")}, pd.Timestamp("2026-06-30")), "risks"
    )
    table = charts.risk_heat_map_table(counted)
    assert table["Score"].tolist() == counted["risk_score"].tolist()
    for band in BANDS:
        assert (table["Band"] == band.title).tolist() == (counted[band.name] == 1).tolist()


@pytest.mark.parametrize(
    ("score", "step"),
    [(1, 1), (1.49, 1), (1.5, 2), (4.5, 5), (5, 5), (0.99, None), (5.01, None), (None, None)],
)
def test_the_step_of_the_grid(score: float | None, step: float | None) -> None:
    found = grid_steps(pd.Series([score], dtype="float64"))
    assert found.astype("object").where(found.notna(), None).tolist() == [step]
