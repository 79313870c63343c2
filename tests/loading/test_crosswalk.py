"""Ids of other systems and names: replaced by the project's id, said once, kept as written."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.loading.crosswalk import translate
from pmo_analytics.schemas.source import Source
from pmo_analytics.schemas.tables import table

COLUMNS = ("source_id", "relation", "project_id", "source_system", "valid_from", "valid_to")
PROJECTS = pd.DataFrame(
    {
        "project_id": ["P1", "P2", "P3", "P4"],
        "project_name": ["Harbour wall", "Station", "Twin", " twin "],
        "programme_id": ["SEA", "RAIL", "RAIL", "RAIL"],
    }
)


def crosswalk(*rows: tuple[Any, ...]) -> pd.DataFrame:
    padded = [row + (None,) * (len(COLUMNS) - len(row)) for row in rows]
    return pd.DataFrame(padded, columns=COLUMNS)


def typed(name: str, given: Any) -> pd.DataFrame:
    data = pd.DataFrame(given)
    dtypes = table(name).dtypes().items()
    return pd.DataFrame({c: pd.Series(data.get(c), index=data.index).astype(dtype) for c, dtype in dtypes})


def loaded(ids: list[str], *rows: tuple[Any, ...], period: str = "2026-06") -> pmo.Portfolio:
    """A portfolio of four projects and one risk for each id."""
    risks = pd.DataFrame({"risk_id": [f"R{n}" for n in range(len(ids))], "entity_id": ids, "title": "x"})
    given = {"identities": crosswalk(*rows)} if rows else {}
    return pmo.from_frames(projects=PROJECTS, risks=risks, period=period, as_of="2026-12-31", **given)


def told(portfolio: pmo.Portfolio, code: str) -> list[str]:
    return portfolio.findings.loc[portfolio.findings["code"] == code, "message"].tolist()


@pytest.mark.parametrize(
    ("written", "rows", "meant"),
    [
        ("JIRA-7", [("jira-7 ", "same", "P1")], "P1"),
        ("Old", [("Old", "renamed", "P2")], "P2"),
        ("Old", [("Old", "replaced_by", "P2")], "P2"),
        ("Old", [("Old", "moved", "P2")], "P2"),
        ("P1", [("P1", "merged_into", "P2")], "P1"),
        ("P1", [("P1", "split_from", "P2")], "P1"),
        ("P1", [("P1", "renamed", "P1")], "P1"),
        ("Older", [("Older", "renamed", "Old"), ("Old", "renamed", "P1")], "P1"),
        ("A", [("A", "same", "B"), ("B", "same", "A")], "A"),
        ("7", [("7", "same", "P1", "Jira"), ("7", "renamed", "P2", "Finance")], "7"),
        ("7", [("7", "same", "P1", "Generic"), ("7", "renamed", "P2", "Finance")], "P1"),
        ("7", [("7", "same", "P1", "Jira"), ("7", "renamed", "P1", "Finance")], "P1"),
        ("F1", [("F1", "same", "P1", None, "2026-06-30", "2026-06-30")], "P1"),
        ("F1", [("F1", "same", "P1", None, "2026-07-01", None)], "F1"),
        ("F1", [("F1", "same", "P1", None, None, "2026-06-29")], "F1"),
        (
            "F1",
            [("F1", "same", "P1", None, None, "2026-06-30"), ("F1", "moved", "P2", None, "2026-07-01", None)],
            "P1",
        ),
    ],
)
def test_what_an_id_means(written: str, rows: list[tuple[Any, ...]], meant: str) -> None:
    register = typed(
        "risks", {"risk_id": ["R"], "entity_id": [written], "period": ["2026-06-30"], "source": ["s"]}
    )
    source = Source("s", "r.csv", None, "", "generic", "risk", ("risks",), 1, None, "")
    parts, changes = translate({"risks": [register]}, typed("identities", crosswalk(*rows)), [source])
    assert parts["risks"][0]["entity_id"].tolist() == [meant]
    assert changes["written"].tolist() == ([written] if meant != written else [])


def test_it_is_said_once_and_kept_as_written() -> None:
    portfolio = loaded(["J1", "P2", "j1"], ("J1", "same", "P1"))
    assert portfolio.risks["entity_id"].tolist() == ["P1", "P2", "P1"]
    assert told(portfolio, "ID_MAPPED") == [
        "J1 means P1 (1 row) by the crosswalk of identities.",
        "j1 means P1 (1 row) by the crosswalk of identities.",
    ]
    ids = portfolio.cells.query("heading == 'entity_id'")
    assert ids[["source_row", "raw"]].values.tolist() == [[1, "J1"], [3, "j1"]]
    assert told(portfolio, "UNRESOLVED_LINK") == []


def test_reports_under_two_ids_are_one_project() -> None:
    status = pd.DataFrame({"project_id": ["P1", "J1"], "ac": [1.0, 2.0], "period": ["2026-05", "2026-06"]})
    portfolio = pmo.from_frames(status=status, identities=crosswalk(("J1", "same", "P1")), as_of="2026-06-30")
    assert portfolio.project_ids == ("P1",)
    assert portfolio.status["ac"].tolist() == [1.0, 2.0]


def test_two_rows_that_mean_one_project_are_a_doubled_key() -> None:
    status = pd.DataFrame({"project_id": ["P1", "J1"], "ac": [1.0, 2.0]})
    portfolio = pmo.from_frames(status=status, identities=crosswalk(("J1", "same", "P1")), as_of="2026-06-30")
    assert len(told(portfolio, "DUPLICATE_KEY")) == 1


def test_a_name_that_one_project_bears_is_its_id() -> None:
    portfolio = loaded(["HARBOUR  wall", "Station", "station", "SEA", "Twin", "Nobody"])
    assert portfolio.risks["entity_id"].tolist() == ["P1", "P2", "P2", "SEA", "Twin", "Nobody"]
    assert told(portfolio, "LINK_BY_NAME")[0].startswith("HARBOUR  wall is the name of P1 (1 row); taken")
    assert len(told(portfolio, "LINK_BY_NAME")) == 3
    assert len(told(portfolio, "UNRESOLVED_LINK")) == 2


def test_an_id_is_never_taken_for_a_name() -> None:
    projects = pd.DataFrame({"project_id": ["P1", "Bridge"], "project_name": ["Bridge", "Road"]})
    risks = pd.DataFrame({"risk_id": ["R"], "entity_id": ["Bridge"], "title": "x"})
    portfolio = pmo.from_frames(projects=projects, risks=risks, as_of="2026-06-30")
    assert portfolio.risks["entity_id"].tolist() == ["Bridge"]


def test_a_list_without_ids_joins_the_one_that_has_them(tmp_path: Any) -> None:
    (tmp_path / "a-2026-06.csv").write_text("Project ID,Project,Department\nP1,Bridge,Roads\n")
    (tmp_path / "b-2026-06.csv").write_text(
        "Project,Sponsor,Category\nbridge,A. Person,x\nRoad,B. Person,y\n"
    )
    portfolio = pmo.load(tmp_path)
    assert portfolio.project_ids == ("P1", "Road")
    assert portfolio.projects["sponsor"].tolist() == ["A. Person", "B. Person"]
