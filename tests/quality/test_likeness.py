"""Ids and names that are nearly the same are suggested, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.quality.likeness import folded

Found = Callable[..., list[tuple[Any, ...]]]


def projects(*pairs: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [{"project_id": project, "project_name": name} for project, name in pairs]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("PRJ-010", "PRJ-O10", True),
        ("PRJ-101", "PRJ-l0I", True),
        ("PRJ-010", "PRJ 010", True),
        ("PRJ-010", "PRJ_10", True),
        ("PRJ-010", "PRJ010", True),
        ("PRJ-010", "PRJ-011", False),
        ("PRJ-010", "PRJ-100", False),
        ("A-1-1", "A-11", False),
        ("P1.1", "P11", False),
        ("ROAD", "R0AD", False),
        ("AI-1", "A-11", False),
    ],
)
def test_ids_alike(found: Found, one: str, other: str, alike: bool) -> None:
    told = found("NEAR_DUPLICATE", projects=projects((one, None), (other, None)))
    assert [fault[1] for fault in told] == (["project_id"] if alike else [])
    assert (folded(pd.Series([one])) == folded(pd.Series([other]))).item() is alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Harbour wall renewal", "Harbour wall renewals", True),
        ("Harbour wall renewal", "Renewal, harbour wall", True),
        ("Harbour Wall", "harbour  wall", True),
        ("Harbour wall renewal", "Harbour wall removal", False),
        ("Station upgrade phase 1", "Station upgrade phase 2", False),
        ("Station upgrade II", "Station upgrade III", False),
        ("Programme of safe cladding", "Programme of non safe cladding", False),
        ("Station upgrade A", "Station upgrade B", False),
        ("a" * 23 + "xx", "a" * 23 + "yy", True),
        ("a" * 22 + "xx", "a" * 22 + "yy", False),
    ],
)
def test_names_alike(found: Found, one: str, other: str, alike: bool) -> None:
    told = found("NEAR_DUPLICATE", projects=projects(("P1", one), ("P2", other)))
    expected = [("projects", "project_name", 3, other, f"{one} (P1)")]
    assert told == (expected if alike else [])


def test_one_project_over_months_is_no_duplicate_of_itself(found: Found) -> None:
    rows = [
        {"project_id": "P1", "project_name": "Wall", "period": f"2026-0{month}-28"} for month in (1, 2, 3)
    ]
    assert found("NEAR_DUPLICATE", projects=rows) == []


@pytest.mark.parametrize("relation", ["same", "split_from", "merged_into"])
def test_what_the_crosswalk_explains_is_not_suggested(found: Found, relation: str) -> None:
    link = {"source_id": "P2", "project_id": "P1", "relation": relation}
    rows = projects(("P1", "Harbour wall"), ("P2", "Harbour walls"))
    assert found("NEAR_DUPLICATE", projects=rows, identities=[link]) == []
    assert len(found("NEAR_DUPLICATE", projects=rows)) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PRJ-O17", " (did you mean PRJ-017?)"),
        ("prj 17", " (did you mean PRJ-017?)"),
        ("PJR-017", " (did you mean PRJ-017?)"),
        ("Harbor wall", " (did you mean PRJ-017?)"),
        ("Twin", " (did you mean PRJ-1 or PRJ-2?)"),
        ("PRJ-018", ""),
        ("Canal", ""),
    ],
)
def test_an_unresolved_link_suggests(found: Found, written: str, meant: str) -> None:
    rows = projects(("PRJ-017", "Harbour wall"), ("PRJ-1", "Twin"), ("PRJ-2", "twin"))
    told = found("UNRESOLVED_LINK", projects=rows, risks=[{"entity_id": written}])
    assert told == [("risks", "entity_id", 2, written, meant)]


def test_many_projects_of_one_name_are_one_matter(found: Found) -> None:
    told = found(
        "NEAR_DUPLICATE",
        projects=projects(*((f"P{n}", "To be named") for n in range(40)), ("X", "Be named, to")),
    )
    assert len(told) == 40
    assert {fault[4] for fault in told} == {"To be named (P0)"}
