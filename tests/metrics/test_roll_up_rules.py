"""Roll-up rules: which figures are asked for, and what none of them can be rolled up as."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import InvalidTable, RollUpRefused, UnknownName
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.measure import RollUp
from pmo_analytics.metrics.roll_up_rules import metrics_asked

#: Three tasks whose mean CPI says favourable where the money says overspent.
THREE = {
    "status": pd.DataFrame({"project_id": list("ABC"), "ev": [90.0, 10.0, 5.0], "ac": [100.0, 5.0, 10.0]})
}
AS_OF = "2026-06-30"


def test_a_mean_of_ratios_is_refused_and_why() -> None:
    with pytest.raises(RollUpRefused) as error:
        pmo.roll_up(THREE, as_of=AS_OF, metrics={"cpi": "mean"})
    assert "ratio of sums; a mean of ratios would give a small project the weight of a large one" in str(
        error.value
    )
    assert "Σ EV ÷ Σ AC" in str(error.value)
    rolled = pmo.roll_up(THREE, as_of=AS_OF, metrics={"cpi": "ratio of sums", "ev": "sum"})
    assert rolled["cpi"].item() == pytest.approx(105 / 115)


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_no_metric_is_a_mean(name: str) -> None:
    with pytest.raises(RollUpRefused, match=f"{name} cannot be rolled up as 'mean'"):
        metrics_asked({name: "mean"})
    assert metrics_asked({name: str(CATALOGUE[name].roll_up)}) == (name,)


def test_every_rule_is_explained() -> None:
    for rule in RollUp:
        name = next(name for name, metric in CATALOGUE.items() if metric.roll_up is rule)
        with pytest.raises(RollUpRefused) as error:
            metrics_asked({name: "median of medians"})
        assert f"Ask for {str(rule)!r}" in str(error.value)


def test_only_what_is_asked_for_comes_back() -> None:
    rolled = pmo.roll_up(THREE, as_of=AS_OF, metrics=["spi", "ev"])
    figures = [f"{name}{end}" for name in ("ev", "spi") for end in ("", "_reason", "_n_used", "_coverage")]
    assert list(rolled) == ["projects", "currency", "rate_set", *figures, "coverage_weight"]
    measured = pmo.measure(THREE, as_of=AS_OF, metrics="ev")
    assert [column for column in measured if column in CATALOGUE] == ["ev"]
    assert pmo.measure_by_period(THREE, as_of=AS_OF, metrics=["ev"])["ev"].tolist() == [90, 10, 5]


def test_what_follows_others_is_the_same_alone(portfolio_tables: dict[str, pd.DataFrame]) -> None:
    whole = pmo.roll_up(portfolio_tables, as_of=AS_OF)
    followers = [name for name, metric in CATALOGUE.items() if metric.follows]
    assert followers
    for names in (followers, followers[:1], followers[-1:]):
        alone = pmo.roll_up(portfolio_tables, as_of=AS_OF, metrics=names)
        pd.testing.assert_frame_equal(alone, whole[list(alone)])


def test_an_unknown_metric_and_an_unknown_tree() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'cpi'"):
        pmo.roll_up(THREE, as_of=AS_OF, metrics=["cpii"])
    with pytest.raises(UnknownName, match="Known: now, then"):
        pmo.roll_up(THREE, as_of=AS_OF, tree="today")


def test_of_a_register_only_what_is_asked_for() -> None:
    issues = pd.DataFrame({"issue_id": ["I1"], "entity_id": "A", "team": "Track"})
    found = pmo.roll_up_items({"issues": issues}, "issues", by="team", as_of=AS_OF, metrics=["issues_open"])
    assert list(found) == ["team", "items", "issues_open", "issues_open_reason", "issues_open_n_used"]


def test_what_a_register_does_not_have_is_refused() -> None:
    issues = pd.DataFrame({"issue_id": ["I1"], "entity_id": "A", "team": "Track"})
    with pytest.raises(UnknownName, match="metric of these rows 'cpi'"):
        pmo.roll_up_items(
            {"issues": issues}, "issues", by="team", as_of=AS_OF, metrics=["cpi", "issues_open"]
        )
    with pytest.raises(InvalidTable, match="by= names no column"):
        pmo.roll_up_items({"issues": issues}, "issues", by=[], as_of=AS_OF)


@pytest.mark.parametrize("nothing", [[], {}, ()])
def test_to_ask_for_nothing_is_a_slip(nothing: list[str]) -> None:
    for call in (pmo.measure, pmo.roll_up):
        with pytest.raises(InvalidTable, match="names no metric"):
            call(THREE, as_of=AS_OF, metrics=nothing)
