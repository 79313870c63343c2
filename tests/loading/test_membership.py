"""Membership: what the tree of entities says of a project in a month, and what it leaves to the project list."""

from __future__ import annotations

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.loading.membership import with_membership
from pmo_analytics.schemas.tables import table

MAY, JUNE = pd.Timestamp("2026-05-31"), pd.Timestamp("2026-06-30")


def typed(name: str, **columns: list[object]) -> pd.DataFrame:
    shape = table(name).dtypes()
    return pd.DataFrame(columns).reindex(columns=list(shape)).astype(shape)


def tree(*rows: tuple[str, str, str | None, str | None, str | None]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True))
    names = ("entity_id", "kind", "parent_id", "valid_from", "valid_to")
    made = dict(zip(names, map(list, columns), strict=True))
    made["valid_from"], made["valid_to"] = (pd.to_datetime(made[name]) for name in names[3:])
    return typed("entities", **made)


ABOVE = (("RAIL", "programme", "CORE", None, None), ("ROAD", "programme", None, None, None))
CORE = ("CORE", "portfolio", None, None, None)


@pytest.mark.parametrize(
    ("memberships", "expected"),
    [
        ([("P1", "project", "RAIL", None, None)], [("RAIL", "CORE"), ("RAIL", "CORE")]),
        ([("P1", "project", "RAIL", None, "2026-05-31")], [("RAIL", "CORE"), (None, None)]),
        ([("P1", "project", "RAIL", "2026-06-30", None)], [(None, None), ("RAIL", "CORE")]),
        ([("P1", "project", "RAIL", "2026-07-01", None)], [(None, None), (None, None)]),
        (
            [("P1", "project", "RAIL", None, "2026-06-14"), (" p1", "project", "ROAD", "2026-06-15", None)],
            [("RAIL", "CORE"), ("ROAD", None)],
        ),
        # of two that hold, the one that began later
        (
            [("P1", "project", "ROAD", "2026-05-01", None), ("P1", "project", "RAIL", None, None)],
            [("ROAD", None), ("ROAD", None)],
        ),
        # a programme and a portfolio at a time
        (
            [("P1", "project", "ROAD", "2026-01-01", None), ("P1", "project", "CORE", "2026-02-01", None)],
            [("ROAD", "CORE"), ("ROAD", "CORE")],
        ),
        ([("P1", "project", "CORE", None, None)], [(None, "CORE"), (None, "CORE")]),
        ([("P1", "project", "NOWHERE", None, None)], [(None, None), (None, None)]),
        ([("P2", "project", "RAIL", None, None)], [(None, None), (None, None)]),
    ],
)
def test_a_month_has_the_membership_that_holds_at_its_end(
    memberships: list[tuple[str, str, str | None, str | None, str | None]],
    expected: list[tuple[str | None, str | None]],
) -> None:
    projects = typed("projects", project_id=["P1", "P1"], period=[MAY, JUNE])
    before = projects.copy()
    found = with_membership(projects, tree(*memberships, *ABOVE, CORE))
    told = found[["programme_id", "portfolio_id"]].astype("object")
    assert [tuple(row) for row in told.where(told.notna(), None).to_numpy()] == expected
    assert found.dtypes.equals(projects.dtypes)
    pd.testing.assert_frame_equal(projects, before)


def test_what_the_project_list_says_stays() -> None:
    projects = typed(
        "projects", project_id=["P1"], period=[JUNE], programme_id=["ROAD"], portfolio_id=["OTHER"]
    )
    found = with_membership(projects, tree(("P1", "project", "RAIL", None, None), *ABOVE, CORE))
    assert found[["programme_id", "portfolio_id"]].to_numpy().tolist() == [["ROAD", "OTHER"]]


def test_a_loaded_tree_is_rolled_up_as_then_or_as_now() -> None:
    status = pd.DataFrame(
        {
            "project_id": ["P1", "P2", "P1", "P2"],
            "period": [MAY, MAY, JUNE, JUNE],
            "ac": [1.0, 10.0, 2.0, 20.0],
        }
    )
    memberships = [
        ("P1", "project", "RAIL", None, "2026-06-14"),
        ("P1", "project", "ROAD", "2026-06-15", None),
        ("P2", "project", "RAIL", None, None),
    ]
    entities = pd.DataFrame(tree(*memberships, *ABOVE, CORE)).dropna(axis=1, how="all")
    projects = status[["project_id", "period"]].assign(department="D")
    portfolio = pmo.from_frames(projects=projects, status=status, entities=entities, as_of=JUNE)
    by = ["programme_id", "period"]
    then = pmo.roll_up(portfolio, by=by, metrics=["ac"])
    assert then[["programme_id", "ac"]].to_numpy().tolist() == [["RAIL", 11], ["RAIL", 20], ["ROAD", 2]]
    now = pmo.roll_up(portfolio, by=by, metrics=["ac"], tree="now")
    assert now[["programme_id", "ac"]].to_numpy().tolist() == [
        ["RAIL", 10],
        ["RAIL", 20],
        ["ROAD", 1],
        ["ROAD", 2],
    ]
    measured = pmo.measure_by_period(portfolio, metrics=["ac"])
    assert measured["programme_id"].tolist() == ["RAIL", "ROAD", "RAIL", "RAIL"]
    whole = [
        pmo.roll_up(portfolio, by="period", metrics=["ac"], tree=tree)["ac"].tolist()
        for tree in ("then", "now")
    ]
    assert whole == [[11, 22], [11, 22]]
