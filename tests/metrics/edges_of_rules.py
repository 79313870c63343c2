"""Edges of rules: standards as last assessed, waivers and reports on the day they fall due."""

from __future__ import annotations

from typing import Any

from metrics.edges import TODAY, TOMORROW, YESTERDAY, Edge, edge, rows_of, status


def standards(
    what: str, *rows: dict[str, Any], weights: tuple[float, ...] = (), **expected: float | str
) -> Edge:
    """Assessments of standards, each of its own where it names none, and their weights in that order."""
    held = [{"standard_id": f"{what} {at}"} | row for at, row in enumerate(rows)]
    weighed = [
        {"standard_id": f"{what} {at} ".upper(), "weight": weight} for at, weight in enumerate(weights)
    ]
    tables = {"standards": weighed} if weighed else {}
    return edge(what, rows_of("standards_compliance", *held) | tables, **expected)


def held(result: str | None, on: str | None = YESTERDAY, **more: Any) -> dict[str, Any]:
    return {"result": result, "assessed_date": on} | more


def waived(result: str, until: str | None) -> dict[str, Any]:
    return held(result, waiver_ref="W", waiver_expiry=until)


ONE = {"standard_id": "one"}
STANDARDS: list[Edge] = [
    standards("one is met", held("met"), standards_met_pct=1, standards_not_met=0, waivers_expired=0),
    standards("one is partly met", held("partly"), standards_met_pct=0.5, standards_not_met=0),
    standards("one is not met", held("not_met"), standards_met_pct=0, standards_not_met=1, waivers_expired=0),
    standards(
        "one does not apply", held("not_applicable"), standards_met_pct="NOT_APPLICABLE", standards_not_met=0
    ),
    standards(
        "one was not judged",
        held(None),
        standards_met_pct="NO_DATA",
        standards_not_met="NO_DATA",
        waivers_expired="NO_DATA",
    ),
    # 3 × 1 + 2 × 0.5 + 1 × 0 of 6, one that does not apply has no part; without a weight each counts for one
    standards(
        "standards of three weights",
        held("met"),
        held("partly"),
        held("not_met"),
        held("not_applicable"),
        weights=(3.0, 2.0, 1.0, 9.0),
        standards_met_pct=4 / 6,
    ),
    standards(
        "two of them without a weight",
        held("met"),
        held("not_met"),
        held("met"),
        weights=(2.0,),
        standards_met_pct=3 / 4,
    ),
    standards("one that weighs nothing", held("met"), weights=(0.0,), standards_met_pct="NOT_APPLICABLE"),
    standards(
        "assessed today again",
        held("met") | ONE,
        held("not_met", TODAY) | ONE,
        standards_met_pct=0,
        standards_not_met=1,
    ),
    standards(
        "to be assessed tomorrow again",
        held("met") | ONE,
        held("not_met", TOMORROW) | ONE,
        standards_met_pct=1,
        standards_not_met=0,
    ),
    standards(
        "assessed on no day as well",
        held("not_met", None) | ONE,
        held("met") | ONE,
        standards_met_pct=1,
        standards_not_met=0,
    ),
    standards("assessed on no day at all", held("not_met", None), standards_met_pct=0, standards_not_met=1),
    standards(
        "to be assessed tomorrow",
        held("met", TOMORROW),
        standards_met_pct="NO_DATA",
        standards_not_met="NO_DATA",
    ),
    standards(
        "waived until today",
        waived("not_met", TODAY),
        standards_met_pct="NOT_APPLICABLE",
        standards_not_met=0,
        waivers_expired=0,
    ),
    standards(
        "waived until yesterday",
        waived("not_met", YESTERDAY),
        standards_met_pct=0,
        standards_not_met=1,
        waivers_expired=1,
    ),
    edge(
        "waivers of two projects",
        standards(
            "here", waived("not_met", TODAY), waived("not_met", TOMORROW), waived("not_met", YESTERDAY)
        ).rows[0],
        standards("there", waived("not_met", None), waived("met", YESTERDAY), held("met")).rows[0],
        standards_not_met=1,
        waivers_expired=1,
        waivers_expired_n_used=6,
    ),
    standards(
        "waived for good",
        waived("not_met", None),
        held("met"),
        standards_met_pct=1,
        standards_not_met=0,
        waivers_expired=0,
    ),
    standards(
        "partly met and waived until yesterday",
        waived("partly", YESTERDAY),
        standards_met_pct=0.5,
        waivers_expired=1,
    ),
    standards(
        "met and waived until yesterday", waived("met", YESTERDAY), standards_met_pct=1, waivers_expired=0
    ),
    # what is waived has no part, unless it is met
    standards("met and waived", waived("met", TODAY), waived("partly", TODAY), standards_met_pct=1),
]


