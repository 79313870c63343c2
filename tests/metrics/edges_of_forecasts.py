"""Edges of forecasts: reports that move one, and how right it was in the end."""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.edges import TODAY, TOMORROW, Edge, Rows, edge, listed, rows_of


def reports(column: str, *values: Any, **latest: Any) -> Rows:
    """Reports month by month, the last of them of June, with what each says in one column."""
    months = pd.date_range(end=TODAY, periods=len(values), freq="ME")
    said = [{"period": month, column: value} for month, value in zip(months, values, strict=True)]
    return rows_of("status", *said[:-1], said[-1] | latest)


def finishes(*days: int | None, **latest: Any) -> Rows:
    """Reports of a finish so many days after 30 June."""
    said = [
        None if days_late is None else pd.Timestamp(TODAY) + pd.Timedelta(days=days_late)
        for days_late in days
    ]
    return reports("forecast_finish", *said, **latest)


MOVEMENTS: list[Edge] = [
    edge(
        "one report of a finish",
        finishes(0),
        finish_changed_pct="NO_DATA",
        finish_movement_days="NO_DATA",
        finish_volatility_days="NO_DATA",
    ),
    edge(
        "two reports of a finish",
        finishes(0, 10),
        finish_changed_pct=1,
        finish_movement_days=10,
        finish_volatility_days="NO_DATA",
    ),
    # movements of 10 and 20: both 5 from their mean
    edge(
        "three reports of a finish",
        finishes(0, 10, 30),
        finish_changed_pct=1,
        finish_movement_days=15,
        finish_volatility_days=50**0.5,
    ),
    edge(
        "a finish that comes back",
        finishes(0, 10, 0),
        finish_changed_pct=1,
        finish_movement_days=10,
        finish_volatility_days=200**0.5,
    ),
    edge(
        "a finish that moves alike",
        finishes(0, 1, 2),
        finish_changed_pct=1,
        finish_movement_days=1,
        finish_volatility_days=0,
    ),
    edge(
        "a finish that never moves",
        finishes(3, 3, 3),
        finish_changed_pct=0,
        finish_movement_days=0,
        finish_volatility_days=0,
    ),
    # movements of 100, 0, 0, 0, 0: (10,000 − 100² ÷ 5) ÷ 4
    edge(
        "moved in the first of six reports",
        finishes(0, 100, 100, 100, 100, 100),
        finish_changed_pct=1 / 5,
        finish_movement_days=20,
        finish_volatility_days=2000**0.5,
    ),
    edge(
        "moved in the first of seven reports",
        finishes(0, 100, 100, 100, 100, 100, 100),
        finish_changed_pct=0,
        finish_movement_days=0,
        finish_volatility_days=0,
    ),
    edge(
        "a report carried forward",
        finishes(0, 10, 10, carried_from="2026-05-31"),
        finish_changed_pct=1,
        finish_movement_days=10,
        finish_volatility_days="NO_DATA",
    ),
    # spreads of 0, √50 and √200
    edge(
        "three projects move their finish",
        finishes(0, 1, 2),
        finishes(0, 10, 30),
        finishes(0, 10, 0),
        finish_volatility_days=50**0.5,
        finish_changed_pct=1,
        finish_movement_days=(2 + 30 + 20) / 6,
    ),
    edge(
        "two reports of an estimate",
        reports("eac_reported", 1.0, 2.0, bac=200.0),
        eac_volatility_pct="NO_DATA",
    ),
    edge(
        "three reports of an estimate",
        reports("eac_reported", 100.0, 110.0, 130.0, bac=200.0),
        eac_volatility_pct=50**0.5 / 200,
    ),
    # one hundredth each time, though no number of the machine is a hundredth
    edge(
        "an estimate that moves alike",
        reports("eac_reported", 100.0, 100.01, 100.02, bac=1.0),
        eac_volatility_pct=0,
    ),
    edge(
        "an estimate without a budget",
        reports("eac_reported", 1.0, 2.0, 4.0, bac=0.0),
        eac_volatility_pct="NO_DATA",
    ),
    edge(
        "three projects move their estimate",
        reports("eac_reported", 1.0, 2.0, 3.0, bac=1.0),
        reports("eac_reported", 100.0, 110.0, 130.0, bac=200.0),
        reports("eac_reported", 0.0, 10.0, 0.0, bac=1.0),
        eac_volatility_pct=50**0.5 / 200,
    ),
]


