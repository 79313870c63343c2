"""Files read in a child process: what comes back, and the one typed error for each that cannot be read."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pmo_analytics import errors
from pmo_analytics.loading.files import pool, worker
from pmo_analytics.loading.files.reading import Limits, read_book, read_books

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    book.active.append(["P1", "Bridge"])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(parts: dict[str, str | bytes], data: bytes | None = None) -> bytes:
    """A workbook with some parts replaced or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or workbook())) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        contents = {name: source.read(name) for name in source.namelist()}
        for name, content in {**contents, **parts}.items():
            target.writestr(name, content)
    return file.getvalue()


def sheet_xml(rows: str) -> str:
    return f"<?xml version='1.0'?><worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>"


def encrypted() -> bytes:
    msoffcrypto = pytest.importorskip("msoffcrypto.format.ooxml")
    file = io.BytesIO()
    msoffcrypto.OOXMLFile(io.BytesIO(workbook())).encrypt("secret", file)
    return file.getvalue()


def with_entities() -> bytes:
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>{sheet_xml("")[21:]}'
    return changed({SHEET: bomb})


def with_many_strings() -> bytes:
    strings = f'<sst {NAMESPACE} count="1" uniqueCount="4294967295"><si><t>x</t></si></sst>'
    with zipfile.ZipFile(io.BytesIO(workbook())) as source:
        types = source.read("[Content_Types].xml").decode()
    part = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    return changed(
        {"xl/sharedStrings.xml": strings, "[Content_Types].xml": types.replace("</Types>", part, 1)}
    )


def with_far_row() -> bytes:
    return changed({SHEET: sheet_xml('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>')})


def with_far_cell() -> bytes:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return changed({SHEET: sheet_xml(far)})


