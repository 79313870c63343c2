"""Which files are read, real ones among them, and that the child is the same wherever it is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pmo_analytics import errors
from pmo_analytics.loading.files import reading
from pmo_analytics.loading.files.folders import found_files, passed_over
from pmo_analytics.loading.files.reading import read_book


@pytest.mark.parametrize("shadow", ["types.py", "csv.py", "pickle.py", "python_calamine.py"])
def test_modules_in_the_working_folder_do_not_shadow(tmp_path: Path, shadow: str) -> None:
    (tmp_path / shadow).write_text("raise SystemExit('shadowed')\n")
    book = openpyxl.Workbook()
    book.active.append(["id"])
    book.active.append(["P1"])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.csv").write_bytes(b"id,b\n1,2\n")
    program = tmp_path / "caller" / "run.py"
    program.parent.mkdir()
    program.write_text(
        "from pathlib import Path\nimport sys\n"
        "from pmo_analytics.loading.files.reading import read_books\n"
        "sys.path.insert(0, '')\n"
        "print([book.sheets[0].n_rows for book in read_books([Path('a.xlsx'), Path('b.csv')])])\n"
    )
    home = str(Path(reading.__file__).resolve().parents[3])
    done = subprocess.run(
        [sys.executable, "-P", str(program)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": home},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("[2, 2]", "")


def test_the_child_imports_nothing_heavy() -> None:
    program = (
        "import sys, pmo_analytics.loading.files.worker, pmo_analytics.loading.files.workbook_reader, "
        "pmo_analytics.loading.files.text_reader\n"
        "print(sorted({'pandas', 'numpy', 'pandera', 'openpyxl', 'pmo_analytics.errors'} & set(sys.modules)))"
    )
    home = str(Path(reading.__file__).resolve().parents[3])
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={**os.environ, "PYTHONPATH": home},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_found_files(tmp_path: Path) -> None:
    names = ["b.XLSX", "a.csv", "Copy of a.csv", "old.xls", "~$b.xlsx", ".c.csv", "note.txt", "plan.mpp"]
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub.csv").mkdir()
    found = found_files([tmp_path / "note.txt", tmp_path, str(tmp_path / "a.csv")])
    assert [file.name for file in found] == [
        "note.txt",
        "Copy of a.csv",
        "a.csv",
        "b.XLSX",
        "old.xls",
        "plan.mpp",
    ]


def test_folders_of_a_folder_are_read_and_what_is_passed_over_is_named(tmp_path: Path) -> None:
    (tmp_path / "2026-05").mkdir()
    (tmp_path / ".hidden").mkdir()
    texts = {
        "2026-05/status.csv": "id,ac\nP1,5\n",
        "2026-05/list.txt": "id\tac\nP1\t5\n",
        "2026-05/letter.txt": "Dear all,\nthis is the delivery.\n",
        "2026-05/~$status.xlsx": "x",
        "minutes.docx": "x",
        ".hidden/a.csv": "id,ac\nP1,5\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert [file.name for file in found_files([tmp_path])] == ["list.txt", "status.csv"]
    assert {Path(one["path"]).name: one["why"].split(";")[0] for one in passed_over([tmp_path])} == {
        "letter.txt": "a text without fields",
        "~$status.xlsx": "a lock file of Excel",
        "minutes.docx": "no file of data by its ending .docx",
    }


@pytest.mark.parametrize("name", ["absent", "empty", "a.csv/inner.csv"])
def test_found_files_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.csv").write_bytes(b"x")
    with pytest.raises(errors.FileMissing) as caught:
        found_files([tmp_path / name])
    assert str(tmp_path / name) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "records", "columns", "encoding"),
    [
        ("gmpp_2020_21.csv", 184, 16, "cp1252"),
        ("gmpp_2021_22.csv", 235, 17, "utf-8-sig"),
        ("gmpp_2023_24.csv", 227, 19, "utf-8"),
    ],
)
def test_real_files(shared: Path, name: str, records: int, columns: int, encoding: str) -> None:
    book = read_book(shared / "data" / "gmpp" / name)
    (sheet,) = book.sheets
    assert (sheet.n_rows - 1, len(sheet.columns), book.encoding, book.delimiter) == (
        records,
        columns,
        encoding,
        ",",
    )


def test_real_form(shared: Path) -> None:
    book = read_book(shared / "data" / "gmpp_form" / "commission_form.xlsx")
    assert len(book.sheets) == 26
    assert any(sheet.hidden for sheet in book.sheets)
