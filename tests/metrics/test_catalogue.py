"""The catalogue as a table, the reasons of a metric, and records that nobody changes."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import UnknownName
from pmo_analytics.metrics.catalogue import CATALOGUE, DERIVED, LOOKUPS, MEASURES, money_tables, reasons
from pmo_analytics.metrics.inputs import read_inputs
from pmo_analytics.metrics.risks import BANDS


def test_the_catalogue_as_a_table() -> None:
    row = pmo.metric_catalogue().set_index("name").loc["bac"]
    assert row.to_dict() == {
        "title": "Budget at completion",
        "formula": "Σ BAC",
        "unit": "money",
        "better": "none",
        "roll_up": "sum",
        "reasons": "MIXED_CURRENCY, NO_BASELINE, EXEMPT, INVALID_INPUT, STALE, NO_DATA",
        "source": "DAU, Earned Value Management Gold Card",
    }


LACKING = ("EXEMPT", "INVALID_INPUT", "STALE", "NO_DATA")


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("milestones", LACKING),
        # what does not roll up does not apply to groups
        ("run_out_months", ("MIXED_CURRENCY", "NOT_APPLICABLE", "BUDGET_EXHAUSTED", *LACKING)),
        # those of what it is made of come first
        (
            "cpi_spi",
            (
                "MIXED_CURRENCY",
                "NOT_STARTED",
                "NO_COST",
                "INVALID_INPUT",
                "EXEMPT",
                "STALE",
                "NO_DATA",
                "COMPLETE",
            ),
        ),
    ],
)
def test_reasons(metric: str, expected: tuple[str, ...]) -> None:
    assert reasons(metric) == expected


def test_money_comes_from_the_spine_and_from_registers() -> None:
    assert money_tables(CATALOGUE["risk_emv_share_of_etc"]) == ("spine", "risks")
    assert money_tables(CATALOGUE["milestones"]) == ()


def test_an_unknown_metric() -> None:
    with pytest.raises(UnknownName, match="cpy"):
        reasons("cpy")


RECORDS: list[Any] = [
    CATALOGUE["cpi"],
    MEASURES["ev"],
    BANDS[0],
    read_inputs({"status": pd.DataFrame({"project_id": ["A"]})}, "2026-06-30"),
    LOOKUPS["authority"],
    DERIVED["__stage_overrun"],
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_nobody_changes_a_record(record: Any) -> None:
    name = dataclasses.fields(record)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, name, "another")
    assert not hasattr(record, "__dict__")


@pytest.mark.parametrize("record", RECORDS[:2] + RECORDS[3:], ids=lambda record: type(record).__name__)
def test_a_record_is_itself_alone(record: Any) -> None:
    # expressions and frames in it have no answer to whether they are equal
    assert record != copy.copy(record)


def test_an_empty_register_came_and_rows_that_stand_there_did() -> None:
    listed = pd.DataFrame({"project_id": ["A"], "period": pd.Timestamp("2026-06-30")})
    risks = pd.DataFrame({"risk_id": ["R1"], "entity_id": ["A"], "period": pd.Timestamp("2026-06-30")})
    known = [({"risks": risks.head(0)}, 0), ({"risks": risks.assign(status="closed")}, 0), ({}, None)]
    for tables, expected in known:
        for source in (
            {"projects": listed, **tables},
            pmo.Portfolio(
                {"projects": listed, **tables}, pd.Timestamp("2026-06-30"), delivered=frozenset(tables)
            ),
        ):
            found = pmo.measure(source, as_of="2026-06-30", metrics=["risk_emv"])["risk_emv"]
            assert found.astype("object").where(found.notna(), None).tolist() == [expected]
    # what came a month ago has come
    late = {"projects": listed, "risks": risks.assign(status="closed", period=pd.Timestamp("2026-05-31"))}
    assert pmo.measure(late, as_of="2026-06-30", metrics=["risk_emv"])["risk_emv"].tolist() == [0]
    # before the first delivery nothing came
    early = {
        "projects": listed.assign(period=pd.Timestamp("2026-05-31")),
        "risks": risks.assign(status="closed"),
    }
    assert pmo.measure(early, as_of="2026-05-31", metrics=["risk_emv"])["risk_emv"].isna().all()
    by_hand = pmo.Portfolio({"projects": listed, **known[1][0]}, pd.Timestamp("2026-06-30"))
    assert pmo.measure(by_hand, metrics=["risk_emv"])["risk_emv"].tolist() == [0]


def test_without_a_headline_of_its_own_a_mapping_has_the_next_best_colour() -> None:
    rated = {"rag_reported": [None], "rag_overall": ["red"]}
    status = pd.DataFrame({"project_id": ["A"], "period": pd.Timestamp("2026-06-30"), **rated})
    status = status.astype({"rag_reported": "str"})
    assert pmo.measure({"status": status}, as_of="2026-06-30")["rag_reported"].tolist() == ["red"]
    # a portfolio has been given its headline when it was loaded
    loaded = pmo.Portfolio({"status": status}, pd.Timestamp("2026-06-30"))
    assert pmo.measure(loaded)["rag_reported"].isna().all()