DEADLY = (errors.FileTooLarge, errors.ReaderFailed, errors.DamagedFile)
REFUSALS: list[tuple[str, Callable[[], bytes], tuple[type[errors.FileError], ...]]] = [
    ("nothing.csv", lambda: b"", (errors.EmptyFile,)),
    ("blank lines.csv", lambda: b"\n,,\n\n", (errors.EmptyFile,)),
    ("blank.xlsx", lambda: saved(openpyxl.Workbook()), (errors.EmptyFile,)),
    ("cut.xlsx", lambda: workbook()[: len(workbook()) // 2], (errors.DamagedFile,)),
    ("not xml.xlsx", lambda: changed({SHEET: "<worksheet><a"}), (errors.DamagedFile,)),
    ("locked.xlsx", encrypted, (errors.PasswordProtected,)),
    ("export.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", (errors.HtmlAsWorkbook,)),
    ("bomb.xlsx", lambda: changed({"xl/media/a.xml": bytes(5 << 20)}), (errors.FileTooLarge,)),
    ("entities.xlsx", with_entities, (errors.HostileFile,)),
    ("strings.xlsx", with_many_strings, (errors.HostileFile,)),
    ("row.xlsx", with_far_row, DEADLY),
    ("cell.xlsx", with_far_cell, DEADLY[:2]),
    ("plan.ods", lambda: changed({"a": b""})[:2] + b"\x00\x01\x02", (errors.UnknownFormat,)),
]


@pytest.mark.parametrize(("name", "made", "kinds"), REFUSALS, ids=[name for name, *_ in REFUSALS])
def test_refused(
    tmp_path: Path, name: str, made: Callable[[], bytes], kinds: tuple[type[errors.FileError], ...]
) -> None:
    path = tmp_path / name
    path.write_bytes(made())
    with pytest.raises(errors.FileError) as caught:
        read_book(path, Limits(memory_mb=2048))
    assert type(caught.value) in kinds
    assert str(path) in str(caught.value)
    assert not list(tmp_path.glob("core*"))


def test_missing_and_folder(tmp_path: Path) -> None:
    with pytest.raises(errors.FileMissing, match="absent"):
        read_book(tmp_path / "absent.csv")
    with pytest.raises(errors.UnknownFormat, match="regular"):
        read_book(tmp_path)


def test_a_file_that_may_not_be_read_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "open in excel.xlsx"
    path.write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(worker.Refused) as caught:
        worker.file_bytes(str(path), 100)
    assert caught.value.code == "FILE_LOCKED"


def test_the_child_is_ended_at_the_time_limit(tmp_path: Path) -> None:
    path = tmp_path / "slow.csv"
    path.write_bytes(b"id\nP1\n")
    with pytest.raises(errors.FileTooLarge, match="longer than"):
        read_book(path, Limits(seconds=0.0001))


DYING = [
    ("os.abort()", "memory allocation of 9 bytes failed", errors.FileTooLarge, "memory"),
    ("os._exit(86)", "", errors.FileTooLarge, "memory"),
    ("os.kill(os.getpid(), 9)", "", errors.FileTooLarge, "memory"),
    ("os.kill(os.getpid(), 11)", "", errors.ReaderFailed, "code -11"),
    ("sys.exit(3)", "all is well\nboom\n\n", errors.ReaderFailed, "code 3 and no answer: boom"),
    ("sys.exit(0)", "", errors.ReaderFailed, "no answer"),
    (
        "os.write(1, b'cos\\nsystem\\n(S\\'true\\'\\ntR.'); sys.stdin.read()",
        "",
        errors.ReaderFailed,
        "no answer",
    ),
]


@pytest.mark.parametrize(("end", "said", "kind", "words"), DYING, ids=[end for end, *_ in DYING])
def test_a_dead_child_is_one_error(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: str,
    said: str,
    kind: type[errors.FileError],
    words: str,
) -> None:
    program = (
        "import os, pickle, sys\n"
        "say = lambda message: os.write(1, pickle.dumps(message))\n"
        "say({'ready': True}); sys.stdin.readline(); say({'sheet': 'Plan'})\n"
        f"os.write(2, {said!r}.encode())\n{end}\n"
    )
    started = []

    def start() -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        started.append(
            subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, stderr=pipe)
        )
        return started[-1]

    monkeypatch.setattr(pool, "start", start)
    monkeypatch.setattr(pool, "DYING_SECONDS", 0.2)
    with pytest.raises(kind, match=words) as caught:
        read_book(tmp_path / "a.xlsx")
    assert caught.value.sheet == "Plan"
    assert str(tmp_path) in str(caught.value)
    assert [process.returncode is None for process in started] == [False]


def odd_workbook() -> bytes:
    """Header at row 6 from column B, a hidden sheet, a chart sheet, an error, a formula never calculated."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Status & more"
    for column, value in enumerate(["id", 7, True, "x", 0.5], 2):
        sheet.cell(6, column, value)
    sheet["B7"] = "#REF!"
    sheet["B7"].data_type = "e"
    sheet["C7"] = "=C6*2"
    sheet["G9"] = "=1/0"
    book.create_chartsheet("Chart")
    for state in ("hidden", "veryHidden"):
        other = book.create_sheet(state)
        other.sheet_state = state
        other["A1"] = "#N/A"
        other["A1"].data_type = "e"
    return saved(book)


def test_workbook_cells_keep_place_and_kind(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(odd_workbook())
    book = read_book(path)
    assert (book.path, book.format, book.encoding, book.delimiter) == (str(path), "xlsx", None, None)
    assert book.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("Status & more", False),
        ("hidden", True),
        ("veryHidden", True),
    ]
    first, second, _ = book.sheets
    assert first.n_rows == 9
    assert [column[5] for column in first.columns] == [None, "id", 7, True, "x", 0.5, None]
    assert first.kinds == (
        "         ",
        "     te  ",
        "     nf  ",
        "     b   ",
        "     t   ",
        "     n   ",
        "        f",
    )
    assert (first.columns[1][6], first.columns[2][6]) == ("#REF!", "")
    assert (second.columns, second.kinds) == ((["#N/A"],), ("e",))


def test_a_lying_dimension_and_an_empty_result_change_nothing(tmp_path: Path) -> None:
    rows = (
        '<row><c t="str"><f>""</f><v></v></c><c><f>1+1</f><v>2</v></c>'
        '<c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    lie = sheet_xml(rows).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    path = tmp_path / "a.xlsx"
    path.write_bytes(changed({SHEET: lie}))
    (sheet,) = read_book(path).sheets
    assert sheet.columns == ([None], [2], ["#DIV/0!"])
    assert sheet.kinds == (" ", "n", "e")


def test_read_books_keeps_the_order_and_the_good_ones(tmp_path: Path) -> None:
    contents = {"a.csv": b"id,b\n1,2\n", "b.xlsx": with_many_strings(), "c.xlsx": workbook(), "d.csv": b""}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    results = read_books([tmp_path / name for name in contents], Limits(memory_mb=2048))
    assert [type(result).__name__ == "RawBook" for result in results] == [True, False, True, False]
    assert [Path(result.path).name for result in results] == list(contents)


def test_blank_text_that_is_meant_stays_text(tmp_path: Path) -> None:
    rows = '<row><c t="inlineStr"><is><t xml:space="preserve">  </t></is></c><c><v>1</v></c></row>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(changed({SHEET: sheet_xml(rows)}))
    (sheet,) = read_book(path).sheets
    assert (sheet.columns, sheet.kinds) == ((["  "], [1]), ("t", "n"))
