"""Whatever happens to the bytes of a file: one typed error, or every row of what is left is accounted for."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.conserving import counts_of
from corpus.outcomes import LEAKS, LIMITS, loaded
from pmo_analytics.errors import FileError, PmoError
from pmo_analytics.loading.files.reading import read_books

HEAD = ("Project ID", "Project", "RAG", "Forecast Finish", "EV", "AC")
ROWS = [
    (f"P{at}", f'Bridge "{at}", north', "Green", "2026-12-31", 10 + at, 5 * at + 0.5) for at in range(1, 9)
]
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Damage:
    """Bytes flipped, cut out or put in, at a share of the file's length."""

    at: float
    kind: str
    content: bytes

    def done(self, data: bytes) -> bytes:
        place = int(self.at * len(data))
        if self.kind == "insert":
            return data[:place] + self.content + data[place:]
        kept = data[place + len(self.content) :]
        if self.kind == "cut":
            return data[:place] + kept
        flipped = bytes(one ^ (other or 1) for one, other in zip(data[place:], self.content, strict=False))
        return data[:place] + flipped + kept


ODD = st.one_of(
    st.binary(min_size=1, max_size=4), st.sampled_from([b'"', b"\n", b",", b"\r\n\r\n", b"\0", b"<"])
)
DAMAGES = st.builds(
    Damage, st.floats(0, 1, exclude_max=True), st.sampled_from(["flip", "cut", "insert"]), ODD
)
#: Several files at once: what takes the time is the start of the reading process.
FILES = st.lists(st.lists(DAMAGES, min_size=1, max_size=3), min_size=6, max_size=6)
QUICK = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def as_csv() -> bytes:
    lines = [",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in (HEAD, *ROWS)]
    return "\n".join([*lines, ""]).encode()


def as_xlsx() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (HEAD, *ROWS):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def with_sheet(workbook: bytes, damages: list[Damage]) -> bytes:
    """The workbook with a damaged sheet in a whole archive."""
    content = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as old, ZipFile(content, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, damages) if name == SHEET else part)
    return content.getvalue()


def damaged(data: bytes, damages: list[Damage]) -> bytes:
    for damage in damages:
        data = damage.done(data)
    return data


def outcomes(folder: Path, suffix: str, files: list[bytes]) -> list[str]:
    """How each file ended: the code of its error, or ``loaded``, its rows being accounted for."""
    paths = [folder / f"{number}{suffix}" for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        path.write_bytes(content)
    ended = []
    for path, book in zip(paths, read_books(paths, LIMITS), strict=True):
        portfolio, error = loaded(path, book)
        if portfolio is None:
            assert isinstance(error, PmoError)
            assert path.name in str(error)
            assert not LEAKS.search(str(error))
            ended.append(str(getattr(error, "code", "")))
            continue
        assert not isinstance(book, FileError)
        (file,) = portfolio.files
        assert file.read == file.accepted + file.quarantined + file.empty
        if not any(code == "SUSPECT_QUOTES" for code, _ in book.notes):
            # with stray quotation marks rows cannot be counted in one way only
            rows = sum(rows for rows, _ in counts_of(path, book))
            assert rows == file.above + file.unrecognised + file.read
        ended.append("loaded")
    return ended


@pytest.mark.parametrize(("suffix", "content"), [(".csv", as_csv()), (".xlsx", as_xlsx())])
def test_undamaged_files_load(tmp_path: Path, suffix: str, content: bytes) -> None:
    assert outcomes(tmp_path, suffix, [content]) == ["loaded"]


@QUICK
@given(files=FILES)
def test_damaged_text(tmp_path: Path, files: list[list[Damage]]) -> None:
    outcomes(tmp_path, ".csv", [damaged(as_csv(), damages) for damages in files])


@QUICK
@given(files=FILES)
def test_damaged_workbooks(tmp_path: Path, files: list[list[Damage]]) -> None:
    whole = as_xlsx()
    outcomes(tmp_path, ".xlsx", [damaged(whole, damages) for damages in files[:2]])
    outcomes(tmp_path, ".xlsx", [with_sheet(whole, damages) for damages in files[2:]])
