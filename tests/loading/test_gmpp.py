"""The Government Major Projects Portfolio, as published, against what the publisher printed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.schemas.status import Status

RELEASES = ("gmpp_2020_21.csv", "gmpp_2021_22.csv", "gmpp_2023_24.csv")


@pytest.fixture(scope="module")
def gmpp(shared: Path) -> pmo.Portfolio:
    return pmo.load([shared / "data" / "gmpp" / name for name in RELEASES], profile="gmpp")


def reported(portfolio: pmo.Portfolio) -> dict[str, int]:
    counts = pmo.count_colours(pmo.rate(pmo.measure(portfolio))).iloc[0]
    return {name.removeprefix("reported_"): int(counts[name]) for name in counts.index if "reported" in name}


@pytest.mark.parametrize(
    ("as_of", "projects", "colours"),
    [
        # counts printed by the publisher: annual reports 2023-24 and 2021-22
        ("2024-03-31", 227, {"green": 25, "amber": 163, "red": 27, "unknown": 12}),
        ("2022-03-31", 235, {"green": 24, "amber": 170, "red": 27, "unknown": 14}),
        # the five-point scale of 2020-21: Red + Amber/Red + Amber = 135 are printed
        (
            "2021-03-31",
            184,
            {"green": 12, "amber_green": 29, "amber": 84, "amber_red": 44, "red": 7, "unknown": 8},
        ),
    ],
)
def test_published_counts(gmpp: pmo.Portfolio, as_of: str, projects: int, colours: dict[str, int]) -> None:
    then = gmpp.at(as_of)
    assert len(then.project_ids) == projects
    assert {c: n for c, n in reported(then).items() if n} == colours


def test_published_categories(gmpp: pmo.Portfolio) -> None:
    latest = gmpp.projects[gmpp.projects["period"] == gmpp.period]
    assert latest["category"].value_counts().to_dict() == {
        "Government Transformation and Service Delivery": 89,
        "Infrastructure and Construction": 68,
        "Military Capability": 44,
        "ICT": 26,
    }


def test_joined_and_left(gmpp: pmo.Portfolio) -> None:
    moved = pmo.movement(gmpp.at("2021-03-31"), gmpp.at("2022-03-31"))
    assert (moved.joined, moved.left) == (76, 25)
    assert moved.across_scale_break
    assert moved.matched == moved.improved + moved.worsened + moved.same + moved.not_comparable == 159


def test_every_row_is_accounted_for(gmpp: pmo.Portfolio) -> None:
    assert [(f.read, f.accepted, f.quarantined, f.empty) for f in gmpp.files] == [
        (184, 184, 0, 0),
        (235, 235, 0, 0),
        (227, 227, 0, 0),
    ]


def test_whole_life_cost_of_numeric_cells(gmpp: pmo.Portfolio) -> None:
    row = pmo.roll_up(gmpp.at("2021-03-31")).iloc[0]
    assert row["wlc_budget"] == pytest.approx(541_951.37e6, rel=1e-9)
    assert row["wlc_budget_n_used"] == 164
    assert row["projects"] == 184


def test_withheld_cells_are_findings_and_unknown(gmpp: pmo.Portfolio) -> None:
    errors = gmpp.findings[gmpp.findings["severity"] == "error"]
    # the one blank commentary of a project rated red, as published
    assert list(zip(errors["code"], errors["key"], strict=True)) == [
        ("RAG_WITHOUT_PATH", "HO_0285_2324-Q2/2024-03")
    ]
    withheld = gmpp.findings[gmpp.findings["code"] == "WITHHELD"]
    assert withheld["value"].str.contains("Section 43").any()
    keys = gmpp.projects["project_id"] + gmpp.projects["period"].dt.strftime("/%Y-%m")
    told = withheld[withheld["column"] == "wlc_budget"]["key"]
    assert len(told) > 60
    assert gmpp.projects.loc[keys.isin(told), "wlc_budget"].isna().all()
    hidden = gmpp.projects["wlc_budget_reason"] == "withheld"
    assert hidden.sum() > 60
    assert gmpp.projects.loc[hidden, "wlc_budget"].isna().all()


def test_what_cannot_be_fed_is_undefined_and_never_green(gmpp: pmo.Portfolio) -> None:
    measured = pmo.measure(gmpp)
    for metric in ("cpi", "spi", "eac_cpi", "finish_slip_days", "milestones_overdue", "issues_open"):
        assert measured[metric].isna().all()
        assert measured[f"{metric}_reason"].notna().all()
    assert pmo.rate(measured)["rag_computed"].isna().all()


@pytest.mark.parametrize(("ev", "colour"), [(100.0, "green"), (60.0, "red")])
def test_earned_value_gives_a_project_its_colour(gmpp: pmo.Portfolio, ev: float, colour: str) -> None:
    status = gmpp.status
    one = (status[Status.project_id] == gmpp.project_ids[0]) & (status[Status.period] == gmpp.period)
    given = {Status.pv: 100.0, Status.ev: ev, Status.ac: 100.0, Status.bac: 200.0}
    fed = status.assign(**{name: status[name].mask(one, value) for name, value in given.items()})
    rated = pmo.rate(pmo.measure({"projects": gmpp.projects, "status": fed}, as_of=gmpp.as_of)).set_index(
        "project_id"
    )
    assert rated.loc[gmpp.project_ids[0], "rag_computed"] == colour
    assert rated["rag_computed"].notna().sum() == 1


def test_the_profile_is_recognised(shared: Path) -> None:
    portfolio = pmo.load(shared / "data" / "gmpp" / "gmpp_2023_24.csv")
    assert [source.profile for source in portfolio.sources] == ["gmpp"]
    assert portfolio.as_of == pd.Timestamp("2024-03-31")
