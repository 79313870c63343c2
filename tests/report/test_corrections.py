"""Correction workbooks: which rows, in whose hands, how they look, and that the sample comes back mended."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import pmo_analytics as pmo
from pmo_analytics.errors import CorrectionsUnusable, FileMissing, ReportError, UnknownName
from pmo_analytics.loading.corrections.marks import ORIGIN_SHEET
from pmo_analytics.quality.kinds import ERROR, WARNING
from pmo_analytics.report.corrections import slug
from pmo_analytics.report.sheets.corrections import COVER, WORDS
from report.office import converted

HEADINGS = [
    "Project ID",
    "Project",
    "Project Manager",
    "AC (£m)",
    "BAC (£m)",
    "Forecast Finish",
    "RAG",
    "Mood",
]
DAY = dt.datetime(2027, 6, 30)
ROWS = [
    ["P1", "Bridge", "Ada Fox", "approx. 15", 40, DAY, "Ambre", "=HYPERLINK(1)"],
    ["P2", "Tunnel", "Ada  FOX", 12.5, 30, DAY, "Green", "fine"],
    ["P3", "Tower", "../../Ben", 11, 20, "05/06/2026", "Green", None],
    ["P4", "Quay", None, "n.k.", 20, DAY, "Green", None],
    [None, "Shed", "Ada Fox", 1, 2, DAY, "Green", None],
    ["Total", None, None, 24.5, None, None, None, None],
]


def write_status(folder: Path, rows: list[list[object]] = ROWS, name: str = "status-2026-06.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Status"
    sheet.append(["Status of June"])
    sheet.append([])
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    for cell in sheet["H"]:
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    path = folder / name
    book.save(path)
    return path


@pytest.fixture(scope="module")
def status(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_status(tmp_path_factory.mktemp("originals"))


@pytest.fixture(scope="module")
def portfolio(status: Path) -> pmo.Portfolio:
    return pmo.load(status)


@pytest.fixture
def written(portfolio: pmo.Portfolio, tmp_path: Path) -> openpyxl.Workbook:
    (path,) = pmo.write_corrections(portfolio, tmp_path / "corrections")
    assert path == tmp_path / "corrections" / "corrections.xlsx"
    return openpyxl.load_workbook(path)


def first(book: openpyxl.Workbook) -> Worksheet:
    return book[book.sheetnames[1]]


def rows_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(min_row=5, values_only=True))


def test_only_the_rows_to_mend_as_they_stand(written: openpyxl.Workbook) -> None:
    sheet = first(written)
    assert [cell.value for cell in sheet[4]] == ["Row", "What is wrong", *HEADINGS, "Do not edit"]
    assert [row[0] for row in rows_of(sheet)] == [4, 6, 7, 8]
    assert [list(row[2:-1]) for row in rows_of(sheet)] == [ROWS[0], ROWS[2], ROWS[3], ROWS[4]]
    assert sheet["J5"].data_type == "s"


def test_what_is_wrong_stands_beside_the_row_and_at_the_cell(written: openpyxl.Workbook) -> None:
    sheet = first(written)
    told = sheet["B5"].value
    assert "Error: AC (£m): approx. 15 is no amount. Enter a number." in told
    assert "Error: RAG: Ambre is no colour of the scale." in told
    marked = [cell.coordinate for row in sheet["C5:J8"] for cell in row if cell.comment]
    assert marked == ["F5", "I5", "H6", "F7", "C8"]
    for place in marked:
        cell = sheet[place]
        assert cell.border.left.style == "medium"
        assert cell.fill.fgColor.rgb == "FFFBDADA"
    assert sheet["F6"].border.left.style is None


def test_it_is_said_how_often_a_fault_was_told(tmp_path: Path) -> None:
    write_status(tmp_path, name="status-2026-05.xlsx", rows=ROWS[:1])
    june = write_status(tmp_path, rows=ROWS[:3])
    both = pmo.load(tmp_path)
    (path,) = pmo.write_corrections(both, tmp_path / "both")
    # the faults of the bridge stand in both months, the one of the tower in June only
    said = {row[2]: row[1] for row in rows_of(openpyxl.load_workbook(path).worksheets[2])}
    assert said["P1"].count("Told 2 times.") == 2
    assert "Told" not in said["P3"]
    # a month at a time, the check of the month before says how often
    earlier = pmo.load(tmp_path / "status-2026-05.xlsx").findings.assign(as_of="2026-05-31", times="4")
    one = pmo.load(june)
    one = replace(one, findings=one.followed(since=earlier))
    (path,) = pmo.write_corrections(one, tmp_path / "one")
    said = {row[2]: row[1] for row in rows_of(first(openpyxl.load_workbook(path)))}
    assert said["P1"].count("Told 5 times.") == 2
    assert "Told" not in said["P3"]


def test_lists_days_and_the_marks_are_guarded(written: openpyxl.Workbook) -> None:
    sheet = first(written)
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["H5:H8"].type == "date"
    column = re.fullmatch(rf"{WORDS}!\$(\w)\$2:\$\w\$(\d)", rules["I5:I8"].formula1)
    assert column is not None
    words = [written[WORDS][f"{column[1]}{row}"].value for row in range(2, int(column[2]) + 1)]
    assert words == ["Green", "Amber/Green", "Amber", "Amber/Red", "Red"]
    assert rules["K5:K8"].type == "custom"
    assert rules["K5:K8"].errorStyle in (None, "stop")
    assert sheet.freeze_panes == "C5"
    assert sheet.row_dimensions[3].hidden
    assert sheet.print_title_rows == "$4:$4"
    states = {name: written[name].sheet_state for name in written.sheetnames}
    assert states == {COVER: "visible", sheet.title: "visible", ORIGIN_SHEET: "veryHidden", WORDS: "hidden"}


def test_the_cover_says_what_to_do(written: openpyxl.Workbook) -> None:
    texts = [str(cell.value) for row in written[COVER] for cell in row if cell.value is not None]
    assert texts[0] == "Please mend: 4 rows"
    assert any("clear all of its cells but the last one" in text for text in texts)
    assert "status-2026-06.xlsx" in texts


def test_one_workbook_per_person(portfolio: pmo.Portfolio, tmp_path: Path) -> None:
    paths = pmo.write_corrections(portfolio, tmp_path, by="project_manager")
    names = [path.name for path in paths]
    assert names == [f"{slug('../../Ben')}.xlsx", f"{slug('Ada Fox')}.xlsx", "unassigned.xlsx"]
    assert all(path.parent == tmp_path for path in paths)
    held = [[row[0] for row in rows_of(first(openpyxl.load_workbook(path)))] for path in paths]
    # P1 and the shed without an id belong to Ada Fox: the latter by its own cell.
    assert held == [[6], [4, 8], [7]]


def test_an_unknown_column_lists_those_there_are(portfolio: pmo.Portfolio, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'project_manager'"):
        pmo.write_corrections(portfolio, tmp_path, by="project_manger")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Ada Fox", " ada  FOX", True), ("P:1", "P/1", False), ("Zoë", "Zoe", False), ("", " ", True)],
)
def test_names_of_files_never_meet(one: str, other: str, same: bool) -> None:
    assert (slug(one) == slug(other)) == same
    assert slug(one).casefold() == slug(one)


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/passwd", "CON", "nul.txt", "a" * 300, "P1.", "\x00", "名前", "a\\b"]
)
def test_names_of_files_are_safe(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,40}-[0-9a-f]{8}", slug(name))


def test_what_somebody_may_have_mended_is_not_overwritten(portfolio: pmo.Portfolio, tmp_path: Path) -> None:
    (path,) = pmo.write_corrections(portfolio, tmp_path)
    assert pmo.write_corrections(portfolio, tmp_path) == (path,)
    path.write_bytes(b"mended")
    with pytest.raises(ReportError, match="somebody may have mended in it"):
        pmo.write_corrections(portfolio, tmp_path)
    assert path.read_bytes() == b"mended"


def test_an_original_that_changed_or_went_is_an_error(tmp_path: Path) -> None:
    path = write_status(tmp_path)
    loaded = pmo.load(path)
    write_status(tmp_path, ROWS[:2])
    with pytest.raises(CorrectionsUnusable, match="has changed since it was loaded"):
        pmo.write_corrections(loaded, tmp_path / "out")
    path.unlink()
    with pytest.raises(FileMissing):
        pmo.write_corrections(loaded, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_frames_have_no_rows_to_send_back(tmp_path: Path) -> None:
    framed = pmo.from_frames(status=pd.DataFrame({"project_id": ["P1"], "ac": ["much"]}), as_of="2026-06-30")
    assert (framed.findings["severity"] == ERROR).any()
    with pytest.raises(ReportError, match="no file"):
        pmo.write_corrections(framed, tmp_path)


# The sample: every planted fault mended as its owner would.

MENDS: list[tuple[str, int, dict[str, object]]] = [
    ("decisions", 16, {"Decision": "Approve"}),
    ("harbour", 58, {"Forecast Outturn (€m)": 10.6}),
    ("harbour", 72, {}),
    ("milestone", 47, {"Forecast Date": dt.date(2026, 7, 15)}),
    ("milestone", 63, {"Forecast Date": dt.date(2026, 7, 5)}),
    ("raid", 23, {"Due": dt.date(2026, 8, 1)}),
    ("raid", 60, {"Owner": "Peregrine Ashdown"}),
    ("raid", 27, {"Proximity": dt.date(2026, 9, 15)}),
    ("raid", 42, {"P (1-5)": 5}),
    ("raid", 66, {"Project ID": "PRJ-019"}),
    ("2025-10", 37, {"Project": "Beach Groynes Renewal"}),
    ("2025-11", 27, {"AC (£m)": 1.93}),
    ("2025-12", 21, {"Narrative": "The survey is complete."}),
    ("2025-12", 35, {"EAC (£m)": 21.4}),
    ("2026-02", 39, {}),
    ("2026-03", 40, {"Project ID": "PRJ-041"}),
    ("2026-04", 8, {"AC (£m)": 15}),
    ("2026-05", 7, {"Narrative": "Late.", "Path to Green": "A second crew from July."}),
    ("2026-05", 15, {"RAG": "Amber"}),
    ("2026-06", 12, {"EAC (£m)": 2.9}),
    ("2026-06", 23, {"EV (£m)": 3.6}),
    ("task", 25, {"Forecast Finish": dt.date(2026, 9, 1)}),
]


@pytest.fixture(scope="module")
def sample() -> pmo.Portfolio:
    return pmo.load(pmo.sample_data(), config=pmo.sample_settings())


@pytest.fixture(scope="module")
def mended_sample(sample: pmo.Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = pmo.write_corrections(sample, tmp_path_factory.mktemp("corrections"))
    book = openpyxl.load_workbook(path)
    left = list(MENDS)
    for name in book.sheetnames[1:]:
        sheet = book[name]
        if sheet.sheet_state != "visible":
            continue
        for row in sheet.iter_rows(min_row=5):
            mend = next(one for one in left if one[0] in name and one[1] == row[0].value)
            left.remove(mend)
            change(sheet, row, mend[2])
    assert left == []
    book.save(path)
    return path


def change(sheet: Worksheet, row: tuple[openpyxl.cell.Cell, ...], values: dict[str, object]) -> None:
    headings = {cell.value: cell.column for cell in sheet[4]}
    if not values:
        for cell in row[2:-1]:
            cell.value = None
    for heading, value in values.items():
        sheet.cell(row[0].row, headings[heading]).value = value


def by_place(portfolio: pmo.Portfolio, name: str) -> pd.DataFrame:
    frame = portfolio[name]
    files = {source.key: f"{Path(source.path).name}[{source.sheet}]" for source in portfolio.sources}
    return frame.set_index([frame["source"].map(files), frame["source_row"], frame["period"]])


def test_the_sample_comes_back_mended(sample: pmo.Portfolio, mended_sample: Path) -> None:
    again = pmo.load([*pmo.sample_data(), mended_sample], config=pmo.sample_settings())
    findings = again.findings
    assert findings[findings["severity"].isin([ERROR, WARNING])].to_dict("records") == []
    assert (findings["code"] == "ROW_REPLACED").sum() == len(MENDS)
    changed = {(row["file"], row["number"]) for row in mended_places(sample)}
    for name in ("projects", "status", "milestones", "risks", "issues", "decisions", "tasks"):
        before, after = by_place(sample, name), by_place(again, name)
        keep = [(place.split("[")[0], number) not in changed for place, number, _ in before.index]
        pd.testing.assert_frame_equal(before[keep], after.loc[before.index[keep]])
    for before, after in zip(sample.files, again.files, strict=False):
        assert (before.path, before.read) == (after.path, after.read)
        assert after.read == after.accepted + after.quarantined + after.empty
    assert again.files[-1].read == again.files[-1].accepted == len(MENDS)


def mended_places(portfolio: pmo.Portfolio) -> list[dict[str, object]]:
    findings = portfolio.findings[portfolio.findings["severity"].isin([ERROR, WARNING])]
    return [
        {"file": Path(row["file"]).name, "number": int(re.sub(r"\D", "", row["cell"]))}
        for row in findings.to_dict("records")
    ]


def test_saved_by_libreoffice_it_says_the_same(mended_sample: Path, tmp_path: Path) -> None:
    saved = converted(shutil.copy(mended_sample, tmp_path / "ours.xlsx"), "xlsx", tmp_path / "office")
    names = [
        "status-2026-04.xlsx",
        "status-2026-05.xlsx",
        "milestone-plan-2026-06.xlsx",
        "raid-log-2026-06.xlsx",
    ]
    originals = [path for path in pmo.sample_data() if path.name in names]
    ours, theirs = (pmo.load([*originals, path]) for path in (mended_sample, saved))
    for name in ("projects", "status", "milestones", "risks", "issues"):
        pd.testing.assert_frame_equal(ours[name], theirs[name])
    told = [
        one.findings.loc[one.findings["code"] == "ROW_REPLACED", "value"].tolist() for one in (ours, theirs)
    ]
    assert sorted(told[0]) == sorted(told[1])
    assert len(told[0]) == 10
