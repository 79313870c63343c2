"""Writing: sheets as an .xlsx file that looks like a template of the office, the same bytes on every run."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from sheets import Sheet

MADE = dt.datetime(2026, 7, 3, 9, 0)

MONEY, PERCENT, DATE, MONTH = "#,##0.00", "0.0%", "DD/MM/YYYY", "MMM YYYY"
#: How figures are shown that are no amounts with two decimals, and the headings under which a day stands for a month.
FIGURES = dict.fromkeys(
    ("% Complete", "Probability", "Discount Rate", "Optimism Bias", "Availability"), PERCENT
)
FIGURES |= dict.fromkeys(("Capacity (FTE)", "Demand (FTE)", "Funded Posts", "Cost Rate (£k)"), "0.0")
FIGURES |= {"Exchange Rate": "0.0000", "Target Value": "#,##0.0", "Actual Value": "#,##0.0"}
MONTHS = ("Month", "Curve Month", "Benefit Month", "Work Month", "Amount Month", "Cash Flow Period", "Period")
WIDTHS = {
    "Project": 32, "Milestone": 44, "Risk": 52, "Issue": 48, "Narrative": 64, "Commentary": 64,
    "Path to Green": 48, "Recovery Plan": 48, "Sponsor": 24, "SRO": 24, "Project Manager": 26,
    "Project Lead": 26, "Owner": 26, "Action Owner": 26, "Path Owner": 26, "Recovery Owner": 26,
    "Task Owner": 26, "Resolution": 36, "Department": 20, "Decision Requested": 48, "Cost of Waiting": 48,
    "Board": 26, "Decided By": 24, "Decision": 24, "Entity Name": 40, "Note": 56, "Task Name": 40,
    "Source System": 20, "Change Requested": 58, "Authority Required": 28, "Authority Used": 28, "Approver": 24,
    "Approved By": 24, "Baseline Reason": 40, "Benefit Name": 40, "Benefit Owner": 26, "Verified By": 22,
    "Preferred Option": 40, "Success Criteria": 56, "Charter": 24, "Objective": 40, "Objective Measure": 42,
    "Objective Owner": 26, "Role": 26, "Team": 20, "Named Person": 26, "Gate Name": 36, "Entry Evidence": 48,
    "Required Board": 28, "Required Role": 20, "Standard": 48, "Template": 26, "Assessor": 22, "Evidence": 26,
    "Return Reason": 40, "Accepted By": 22, "Lesson": 56, "Recommendation": 56, "Lesson Category": 18,
    "Applied In": 20, "Action": 60, "Funded From": 20, "Assumption": 48, "If It Fails": 40, "Dependency": 54,
    "Giver's Owner": 26, "Receiver's Owner": 26, "Funding Source": 22, "Amount Kind": 18, "Rate Source": 18,
}  # fmt: skip
NARROW, LONG_TEXT, LINE = 14, 40, 15
TYPEFACE = "Calibri"


def workbook(sheets: list[Sheet], organisation: str) -> bytes:
    """The sheets as an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = book.properties.lastModifiedBy = f"{organisation}, Portfolio Office"
    book.properties.title = sheets[0].preamble[0]
    book.properties.created = MADE
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    raw = BytesIO()
    book.save(raw)
    return _undated(raw)


def _write(page: Any, sheet: Sheet) -> None:
    for row, text in enumerate(sheet.preamble, start=1):
        page.cell(row, 1, text).font = Font(TYPEFACE, 14 if row == 1 else 10, bold=row == 1)
    for column, heading in enumerate(sheet.headings, start=1):
        cell = page.cell(sheet.header_row, column, heading)
        cell.font = Font(TYPEFACE, 11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F3864")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = Border(bottom=Side(style="thin"))
        page.column_dimensions[get_column_letter(column)].width = WIDTHS.get(heading, NARROW)
        for row, values in enumerate(sheet.rows, start=sheet.header_row + 1):
            _fill(page.cell(row, column), values.get(heading), heading)
    page.row_dimensions[sheet.header_row].height = 2 * LINE
    for row, values in enumerate(sheet.rows, start=sheet.header_row + 1):
        page.row_dimensions[row].height = LINE * max(_lines(values.get(name), name) for name in WIDTHS)
    page.freeze_panes = page.cell(sheet.header_row + 1, 3)
    page.sheet_view.zoomScale = 90


def _lines(value: Any, heading: str) -> int:
    """How many lines a text takes in its column, words kept whole."""
    return len(wrap(value, WIDTHS[heading] - 2)) if isinstance(value, str) else 1


def _fill(cell: Any, value: Any, heading: str) -> None:
    wide = WIDTHS.get(heading, NARROW) >= LONG_TEXT
    across = "center" if heading.endswith("RAG") else None
    cell.alignment = Alignment(across, "top", wrap_text=wide)
    if value is None:
        return
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = MONTH if heading in MONTHS else DATE
    elif isinstance(value, float):
        cell.number_format = FIGURES.get(heading, MONEY)


def _undated(raw: BytesIO) -> bytes:
    """The archive without the clock: openpyxl stamps the day of saving into it."""
    fixed = BytesIO()
    modified = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = modified.sub(rb"\g<1>" + f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            plain = zipfile.ZipInfo(entry.filename, MADE.timetuple()[:6])
            plain.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(plain, content)
    return fixed.getvalue()
