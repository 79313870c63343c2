"""The ledger: the expected outcome of every file of the corpus, kept as data."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from corpus.outcomes import COLUMNS, Outcome

LEDGER = Path(__file__).with_name("ledger.csv")


def read_ledger(path: Path = LEDGER) -> dict[str, Outcome]:
    """The expected outcomes by file."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["file"]: Outcome(**row) for row in csv.DictReader(lines)}


def write_ledger(outcomes: Iterable[Outcome], path: Path = LEDGER) -> None:
    """Write the outcomes, sorted by file, so that a change of one of them is a change of one line."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(outcome) for outcome in sorted(outcomes, key=lambda one: one.file))


def differences(expected: Mapping[str, Outcome], found: Mapping[str, Outcome]) -> list[str]:
    """One line for each outcome that is not as expected, in either direction."""
    told = []
    for file in sorted(expected.keys() | found.keys()):
        before, now = expected.get(file), found.get(file)
        if before is None or now is None:
            told.append(f"{file}: {'not in the ledger' if before is None else 'no longer in the corpus'}")
        elif before != now:
            parts = [
                f"{name} {old!r} -> {new!r}"
                for name in COLUMNS
                if (old := getattr(before, name)) != (new := getattr(now, name))
            ]
            told.append(f"{file}: {'; '.join(parts)}")
    return told
