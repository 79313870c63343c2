"""Dimensions: what data quality is made of, what each weighs, and which faults cap a score (GQ01).

The dimensions are those of common practice in data management; the weights, the cap and its rules are this house's
own and stand nowhere but here.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from pmo_analytics.quality.finding_kind import ERROR, INFO, WARNING

COMPLETENESS, VALIDITY, CONSISTENCY = "completeness", "validity", "consistency"
TIMELINESS, UNIQUENESS, INTEGRITY = "timeliness", "uniqueness", "referential_integrity"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its name, what people call it, its share of the score, and what it asks."""

    name: str
    title: str
    weight: float
    asks: str


DIMENSIONS = (
    Dimension(COMPLETENESS, "Completeness", 0.25, "Does everything stand there that figures need?"),
    Dimension(VALIDITY, "Validity", 0.25, "Can each cell be read, and is it within its bounds?"),
    Dimension(CONSISTENCY, "Consistency", 0.20, "Do cells, tables and months fit together?"),
    Dimension(TIMELINESS, "Timeliness", 0.15, "Did the report come, in time, and is it kept up to date?"),
    Dimension(UNIQUENESS, "Uniqueness", 0.05, "Does each thing stand there once?"),
    Dimension(INTEGRITY, "Referential integrity", 0.10, "Does each row belong to something that is listed?"),
)

#: What a failed check of a severity weighs against others of its dimension.
SEVERITY_WEIGHT = MappingProxyType({ERROR: 3.0, WARNING: 1.0, INFO: 0.0})

#: A score with an error of one of these rules in it is no higher than the cap.
CAP = 50.0
CAPPING_RULES = ("K1", "K2", "X1")


@dataclass(frozen=True, slots=True)
class Count:
    """A check that is no rule: it is made of each cell, row or report, as often as there are any."""

    name: str
    dimension: str
    severity: str
    asks: str


READABLE = Count(
    "READABLE_CELL",
    VALIDITY,
    ERROR,
    "of each cell in which something stands and is not withheld: it can be read and is within its bounds; "
    "of several faults of a cell the worst counts",
)
NEEDED = Count(
    "NEEDED_CELL",
    COMPLETENESS,
    WARNING,
    "of each needed column in each row, and in each report that is missing: something stands there, or in the "
    "project list or the report beside it; withheld cells do not count",
)
REPORT = Count("REPORT", TIMELINESS, ERROR, "of each report that is due: it came")
IN_TIME = Count(
    "REPORT_IN_TIME", TIMELINESS, WARNING, "of each report that is due: it came by its day (GQ02)"
)
COUNTS = (READABLE, NEEDED, REPORT, IN_TIME)
