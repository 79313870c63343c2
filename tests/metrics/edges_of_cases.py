"""Edges of business cases and spending: the case that was approved last, and flows of a year and a month ahead."""

from __future__ import annotations

from typing import Any

from metrics.edges import TODAY, TOMORROW, YESTERDAY, Edge, Rows, edge, listed, rows_of


def case(approved: str | None = YESTERDAY, **cells: Any) -> dict[str, Any]:
    """A version of a business case, at 10 % a year."""
    return {"version": "1", "approved_date": approved, "discount_rate": 0.1} | cells


def cases(*rows: dict[str, Any]) -> Rows:
    return rows_of("business_cases", *rows)


def flows(*rows: tuple[str, str, float], **more: Any) -> Rows:
    """Cash flows: what they are, their months and amounts."""
    return rows_of(
        "cashflows", *({"kind": kind, "for_period": month, "amount": at} | more for kind, month, at in rows)
    )


WORTH = {"pv_benefits": 150.0, "pv_costs": 100.0}
#: What is spent in January 2026 counts in full.
SPENT = ("cost", "2026-01-31", 100.0)
APPROVED: list[Edge] = [
    edge("a case of yesterday", cases(case(**WORTH)), npv_approved=50, bcr_approved=1.5),
    edge(
        "a second case of today",
        cases(case(**WORTH), case(TODAY, version="2", pv_benefits=120.0, pv_costs=80.0)),
        npv_approved=40,
        bcr_approved=1.5,
    ),
    edge(
        "a second case of tomorrow",
        cases(case(**WORTH), case(TOMORROW, version="2", pv_benefits=120.0, pv_costs=80.0)),
        npv_approved=50,
    ),
    edge(
        "the earlier case is told last",
        cases(case(pv_benefits=120.0, pv_costs=80.0, version="2"), case("2026-01-31", **WORTH)),
        npv_approved=40,
    ),
    edge(
        "a case of tomorrow", cases(case(TOMORROW, **WORTH)), npv_approved="NO_DATA", bcr_approved="NO_DATA"
    ),
    edge("a case that was not approved", cases(case(None, **WORTH)), npv_approved="NO_DATA"),
    edge(
        "a case that costs nothing",
        cases(case(pv_benefits=1.0, pv_costs=0.0)),
        npv_approved=1,
        bcr_approved="NO_COST",
    ),
    edge(
        "a case without benefits", cases(case(pv_costs=1.0)), npv_approved="NO_DATA", bcr_approved="NO_DATA"
    ),
    *(
        edge(
            f"a case in {currency}",
            listed(currency="GBP") | cases(case(currency=currency, **WORTH)),
            npv_approved=told,
        )
        for currency, told in (("GBP", 50), ("EUR", "NO_DATA"))
    ),
    edge(
        "cases of two projects",
        cases(case(**WORTH)),
        cases(case(pv_benefits=90.0, pv_costs=60.0)),
        cases(case(pv_benefits=999.0)),
        cases(case(pv_costs=999.0)),
        npv_approved=80,
        bcr_approved=1.5,
    ),
]

FLOWS: list[Edge] = [
    edge(
        "eleven months after the first flow",
        cases(case(**WORTH)) | flows(SPENT, ("benefit", "2026-12-31", 110.0)),
        npv=10,
        bcr=1.1,
        npv_change=-40,
    ),
    edge(
        "twelve months after the first flow",
        cases(case(**WORTH)) | flows(SPENT, ("benefit", "2027-01-31", 220.0)),
        npv=100,
        bcr=2,
        npv_change=50,
    ),
    edge(
        "flows without a case",
        flows(SPENT, ("benefit", "2026-12-31", 110.0)),
        npv="NO_DATA",
        npv_to_come="NO_DATA",
    ),
    edge(
        "flows without a cost",
        cases(case()) | flows(("benefit", "2026-12-31", 1.0)),
        npv="NO_DATA",
        bcr="NO_DATA",
    ),
    edge(
        "flows that cost nothing",
        cases(case()) | flows(("benefit", "2026-12-31", 1.0), ("cost", "2026-12-31", 0.0)),
        npv=1,
        bcr="NO_COST",
    ),
    edge(
        "flows without an amount of benefits",
        cases(case())
        | rows_of("cashflows", {"kind": "benefit"}, {"kind": "cost", "amount": 1.0, "for_period": TODAY}),
        npv="NO_DATA",
    ),
    edge(
        "flows of the preferred option",
        cases(case(preferred_option="A")) | flows(SPENT, ("benefit", "2026-01-31", 130.0), option=" a"),
        npv=30,
    ),
    edge(
        "flows of another option",
        cases(case(preferred_option="A")) | flows(SPENT, ("benefit", "2026-01-31", 130.0), option="B"),
        npv="NO_DATA",
        npv_to_come="NO_DATA",
    ),
    *(
        edge(
            f"flows in {currency}",
            listed(currency="GBP")
            | cases(case())
            | flows(SPENT, ("benefit", "2026-07-31", 130.0), currency=currency),
            npv=now,
            npv_to_come=ahead,
        )
        for currency, now, ahead in (("GBP", 30, 130), ("EUR", "NO_DATA", "NO_DATA"))
    ),
    edge(
        "a case for two projects",
        cases(case(**WORTH)) | flows(SPENT, ("benefit", "2026-01-31", 130.0)),
        cases(case(**WORTH)) | flows(SPENT, ("benefit", "2026-01-31", 110.0)),
        cases(case(**WORTH)) | flows(("benefit", "2026-01-31", 999.0)),
        cases(case(**WORTH)) | flows(("cost", "2026-01-31", 999.0)),
        npv=40,
        bcr=1.2,
        npv_change=-60,
    ),
]


