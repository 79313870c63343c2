"""Make the sample delivery: status workbooks, registers, logs and plans, and the list of their faults.

    python -B sample_data/make_sample.py [FOLDER]

The story stands in the folder ``story``, the faults in ``faults.py``; the seed makes every run the same, to
the byte. Needs pmo_analytics installed, whose finding codes and column names it uses.
"""

from __future__ import annotations

import csv
import random
import sys
import tomllib
from pathlib import Path
from typing import Any

from benefit_register import benefit_sheets
from change_log import change_sheets
from decision_log import decision_sheet
from faults import FAULTS
from finance import finance_sheets
from governance import governance_sheets
from planned_values import planned_sheets
from planting import plant
from portfolio_register import portfolio_sheets
from registers import register_sheets
from reports import report_rows, status_sheets
from resource_plan import resource_sheets
from sheets import Sheet
from task_plan import task_sheet
from workbook import workbook

SEED = 20260630
HERE = Path(__file__).resolve().parent


def main(folder: Path) -> None:
    """Write the whole delivery into a folder."""
    story = read_story(HERE / "story")
    sheets = delivery(story, random.Random(SEED))
    planted = plant(sheets, FAULTS)
    folder.mkdir(parents=True, exist_ok=True)
    for file in dict.fromkeys(sheet.file for sheet in sheets):
        of_file = [sheet for sheet in sheets if sheet.file == file]
        (folder / file).write_bytes(workbook(of_file, story["organisation"]))
    with (folder / "faults.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(planted[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(planted)


def read_story(folder: Path) -> dict[str, Any]:
    """All files of the story as one, the projects in order of their numbers."""
    story: dict[str, Any] = {}
    projects: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        projects += told.pop("project", [])
        story |= told
    return story | {"project": sorted(projects, key=lambda project: project["id"])}


def delivery(story: dict[str, Any], rng: random.Random) -> list[Sheet]:
    """Every sheet of the delivery, without a fault so far."""
    reports = report_rows(story, rng)
    registers = register_sheets(story, rng)
    return [
        *status_sheets(story, reports),
        *registers,
        decision_sheet(story),
        *portfolio_sheets(story),
        task_sheet(story),
        *change_sheets(story, reports, registers[0]),
        *planned_sheets(story, reports),
        *benefit_sheets(story, rng),
        *resource_sheets(story),
        *governance_sheets(story, reports, rng),
        *finance_sheets(story, reports),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