def reports(
    what: str,
    *rows: tuple[str | None, str | None],
    returned: str | None = None,
    waived: float | None = None,
    **expected: float | str,
) -> Edge:
    """Reports: the day they were due and the day they came."""
    cells = ({"due": due, "received": came, "returned": returned, "waived": waived} for due, came in rows)
    return edge(what, rows_of("submissions", *cells), **expected)


NONE_DUE = {"reports_on_time_pct": "NOT_APPLICABLE", "report_lateness_median_days": "NOT_APPLICABLE"}
REPORTS: list[Edge] = [
    reports(
        "due today and not there",
        (TODAY, None),
        reports_due=0,
        reports_returned_pct="NOT_APPLICABLE",
        **NONE_DUE,
    ),
    reports(
        "due yesterday and not there",
        (YESTERDAY, None),
        reports_due=1,
        reports_on_time_pct=0,
        report_lateness_median_days=1,
    ),
    reports(
        "due tomorrow and there",
        (TOMORROW, TODAY),
        reports_due=1,
        reports_on_time_pct=1,
        report_lateness_median_days=-1,
    ),
    reports(
        "there on the day", ("2026-06-20", "2026-06-20"), reports_on_time_pct=1, report_lateness_median_days=0
    ),
    reports(
        "there a day later",
        ("2026-06-20", "2026-06-21"),
        reports_on_time_pct=0,
        report_lateness_median_days=1,
    ),
    reports(
        "there without being due",
        (None, "2026-06-21"),
        reports_due="NO_DATA",
        reports_on_time_pct="NO_DATA",
        reports_returned_pct=0,
    ),
    reports("due yesterday and waived", (YESTERDAY, None), waived=1.0, reports_due=0, **NONE_DUE),
    reports(
        "due yesterday and not waived", (YESTERDAY, None), waived=0.0, reports_due=1, reports_on_time_pct=0
    ),
    reports(
        "there and waived", (YESTERDAY, TODAY), waived=1.0, reports_due=0, reports_returned_pct=0, **NONE_DUE
    ),
    reports("there and sent back", (TODAY, YESTERDAY), returned=TODAY, reports_returned_pct=1),
    # one comes late, the one that comes in time need not have come
    edge(
        "one that is late and one that is waived",
        rows_of(
            "submissions",
            {"due": YESTERDAY, "received": TODAY},
            {"due": YESTERDAY, "received": YESTERDAY, "waived": 1.0},
            {"received": YESTERDAY},
        ),
        status(pv=1.0),
        reports_due=1,
        reports_on_time_pct=0,
        reports_on_time_pct_n_used=1,
        report_lateness_median_days=1,
    ),
    # late by 0, 1 and 10 days
    reports(
        "three reports",
        ("2026-06-20", "2026-06-20"),
        ("2026-06-20", "2026-06-21"),
        ("2026-06-20", None),
        reports_due=3,
        reports_on_time_pct=1 / 3,
        report_lateness_median_days=1,
        reports_returned_pct=0,
    ),
]


EDGES = [*STANDARDS, *REPORTS]
