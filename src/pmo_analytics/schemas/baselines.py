"""Baselines: the approved plans of projects and the approved dates of milestones, version by version."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Money, Number, Text, field

#: The version of the first plan that was approved.
ORIGINAL = 1


class Baseline(pa.DataFrameModel):
    """One row per project and version of its baseline."""

    project_id: Text = field(Kind.TEXT, "Project ID", "Project that the baseline is of", key=True)
    version: Number = field(
        Kind.NUMBER, "Baseline version", "1 is the original", unit="version", key=True, at_least=1
    )
    start: Date = field(Kind.DATE, "Baseline start", "Approved start")
    finish: Date = field(Kind.DATE, "Baseline finish", "Approved finish")
    bac: Money = field(Kind.MONEY, "Baseline BAC", "Approved budget at completion", at_least=0)
    approved_date: Date = field(Kind.DATE, "Baseline approved", "Day from which it is in force")
    approved_by: Text = field(Kind.TEXT, "Approved by", "Board or person who approved it")
    cr_id: Text = field(Kind.TEXT, "Change ID", "Change request that it comes from")
    reason: Text = field(Kind.TEXT, "Baseline reason", "Why there is a new one, in words")
    currency: Text = field(Kind.TEXT, "Currency", "ISO 4217 code of every amount in the row")


class MilestoneBaseline(pa.DataFrameModel):
    """One row per milestone and version of its baseline."""

    milestone_id: Text = field(Kind.TEXT, "Milestone ID", "Milestone that the baseline is of", key=True)
    version: Number = field(
        Kind.NUMBER, "Baseline version", "1 is the original", unit="version", key=True, at_least=1
    )
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project or programme that owns the milestone")
    baseline_date: Date = field(Kind.DATE, "Baseline date", "Approved date")
    approved_date: Date = field(Kind.DATE, "Baseline approved", "Day from which it is in force")
    approved_by: Text = field(Kind.TEXT, "Approved by", "Board or person who approved it")
    cr_id: Text = field(Kind.TEXT, "Change ID", "Change request that it comes from")
    reason: Text = field(Kind.TEXT, "Baseline reason", "Why there is a new one, in words")
