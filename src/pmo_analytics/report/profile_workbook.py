"""The draft of a profile as a workbook with drop-downs of the known fields, to be filled in and given as a profile."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from pmo_analytics.loading.layout.profile_books import (
    FIELD,
    HEADING,
    HEADINGS_SHEET,
    PERIOD_FILE_NAME,
    PROFILE_SHEET,
    ROW_IS,
    TABLES,
)
from pmo_analytics.report.profile_draft import fields_of, gaps, period_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pmo_analytics.loading.drafting import Draft

#: Text from cells is text: no formula, link or number is made of it.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = (28, 30, 30, 26, 24, 24, 24, 24, 20, 24, 12)


def profile_workbook(drafts: Sequence[Draft], name: str) -> bytes:
    """The workbook: what the profile is, its headings with their fields to choose, the gaps, and the fields.

    Only fields that are known stand under ``Field``; proposals stand beside it, for a person to take over.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    bold = book.add_format({"bold": True, "bg_color": "#E8ECF2"})
    kinds = list(dict.fromkeys((draft.row_is, draft.tables) for draft in drafts))
    pattern = period_pattern(drafts)
    said = [
        ("name", name),
        (ROW_IS, "; ".join(kind for kind, _ in kinds)),
        (TABLES, "; ".join(", ".join(tables) for _, tables in kinds)),
        ("date_order", ""),
        ("currency", ""),
        (PERIOD_FILE_NAME, pattern[1] if pattern is not None and pattern[0] == "file_name" else ""),
    ]
    _sheet(book, PROFILE_SHEET, said, bold, (30, 60))
    fields = fields_of(drafts)
    rows = _heading_rows(drafts)
    samples = ("Sample 1", "Sample 2", "Sample 3")
    listed = [(HEADING, FIELD, "Proposal", "Why", *samples, "File", "Sheet", "Group", "Unit"), *rows]
    sheet = _sheet(book, HEADINGS_SHEET, listed, bold, _WIDTHS)
    sheet.freeze_panes(1, 1)
    told = [(gap.field, gap.title, "key" if gap.key else "", str(gap.metrics)) for gap in gaps(drafts)]
    _sheet(book, "Gaps", [(FIELD, "Title", "Key", "Metrics that need it"), *told], bold, (34, 26, 8, 22))
    _sheet(book, "Fields", [(FIELD,), *((one,) for one in fields)], bold, (34,))
    choice = {"validate": "list", "source": f"=Fields!$A$2:$A${len(fields) + 1}"}
    sheet.data_validation(1, 1, max(len(rows), 1), 1, choice)
    book.close()
    return buffer.getvalue()


def _heading_rows(drafts: Sequence[Draft]) -> list[tuple[str, ...]]:
    return [
        (
            c.heading,
            c.field or "",
            c.proposal or "",
            c.why,
            *c.samples,
            *[""] * (3 - len(c.samples)),
            draft.path,
            draft.sheet or "",
            c.group,
            c.unit,
        )
        for draft in drafts
        for c in draft.columns
    ]


def _sheet(book: Any, name: str, rows: Iterable[tuple[str, ...]], bold: Any, widths: tuple[int, ...]) -> Any:
    sheet = book.add_worksheet(name)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            head = column == 0 if name == PROFILE_SHEET else row == 0
            sheet.write_string(row, column, text, bold if head else None)
    return sheet
