"""Gates: the decisions that every project passes, and who may take which decision."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import MAY_BE_EMPTY, Kind, Money, Number, Text, Word, field


class Gate(pa.DataFrameModel):
    """One row per stage gate of the organisation."""

    gate_code: Text = field(Kind.TEXT, "Gate", "Short name of the gate", key=True)
    order: Number = field(
        Kind.NUMBER, "Gate order", "Place of the gate among all, from the first", unit="place"
    )
    name: Text = field(Kind.TEXT, "Gate name", "Name of the gate in full")
    entry_evidence: Text = field(Kind.TEXT, "Entry evidence", "What has to be there, separated by semicolons")
    required_board: Text = field(Kind.TEXT, "Required board", "Who decides at the gate")


class Authority(pa.DataFrameModel):
    """One row per kind of decision, tier and amount: who may take it."""

    kind: Word = field(
        Kind.WORD, "Decision kind", "What kind of decision it is", words="decision_kind", key=True
    )
    tier: Text = field(Kind.TEXT, "Tier", "Size and risk class of the projects; empty: all", key=MAY_BE_EMPTY)
    required_board: Text = field(
        Kind.TEXT, "Required board", "Board that may decide; empty: none has to", key=MAY_BE_EMPTY
    )
    required_role: Text = field(
        Kind.TEXT, "Required role", "Role that may decide; empty: none has to", key=MAY_BE_EMPTY
    )
    amount_from: Money = field(Kind.MONEY, "Amount from", "Smallest amount that it holds for", at_least=0)
    amount_to: Money = field(
        Kind.MONEY, "Amount to", "Amount up to which it holds; empty: no limit", at_least=0
    )
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
    reported_currency: Text = field(
        Kind.TEXT,
        "Reported currency",
        "Currency that the amounts were in before they were converted",
        derived=True,
    )
