"""The kinds of findings, as records: code, severity, sentence, what to do."""

from __future__ import annotations

from types import MappingProxyType

from pmo_analytics.quality.cell_kinds import CELL_KINDS
from pmo_analytics.quality.correction_kinds import CORRECTION_KINDS
from pmo_analytics.quality.dimensions import COMPLETENESS, CONSISTENCY, INTEGRITY, UNIQUENESS
from pmo_analytics.quality.finding_kind import ERROR, INFO, SEVERITIES, WARNING, FindingKind
from pmo_analytics.quality.form_kinds import FORM_KINDS
from pmo_analytics.quality.rule_kinds import RULE_KINDS

__all__ = ["ERROR", "INFO", "KINDS", "SEVERITIES", "WARNING", "FindingKind"]

_KINDS = (
    # keys, periods, links
    FindingKind(
        "MISSING_KEY",
        ERROR,
        "{column} is empty, so the row belongs to nothing",
        "Fill it in.",
        dimension=COMPLETENESS,
    ),
    FindingKind(
        "DUPLICATE_KEY",
        ERROR,
        "{key} stands here again; {detail}",
        "Remove the row that is wrong, or correct its identifier.",
        dimension=UNIQUENESS,
        rule="K1",
    ),
    FindingKind(
        "MISSING_PERIOD",
        ERROR,
        "no period: no column, no file name and no as-of date names the month",
        "Pass period= (--period) or put the month into the file name.",
        dimension=COMPLETENESS,
    ),
    FindingKind(
        "UNRESOLVED_LINK",
        ERROR,
        "{value} is no project, programme or portfolio of this delivery{detail}",
        "Correct the identifier or add the project.",
        dimension=INTEGRITY,
        rule="K2",
    ),
    FindingKind("ID_MAPPED", INFO, "{value} means {detail} by the crosswalk of identities"),
    FindingKind(
        "LINK_BY_NAME",
        INFO,
        "{value} is the name of {detail}; taken for its identifier",
        "Give the identifier: names change.",
    ),
    FindingKind(
        "NAME_CHANGED",
        WARNING,
        "{key} is called {value} here and {detail} elsewhere",
        "Use one name, or record the renaming.",
        dimension=CONSISTENCY,
        rule="K3",
    ),
    FindingKind(
        "NEAR_DUPLICATE",
        WARNING,
        "{value} is nearly {detail}: perhaps one project under two identifiers",
        "Use one identifier, or record in the identities what the other one means.",
        dimension=UNIQUENESS,
        rule="K3",
    ),
    FindingKind(
        "VALUE_CONFLICT",
        ERROR,
        "{column} is {value} here and {detail}",
        "Correct one of them, or say under [precedence] in the settings which file counts; until then an amount, "
        "a date, a colour or a number counts nowhere, and of words the first.",
        dimension=CONSISTENCY,
    ),
    FindingKind(
        "PRECEDENCE_APPLIED",
        INFO,
        "{column} is {value} here and {detail}, which counts by the precedence of the settings",
    ),
    FindingKind(
        "REPEATED_ROWS",
        INFO,
        "{value} of its rows say again what {detail} says; they count once",
    ),
    FindingKind(
        "CURRENCY_ASSUMED",
        WARNING,
        "{value} names no currency; taken as {detail}, which another file names for the same row",
        "Name the currency in the heading or the settings.",
        dimension=CONSISTENCY,
    ),
    FindingKind(
        "DERIVED_FROM_TASKS",
        INFO,
        "no project list and no report: start, finish and amounts of {key} are taken from its {value} tasks",
        "Add a project list and a status report.",
    ),
    # files, headings and sheets
    FindingKind("READING_NOTE", INFO, "{value}"),
    FindingKind("DAMAGED_TEXT", WARNING, "{value}", "Export the file again as UTF-8."),
    FindingKind(
        "SUSPECT_QUOTES",
        ERROR,
        "{value}",
        "Look for a stray quotation mark: it may have swallowed the rows after it.",
    ),
    FindingKind(
        "BLANK_HEADING",
        WARNING,
        "{column} has values but no heading; they are kept as extras",
        "Give it a heading, or look for rows that are shifted.",
    ),
    FindingKind(
        "PROVISIONAL_ID",
        INFO,
        "no column {column}: {detail} serves as identifier for now",
        "Add an identifier that never changes.",
    ),
    FindingKind(
        "UNMAPPED_COLUMN",
        INFO,
        "no field is known by the heading {column}{detail}; kept as extra",
        "Add it to a profile if it matters (pmo profile init).",
    ),
    FindingKind(
        "DUPLICATE_HEADING",
        WARNING,
        "a second column for {detail} is headed {column}; the first counts",
        "Remove or rename one.",
    ),
    FindingKind(
        "MISSING_COLUMN",
        INFO,
        "the table has no column {column}; figures that need it are undefined",
        "Add the column to the export.",
    ),
    FindingKind(
        "SHEET_NOT_RECOGNISED",
        INFO,
        "no header row of a known table was found in this sheet",
        "Name a profile, or ignore this.",
    ),
    FindingKind(
        "SHEET_LEFT_OUT",
        INFO,
        "the sheet was left out, as the profile says: {detail}",
        "Change [sheets] of the profile to read it.",
    ),
    FindingKind(
        "HIDDEN_SHEET", INFO, "the sheet is hidden; it was read all the same", "Unhide or delete it."
    ),
    FindingKind(
        "GROUP_HEADING",
        INFO,
        "{column} was read without the heading above it, {detail}",
        "Rename the column if it means something else.",
    ),
    FindingKind(
        "MERGED_CELLS",
        INFO,
        "{value} cells of {column} belong to merged ranges and got the value of their range",
        "Export without merged cells.",
    ),
    FindingKind(
        "MERGED_AMOUNT",
        WARNING,
        "{column} is merged with the amount of a row above; it counts there alone, and is blank here",
        "State what each row has of it.",
        dimension=COMPLETENESS,
    ),
    FindingKind(
        "UNIT_FROM_TITLE",
        WARNING,
        "no heading states the unit of {detail}; taken as {value}, which a title above the table states",
        "Write the unit into the headings.",
        dimension=CONSISTENCY,
    ),
    FindingKind(
        "UNIT_CONFLICT",
        WARNING,
        "the heading {value} states another unit than what stands above it, {detail}; its own counts",
        "Correct one of them.",
        dimension=CONSISTENCY,
    ),
    FindingKind(
        "AMBIGUOUS_HEADING",
        ERROR,
        "{column} can be two different periods; its column is kept and counts nowhere",
        "Write both years of it (FY2024-25), or set fiscal_year_named_by to 'start' or 'end'.",
    ),
    FindingKind("MONTHS_ACROSS", INFO, "{column} and the columns like it were read as months: {detail}"),
    FindingKind(
        "UNDATED_COLUMNS",
        WARNING,
        "beside months across these columns say no month; they count in that of the report alone: {detail}",
        "Head them with their month, or pass the report's month.",
    ),
    FindingKind("MEASURES_IN_ROWS", INFO, "{column} says which measure the months of a row are of: {detail}"),
    FindingKind(
        "UNKNOWN_MEASURE",
        ERROR,
        "the row names no measure of which a field is known; it is kept out",
        "Give its measure a name that is known, or add that to the headings of a profile.",
    ),
    FindingKind(
        "NO_MONTH", INFO, "the row has no figure in any of its months; set aside", "Fill in a month."
    ),
    FindingKind(
        "SHIFTED_ROW",
        ERROR,
        "the cells stand {detail} of their headings; the row is kept out",
        "Move the cells under their headings.",
    ),
    FindingKind(
        "RAGGED_ROW",
        ERROR,
        "the row has more or fewer fields than the header, so that its cells may stand under other headings; "
        "it is kept out",
        "Quote texts that hold the delimiter, and export it again.",
    ),
    FindingKind(
        "SHORT_ROW",
        WARNING,
        "{value} fields are missing at the end of the row{detail}; they count as blank",
        "Export every field, also blank ones.",
    ),
    FindingKind(
        "HIDDEN_ROWS",
        INFO,
        "{value} rows of the sheet are hidden; {detail}",
        "Unhide or delete them, or set hidden in the settings.",
    ),
    FindingKind(
        "HIDDEN_ROW", INFO, "the row is hidden; set aside as the settings say", "Unhide it if it counts."
    ),
    FindingKind(
        "HIDDEN_SHEET_SKIPPED",
        INFO,
        "the sheet is hidden; it was not read, as the settings say",
        "Unhide it if it counts.",
    ),
    FindingKind(
        "HIDDEN_COLUMNS", INFO, "{value} columns of the sheet are hidden; they were read all the same"
    ),
    FindingKind(
        "STRAY_CELL", INFO, "a lone cell far below the data; set aside", "Delete it, or the rows above."
    ),
    FindingKind("SUBTOTAL_ROW", INFO, "a total row inside the data; set aside", "Export without totals."),
    FindingKind(
        "TOTAL_DISAGREES",
        WARNING,
        "the total states {value} for {column}, its rows add up to {detail}; the rows count",
        "Look for a row that is missing, doubled or written on another scale.",
        dimension=CONSISTENCY,
    ),
    FindingKind(
        "SECTION_ROW",
        WARNING,
        "a single text where the other rows fill many cells: the heading of a section; set aside",
        "If it is a project, fill in its row; a group of projects belongs into a column.",
    ),
    FindingKind(
        "STATISTIC_ROW", INFO, "an average or a count over the rows; set aside", "Export without it."
    ),
    FindingKind("REPEATED_HEADER", INFO, "the header row is repeated inside the data; set aside"),
    FindingKind("FOOTNOTE_ROW", INFO, "a note below the data; set aside"),
)

KINDS = MappingProxyType(
    {kind.code: kind for kind in (*_KINDS, *CELL_KINDS, *FORM_KINDS, *CORRECTION_KINDS, *RULE_KINDS)}
)
