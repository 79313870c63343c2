"""Standards: how projects are to be run, and which of them are run so."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import MAY_BE_EMPTY, Date, Kind, Number, Text, Word, field


class Standard(pa.DataFrameModel):
    """One row per standard of the organisation."""

    standard_id: Text = field(Kind.TEXT, "Standard ID", "Identifier of the standard", key=True)
    name: Text = field(Kind.TEXT, "Standard", "Name of the standard")
    applies_from_stage: Word = field(
        Kind.WORD, "Applies from stage", "Stage from which it holds", words="lifecycle_stage"
    )
    mandatory_tiers: Text = field(
        Kind.TEXT, "Mandatory tiers", "Tiers that have to meet it, separated by semicolons"
    )
    template_ref: Text = field(Kind.TEXT, "Template", "Where its template lies")
    weight: Number = field(
        Kind.NUMBER, "Standard weight", "Share of the standard in weighted counts", unit="weight", at_least=0
    )


class StandardCompliance(pa.DataFrameModel):
    """One row per project, standard and assessment."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that was assessed", key=True)
    standard_id: Text = field(Kind.TEXT, "Standard ID", "Standard that it was held against", key=True)
    assessed_date: Date = field(
        Kind.DATE, "Assessed on", "Day of the assessment; empty: not said", key=MAY_BE_EMPTY
    )
    result: Word = field(Kind.WORD, "Compliance", "Whether it is met", words="compliance")
    evidence_ref: Text = field(Kind.TEXT, "Evidence", "Where the evidence lies")
    assessor: Text = field(Kind.TEXT, "Assessor", "Who assessed it")
    waiver_ref: Text = field(Kind.TEXT, "Waiver", "Where it is allowed not to meet it")
    waiver_expiry: Date = field(Kind.DATE, "Waiver expiry", "Last day of the waiver")
