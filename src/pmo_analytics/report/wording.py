"""Words for people in place of codes: reasons, agreement, weights, and figures as they stand in sentences."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from pmo_analytics.charts.house import PAINTS, STATES, states_of
from pmo_analytics.metrics.measure import Reason
from pmo_analytics.rag.comparing import AGREES, OPTIMISTIC, PESSIMISTIC, UNKNOWN, WATERMELON

NOT_AVAILABLE = "n/a"
NONE_GIVEN = "none given"

REASON_WORDS = MappingProxyType(
    {
        Reason.NOT_STARTED: "not started",
        Reason.NO_BASELINE: "no baseline",
        Reason.NO_COST: "no cost to date",
        Reason.COMPLETE: "complete",
        Reason.BUDGET_EXHAUSTED: "budget exhausted",
        Reason.NO_DATA: "no data",
        Reason.STALE: "data too old",
        Reason.INVALID_INPUT: "input not valid",
        Reason.NOT_APPLICABLE: "does not apply",
        Reason.EXEMPT: "withheld",
        Reason.MIXED_CURRENCY: "several currencies",
    }
)

AGREEMENT_WORDS = MappingProxyType(
    {
        AGREES: "agrees",
        OPTIMISTIC: "reported too well",
        WATERMELON: "watermelon",
        PESSIMISTIC: "reported too badly",
        UNKNOWN: "cannot be compared",
    }
)

#: What a coverage weighs by, in words.
WEIGHT_WORDS = MappingProxyType(
    {"bac": "known BAC", "wlc_budget": "known whole-life cost", "count": "projects"}
)


def reason_words(codes: pd.Series) -> pd.Series:
    """Why each figure is undefined, in words; "no data" where no code stands beside it.

    >>> reason_words(pd.Series(["NO_COST", None])).tolist()
    ['no cost to date', 'no data']
    """
    known = {str(code): words for code, words in REASON_WORDS.items()}
    return codes.map(known).astype("object").fillna(REASON_WORDS[Reason.NO_DATA]).astype("str")


def colour_labels(colours: pd.Series) -> pd.Series:
    """Colours as they stand in a cell, letter first; "X Not rated" for none.

    >>> colour_labels(pd.Series(["amber_red", None])).tolist()
    ['AR Amber/Red', 'X Not rated']
    """
    return states_of(colours).map({state: PAINTS[state].label for state in STATES}).astype("str")
