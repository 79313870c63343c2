"""The kinds of findings about single cells: what stands there cannot be read, or is to be known."""

from __future__ import annotations

from pmo_analytics.quality.finding_kind import ERROR, INFO, FindingKind

CELL_KINDS = (
    FindingKind("UNREADABLE_DATE", ERROR, "{value} is no date", "Enter a real date."),
    FindingKind(
        "AMBIGUOUS_DATE",
        ERROR,
        "{value} can be two different days",
        "Declare date_order (DMY or MDY) in the settings or enter a real date.",
    ),
    FindingKind("UNREADABLE_MONEY", ERROR, "{value} is no amount", "Enter a number."),
    FindingKind("UNREADABLE_NUMBER", ERROR, "{value} is no number", "Enter a number."),
    FindingKind("UNREADABLE_PERCENT", ERROR, "{value} is no percentage", "Enter a percentage."),
    FindingKind(
        "AMBIGUOUS_PERCENT",
        ERROR,
        "{value} may be a fraction or percent points: the column mixes both",
        "Use one form throughout.",
    ),
    FindingKind("UNREADABLE_FLAG", ERROR, "{value} is neither yes nor no", "Enter yes or no."),
    FindingKind(
        "UNKNOWN_COLOUR",
        ERROR,
        "{value} is no colour of the scale",
        "Use Green, Amber/Green, Amber, Amber/Red or Red.",
    ),
    FindingKind(
        "UNKNOWN_WORD", ERROR, "{value} is not among the words for {column}: {detail}", "Use one of them."
    ),
    FindingKind("ERROR_CELL", ERROR, "the cell holds the spreadsheet error {value}", "Mend the formula."),
    FindingKind(
        "NOT_CALCULATED",
        ERROR,
        "the formula was never calculated",
        "Open the file in Excel, save it, export again.",
    ),
    FindingKind("WITHHELD", INFO, "withheld: {value}"),
    FindingKind("NOT_REPORTED", INFO, "not reported: {value}"),
    FindingKind(
        "CURRENCY_CONFLICT",
        ERROR,
        "{value} names another currency than the row ({detail})",
        "State amounts in the row's currency.",
    ),
    FindingKind(
        "OUT_OF_RANGE",
        ERROR,
        "{value} is outside the bounds of {column} ({detail})",
        "Correct the figure.",
    ),
)
