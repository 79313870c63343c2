"""The draft of a profile: proposals, gaps, and the way from an unknown export to a loaded portfolio."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import pmo_analytics as pmo
from pmo_analytics.cli import app
from pmo_analytics.errors import ConfigurationError, NothingLoaded
from pmo_analytics.loading.drafting import Draft, draft_profile
from pmo_analytics.loading.layout.profiles import profiles_for
from pmo_analytics.report.profile_draft import draft_record, draft_toml, gaps, metrics_needing
from pmo_analytics.report.profile_workbook import profile_workbook

LISTED = (
    "Vorhaben-Nr.;Vorhaben;Zustand;Ende geplant;Ende erwartet;Earned Valeu;Bemerkung\n"
    "V1;Brücke;Green;31.12.2026;31.01.2027;100;läuft\n"
    "V2;Tunnel;Red;30.06.2026;31.08.2026;80;\n"
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "liste-2026-06.csv"
    path.write_text(LISTED, "utf-8")
    return path


@pytest.fixture
def drafts(export: Path) -> tuple[Draft, ...]:
    return draft_profile([export])


def test_each_heading_has_a_proposal_by_name_or_by_shape(drafts: tuple[Draft, ...]) -> None:
    (draft,) = drafts
    assert (draft.header_row, draft.row_is, draft.tables) == (1, "project", ("projects", "status"))
    assert {c.heading: (c.field, c.proposal, c.why) for c in draft.columns} == {
        "Vorhaben-Nr.": (None, "projects.project_id", "is different in every row"),
        "Vorhaben": (None, "projects.project_name", "is different in every row"),
        "Zustand": (None, "status.rag_overall", "reads as colours"),
        "Ende geplant": (None, "projects.baseline_finish", "reads as dates"),
        "Ende erwartet": (None, "status.forecast_finish", "reads as dates"),
        "Earned Valeu": (None, "status.ev", "resembles 'earned value'"),
        "Bemerkung": (None, None, ""),
    }
    assert draft.columns[1].samples == ("Brücke", "Tunnel")


def test_the_draft_alone_claims_nothing(drafts: tuple[Draft, ...]) -> None:
    raw = tomllib.loads(draft_toml(drafts, "mine"))
    assert raw["name"] == "mine"
    assert raw["row"] == [{"is": "project", "tables": ["projects", "status"]}]
    assert raw["headings"] == {"projects": {}, "status": {}}


def test_with_the_marks_taken_away_the_export_loads(drafts: tuple[Draft, ...], export: Path) -> None:
    text = draft_toml(drafts, "mine")
    taken = "\n".join(line.removeprefix("# ") if " = [" in line else line for line in text.splitlines())
    profile = export.with_name("mine.toml")
    profile.write_text(taken.replace("# date_order", "date_order"), "utf-8")
    portfolio = pmo.load(export, profile=profile)
    assert portfolio.project_ids == ("V1", "V2")
    assert portfolio.status["rag_overall"].tolist() == ["green", "red"]
    assert portfolio.status["ev"].tolist() == [100.0, 80.0]
    assert portfolio.projects["baseline_finish"].tolist() == [
        pd.Timestamp("2026-12-31"),
        pd.Timestamp("2026-06-30"),
    ]
    assert portfolio.period == pd.Timestamp("2026-06-30")


def test_a_workbook_filled_in_is_a_profile(drafts: tuple[Draft, ...], export: Path) -> None:
    path = export.with_name("mine.xlsx")
    path.write_bytes(profile_workbook(drafts, "mine"))
    book = openpyxl.load_workbook(path)
    sheet = book["Headings"]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1.startswith("Fields!$A$2")
    assert "status.ev" in [cell.value for cell in book["Fields"]["A"]]
    for row in sheet.iter_rows(min_row=2):
        row[1].value = row[2].value
    book.save(path)
    (profile,) = profiles_for(path)
    assert (profile.name, profile.headings["status"]["ev"]) == ("mine", ("Earned Valeu",))
    assert pmo.load(export, profile=path).project_ids == ("V1", "V2")


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "words"),
    [
        ("Headings", "B1", "Feld", "row 1 must have the headings Heading and Field"),
        ("Headings", "B3", "ev", "row 3: 'ev' is no field"),
    ],
)
def test_a_workbook_that_cannot_be_a_profile_says_where(
    drafts: tuple[Draft, ...], tmp_path: Path, sheet: str, cell: str, value: str, words: str
) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(profile_workbook(drafts, "mine"))
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    with pytest.raises(ConfigurationError, match=words):
        profiles_for(path)


def test_gaps_say_how_many_metrics_need_them(drafts: tuple[Draft, ...]) -> None:
    found = gaps(drafts)
    assert found[0].field == "projects.project_id"
    assert found[0].key
    missing = {gap.field: gap.metrics for gap in found}
    assert missing["status.ac"] == metrics_needing()["status.ac"] > 5
    assert "status.period" not in missing
    assert "status.narrative" not in missing


def test_a_known_export_leaves_no_key_open(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "Activity ID,Activity Status,Activity Name,Project ID,Mood\nA1,Open,Dig,P1,good\n", "utf-8"
    )
    (draft,) = draft_profile([path])
    assert (draft.profile, draft.tables) == ("primavera", ("tasks",))
    assert not any(gap.key for gap in gaps([draft]))
    raw = tomllib.loads(draft_toml([draft], "mine"))
    assert raw["headings"]["tasks"]["task_id"] == ["Activity ID"]


def test_headings_with_quotes_and_breaks_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('Project ID,RAG,"a ""b""\nc\\d\x7f"\nP1,G,x\n', "utf-8")
    text = draft_toml(draft_profile([path]), "mine")
    assert tomllib.loads(text)["headings"]["status"]["rag_overall"] == ["RAG"]
    assert r'"a \"b\"\nc\\d' in text


def test_nothing_to_draft_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("5\n", "utf-8")
    with pytest.raises(NothingLoaded):
        draft_profile([tmp_path])


def test_the_command_writes_toml_workbook_and_json(export: Path) -> None:
    run = CliRunner().invoke
    told = run(app, ["profile", "init", str(export)])
    assert told.exit_code == 0
    assert '# ev = ["Earned Valeu"]    # resembles' in told.stdout
    as_json = run(app, ["profile", "init", str(export), "--format", "json"])
    assert json.loads(as_json.stdout) == draft_record(draft_profile([export]))
    for name in ("mine.toml", "mine.xlsx"):
        target = export.with_name(name)
        assert run(app, ["profile", "init", str(export), "-o", str(target)]).exit_code == 0
        assert profiles_for(target)[0].name == "mine"
