"""The kinds of findings about single cells: what stands there cannot be read, or is to be known."""

from __future__ import annotations

from dataclasses import replace

from pmo_analytics.quality.dimensions import VALIDITY
from pmo_analytics.quality.finding_kind import ERROR, INFO, WARNING, FindingKind

_KINDS = (
    FindingKind("UNREADABLE_DATE", ERROR, "{value} is no date{detail}", "Enter a real date."),
    FindingKind(
        "AMBIGUOUS_DATE",
        ERROR,
        "{value} can be two different days",
        "Declare date_order (DMY or MDY) in the settings or enter a real date{detail}.",
    ),
    FindingKind("UNREADABLE_MONEY", ERROR, "{value} is no amount", "Enter a number{detail}."),
    FindingKind("UNREADABLE_NUMBER", ERROR, "{value} is no number", "Enter a number{detail}."),
    FindingKind("UNREADABLE_PERCENT", ERROR, "{value} is no percentage", "Enter a percentage{detail}."),
    FindingKind(
        "AMBIGUOUS_PERCENT",
        ERROR,
        "{value} may be a fraction or percent points: the column mixes both",
        "Use one form throughout.",
    ),
    FindingKind(
        "MAY_BE_SCORE",
        ERROR,
        "{value} may be a score of 1 to 5 or percent points",
        "Name the column as a score, or write percent signs.",
    ),
    FindingKind(
        "MAY_BE_THOUSANDS",
        WARNING,
        "{value} may be thousands: every amount of the column that has this mark has three digits behind it",
        "Declare decimal = '{detail}' in the settings if it is; enter a number if not.",
    ),
    FindingKind("UNREADABLE_FLAG", ERROR, "{value} is neither yes nor no", "Enter yes or no."),
    FindingKind(
        "UNKNOWN_COLOUR",
        ERROR,
        "{value} is no colour of the scale",
        "Use Green, Amber/Green, Amber, Amber/Red or Red{detail}.",
        rule="R2",
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
        rule="E1",
    ),
    # dates that need to be known or settled
    FindingKind(
        "MIXED_DATE_ORDER",
        ERROR,
        "{value} can be two different days, and the column mixes the orders ({detail})",
        "Enter real dates throughout the column.",
    ),
    FindingKind(
        "AMBIGUOUS_PERIOD",
        ERROR,
        "{value} can be two different periods",
        "Write a fiscal year with both its years and FY before them (FY2024-25), enter a date, or set "
        "fiscal_year_named_by to 'start' or 'end'.",
    ),
    FindingKind("DATE_FROM_PERIOD", INFO, "{value} is a period; taken as its last day, {detail}"),
    FindingKind(
        "SERIAL_DATE", INFO, "{value} is the serial number of a day, {detail}", "Format it as a date."
    ),
    # amounts
    FindingKind(
        "MIXED_DECIMAL_MARKS",
        ERROR,
        "{value} may be a thousand times as much: the column has amounts {detail} as well",
        "Use one decimal mark throughout and declare it as decimal in the settings.",
    ),
    FindingKind("RANGE", INFO, "{value} is a range; its middle value counts, the others are kept"),
    FindingKind(
        "RANGE_WITHOUT_MIDDLE",
        WARNING,
        "{value} is a range without a middle value; its ends are kept, none of them counts",
        "State the most likely value.",
    ),
    FindingKind(
        "RANGE_OUT_OF_ORDER", ERROR, "the values of {value} are not in ascending order", "Correct them."
    ),
    FindingKind(
        "BAND",
        WARNING,
        "{value} is a band and no single value; its ends are kept, none of them counts",
        "State a single value.",
    ),
    # colours
    FindingKind(
        "COLOUR_FROM_FILL",
        INFO,
        "the colour is given by the fill of the cell only, {detail}",
        "Write the colour as a word.",
    ),
    FindingKind(
        "UNCLEAR_FILL",
        WARNING,
        "the cell is empty, and its fill {detail} cannot be taken as a colour of the scale",
        "Write the colour as a word.",
    ),
    FindingKind(
        "COLOUR_FILL_CONFLICT",
        WARNING,
        "{value} stands on a fill of another colour, {detail}; the word counts",
        "Correct one of them.",
    ),
    # identifiers and texts
    FindingKind(
        "LONG_NUMERIC_ID",
        ERROR,
        "the identifier {value} is a number of more digits than a spreadsheet keeps",
        "Format the column as text and enter it again.",
    ),
    FindingKind(
        "FOOTNOTE_MARK",
        INFO,
        "the identifier {value} was read without the mark of its footnote, {detail}",
        "Put the mark behind another text.",
    ),
    FindingKind(
        "CONFUSABLE_CHARACTERS",
        WARNING,
        "{value} looks like another identifier: {detail}",
        "Type it again, if the letter is not meant.",
    ),
    FindingKind(
        "UNPRINTABLE_CHARACTERS",
        WARNING,
        "characters in the text that cannot be printed were removed",
        "Clean the text where it was made.",
    ),
    FindingKind(
        "LONG_TEXT",
        WARNING,
        "the text is longer than the 32,767 characters that a cell of Excel holds",
        "Shorten it.",
    ),
)

CELL_KINDS = tuple(replace(kind, dimension=VALIDITY) for kind in _KINDS)
