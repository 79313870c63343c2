"""Edges of planned curves: where a curve begins, ends and falls, and what has been earned on it."""

from __future__ import annotations

import pandas as pd

from metrics.edges import Edge, Rows, edge, rows_of, status


def curve(first: str, pv: list[float], ev: float) -> Rows:
    """A planned curve, month by month, and what has been earned by 30 June."""
    months = pd.date_range(first, periods=len(pv), freq="ME")
    points = [{"for_period": month, "pv_cum": value} for month, value in zip(months, pv, strict=True)]
    return status(ev=ev) | rows_of("evm_periods", *points)


#: From January to December, 2 a month: ES is half of what is earned, AT is 6, the planned duration 12.
YEAR = [2.0 * month for month in range(1, 13)]

EDGES: list[Edge] = [
    edge(
        "nothing is earned in half a year",
        curve("2026-01-31", YEAR, 0.0),
        es=0,
        at=6,
        sv_t=-6,
        spi_t=0,
        ieac_t="NOT_STARTED",
        finish_slip_t="NOT_STARTED",
        tspi=2,
    ),
    edge(
        "one is earned in half a year",
        curve("2026-01-31", YEAR, 1.0),
        es=0.5,
        spi_t=0.5 / 6,
        ieac_t=12 * 6 / 0.5,
        finish_slip_t=12 * 6 / 0.5 - 12,
        tspi=11.5 / 6,
    ),
    edge("less than nothing is earned", curve("2026-01-31", YEAR, -5.0), es=0, sv_t=-6, ieac_t="NOT_STARTED"),
    edge("all is earned in half a year", curve("2026-01-31", YEAR, 24.0), es=12, spi_t=2, tspi="COMPLETE"),
    edge("more than the curve is earned", curve("2026-01-31", YEAR, 30.0), es=12, tspi="COMPLETE"),
    # half of the first month: 2 months ÷ (0.5 ÷ 1)
    edge("a curve from June", curve("2026-06-30", [10.0, 20.0], 5.0), es=0.5, at=1, ieac_t=4, tspi=1.5),
    edge("a curve from July", curve("2026-07-31", [10.0, 20.0], 5.0), es="NOT_STARTED", tspi="NOT_STARTED"),
    edge("a curve up to June", curve("2026-01-31", YEAR[:6], 6.0), es=3, ieac_t=12, tspi="TIME_EXHAUSTED"),
    edge("a curve up to July", curve("2026-01-31", YEAR[:7], 6.0), es=3, ieac_t=14, tspi=4),
    edge("a curve with a rest", curve("2026-01-31", [2.0, 2.0, 2.0, 6.0], 4.0), es=3.5),
    edge("a curve that falls", curve("2026-01-31", [2.0, 1.0, 3.0], 1.0), es="INVALID_INPUT"),
    # one of two falls while their sum rises: 12, 21, 33
    edge(
        "one of two curves falls",
        curve("2026-01-31", [2.0, 1.0, 3.0], 1.0),
        curve("2026-01-31", [10.0, 20.0, 30.0], 1.0),
        es="INVALID_INPUT",
    ),
    # the sum is 4, 8, 12; 6 are earned of it, and what has no curve counts for nothing
    edge(
        "two curves and a project without one",
        curve("2026-01-31", [2.0, 4.0, 6.0], 2.0),
        curve("2026-01-31", [2.0, 4.0, 6.0], 4.0),
        status(ev=99.0),
        es=1.5,
        at=6,
        ieac_t=12,
    ),
]
