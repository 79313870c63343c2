"""Write the ledger anew and say what changed: ``python tests/corpus/write_ledger.py [FOLDER…]``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus.ledger import differences, read_ledger, write_ledger
from corpus.outcomes import cases_of

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def main(wanted: list[str]) -> None:
    """Read and load every file of the folders given, or of all of them."""
    before = read_ledger()
    names = wanted or sorted(entry.name for entry in CORPUS.iterdir() if entry.is_dir())
    now = {case.outcome.file: case.outcome for name in names for case in cases_of(CORPUS, name)}
    kept = {file: one for file, one in before.items() if file.partition("/")[0] not in names and wanted}
    changed = differences(before, kept | now)
    write_ledger((kept | now).values())
    print("\n".join([*changed, f"{len(changed)} of {len(kept | now)} outcomes changed"]))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
