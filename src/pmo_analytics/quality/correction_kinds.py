"""The kinds of findings about correction workbooks, on their way back into the originals."""

from __future__ import annotations

from pmo_analytics.quality.finding_kind import ERROR, INFO, FindingKind

CORRECTION_KINDS = (
    FindingKind("ROW_REPLACED", INFO, "a mended row took the place of {detail}: {value}"),
    FindingKind(
        "STALE_CORRECTION",
        ERROR,
        "mended for {detail}; that file {value}, so the row was not applied",
        "Load the file that it was written for beside it, or write the corrections anew.",
    ),
    FindingKind(
        "CORRECTION_CONFLICT",
        ERROR,
        "{detail} was mended differently in {value}; none was applied",
        "Agree on one row and delete the other.",
    ),
    FindingKind(
        "CORRECTION_WITHOUT_ORIGIN",
        ERROR,
        "nothing says which row of which file this is ({value}); it was not applied",
        "Restore the column that is not to be edited; a new row belongs into the export itself.",
    ),
)
