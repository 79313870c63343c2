"""Risks: what may happen, how likely, and what it would cost."""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Fraction, Kind, Money, Number, Period, Text, Word, field


def _score(title: str, description: str) -> Any:
    return field(Kind.NUMBER, title, description, unit="score 1–5", required=True, at_least=1, at_most=5)


class Risk(pa.DataFrameModel):
    """One row per risk and delivery of the register."""

    risk_id: Text = field(Kind.TEXT, "Risk ID", "Identifier of the risk", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the register describes", key=True)
    entity_id: Text = field(
        Kind.TEXT, "Entity ID", "Project or programme that carries the risk", required=True
    )
    title: Text = field(Kind.TEXT, "Risk", "What may happen", required=True)
    kind: Word = field(Kind.WORD, "Risk kind", "Threat or opportunity", words="risk_kind", required=True)
    category: Text = field(Kind.TEXT, "Risk category", "Group that correlated risks share")
    prob_inherent: Fraction = field(
        Kind.FRACTION, "Inherent probability", "Probability before any response", at_least=0, at_most=1
    )
    prob_residual: Fraction = field(
        Kind.FRACTION,
        "Probability",
        "Probability after the responses in place",
        required=True,
        at_least=0,
        at_most=1,
    )
    p_score: Number = _score("Probability score", "Residual probability on the 1–5 scale")
    i_score: Number = _score("Impact score", "Residual impact on the 1–5 scale")
    impact_cost_min: Money = field(Kind.MONEY, "Cost impact, low", "Lowest cost if it happens", at_least=0)
    impact_cost_ml: Money = field(
        Kind.MONEY, "Cost impact", "Most likely cost if it happens", required=True, at_least=0
    )
    impact_cost_max: Money = field(Kind.MONEY, "Cost impact, high", "Highest cost if it happens", at_least=0)
    proximity_date: Date = field(Kind.DATE, "Proximity", "When it may strike")
    response: Word = field(Kind.WORD, "Response", "What is done about it", words="risk_response")
    action_owner: Text = field(Kind.TEXT, "Action owner", "Who carries out the response")
    action_due: Date = field(Kind.DATE, "Action due", "When the response is due")
    owner: Text = field(Kind.TEXT, "Risk owner", "Who answers for the risk")
    status: Word = field(Kind.WORD, "Risk status", "State of the risk", words="risk_status", required=True)
    opened: Date = field(Kind.DATE, "Risk opened", "Day it was raised")
    closed: Date = field(Kind.DATE, "Risk closed", "Day it was closed")
    last_reviewed: Date = field(Kind.DATE, "Last reviewed", "Day it was last looked at")
    cost_of_response: Money = field(Kind.MONEY, "Cost of response", "What the response costs", at_least=0)
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
