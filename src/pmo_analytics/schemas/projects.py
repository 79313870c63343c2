"""Projects: what the organisation has undertaken to deliver, as the list of a period states it."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Flag, Kind, Money, Number, Period, Text, Word, field


class Project(pa.DataFrameModel):
    """One row per project and period."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Stable identifier, never used twice", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the list describes", key=True)
    project_name: Text = field(Kind.TEXT, "Project name", "Name of the project", required=True)
    programme_id: Text = field(Kind.TEXT, "Programme", "Programme of the project; empty: stands alone")
    portfolio_id: Text = field(Kind.TEXT, "Portfolio", "Portfolio of the project")
    department: Text = field(Kind.TEXT, "Department", "Owning department", required=True)
    category: Text = field(Kind.TEXT, "Category", "Kind of project, in the organisation's own words")
    sponsor: Text = field(Kind.TEXT, "Sponsor", "Senior responsible owner")
    project_manager: Text = field(Kind.TEXT, "Project manager", "Who runs the project")
    lifecycle_stage: Word = field(
        Kind.WORD, "Lifecycle stage", "Stage of the business case or delivery", words="lifecycle_stage"
    )
    delivery_method: Word = field(
        Kind.WORD, "Delivery method", "How the work is run", words="delivery_method"
    )
    strategic_objective_id: Text = field(Kind.TEXT, "Objective", "Strategic objective it contributes to")
    mandatory: Flag = field(Kind.FLAG, "Mandatory", "Required by law or regulation")
    tier: Text = field(Kind.TEXT, "Tier", "Size and risk class; drives which rules apply")
    status: Word = field(Kind.WORD, "Project status", "Where in its life it is", words="project_status")
    baseline_start: Date = field(Kind.DATE, "Baseline start", "Approved start")
    baseline_finish: Date = field(Kind.DATE, "Baseline finish", "Approved finish", required=True)
    forecast_start: Date = field(Kind.DATE, "Forecast start", "Start expected now")
    forecast_finish: Date = field(Kind.DATE, "Forecast finish", "Finish expected when the list was made")
    actual_start: Date = field(Kind.DATE, "Actual start", "Day it started")
    actual_finish: Date = field(Kind.DATE, "Actual finish", "Day it finished")
    baseline_version: Number = field(
        Kind.NUMBER, "Baseline version", "1 is the original", unit="version", at_least=1
    )
    wlc_budget: Money = field(
        Kind.MONEY, "Whole-life cost", "Approved whole-life cost", required=True, at_least=0
    )
    bac: Money = field(
        Kind.MONEY, "Approved BAC", "Budget at completion, without management reserve", at_least=0
    )
    contingency_budget: Money = field(
        Kind.MONEY, "Contingency budget", "Held for identified risks", at_least=0
    )
    benefits_baseline: Money = field(Kind.MONEY, "Baseline benefits", "Total monetised benefits approved")
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")
    rate_set: Text = field(
        Kind.TEXT,
        "Rate set",
        "Set of exchange rates that the amounts were converted by; empty: as reported",
        derived=True,
    )
    calendar_id: Text = field(
        Kind.TEXT, "Calendar", "Calendar that its fiscal years are of; empty: that of the organisation"
    )
    price_basis: Word = field(
        Kind.WORD, "Price basis", "Prices that every amount in the row is stated in", words="price_basis"
    )