def to_come(what: str, *rows: tuple[str, str, float], worth: float | str, not_justified: float | str) -> Edge:
    """Flows of a case and what those to come are worth."""
    expected = {"npv_to_come": worth, "projects_not_justified": not_justified}
    return edge(what, cases(case()) | flows(*rows), **expected)


AHEAD: list[Edge] = [
    to_come("a benefit of today", ("benefit", TODAY, 5.0), worth="NO_DATA", not_justified="NO_DATA"),
    to_come("a cost of today", ("cost", TODAY, 5.0), worth="NO_DATA", not_justified="NO_DATA"),
    to_come("a benefit of next month", ("benefit", "2026-07-31", 5.0), worth=5, not_justified=0),
    to_come("a benefit of eleven months ahead", ("benefit", "2027-05-31", 11.0), worth=11, not_justified=0),
    to_come("a benefit of a year ahead", ("benefit", "2027-06-30", 11.0), worth=11, not_justified=0),
    to_come("a benefit of two years ahead", ("benefit", "2028-06-30", 11.0), worth=10, not_justified=0),
    to_come("a benefit of thirteen months ahead", ("benefit", "2027-07-31", 11.0), worth=10, not_justified=0),
    to_come("a benefit of 25 months ahead", ("benefit", "2028-07-31", 121.0), worth=100, not_justified=0),
    to_come(
        "a benefit of forty years and a month ahead",
        ("benefit", "2066-07-31", 1.1**40),
        worth=1,
        not_justified=0,
    ),
    to_come("a cost of next month", ("cost", "2026-07-31", 5.0), worth=-5, not_justified=1),
    to_come(
        "worth as much as it will cost",
        ("cost", "2026-07-31", 5.0),
        ("benefit", "2026-08-31", 5.0),
        worth=0,
        not_justified=1,
    ),
    to_come(
        "worth one more than it will cost",
        SPENT,
        ("cost", "2026-07-31", 5.0),
        ("benefit", "2026-08-31", 6.0),
        worth=1,
        not_justified=0,
    ),
    edge(
        "one of two is not justified",
        cases(case()) | flows(("benefit", "2026-07-31", 5.0)),
        cases(case()) | flows(("cost", "2026-07-31", 7.0)),
        npv_to_come=-2,
        projects_not_justified=1,
    ),
]


def spending(what: str, *rows: tuple[str, str | None, float | None], **expected: float | str) -> Edge:
    """Amounts: what they are, whether they are capital, and how much."""
    cells = ({"kind": kind, "cost_type": kind_of, "amount": amount} for kind, kind_of, amount in rows)
    return edge(what, rows_of("financials", *cells), **expected)


SPENDING: list[Edge] = [
    spending(
        "spent and committed",
        ("commitment", "capital", 5.0),
        ("commitment", None, 2.0),
        ("actual", "capital", 1.0),
        ("actual", "revenue", 3.0),
        ("actual", None, 9.0),
        ("forecast", "capital", 9.0),
        committed=7,
        actual_capital_pct=0.25,
    ),
    spending("spent on capital alone", ("actual", "capital", 1.0), actual_capital_pct=1, committed="NO_DATA"),
    spending("spent on nothing that lasts", ("actual", "revenue", 1.0), actual_capital_pct=0),
    spending("spent on nothing", ("actual", "capital", 0.0), actual_capital_pct="NOT_APPLICABLE"),
    spending("spent on nobody knows what", ("actual", None, 1.0), actual_capital_pct="NO_DATA"),
    spending(
        "spent without an amount",
        ("actual", "capital", None),
        ("actual", "revenue", 1.0),
        actual_capital_pct=0,
    ),
]

EDGES = [*APPROVED, *FLOWS, *AHEAD, *SPENDING]
