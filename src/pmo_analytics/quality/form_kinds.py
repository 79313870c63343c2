"""The kinds of findings about forms: what the map of cells and the workbook say of each other."""

from __future__ import annotations

from pmo_analytics.quality.finding_kind import ERROR, INFO, WARNING, FindingKind

FORM_KINDS = (
    FindingKind(
        "FORM_SHEET_MISSING",
        ERROR,
        "the map names {value} of a sheet {column}, and the workbook has none of that name; it has {detail}",
        "Correct the map, or use the form that it was made for.",
    ),
    FindingKind(
        "FORM_CELL_COVERED",
        WARNING,
        "the map names {value}, which merged cells cover ({detail}): what is shown there stands in their first cell",
        "Name the first cell of the range in the map.",
    ),
    FindingKind("FORM_FILLED", INFO, "of {value} that the map names {detail}"),
    FindingKind(
        "FORM_SHEET",
        INFO,
        "of this sheet the map names {value}: {detail}",
        "What it does not name was not read; add what matters to the map.",
    ),
    FindingKind(
        "FORM_EXTRAS",
        INFO,
        "{value} of the map stand for no field and are kept as extras: {detail}",
        "Add those that matter to the headings of the profile.",
    ),
)