def finished(day: str, *foreseen: tuple[str, str, float], ac: float | None = 100.0, **more: Any) -> Rows:
    """A finished project with what was foreseen: month of the report, finish and estimate."""
    said = [{"period": month, "forecast_finish": at, "eac_reported": eac} for month, at, eac in foreseen]
    return listed(actual_finish=day, **more) | rows_of("status", *said, {"ac": ac})


#: 29 June is 90 days after 31 March.
MARCH = ("2026-03-31", "2026-06-19", 90.0)
RIGHT: list[Edge] = [
    edge(
        "finished 90 days after a report",
        finished("2026-06-29", MARCH),
        finish_bias_days=10,
        finish_error_days=10,
        eac_bias_pct=-0.1,
        eac_error_pct=0.1,
    ),
    edge(
        "finished 89 days after a report",
        finished("2026-06-28", MARCH),
        finish_bias_days="NO_DATA",
        finish_error_days="NO_DATA",
        eac_bias_pct="NO_DATA",
        eac_error_pct="NO_DATA",
    ),
    # the last one 90 days before counts: neither one that is older nor one that is younger
    edge(
        "finished after three reports",
        finished(
            "2026-06-29", ("2026-02-28", "2026-06-01", 50.0), MARCH, ("2026-04-30", "2026-06-29", 100.0)
        ),
        finish_bias_days=10,
        eac_bias_pct=-0.1,
    ),
    edge(
        "finished today",
        finished(TODAY, ("2026-03-31", "2026-07-04", 125.0)),
        finish_bias_days=-4,
        eac_bias_pct=0.25,
    ),
    edge(
        "to be finished tomorrow",
        finished(TOMORROW, MARCH),
        finish_bias_days="NO_DATA",
        eac_bias_pct="NO_DATA",
    ),
    edge(
        "finished for nothing",
        finished("2026-06-29", MARCH, ac=0.0),
        finish_bias_days=10,
        eac_bias_pct="NO_DATA",
    ),
    edge(
        "finished for one",
        finished("2026-06-29", ("2026-03-31", "2026-06-19", 0.5), ac=1.0),
        eac_bias_pct=-0.5,
        eac_error_pct=0.5,
    ),
    edge(
        "finished later than had been said",
        rows_of(
            "projects",
            {"period": "2026-05-31", "actual_finish": "2026-05-31"},
            {"period": TODAY, "actual_finish": "2026-06-29"},
        )
        | rows_of("status", {"period": "2026-03-31", "forecast_finish": "2026-06-19"}),
        finish_bias_days=10,
    ),
    # an estimate made in euros says nothing of a cost in pounds; the days of both are days
    edge(
        "finished in another currency than foreseen",
        listed(actual_finish="2026-06-29")
        | rows_of(
            "status",
            {
                "period": "2026-03-31",
                "forecast_finish": "2026-06-19",
                "eac_reported": 90.0,
                "currency": "EUR",
            },
            {"ac": 100.0, "currency": "GBP"},
        ),
        finish_bias_days=10,
        eac_bias_pct="NO_DATA",
        eac_error_pct="NO_DATA",
    ),
    # 10 days too early and 4 too late; 10 too little and 20 too much; what cost nothing has no estimate to judge
    edge(
        "three projects are finished",
        finished("2026-06-29", MARCH),
        finished("2026-06-29", ("2026-03-31", "2026-07-03", 120.0)),
        finished("2026-06-29", ("2026-03-31", "2026-06-29", 50.0), ac=0.0),
        finish_bias_days=2,
        finish_error_days=14 / 3,
        eac_bias_pct=10 / 200,
        eac_error_pct=30 / 200,
    ),
]


EDGES = [*MOVEMENTS, *RIGHT]
