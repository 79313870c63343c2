"""Units in headings: a figure in another unit than that of its field is no figure of that field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import pmo_analytics as pmo
from loading.layout.sheets import layouts, sheet
from pmo_analytics.loading.layout.heading_units import states_other_unit
from pmo_analytics.loading.layout.headings import match_headings
from pmo_analytics.loading.layout.profiles import shipped_profiles
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("heading", "field", "other"),
    [
        ("EV", "status.ev", False),
        ("EV (£m)", "status.ev", False),
        ("EV (million)", "status.ev", False),
        ("EV (at 2024/25 prices)", "status.ev", False),
        ("EV (%)", "status.ev", True),
        ("EV [in Days]", "status.ev", True),
        ("AC (hours)", "status.ac", True),
        ("AC (£m) (person days)", "status.ac", True),
        ("% complete (%)", "status.pct_complete", False),
        ("% complete (£)", "status.pct_complete", True),
        ("Impact (1-5)", "risks.i_score", False),
        ("Impact (£k)", "risks.i_score", True),
        ("Impact (days)", "risks.i_score", True),
        ("Duration (d)", "tasks.duration", False),
        ("Duration (working days)", "tasks.duration", False),
        ("Duration (weeks)", "tasks.duration", True),
        ("Duration (h)", "tasks.duration", True),
        ("Narrative (weeks)", "status.narrative", False),
        ("AC (% of budget)", "status.ac", True),
        ("AC (as a percentage of BAC)", "status.ac", True),
        ("AC (£ per day)", "status.ac", True),
        ("AC (£m / year)", "status.ac", True),
        ("AC (£m / €m)", "status.ac", False),
        ("AC (£m, as per the ledger)", "status.ac", False),
    ],
)
def test_what_brackets_say_of_the_unit(heading: str, field: str, other: bool) -> None:
    name, column = field.split(".")
    assert states_other_unit(heading, table(name).columns[column]) is other


UNITS = "Project ID|Project name|AC|EV|% complete|Duration"


@pytest.mark.parametrize(
    ("units", "fields"),
    [
        ("||£k|£k|%|weeks", ["ac", "ev", "pct_complete"]),
        ("||£k|%|%|weeks", ["ac", "pct_complete"]),
        ("text|text|£k|%|%|-", ["ac", "pct_complete"]),
        ("-|-|(£k)|(% of budget)|(%)|(days)", ["ac", "pct_complete"]),
    ],
)
def test_a_row_of_units_joins_the_headings(units: str, fields: list[str]) -> None:
    (found,) = layouts(sheet(UNITS, units, "P1|A|10|45|45|3"))
    assert found.header_row == 2
    assert (
        sorted(
            column for name, column in found.matching.fields if name == "status" and column != "project_id"
        )
        == fields
    )
    assert found.headings[:3] == ("Project ID", "Project name", "AC (£k)")


@pytest.mark.parametrize("row", ["P1|A|-|-|-|-", "-|-|-|-|-|-", "text|text|10|45|45|3"])
def test_a_row_without_any_unit_is_none_of_units(row: str) -> None:
    (found,) = layouts(sheet(UNITS, row, "P2|B|10|45|45|3"))
    assert found.header_row == 1


@pytest.mark.parametrize(
    ("lines", "merged", "headings", "fields"),
    [
        (["Project ID|Project name|Money|", "||AC|EV", "||£k|£k"], ((0, 2, 0, 3),), ("AC (£k)", "EV (£k)"), ["ac", "ev"]),
        (["Project ID|Project name|Money|", "||AC|EV", "||£k|%"], ((0, 2, 0, 3),), ("AC (£k)", "EV (%)"), ["ac"]),
        (["Project ID|Project name|Effort (days)||", "||AC|EV|RAG"], ((0, 2, 0, 3),), ("AC (days)", "EV (days)", "RAG (days)"), []),
        (["Project ID|Project name|Money (£m)|", "||AC|EV"], ((0, 2, 0, 3),), ("AC", "EV"), ["ac", "ev"]),
    ],
)  # fmt: skip
def test_units_of_groups_and_below_groups(
    lines: list[str],
    merged: tuple[tuple[int, int, int, int], ...],
    headings: tuple[str, ...],
    fields: list[str],
) -> None:
    (found,) = layouts(sheet(*lines, "P1|A|1|2", merged=merged))
    assert found.headings[2:] == headings
    assert sorted(column for _, column in found.matching.fields if column in ("ac", "ev")) == fields
    assert {heading for code, heading, _ in found.told if code == "GROUP_HEADING"} <= set(headings)


def test_such_a_heading_is_an_extra_unless_a_profile_names_it_as_written() -> None:
    generic = shipped_profiles()["generic"]
    project = next(kind for kind in generic.rows if kind.is_ == "project")
    matching = match_headings(["Project ID", "EV (%)", "AC (£k)"], generic, project)
    assert ("status", "ev") not in matching.fields
    assert matching.fields["status", "ac"] == 2
    assert matching.extras == (1,)
    primavera = shipped_profiles()["primavera"]
    assert match_headings(["Original Duration(d)"], primavera, primavera.rows[0]).fields == {
        ("tasks", "duration"): 0
    }


def test_costs_of_risks_are_no_scores(tmp_path: Path) -> None:
    path = tmp_path / "risks.csv"
    path.write_text("Risk ID,Project ID,Risk,Probability,Impact (£m)\nR1,P1,Fire,40%,3\n", encoding="utf-8")
    portfolio = pmo.load(path, period="2026-06")
    assert portfolio.risks["i_score"].isna().all()
    assert portfolio.cells.loc[portfolio.cells["heading"] == "Impact (£m)", "raw"].tolist() == ["3"]
    told = portfolio.findings[portfolio.findings["code"] == "UNMAPPED_COLUMN"]
    assert told["column"].tolist() == ["Impact (£m)"]
    assert "it states another unit than that of risks.i_score" in told["message"].item()
