"""Make the sample delivery: six status workbooks, a milestone plan, a RAID log, and the list of their faults.

    python sample_data/make_sample.py [FOLDER]

The story stands in ``story.toml``, the faults in ``planting.py``; the seed makes every run the same, to the
byte. Needs pmo_analytics installed, whose finding codes and column names it uses.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
import sys
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from planting import plant
from registers import issue_rows, milestone_rows, risk_rows
from sheets import MONTHS, Row, Sheet, month_end, weekday_before

SEED = 20260630
MADE = dt.datetime(2026, 7, 3, 9, 0)
HERE = Path(__file__).resolve().parent

#: The month from which the template has one line less above its header.
SHORTER_FROM = 4
#: How far EV and AC stray from their smooth curves, and how much of the BAC an unfinished project can earn.
NOISE = 0.004
UNFINISHED = 0.985
#: The finished project, and the month in which one project could not measure what it had earned.
FINISHED = "PRJ-005"
UNMEASURED = ("PRJ-018", 5)

WORDS = {"G": "Green", "A": "Amber", "R": "Red"}
MONEY, PERCENT, DATE = "#,##0.00", "0.0%", "DD/MM/YYYY"
WIDTHS = {
    "Project": 32, "Milestone": 40, "Risk": 52, "Issue": 48, "Narrative": 64, "Path to Green": 48,
    "Sponsor": 24, "Project Manager": 26, "Owner": 26, "Action Owner": 26, "Resolution": 36, "Department": 18,
}  # fmt: skip
NARROW, LONG_TEXT, LINE = 14, 40, 15
TYPEFACE = "Calibri"


def main(folder: Path) -> None:
    """Write the whole delivery into a folder."""
    story = tomllib.loads((HERE / "story.toml").read_text(encoding="utf-8"))
    rng = random.Random(SEED)
    sheets = [*status_sheets(story, rng), *register_sheets(story, rng)]
    planted = plant(sheets)
    folder.mkdir(parents=True, exist_ok=True)
    for file in dict.fromkeys(sheet.file for sheet in sheets):
        (folder / file).write_bytes(workbook([sheet for sheet in sheets if sheet.file == file], story))
    with (folder / "faults.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(planted[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(planted)


def status_sheets(story: dict[str, Any], rng: random.Random) -> list[Sheet]:
    """One status sheet a month."""
    reports = [row for project in story["project"] for row in status_rows(project, story, rng)]
    sheets = []
    for month in MONTHS:
        end = month_end(month)
        preamble = [
            f"{story['organisation']}: project status report",
            f"Reporting month: {end:%B %Y}",
            f"Contact: {story['contact']}",
            "Amounts in £m, cumulative to the end of the month",
        ][: 4 if month < SHORTER_FROM else 3]
        rows = [row for row in reports if row["Report Date"].month == month]
        sheets.append(Sheet(f"status-2026-{month:02d}.xlsx", "Status", preamble, rows))
    return sheets


def register_sheets(story: dict[str, Any], rng: random.Random) -> list[Sheet]:
    """The milestone plan and the RAID log as they stand at the end of the last month."""
    plan, raid = "milestone-plan-2026-06.xlsx", "raid-log-2026-06.xlsx"
    found = []
    for file, name, title, rows in (
        (plan, "Milestones", "milestone plan", milestone_rows(story)),
        (raid, "Risks", "risk register", risk_rows(story, rng)),
        (raid, "Issues", "issue log", issue_rows(story, rng)),
    ):
        preamble = [f"{story['organisation']}: {title}", "As at: 2026-06", f"Contact: {story['contact']}"]
        found.append(Sheet(file, name, preamble, rows))
    return found


def status_rows(project: dict[str, Any], story: dict[str, Any], rng: random.Random) -> list[Row]:
    """The reports of one project, month by month, with amounts that only grow."""
    first = project.get("first_month", MONTHS[0])
    months = [month for month in MONTHS if month >= first][: len(project["rag"])]
    sponsor, manager = project["people"]
    start, finish = (dt.date.fromisoformat(day) for day in project["dates"])
    rows: list[Row] = []
    last = (0.0, 0.0)
    for at, month in enumerate(months):
        end = month_end(month)
        complete = project["id"] == FINISHED and month == months[-1]
        pv, ev, ac = _amounts(project, end, complete=complete, rng=rng)
        ev, ac = last = max(ev, last[0]), max(ac, last[1])
        forecast = weekday_before(finish + dt.timedelta(days=project["slip"][at]))
        measured = (project["id"], month) != UNMEASURED
        colour = WORDS[project["rag"][at]]
        rows.append(
            {
                "Project ID": project["id"],
                "Project": project["name"],
                "Programme": project["programme"],
                "Department": project.get("department", story["departments"][project["programme"]]),
                "Sponsor": sponsor,
                "Project Manager": manager,
                "Category": project["category"],
                "Project Status": "Complete" if complete else "Proposed" if end < start else "Active",
                "Stage": "Handover" if complete else "Delivery" if end >= start else project["stage"],
                "Baseline Start": start,
                "Baseline Finish": finish,
                "Forecast Finish": forecast,
                "Actual Finish": forecast if complete else None,
                "Whole-life Cost (£m)": project["wlc"],
                "BAC (£m)": project["bac"],
                "PV (£m)": pv,
                "EV (£m)": ev if measured else None,
                "AC (£m)": ac,
                "EAC (£m)": ac if complete else _estimate(project, end, ac),
                "% Complete": round(ev / project["bac"], 3) if measured else None,
                "RAG": colour,
                "Schedule RAG": WORDS[project["schedule"][at]],
                "Cost RAG": WORDS[project["cost"][at]],
                "Narrative": _narrative(project["events"][at], pv, ev, ac, measured=measured),
                "Path to Green": _path(project, at, manager) if colour != "Green" else None,
                "Report Date": weekday_before(end - dt.timedelta(days=rng.randrange(3))),
            }
        )
    return rows


def _amounts(
    project: dict[str, Any], end: dt.date, *, complete: bool, rng: random.Random
) -> tuple[float, float, float]:
    start, finish = (dt.date.fromisoformat(day) for day in project["dates"])
    share = min(max((end - start) / (finish - start), 0.0), 1.0)
    pv = project["bac"] * share * share * (3 - 2 * share)
    stray = [1 + rng.gauss(0, NOISE) for _ in ("ev", "ac")]
    ev = min(pv * _between(project["spi"], end) * stray[0], project["bac"] * UNFINISHED)
    ev = project["bac"] if complete else ev
    ac = ev / _between(project["cpi"], end) * stray[1]
    return round(pv, 3), round(ev, 3), round(ac, 3)


def _between(ends: list[float], end: dt.date) -> float:
    """A figure that moves evenly from the first month to the last."""
    return ends[0] + (ends[1] - ends[0]) * (end.month - MONTHS[0]) / (MONTHS[-1] - MONTHS[0])


def _estimate(project: dict[str, Any], end: dt.date, ac: float) -> float:
    return round(max(project["bac"] * (1 + _between(project["over"], end)), ac), 2)


def _narrative(event: str, pv: float, ev: float, ac: float, *, measured: bool) -> str:
    if not measured:
        return f"{event}; £{ac:.1f}m is spent."
    if pv == 0:
        return f"{event}. Nothing was planned to be spent yet."
    return f"{event}. £{ev:.1f}m earned of £{pv:.1f}m planned, for £{ac:.1f}m."


def _path(project: dict[str, Any], at: int, manager: str) -> str:
    half = len(project["rag"]) // 2
    return f"{project['path'][0 if at < half else 1]} ({manager})"


def workbook(sheets: list[Sheet], story: dict[str, Any]) -> bytes:
    """The sheets as an .xlsx file, the same bytes on every run."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = book.properties.lastModifiedBy = f"{story['organisation']}, Portfolio Office"
    book.properties.title = sheets[0].preamble[0]
    book.properties.created = MADE
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    raw = BytesIO()
    book.save(raw)
    return _undated(raw)


