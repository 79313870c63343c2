"""Forms: every cell that a map names is read, empty or told, and has its own address."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import pmo_analytics as pmo
from loading.forms import FILLED, KEYS, LABELS, PROFILE, write_form, write_map, write_profile
from pmo_analytics.errors import ConfigurationError, NothingLoaded, UnknownName
from pmo_analytics.report.checking import check_record, check_text

N_LABELS = sum(map(len, LABELS.values()))


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    folder.mkdir()
    return write_profile(folder)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "bridge.xlsx")


def told(portfolio: pmo.Portfolio, *codes: str) -> pd.DataFrame:
    found = portfolio.findings
    return found[found["code"].isin(codes)].reset_index(drop=True)


def test_a_form_is_one_project_with_the_rows_of_its_registers(form: Path, profile: Path) -> None:
    portfolio = pmo.load(form, profile=profile)
    assert portfolio.projects[["project_id", "project_name", "project_manager"]].to_numpy().tolist() == [
        ["P1", "Bridge", "Ada"]
    ]
    (status,) = portfolio.status[["project_id", "rag_overall", "ac", "bac", "currency"]].to_numpy().tolist()
    assert status == ["P1", "amber", 12.5e6, 40e6, "GBP"]
    milestones = portfolio["milestones"][["milestone_id", "entity_id", "name", "forecast_date"]]
    assert milestones.astype("str").to_numpy().tolist() == [
        ["P1: MS1 what", "P1", "Design", "2026-09-30"],
        ["P1: MS3 what", "P1", "Opening", "2027-03-31"],
        ["P1: Gate 1 (name)", "P1", "Outline case", "2026-08-01"],
    ]
    for name in ("projects", "status", "milestones"):
        assert (portfolio[name]["period"] == pd.Timestamp(2026, 6, 30)).all()


def test_every_value_has_the_address_of_its_cell(form: Path, profile: Path) -> None:
    portfolio = pmo.load(form, profile=profile)
    source, plan = portfolio.sources
    assert (source.orientation, source.sheet) == ("cells", None)
    assert source.cell("projects", "project_id", 1) == "Front!C3"
    assert source.cell("status", "bac", 1) == "Standing!E6"
    rows = portfolio["milestones"].set_index("milestone_id")["source_row"]
    dates = [plan.cell("milestones", "forecast_date", int(row)) for row in rows]
    assert dates == ["Plan!C4", "Plan!C6", "Gates!C2"]
    assert plan.cell("milestones", "entity_id", int(rows["P1: MS3 what"])) == "Front!C3"
    assert source.period_origin == "taken from the cell Front!C6"


def test_a_fault_has_sheet_and_cell(tmp_path: Path, profile: Path) -> None:
    faulty = dict(FILLED) | {"Confidence": "Ambre", "MS3 when": "soon", "Spent (£m)": "approx. 12"}
    portfolio = pmo.load(write_form(tmp_path / "form.xlsx", faulty), profile=profile)
    found = told(portfolio, "UNKNOWN_COLOUR", "UNREADABLE_DATE", "UNREADABLE_MONEY")
    places = found[["sheet", "cell", "value"]].to_numpy().tolist()
    assert sorted(places) == [
        ["Plan", "C6", "soon"],
        ["Standing", "D5", "Ambre"],
        ["Standing", "D6", "approx. 12"],
    ]


def test_an_explanation_names_the_cells(form: Path, profile: Path) -> None:
    portfolio = pmo.load(form, profile=profile)
    rated = pmo.rate(pmo.measure(portfolio))
    words = str(pmo.explain(rated, "P1", portfolio=portfolio))
    assert "bridge.xlsx Standing!D6 = 12.5" in words


def test_each_cell_is_counted_once(form: Path, profile: Path) -> None:
    portfolio = pmo.load(form, profile=profile)
    (file,) = portfolio.files
    assert file.counted == "cells"
    assert (file.read, file.accepted, file.quarantined, file.empty) == (len(KEYS), len(FILLED), 0, 3)
    assert file.unrecognised == N_LABELS
    (whole,) = told(portfolio, "FORM_FILLED")["message"]
    assert whole == "of 16 cells that the map names 13 are filled and 3 empty."
    sheets = told(portfolio, "FORM_SHEET")
    assert (sheets["severity"] == "info").all()
    assert dict(zip(sheets["sheet"], sheets["message"].str.split(". What").str[0], strict=True)) == {
        "Front": "of this sheet the map names 5 cells: 4 are filled, 1 empty; 6 filled cells beside them",
        "Standing": "of this sheet the map names 3 cells: 3 are filled, 0 empty; 2 filled cells beside them",
        "Plan": "of this sheet the map names 6 cells: 4 are filled, 2 empty; 2 filled cells beside them",
        "Gates": "of this sheet the map names 2 cells: 2 are filled, 0 empty; 2 filled cells beside them",
        "Lists": "of this sheet the map names no cell: 3 filled cells beside them",
    }


def test_keys_that_nobody_knows_are_kept_and_listed(tmp_path: Path, profile: Path) -> None:
    portfolio = pmo.load(write_form(tmp_path / "f.xlsx", dict(FILLED) | {"Mood": "calm"}), profile=profile)
    assert portfolio.sources[0].unmapped == ("Mood",)
    (extra,) = told(portfolio, "FORM_EXTRAS")["message"]
    assert extra.startswith("1 keys of the map stand for no field and are kept as extras: Mood.")
    cells = portfolio.cells[portfolio.cells["heading"] == "Mood"]
    assert cells["raw"].tolist() == ["calm"]
    assert portfolio.sources[0].addresses["Mood"] == "Front!C7"


def test_of_hundreds_of_keys_that_nobody_knows_the_first_are_shown(tmp_path: Path) -> None:
    many = {f"Question {number}": ("Lists", f"C{number}") for number in range(1, 101)}
    profile = write_profile(tmp_path)
    write_map(tmp_path / "map.csv", KEYS | many)
    portfolio = pmo.load(write_form(tmp_path / "form.xlsx"), profile=profile)
    assert len(portfolio.sources[0].unmapped) == 101
    text = check_text(check_record(portfolio))
    assert "'Mood', 'Question 1', 'Question 2'" in text
    assert "'Question 29' and 71 more" in text
    assert "form.xlsx: a form, cell by cell, read as project" in text
    assert f"116 cells = {len(FILLED)} accepted + 0 quarantined + 103 empty" in text


def test_twelve_forms_are_a_portfolio_of_twelve_projects(tmp_path: Path, profile: Path) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    for number in range(1, 13):
        own = {
            "Reference": f"P{number:02}",
            "Name of the project ": f"Project {number}",
            "Spent (£m)": number,
        }
        write_form(folder / f"return {number:02}.xlsx", dict(FILLED) | own)
    portfolio = pmo.load(folder, profile=profile)
    assert len(portfolio.project_ids) == 12
    assert portfolio.status["ac"].sum() == 78e6
    assert len(portfolio["milestones"]) == 36
    assert portfolio["milestones"].groupby("entity_id").size().tolist() == [3] * 12
    assert [file.accepted for file in portfolio.files] == [len(FILLED)] * 12
    measured = pmo.measure(portfolio)
    assert len(measured) == 12


def test_a_missing_sheet_is_told_with_those_that_are_there(tmp_path: Path, profile: Path) -> None:
    portfolio = pmo.load(write_form(tmp_path / "f.xlsx", without=("Plan",)), profile=profile)
    (found,) = told(portfolio, "FORM_SHEET_MISSING").to_dict("records")
    assert found["severity"] == "error"
    assert found["message"].startswith(
        "the map names 6 cells of a sheet Plan, and the workbook has none of that name; "
        "it has Front, Standing, Gates, Lists."
    )
    assert portfolio["milestones"]["name"].tolist() == ["Outline case"]
    assert portfolio.files[0].read == len(KEYS) - 6


def test_a_workbook_without_any_sheet_of_the_map_is_refused_by_name(tmp_path: Path, profile: Path) -> None:
    other = write_form(tmp_path / "f.xlsx", without=("Front", "Standing", "Plan", "Gates"))
    with pytest.raises(
        NothingLoaded, match=r"form with the sheets Front, Standing, Plan, Gates, .* but Lists"
    ):
        pmo.load(other, profile=profile)


def test_capitals_and_blanks_of_a_sheet_do_not_count(tmp_path: Path, form: Path) -> None:
    spelled = {key: (f" {sheet.upper()}", cell) for key, (sheet, cell) in KEYS.items()}
    path = write_profile(tmp_path)
    write_map(tmp_path / "map.csv", spelled)
    portfolio = pmo.load(form, profile=path)
    assert portfolio.files[0].accepted == len(FILLED)
    assert portfolio.sources[0].cell("status", "ac", 1) == "Standing!D6"


def test_a_cell_under_a_merged_one_is_told(tmp_path: Path, profile: Path) -> None:
    path = write_form(
        tmp_path / "f.xlsx",
        {key: value for key, value in FILLED.items() if key != "Budget (£m)"},
        merged={"Standing": "C6:E6"},
    )
    book = openpyxl.load_workbook(path)
    book["Standing"]["C6"] = 12.5
    book.save(path)
    (found,) = told(pmo.load(path, profile=profile), "FORM_CELL_COVERED").to_dict("records")
    assert (found["severity"], found["sheet"]) == ("warning", "Standing")
    assert "D6 by that of C6, E6 by that of C6" in found["message"]


@pytest.mark.parametrize(("hidden", "accepted"), [("read", len(FILLED)), ("skip", len(FILLED) - 3)])
def test_hidden_sheets(tmp_path: Path, profile: Path, hidden: str, accepted: int) -> None:
    form = write_form(tmp_path / "f.xlsx", hidden=("Standing",))
    portfolio = pmo.load(form, profile=profile, config=pmo.Settings(hidden=hidden))
    code = "HIDDEN_SHEET" if hidden == "read" else "HIDDEN_SHEET_SKIPPED"
    assert told(portfolio, "HIDDEN_SHEET", "HIDDEN_SHEET_SKIPPED")["code"].tolist() == [code]
    assert portfolio.files[0].accepted == accepted
    assert portfolio.files[0].accepted + portfolio.files[0].unrecognised == len(FILLED) + N_LABELS


def without(*keys: str) -> dict[str, object]:
    return {key: value for key, value in FILLED.items() if key not in keys}


def test_without_an_identifier_the_name_stands_in(tmp_path: Path, profile: Path) -> None:
    portfolio = pmo.load(write_form(tmp_path / "f.xlsx", without("Reference")), profile=profile)
    assert portfolio.project_ids == ("Bridge",)
    assert portfolio.status["ac"].tolist() == [12.5e6]
    assert portfolio["milestones"]["entity_id"].unique().tolist() == ["Bridge"]
    assert "project_id" in told(portfolio, "PROVISIONAL_ID")["column"].tolist()


def test_a_project_that_the_caller_gives_goes_before_the_name(tmp_path: Path, profile: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", without("Reference"))
    portfolio = pmo.load(form, profile=profile, project="P7")
    assert portfolio.projects["project_id"].tolist() == portfolio.status["project_id"].tolist() == ["P7"]
    assert portfolio["milestones"]["entity_id"].unique().tolist() == ["P7"]
    assert portfolio["milestones"]["milestone_id"].tolist()[0] == "P7: MS1 what"


def test_without_identifier_and_name_the_project_is_kept_out(
    tmp_path: Path, profile: Path, form: Path
) -> None:
    nameless = write_form(tmp_path / "f.xlsx", without("Reference", "Name of the project "))
    portfolio = pmo.load([form, nameless], profile=profile)
    assert portfolio.project_ids == ("P1",)
    (file,) = [one for one in portfolio.files if one.path == str(nameless)]
    assert (file.read, file.accepted, file.quarantined, file.empty) == (len(KEYS), 7, 4, 5)
    (found,) = told(portfolio, "MISSING_KEY")[["sheet", "cell"]].drop_duplicates().to_numpy().tolist()
    assert found == ["Front", "C3"]
    assert portfolio.quarantine["raw"].str.contains("Spent (£m) = 12.5", regex=False).any()


@pytest.mark.parametrize(
    ("name", "options", "period"),
    [
        ("form.xlsx", {"period": "2026-05"}, "2026-05-31"),
        ("form.xlsx", {"as_of": "2026-04-15"}, "2026-04-30"),
        ("form 2026-03.xlsx", {}, "2026-03-31"),
    ],
)
def test_without_a_snapshot_the_month_comes_from_where_it_does_in_tables(
    tmp_path: Path, name: str, options: dict[str, str], period: str
) -> None:
    pattern = "[period]\nfile_name = '(?P<year>20\\d\\d)-(?P<month>\\d\\d)'\n"
    profile = write_profile(tmp_path, PROFILE + pattern)
    portfolio = pmo.load(write_form(tmp_path / name, without("Snapshot")), profile=profile, **options)
    for table in ("projects", "status", "milestones"):
        assert portfolio[table]["period"].unique().tolist() == [pd.Timestamp(period)]


def test_an_unfilled_form_is_no_project(tmp_path: Path, profile: Path, form: Path) -> None:
    blank = write_form(tmp_path / "blank.xlsx", {})
    portfolio = pmo.load([blank, form], profile=profile)
    assert portfolio.project_ids == ("P1",)
    (file,) = [one for one in portfolio.files if one.path == str(blank)]
    assert (file.read, file.accepted, file.quarantined, file.empty) == (len(KEYS), 0, 0, len(KEYS))


def test_cells_of_a_profile_go_before_those_of_its_map(tmp_path: Path, form: Path) -> None:
    more = """
