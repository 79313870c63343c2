"""The twenty-five faults of the sample, each of another kind and in a cell of its own."""

from __future__ import annotations

import datetime as dt

from decision_log import DECISIONS
from planting import Fault, changed, copied, nameless, total, twice
from registers import PLAN, RAID
from reports import HARBOUR_FILE
from task_plan import TASKS

from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tasks import Task

#: What a report says that was copied from the month before.
COPIED = ("Narrative", "PV (£m)", "EV (£m)", "AC (£m)", "EAC (£m)", "% Complete", "Forecast Finish")

FAULTS = (
    Fault(
        "DUPLICATE_KEY", "projects", Project.project_id, "status-2026-02.xlsx", "Status", "Project ID",
        twice({"Project ID": "PRJ-009"}, {"Narrative": "Sent again after the project manager's correction."}),
        "The report of PRJ-009 stands in the list twice.",
    ),
    Fault(
        "MISSING_KEY", "projects", Project.project_id, "status-2026-03.xlsx", "Status", "Project ID",
        nameless(
            {"Project ID": "PRJ-004"},
            ("Programme", "Department", "Sponsor", "Report Date"),
            {
                "Project": "Smart Parking Pilot", "Project Manager": "Eglantine Moorhen", "Category": "ICT",
                "RAG": "Green", "Project Status": "Proposed", "Stage": "OBC", "Whole-life Cost (£m)": 1.9,
                "Narrative": "Outline business case in preparation; it gets its number with the next list.",
            },
        ),
        "A proposal was reported before it had a project ID.",
    ),
    Fault(
        "UNKNOWN_COLOUR", "status", Status.rag_overall, "status-2026-05.xlsx", "Status", "RAG",
        changed({"Project ID": "PRJ-011"}, {"RAG": "Ambre"}),
        "Amber is misspelt: a colour that is on no scale.",
    ),
    Fault(
        "UNREADABLE_MONEY", "status", Status.ac, "status-2026-04.xlsx", "Status", "AC (£m)",
        changed({"Project ID": "PRJ-003"}, {"AC (£m)": "approx. 15"}),
        "A guess in words where an amount belongs.",
    ),
    Fault(
        "AMBIGUOUS_DATE", "milestones", Milestone.forecast_date, PLAN, "Milestones", "Forecast Date",
        changed({"Milestone": "Forty homes returned to use"}, {"Forecast Date": "05/06/2026"}),
        "A date typed as text: 5 June or 6 May.",
    ),
    Fault(
        "EV_ABOVE_BAC", "status", Status.ev, "status-2026-06.xlsx", "Status", "EV (£m)",
        changed({"Project ID": "PRJ-019"}, {"EV (£m)": 3.642, "% Complete": None}),
        "More was earned than there is to earn.",
    ),
    Fault(
        "OVERDUE_FORECAST", "milestones", Milestone.forecast_date, PLAN, "Milestones", "Forecast Date",
        changed(
            {"Milestone": "Block C watertight"},
            {"Forecast Date": dt.date(2026, 6, 12), "Actual Date": None, "Status": "In progress"},
        ),
        "The forecast has passed, the milestone is neither reached nor forecast anew.",
    ),
    Fault(
        "RAG_WITHOUT_PATH", "status", Status.rag_overall, "status-2026-05.xlsx", "Status", "RAG",
        changed(
            {"Project ID": "PRJ-002"}, {"Path to Green": None, "Path Owner": None, "Path Date": None}
        ),
        "Amber, and nobody says how it gets back to green.",
    ),
    Fault(
        "UNRESOLVED_LINK", "risks", Risk.entity_id, RAID, "Risks", "Project ID",
        changed(
            {"Risk": "Insulation grant conditions change for listed houses"}, {"Project ID": "PRJ-099"}
        ),
        "A risk of a project that does not exist.",
    ),
    Fault(
        "ERROR_CELL", "status", Status.eac_reported, "status-2026-06.xlsx", "Status", "EAC (£m)",
        changed({"Project ID": "PRJ-008"}, {"EAC (£m)": "#REF!"}),
        "A formula lost what it referred to.",
    ),
    Fault(
        "SUBTOTAL_ROW", "projects", "", "status-2026-01.xlsx", "Status", None,
        total, "A row of sums below the data.",
    ),
    Fault(
        "ISSUE_OVERDUE", "issues", Issue.due, RAID, "Issues", "Due",
        changed({"Issue": "Timber for the roof of block C not delivered"}, {"Due": dt.date(2026, 6, 12)}),
        "Still open, though it was due.",
    ),
    Fault(
        "NAME_CHANGED", "projects", Project.project_name, "status-2025-10.xlsx", "Status", "Project",
        changed({"Project ID": "PRJ-038"}, {"Project": "Beach Groyne Replacement"}),
        "Another name for one month, and no renaming on record.",
    ),
    Fault(
        "CUMULATIVE_FELL", "status", Status.ac, "status-2025-11.xlsx", "Status", "AC (£m)",
        changed({"Project ID": "PRJ-028"}, {"AC (£m)": 0.3}),
        "The cost of the month stands where the cost to date belongs.",
    ),
    Fault(
        "EAC_BELOW_AC", "status", Status.eac_reported, "status-2025-12.xlsx", "Status", "EAC (£m)",
        changed({"Project ID": "PRJ-036"}, {"EAC (£m)": 2.14}),
        "A decimal point has moved: less is expected in all than was spent already.",
    ),
    Fault(
        "COPIED_FORWARD", "status", Status.narrative, "status-2025-12.xlsx", "Status", "Narrative",
        copied({"Project ID": "PRJ-015"}, "status-2025-10.xlsx", "status-2025-11.xlsx", COPIED),
        "The same report for the third month.",
    ),
    Fault(
        "NOT_REPORTED", "status", Status.eac_reported, "status-2026-04.xlsx", "Status", "EAC (£m)",
        changed({"Project ID": "PRJ-035"}, {"EAC (£m)": "TBC"}),
        "The estimate was still to be confirmed.",
    ),
    Fault(
        "WITHHELD", "status", Status.bac, "status-2026-06.xlsx", "Status", "BAC (£m)",
        changed({"Project ID": "PRJ-034"}, {"BAC (£m)": "Commercially sensitive until the contract is signed"}),
        "The budget exists and is not shown.",
    ),
    Fault(
        "MISSING_PERIOD", "projects", Project.period, HARBOUR_FILE, "Status", "Month",
        twice(
            {"Project ID": "PRJ-022", "Month": dt.date(2026, 6, 30)},
            {"Month": None, "Commentary": "Draft for July, left below the table."},
        ),
        "A report that names no month.",
    ),
    Fault(
        "CURRENCY_CONFLICT", "status", Status.eac_reported, HARBOUR_FILE, "Status", "Forecast Outturn (€m)",
        changed(
            {"Project ID": "PRJ-025", "Month": dt.date(2026, 4, 30)}, {"Forecast Outturn (€m)": "£8.6m"}
        ),
        "An amount in pounds in a row that is in euro.",
    ),
    Fault(
        "OUT_OF_RANGE", "risks", Risk.p_score, RAID, "Risks", "P (1-5)",
        changed({"Risk": "Mobile network cover is lost in two valleys"}, {"P (1-5)": 6}),
        "A score of 6 on a scale that ends at 5.",
    ),
    Fault(
        "RISK_PAST_PROXIMITY", "risks", Risk.proximity_date, RAID, "Risks", "Proximity",
        changed({"Risk": "Timber prices rise again before the roof of block C is ordered"},
                {"Proximity": dt.date(2026, 5, 15)}),
        "The day on which it could strike has passed, and the risk is still open.",
    ),
    Fault(
        "ISSUE_WITHOUT_OWNER", "issues", Issue.owner, RAID, "Issues", "Owner",
        changed({"Issue": "Two projects want the same crane barge in September"}, {"Owner": None}),
        "An open issue that nobody answers for.",
    ),
    Fault(
        "UNKNOWN_WORD", "decisions", Decision.decision, DECISIONS, "Decisions", "Decision",
        changed({"Decision Requested": "Take note of the yearly report on the flood grant"},
                {"Decision": "Noted"}),
        "A word that is no decision.",
    ),
    Fault(
        "UNREADABLE_DATE", "tasks", Task.forecast_finish, TASKS, "Tasks", "Forecast Finish",
        changed({"Task Name": "Kerb stones delivered"}, {"Forecast Finish": "when the yard has them"}),
        "Words where a day belongs.",
    ),
)  # fmt: skip