def _write(page: Any, sheet: Sheet) -> None:
    for row, text in enumerate(sheet.preamble, start=1):
        page.cell(row, 1, text).font = Font(TYPEFACE, 14 if row == 1 else 10, bold=row == 1)
    for column, heading in enumerate(sheet.headings, start=1):
        cell = page.cell(sheet.header_row, column, heading)
        cell.font = Font(TYPEFACE, 11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F3864")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = Border(bottom=Side(style="thin"))
        page.column_dimensions[get_column_letter(column)].width = WIDTHS.get(heading, NARROW)
        for row, values in enumerate(sheet.rows, start=sheet.header_row + 1):
            _fill(page.cell(row, column), values.get(heading), heading)
    page.row_dimensions[sheet.header_row].height = 2 * LINE
    for row, values in enumerate(sheet.rows, start=sheet.header_row + 1):
        page.row_dimensions[row].height = LINE * max(_lines(values.get(name), name) for name in WIDTHS)
    page.freeze_panes = page.cell(sheet.header_row + 1, 3)
    page.sheet_view.zoomScale = 90


def _lines(value: Any, heading: str) -> int:
    """How many lines a text takes in its column, words kept whole."""
    return len(wrap(value, WIDTHS[heading] - 2)) if isinstance(value, str) else 1


def _fill(cell: Any, value: Any, heading: str) -> None:
    wide = WIDTHS.get(heading, NARROW) >= LONG_TEXT
    across = "center" if heading.endswith("RAG") else None
    cell.alignment = Alignment(across, "top", wrap_text=wide)
    if value is None:
        return
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = DATE
    elif isinstance(value, float):
        cell.number_format = PERCENT if heading in ("% Complete", "Probability") else MONEY


def _undated(raw: BytesIO) -> bytes:
    """The archive without the clock: openpyxl stamps the day of saving into it."""
    fixed = BytesIO()
    modified = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = modified.sub(rb"\g<1>" + f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            plain = zipfile.ZipInfo(entry.filename, MADE.timetuple()[:6])
            plain.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(plain, content)
    return fixed.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
