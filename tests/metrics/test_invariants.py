"""What holds for every metric at every level."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import InvalidTable
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.figures import tables_asked
from pmo_analytics.metrics.inputs import read_inputs

AS_OF = "2026-06-30"
ADDED = [name for name, metric in CATALOGUE.items() if str(metric.roll_up) == "sum"]
RATIOS = [name for name, metric in CATALOGUE.items() if str(metric.roll_up) in ("ratio of sums", "share")]
ALONE = [name for name, metric in CATALOGUE.items() if str(metric.roll_up) == "none"]
#: The metrics by the tables that they read: only those are aggregated when they are asked alone.
BY_TABLES: dict[tuple[str, ...], list[str]] = {}
for one in CATALOGUE:
    BY_TABLES.setdefault(tables_asked((one,), ()), []).append(one)


@pytest.fixture(scope="module")
def one_currency(portfolio_tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: frame.assign(currency="GBP") for name, frame in portfolio_tables.items()}


@pytest.mark.parametrize("by", ["department", ["programme_id", "department"]])
def test_children_add_up_to_their_parent(one_currency: dict[str, pd.DataFrame], by: str | list[str]) -> None:
    # items of a programme belong to no department: only what projects own is compared
    owned = dict(one_currency)
    for name in (name for name, frame in one_currency.items() if "entity_id" in frame):
        owned[name] = owned[name][owned[name]["entity_id"].str.match(r"P\d")]
    whole = pmo.roll_up(owned, as_of=AS_OF).iloc[0]
    parts = pmo.roll_up(owned, by=by, as_of=AS_OF)
    assert parts["projects"].sum() == whole["projects"]
    for metric in ADDED:
        assert parts[metric].sum() == pytest.approx(whole[metric], rel=1e-9), metric


def test_the_order_of_rows_changes_nothing(portfolio_tables: dict[str, pd.DataFrame]) -> None:
    shuffled = {name: frame.sample(frac=1, random_state=7) for name, frame in portfolio_tables.items()}
    for by in (None, "programme_id"):
        pd.testing.assert_frame_equal(
            pmo.roll_up(portfolio_tables, by=by, as_of=AS_OF), pmo.roll_up(shuffled, by=by, as_of=AS_OF)
        )


@pytest.fixture(scope="module")
def whole(portfolio_tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pmo.roll_up(portfolio_tables, by=["programme_id", "period"], as_of=AS_OF)


@pytest.mark.parametrize("tables", BY_TABLES, ids=lambda tables: "-".join(tables))
def test_a_figure_is_the_same_whatever_else_is_asked(
    portfolio_tables: dict[str, pd.DataFrame], whole: pd.DataFrame, tables: tuple[str, ...]
) -> None:
    asked = BY_TABLES[tables]
    alone = pmo.roll_up(portfolio_tables, by=["programme_id", "period"], as_of=AS_OF, metrics=asked)
    assert [name for name in alone if name in CATALOGUE] == asked
    figures = [name for name in alone if name not in ("currency", "rate_set")]
    pd.testing.assert_frame_equal(alone[figures], whole[figures])


@pytest.mark.parametrize("name", [name for name, metric in CATALOGUE.items() if metric.follows])
def test_a_figure_made_of_others_can_be_asked_alone(
    portfolio_tables: dict[str, pd.DataFrame], whole: pd.DataFrame, name: str
) -> None:
    alone = pmo.roll_up(portfolio_tables, by=["programme_id", "period"], as_of=AS_OF, metrics=[name])
    pd.testing.assert_series_equal(alone[name], whole[name])


def test_tables_are_prepared_once(portfolio_tables: dict[str, pd.DataFrame]) -> None:
    prepared = read_inputs(portfolio_tables, AS_OF)
    assert read_inputs(prepared) is prepared
    assert read_inputs(prepared, AS_OF) is prepared
    with pytest.raises(InvalidTable, match="prepared for 2026-06-30, not for 2026-05-31"):
        pmo.measure(prepared, as_of="2026-05-31")
    for ask in (pmo.measure, pmo.roll_up):
        pd.testing.assert_frame_equal(ask(prepared), ask(portfolio_tables, as_of=AS_OF))


def test_splitting_a_project_in_halves_leaves_ratios_of_sums() -> None:
    whole = pd.DataFrame({"project_id": ["A"], "pv": [100.0], "ev": [80.0], "ac": [90.0], "bac": [200.0]})
    half = whole.assign(**{column: whole[column] / 2 for column in ("pv", "ev", "ac", "bac")})
    halves = pd.concat([half, half.assign(project_id="B")])
    one, two = (pmo.roll_up({"status": frame}, as_of=AS_OF).iloc[0] for frame in (whole, halves))
    for metric in ("cpi", "spi", "cv_pct", "sv_pct", "tcpi_bac", "vac_pct", "pct_complete", "eac_cpi"):
        assert one[metric] == pytest.approx(two[metric], rel=1e-9), metric


def test_two_equal_projects_have_the_ratios_of_one(one_currency: dict[str, pd.DataFrame]) -> None:
    """Every ratio and share of sums, of every table: doubling all rows under another name leaves it alone."""
    twice = {}
    for name, frame in one_currency.items():
        owner = "entity_id" if "entity_id" in frame else "project_id"
        if owner not in frame:
            twice[name] = frame  # rules of the organisation
            continue
        other = frame.assign(**{owner: frame[owner] + "-B"})
        key = [c for c in ("milestone_id", "risk_id", "issue_id", "decision_id") if c in frame]
        twice[name] = pd.concat([frame, other.assign(**{c: other[c] + "-B" for c in key})])
    one, two = (pmo.roll_up(tables, as_of=AS_OF).iloc[0] for tables in (one_currency, twice))
    assert two["projects"] == 2 * one["projects"]
    for metric in RATIOS:
        assert one[metric] == pytest.approx(two[metric], rel=1e-9), metric
    for metric in ADDED:
        assert 2 * one[metric] == pytest.approx(two[metric], rel=1e-9), metric


@pytest.mark.parametrize("metric", ALONE)
def test_what_does_not_roll_up_is_undefined_for_a_group(
    one_currency: dict[str, pd.DataFrame], metric: str
) -> None:
    whole = pmo.roll_up(one_currency, as_of=AS_OF).iloc[0]
    assert pd.isna(whole[metric])
    assert whole[f"{metric}_reason"] == "NOT_APPLICABLE"


def test_a_ratio_is_never_an_average() -> None:
    """Three tasks with (EV, AC) = (90, 100), (10, 5), (5, 10): the mean of their CPIs would say 1.133."""
    status = pd.DataFrame({"project_id": list("ABC"), "ev": [90.0, 10.0, 5.0], "ac": [100.0, 5.0, 10.0]})
    assert pmo.roll_up({"status": status}, as_of=AS_OF)["cpi"].item() == pytest.approx(105 / 115)


def test_inputs_are_never_changed(portfolio_tables: dict[str, pd.DataFrame]) -> None:
    before = {name: frame.copy(deep=True) for name, frame in portfolio_tables.items()}
    pmo.rate(pmo.measure(portfolio_tables, as_of=AS_OF))
    pmo.roll_up(portfolio_tables, by=["programme_id", "department"], as_of=AS_OF)
    for name, frame in portfolio_tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_an_item_of_a_programme_counts_for_it_and_for_no_project(
    one_currency: dict[str, pd.DataFrame],
) -> None:
    programmes = pmo.roll_up(one_currency, by="programme_id", as_of=AS_OF).set_index("programme_id")
    projects = pmo.measure(one_currency, as_of=AS_OF)
    rail = projects[projects["programme_id"] == "RAIL"]
    assert programmes.loc["RAIL", "risk_emv"] == pytest.approx(rail["risk_emv"].sum() + 400)
    assert programmes.loc["RAIL", "milestones"] == rail["milestones"].sum() + 1
