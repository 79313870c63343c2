"""The kinds of findings of rules within and between tables."""

from __future__ import annotations

from pmo_analytics.quality.finding_kind import ERROR, WARNING, FindingKind

RULE_KINDS = (
    FindingKind(
        "START_AFTER_FINISH",
        ERROR,
        "{column} {value} is before its start {detail}",
        "Correct one of the dates.",
    ),
    FindingKind(
        "ACTUAL_IN_FUTURE",
        ERROR,
        "{column} {value} is after the period it is reported for",
        "Actual dates cannot lie ahead.",
    ),
    FindingKind(
        "MISSING_FORECAST",
        ERROR,
        "an active project without a forecast finish",
        "Enter the finish expected now.",
    ),
    FindingKind(
        "MISSING_ACTUAL_FINISH",
        ERROR,
        "a complete project without an actual finish",
        "Enter the day it finished.",
    ),
    FindingKind(
        "OVERDUE_FORECAST",
        ERROR,
        "the forecast {value} has passed without an actual date",
        "Enter the actual date or a new forecast.",
    ),
    FindingKind(
        "EV_ABOVE_BAC",
        ERROR,
        "earned value {value} is above the budget at completion {detail}",
        "Correct EV or BAC.",
    ),
    FindingKind(
        "PV_ABOVE_BAC",
        ERROR,
        "planned value {value} is above the budget at completion {detail}",
        "Correct PV or BAC.",
    ),
    FindingKind(
        "CUMULATIVE_FELL",
        WARNING,
        "{column} fell to {value} from {detail} without a new baseline",
        "Amounts are cumulative; correct or rebaseline.",
    ),
    FindingKind(
        "EV_NOT_PROGRESS",
        WARNING,
        "earned value {value} does not fit % complete times BAC ({detail})",
        "Correct EV or % complete.",
    ),
    FindingKind(
        "EAC_BELOW_AC",
        ERROR,
        "the reported EAC {value} is below the cost already spent ({detail})",
        "Correct EAC or AC.",
    ),
    FindingKind(
        "ETC_NOT_EAC_LESS_AC",
        ERROR,
        "the reported ETC {value} is not EAC less AC ({detail})",
        "Correct one of the three.",
    ),
    FindingKind(
        "COMPLETION_CONFLICT",
        WARNING,
        "% complete {value} does not fit the project status {detail}",
        "Correct one of them.",
    ),
    FindingKind(
        "EV_WITHOUT_COST", WARNING, "earned value {value} but no cost to date", "Check the accruals."
    ),
    FindingKind(
        "COST_WITHOUT_EV",
        WARNING,
        "cost {value} but nothing earned, for the second period",
        "Check the progress.",
    ),
    FindingKind(
        "RAG_WITHOUT_PATH",
        ERROR,
        "{value}, and the narrative or the path to green is missing",
        "Say what will be done, by whom, by when.",
    ),
    FindingKind(
        "RISK_PAST_PROXIMITY",
        WARNING,
        "open, though {value} has passed",
        "Close it, or raise the issue.",
    ),
    FindingKind("ISSUE_OVERDUE", WARNING, "open, though due on {value}", "Resolve it or agree a new date."),
    FindingKind("ISSUE_WITHOUT_OWNER", WARNING, "an open issue without an owner", "Name one."),
    FindingKind(
        "COPIED_FORWARD",
        WARNING,
        "narrative and figures are the same as in the {detail} periods before",
        "Ask for a fresh report.",
    ),
    FindingKind(
        "RISK_NOT_REVIEWED",
        WARNING,
        "an open risk of a tier 1 project, last reviewed on {value}",
        "Review it.",
    ),
    FindingKind(
        "MIXED_CURRENCY",
        ERROR,
        "amounts in {value}, but the project has {detail}: no sum holds both",
        "State them in one currency.",
    ),
    FindingKind(
        "MAGNITUDE_JUMP",
        ERROR,
        "{column} {value} is {detail}: perhaps thousands or millions against units",
        "Correct the figure or the unit in the heading.",
    ),
    FindingKind(
        "MAGNITUDE_BETWEEN_FILES",
        ERROR,
        "the amounts in {column} are about a million times as small as in {detail}",
        "State the unit in the heading, such as (£m).",
    ),
    FindingKind(
        "STAGE_WITHOUT_APPROVAL",
        ERROR,
        "in stage {value} without an approving decision on gate {detail}",
        "Record the decision, or correct the stage.",
    ),
)
