"""Definitions: what every figure means, how it is made, and when it is not defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.catalogue import CATALOGUE, reasons
from pmo_analytics.metrics.measure import REASON_WORDS, Better
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import WRAPPED, Field, Listing

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

FIELDS = (
    Field("title", "Figure", WRAPPED, 32),
    Field("formula", "How it is made", WRAPPED, 60),
    Field("unit", "Unit", width=10),
    Field("better", "Better", width=9),
    Field("roll_up", "Over a group", WRAPPED, 22),
    Field("undefined", "Not defined where", WRAPPED, 40),
    Field("source", "Source", WRAPPED, 36),
)
_BETTER = {Better.HIGHER: "higher", Better.LOWER: "lower", Better.NONE: "–"}


def definitions(contents: Contents) -> Listing:
    """One row per metric of the catalogue."""
    known = {str(code): words for code, words in REASON_WORDS.items()}
    rows = [
        {
            "title": metric.title,
            "formula": metric.formula,
            "unit": str(metric.unit),
            "better": _BETTER[metric.better],
            "roll_up": str(metric.roll_up),
            "undefined": ", ".join(known.get(code, code) for code in reasons(metric.name)),
            "source": metric.source,
        }
        for metric in CATALOGUE.values()
    ]
    told = (
        f"Colours by rule set {contents.rule_set}. A figure that is not defined is shown as n/a, never as 0."
    )
    return Listing(names.DEFINITIONS, told, FIELDS, pd.DataFrame(rows), frozen=1)
