"""Read many small exports, with processes that are used again or with a new one for each file.

    python benchmarks/reading_many_files.py make FOLDER
    python benchmarks/reading_many_files.py reused FOLDER
    python benchmarks/reading_many_files.py fresh FOLDER
    python benchmarks/reading_many_files.py import FOLDER

`make` writes 200 exports of 30 rows, half of them workbooks. `import` does everything but the reading: take it off
the times of the other two before comparing them. Time the whole command, from outside.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl

from pmo_analytics.loading.files.reading import read_books
from pmo_analytics.schemas.limits import Limits

FILES, ROWS = 200, 30
LIMITS = Limits(processes=1)


def make(folder: Path) -> None:
    """Write the exports."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        ["Project ID", "Project", "Cost", "RAG"],
        *([f"P{row}", "Bridge", row * 1.5, "Green"] for row in range(ROWS)),
    ]
    for number in range(FILES):
        if number % 2:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            book.save(folder / f"{number}.xlsx")
        else:
            text = "".join(",".join(map(str, row)) + "\n" for row in rows)
            (folder / f"{number}.csv").write_text(text, encoding="utf-8")


def main() -> None:
    """Do what the first argument says, with the folder that the second names."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "make":
        make(folder)
        return
    paths = sorted(folder.iterdir())
    together = {"reused": [paths], "fresh": [[path] for path in paths], "import": []}[what]
    books = [book for group in together for book in read_books(group, LIMITS)]
    rows = sum(book.sheets[0].n_rows for book in books if not isinstance(book, Exception))
    print(f"{what}: {len(books)} files, {rows} rows")


if __name__ == "__main__":
    main()
