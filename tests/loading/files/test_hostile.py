"""Every hostile file ends in one typed error that names it, within its limits, and the file next to it still loads."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pmo_analytics.loading.files import reading

from .hostile_files import CASES, LOADS, Case

HOME = str(Path(reading.__file__).resolve().parents[3])
MEMORY_MB = 700
#: The program that reads them, so that the memory of its children is that of these files alone.
PROGRAM = f"""
import json, resource, sys
sys.path.insert(0, {HOME!r})
from pathlib import Path
from pmo_analytics.loading.files.reading import read_books
from pmo_analytics.schemas.limits import Limits
paths = sorted(Path(sys.argv[1]).iterdir())
limits = Limits(seconds=30, memory_mb={MEMORY_MB}, unzipped_mb=64, processes=2)
said = {{}}
for path, result in zip(paths, read_books(paths, limits), strict=True):
    error = not hasattr(result, "sheets")
    said[path.name] = {{
        "kind": type(result).__name__,
        "words": str(result) if error else "",
        "place": [result.sheet, result.cell] if error else [None, None],
        "rows": 0 if error else [sheet.n_rows for sheet in result.sheets],
    }}
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({{"said": said, "peak": peak}}))
"""


@dataclass(frozen=True)
class Read:
    """What became of the files by name, and the most kilobytes that a child used."""

    said: dict[str, dict[str, object]]
    peak: int


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder = tmp_path_factory.mktemp("hostile")
    for name, make, *_ in CASES:
        (folder / name).write_bytes(make())
        (folder / f"{name} neighbour.csv").write_bytes(b"id,name\nP1,Bridge\n")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return Read(**json.loads(done.stdout))


@pytest.mark.parametrize("case", CASES, ids=[name for name, *_ in CASES])
def test_it_ends_typed_and_its_neighbour_loads(read: Read, case: Case) -> None:
    name, _, kinds, place = case
    said = read.said[name]
    assert said["kind"] in kinds, said["words"]
    assert said["kind"] == LOADS or name in str(said["words"])
    assert tuple(said["place"]) == place
    assert read.said[f"{name} neighbour.csv"]["kind"] == LOADS


def test_the_memory_of_the_children_is_bounded(read: Read) -> None:
    assert 10 < read.peak / 1024 < MEMORY_MB


def test_what_is_styled_and_empty_does_not_count(read: Read) -> None:
    assert read.said["styled rows.xlsx"]["rows"] == [2]
    assert read.said["styled corner.xlsx"]["rows"] == [1]
    assert read.said["lying header.xlsx"]["rows"] == [2]
