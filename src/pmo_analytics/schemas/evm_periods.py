"""Earned value by period: the baseline curve of a project, to its end, and what was earned and spent along it."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Kind, Money, Period, Text, field


class EvmPeriod(pa.DataFrameModel):
    """One row per project, month of its curve and delivery."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that the curve is of", key=True)
    for_period: Period = field(Kind.PERIOD, "Curve month", "Month that the values stand at", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month of the delivery", key=True)
    pv_cum: Money = field(
        Kind.MONEY,
        "Cumulative PV",
        "Planned value from the start to the end of the curve month; the curve goes on to the planned finish",
        at_least=0,
    )
    ev_cum: Money = field(
        Kind.MONEY, "Cumulative EV", "Earned value from the start to the end of the curve month", at_least=0
    )
    ac_cum: Money = field(
        Kind.MONEY, "Cumulative AC", "Actual cost from the start to the end of the curve month", at_least=0
    )
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
