"""Portfolios at the edge: nothing, one, very many, nothing known, very long names."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pmo_analytics.portfolio import Portfolio
from pmo_analytics.schemas.tables import table

from .conftest import AS_OF, EARLIER, project, status, typed

LONG = "Replacement of everything between the harbour and the hills, " * 5
MANY = 2_000


def _columns(table_name: str, **columns: Any) -> pd.DataFrame:
    """A typed frame of a table from whole columns."""
    dtypes = table(table_name).dtypes()
    return pd.DataFrame(columns).reindex(columns=list(dtypes)).astype(dtypes)


def of(**tables: pd.DataFrame) -> Portfolio:
    """A portfolio of those tables."""
    return Portfolio(tables=tables, as_of=AS_OF, delivered=frozenset(tables))


def nothing() -> Portfolio:
    """No project at all."""
    return of()


def one() -> Portfolio:
    """One project."""
    return of(projects=typed("projects", [project(1)]), status=typed("status", [status(1)]))


def undefined() -> Portfolio:
    """Three projects of which nothing is known but that they exist, and registers without a figure or a date."""
    bare = [{"project_id": f"P{number}", "period": AS_OF} for number in range(3)]
    rows = [{"entity_id": row["project_id"], "period": AS_OF, "title": None} for row in bare]
    return of(
        projects=typed("projects", bare),
        status=typed("status", bare),
        milestones=typed("milestones", [row | {"milestone_id": f"M{at}"} for at, row in enumerate(rows)]),
        risks=typed("risks", [row | {"risk_id": f"R{at}"} for at, row in enumerate(rows)]),
        issues=typed("issues", [row | {"issue_id": f"I{at}"} for at, row in enumerate(rows)]),
        decisions=typed("decisions", [row | {"decision_id": f"D{at}"} for at, row in enumerate(rows)]),
    )


def long_names() -> Portfolio:
    """Names and texts of 300 characters wherever a text can stand."""
    text = LONG[:300]
    row = {"entity_id": "P001", "period": AS_OF, "title": text, "owner": text}
    return of(
        projects=typed(
            "projects",
            [project(1, project_name=text, programme_id=text, department=text, project_manager=text)],
        ),
        status=typed(
            "status", [status(1, rag_overall="red", rag_reported="red", path_to_green=text, path_owner=text)]
        ),
        milestones=typed(
            "milestones",
            [row | {"milestone_id": text, "name": text, "gate_code": text, "forecast_date": AS_OF}],
        ),
        risks=typed("risks", [row | {"risk_id": text, "category": text, "status": "open"}]),
        issues=typed("issues", [row | {"issue_id": text, "resolution": text, "status": "open"}]),
        decisions=typed(
            "decisions", [row | {"decision_id": text, "board": text, "consequence": text, "decider": text}]
        ),
    )


def many() -> Portfolio:
    """Two thousand projects in forty programmes, over two periods, with three milestones and a risk each."""
    ids = [f"P{number:05}" for number in range(MANY)]
    both = {"project_id": ids * 2, "period": [AS_OF] * MANY + [EARLIER] * MANY, "currency": "GBP"}
    colours = ["green", "amber", "red", None] * (MANY // 2)
    day = pd.Timestamp("2026-07-01")
    return of(
        projects=_columns(
            "projects",
            **both,
            project_name=[f"Project {name}" for name in ids] * 2,
            programme_id=[f"Programme {number % 40}" for number in range(MANY)] * 2,
            department=[f"Department {number % 9}" for number in range(MANY)] * 2,
            baseline_start=pd.Timestamp("2025-01-01"),
            baseline_finish=pd.Timestamp("2026-12-31"),
        ),
        status=_columns(
            "status",
            **both,
            rag_overall=colours,
            rag_reported=colours,
            pv=1e6,
            ev=0.9e6,
            ac=1e6,
            bac=4e6,
            forecast_finish=pd.Timestamp("2027-01-31"),
        ),
        milestones=_columns(
            "milestones",
            milestone_id=[f"M{number}" for number in range(3 * MANY)],
            entity_id=ids * 3,
            period=AS_OF,
            name="Gate 3: investment decision",
            baseline_date=day,
            forecast_date=day + pd.Timedelta(days=20),
        ),
        risks=_columns(
            "risks",
            risk_id=[f"R{number}" for number in range(MANY)],
            entity_id=ids,
            period=AS_OF,
            title="The supplier leaves",
            status="open",
            p_score=4.0,
            i_score=4.0,
        ),
    )


EXTREMES = {"nothing": nothing, "one": one, "undefined": undefined, "long names": long_names, "many": many}
