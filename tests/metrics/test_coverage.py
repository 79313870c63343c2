"""Coverage: which share of the weight of a group a figure speaks of, and what weighs."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pytest

import pmo_analytics as pmo
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.measure import RollUp
from pmo_analytics.schemas.columns import reason_of

AS_OF = "2026-06-30"


def rolled(rows: list[dict[str, Any]], **options: Any) -> pd.DataFrame:
    status = pd.DataFrame([{"project_id": f"P{at}"} | row for at, row in enumerate(rows)])
    for column in ("ev", "bac"):
        status[column] = status.get(column, pd.Series(dtype=float)).astype(float)
    status["currency"] = status.get("currency", pd.Series(dtype=object)).astype("str")
    projects = status[["project_id"]].assign(wlc_budget=[row.get("wlc") for row in rows], department="N")
    return pmo.roll_up(
        {
            "projects": projects.astype({"wlc_budget": float}),
            "status": status.drop(columns="wlc", errors="ignore"),
        },
        as_of=AS_OF,
        **options,
    )


@pytest.mark.parametrize(
    ("rows", "weight", "covered"),
    [
        # 1 of 1 + 3; a project without a budget weighs nothing where others have one
        ([{"ev": 1, "bac": 1}, {"bac": 3}], "bac", 0.25),
        ([{"ev": 1}, {"bac": 3}, {"ev": 1, "bac": 1}], "bac", 0.25),
        ([{"ev": 1, "bac": 1, "wlc": 5}, {"wlc": 5}], "bac", 1.0),
        ([{"ev": 1, "wlc": 1}, {"wlc": 3}], "wlc_budget", 0.25),
        ([{"ev": 1, "wlc": 1}], "wlc_budget", 1.0),
        ([{"ev": 1}, {}], "count", 0.5),
        ([{}], "count", 0.0),
        # budgets of nothing are no weight, nor are those in two currencies; projects can be counted in any
        ([{"ev": 1, "bac": 0}], "bac", None),
        ([{"ev": 1, "bac": 1, "currency": "GBP"}, {"bac": 3, "currency": "EUR"}], "bac", None),
        ([{"ev": 1, "bac": 1, "currency": "GBP"}, {"bac": 3, "currency": "GBP"}], "bac", 0.25),
        ([{"ev": 1, "currency": "GBP"}, {"ev": 1, "currency": "EUR"}], "count", 1.0),
    ],
)
def test_coverage(rows: list[dict[str, Any]], weight: str, covered: float | None) -> None:
    whole = rolled(rows).iloc[0]
    assert whole["coverage_weight"] == weight
    assert (None if pd.isna(whole["ev_coverage"]) else whole["ev_coverage"]) == covered
    assert pd.isna(whole["risks_open_coverage"])


def test_a_share_of_no_weight_is_null_and_no_other_kind_of_nothing() -> None:
    status = pl.DataFrame({"project_id": ["A"], "ev": [1.0], "bac": [0.0]})
    assert pmo.roll_up({"status": status}, as_of=AS_OF, metrics=["ev"])["ev_coverage"].is_null().all()


def test_what_did_not_come_is_used_by_nothing() -> None:
    whole = rolled([{"ev": 1}]).iloc[0]
    assert (whole["risks_open_reason"], whole["risks_open_n_used"]) == ("NO_DATA", 0)
    costed = pmo.roll_up(
        {"status": pd.DataFrame({"project_id": ["A"], "bac": 9.0, "ev": 1.0, "ac": 1.0})}, as_of=AS_OF
    )
    assert costed["risk_emv_share_of_etc_reason"].tolist() == ["NO_DATA"]


def test_of_two_projects_there_is_no_figure_of_one() -> None:
    alone = [name for name, metric in CATALOGUE.items() if metric.roll_up is RollUp.NONE]
    whole = rolled([{"ev": 1}, {"ev": 2}]).iloc[0]
    assert alone
    assert {whole[reason_of(name)] for name in alone} == {"NOT_APPLICABLE"}


def test_amounts_in_several_currencies_are_told_apart_from_none() -> None:
    rows = [{"ev": 1, "currency": "GBP"}, {"bac": 3, "currency": "EUR"}]
    whole = rolled(rows).iloc[0]
    assert (whole["ev_reason"], whole["bac_reason"], whole["eac_reported_reason"]) == (
        "MIXED_CURRENCY",
        "MIXED_CURRENCY",
        "NO_DATA",
    )


def test_a_project_without_money_has_no_currency() -> None:
    whole = rolled([{"ev": 1, "currency": "GBP"}, {"currency": "EUR"}]).iloc[0]
    assert whole["ev"] == 1


def test_the_rows_without_a_key_are_a_group_without_a_name() -> None:
    status = pd.DataFrame({"project_id": ["A", "B"], "ev": [1.0, 2.0], "department": ["N", None]})
    found = pmo.roll_up({"projects": status}, by="department", as_of=AS_OF)
    assert found["department"].isna().tolist() == [False, True]
