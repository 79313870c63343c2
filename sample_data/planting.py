"""The twelve faults of the sample: each spoils one cell or adds one row, and says where it will be found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sheets import Row, Sheet

from pmo_analytics.quality.kinds import KINDS
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.status import Status

#: Takes a clean sheet, spoils it, and gives back the row that is now at fault.
Spoil = Callable[[Sheet], Row]


@dataclass(frozen=True)
class Fault:
    """One fault: where it goes, what it will be found as, and how it is made."""

    code: str
    table: str
    column: str
    file: str
    sheet: str
    heading: str | None
    spoil: Spoil
    what: str


def plant(sheets: list[Sheet]) -> list[dict[str, str]]:
    """Spoil the sheets; the faults with their addresses, one record each."""
    by_place = {(sheet.file, sheet.name): sheet for sheet in sheets}
    spoiled = [(fault, fault.spoil(by_place[fault.file, fault.sheet])) for fault in FAULTS]
    return [
        {
            "fault": str(number),
            "code": fault.code,
            "severity": KINDS[fault.code].severity,
            "table": fault.table,
            "column": fault.column,
            "file": fault.file,
            "sheet": fault.sheet,
            "cell": by_place[fault.file, fault.sheet].address(row, fault.heading),
            "what": fault.what,
        }
        for number, (fault, row) in enumerate(spoiled, start=1)
    ]


def _set(identity: str, cells: Row) -> Spoil:
    """Other values in some cells of a row."""

    def spoil(sheet: Sheet) -> Row:
        row = sheet.row_of(identity)
        row.update(cells)
        return row

    return spoil


def _twice(identity: str) -> Spoil:
    """The report of a project a second time, at the end of the list."""

    def spoil(sheet: Sheet) -> Row:
        again = sheet.row_of(identity) | {"Narrative": "Sent again after the project manager's correction."}
        sheet.rows.append(again)
        return again

    return spoil


def _nameless(like: str, name: str) -> Spoil:
    """A proposal that nobody has given a number yet."""

    def spoil(sheet: Sheet) -> Row:
        row = dict.fromkeys(sheet.headings) | {
            heading: sheet.row_of(like)[heading]
            for heading in ("Programme", "Department", "Sponsor", "Report Date")
        }
        row |= {"Project": name, "Project Manager": "Eglantine Moorhen", "Category": "ICT", "RAG": "Green"}
        row |= {"Project Status": "Proposed", "Stage": "OBC", "Whole-life Cost (£m)": 1.9}
        row |= {"Narrative": "Outline business case in preparation; it gets its number with the next list."}
        sheet.rows.append(row)
        return row

    return spoil


def _total(sheet: Sheet) -> Row:
    """A row of sums below the data."""
    sums = {
        heading: round(sum(row[heading] or 0.0 for row in sheet.rows), 3)
        for heading in sheet.headings
        if heading.endswith("(£m)")
    }
    row = dict.fromkeys(sheet.headings) | {"Project": "Total"} | sums
    sheet.rows.append(row)
    return row


PLAN, RAID = "milestone-plan-2026-06.xlsx", "raid-log-2026-06.xlsx"
FAULTS = (
    Fault(
        "DUPLICATE_KEY", "projects", Project.project_id, "status-2026-02.xlsx", "Status", "Project ID",
        _twice("PRJ-009"), "The report of PRJ-009 stands in the list twice.",
    ),
    Fault(
        "MISSING_KEY", "projects", Project.project_id, "status-2026-03.xlsx", "Status", "Project ID",
        _nameless("PRJ-004", "Smart Parking Pilot"), "A proposal was reported before it had a project ID.",
    ),
    Fault(
        "UNKNOWN_COLOUR", "status", Status.rag_overall, "status-2026-05.xlsx", "Status", "RAG",
        _set("PRJ-011", {"RAG": "Ambre"}), "Amber is misspelt: a colour that is on no scale.",
    ),
    Fault(
        "UNREADABLE_MONEY", "status", Status.ac, "status-2026-04.xlsx", "Status", "AC (£m)",
        _set("PRJ-003", {"AC (£m)": "approx. 15"}), "A guess in words where an amount belongs.",
    ),
    Fault(
        "AMBIGUOUS_DATE", "milestones", Milestone.forecast_date, PLAN, "Milestones", "Forecast Date",
        _set("MS-054", {"Forecast Date": "05/06/2026"}), "A date typed as text: 5 June or 6 May.",
    ),
    Fault(
        "EV_ABOVE_BAC", "status", Status.ev, "status-2026-06.xlsx", "Status", "EV (£m)",
        _set("PRJ-019", {"EV (£m)": 3.642, "% Complete": None}), "More was earned than there is to earn.",
    ),
    Fault(
        "OVERDUE_FORECAST", "milestones", Milestone.forecast_date, PLAN, "Milestones", "Forecast Date",
        _set("MS-039", {"Actual Date": None, "Status": "In progress"}),
        "The forecast has passed, the milestone is neither reached nor forecast anew.",
    ),
    Fault(
        "RAG_WITHOUT_PATH", "status", Status.rag_overall, "status-2026-05.xlsx", "Status", "RAG",
        _set("PRJ-002", {"Path to Green": None}), "Amber, and nobody says how it gets back to green.",
    ),
    Fault(
        "UNRESOLVED_LINK", "risks", Risk.entity_id, RAID, "Risks", "Project ID",
        _set("R-040", {"Project ID": "PRJ-099"}), "A risk of a project that does not exist.",
    ),
    Fault(
        "ERROR_CELL", "status", Status.eac_reported, "status-2026-06.xlsx", "Status", "EAC (£m)",
        _set("PRJ-011", {"EAC (£m)": "#REF!"}), "A formula lost what it referred to.",
    ),
    Fault(
        "SUBTOTAL_ROW", "projects", "", "status-2026-01.xlsx", "Status", None,
        _total, "A row of sums below the data.",
    ),
    Fault(
        "ISSUE_OVERDUE", "issues", Issue.due, RAID, "Issues", "Due",
        _set("I-018", {"Due": dt.date(2026, 6, 12)}), "Still open, though it was due.",
    ),
)  # fmt: skip
