"""Projects: what the organisation has undertaken to deliver, as the list of a period states it."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Flag, Kind, Money, Number, Period, Text, Word, column


class Project(pa.DataFrameModel):
    """One row per project and period."""

    project_id: Text = column(Kind.TEXT, "Project ID", "Stable identifier, never used twice", key=True)
    period: Period = column(Kind.PERIOD, "Period", "Month that the list describes", key=True)
    project_name: Text = column(Kind.TEXT, "Project name", "Name of the project", required=True)
    programme_id: Text = column(Kind.TEXT, "Programme", "Programme of the project; empty: stands alone")
    portfolio_id: Text = column(Kind.TEXT, "Portfolio", "Portfolio of the project")
    department: Text = column(Kind.TEXT, "Department", "Owning department", required=True)
    category: Text = column(Kind.TEXT, "Category", "Kind of project, in the organisation's own words")
    sponsor: Text = column(Kind.TEXT, "Sponsor", "Senior responsible owner")
    project_manager: Text = column(Kind.TEXT, "Project manager", "Who runs the project")
    lifecycle_stage: Word = column(
        Kind.WORD, "Lifecycle stage", "Stage of the business case or delivery", words="lifecycle_stage"
    )
    delivery_method: Word = column(
        Kind.WORD, "Delivery method", "How the work is run", words="delivery_method"
    )
    strategic_objective_id: Text = column(Kind.TEXT, "Objective", "Strategic objective it contributes to")
    mandatory: Flag = column(Kind.FLAG, "Mandatory", "Required by law or regulation")
    tier: Text = column(Kind.TEXT, "Tier", "Size and risk class; drives which rules apply")
    status: Word = column(Kind.WORD, "Project status", "Where in its life it is", words="project_status")
    baseline_start: Date = column(Kind.DATE, "Baseline start", "Approved start")
    baseline_finish: Date = column(Kind.DATE, "Baseline finish", "Approved finish", required=True)
    forecast_start: Date = column(Kind.DATE, "Forecast start", "Start expected now")
    forecast_finish: Date = column(Kind.DATE, "Forecast finish", "Finish expected when the list was made")
    actual_start: Date = column(Kind.DATE, "Actual start", "Day it started")
    actual_finish: Date = column(Kind.DATE, "Actual finish", "Day it finished")
    baseline_version: Number = column(
        Kind.NUMBER, "Baseline version", "1 is the original", unit="version", at_least=1
    )
    wlc_budget: Money = column(
        Kind.MONEY, "Whole-life cost", "Approved whole-life cost", required=True, at_least=0
    )
    bac: Money = column(
        Kind.MONEY, "Approved BAC", "Budget at completion, without management reserve", at_least=0
    )
    contingency_budget: Money = column(
        Kind.MONEY, "Contingency budget", "Held for identified risks", at_least=0
    )
    benefits_baseline: Money = column(Kind.MONEY, "Baseline benefits", "Total monetised benefits approved")
    currency: Text = column(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
