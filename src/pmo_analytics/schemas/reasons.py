"""Reasons: why a figure is undefined, as codes and as people read them."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """Why a figure is undefined."""

    NOT_STARTED = "NOT_STARTED"
    NO_BASELINE = "NO_BASELINE"
    NO_COST = "NO_COST"
    COMPLETE = "COMPLETE"
    BUDGET_EXHAUSTED = "BUDGET_EXHAUSTED"
    TIME_EXHAUSTED = "TIME_EXHAUSTED"
    NO_DATA = "NO_DATA"
    STALE = "STALE"
    INVALID_INPUT = "INVALID_INPUT"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    EXEMPT = "EXEMPT"
    MIXED_CURRENCY = "MIXED_CURRENCY"
    MIXED_CALENDAR = "MIXED_CALENDAR"


#: The reasons as people read them.
REASON_WORDS = MappingProxyType(
    {
        Reason.NOT_STARTED: "not started",
        Reason.NO_BASELINE: "no baseline",
        Reason.NO_COST: "no cost to date",
        Reason.COMPLETE: "complete",
        Reason.BUDGET_EXHAUSTED: "budget exhausted",
        Reason.TIME_EXHAUSTED: "planned time used up",
        Reason.NO_DATA: "no data",
        Reason.STALE: "data too old",
        Reason.INVALID_INPUT: "input not valid",
        Reason.NOT_APPLICABLE: "does not apply",
        Reason.EXEMPT: "withheld",
        Reason.MIXED_CURRENCY: "several currencies",
        Reason.MIXED_CALENDAR: "several fiscal calendars",
    }
)
