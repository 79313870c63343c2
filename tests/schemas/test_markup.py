"""What a notebook shows: every text escaped, every colour with its letter."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pmo_analytics.loading.frames import from_frames
from pmo_analytics.metrics.measuring import measure
from pmo_analytics.portfolio import Portfolio
from pmo_analytics.rag.explaining import explain
from pmo_analytics.rag.rating import rate
from pmo_analytics.schemas.markup import block, chip, escaped, table
from pmo_analytics.schemas.results import Finding, Findings, empty_result
from pmo_analytics.schemas.settings import Settings

HOSTILE = '<img src=x onerror="alert(1)">$x$'


@pytest.mark.parametrize(
    ("colour", "label"),
    [("green", "G Green"), ("amber_red", "AR Amber/Red"), (None, "X Not rated"), ("mauve", "X Not rated")],
)
def test_a_chip_has_letter_and_words(colour: str | None, label: str) -> None:
    assert label in chip(colour)


def test_text_is_escaped_once() -> None:
    assert escaped(HOSTILE) == "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#36;x&#36;"
    assert escaped(escaped(HOSTILE)) == escaped(HOSTILE)
    for made in (block(HOSTILE, HOSTILE), table([HOSTILE], [[HOSTILE]])):
        assert "<img" not in made
        assert made.count("&lt;img") == 2


def _findings(rows: int) -> Findings:
    texts = dict.fromkeys(empty_result(Finding), HOSTILE)
    listed = [texts | {"severity": "error", "file": "/a/b/c.xlsx"}] * rows
    return Findings(pd.DataFrame(listed, columns=list(texts)))


@pytest.mark.parametrize(("rows", "more"), [(0, ""), (1, ""), (100, ""), (103, "and 3 more")])
def test_findings_show_themselves(rows: int, more: str) -> None:
    shown = _findings(rows)._repr_html_()
    assert f"{rows} findings: {rows} error" in shown if rows else "No findings" in shown
    assert more in shown
    assert ("more" in shown) is bool(more)
    assert "<img" not in shown
    assert "/a/b" not in shown


def test_parts_of_findings_are_plain_frames() -> None:
    found = _findings(3)
    assert type(found) is Findings
    assert type(found.head(1)) is type(found[["code"]]) is type(found[found["code"] == "x"]) is pd.DataFrame


def _portfolio() -> Portfolio:
    row = {"project_id": ["P1"], "period": ["2026-06-30"], "project_name": [HOSTILE]}
    status = {**row, "ev": [60.0], "ac": [100.0], "bac": [200.0], "pv": [100.0], "rag_overall": ["green"]}
    status |= {
        "baseline_start": ["2026-01-01"],
        "baseline_finish": ["2026-12-31"],
        "forecast_finish": ["2026-12-31"],
    }
    made = from_frames(status=pd.DataFrame(status), as_of="2026-06-30")
    return replace(made, settings=Settings(portfolio=HOSTILE), findings=empty_result(Finding))


def test_a_portfolio_shows_what_came() -> None:
    shown = _portfolio()._repr_html_()
    assert "1 projects in June 2026, as of 30 June 2026" in shown
    assert "0 findings; 0 rows quarantined" in shown
    assert "<img" not in shown
    assert "no period" in Portfolio({}, pd.Timestamp("2026-06-30"))._repr_html_()


def test_an_explanation_shows_colours_rules_and_reasons() -> None:
    portfolio = _portfolio()
    told = explain(rate(measure(portfolio)), "P1", portfolio=portfolio)
    shown = told._repr_html_()
    assert "G Green" in shown
    assert "R Red" in shown
    assert all(escaped(sentence) in shown for sentence in told.table["sentence"])
    assert told.rule_set in shown
    assert "<img" not in shown
