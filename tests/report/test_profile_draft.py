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


def test_each_heading_has_a_proposal_by_its_words(drafts: tuple[Draft, ...]) -> None:
    (draft,) = drafts
    assert (draft.header_row, draft.row_is, draft.tables) == (1, "project", ("projects", "status"))
    assert {c.heading: (c.field, c.proposal, c.why) for c in draft.columns} == {
        "Vorhaben-Nr.": (None, "projects.project_id", "codes, of which each stands once"),
        "Vorhaben": (None, "projects.project_name", "has the words 'vorhaben'"),
        "Zustand": (None, "status.rag_overall", "has the words 'zustand'"),
        "Ende geplant": (None, "projects.baseline_finish", "has the words 'ende geplant'"),
        "Ende erwartet": (None, "status.forecast_finish", "has the words 'ende erwartet'"),
        "Earned Valeu": (None, "status.ev", "resembles 'earned value'"),
        "Bemerkung": (None, "status.narrative", "has the words 'bemerkung'"),
    }
    assert draft.columns[1].samples == ("Brücke", "Tunnel")


def test_by_shape_alone_only_identifier_name_and_colour_are_proposed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Aa;Bb;Cc;Dd;Ee;Ff\nHMV/24/012;Ward;12;31.12.2026;Green;x\nHMV/24/013 1);Roof;1;30.06.2026;Red;x\n",
        "utf-8",
    )
    (draft,) = draft_profile([path])
    assert {c.heading: (c.proposal, c.why) for c in draft.columns} == {
        "Aa": ("projects.project_id", "codes, of which each stands once"),
        "Bb": ("projects.project_name", "texts, of which each stands once"),
        "Cc": (None, "looks like amounts"),
        "Dd": (None, "looks like dates"),
        "Ee": ("status.rag_overall", "the only column that reads as colours"),
        "Ff": (None, "looks like a few words"),
    }


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Projects under groups of headings, their risks, and a legend."""
    path = tmp_path / "book.xlsx"
    made = openpyxl.Workbook()
    main = made.active
    main.title = "PCR 05-2025"
    for row in (
        ("Report", None, None, None, None, None),
        ("Job", None, "Budget (kEUR)", None, "Cost", "State"),
        ("No.", "Called", "Original", "Current", "FAC", "Light"),
        ("000417", "Dock", 10, 12, 13, "G"),
        ("000450", "Quay", 20, 20, 21, "Y"),
        ("000450", "Quay again", 20, 20, 21, "R"),
        *((f"00046{n}", f"Lock {n}", 20, 20, 21, "R") for n in range(6)),
    ):
        main.append(row)
    main.merge_cells("C2:D2")
    risks = made.create_sheet("Risiken")
    for row in (
        ("Nr.", "No.", "Risiko", "Stand"),
        (1, "000417", "Flut", "offen"),
        (2, "000417", "Frost", "zu"),
        (3, "000450", "Streik", "offen"),
    ):
        risks.append(row)
    legend = made.create_sheet("Legend")
    legend.append(("Sign", "Meaning"))
    legend.append(("Y", "Watch"))
    made.save(path)
    return path


def test_the_sheets_of_a_workbook_are_kept_apart(book: Path) -> None:
    drafts = draft_profile([book])
    proposed = {d.sheet: (d.row_is, {c.heading: c.proposal for c in d.columns}) for d in drafts}
    assert proposed == {
        "PCR 05-2025": (
            "project",
            {
                "No.": "projects.project_id",
                "Called": "projects.project_name",
                "Original": None,
                "Current": "projects.bac",
                "FAC": "status.eac_reported",
                "Light": "status.rag_overall",
            },
        ),
        "Risiken": (
            "risk",
            {
                "Nr.": "risks.risk_id",
                "No.": "risks.entity_id",
                "Risiko": "risks.title",
                "Stand": "risks.status",
            },
        ),
    }
    text = draft_toml(drafts, "mine")
    for line in (
        "# From sheet 'Risiken' (headings in row 1)",
        "[headings.risks]",
        '# only = ["PCR 05-2025", "Risiken"]    # the sheets that count; * stands for any letters',
        "# bac = \"(EUR k)\"    # as the group 'Budget (kEUR)' of 'Current' says",
        '#   [words.risk_status] knows open, closed, occurred, escalated; not "offen", "zu"',
        r"sheet_name = '(?<!\d)(?P<month>0[1-9]|1[0-2])[-_. ]?(?P<year>20\d\d)(?!\d)'",
        "#   \"Original\"    # under 'Budget (kEUR)'; looks like amounts; such as 10, 20",
    ):
        assert line in text.splitlines()
    assert "file_name" not in text


def test_a_draft_of_several_sheets_reads_with_the_marks_taken_away(book: Path) -> None:
    text = draft_toml(draft_profile([book]), "mine")
    taken = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    path = book.with_name("mine.toml")
    path.write_text(taken, "utf-8")
    (profile,) = profiles_for(path)
    assert profile.headings["risks"]["entity_id"] == ("No.",)
    assert profile.units == {"projects.bac": "(EUR k)"}
    assert profile.sheets.only == ("PCR 05-2025", "Risiken")


def test_a_heading_that_is_known_in_one_sheet_and_likely_in_another_is_written_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Project ID,RAG,Spend to Date\nP1,G,5\nP2,R,7\n", "utf-8")
    (tmp_path / "b.csv").write_text("Ref,Burned,Light\nP1,5,G\nP2,7,R\n", "utf-8")
    text = draft_toml(draft_profile([tmp_path]), "mine")
    assert 'ac = ["Spend to Date"]' in text
    assert '#   also ac: ["Burned"]' in text
    tomllib.loads("\n".join(one.removeprefix("# ") if " = " in one else one for one in text.splitlines()))


@pytest.mark.parametrize(
    ("value", "field"), [("31.12.2026", "projects.baseline_finish"), ("1200", None), ("firmly", None)]
)
def test_words_propose_nothing_that_the_values_contradict(
    tmp_path: Path, value: str, field: str | None
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Ref;Committed;Light\nP1;{value};Green\nP2;{value};Red\n", "utf-8")
    (draft,) = draft_profile([path])
    assert {c.heading: c.proposal for c in draft.columns}["Committed"] == field


def test_a_heading_that_means_two_things_in_two_sheets_is_written_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Ref,Forecast,Light\nP1,500,G\nP2,700,R\n", "utf-8")
    (tmp_path / "b.csv").write_text("Ref,Forecast,Light\nP1,2026-06-30,G\nP2,2026-07-31,R\n", "utf-8")
    text = draft_toml(draft_profile([tmp_path]), "mine")
    assert text.count('= ["Forecast"]') == 1
    path = tmp_path / "mine.toml"
    path.write_text(
        "\n".join(one.removeprefix("# ") if " = " in one else one for one in text.splitlines()), "utf-8"
    )
    assert profiles_for(path)[0].headings["status"]["eac_reported"] == ("Forecast",)


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


@pytest.mark.parametrize(
    ("heading", "currency"),
    [
        ("Approved ($M)", "USD"),
        ("Budget (CHF '000)", "CHF"),
        ("Budget (£m)", "GBP"),
        ("Mittel (TEUR)", "EUR"),
    ],
)
def test_the_currency_of_the_headings_is_proposed(tmp_path: Path, heading: str, currency: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Code;Bet;{heading};Health\nQB-1;Checkout;4.2;Green\nQB-2;Billing;3.6;Red\n", "utf-8")
    text = draft_toml(draft_profile([path]), name="office")
    assert f'# currency = "{currency}"' in text
