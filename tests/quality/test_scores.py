"""Data-quality scores of projects (GQ01) against figures worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.quality.checking import check
from pmo_analytics.quality.dimensions import DIMENSIONS
from pmo_analytics.quality.doubled_rows import split_keys
from pmo_analytics.quality.findings import describe, faults, gather
from pmo_analytics.quality.scores import score_projects
from pmo_analytics.schemas.source import Source

Make = Callable[..., pd.DataFrame]
SOURCE = Source("s1", "s.csv", None, "", "generic", "project", ("status",), 1, None, "")
JUNE = pd.Timestamp("2026-06-30")

#: A project and a report in which every needed cell is filled: four and five of them.
PROJECT = {
    "project_id": "P1",
    "project_name": "Line 1",
    "department": "Rail",
    "baseline_finish": "2027-03-31",
    "wlc_budget": 900.0,
}
REPORT = {
    "project_id": "P1",
    "pv": 40.0,
    "ev": 40.0,
    "ac": 40.0,
    "bac": 100.0,
    "forecast_finish": "2027-03-31",
}
ISSUE = {
    "issue_id": "I1",
    "entity_id": "P1",
    "title": "Crane",
    "severity": "high",
    "opened": "2026-05-01",
    "due": "2026-09-01",
    "status": "open",
}
DEMAND = {"role": "Welder", "entity_id": "P1", "demand_fte": 2.0}
OF_PROGRAMME = ISSUE | {"issue_id": "I2", "entity_id": "RAIL", "owner": "A"}


def scored(
    make: Make, *, told: tuple[tuple[str, str, str], ...] = (), reports_due: int | None = None, **rows: Any
) -> pd.DataFrame:
    """The scores of the tables made of rows; ``told`` adds findings: code, table, column, at their first rows."""
    frames, found = {}, []
    for name, listed in rows.items():
        frames[name], doubled = split_keys(make(name, *listed), name)
        found.append(doubled)
    for code, name, column in told:
        found.append(faults(code, frames[name].head(1), table_name=name, column=column))
    checked = check(frames)
    findings = describe(gather([*found, checked.faults]), [SOURCE])
    tables = {name: checked.tables.get(name, make(name).iloc[:0]) for name in ("projects", "status", *frames)}
    return score_projects(tables, findings, periods=[JUNE], reports_due=reports_due)


def test_the_weights_of_the_dimensions_add_up() -> None:
    assert sum(dimension.weight for dimension in DIMENSIONS) == pytest.approx(1)


@pytest.mark.parametrize(
    ("case", "projects", "report", "told", "more", "expected"),
    [
        # everything passes in all six dimensions
        ("clean", PROJECT, REPORT, (), {}, 100),
        # consistency: EV and PV against BAC and magnitude (3 each), EV without cost (1): 1 of 10 is lost
        ("warning only", PROJECT, REPORT | {"ac": 0.0}, (), {}, 100 - 20 * 1 / 10),
        # the same ten, 3 of them lost
        ("error only", PROJECT, REPORT | {"ev": 140.0}, (), {}, 100 - 20 * 3 / 10),
        # completeness: one of nine needed cells is empty
        ("needed cell empty", PROJECT, REPORT | {"pv": None}, (), {}, 100 - 25 * 1 / 9),
        # a withheld cell is not asked for
        ("withheld", PROJECT, REPORT | {"pv": None, "pv_reason": "withheld"}, (), {}, 100),
        # what was not reported is missing
        (
            "not reported",
            PROJECT,
            REPORT | {"pv": None, "pv_reason": "not_reported"},
            (),
            {},
            100 - 25 * 1 / 9,
        ),
        # validity: nine filled cells and the one that was emptied: 3 of 30
        ("cell outside its bounds", PROJECT, REPORT | {"pct_complete": 45.0}, (), {}, 100 - 25 * 3 / 30),
        # a needed cell outside its bounds fails once, in validity: 3 of 27; there, it is not missing
        ("needed cell outside", PROJECT, REPORT | {"pv": -1.0}, (), {}, 100 - 25 * 3 / 27),
        # validity: a warning on one of nine cells, each weighing 3
        (
            "cell warning",
            PROJECT,
            REPORT,
            (("CONFUSABLE_CHARACTERS", "projects", "project_name"),),
            {},
            100 - 25 * 1 / 27,
        ),
        # of two faults of one cell the worse counts
        (
            "two faults in a cell",
            PROJECT,
            REPORT,
            (
                ("CONFUSABLE_CHARACTERS", "projects", "project_name"),
                ("ERROR_CELL", "projects", "project_name"),
            ),
            {},
            100 - 25 * 3 / 27,
        ),
        # info is no failure
        ("info", PROJECT, REPORT, (("RANGE", "status", "bac"),), {}, 100),
        # completeness: nine and the six of the issue, and its owner: 1 of 16
        ("issue without owner", PROJECT, REPORT, (), {"issues": [ISSUE, OF_PROGRAMME]}, 100 - 25 * 1 / 16),
        # timeliness: report (3), overdue (1): 1 of 4
        (
            "issue overdue",
            PROJECT,
            REPORT,
            (),
            {"issues": [ISSUE | {"owner": "A", "due": "2026-06-01"}]},
            100 - 15 * 1 / 4,
        ),
        # known only where it failed: ten and this one: 3 of 13
        ("conflict", PROJECT, REPORT, (("VALUE_CONFLICT", "status", "ac"),), {}, 100 - 20 * 3 / 13),
        # a register row that names nobody counts for no project, and stops nothing
        (
            "row of nobody",
            PROJECT,
            REPORT,
            (),
            {"issues": [ISSUE | {"owner": "A"}, ISSUE | {"issue_id": "I2", "entity_id": None}]},
            100,
        ),
        # supply is of no project
        (
            "supply",
            PROJECT,
            REPORT,
            (),
            {"resources": [{"role": "Welder", "capacity_fte": 4.0}, DEMAND]},
            100,
        ),
        # a register row of a programme counts for no project
        (
            "programme",
            PROJECT,
            REPORT,
            (),
            {"issues": [OF_PROGRAMME | {"owner": None, "due": "2026-01-01"}]},
            100,
        ),
    ],
)
def test_scores(
    make: Make,
    case: str,
    projects: dict[str, Any],
    report: dict[str, Any],
    told: tuple[tuple[str, str, str], ...],
    more: dict[str, Any],
    expected: float,
) -> None:
    rows = scored(make, told=told, projects=[projects], status=[report], **more)
    assert rows["quality_score"].item() == pytest.approx(expected)
    assert rows["weight_judged"].item() == pytest.approx(1)
    assert rows["capped_by"].item() == ""
    assert rows["quality_score_reason"].isna().all()


@pytest.mark.parametrize(
    ("rows", "capped_by"),
    [
        ({"projects": [PROJECT, PROJECT | {"project_id": "p1 "}], "status": [REPORT]}, "DUPLICATE_KEY"),
        ({"projects": [PROJECT | {"project_id": "P2"}], "status": [REPORT]}, "UNRESOLVED_LINK"),
        (
            {"projects": [PROJECT | {"currency": "GBP"}], "status": [REPORT | {"currency": "USD"}]},
            "MIXED_CURRENCY",
        ),
    ],
    ids=["K1", "K2", "X1"],
)
def test_an_error_of_some_rules_caps_the_score(make: Make, rows: dict[str, Any], capped_by: str) -> None:
    told = scored(make, **rows).set_index("project_id")
    assert told.loc["P1", "quality_score"] == 50
    assert told.loc["P1", "capped_by"] == capped_by
    assert told.drop(index="P1")["capped_by"].tolist() == [""] * (len(told) - 1)


def test_a_missing_report_is_no_better_than_a_poor_one(make: Make) -> None:
    silent = PROJECT | {"project_id": "P2", "project_name": "Harbour"}
    rows = scored(make, projects=[PROJECT, silent], status=[REPORT]).iloc[1]
    # completeness: four cells of the list; PV, EV and AC of the report are missing
    assert rows["completeness"] == pytest.approx(4 / 7)
    assert rows["timeliness"] == 0
    assert pd.isna(rows["referential_integrity"])
    # validity, consistency (magnitude), uniqueness: all well; nothing to judge in referential integrity
    assert rows["weight_judged"] == pytest.approx(0.9)
    assert rows["quality_score"] == pytest.approx(100 * (0.25 * 4 / 7 + 0.25 + 0.2 + 0.05) / 0.9)
    assert (rows["owes"], rows["reported"], rows["in_time"]) == (True, False, False)


def test_a_report_carried_forward_is_a_missing_one(make: Make) -> None:
    carried = REPORT | {"carried_from": "2026-05"}
    other = {"project_id": "P2"}
    told = scored(make, projects=[PROJECT, PROJECT | other], status=[carried, REPORT | other])
    assert told["reported"].tolist() == [False, True]
    assert told["timeliness"].tolist() == [0, 1]


def test_an_empty_report_leaves_no_hundred(make: Make) -> None:
    row = scored(make, projects=[{"project_id": "P1"}], status=[{"project_id": "P1", "author": "A"}]).iloc[0]
    assert row["completeness"] == 0
    assert row["quality_score"] < 75


def test_columns_stand_in_the_project_list_or_in_the_report(make: Make) -> None:
    bare = {name: value for name, value in REPORT.items() if name != "bac"}
    row = scored(make, projects=[PROJECT | {"bac": 100.0}], status=[bare]).iloc[0]
    assert row["completeness"] == 1
    assert row["bac"] == 100


def test_a_row_of_no_month_and_what_is_kept_out_count_for_no_month(make: Make) -> None:
    frame = make("projects", PROJECT, PROJECT | {"project_id": "P2", "period": None})
    kept, found = split_keys(frame, "projects")
    findings = describe(found, [SOURCE])
    assert findings["code"].tolist() == ["MISSING_PERIOD"]
    tables = {"projects": kept, "status": make("status").iloc[:0]}
    rows = score_projects(tables, findings, periods=[JUNE])
    assert rows["project_id"].tolist() == ["P1"]
    everything = score_projects(tables | {"projects": kept.iloc[:0]}, findings, periods=[])
    assert everything.empty
    assert everything.dtypes.astype("str").to_dict() == rows.dtypes.astype("str").to_dict()


def test_checks_are_counted(make: Make) -> None:
    row = scored(make, projects=[PROJECT], status=[REPORT | {"ac": 0.0, "ev": 140.0}]).iloc[0]
    # needed 9, filled 9, EV and PV against BAC, EV without cost, magnitude, two keys, near names, link, report
    assert (row["checks"], row["failed_errors"], row["failed_warnings"]) == (9 + 9 + 4 + 3 + 1 + 1, 1, 1)


def test_inputs_are_not_changed(make: Make) -> None:
    tables = {"projects": make("projects", PROJECT), "status": make("status", REPORT)}
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    score_projects(tables, describe(gather([]), [SOURCE]), periods=[JUNE])
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
