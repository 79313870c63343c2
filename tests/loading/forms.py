"""Forms for tests: workbooks of cells, filled from code with invented data, and the profile that names their cells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PROFILE = """
name = "return"
cells = "map.csv"
currency = "GBP"

[[row]]
is = "project"
tables = ["projects", "status"]

[[row]]
is = "milestone"
tables = ["milestones"]

[headings.projects]
project_id = ["Reference"]
project_name = ["Name of the project"]
project_manager = ["Who leads it"]

[headings.status]
period = ["Snapshot"]
rag_overall = ["Confidence"]
ac = ["Spent (£m)"]
bac = ["Budget (£m)"]

[headings.milestones]
name = ["MS# what", "Gate # (name)"]
forecast_date = ["MS# when", "Gate # date"]
"""

KEYS = {
    "Reference": ("Front", "C3"),
    "Name of the project ": ("Front", "C4"),
    "Who leads it": ("Front", "C5"),
    "Snapshot": ("Front", "C6"),
    "Mood": ("Front", "C7"),
    "Confidence": ("Standing", "D5"),
    "Spent (£m)": ("Standing", "D6"),
    "Budget (£m)": ("Standing", "E6"),
    "MS1 what": ("Plan", "B4"),
    "MS1 when": ("Plan", "C4"),
    "MS2 what": ("Plan", "B5"),
    "MS2 when": ("Plan", "C5"),
    "MS3 what": ("Plan", "B6"),
    "MS3 when": ("Plan", "C6"),
    "Gate 1 (name)": ("Gates", "B2"),
    "Gate 1 date": ("Gates", "C2"),
}

LABELS = {
    "Front": {
        "A1": "Quarterly return",
        "B3": "Reference",
        "B4": "Name",
        "B5": "Lead",
        "B6": "As at",
        "B7": "Mood",
    },
    "Standing": {"B5": "Confidence", "B6": "Spent, budget"},
    "Plan": {"B3": "What", "C3": "When"},
    "Gates": {"B1": "Gate", "C1": "Date"},
    "Lists": {"A1": "Green", "A2": "Amber", "A3": "Red"},
}

FILLED: Mapping[str, object] = {
    "Reference": "P1",
    "Name of the project ": "Bridge",
    "Who leads it": "Ada",
    "Snapshot": dt.datetime(2026, 6, 30),
    "Confidence": "Amber",
    "Spent (£m)": 12.5,
    "Budget (£m)": 40,
    "MS1 what": "Design",
    "MS1 when": dt.datetime(2026, 9, 30),
    "MS3 what": "Opening",
    "MS3 when": dt.datetime(2027, 3, 31),
    "Gate 1 (name)": "Outline case",
    "Gate 1 date": dt.datetime(2026, 8, 1),
}


def write_map(path: Path, keys: Mapping[str, tuple[str, str]] = KEYS, *more: str) -> Path:
    lines = ["cell_key,template_sheet,cellreference,type"]
    lines += [f'"{key}",{sheet},{cell},TEXT' for key, (sheet, cell) in keys.items()]
    path.write_text("\n".join([*lines, *more]) + "\n", "utf-8")
    return path


def write_profile(folder: Path, text: str = PROFILE) -> Path:
    """The profile with its map beside it."""
    write_map(folder / "map.csv")
    path = folder / "return.toml"
    path.write_text(text, "utf-8")
    return path


def write_form(path: Path, filled: Mapping[str, object] = FILLED, **other: object) -> Path:
    """A form with the values by their keys; ``other`` gives sheets that are to be left out or hidden, or merged."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, labels in LABELS.items():
        sheet = book.create_sheet(name)
        for cell, text in labels.items():
            sheet[cell] = text
    for key, value in filled.items():
        sheet, cell = KEYS[key]
        book[sheet][cell] = value
    for name in other.get("without", ()):  # type: ignore[attr-defined]
        book.remove(book[name])
    for name in other.get("hidden", ()):  # type: ignore[attr-defined]
        book[name].sheet_state = "hidden"
    for name, area in other.get("merged", {}).items():  # type: ignore[attr-defined]
        book[name].merge_cells(area)
    book.save(path)
    return path
