"""A project that did not report keeps its last report, marked."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pmo_analytics.loading.frames import from_frames
from pmo_analytics.rollups import roll_up

APRIL, MAY, JUNE = "2026-04-30", "2026-05-31", "2026-06-30"


def _portfolio(status: list[dict[str, Any]], listed: list[tuple[str, str]]) -> Any:
    projects = [
        {"project_id": project, "period": period, "project_name": project} for project, period in listed
    ]
    return from_frames(projects=pd.DataFrame(projects), status=pd.DataFrame(status), as_of=JUNE)


def _row(project: str, period: str, **cells: Any) -> dict[str, Any]:
    return {"project_id": project, "period": period, **cells}


BOTH = [("A", APRIL), ("A", MAY), ("A", JUNE), ("B", MAY), ("B", JUNE)]
FULL = [_row("A", APRIL, ev=10, ac=11, rag="G"), _row("B", MAY, ev=1, ac=1, rag="R")]


def test_the_last_report_before_the_period_is_carried_and_marked() -> None:
    status = _portfolio([*FULL, _row("A", MAY, ev=20, ac=22, rag="A")], BOTH).status
    carried = status[status["carried_from"].notna()].set_index("project_id")
    assert carried["carried_from"].to_dict() == {"A": "2026-05", "B": "2026-05"}
    assert carried.loc["A", ["ev", "ac", "rag_reported"]].tolist() == [20.0, 22.0, "amber"]
    assert carried["period"].unique().tolist() == [pd.Timestamp(JUNE)]


def test_every_period_between_is_carried() -> None:
    status = _portfolio(FULL, BOTH).status
    of_a = status[status["project_id"] == "A"].set_index("period").sort_index()
    assert of_a["carried_from"].astype(object).where(of_a["carried_from"].notna(), None).tolist() == [
        None,
        "2026-04",
        "2026-04",
    ]


def test_a_forgotten_report_does_not_make_the_portfolio_cheaper() -> None:
    complete = _portfolio([*FULL, _row("A", JUNE, ev=10, ac=11), _row("B", JUNE, ev=1, ac=1)], BOTH)
    forgotten = _portfolio([*FULL, _row("A", JUNE, ev=10, ac=11)], BOTH)
    assert roll_up(forgotten)["ac"].item() == roll_up(complete)["ac"].item() == 12.0


def test_a_row_of_empty_status_cells_is_replaced_but_keeps_what_the_list_says() -> None:
    empty = _row("A", JUNE, bac=70, ev=None, ac=None, rag=None)
    status = _portfolio([_row("A", APRIL, bac=50, ev=10, ac=11, rag="G"), empty], BOTH[:3]).status
    last = status[status["period"] == JUNE]
    assert last[["bac", "ev", "carried_from"]].values.tolist() == [[70.0, 10.0, "2026-04"]]


def test_a_reason_goes_where_the_list_of_the_period_has_the_figure() -> None:
    before = _row("A", APRIL, bac="Withheld under FOI", ev=10, ac=11, rag="G")
    status = _portfolio([before, _row("A", JUNE, bac=70)], BOTH[:3]).status.set_index("period")
    assert status.loc[[APRIL, MAY], "bac_reason"].tolist() == ["withheld", "withheld"]
    assert status.loc[JUNE, "bac"] == 70.0
    assert pd.isna(status.loc[JUNE, "bac_reason"])


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ((None, "GBP", "GBP"), [11.0, 11.0, None]),
        ((None, "GBP", "EUR"), [11.0, 11.0, "stale"]),
        ((None, None, "EUR"), [11.0, 11.0, None]),
        ((None, "GBP", None), [11.0, 11.0, None]),
        # what the report says of itself holds wherever it is carried
        (("EUR", "GBP", "GBP"), [11.0, 11.0, None]),
        (("EUR", "GBP", " eur"), [11.0, 11.0, None]),
    ],
)
def test_amounts_are_not_carried_into_another_currency(
    listed: tuple[str | None, ...], told: list[object]
) -> None:
    said, *codes = listed
    projects = pd.DataFrame(
        {"project_id": "A", "period": [APRIL, MAY, JUNE], "currency": [codes[0], codes[0], codes[1]]}
    )
    report = _row("A", APRIL, ac=11, ev=10, rag="G") | ({"currency": said} if said else {})
    status = from_frames(projects=projects, status=pd.DataFrame([report]), as_of=JUNE).status
    of = status.set_index("period").sort_index()
    reasons = of["ac_reason"].astype("object").where(of["ac_reason"].notna(), None).tolist()
    expected = [one if isinstance(one, str) else None for one in told]
    assert reasons == expected
    assert of["ac"].notna().tolist() == [reason is None for reason in expected]
    assert of["rag_reported"].tolist() == ["green"] * 3
    # a figure is never said to be in a currency that it is not in
    assert of["carried_from"].isna().tolist() == [True, False, False]


def test_the_currency_of_a_month_without_a_list_is_that_of_the_list_before() -> None:
    projects = pd.DataFrame({"project_id": "A", "period": [APRIL, JUNE], "currency": ["GBP", "EUR"]})
    status = from_frames(
        projects=projects, status=pd.DataFrame([_row("a ", MAY, ac=11, ev=10)]), as_of=JUNE
    ).status
    assert status.set_index("period").loc[JUNE, "ac_reason"] == "stale"


def test_ids_match_as_everywhere() -> None:
    status = _portfolio([_row("a ", APRIL, ev=10, ac=11)], [("A", APRIL), ("A", JUNE)]).status
    assert status["project_id"].unique().tolist() == ["A"]
    assert status["carried_from"].notna().tolist() == [False, True]


def test_who_never_reported_has_nothing_to_carry() -> None:
    portfolio = _portfolio([_row("A", JUNE, ev=1, ac=1)], [("A", JUNE), ("B", JUNE)])
    assert portfolio.status["carried_from"].isna().all()
    assert portfolio.project_ids == ("A", "B")


def test_a_leaver_is_not_carried() -> None:
    portfolio = _portfolio([*FULL, _row("A", JUNE, ev=12, ac=13)], BOTH[:4])
    assert portfolio.project_ids == ("A",)
    assert set(portfolio.status.loc[portfolio.status["period"] == JUNE, "project_id"]) == {"A"}


def test_a_carried_row_leads_to_the_cells_of_the_last_report() -> None:
    status = _portfolio(FULL, BOTH).status
    carried = status[(status["project_id"] == "B") & status["carried_from"].notna()]
    own = status[(status["project_id"] == "B") & status["carried_from"].isna()]
    assert carried[["source", "source_row"]].values.tolist() == own[["source", "source_row"]].values.tolist()


def test_a_withheld_report_is_a_report() -> None:
    rows = [_row("A", MAY, ev=1, ac=1, rag="G"), _row("A", JUNE, ev="", ac="", rag="Withheld under FOI")]
    status = _portfolio(rows, [("A", MAY), ("A", JUNE)]).status
    june = status[status["period"] == JUNE]
    assert june["rag_overall_reason"].tolist() == ["withheld"]
    assert june["carried_from"].isna().all()


def test_without_any_report_nothing_is_carried() -> None:
    assert _portfolio([_row("A", JUNE, bac=3)], [("A", MAY)]).status["carried_from"].isna().all()