[[cell]]
table = "status"
field = "narrative"
sheet = "Front"
cell = "$A$1"

[[cell]]
table = "milestones"
field = "name"
group = "end"
sheet = "Standing"
cell = "B5"

[[cell]]
table = "status"
field = "eac_reported"
unit = "k"
sheet = "Standing"
cell = "E6"

[[cell]]
heading = "Who leads it"
sheet = "Front"
cell = "B5"
"""
    profile = write_profile(tmp_path, PROFILE + more)
    write_map(tmp_path / "map.csv", {key: at for key, at in KEYS.items() if key != "Who leads it"})
    portfolio = pmo.load(form, profile=profile)
    (status,) = portfolio.status[["narrative", "eac_reported", "bac"]].astype(object).to_numpy().tolist()
    assert status[:2] == ["Quarterly return", 40e3]
    assert pd.isna(status[2])  # the cell is that of the record, and stands for one field only
    assert portfolio["milestones"]["name"].tolist()[0] == "Confidence"
    assert portfolio.projects["project_manager"].tolist() == ["Lead"]


def test_a_profile_of_cells_alone_is_one_project(tmp_path: Path, form: Path) -> None:
    profile = tmp_path / "p.toml"
    cells = [
        ("projects", "project_id", "Front", "C3"),
        ("status", "period", "Front", "C6"),
        ("status", "ac", "Standing", "D6"),
    ]
    records = [
        f"[[cell]]\ntable = '{table}'\nfield = '{field}'\nsheet = '{sheet}'\ncell = '{cell}'\n"
        for table, field, sheet, cell in cells
    ]
    profile.write_text("name = 'small'\n" + "\n".join(records), "utf-8")
    portfolio = pmo.load(form, profile=profile)
    assert (portfolio.project_ids, portfolio.status["ac"].tolist()) == (("P1",), [12.5])


def test_a_map_alone_is_read_with_the_headings_that_are_known(tmp_path: Path) -> None:
    keys = {"Project ID": ("Front", "C3"), "Reporting Period": ("Front", "C6"), "RAG": ("Standing", "D5")}
    path = write_map(tmp_path / "map.csv", keys)
    portfolio = pmo.load(write_form(tmp_path / "form.xlsx"), profile=path)
    assert portfolio.status[["project_id", "rag_overall"]].to_numpy().tolist() == [["P1", "amber"]]
    assert portfolio.sources[0].profile == "map"


def test_two_keys_for_one_field(tmp_path: Path, form: Path) -> None:
    profile = write_profile(
        tmp_path,
        PROFILE.replace('"Spent (£m)"', '"Spent (£m)", "Budget (£m)"').replace('bac = ["Budget (£m)"]', ""),
    )
    portfolio = pmo.load(form, profile=profile)
    assert portfolio.status["ac"].tolist() == [12.5e6]
    (found,) = told(portfolio, "DUPLICATE_HEADING").to_dict("records")
    assert (found["column"], found["sheet"], found["cell"]) == ("Budget (£m)", "Standing", "E6")
    assert portfolio.cells.loc[portfolio.cells["heading"] == "Budget (£m)", "raw"].tolist() == ["40.0"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Reference,Front,D9,TEXT", r"map.csv: 'Reference' is mapped twice, in map.csv row 2 and map.csv row 18; remove"),
        ("New,Front,9D,TEXT", r"map.csv, row 18, key 'New': '9D' is no cell of a sheet; write one such as C11"),
        ("New,Front,C1:C4,TEXT", r"row 18, key 'New': 'C1:C4' is no cell"),
        ("New,Front,XFE1,TEXT", r"'XFE1' is no cell"),
        ("New,Front,A1048577,TEXT", r"'A1048577' is no cell"),
        ("New,Front,,TEXT", r"map.csv, row 18: cellreference is empty; fill it in or remove the row"),
        (",Front,D9,TEXT", r"map.csv, row 18: cell_key is empty"),
    ],
)  # fmt: skip
def test_a_faulty_map_says_where_and_what_to_do(tmp_path: Path, form: Path, row: str, words: str) -> None:
    profile = write_profile(tmp_path)
    write_map(tmp_path / "map.csv", KEYS, row)
    with pytest.raises(ConfigurationError, match=words):
        pmo.load(form, profile=profile)


@pytest.mark.parametrize(
    ("record", "kind", "words"),
    [
        ("table='status'\nfield='spent'\nsheet='Front'\ncell='C9'", UnknownName, r"\[\[cell\]\] 1.*spent.*ac"),
        ("table='stati'\nfield='ac'\nsheet='Front'\ncell='C9'", UnknownName, "stati.*status"),
        ("table='status'\nfield='rag_reported'\nsheet='Front'\ncell='C9'", UnknownName, "rag_reported"),
        ("table='status'\nsheet='Front'\ncell='C9'", ConfigurationError, r"return.toml, \[\[cell\]\] 1: say which"),
        ("field='ac'\nsheet='Front'\ncell='C9'", ConfigurationError, "by table and field"),
        ("heading='Mood'\ncell='C9'", ConfigurationError, "names no sheet"),
        ("heading='Mood'\nsheet='Front'\ncell='9'", ConfigurationError, "'9' is no cell"),
        ("heading='Mood'\nsheet='Front'\ncell='C9'", ConfigurationError, "'Mood' is mapped twice"),
        ("heading='Mood'\nsheet='Front'\ncell='C9'\ncolour='red'", UnknownName, "colour.*heading"),
        ("table='risks'\nfield='title'\nsheet='Front'\ncell='C9'", ConfigurationError, r"no \[\[row\]\] feeds the table risks"),
        ("heading='Gate 2 (name)'\nunit='m'\nsheet='Front'\ncell='C9'", ConfigurationError, "name has several units"),
    ],
)  # fmt: skip
def test_a_faulty_record_says_where_and_what_to_do(
    tmp_path: Path, form: Path, record: str, kind: type[Exception], words: str
) -> None:
    profile = write_profile(tmp_path, f"{PROFILE}\n[[cell]]\n{record}\n")
    with pytest.raises(kind, match=words):
        pmo.load(form, profile=profile)


def test_a_map_that_is_none_or_gone(tmp_path: Path, form: Path) -> None:
    profile = write_profile(tmp_path)
    (tmp_path / "map.csv").write_text("key,sheet\nReference,Front\n", "utf-8")
    with pytest.raises(
        ConfigurationError, match=r"it lacks cell_key, template_sheet, cellreference. It has key, sheet"
    ):
        pmo.load(form, profile=profile)
    (tmp_path / "map.csv").unlink()
    with pytest.raises(ConfigurationError, match="cannot be read as a map of cells"):
        pmo.load(form, profile=profile)


def test_a_form_needs_to_say_whose_it_is(tmp_path: Path, form: Path) -> None:
    text = "\n".join(
        line for line in PROFILE.splitlines() if not line.startswith(("project_id", "project_name"))
    )
    profile = write_profile(tmp_path, text)
    with pytest.raises(
        NothingLoaded, match="no cell of the map stands for the identifier or the name of a project"
    ):
        pmo.load(form, profile=profile)
    assert pmo.load(form, profile=profile, project="P7").project_ids == ("P7",)


def test_a_table_beside_the_forms_is_read_with_the_same_profile(
    tmp_path: Path, profile: Path, form: Path
) -> None:
    table = tmp_path / "late.csv"
    table.write_text("Reference,Name of the project,Snapshot,Confidence\nP2,Tunnel,2026-06-30,Red\n", "utf-8")
    portfolio = pmo.load([form, table], profile=profile)
    assert portfolio.status.set_index("project_id")["rag_overall"].to_dict() == {"P1": "amber", "P2": "red"}
