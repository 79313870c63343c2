"""Objectives: what the organisation wants to reach, and how far it is."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Kind, Number, Period, Text, field


class Objective(pa.DataFrameModel):
    """One row per strategic objective and delivery of the list."""

    objective_id: Text = field(Kind.TEXT, "Objective ID", "Identifier of the objective", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the list describes", key=True)
    name: Text = field(Kind.TEXT, "Objective", "Name of the objective")
    weight: Number = field(
        Kind.NUMBER, "Objective weight", "Share of the objective in weighted sums", unit="weight", at_least=0
    )
    measure: Text = field(Kind.TEXT, "Objective measure", "What is measured to know how far it is reached")
    target: Number = field(Kind.NUMBER, "Target value", "Value that is to be reached", unit="own unit")
    actual: Number = field(Kind.NUMBER, "Actual value", "Value that has been reached", unit="own unit")
    unit: Text = field(Kind.TEXT, "Measure unit", "Unit of target and actual value")
    owner: Text = field(Kind.TEXT, "Objective owner", "Who answers for it")
