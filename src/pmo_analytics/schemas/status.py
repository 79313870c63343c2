"""Status: what a project reports about itself in a period, and how it is rated."""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from pmo_analytics.schemas.columns import (
    Colour,
    Date,
    Flag,
    Fraction,
    Kind,
    Money,
    Period,
    Text,
    Word,
    field,
)


def _rating(title: str, description: str, *, derived: bool = False) -> Any:
    return field(Kind.COLOUR, title, description, words="colour", derived=derived)


class Status(pa.DataFrameModel):
    """One row per project and period; amounts are cumulative to the end of the period."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that reports", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that is reported", key=True)
    report_date: Date = field(Kind.DATE, "Report date", "Day the report was signed off")
    submitted_date: Date = field(Kind.DATE, "Submitted", "Day the report reached the PMO")
    author: Text = field(Kind.TEXT, "Author", "Who wrote the report")
    rag_overall: Colour = _rating("Overall RAG", "Overall colour as the owner reports it")
    rag_independent: Colour = _rating("Independent RAG", "Overall colour given by an independent assessor")
    rag_reported: Colour = _rating(
        "Reported RAG", "Headline colour: the first of the rating columns that has one", derived=True
    )
    rag_scale: Word = field(
        Kind.WORD, "RAG scale", "Scale that the colours were given on", words="scale", derived=True
    )
    rag_schedule: Colour = _rating("Schedule RAG", "Reported colour for schedule")
    rag_cost: Colour = _rating("Cost RAG", "Reported colour for cost")
    rag_scope: Colour = _rating("Scope RAG", "Reported colour for scope")
    rag_resource: Colour = _rating("Resource RAG", "Reported colour for resources")
    rag_benefit: Colour = _rating("Benefit RAG", "Reported colour for benefits")
    rag_risk: Colour = _rating("Risk RAG", "Reported colour for risk")
    rag_quality: Colour = _rating("Quality RAG", "Reported colour for quality")
    rag_stakeholder: Colour = _rating("Stakeholder RAG", "Reported colour for stakeholders")
    rag_forward: Word = field(
        Kind.WORD, "Forward look", "Where the colour is expected to go", words="forward_look"
    )
    pct_complete: Fraction = field(
        Kind.FRACTION, "% complete", "Physical progress, not time or spend", at_least=0, at_most=1
    )
    pv: Money = field(Kind.MONEY, "PV", "Planned value to date", required=True, at_least=0)
    ev: Money = field(Kind.MONEY, "EV", "Earned value to date", required=True, at_least=0)
    ac: Money = field(Kind.MONEY, "AC", "Actual cost to date", required=True, at_least=0)
    bac: Money = field(
        Kind.MONEY, "BAC", "Budget at completion in force in the period", required=True, at_least=0
    )
    eac_reported: Money = field(
        Kind.MONEY, "Reported EAC", "Estimate at completion as the project states it", at_least=0
    )
    etc_reported: Money = field(
        Kind.MONEY, "Reported ETC", "Estimate to complete as the project states it", at_least=0
    )
    forecast_finish: Date = field(
        Kind.DATE, "Forecast finish", "Finish expected as of the period", required=True
    )
    budget_fy: Money = field(Kind.MONEY, "Budget for the year", "Budget of the fiscal year")
    forecast_fy: Money = field(Kind.MONEY, "Forecast for the year", "Forecast of the fiscal year")
    contingency_used: Money = field(Kind.MONEY, "Contingency used", "Drawn down to date", at_least=0)
    contingency_remaining: Money = field(Kind.MONEY, "Contingency remaining", "Still held")
    narrative: Text = field(Kind.TEXT, "Narrative", "What happened, in words")
    path_to_green: Text = field(Kind.TEXT, "Path to green", "What will be done, by whom, by when")
    path_owner: Text = field(Kind.TEXT, "Path owner", "Who brings the project back to green")
    path_date: Date = field(Kind.DATE, "Path date", "When the project is to be green again")
    rebaselined: Flag = field(Kind.FLAG, "Rebaselined", "A new baseline took force in the period")
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
    price_basis: Word = field(
        Kind.WORD, "Price basis", "Prices that every amount in the row is stated in", words="price_basis"
    )
    rate_set: Text = field(
        Kind.TEXT,
        "Rate set",
        "Set of exchange rates that the amounts were converted by; empty: as reported",
        derived=True,
    )
    carried_from: Text = field(
        Kind.TEXT,
        "Carried from",
        "Month of the last report, 2026-05, where the project did not report in the period",
        derived=True,
    )


#: Rating columns that a project can be given; the headline colour comes from those named in the settings.
RATINGS = (Status.rag_overall, Status.rag_independent)
#: Amounts of the fiscal year, which are those of one calendar.
OF_FISCAL_YEAR = (Status.budget_fy, Status.forecast_fy)
