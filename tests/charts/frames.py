"""Frames that charts are drawn from: small ones with a row of nulls, and ones of any length."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pmo_analytics import charts
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.rollups import count_colours

AS_OF = "2026-06-30"
COLOURS = ["green", "amber_green", "amber", "amber_red", "red", None]
PAYLOADS = [
    "<script>alert(1)</script>",
    '<a href="https://evil.example">x</a>',
    "javascript:alert(1)",
    "$x$",
    "=1+1",
    "%{customdata}",
]


def cycled(values: list[Any], rows: int) -> list[Any]:
    return [values[row % len(values)] for row in range(rows)]


def days(texts: list[str | None], rows: int) -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(cycled(texts, rows), dtype="str"))).astype("datetime64[us]")


def texts(values: list[str | None], rows: int) -> pd.Series:
    return pd.Series(cycled(values, rows), dtype="str")


def numbers(values: list[float | None], rows: int) -> pd.Series:
    return pd.Series(cycled(values, rows), dtype="float64")


def rated(rows: int, text: str = "Bridge") -> pd.DataFrame:
    """Row 5 of six has a null in every column but the identifier; in row 6 that is null too."""
    return pd.DataFrame(
        {
            "project_id": texts(["P1", "P2", "P3", "P4", text, "P6", None], rows),
            "period": days([AS_OF], rows),
            "project_name": texts([text, text, "Tunnel", "n" * 300, "Quay", None, None], rows),
            "programme_id": texts(["RAIL", "PORTS", text, "RAIL", "RAIL", None, None], rows),
            "currency": texts(["GBP", "EUR", "GBP", "GBP", text, None, None], rows),
            "rag_reported": texts([*COLOURS, None], rows),
            "rag_computed": texts([None, *COLOURS], rows),
            "bac": numbers([5e6, 2e9, 0.0, -3.0, 800.0, None, None], rows),
            "cpi": numbers([0.8, 1.1, 1.0, 25.0, None, None, None], rows),
            "cpi_reason": texts([None, None, None, None, "NO_COST", None, None], rows),
            "spi": numbers([0.9, None, 1.0, -2.0, 1.05, None, None], rows),
            "spi_reason": texts([None, "COMPLETE", None, None, None, None, None], rows),
        }
    )


def counts(rows: int, text: str = "Bridge") -> pd.DataFrame:
    months = pd.period_range("1900-01", periods=max(rows, 1), freq="M").to_timestamp()[:rows]
    frame = rated(rows, text).assign(period=pd.Series(months, dtype="datetime64[us]"))
    counted: pd.DataFrame = count_colours(frame, by="period")
    return counted


def by_programme(rows: int, text: str = "Bridge") -> pd.DataFrame:
    groups = [None, text, *(f"G{row}" for row in range(rows))][:rows]
    counted: pd.DataFrame = count_colours(
        rated(rows, text).assign(programme_id=pd.Series(groups, dtype="str")), by="programme_id"
    )
    return counted


def by_period(rows: int, text: str = "Bridge") -> pd.DataFrame:
    """The months of one currency, then one month of another, one without a currency, one without a month."""
    months = pd.period_range("1950-01", periods=max(rows, 1), freq="M").to_timestamp()[:rows]
    money = {
        name: numbers([1e6 * step, 1.1e6 * step, 1.2e6 * step], rows)
        for step, name in enumerate(["pv", "ev", "ac", "bac", *(n for n in CATALOGUE if n[:3] == "eac")], 1)
    }
    frame = pd.DataFrame(
        {
            "currency": texts(["GBP"], rows),
            "period": pd.Series(months, dtype="datetime64[us]"),
            **money,
            "ev_reason": texts([None], rows),
        }
    )
    if rows >= 6:
        frame.loc[rows - 1, "currency"] = text
        frame.loc[rows - 2, "currency"] = None
        frame.loc[rows - 3, "period"] = pd.NaT
        frame.loc[1, "ev"] = None
        frame.loc[1, "ev_reason"] = "STALE"
    return frame


def milestones(rows: int, text: str = "Bridge") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "milestone_id": texts(["M1", text, "M3", "M4", "M5", None], rows),
            "name": texts(["Gate 3", text, "n" * 300, None, "Gate 4", None], rows),
            "entity_id": texts(["P1", text, "P99", None, "P1", None], rows),
            "entity_name": texts(["Bridge", text, None, None, "n" * 300, None], rows),
            "type": texts(["gate", "gate", "gate", "key", "gate", None], rows),
            "baseline_date": days(["2026-01-01", None, "2026-02-01", "2206-01-01", "2026-08-01", None], rows),
            "forecast_date": days(["2026-05-01", "2026-09-01", None, "2026-10-01", "2026-09-01", None], rows),
            "actual_date": days([None, None, None, "2026-05-05", None, None], rows),
            "status": texts([None, "in_progress", None, "complete", "cancelled", None], rows),
            "milestone_slip": numbers([120.0, None, None, -65000.0, None, None], rows),
            "milestones_overdue": numbers([1.0, 0.0, None, 0.0, 0.0, None], rows),
        }
    )


def projects(rows: int, text: str = "Bridge") -> pd.DataFrame:
    none: list[str | None] = [None]
    return pd.DataFrame(
        {
            "project_id": texts(["P1", "P2", "P3", text, "P5", None], rows),
            "project_name": texts(["Tunnel", text, "n" * 300, "Quay", None, None], rows),
            "programme_id": texts(["RAIL", text, None, "RAIL", "PORTS", None], rows),
            "baseline_start": days(["2025-01-01", None, "2025-02-01", "2025-03-01", *none, None], rows),
            "baseline_finish": days(["2026-12-01", "2026-12-31", None, "2027-01-01", *none, None], rows),
            "forecast_finish": days(["2027-01-31", None, "2027-02-28", None, *none, None], rows),
            "actual_finish": days([None, None, None, "2026-05-31", *none, None], rows),
        }
    )


def risks(rows: int, text: str = "Bridge") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "risk_id": texts(["R1", text, "R3", "R4", "R5", None], rows),
            "title": texts(["Flood", text, "n" * 300, "Strike", "Sale", None], rows),
            "entity_id": texts(["P1", text, "P3", "P4", "P5", None], rows),
            "kind": texts(["threat", "threat", None, "threat", "opportunity", None], rows),
            "p_score": numbers([4.0, 2.5, None, 3.0, 4.0, None], rows),
            "i_score": numbers([5.0, 3.0, 3.0, 9.0, 5.0, None], rows),
            "risks_open": numbers([1.0, 1.0, 1.0, 0.0, 1.0, None], rows),
        }
    )


#: For every chart: what makes its frame, and its other arguments.
MADE_OF = {
    "rag_matrix": (rated, {}),
    "rag_mix": (by_programme, {"by": "programme_id"}),
    "rag_over_time": (counts, {"view": "computed"}),
    "s_curve": (by_period, {}),
    "cpi_spi": (rated, {}),
    "milestone_slip": (milestones, {"as_of": AS_OF}),
    "roadmap": (projects, {"as_of": AS_OF, "milestones": milestones(12, PAYLOADS[0])}),
    "risk_heat_map": (risks, {}),
    "treemap": (rated, {}),
}


def marks(figure: Any, *names: str) -> int:
    """How many marks the traces of those names have, or all traces with markers."""
    traces = [t for t in figure.data if (t.name in names if names else "markers" in (t.mode or ""))]
    return sum(value is not None for trace in traces for value in trace.x)


def drawn(name: str, rows: int, text: str = "Bridge", **changed: Any) -> Any:
    make, arguments = MADE_OF[name]
    return charts.CHARTS[name].draw(make(rows, text), **{**arguments, **changed})
